"""What one uncertain input alone does to what an actor is left with: the bars of a tornado."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benefits.economics.inputs import LEVEL
from benefits.economics.sensitivity.model import Changes, Model

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One input, and the mean net where it is low and where it is high.

    Attributes
    ----------
    name
        Of the input.
    at_low, at_high
        Its 2.5 and 97.5 per cent quantile, in its own unit.
    low, high
        Kroner: mean net with the input there.
    usual
        Kroner: mean net with all inputs as they are drawn.
    """

    name: str
    at_low: float
    at_high: float
    low: float
    high: float
    usual: float

    @property
    def width(self) -> float:
        """How far apart the two are, in kroner."""
        return abs(self.high - self.low)


def tornado(model: Model) -> dict[str, tuple[Bar, ...]]:
    """Return the bars of every actor, and of all under ``society``, the widest first.

    Parameters
    ----------
    model
        The calculation; all its uncertain inputs are tried, in one pass.

    Returns
    -------
    dict
        Actor -> bars; an input that does nothing to an actor has none there.

    Notes
    -----
    Each input is set at the ends of its 95 per cent interval, one at a time, while all others are drawn as they are:
    the mean net is then the one expected if the input were known to be there. Where all else enters by plain products
    and sums of independent inputs, it is the same as with the others at their means; where something comes in steps, as
    whole positions do, it is the mean over the steps. An input that belongs to a correlated group is moved alone. One
    that cannot stand at one of its ends beside all the others, as a share that is then more than the whole, has no bar.

    References
    ----------
    Briggs A, Claxton K, Sculpher M. Decision modelling for health economic evaluation. Oxford University Press 2006.

    Examples
    --------
    Net is -2 years x the cost, from a triangle between 1 and 3 whose 2.5 per cent quantile is 1 + sqrt(0.05).

    >>> from datetime import date
    >>> from benefits.economics.draws import Draws
    >>> from benefits.project.model import Project
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "go_live": date(2025, 1, 1),
    ...     "horizon_years": 2, "costs": ({"id": "lead", "title": "L", "kind": "running", "actor": "k",
    ...     "amount": {"low": 1.0, "likely": 2.0, "high": 3.0}},)})
    >>> bar, = tornado(Model(project=project, inputs={}, draws=Draws(n=100)))["k"]
    >>> bar.name, round(bar.at_low, 4), round(bar.low, 4), round(bar.high, 4)
    ('cost.lead', 1.2236, -2.4472, -5.5528)
    """
    ends = {name: one.interval(LEVEL) for name, one in model.uncertain.items()}
    scenarios: list[Changes] = [{}]
    for name, (low, high) in ends.items():
        scenarios += [{name: low}, {name: high}]
    means: Mapping[str, list[float]] = {
        actor: net.mean(axis=1).tolist() for actor, net in model.nets(scenarios).items()
    }
    return {actor: _bars(mean, ends) for actor, mean in means.items()}


def _bars(means: list[float], ends: Mapping[str, tuple[float, float]]) -> tuple[Bar, ...]:
    usual = means[0]
    bars = [
        Bar(name=name, at_low=at[0], at_high=at[1], low=means[2 * place + 1], high=means[2 * place + 2], usual=usual)
        for place, (name, at) in enumerate(ends.items())
    ]
    size = max([1.0, *(abs(mean) for mean in means)])
    seen = [bar for bar in bars if bar.width > _ROUNDING * size]
    return tuple(sorted(seen, key=lambda bar: (-bar.width, bar.name)))
