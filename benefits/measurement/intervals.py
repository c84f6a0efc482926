"""Intervals of single counts and rates."""

from __future__ import annotations


def poisson_interval(count: int, *, level: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of the mean of a Poisson count (Garwood).

    Parameters
    ----------
    count
        Events seen, zero or more.
    level
        Coverage.

    References
    ----------
    Garwood F. Fiducial limits for the Poisson distribution. Biometrika 1936;28:437-442.

    Examples
    --------
    >>> low, high = poisson_interval(10)
    >>> round(low, 3), round(high, 3)
    (4.795, 18.39)
    """
    from statsmodels.stats.rates import confint_poisson

    low, high = confint_poisson(count, 1.0, method="exact-c", alpha=1 - level)
    return float(low), float(high)
