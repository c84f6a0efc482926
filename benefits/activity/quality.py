"""What is worth knowing about the quality of data: holes, repetitions, a last month that is not whole, breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from benefits.activity.steps import month_numbers, step_in_months
from benefits.errors import Parameter

LOW = 0.5
"""A last period with less than this share of the usual is named."""
USUAL_PERIODS = 12
"""Periods that tell what is usual: those before the last."""
FEWEST_USUAL = 6
"""With fewer periods before the last, nothing is said to be usual."""
EARLY_DAYS = 7
"""Events that stop this many days or more before the end of the last month are named, when they come nearly daily."""
LISTED_UNITS = 5
"""Holes are told of so many units, then counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about the quality of data that a reader should know; the catalogues hold its words.

    Attributes
    ----------
    code
        What was found, ``quality.<code>`` in the catalogues.
    parameters
        Named values that go into the sentence.
    """

    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", dict(self.parameters))


def findings_of(rows: pd.DataFrame, *, breaks: Sequence[date] = (), events: Sequence[date] = ()) -> tuple[Finding, ...]:
    """Return what the rows of a Series or a Panel show of their own quality.

    Parameters
    ----------
    rows
        Columns ``period``, ``unit``, ``group``, ``count``, and ``person`` for a panel.
    breaks
        Dates from which the same is recorded in another way.
    events
        Dates of other things that may explain a change.

    Examples
    --------
    >>> rows = pd.DataFrame({"period": pd.to_datetime(["2024-01-01", "2024-04-01"]), "unit": "Vik", "group": "all",
    ...                      "count": 3}).merge(pd.DataFrame({"period": pd.to_datetime(["2024-02-01"]), "unit": ["Os"],
    ...                      "group": ["all"], "count": [1]}), how="outer")
    >>> [(one.code, one.parameters["count"]) for one in findings_of(rows)]
    [('missing_periods', 2), ('missing_share', 2)]
    """
    return (
        *_over_time(rows),
        *missing_periods(rows),
        *last_period_low(rows),
        *dated_findings(rows["period"].min(), _after(rows["period"]), breaks=breaks, events=events),
    )


def dated_findings(
    first: pd.Timestamp, after: pd.Timestamp, *, breaks: Sequence[date] = (), events: Sequence[date] = ()
) -> Iterator[Finding]:
    """Yield the breaks and other events that lie within some data, by their number in the list they come from.

    Parameters
    ----------
    first, after
        First day of the data, and the first day after them.
    breaks, events
        As for :func:`findings_of`.

    Examples
    --------
    >>> found = dated_findings(pd.Timestamp("2024-01-01"), pd.Timestamp("2024-03-01"), breaks=[date(2024, 2, 29)])
    >>> [one.code for one in found]
    ['coding_break']
    """
    for index, day in enumerate(breaks):
        if first <= pd.Timestamp(day) < after:
            yield Finding(code="coding_break", parameters={"index": index, "date": day.isoformat()})
    for index, day in enumerate(events):
        if first <= pd.Timestamp(day) < after:
            yield Finding(code="concurrent_event", parameters={"index": index, "date": day.isoformat()})


def drawn_too_soon(rows: pd.DataFrame, *, extracted: date | None) -> Iterator[Finding]:
    """Yield that the data were drawn before their last period was over: it is not whole, or the date is wrong.

    Examples
    --------
    >>> rows = pd.DataFrame({"period": pd.to_datetime(["2024-01-01", "2024-02-01"])})
    >>> [one.code for one in drawn_too_soon(rows, extracted=date(2024, 2, 15))]
    ['drawn_too_soon']
    >>> list(drawn_too_soon(rows, extracted=date(2024, 2, 29)))
    []
    """
    if extracted is None or pd.Timestamp(extracted) >= _after(rows["period"]) - pd.Timedelta(days=1):
        return
    parameters: dict[str, Parameter] = {"period": f"{rows['period'].max():%Y-%m}", "date": extracted.isoformat()}
    yield Finding(code="drawn_too_soon", parameters=parameters)


def _after(period: pd.Series) -> pd.Timestamp:
    after: pd.Timestamp = period.max() + pd.DateOffset(months=step_in_months(period))
    return after


def _over_time(rows: pd.DataFrame) -> Iterator[Finding]:
    if rows["period"].nunique() == 1:
        yield Finding(code="one_period", parameters={"period": f"{rows['period'].iloc[0]:%Y-%m}"})


def missing_periods(rows: pd.DataFrame) -> Iterator[Finding]:
    """Yield the periods that units lack between their first and their last, and the share missing of all there are.

    In a panel the share is of the periods of each person between that person's first and last; units are not named,
    since a person may come and go.
    """
    if rows["period"].nunique() < 2:
        return
    step = step_in_months(rows["period"])
    by = ["person"] if "person" in rows else ["unit", "group"]
    number = month_numbers(rows["period"])
    spans = number.groupby([rows[name] for name in by], sort=True).agg(["min", "max", "nunique"])
    expected = (spans["max"] - spans["min"]) // step + 1
    lacking = expected - spans["nunique"]
    if "person" not in rows:
        yield from _named_holes(number, rows, lacking[lacking > 0], step)
    if lacking.sum() > 0:
        missing, every = int(lacking.sum()), int(expected.sum())
        parameters: dict[str, Parameter] = {"count": missing, "of": every, "share": missing / every}
        yield Finding(code="missing_share", parameters=parameters)


def _named_holes(number: pd.Series, rows: pd.DataFrame, lacking: pd.Series, step: int) -> Iterator[Finding]:
    for unit, group in list(lacking.index)[:LISTED_UNITS]:
        has = set(number[(rows["unit"] == unit) & (rows["group"] == group)])
        holes = [one for one in range(min(has), max(has), step) if one not in has]
        first, last = (f"{one // 12:04d}-{one % 12 + 1:02d}" for one in (holes[0], holes[-1]))
        parameters: dict[str, Parameter] = {"unit": unit, "group": group, "first": first, "last": last}
        yield Finding(code="missing_periods", parameters={"count": len(holes), **parameters})
    if len(lacking) > LISTED_UNITS:
        yield Finding(code="missing_periods_more", parameters={"count": len(lacking) - LISTED_UNITS})


def last_period_low(rows: pd.DataFrame) -> Iterator[Finding]:
    """Yield when the last period holds less than half of what is usual: the median of the twelve before.

    Examples
    --------
    >>> rows = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=8, freq="MS"), "count": [10] * 7 + [4]})
    >>> [dict(one.parameters) for one in last_period_low(rows)]
    [{'period': '2024-08', 'count': 4, 'usual': 10.0, 'share': 0.4}]
    """
    sums = rows.groupby("period", sort=True)["count"].sum()
    before = sums.iloc[-USUAL_PERIODS - 1 : -1]
    if len(before) < FEWEST_USUAL:
        return
    usual, last = float(before.median()), sums.iloc[-1].item()
    if usual > 0 and last < LOW * usual:
        parameters = {"period": f"{sums.index[-1]:%Y-%m}", "count": last, "usual": usual, "share": last / usual}
        yield Finding(code="last_period_low", parameters=parameters)


def last_period_early(days: pd.Series) -> Iterator[Finding]:
    """Yield when events stop a week or more before the last month ends, though as a rule a day or two parts them.

    Parameters
    ----------
    days
        The day of each event, datetime64.

    Examples
    --------
    >>> days = pd.Series(pd.date_range("2024-01-01", "2024-03-11", freq="D"))
    >>> [dict(one.parameters) for one in last_period_early(days)]
    [{'period': '2024-03', 'last_day': '2024-03-11'}]
    """
    seen = days.drop_duplicates().sort_values()
    if len(seen) < 2:
        return
    last = seen.iloc[-1]
    left = (last + pd.offsets.MonthEnd(0) - last).days
    apart = seen.diff().dropna().dt.days.quantile(0.9)
    if left >= EARLY_DAYS and left > 3 * apart:
        yield Finding(code="last_period_early", parameters={"period": f"{last:%Y-%m}", "last_day": f"{last:%Y-%m-%d}"})
