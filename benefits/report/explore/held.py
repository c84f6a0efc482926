"""The calculation with some numbers held at what somebody has set them to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from benefits.economics import Draws
from benefits.economics.arrays import Array
from benefits.economics.sensitivity.model import Model
from benefits.reference.distributions import Distribution, Fixed


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDraws(Draws):
    """Draws in which some columns are one number throughout; all others are as they were.

    Examples
    --------
    >>> from benefits.reference.distributions import Uniform
    >>> HeldDraws(n=2, at={"share": 0.5}).column("share", Uniform(low=0.0, high=1.0)).tolist()
    [0.5, 0.5]
    """

    at: Mapping[str, float] = field(default_factory=dict)

    def column(self, name: str, distribution: Distribution) -> Array:
        """Return the draws of an input, shape (draw,)."""
        # By name: a frozen class with slots is made anew, and a bare super() would look for the old one.
        return Draws.column(self, name, Fixed(value=self.at[name]) if name in self.at else distribution)


def with_held(model: Model, changes: Mapping[str, float]) -> Model:
    """Return the calculation with some numbers held; the same draws of all others.

    Parameters
    ----------
    model
        The calculation as the project has it.
    changes
        Number by name of the column.
    """
    if not changes:
        return model
    inputs = {
        name: replace(
            one, distribution=Fixed(value=changes[name]), mean=changes[name], low=changes[name], high=changes[name]
        )
        if name in changes
        else one
        for name, one in model.inputs.items()
    }
    draws = HeldDraws(n=model.draws.n, seed=model.draws.seed, groups=model.draws.groups, at=dict(changes))
    return replace(model, inputs=inputs, draws=draws)
