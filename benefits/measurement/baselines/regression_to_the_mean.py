"""Regression to the mean: what a group chosen in a bad period returns to by itself, and signs that it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd
from scipy import stats

from benefits.errors import Parameter
from benefits.measurement.contract import Check
from benefits.measurement.options import RateOptions
from benefits.measurement.windows import month_numbers, starts, step_in_months

PEAK_MONTHS = 12
SIGNIFICANT = 0.05


def barnett(
    *,
    mean: float,
    sd: float,
    correlation: float,
    cutoff: float,
    measurements: int = 1,
    tail: Literal["upper", "lower"] = "upper",
) -> float:
    """Return the expected regression to the mean of a normal measurement when persons beyond a cut-off are chosen.

    Parameters
    ----------
    mean, sd
        Of the measurement in everybody the rule was applied to, in its own unit.
    correlation
        Between two measurements of the same person, 0 to 1.
    cutoff
        Chosen are those above it (upper tail) or below it (lower tail).
    measurements
        How many measurements are averaged before choosing; more shrink it.
    tail
        Which side is chosen.

    Returns
    -------
    float
        How far the mean of the chosen moves back, in the unit of the measurement, zero or more.

    Raises
    ------
    ValueError
        When ``sd`` is not above zero, ``correlation`` outside 0 to 1 or ``measurements`` below one.

    References
    ----------
    Barnett, van der Pols and Dobson (2005), International Journal of Epidemiology 34:215-220, equation 1.

    Examples
    --------
    >>> round(barnett(mean=60, sd=15, correlation=0.5, cutoff=40, tail="lower"), 3)
    13.486
    """
    if sd <= 0 or not 0 <= correlation <= 1 or measurements < 1:
        raise ValueError("sd > 0, correlation within 0 and 1, measurements >= 1")
    within = (1 - correlation) * sd**2 / measurements
    spread = (correlation * sd**2 + within) ** 0.5
    z = (cutoff - mean) / spread if tail == "upper" else (mean - cutoff) / spread
    hazard = float(stats.norm.pdf(z) / stats.norm.sf(z))
    return float(within / spread * hazard)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRegression:
    """What to expect of persons chosen because they had many events, when nothing at all is done for them.

    Attributes
    ----------
    expected_selected
        Their mean rate in the window they were chosen by, events per person-year.
    expected_next
        Their mean rate afterwards.
    drop
        Share by which it falls by itself, 0 to 1.
    share_selected
        Share of everybody that is chosen.
    """

    expected_selected: float
    expected_next: float
    drop: float
    share_selected: float


def gamma_poisson(*, mean_rate: float, dispersion: float, window_years: float, at_least: int) -> CountRegression:
    """Return the expected regression to the mean of counts, exactly, when rates are gamma distributed over persons.

    With rate L ~ gamma(shape k, mean m) and Y | L ~ Poisson(L w), Y is negative binomial with size k and
    p = k / (k + m w). Weighting a gamma by its own value adds one to its shape, so with Y' of size k + 1, same p::

        E[L | Y >= c] = m P(Y' >= c) / P(Y >= c)
        E[Y / w | Y >= c] = m P(Y' >= c - 1) / P(Y >= c)

    Parameters
    ----------
    mean_rate
        Events per person-year among everybody the rule was applied to, m.
    dispersion
        Shape of the gamma distribution, k; smaller means persons differ more.
    window_years
        Length of the window the rule looks at, w.
    at_least
        Chosen are those with at least so many events in it, c.

    Raises
    ------
    ValueError
        When a parameter is not above zero, or nobody would be chosen: the probability of so many events is zero.

    References
    ----------
    Greenwood and Yule (1920), Journal of the Royal Statistical Society 83:255-279 (the negative binomial as a gamma
    mixture of Poisson). Robbins (1956), Proc. Third Berkeley Symposium 1:157-163 (the mean of L given Y).

    Examples
    --------
    >>> fall = gamma_poisson(mean_rate=0.5, dispersion=1.0, window_years=1.0, at_least=2)
    >>> round(fall.expected_selected, 4), round(fall.expected_next, 4), round(fall.drop, 4)
    (2.5, 1.1667, 0.5333)
    """
    if min(mean_rate, dispersion, window_years, at_least) <= 0:
        raise ValueError("every parameter must be above zero")
    p = dispersion / (dispersion + mean_rate * window_years)
    chosen = float(stats.nbinom.sf(at_least - 1, dispersion, p))
    if not chosen > 0:
        raise ValueError("nobody would be chosen by this rule")
    selected = mean_rate * float(stats.nbinom.sf(at_least - 2, dispersion + 1, p)) / chosen
    following = mean_rate * float(stats.nbinom.sf(at_least - 1, dispersion + 1, p)) / chosen
    return CountRegression(
        expected_selected=selected, expected_next=following, drop=1 - following / selected, share_selected=chosen
    )


def expected_drop(options: RateOptions, *, months_before: int) -> float | None:
    """Return the share by which the baseline window's rate would fall by itself, or None when it cannot be told.

    It cannot when too little is declared, or when nobody would be chosen by what is.

    The part of the baseline that lies in the window of selection is expected at the rate of the chosen, the rest at the
    rate they return to.

    Examples
    --------
    >>> told = RateOptions(selection_window_months=12, selection_at_least=2, population_rate=0.5,
    ...                    population_dispersion=1.0)
    >>> round(expected_drop(told, months_before=12), 4), round(expected_drop(told, months_before=24), 4)
    (0.5333, 0.3636)
    """
    window, least = options.selection_window_months, options.selection_at_least
    rate, dispersion = options.population_rate, options.population_dispersion
    if window is None or least is None or rate is None or dispersion is None:
        return None
    try:
        fall = gamma_poisson(mean_rate=rate, dispersion=dispersion, window_years=window / 12, at_least=least)
    except ValueError:
        return None
    share = min(1.0, window / months_before)
    return 1 - fall.expected_next / (share * fall.expected_selected + (1 - share) * fall.expected_next)


def peak_before_start(frame: pd.DataFrame, go_live: date, months: int = PEAK_MONTHS, *, rose: bool = False) -> Check:
    """Check whether the last months before go-live were off in the way that would come back by itself.

    Given the events of both, those of the last months are binomial with the share of exposure; one-sided exact test.
    Events of the same person come in clusters, so the test is an alarm that rings too easily rather than too seldom.

    Parameters
    ----------
    frame
        Columns ``period``, ``count`` and ``exposure``, and ``start`` where persons have days of their own; several rows
        of a period are summed.
    go_live
        First day of the service, for those without a start of their own.
    months
        How many months before it may hold the peak.
    rose
        Whether what was measured rose afterwards: a peak is then no reason for it, but a dip (``dip_before_start``).

    Returns
    -------
    Check
        Failed when there is a peak, unknown when there are no earlier months to compare with or no events.
    """
    code = "dip_before_start" if rose else "peak_before_start"
    until_start = month_numbers(starts(frame, go_live=go_live)) - month_numbers(frame["period"])
    before = frame[until_start >= step_in_months(frame["period"])]
    is_last = until_start[before.index] <= months
    last, earlier = (before.loc[side, ["count", "exposure"]].sum() for side in (is_last, ~is_last))
    events = int(last["count"] + earlier["count"])
    if not (last["exposure"] > 0 and earlier["exposure"] > 0 and events):
        return Check(code=code, passed=None, parameters={"months": months})
    share = float(last["exposure"] / (last["exposure"] + earlier["exposure"]))
    p = float(stats.binomtest(int(last["count"]), events, share, alternative="less" if rose else "greater").pvalue)
    parameters: dict[str, Parameter] = {
        "months": months,
        "rate_last": float(last["count"] / last["exposure"]),
        "rate_earlier": float(earlier["count"] / earlier["exposure"]),
        "p": p,
    }
    return Check(code=code, passed=p >= SIGNIFICANT, parameters=parameters)


def check(options: RateOptions, *, peak: Check, months_before: int) -> Check:
    """Check whether a fall may be regression to the mean.

    Failed when the persons were chosen in a bad period (said so, or by a declared rule) or a peak precedes the start
    (a dip, for what rose); unknown when nobody has said and neither is seen.

    Returns
    -------
    Check
        Parameter ``expected_drop``, a share, when the rule and its population are declared.
    """
    # A rule is a choice made, also where somebody has said that there was none.
    chosen = True if options.selection_at_least is not None else options.selected
    drop = expected_drop(options, months_before=months_before) if chosen else None
    parameters: dict[str, Parameter] = {} if drop is None else {"expected_drop": drop}
    if chosen or peak.passed is False:
        return Check(code="regression_to_the_mean", passed=False, parameters=parameters)
    return Check(code="regression_to_the_mean", passed=None if chosen is None else True)
