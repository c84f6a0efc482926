"""Two means, of different persons or of the same measured twice: Student's t, with the noncentral t for its power."""

from __future__ import annotations

from math import inf

from scipy.optimize import brentq

from benefits.measurement.power.chances import above_zero, noncentrality

MOST = 1e9
"""Persons beyond which nobody plans."""


def smallest_mean_difference(
    *,
    sd: float,
    n_after: float,
    n_before: float | None = None,
    design_effect: float = 1.0,
    df: float | None = None,
    level: float = 0.95,
    power: float = 0.80,
) -> float:
    """Return the smallest difference between two means of different persons that would be shown.

    Parameters
    ----------
    sd
        Standard deviation between persons, alike on both sides.
    n_after, n_before
        Persons on each side, two or more; as many before as after when None.
    design_effect
        How much larger the variance is because persons of one cluster are alike (see
        :func:`benefits.measurement.power.design_effect`).
    df
        Degrees of freedom; None: persons less two. With whole clusters it is clusters less two.
    level, power
        Coverage of the interval, and the chance of showing a true change of this size.

    Raises
    ------
    ValueError
        When a number is outside its bounds.

    References
    ----------
    Cohen J. Statistical Power Analysis for the Behavioral Sciences. 2nd ed. 1988, chapter 2.

    Examples
    --------
    R: power.t.test(n = 20, sd = 1, power = 0.80) gives delta 0.909130.

    >>> round(smallest_mean_difference(sd=1.0, n_after=20), 6)
    0.90913
    """
    before = n_after if n_before is None else n_before
    above_zero(sd=sd, design_effect=design_effect)
    _two_or_more(n_after, before)
    free = n_after + before - 2 if df is None else df
    se = sd * float((design_effect * (1 / n_after + 1 / before)) ** 0.5)
    return noncentrality(level=level, power=power, df=free) * se


def smallest_paired_difference(
    *, sd: float, correlation: float, n: float, level: float = 0.95, power: float = 0.80
) -> float:
    """Return the smallest mean change of the same persons that would be shown.

    The standard deviation of a difference is sd sqrt(2 (1 - correlation)).

    Parameters
    ----------
    sd
        Standard deviation between persons, alike both times.
    correlation
        Between two measurements of a person, below one.
    n
        Pairs, two or more.
    level, power
        As for :func:`smallest_mean_difference`.

    Raises
    ------
    ValueError
        When a number is outside its bounds.

    Examples
    --------
    With a correlation of one half the difference has the standard deviation of one measurement.

    >>> round(smallest_paired_difference(sd=1.0, correlation=0.5, n=20), 6)
    0.660442
    """
    above_zero(sd=sd)
    _two_or_more(n)
    if not -1 <= correlation < 1:
        raise ValueError("a correlation must be at least -1 and below 1")
    se = sd * float((2 * (1 - correlation) / n) ** 0.5)
    return noncentrality(level=level, power=power, df=n - 1) * se


def persons_for_mean_difference(
    *, difference: float, sd: float, correlation: float | None = None, level: float = 0.95, power: float = 0.80
) -> float:
    """Return how many persons each side needs to show a difference: others before than after, or the same persons.

    Parameters
    ----------
    difference
        What is to be shown, above zero.
    sd
        Standard deviation between persons.
    correlation
        Between two measurements of a person; None when they are not the same persons.
    level, power
        As for :func:`smallest_mean_difference`.

    Returns
    -------
    float
        Not rounded; at least two, and infinite when a thousand million would not do.

    Examples
    --------
    R: power.t.test(delta = 0.5, sd = 1, power = 0.80) gives n = 63.77.

    >>> round(persons_for_mean_difference(difference=0.5, sd=1.0), 2)
    63.77
    """
    above_zero(difference=difference, sd=sd)

    def lacks(n: float) -> float:
        if correlation is None:
            return smallest_mean_difference(sd=sd, n_after=n, level=level, power=power) - difference
        found = smallest_paired_difference(sd=sd, correlation=correlation, n=n, level=level, power=power)
        return found - difference

    if lacks(2.0) <= 0:
        return 2.0
    return float(brentq(lacks, 2.0, MOST)) if lacks(MOST) < 0 else inf


def _two_or_more(*numbers: float) -> None:
    if not all(2 <= number < inf for number in numbers):
        raise ValueError("there must be two persons or more")
