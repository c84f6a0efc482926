"""A file of reported values: what somebody in the line told of the gevinster they answer for, and on which day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from benefits.project.fields import Amount, Id, Part, Text
from benefits.project.rules_common import Broken, Loc
from benefits.vocabulary import Exposure, Unit

ANY_SIGN: frozenset[Unit] = frozenset({"points", "kroner"})
"""Units a value may be below zero in; nobody counts, spends or waits less than nothing."""


class ReportedValue(Part):
    """One value of one gevinst, over the days from ``start`` to ``date``, both included.

    ``unit`` and ``per`` are those of the indicator when it was reported, so that a later change of it is seen.
    """

    benefit: Id
    value: Amount
    unit: Unit
    per: Exposure = "none"
    n: Annotated[int, Field(ge=0)] | None = None
    start: datetime.date
    date: datetime.date
    source: Text
    comment: Text | None = None
    confirmed: bool = False


class ReportFile(Part):
    """What one role reported on one day.

    ``role`` is who answered; ``planned_role`` is whom the plan named, where that was another.
    """

    format: Literal[1]
    project: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    reported_on: datetime.date
    role: Text
    planned_role: Text | None = None
    values: Annotated[tuple[ReportedValue, ...], Field(min_length=1)]


def outside_unit(value: float, unit: Unit) -> str:
    """Return the code of why a value cannot be one in its unit; empty when it can.

    Examples
    --------
    >>> outside_unit(45.0, "share"), outside_unit(-1.0, "hours"), outside_unit(-1.0, "points")
    ('share_outside', 'value_negative', '')
    """
    if unit == "share":
        return "" if 0 <= value <= 1 else "share_outside"
    return "value_negative" if value < 0 and unit not in ANY_SIGN else ""


def broken_rules(report: ReportFile) -> Iterator[Broken]:
    """Yield what does not hold together in a file of reported values, whatever the plan says."""
    seen: dict[tuple[str, datetime.date, datetime.date], Loc] = {}
    for place, one in enumerate(report.values):
        loc: Loc = ("values", place)
        if one.start > one.date:
            yield Broken(loc=(*loc, "start"), code="measured_backwards", first=(*loc, "date"))
        if one.date > report.reported_on:
            yield Broken(loc=(*loc, "date"), code="reported_too_early", first=("reported_on",))
        code = outside_unit(one.value, one.unit)
        if code:
            yield Broken(loc=(*loc, "value"), code=code)
        key = (one.benefit, one.start, one.date)
        if key in seen:
            yield Broken(loc=(*loc, "benefit"), code="reported_twice", first=(*seen[key], "benefit"))
        seen.setdefault(key, loc)
