"""The exact interval of a count, for a rate that stands alone with nothing to compare it with."""

from __future__ import annotations

from scipy import stats


def poisson_interval(events: int, *, level: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of the mean of a Poisson count.

    Parameters
    ----------
    events
        What was counted, zero or more.
    level
        Coverage, at least which the interval has.

    Returns
    -------
    tuple of float
        Low and high, in events.

    Raises
    ------
    ValueError
        When the count is negative or the level not within 0 and 1.

    References
    ----------
    Garwood F. Fiducial limits for the Poisson distribution. Biometrika 1936;28:437-442.

    Examples
    --------
    >>> low, high = poisson_interval(10)
    >>> round(low, 3), round(high, 3)
    (4.795, 18.39)
    """
    if events < 0 or not 0 < level < 1:
        raise ValueError("events must be zero or more, level within 0 and 1")
    tail = (1 - level) / 2
    low = float(stats.chi2.ppf(tail, 2 * events)) / 2 if events else 0.0
    return low, float(stats.chi2.isf(tail, 2 * events + 2)) / 2
