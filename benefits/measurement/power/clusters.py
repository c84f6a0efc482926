"""Persons who belong to the same kommune, ward or team are alike: what that costs, and how alike they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benefits.measurement.power.chances import above_zero


def design_effect(*, size: float, icc: float, spread: float = 0.0) -> float:
    """Return how many times larger a variance is because persons come in clusters.

    1 + ((1 + spread^2) size - 1) icc; with clusters of one size 1 + (size - 1) icc.

    Parameters
    ----------
    size
        Mean number of persons in a cluster.
    icc
        Correlation between two persons of one cluster, 0 to 1.
    spread
        Standard deviation of the sizes over their mean.

    Raises
    ------
    ValueError
        When a number is outside its bounds.

    References
    ----------
    Eldridge SM, Ashby D, Kerry S. Sample size for cluster randomized trials: effect of coefficient of variation of
    cluster size and analysis method. Int J Epidemiol 2006;35:1292-1300.

    Examples
    --------
    >>> round(design_effect(size=20, icc=0.05), 4), round(design_effect(size=20, icc=0.05, spread=0.65), 4)
    (1.95, 2.3725)
    """
    above_zero(size=size)
    if not 0 <= icc <= 1 or spread < 0:
        raise ValueError("icc must be within 0 and 1, and spread not below zero")
    return 1 + ((1 + spread**2) * size - 1) * icc


def cross_sections_effect(*, size: float, icc: float, autocorrelation: float) -> float:
    """Return the same for a change in clusters whose persons are others each time, against independent persons.

    The design effect of one time, times 1 - r: what the two times of a cluster have in common falls out of its change.
    r = size icc autocorrelation / (1 + (size - 1) icc) is the correlation between its two means.

    Parameters
    ----------
    size, icc
        As for :func:`design_effect`; persons in a cluster each time.
    autocorrelation
        Correlation between two persons of one cluster at different times, over that at the same time; 0 to 1.

    Raises
    ------
    ValueError
        When a number is outside its bounds.

    References
    ----------
    Hooper R, Teerenstra S, de Hoop E, Eldridge S. Sample size calculation for stepped wedge and other longitudinal
    cluster randomised trials. Stat Med 2016;35:4718-4728.

    Examples
    --------
    Hand-worked: 1 + 19 x 0.05 = 1.95; r = 20 x 0.05 x 0.8 / 1.95 = 0.4103; 1.95 x 0.5897 = 1.15.

    >>> round(cross_sections_effect(size=20, icc=0.05, autocorrelation=0.8), 4)
    1.15
    """
    if not 0 <= autocorrelation <= 1:
        raise ValueError("autocorrelation must be within 0 and 1")
    alone = design_effect(size=size, icc=icc)
    return alone - size * icc * autocorrelation


def intracluster_correlation(values: NDArray[np.float64], clusters: NDArray[np.int64]) -> float | None:
    """Return how alike persons of one cluster are: the share of the variance that is between clusters.

    The estimator of one-way analysis of variance, never below zero.

    Parameters
    ----------
    values, clusters
        Shape (persons,): a value of each, and which cluster the person belongs to.

    Returns
    -------
    float or None
        None with fewer than two clusters, no cluster of more than one, or no spread.

    References
    ----------
    Donner A. A review of inference procedures for the intraclass correlation coefficient in the one-way random effects
    model. Int Stat Rev 1986;54:67-82.

    Examples
    --------
    Hand-worked: clusters 1, 3 and 5, 7: between 2 (2^2 + 2^2) / 1 = 16, within 4 / 2 = 2; (16 - 2) / (16 + 2) = 7/9.

    >>> round(intracluster_correlation(np.array([1.0, 3.0, 5.0, 7.0]), np.array([1, 1, 2, 2])), 4)
    0.7778
    """
    names, place, sizes = np.unique(clusters, return_inverse=True, return_counts=True)
    k, n = len(names), len(values)
    if k < 2 or n <= k:
        return None
    means = np.bincount(place, weights=values) / sizes
    between = float((sizes * (means - values.mean()) ** 2).sum()) / (k - 1)
    within = float(((values - means[place]) ** 2).sum()) / (n - k)
    typical = (n - float((sizes**2).sum()) / n) / (k - 1)
    total = between + (typical - 1) * within
    return max(0.0, (between - within) / total) if total > 0 else None
