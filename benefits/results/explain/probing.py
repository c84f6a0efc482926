"""Which numbers each row of the flows rests on, and how: found by changing one number at a time.

Nothing is told beforehand of how a row is made, so that what is found holds for the calculation as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from benefits.economics import FlowRow
from benefits.economics.arrays import Array
from benefits.economics.sensitivity.model import Changes, Model
from benefits.results.explain.model import Form

_STEPS = (0.999, 0.998)
"""A number is made this much of itself: so little that no share goes above one."""
_FROM_ZERO = (1e-6, 2e-6)
"""What a number that is nought becomes."""
_SAME = 1e-12
_ROOT = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """A number a row rests on: its name, how it goes into the row, and what one per cent more of it does.

    ``change`` is a share of the row; None when the row is nought with every number at its mean.
    """

    name: str
    form: Form
    change: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """The rows of a project's flows with what each rests on.

    Attributes
    ----------
    dependences
        By row: the numbers it rests on, in the order they were first asked for.
    at_means
        By row: what it is in all years together with every number at its mean.
    """

    dependences: Mapping[FlowRow, tuple[Dependence, ...]]
    at_means: Mapping[FlowRow, float]


def probed(model: Model) -> Probed:
    """Return what each row of a project's flows rests on.

    Parameters
    ----------
    model
        With one draw: every number is then changed in one pass.

    Notes
    -----
    With every number at its mean, each is made a thousandth and two thousandths less. A row that does not move does not
    rest on it. One that moves in a straight line which meets nought where the number is nought is a product with the
    number as it is, and one that meets nought where it is one, with one minus the number; all others say only that the
    number is in it, as does a row whose moves together are not the product of each alone.
    """
    names = tuple(model.numbers)
    means = {name: float(model.numbers[name].mean) for name in names}
    scenarios: list[Changes] = [means]
    scenarios += [{**means, name: moved} for name in names for moved in _moved(means[name])]
    flows = model.stacked(scenarios)
    found, at_means = {}, {}
    for line in flows.lines():
        values = np.asarray(line.values).sum(axis=0)
        at_means[line.row] = float(values[0])
        found[line.row] = tuple(_of_row(np.asarray(line.values), names, means))
    return Probed(dependences=_only_products(found, at_means, model, means), at_means=at_means)


def _moved(mean: float) -> tuple[float, ...]:
    return tuple(mean * step for step in _STEPS) if mean else _FROM_ZERO


def _of_row(table: Array, names: tuple[str, ...], means: Mapping[str, float]) -> Iterator[Dependence]:
    """What one row, shape (year, scenario), rests on."""
    size = float(np.abs(table).max(initial=0.0))
    values = table.sum(axis=0)
    for place, name in enumerate(names):
        own = table[:, 1 + 2 * place : 3 + 2 * place]
        if size == 0.0 or float(np.abs(own - table[:, :1]).max()) <= _SAME * size:
            continue
        usual, (first, second) = float(values[0]), (float(one) for one in own.sum(axis=0))
        yield Dependence(
            name=name,
            form=_form(usual, first, second, means[name]),
            change=_change(usual, first, means[name]),
        )


def _form(usual: float, first: float, second: float, mean: float) -> Form:
    x1, x2 = _moved(mean)
    slope = (first - usual) / (x1 - mean)
    straight = abs(second - usual - slope * (x2 - mean)) <= 1e-7 * abs(slope * (x2 - mean))
    if not straight or slope == 0.0:
        return "enters"
    root = mean - usual / slope
    if abs(root) <= _ROOT * max(1.0, abs(mean)):
        return "times"
    return "one_minus" if abs(root - 1.0) <= _ROOT else "enters"


def _change(usual: float, first: float, mean: float) -> float | None:
    if usual == 0.0 or mean == 0.0:
        return None
    return 0.01 * (first / usual - 1.0) / (_STEPS[0] - 1.0)


def _only_products(
    found: Mapping[FlowRow, tuple[Dependence, ...]],
    at_means: Mapping[FlowRow, float],
    model: Model,
    means: Mapping[str, float],
) -> dict[FlowRow, tuple[Dependence, ...]]:
    """Take back what was said of a row as a product when all its numbers moved at once do not give the product."""
    every = model.stacked([{name: _moved(mean)[0] for name, mean in means.items()}])
    together = {line.row.key: float(np.asarray(line.values).sum()) for line in every.lines()}
    kept = {}
    for row, rests_on in found.items():
        usual = at_means[row]
        factors = [
            factor(one.form, _moved(means[one.name])[0]) / factor(one.form, means[one.name])
            for one in rests_on
            if one.form in {"times", "one_minus"} and factor(one.form, means[one.name])
        ]
        is_product = len(factors) == len(rests_on) and np.isclose(
            together.get(row.key, np.nan), reduce(lambda a, b: a * b, factors, usual), rtol=1e-9, atol=0.0
        )
        kept[row] = (
            rests_on
            if is_product
            else tuple(Dependence(name=one.name, form="enters", change=one.change) for one in rests_on)
        )
    return kept


def factor(form: Form, number: float) -> float:
    """Return what a number is as a factor.

    Examples
    --------
    >>> factor("times", 0.8), round(factor("one_minus", 0.8), 9)
    (0.8, 0.2)
    """
    return 1.0 - number if form == "one_minus" else number
