"""Rates of events, or amounts per exposure: two cells, or the four of a difference in differences."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf

from scipy.optimize import brentq, minimize_scalar

from benefits.measurement.power.chances import above_zero, deviates

FARTHEST = 50.0
"""Logarithm of a ratio beyond any that is searched."""


def smallest_detectable_difference(
    *,
    rate: float,
    exposure_treated: float,
    exposure_comparison: float | None = None,
    further_exposures: Sequence[float] = (),
    dispersion: float = 1.0,
    rises: bool = False,
    df: float = inf,
    level: float = 0.95,
    power: float = 0.80,
) -> float:
    """Return the smallest change in a rate that would be shown with the power asked for, on the scale of differences.

    Solves d = k sqrt(dispersion ((rate - d) / T1 + rate (1/T0 + ...))) for d, where k is the sum of the two quantiles:
    the normal approximation for a difference of Poisson rates. For a rise it is rate + d.

    Parameters
    ----------
    rate
        Events per unit of exposure when nothing is done.
    exposure_treated
        Exposure of the treated after the start, T1.
    exposure_comparison
        Exposure it is compared with, T0, of another group or of the same before; as much as the treated have when None.
    further_exposures
        For a difference in differences: exposure of each of the other two cells.
    dispersion
        Variance over mean of the counts; 1 for Poisson. Admissions are above 1. Of an amount it is in its own unit.
    rises
        Whether the change hoped for is a rise.
    df
        Degrees of freedom of the interval; infinite where it is normal.
    level, power
        Coverage of the interval, and the chance of showing a true change of this size.

    Returns
    -------
    float
        Events per unit of exposure. A fall at or above ``rate`` means that not even the end of all events would show.

    Raises
    ------
    ValueError
        When a rate, exposure or dispersion is not above zero, or level or power not within 0 and 1.

    References
    ----------
    Smith and Morrow (1996), Field Trials of Health Interventions, 2nd ed., chapter 3.

    Examples
    --------
    >>> round(smallest_detectable_difference(rate=0.68, exposure_treated=489), 3)
    0.14
    """
    others = _others(exposure_treated, exposure_comparison, further_exposures)
    _positive(rate, exposure_treated, dispersion, others)
    scaled = deviates(level=level, power=power, df=df) ** 2 * dispersion
    linear = scaled / exposure_treated
    constant = scaled * rate * (1 / exposure_treated + sum(1 / exposure for exposure in others))
    return float((linear if rises else -linear) + (linear**2 + 4 * constant) ** 0.5) / 2


def smallest_detectable_ratio(
    *,
    rate: float,
    exposure_treated: float,
    exposure_comparison: float | None = None,
    further_exposures: Sequence[float] = (),
    dispersion: float = 1.0,
    rises: bool = False,
    df: float = inf,
    level: float = 0.95,
    power: float = 0.80,
) -> float | None:
    """Return the ratio nearest to one that would be shown with the power asked for, on the scale of ratios.

    Solves -log r = k sqrt(dispersion (1 / (r rate T1) + 1 / (rate T0) + ...)) for r below one (above one for a rise),
    the delta method for the logarithm of a ratio of rates. The expected events of every cell but the treated's after
    the start are those at ``rate``.

    Parameters
    ----------
    rate, exposure_treated, exposure_comparison, further_exposures, dispersion, rises, df, level, power
        As for :func:`smallest_detectable_difference`.

    Returns
    -------
    float or None
        None when no fall, however large, would be shown as often as that: with few events left the logarithm of their
        rate is too uncertain.

    Raises
    ------
    ValueError
        As for :func:`smallest_detectable_difference`.

    References
    ----------
    Signorini DF. Sample size for Poisson regression. Biometrika 1991;78:446-450.

    Examples
    --------
    Hand-worked: with 100 events in each arm, k sqrt(1/100 + 1/(100 r)) is 0.4488 at r = 0.6384, and so is -log r.

    >>> round(smallest_detectable_ratio(rate=1.0, exposure_treated=100), 4)
    0.6384
    >>> smallest_detectable_ratio(rate=1.0, exposure_treated=5) is None
    True
    """
    others = _others(exposure_treated, exposure_comparison, further_exposures)
    _positive(rate, exposure_treated, dispersion, others)
    k = deviates(level=level, power=power, df=df)
    known = sum(1 / (rate * exposure) for exposure in others)

    def beyond(log_ratio: float) -> float:
        own = exp(-log_ratio) / (rate * exposure_treated)
        return abs(log_ratio) - k * float((dispersion * (own + known)) ** 0.5)

    if rises:
        # The farther up, the more events there are to tell it by; what the other cells tell is the bound.
        return exp(float(brentq(beyond, 0.0, FARTHEST))) if beyond(FARTHEST) > 0 else None
    best = float(minimize_scalar(lambda one: -beyond(-one), bounds=(0.0, FARTHEST), method="bounded").x)
    return exp(-float(brentq(lambda one: beyond(-one), 0.0, best))) if beyond(-best) > 0 else None


def exposure_needed(
    *, rate: float, difference: float, dispersion: float = 1.0, level: float = 0.95, power: float = 0.80
) -> float:
    """Return the exposure needed in each of two equally large arms to show a fall of this size.

    Parameters
    ----------
    rate
        Events per unit of exposure when nothing is done.
    difference
        The fall to be shown, above zero and at most ``rate``.
    dispersion, level, power
        As for :func:`smallest_detectable_difference`.

    Raises
    ------
    ValueError
        When a parameter is outside its bounds.

    Examples
    --------
    >>> round(exposure_needed(rate=0.68, difference=0.14))
    489
    """
    above_zero(rate=rate, difference=difference, dispersion=dispersion)
    if difference > rate:
        raise ValueError("a rate cannot fall by more than itself")
    return deviates(level=level, power=power) ** 2 * dispersion * (2 * rate - difference) / difference**2


def _others(treated: float, comparison: float | None, further: Sequence[float]) -> list[float]:
    return [treated if comparison is None else comparison, *further]


def _positive(rate: float, treated: float, dispersion: float, others: Sequence[float]) -> None:
    above_zero(rate=rate, exposure_treated=treated, dispersion=dispersion)
    for exposure in others:
        above_zero(exposure=exposure)
