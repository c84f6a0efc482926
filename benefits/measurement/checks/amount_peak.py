"""A peak before the start in what is measured as an amount, such as hours, where counts have their own exact test."""

from __future__ import annotations

from datetime import date

import pandas as pd

from benefits.activity.steps import month_numbers, step_in_months
from benefits.errors import Parameter
from benefits.measurement.baselines.regression_to_the_mean import PEAK_MONTHS, SIGNIFICANT
from benefits.measurement.contract import Check
from benefits.measurement.one_group.mean_difference import unpaired_difference
from benefits.measurement.windows import starts

FEWEST = 2


def amount_peak_before_start(frame: pd.DataFrame, go_live: date, months: int = PEAK_MONTHS) -> Check:
    """Check whether the last months before go-live were worse than the time before them.

    One-sided Welch test of the rates of the last periods against those of the earlier ones; an amount has no spread of
    its own, as a count has, so it is taken from how the periods differ.

    Parameters
    ----------
    frame
        As :func:`benefits.measurement.peak_before_start` takes it.
    go_live
        First day of the service, for those without a start of their own.
    months
        How many months before it may hold the peak.

    Returns
    -------
    Check
        Failed when there is a peak, unknown with fewer than two periods in a part, or no spread.

    References
    ----------
    Welch BL. Biometrika 1947;34:28-35.
    """
    code = "peak_before_start"
    until = month_numbers(starts(frame, go_live=go_live)) - month_numbers(frame["period"])
    before = frame.assign(until=until)[until >= step_in_months(frame["period"])]
    summed = before.groupby("until")[["count", "exposure"]].sum()
    is_last = summed.index <= months
    last, earlier = summed[is_last], summed[~is_last]
    last_rates, earlier_rates = parts = [
        (part["count"] / part["exposure"]).to_numpy(dtype=float) for part in (last, earlier)
    ]
    if min(map(len, parts)) < FEWEST or all(part.std() <= 1e-9 * part.mean() for part in parts):
        return Check(code=code, passed=None, parameters={"months": months})
    p = unpaired_difference(earlier_rates, last_rates).p_after_higher
    rates = [float(part["count"].sum() / part["exposure"].sum()) for part in (last, earlier)]
    parameters: dict[str, Parameter] = {"months": months, "rate_last": rates[0], "rate_earlier": rates[1], "p": p}
    return Check(code=code, passed=p >= SIGNIFICANT, parameters=parameters)
