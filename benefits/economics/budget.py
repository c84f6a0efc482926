"""The budget view: what each actor pays and is paid in the years of a budget, in the year it is paid."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.flows import MONEY_THAT_MOVES, Flows
from benefits.economics.investment import is_residual
from benefits.vocabulary import Layer

BUDGET_YEARS = 4
"""As many as an økonomiplan holds."""
_ROUNDING = 1e-9
BudgetGroup = Literal["investment", "running", "cash", "transfer_in", "transfer_out"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BudgetLine:
    """One line of an actor's budget: what moves on account of one item.

    Attributes
    ----------
    actor, item, layer
        As in FlowRow.
    group
        Investment and running cost apart; what leaves the budget when events are avoided; and what other actors pay
        (in) or are paid (out).
    rows
        The rows of the flows it is made of.
    values
        Kroner, shape (year, draw), positive is money in.
    """

    actor: str
    item: str
    layer: Layer
    group: BudgetGroup
    rows: Flows
    values: Array


def budget_years(years: tuple[int, ...], *, as_of: date) -> tuple[int, ...]:
    """Return the years of the budget view: the first four of the plan that are not over on a date.

    Examples
    --------
    >>> budget_years((2025, 2026, 2027, 2028, 2029), as_of=date(2024, 11, 30))
    (2025, 2026, 2027, 2028)
    >>> budget_years((2025, 2026, 2027), as_of=date(2026, 3, 31))
    (2026, 2027)

    On its last day a year is over.

    >>> budget_years((2025, 2026, 2027), as_of=date(2025, 12, 31))
    (2026, 2027)
    """
    return tuple(year for year in years if date(year, 12, 31) > as_of)[:BUDGET_YEARS]


def moving(flows: Flows) -> Flows:
    """Return the rows of expected kroner that enter or leave an account; what an investment is worth at last does not.

    Such rows may stand in one sum, since their layers may.
    """
    items = {row.item for row in flows.index if not is_residual(row.item)}
    return flows.select(unit="kroner", basis="expected", layer=MONEY_THAT_MOVES, item=items)


def budget_lines(
    flows: Flows, *, actor: str, investments: Collection[str], years: tuple[int, ...]
) -> tuple[BudgetLine, ...]:
    """Return the lines of one actor's budget, in the order of the flows; none for what does not move in those years.

    Parameters
    ----------
    flows
        All flows of a project.
    actor
        Whose budget it is.
    investments
        Ids of the costs that are investments.
    years
        The years of the budget, each a year of the flows.

    Notes
    -----
    The sum of an actor's lines is the sum of what moves for it: nothing is left out, and nothing is spread over years.
    """
    own = moving(flows).select(actor=actor)
    places = [flows.years.index(year) for year in years]
    found = []
    for item, layer in dict.fromkeys((row.item, row.layer) for row in own.index):
        rows = own.select(item=item, layer=layer)
        values = frozen(rows.by_year()[places])
        if values.any():
            group = _group(item, layer, values, investments)
            found.append(BudgetLine(actor=actor, item=item, layer=layer, group=group, rows=rows, values=values))
    return tuple(found)


def passed_through(lines: Sequence[BudgetLine]) -> tuple[BudgetLine, ...]:
    """Return the lines that come in and go out again: pairs of transfers of one actor that cancel in every year.

    ISF that a regional health authority passes on in full stands twice in its budget, and moves nothing for it.

    Examples
    --------
    >>> import numpy as np
    >>> none = Flows(index=(), parts=(), years=(2025,), n=1)
    >>> isf, on, grant = (
    ...     BudgetLine(actor="rhf", item=item, layer="transfer", group=group, rows=none, values=np.array([[kroner]]))
    ...     for item, group, kroner in (("isf", "transfer_in", 40.0), ("on", "transfer_out", -40.0),
    ...                                 ("grant", "transfer_out", -10.0)))
    >>> [one.item for one in passed_through((isf, on, grant))]
    ['isf', 'on']
    """
    found: list[BudgetLine] = []
    transfers = [line for line in lines if line.layer == "transfer"]
    for one, other in combinations(transfers, 2):
        if one in found or other in found:
            continue
        if np.allclose(one.values, -other.values, rtol=_ROUNDING, atol=_ROUNDING):
            found += [one, other]
    return tuple(line for line in lines if line in found)


def _group(item: str, layer: Layer, values: Array, investments: Collection[str]) -> BudgetGroup:
    if layer == "cost":
        return "investment" if item in investments else "running"
    if layer == "transfer":
        return "transfer_in" if values.mean(axis=1).sum() >= 0 else "transfer_out"
    return "cash"
