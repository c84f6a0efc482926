"""Two shares, of different persons or of the same asked twice."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from scipy import stats
from scipy.optimize import brentq

from benefits.measurement.power.chances import above_zero, within_one


def smallest_share_difference(
    *,
    share: float,
    n_after: float,
    n_before: float | None = None,
    design_effect: float = 1.0,
    rises: bool = False,
    level: float = 0.95,
    power: float = 0.80,
) -> float | None:
    """Return the smallest difference between the shares of two groups of persons that would be shown.

    Solves d = z_level sqrt(p q (1/n1 + 1/n0)) + z_power sqrt(p1 q1 / n1 + p0 q0 / n0) for d, where p is the share of
    both together and p1 = p0 + d (or - d).

    Parameters
    ----------
    share
        Before, above zero and below one.
    n_after, n_before
        Persons on each side; as many before as after when None.
    design_effect
        How much larger the variance is because persons of one cluster are alike.
    rises
        Whether the change hoped for is a rise.
    level, power
        Coverage of the interval, and the chance of showing a true change of this size.

    Returns
    -------
    float or None
        None when not even none of them, or all of them, would be shown as often as that.

    Raises
    ------
    ValueError
        When a number is outside its bounds.

    References
    ----------
    Fleiss JL, Levin B, Paik MC. Statistical Methods for Rates and Proportions. 3rd ed. 2003, chapter 4.

    Examples
    --------
    R: power.prop.test(n = 50, p1 = 0.50, power = 0.80) gives p2 = 0.7668, a difference of 0.2668.

    >>> round(smallest_share_difference(share=0.5, n_after=50, rises=True), 4)
    0.2668
    """
    before = n_after if n_before is None else n_before
    above_zero(n_after=n_after, n_before=before, design_effect=design_effect)
    _is_share(share)
    z_level, z_power = _two(level, power)

    def beyond(difference: float) -> float:
        moved = share + difference if rises else share - difference
        together = (moved * n_after + share * before) / (n_after + before)
        alike = together * (1 - together) * (1 / n_after + 1 / before)
        apart = moved * (1 - moved) / n_after + share * (1 - share) / before
        return difference - z_level * _root(design_effect * alike) - z_power * _root(design_effect * apart)

    return _solved(beyond, most=1 - share if rises else share)


def smallest_paired_share_difference(
    *, share: float, correlation: float, n: float, rises: bool = False, level: float = 0.95, power: float = 0.80
) -> float | None:
    """Return the smallest change of a share among the same persons that McNemar's test would show.

    Solves n d^2 = (z_level sqrt(c) + z_power sqrt(c - d^2))^2 for d, where c is the share that changes either way:
    p1 q0 + p0 q1 - 2 correlation sqrt(p0 q0 p1 q1).

    Parameters
    ----------
    share, rises, level, power
        As for :func:`smallest_share_difference`.
    correlation
        Between a person's two answers, at least zero and below one.
    n
        Pairs.

    Returns
    -------
    float or None
        As for :func:`smallest_share_difference`.

    Raises
    ------
    ValueError
        When a number is outside its bounds.

    References
    ----------
    Connor RJ. Sample size for testing differences in proportions for the paired-sample design. Biometrics
    1987;43:207-211.

    Examples
    --------
    Hand-worked at the answer: from 0.5 to 0.7263 with no correlation c = 0.5, and 50 d^2 = (1.96 sqrt(0.5) +
    0.84 sqrt(0.5 - d^2))^2 = 3.75.

    >>> round(smallest_paired_share_difference(share=0.5, correlation=0.0, n=50, rises=True), 3)
    0.274
    """
    above_zero(n=n)
    _is_share(share)
    if not 0 <= correlation < 1:
        raise ValueError("a correlation must be at least 0 and below 1")
    z_level, z_power = _two(level, power)

    def beyond(difference: float) -> float:
        moved = share + difference if rises else share - difference
        joint = correlation * _root(share * (1 - share) * moved * (1 - moved))
        changed = max(difference, moved * (1 - share) + share * (1 - moved) - 2 * joint)
        return float(n**0.5) * difference - z_level * _root(changed) - z_power * _root(changed - difference**2)

    return _solved(beyond, most=1 - share if rises else share)


def persons_for_share_difference(*, before: float, after: float, level: float = 0.95, power: float = 0.80) -> float:
    """Return how many persons each of two equally large sides needs to show a change from one share to another.

    Examples
    --------
    R: power.prop.test(p1 = 0.50, p2 = 0.75, power = 0.90) gives n = 76.7.

    >>> round(persons_for_share_difference(before=0.5, after=0.75, power=0.9), 1)
    76.7
    """
    if before == after:
        return inf
    for share in (before, after):
        if not 0 <= share <= 1:
            raise ValueError("a share must be within 0 and 1")
    z_level, z_power = _two(level, power)
    together = (before + after) / 2
    alike = z_level * _root(2 * together * (1 - together))
    apart = z_power * _root(before * (1 - before) + after * (1 - after))
    return float(((alike + apart) / (after - before)) ** 2)


def _solved(beyond: Callable[[float], float], *, most: float) -> float | None:
    return float(brentq(beyond, 0.0, most)) if beyond(most) > 0 else None


def _root(number: float) -> float:
    return float(max(0.0, number) ** 0.5)


def _two(level: float, power: float) -> tuple[float, float]:
    within_one(level, power)
    return float(stats.norm.ppf((1 + level) / 2)), float(stats.norm.ppf(power))


def _is_share(share: float) -> None:
    if not 0 < share < 1:
        raise ValueError("a share must be above 0 and below 1")
