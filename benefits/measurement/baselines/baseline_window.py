"""Which periods a baseline rests on: whole seasons before the start, without the months named as abnormal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from benefits.activity.steps import month_numbers, step_in_months

YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Abnormal:
    """A time that was not as others: a pandemic, a strike, a hospital closed for works.

    Attributes
    ----------
    start, end
        First and last day; every period that holds one of them, or a day between, is abnormal.
    """

    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineWindow:
    """Activity rows a baseline rests on.

    Attributes
    ----------
    rows
        The rows kept.
    months
        Months asked for.
    lacking
        How many of them the data do not have.
    left_out
        Calendar months left out because they are abnormal, as year and month (``2020-03``), in order. Where the data
        reach back far enough an earlier normal month of the same name stands in for each.
    unbalanced
        Whether the calendar months do not weigh alike, because an abnormal one has nothing to stand in for it.
    """

    rows: pd.DataFrame
    months: int
    lacking: int
    left_out: tuple[str, ...]
    unbalanced: bool


def whole_seasons(
    rows: pd.DataFrame, *, ends: pd.Series, months: int, abnormal: Iterable[Abnormal] = (), step: int | None = None
) -> BaselineWindow:
    """Keep the last so many months before each row's end, with an earlier normal month in place of an abnormal one.

    A calendar month that is left out is replaced by the nearest earlier one of the same name that is normal, so that
    January and July weigh alike however the abnormal time lies. Were it only dropped, a pandemic spring would also take
    spring out of the baseline, and season would look like a change.

    Parameters
    ----------
    rows
        Activity rows with a column ``period``.
    ends
        For each row the number of the month that no period kept may reach into (see
        :func:`benefits.activity.steps.month_numbers`); persons with days of their own have each their own.
    months
        How many months are asked for; a whole number of years for whole seasons.
    abnormal
        Times left out.
    step
        Length of a period in months; None: as told by the distances between periods.

    Examples
    --------
    Hand-worked: two years of months, the last March abnormal; March of the year before stands in for it.

    >>> rows = pd.DataFrame({"period": pd.date_range("2019-01-01", periods=24, freq="MS")})
    >>> ends = pd.Series(2021 * 12, index=rows.index)
    >>> kept = whole_seasons(rows, ends=ends, months=12, abnormal=[Abnormal(start=date(2020, 3, 12),
    ...                                                                     end=date(2020, 3, 31))])
    >>> kept.left_out, kept.lacking, kept.rows["period"].dt.strftime("%Y-%m").tolist()[:2]
    (('2020-03',), 0, ['2019-03', '2020-01'])
    """
    length = step if step is not None else step_in_months(rows["period"])
    number = month_numbers(rows["period"])
    out = _abnormal_months(abnormal)
    kept = pd.Series(False, index=rows.index)
    met: set[int] = set()
    left_out: set[int] = set()
    bare = False
    for end, months_of in number.groupby(ends):
        present = {int(one) for one in months_of.unique()}
        wanted = _wanted(int(end), months=months, step=length, out=out, earliest=min(present))
        kept |= (ends == end) & number.isin([one for one in wanted.periods if one is not None])
        met |= {place for place, period in enumerate(wanted.periods) if period in present}
        left_out |= wanted.left_out
        bare |= wanted.bare
    asked = max(1, -(-months // length))
    return BaselineWindow(
        rows=rows[kept],
        months=months,
        lacking=(asked - len(met)) * length,
        left_out=tuple(f"{one // YEAR}-{one % YEAR + 1:02d}" for one in sorted(left_out)),
        unbalanced=bare,
    )


def month_after(day: date) -> int:
    """Return the number of the first month of which no day is on or before a day that ends the whole months.

    Examples
    --------
    >>> month_after(date(2024, 6, 30)) - month_after(date(2024, 6, 29))
    1
    """
    following = day + timedelta(days=1)
    return following.year * YEAR + following.month - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    periods: list[int | None]
    left_out: set[int]
    bare: bool


def _wanted(end: int, *, months: int, step: int, out: frozenset[int], earliest: int) -> _Wanted:
    """The periods asked for, the last first; None where every one of the name is abnormal or before the data begin."""
    stride = max(YEAR, step)
    found: list[int | None] = []
    taken: set[int] = set()
    left_out: set[int] = set()
    bare = False
    for back in range(1, max(1, -(-months // step)) + 1):
        first = end - back * step
        period = first
        while period >= earliest and (period in taken or _holds(period, step, out)):
            if _holds(period, step, out):
                left_out.add(period)
            period -= stride
        if period < earliest:
            # What the data do not have is lacking; what was abnormal, and has nothing to stand in for it, is bare.
            bare |= bool(left_out & set(range(first, earliest - 1, -stride)))
            found.append(None)
            continue
        taken.add(period)
        found.append(period)
    return _Wanted(periods=found, left_out=left_out, bare=bare)


def normal(rows: pd.DataFrame, abnormal: Iterable[Abnormal]) -> pd.DataFrame:
    """Return the rows whose periods hold no abnormal month.

    Examples
    --------
    >>> rows = pd.DataFrame({"period": pd.to_datetime(["2020-02-01", "2020-03-01", "2020-04-01"])})
    >>> normal(rows, [Abnormal(start=date(2020, 3, 12), end=date(2020, 3, 31))])["period"].dt.month.tolist()
    [2, 4]
    """
    out, step = _abnormal_months(abnormal), step_in_months(rows["period"])
    return rows[[not _holds(int(period), step, out) for period in month_numbers(rows["period"])]]


def _holds(period: int, step: int, out: frozenset[int]) -> bool:
    return any(month in out for month in range(period, period + step))


def _abnormal_months(abnormal: Iterable[Abnormal]) -> frozenset[int]:
    ends = (((day.year * YEAR + day.month - 1) for day in (one.start, one.end)) for one in abnormal)
    return frozenset(month for first, last in ends for month in range(first, last + 1))
