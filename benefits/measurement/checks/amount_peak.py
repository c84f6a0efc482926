"""A peak before the start in what is measured as an amount, such as hours, where counts have their own exact test."""

from __future__ import annotations

from datetime import date

import pandas as pd

from benefits.activity.steps import month_numbers, step_in_months
from benefits.errors import Parameter
from benefits.measurement.baselines.regression_to_the_mean import PEAK_MONTHS, SIGNIFICANT, peak_before_start
from benefits.measurement.contract import Check
from benefits.measurement.one_group.mean_difference import unpaired_difference
from benefits.measurement.windows import starts

FEWEST = 2


def peak_of(frame: pd.DataFrame, go_live: date, *, whole: bool, rose: bool) -> Check:
    """Check whether there was a peak before the start of what fell, or a dip before that of what rose.

    Parameters
    ----------
    frame, go_live
        As :func:`benefits.measurement.peak_before_start` takes them.
    whole
        Whether what is counted is events; amounts have no spread of their own, and another test.
    rose
        Whether the effect found is a rise.
    """
    return (peak_before_start if whole else amount_peak_before_start)(frame, go_live, rose=rose)


def amount_peak_before_start(
    frame: pd.DataFrame, go_live: date, months: int = PEAK_MONTHS, *, rose: bool = False
) -> Check:
    """Check whether the last months before go-live were off in the way that would come back by itself.

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
    rose
        Whether what was measured rose afterwards: then a dip is looked for, not a peak.

    Returns
    -------
    Check
        Failed when there is a peak, unknown with fewer than two periods in a part, or no spread.

    References
    ----------
    Welch BL. Biometrika 1947;34:28-35.
    """
    code = "dip_before_start" if rose else "peak_before_start"
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
    # The other way about, what was higher before is lower afterwards.
    first, second = (last_rates, earlier_rates) if rose else (earlier_rates, last_rates)
    p = unpaired_difference(first, second).p_after_higher
    rates = [float(part["count"].sum() / part["exposure"].sum()) for part in (last, earlier)]
    parameters: dict[str, Parameter] = {"months": months, "rate_last": rates[0], "rate_earlier": rates[1], "p": p}
    return Check(code=code, passed=p >= SIGNIFICANT, parameters=parameters)
