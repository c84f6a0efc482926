"""Divide periods into before and after, and look at whether the two windows can be compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import pandas as pd

from benefits.activity.shapes import START
from benefits.activity.steps import month_numbers, step_in_months
from benefits.measurement.contract import Check
from benefits.measurement.options import RateOptions

__all__ = ["Windows", "calendar_checks", "divide", "month_numbers", "season_balanced", "starts", "step_in_months"]

OUT_OF_PLACE = 0.05
"""Part of the rows that may be in another calendar month before than after, where starts differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Activity rows within the windows, with a column ``post`` (0 before, 1 after).

    Attributes
    ----------
    rows
        The rows kept.
    left_out
        Periods that hold both days before and days after go-live, and are used on neither side.
    """

    rows: pd.DataFrame
    left_out: int

    def months(self, post: int) -> int:
        """Return how many calendar months the periods of one side cover: one's own, on average, where starts differ."""
        step = step_in_months(self.rows["period"])
        if START not in self.rows:
            return len(self.periods(post)) * step
        whose = ["person"] if "person" in self.rows else ["unit", "group"]
        own = self.rows[self.rows["post"] == post].groupby(whose)["period"].nunique()
        return round(float(own.mean()) * step) if len(own) else 0

    def periods(self, post: int) -> list[pd.Timestamp]:
        """Return the first days of the periods of one side, in order."""
        return sorted(self.rows.loc[self.rows["post"] == post, "period"].unique())


def divide(rows: pd.DataFrame, *, go_live: date, options: RateOptions, step: int | None = None) -> Windows:
    """Divide activity rows at go-live, or at the row's own start where it has one.

    A period is before when it ends by then, after when it begins on or after that day plus the lag.

    Parameters
    ----------
    rows
        Rows of a Series or a Panel.
    go_live
        First day of the service.
    options
        ``lag_months``, ``months_before`` and ``months_after`` are used.
    step
        Months a period lasts; None to tell it from the distances between them.

    Examples
    --------
    >>> rows = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=6, freq="MS"), "count": 1})
    >>> divided = divide(rows, go_live=date(2024, 4, 15), options=RateOptions())
    >>> divided.rows["post"].tolist(), divided.left_out
    ([0, 0, 0, 1, 1], 1)
    """
    months = month_numbers(rows["period"])
    step = step_in_months(rows["period"]) if step is None else step
    begins = starts(rows, go_live=go_live)
    start = month_numbers(begins)
    first_after = start + (begins.dt.day > 1)
    after = months >= first_after + options.lag_months
    before = months + step <= start
    split = (months + step > start) & (months < first_after)
    if options.months_before is not None:
        before &= months >= start - options.months_before
    if options.months_after is not None:
        after &= months < first_after + options.lag_months + options.months_after
    kept = rows.assign(post=after.astype("int64"))[before | after]
    return Windows(rows=kept, left_out=int(months[split].nunique()))


def starts(rows: pd.DataFrame, *, go_live: date) -> pd.Series:
    """Return the day each row's before and after part: its own start, else the day the service went live.

    Examples
    --------
    >>> rows = pd.DataFrame({"start": pd.to_datetime(["2024-03-01", None])})
    >>> starts(rows, go_live=date(2024, 1, 1)).dt.strftime("%Y-%m").tolist()
    ['2024-03', '2024-01']
    """
    common = pd.Series(pd.Timestamp(go_live), index=rows.index)
    return rows[START].fillna(common) if START in rows else common


def season_balanced(windows: Windows) -> Check:
    """Check that every calendar month weighs equally before and after, so that season does not look like an effect.

    Where starts differ, a calendar month weighs as much as there are rows of it, and a twentieth may be out of place:
    some always leave before the year is out.
    """
    if START in windows.rows:
        return _own_seasons_balanced(windows)
    before, after = (Counter(start.month for start in windows.periods(post)) for post in (0, 1))
    months = set(before) | set(after)
    balanced = all(before[month] * after.total() == after[month] * before.total() for month in months)
    parameters = {"months_before": windows.months(0), "months_after": windows.months(1)}
    return Check(code="season_balanced", passed=balanced, parameters=parameters)


def _own_seasons_balanced(windows: Windows) -> Check:
    rows = windows.rows
    shares = pd.crosstab(rows["post"], rows["period"].dt.month, normalize="index").to_numpy()
    # Half the sum of the differences is the part that would have to be moved to make them alike.
    moved = float(abs(shares[0] - shares[-1]).sum()) / 2
    parameters = {"months_before": windows.months(0), "months_after": windows.months(1)}
    return Check(code="season_balanced", passed=moved <= OUT_OF_PLACE, parameters=parameters)


def calendar_checks(windows: Windows) -> tuple[Check, ...]:
    """Name the last period, which may be incomplete, and the periods left out because go-live falls within them."""
    last = f"{windows.periods(1)[-1]:%Y-%m}"
    checks = [Check(code="last_month_complete", passed=None, parameters={"month": last})]
    if windows.left_out:
        parameters = {"count": windows.left_out}
        checks.append(Check(code="start_period_left_out", passed=True, parameters=parameters))
    return tuple(checks)
