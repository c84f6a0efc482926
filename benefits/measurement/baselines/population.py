"""How rates of events differ between all the persons of a population, from which regression to the mean follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats
from scipy.special import polygamma

FEWEST = 50
"""Persons a spread between persons is worked out from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """A gamma distribution of rates over persons, each of whom has Poisson events.

    Attributes
    ----------
    rate, rate_se
        Mean events per unit of exposure, and its standard error.
    dispersion, dispersion_se
        Shape of the gamma distribution (k, R's theta); smaller means persons differ more.
    persons
        How many it was worked out from.
    """

    rate: float
    rate_se: float
    dispersion: float
    dispersion_se: float
    persons: int


def estimate_population(count: ArrayLike, exposure: ArrayLike = 1.0) -> Population | None:
    """Estimate the spread of rates over a whole population, by maximum likelihood of the negative binomial.

    Everybody the rule of selection was applied to must be there, also those with no event; a file of those who came in
    says nothing of the rest.

    Parameters
    ----------
    count
        Events of each person over the window the rule looks at.
    exposure
        Time each was observed, above zero; one number for all or one each.

    Returns
    -------
    Population or None
        None with fewer than fifty persons, no event, or no more spread than chance gives: then persons do not differ
        in a way the data can tell, and nobody regresses.

    Raises
    ------
    ValueError
        When a count is below zero or not whole, or an exposure not above zero.

    References
    ----------
    Lawless JF. Negative binomial and mixed Poisson regression. Can J Stat 1987;15:209-225.

    Examples
    --------
    >>> found = estimate_population([0] * 60 + [1] * 20 + [2] * 10 + [5] * 10)
    >>> round(found.rate, 4), round(found.dispersion, 4)
    (0.9, 0.4878)
    """
    events: NDArray[np.float64] = np.asarray(count, dtype=float).ravel()
    time = np.broadcast_to(np.asarray(exposure, dtype=float), events.shape)
    if not (np.isfinite(events).all() and (events >= 0).all() and (events % 1 == 0).all()):
        raise ValueError("counts must be whole numbers, zero or more")
    if not (np.isfinite(time).all() and (time > 0).all()):
        raise ValueError("exposure must be above zero")
    if len(events) < FEWEST or not events.sum():
        return None
    rate = events.sum() / time.sum()
    expected = rate * time
    # Moments: E[(Y - mu)^2 - mu] = mu^2 / k.
    surplus = float(((events - expected) ** 2 - expected).sum())
    if surplus <= 0:
        return None
    begin = np.array([np.log(rate), np.log(float((expected**2).sum()) / surplus)])
    found = optimize.minimize(_minus_log_likelihood, begin, args=(events, time), method="BFGS", tol=1e-10)
    best = optimize.minimize(_minus_log_likelihood, found.x, args=(events, time), method="Nelder-Mead", tol=1e-12)
    rate, shape = (float(np.exp(one)) for one in best.x)
    expected = rate * time
    # Rate and shape are independent in the limit, so that each has its own information.
    information = float((expected * shape / (expected + shape)).sum())
    of_shape = _information_of_shape(shape, events, expected)
    return Population(
        rate=rate,
        rate_se=rate / information**0.5,
        dispersion=shape,
        dispersion_se=of_shape**-0.5 if of_shape > 0 else float("inf"),
        persons=len(events),
    )


def _minus_log_likelihood(at: NDArray[np.float64], events: NDArray[np.float64], time: NDArray[np.float64]) -> float:
    rate, shape = np.exp(np.clip(at, -30, 30))
    return -float(stats.nbinom.logpmf(events, shape, shape / (shape + rate * time)).sum())


def _information_of_shape(shape: float, events: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """Observed information on the shape, at the expected counts."""
    both = expected + shape
    terms = polygamma(1, shape) - polygamma(1, shape + events) - 1 / shape + 2 / both - (events + shape) / both**2
    return float(terms.sum())
