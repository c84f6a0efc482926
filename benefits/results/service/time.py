"""The time each row of the ledger is of, and how many patient-months the service had in it."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from benefits.project.model import LedgerRow

LONGEST = 12
"""Most months that patient-months are estimated over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTime:
    """A row of the ledger with the time since the row before, or since the service started.

    Attributes
    ----------
    row
        The row.
    before
        The row before; None for the first.
    start
        First day of the time; None where it is not known or the service had not started.
    months
        Length of the time; zero without a start.
    patient_months
        As the row says, else estimated; None when neither can be said.
    estimated
        Whether they are: half of those active at both ends, times the months.
    """

    row: LedgerRow
    before: LedgerRow | None
    start: date | None
    months: float
    patient_months: float | None
    estimated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A calendar year of the ledger, or what is of several because a row goes over a new year.

    Attributes
    ----------
    id
        The year, or the first and the last with a hyphen between.
    rows
        Rows with the time each is of, in order.
    year
        The calendar year; None where it is of several, and kroner of no one year.
    """

    id: str
    rows: tuple[RowTime, ...]
    year: int | None

    @property
    def start(self) -> date:
        """First day."""
        first = self.rows[0].start
        assert first is not None
        return first

    @property
    def end(self) -> date:
        """Last day."""
        return self.rows[-1].row.date

    @property
    def months(self) -> float:
        """Length."""
        return sum(one.months for one in self.rows)

    @property
    def patient_months(self) -> float | None:
        """All patient-months; None when a row's are not known."""
        known = [one.patient_months for one in self.rows]
        return None if None in known else sum(one for one in known if one is not None)

    @property
    def estimated(self) -> bool:
        """Whether some of the patient-months are."""
        return any(one.estimated for one in self.rows)

    def total(self, field: str) -> float | None:
        """Sum a field over the rows; None when one of them does not say it."""
        known = [getattr(one.row, field) for one in self.rows]
        return None if None in known else float(sum(known))

    def months_in(self, year: int) -> float:
        """Months of it that lie in a calendar year."""
        start, end = max(self.start, date(year, 1, 1)), min(self.end, date(year, 12, 31))
        return months_between(start, end) if start <= end else 0.0


def months_between(start: date, end: date) -> float:
    """Return the months from one day to another, both days included; a part of a month by its days.

    Examples
    --------
    >>> months_between(date(2025, 1, 1), date(2025, 6, 30)), months_between(date(2025, 2, 15), date(2025, 2, 28))
    (6.0, 0.5)
    """
    whole = 12 * (end.year - start.year) + end.month - start.month
    return whole + end.day / _days(end) - (start.day - 1) / _days(start)


def _days(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def timed(rows: Sequence[LedgerRow], *, go_live: date | None) -> tuple[RowTime, ...]:
    """Return the rows in order of their dates, each with the time it is of.

    Patient-months a row does not state are estimated by the trapezoidal rule: the mean of those active at both ends,
    times the months. Nobody was active when the service started. Over more than a year nothing is estimated: too much
    may have happened in between.

    Parameters
    ----------
    rows
        One for each date.
    go_live
        When the service started.

    Examples
    --------
    Twelve months in which the active went from none to sixteen, and three in which they went to ten: 12 x 8, 3 x 13.

    >>> rows = [LedgerRow(date=date(2025, 12, 31), active=16), LedgerRow(date=date(2026, 3, 31), active=10)]
    >>> [one.patient_months for one in timed(rows, go_live=date(2025, 1, 1))]
    [96.0, 39.0]
    """
    found: list[RowTime] = []
    before: LedgerRow | None = None
    for row in sorted(rows, key=lambda one: one.date):
        start = before.date + timedelta(days=1) if before is not None else go_live
        if start is not None and go_live is not None:
            start = max(start, go_live)
        if start is not None and start > row.date:
            start = None
        months = months_between(start, row.date) if start is not None else 0.0
        estimate = _estimate(before, row, months, from_start=start is not None and start == go_live)
        stated = row.patient_months
        found.append(
            RowTime(
                row=row,
                before=before,
                start=start,
                months=months,
                patient_months=stated if stated is not None else estimate,
                estimated=stated is None and estimate is not None,
            )
        )
        before = row
    return tuple(found)


def stretches(rows: Sequence[RowTime]) -> tuple[Stretch, ...]:
    """Put rows together by calendar year; a row that goes over a new year stands alone.

    Examples
    --------
    >>> rows = [LedgerRow(date=day) for day in (date(2025, 3, 31), date(2025, 9, 30), date(2026, 2, 28))]
    >>> [one.id for one in stretches(timed(rows, go_live=date(2025, 1, 1)))]
    ['2025', '2025-2026']
    """
    ended = [(one, one.start) for one in rows if one.start is not None]
    found: list[Stretch] = []
    for (first, last), group in groupby(ended, key=lambda pair: (pair[1].year, pair[0].row.date.year)):
        id, year = (str(first), first) if first == last else (f"{first}-{last}", None)
        found.append(Stretch(id=id, rows=tuple(one for one, _ in group), year=year))
    return tuple(found)


def _estimate(before: LedgerRow | None, row: LedgerRow, months: float, *, from_start: bool) -> float | None:
    active_before = before.active if before is not None else None
    if active_before is None and from_start:
        active_before = 0
    if active_before is None or row.active is None or not 0 < months <= LONGEST:
        return None
    return (active_before + row.active) / 2 * months
