"""How long, or how many, until a target could be shown: searched for in what a volume can show."""

from __future__ import annotations

from collections.abc import Callable

MOST_TIMES = 1e6
"""Times the planned volume beyond which nobody plans."""


def months_needed(smallest: Callable[[int], float | None], *, target: float, horizon: int, step: int = 1) -> int | None:
    """Return after how many months of follow-up a change as large as the target could be shown.

    Parameters
    ----------
    smallest
        Months of follow-up -> smallest change that can be shown; None when none can. It never rises with the months.
    target
        Change to be shown, above zero.
    horizon
        Months after which nobody waits.
    step
        Months between the lengths looked at.

    Returns
    -------
    int or None
        None when it could not within the horizon.

    Examples
    --------
    Hand-worked: 2 / sqrt(months) is 0.4 after 25 months.

    >>> months_needed(lambda months: 2 / months**0.5, target=0.4, horizon=60)
    25
    >>> months_needed(lambda months: 2 / months**0.5, target=0.1, horizon=60) is None
    True
    """
    low, high = 0, horizon // step
    if high < 1 or not _shown(smallest(high * step), target):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if _shown(smallest(middle * step), target):
            high = middle
        else:
            low = middle
    return high * step


def times_needed(smallest: Callable[[float], float | None], *, target: float) -> float | None:
    """Return how many times the volume it would take to show a change as large as the target.

    Parameters
    ----------
    smallest
        Times the volume -> smallest change that can be shown; None when none can. It never rises.
    target
        Change to be shown, above zero.

    Returns
    -------
    float or None
        One where the volume is enough; None when a million times would not be.

    Examples
    --------
    Hand-worked: 2 / sqrt(times) is 0.5 at 16 times the volume.

    >>> round(times_needed(lambda times: 2 / times**0.5, target=0.5), 6)
    16.0
    """
    if _shown(smallest(1.0), target):
        return 1.0
    low, high = 1.0, 2.0
    while not _shown(smallest(high), target):
        low, high = high, high * 2
        if high > MOST_TIMES:
            return None
    while high - low > 1e-9 * high:
        middle = (low + high) / 2
        if _shown(smallest(middle), target):
            high = middle
        else:
            low = middle
    return high


def _shown(smallest: float | None, target: float) -> bool:
    return smallest is not None and smallest <= target * (1 + 1e-9)
