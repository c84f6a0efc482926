"""On which dates a benefit is judged: those that were frozen, and nothing between them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictDates:
    """The last date of verdict up to a report's, the one before that, and the next to come; None where there is none.

    Attributes
    ----------
    past
        All that have come, with the latest.
    stated
        Whether the plan names them; else they follow from the target's date.
    """

    latest: date | None
    before: date | None
    coming: date | None
    past: tuple[date, ...]
    stated: bool


def verdict_dates(
    stated: tuple[date, ...], *, target: date | None, as_of: date, each: bool, open_ended: bool
) -> VerdictDates:
    """Return which dates of verdict a report stands between.

    Parameters
    ----------
    stated
        The dates the plan names. The target's date is one more where none of them is on or after it. Without any, it is
        the target's date and the same day of the years after it: a mean of time after that date needs a whole year.
    target
        The target's date; None without a target.
    as_of
        The date of the report.
    each
        Whether every report is a date of verdict: for a control chart, which is made to be read point by point.
    open_ended
        Whether, in a plan that names no dates, every report from the target's date on is one: for single values that
        somebody measured, of which each is an occasion.

    Examples
    --------
    >>> found = verdict_dates((date(2025, 12, 31),), target=date(2027, 12, 31), as_of=date(2026, 6, 30),
    ...                       each=False, open_ended=False)
    >>> found.latest.isoformat(), found.coming.isoformat()
    ('2025-12-31', '2027-12-31')

    Without dates of its own, it is the target's and whole years on:

    >>> found = verdict_dates((), target=date(2024, 2, 29), as_of=date(2025, 12, 31), each=False,
    ...                       open_ended=False)
    >>> found.before.isoformat(), found.latest.isoformat(), found.coming.isoformat()
    ('2024-02-29', '2025-02-28', '2026-02-28')
    """
    reached = target is not None and target <= as_of
    if each or (open_ended and not stated and reached):
        return VerdictDates(latest=as_of, before=None, coming=None, past=(as_of,), stated=bool(stated))
    days = sorted(stated)
    if target is not None and (not days or days[-1] < target):
        days.append(target)
    if target is not None and not stated:
        years = max(0, as_of.year - target.year) + 1
        days += [_years_on(target, years=ahead) for ahead in range(1, years + 1)]
    past = [day for day in days if day <= as_of]
    return VerdictDates(
        latest=past[-1] if past else None,
        before=past[-2] if len(past) > 1 else None,
        coming=next((day for day in days if day > as_of), None),
        past=tuple(past),
        stated=bool(stated),
    )


def _years_on(day: date, *, years: int) -> date:
    """The same day so many years on; the last of February where there is no 29th."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


def year_before(day: date) -> date:
    """Return the first day of the twelve months that end on a day, or in the month it is in.

    Examples
    --------
    >>> year_before(date(2025, 12, 31)).isoformat(), year_before(date(2026, 6, 15)).isoformat()
    ('2025-01-01', '2025-06-01')
    """
    whole = day.day == calendar.monthrange(day.year, day.month)[1]
    months = day.year * YEAR + day.month - (YEAR if whole else YEAR + 1)
    return date(months // YEAR, months % YEAR + 1, 1)
