"""What an actor is left with when two inputs are changed together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.inputs import LEVEL
from benefits.economics.refusals import CannotCompute
from benefits.economics.sensitivity.model import SOCIETY, Changes, Model

STEPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoWay:
    """Mean net over a grid of two inputs.

    Attributes
    ----------
    first, second, actor
        Names of the inputs, and whose net it is.
    first_values, second_values
        Where each is set, in its own unit.
    net
        Kroner, shape (first, second): mean over the draws of all other inputs; not a number where it cannot be worked
        out.
    low, high
        Ends of the 95 % interval, in the same shape.
    """

    first: str
    second: str
    actor: str
    first_values: tuple[float, ...]
    second_values: tuple[float, ...]
    net: Array
    low: Array
    high: Array


def two_way(
    model: Model,
    first: str,
    second: str,
    *,
    actor: str = SOCIETY,
    first_values: Sequence[float] = (),
    second_values: Sequence[float] = (),
) -> TwoWay:
    """Return the mean net of an actor over a grid of two inputs.

    Parameters
    ----------
    model
        The calculation.
    first, second
        Names of two inputs.
    actor
        Id; ``society`` for all together.
    first_values, second_values
        Where each is set; none: five steps over its 95 % interval.

    Raises
    ------
    CannotCompute
        ``unknown_input``; ``same_input`` when it is one input twice; ``input_without_spread`` when no values are given
        for one that is certain.

    Examples
    --------
    Two costs in each of two years: -(1 + 10) x 2 = -22.

    >>> from datetime import date
    >>> from benefits.economics.draws import Draws
    >>> from benefits.project.model import Project
    >>> costs = tuple({"id": id, "title": id, "kind": "running", "actor": "k", "amount": 5.0} for id in ("a", "b"))
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "go_live": date(2025, 1, 1),
    ...     "horizon_years": 2, "costs": costs})
    >>> model = Model(project=project, inputs={}, draws=Draws(n=3))
    >>> two_way(model, "cost.a", "cost.b", first_values=(1.0, 2.0), second_values=(10.0,)).net.tolist()
    [[-22.0], [-24.0]]
    """
    if first == second:
        raise CannotCompute("same_input", name=first)
    down = tuple(first_values) or _steps(model, first)
    across = tuple(second_values) or _steps(model, second)
    grid: list[Changes] = [{first: one, second: other} for one in down for other in across]
    net = np.stack([model.net(actor, changes) for changes in grid])
    low, high = np.quantile(net, ((1 - LEVEL) / 2, (1 + LEVEL) / 2), axis=1)
    shape = len(down), len(across)
    return TwoWay(
        first=first,
        second=second,
        actor=actor,
        first_values=down,
        second_values=across,
        net=frozen(net.mean(axis=1).reshape(shape)),
        low=frozen(low.reshape(shape)),
        high=frozen(high.reshape(shape)),
    )


def _steps(model: Model, name: str) -> tuple[float, ...]:
    """Equal steps over the interval of an input."""
    numbers = model.numbers
    if name not in numbers:
        raise CannotCompute("unknown_input", name=name)
    low, high = numbers[name].interval(LEVEL)
    if low == high:
        raise CannotCompute("input_without_spread", name=name)
    return tuple(np.linspace(low, high, STEPS).tolist())
