"""The way to a target (innfasing): how far on it a benefit was to be, by now and over the time it is judged on."""

from __future__ import annotations

from datetime import date

import pandas as pd

from benefits.economics.ramp import share_reached
from benefits.project.benefit import Target


def share_over(target: Target, *, go_live: date | None, first: date, last: date) -> float | None:
    """Return the share of the target that was to be reached, as a mean of the months from one day to another.

    After the target's date all of it was. Each month counts alike, so the mean of a rate is held against the mean of
    what was planned for the same months.

    Parameters
    ----------
    target
        With its ramp; without one nothing is said of the time before its date.
    go_live
        First day of the service.
    first, last
        First and last day.

    Returns
    -------
    float or None
        From 0 to 1; None where the plan does not say it.

    Examples
    --------
    Half in 2025 and all in 2026, over the last six months of the one and the first six of the other:

    >>> target = Target(value=1.5, date=date(2026, 12, 31), ramp={2025: 0.5, 2026: 1.0})
    >>> share_over(target, go_live=date(2025, 1, 1), first=date(2025, 7, 1), last=date(2026, 6, 30))
    0.75
    """
    months = pd.period_range(first, last, freq="M")
    if not target.ramp and months[0].start_time.date() <= target.date:
        return None
    start = go_live.year if go_live is not None else None
    shares = [
        1.0
        if month.start_time.date() > target.date
        else share_reached(month.year, ramp=target.ramp, go_live_year=start, target_year=target.date.year)
        for month in months
    ]
    return sum(shares) / len(shares)


def level_at(share: float, target: Target, *, without: float) -> float:
    """Return the level after a share of the way from what is expected without the service to the target.

    Examples
    --------
    >>> level_at(0.5, Target(value=1.0, date=date(2027, 12, 31)), without=2.0)
    1.5
    """
    return without + share * (target.value - without)
