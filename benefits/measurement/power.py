"""How small a change a volume can show, and how much volume a change needs."""

from __future__ import annotations

from collections.abc import Sequence

from scipy import stats


def smallest_detectable_difference(
    *,
    rate: float,
    exposure_treated: float,
    exposure_comparison: float | None = None,
    further_exposures: Sequence[float] = (),
    dispersion: float = 1.0,
    level: float = 0.95,
    power: float = 0.80,
) -> float:
    """Return the smallest fall in a rate that would be shown with the power asked for.

    Solves d = (z_level + z_power) sqrt(dispersion ((rate - d) / T1 + rate (1/T0 + ...))), the normal approximation for
    a difference of Poisson rates, for d.

    Parameters
    ----------
    rate
        Events per unit of exposure when nothing is done.
    exposure_treated
        Exposure of the treated after the start, T1.
    exposure_comparison
        Exposure it is compared with, T0; as much as the treated have when None.
    further_exposures
        For a difference in differences: exposure of each of the other two cells.
    dispersion
        Variance over mean of the counts; 1 for Poisson. Admissions are above 1.
    level, power
        Coverage of the interval, and the chance of showing a true change of this size.

    Returns
    -------
    float
        Events per unit of exposure. A value at or above ``rate`` means that not even the end of all events would show.

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
    others = [exposure_treated if exposure_comparison is None else exposure_comparison, *further_exposures]
    _above_zero(rate, exposure_treated, dispersion, *others)
    scaled = _z(level, power) ** 2 * dispersion
    linear = scaled / exposure_treated
    constant = scaled * rate * (1 / exposure_treated + sum(1 / exposure for exposure in others))
    return float((-linear + (linear**2 + 4 * constant) ** 0.5) / 2)


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
    _above_zero(rate, difference, dispersion)
    if difference > rate:
        raise ValueError("a rate cannot fall by more than itself")
    return float(_z(level, power) ** 2 * dispersion * (2 * rate - difference) / difference**2)


def _z(level: float, power: float) -> float:
    if not (0 < level < 1 and 0 < power < 1):
        raise ValueError("level and power must be within 0 and 1")
    return float(stats.norm.ppf((1 + level) / 2) + stats.norm.ppf(power))


def _above_zero(*numbers: float) -> None:
    if not all(0 < number < float("inf") for number in numbers):
        raise ValueError("rate, exposure, difference and dispersion must be above zero and finite")
