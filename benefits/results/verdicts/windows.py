"""Which days an estimate rests on after the start, and the same estimate for the days after a target's date alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from benefits.activity import Panel, Series
from benefits.activity.shapes import START
from benefits.activity.steps import step_in_months
from benefits.measurement import Estimate, method
from benefits.measurement.options import RateOptions
from benefits.measurement.preparation import treated_group
from benefits.measurement.windows import divide
from benefits.results.limits import LIMIT

FEWEST_MONTHS = 12
"""Months that are judged by themselves, apart from those before: a whole year, so that season is even."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """First and last day after the start that an estimate rests on, and how many months its periods cover."""

    first: date
    last: date
    months: int


def window_of(shape: Series | Panel, *, go_live: date, options: Mapping[str, Any]) -> Window | None:
    """Return the time after the start that a method with these options uses; None when there is none.

    Parameters
    ----------
    shape
        The data as known at the date of the report.
    go_live
        First day of the service.
    options
        Of the method; those it does not have are at their defaults.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=36, freq="MS"), "unit": "Vik",
    ...                       "group": "all", "count": 1, "exposure": 1.0})
    >>> found = window_of(Series(frame), go_live=date(2024, 1, 1), options={"lag_months": 3, "months_after": 12})
    >>> found.first.isoformat(), found.last.isoformat(), found.months
    ('2024-04-01', '2025-03-31', 12)
    """
    # Persons and units have starts of their own in their own rows only.
    frame = shape.rows()
    treated = frame[frame["group"] == treated_group(shape)]
    used = RateOptions(lag_months=options.get("lag_months", 0), months_after=options.get("months_after"))
    windows = divide(treated, go_live=go_live, options=used)
    starts = windows.periods(1)
    if not starts:
        return None
    end = starts[-1] + pd.DateOffset(months=step_in_months(frame["period"]))
    return Window(first=starts[0].date(), last=end.date() - timedelta(days=1), months=windows.months(1))


def since(estimate: Estimate, shape: Series | Panel, *, go_live: date, day: date) -> tuple[Estimate, Window] | None:
    """Return what the method of an estimate finds when only time from a day on counts as after the start.

    Its other options stay, and it ends where it ended. None when that is less than a year, when the method cannot
    leave out the first months or will not answer, when each started on a day of their own, from which a method counts
    the months it leaves out, and when it would rest on too few persons to be shown.

    Parameters
    ----------
    estimate
        What the method found from the start on.
    shape
        The data it was found in.
    go_live
        First day of the service.
    day
        The first day of the time that is judged.
    """
    if "lag_months" not in estimate.options or START in shape.rows():
        return None
    old = estimate.options
    lag = first_month(day) - first_month(go_live)
    after = old.get("months_after")
    options = {**old, "lag_months": lag}
    if after is not None:
        options["months_after"] = after + old["lag_months"] - lag
        if options["months_after"] < 1:
            return None
    window = window_of(shape, go_live=go_live, options=options)
    if window is None or window.months < FEWEST_MONTHS:
        return None
    answer = method(estimate.method).estimate(
        shape, benefit=estimate.benefit, indicator=estimate.indicator, go_live=go_live, options=options
    )
    if not isinstance(answer, Estimate) or (isinstance(shape, Panel) and _fewest(shape, window) < LIMIT):
        return None
    return answer, window


def _fewest(shape: Panel, window: Window) -> int:
    """Return the number of persons in the smallest group within a window."""
    rows = shape.rows()
    within = rows[(rows["period"] >= pd.Timestamp(window.first)) & (rows["period"] <= pd.Timestamp(window.last))]
    return int(within.groupby("group")["person"].nunique().min())


def first_month(day: date) -> int:
    """Return the number of the first month that begins on a day or after it, counted from the year 0.

    Examples
    --------
    >>> first_month(date(2024, 1, 1)), first_month(date(2024, 1, 2))
    (24288, 24289)
    """
    return day.year * 12 + day.month - 1 + (day.day > 1)
