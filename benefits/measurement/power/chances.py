"""How many standard errors a change must be to be shown: what every formula for power starts from."""

from __future__ import annotations

from math import inf

from scipy import stats
from scipy.optimize import brentq


def deviates(*, level: float, power: float, df: float = inf) -> float:
    """Return the sum of the two quantiles: a change of so many standard errors is shown with the power asked for.

    Of the normal distribution, or of Student's t where the standard error rests on few degrees of freedom.

    Parameters
    ----------
    level, power
        Coverage of the interval, and the chance of showing a true change of this size.
    df
        Degrees of freedom.

    Raises
    ------
    ValueError
        When level or power is not within 0 and 1, or there are no degrees of freedom.

    Examples
    --------
    >>> round(deviates(level=0.95, power=0.80), 4)
    2.8016
    >>> round(deviates(level=0.95, power=0.80, df=10), 4)
    3.1072
    """
    within_one(level, power)
    above_zero(df=df, finite=False)
    return float(stats.t.ppf((1 + level) / 2, df) + stats.t.ppf(power, df))


def noncentrality(*, level: float, power: float, df: float) -> float:
    """Return how many standard errors a change must be for Student's t to show it with the power asked for, exactly.

    The noncentrality that puts ``power`` of the noncentral t beyond the limit; what the other tail adds is not counted,
    as in R's ``power.t.test`` by default.

    Examples
    --------
    >>> round(noncentrality(level=0.95, power=0.80, df=10), 4)
    3.11
    """
    within_one(level, power)
    above_zero(df=df, finite=False)
    limit = float(stats.t.ppf((1 + level) / 2, df))
    if df > 1e6:
        return deviates(level=level, power=power)

    def lacks(ncp: float) -> float:
        return float(stats.nct.sf(limit, df, ncp)) - power

    return float(brentq(lacks, 0.0, 3 * deviates(level=level, power=power, df=df), xtol=1e-12, rtol=1e-14))


def above_zero(*, finite: bool = True, **numbers: float) -> None:
    """Raise when a number is not above zero, or not finite where it has to be.

    Raises
    ------
    ValueError
        With the names.
    """
    wrong = [name for name, number in numbers.items() if not 0 < number <= inf or (finite and number == inf)]
    if wrong:
        raise ValueError(f"must be above zero and finite: {', '.join(wrong)}")


def within_one(level: float, power: float) -> None:
    """Raise when a coverage or a chance is none.

    Raises
    ------
    ValueError
        When it is not above zero and below one.
    """
    if not (0 < level < 1 and 0 < power < 1):
        raise ValueError("level and power must be within 0 and 1")
