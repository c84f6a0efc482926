"""Intervals of single counts, rates and shares."""

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


def proportion_interval(count: float, of: float, *, level: float = 0.95) -> tuple[float, float]:
    """Return the score interval of a share (Wilson).

    Parameters
    ----------
    count, of
        How many, of how many; ``of`` above zero.
    level
        Coverage.

    References
    ----------
    Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927;22:209-212.
    Newcombe RG. Two-sided confidence intervals for the single proportion. Stat Med 1998;17:857-872 (81 of 263).

    Examples
    --------
    >>> low, high = proportion_interval(81, 263)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(count, of, alpha=1 - level, method="wilson")
    return float(low), float(high)


def byar_interval(count: float, *, level: float = 0.95) -> tuple[float, float]:
    """Return Byar's approximate interval of the mean of a Poisson count.

    Parameters
    ----------
    count
        Events seen, zero or more; with none the low limit is zero.
    level
        Coverage.

    References
    ----------
    Breslow NE, Day NE. Statistical Methods in Cancer Research, volume II. IARC 1987, page 69.

    Examples
    --------
    >>> low, high = byar_interval(10)
    >>> round(low, 3), round(high, 3)
    (4.787, 18.391)
    """
    from statistics import NormalDist

    z = NormalDist().inv_cdf((1 + level) / 2)
    low = count * max(0.0, 1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3 if count > 0 else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + z / (3 * more**0.5)) ** 3
