"""What one more thing would open: the same situation with one change, and what methods could then say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from benefits.measurement.advice.situation import Situation
from benefits.measurement.checks.data_checks import FEW_PERSONS
from benefits.measurement.preparation import FEWEST
from benefits.measurement.two_groups.clustering import FEWEST_UNITS

Change = Literal[
    "longer_after",
    "longer_before",
    "measured_before",
    "measured_after",
    "comparison_group",
    "same_rule",
    "start_per_unit",
    "by_month",
    "more_persons",
]
"""One more thing that can be had."""
MOST_MONTHS = 36
"""How far ahead, or back, a longer series is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A situation with one change.

    Attributes
    ----------
    change
        What is changed.
    amount
        How much more: months, or persons; 0 where there is nothing to count.
    situation
        What it would be.
    """

    change: Change
    amount: int
    situation: Situation


def changes(at: Situation) -> Iterator[Changed]:
    """Yield a situation with one change at a time, the smaller amount of a kind first.

    Examples
    --------
    >>> found = [(one.change, one.amount) for one in changes(Situation(kind="events", before=12, after=35))]
    >>> found[0], ("comparison_group", 0) in found
    (('longer_after', 1), True)
    """
    if at.rows is None:
        return
    for change in _CHANGES:
        yield from _CHANGES[change](at)


def _one(change: Change, at: Situation, amount: int = 0) -> Changed:
    return Changed(change=change, amount=amount, situation=at)


def _longer_after(at: Situation) -> Iterator[Changed]:
    if at.rows == "responses":
        return
    for more in range(1, MOST_MONTHS // at.step + 1):
        yield _one("longer_after", _grown(at, after=at.after + more), more * at.step)


def _longer_before(at: Situation) -> Iterator[Changed]:
    if not at.recorded:
        return
    for more in range(1, MOST_MONTHS // at.step + 1):
        yield _one("longer_before", _grown(at, before=at.before + more), more * at.step)


def _grown(at: Situation, *, before: int | None = None, after: int | None = None) -> Situation:
    """More periods; exposure and events of a side that had too little of them are then no longer known."""
    return replace(
        at,
        before=at.before if before is None else before,
        after=at.after if after is None else after,
        comparison_periods=None,
        exposure=None,
        comparison_exposure=None,
        silent=False,
        comparison_silent=False,
    )


def _measured_before(at: Situation) -> Iterator[Changed]:
    """New patients are asked, or timed, before they start; those already in cannot be."""
    if at.before == 0 and not at.recorded:
        yield _one(
            "measured_before", replace(at, before=1 if at.rows == "responses" else max(at.after, FEWEST), seen="same")
        )


def _measured_after(at: Situation) -> Iterator[Changed]:
    if at.after == 0 and at.rows == "responses":
        yield _one("measured_after", replace(at, after=1))


def _comparison_group(at: Situation) -> Iterator[Changed]:
    if at.compared or at.rows == "responses":
        return
    units = at.units if at.units >= FEWEST_UNITS else 1
    yield _one(
        "comparison_group",
        replace(
            at,
            comparison="selected_alike" if at.selected else "unselected",
            comparison_persons=at.persons,
            comparison_units=units,
            comparison_dated=at.own_starts,
            untouched=at.untouched + (at.persons if at.rows == "panel" else units),
        ),
    )


def _same_rule(at: Situation) -> Iterator[Changed]:
    if at.selected and at.comparison in {"unselected", "not_told"}:
        yield _one("same_rule", replace(at, comparison="selected_alike"))


def _start_per_unit(at: Situation) -> Iterator[Changed]:
    """Units that did not start together are each other's comparison until they start."""
    if at.own_starts or at.compared or at.units < FEWEST_UNITS or at.rows == "responses":
        return
    histories = at.histories[0]
    later = histories - histories // at.units
    yield _one("start_per_unit", replace(at, own_starts=True, starting_months=at.units, untouched=at.untouched + later))


def _by_month(at: Situation) -> Iterator[Changed]:
    if at.step > 1 and at.rows != "responses":
        yield _one(
            "by_month", replace(at, step=1, before=at.months_before, after=at.months_after, comparison_periods=None)
        )


def _more_persons(at: Situation) -> Iterator[Changed]:
    """Patients of other kommuner with the same service, put together with one's own."""
    if 0 < at.persons < FEW_PERSONS:
        compared = max(at.comparison_persons, FEW_PERSONS) if at.compared else 0
        yield _one(
            "more_persons",
            replace(at, persons=FEW_PERSONS, comparison_persons=compared),
            FEW_PERSONS - at.persons,
        )


_CHANGES: Mapping[Change, Callable[[Situation], Iterator[Changed]]] = {
    "longer_after": _longer_after,
    "longer_before": _longer_before,
    "measured_before": _measured_before,
    "measured_after": _measured_after,
    "comparison_group": _comparison_group,
    "same_rule": _same_rule,
    "start_per_unit": _start_per_unit,
    "by_month": _by_month,
    "more_persons": _more_persons,
}
