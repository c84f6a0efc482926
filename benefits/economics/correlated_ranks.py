"""Orders of draws that are high together: which place each number of a group has in each draw."""

from __future__ import annotations

from math import pi, sin

import numpy as np
from numpy.typing import NDArray

from benefits.project.uncertainty import lowest_correlation


def correlated_ranks(*, n: int, count: int, correlation: float, generator: np.random.Generator) -> NDArray[np.int64]:
    """Return ranks from 0 to ``n - 1`` with about the same correlation between any two columns; shape (draw, column).

    Putting sorted draws in the order of a column leaves every draw as it is: only which ones come together changes.

    Parameters
    ----------
    n
        Number of draws.
    count
        Number of columns, at least 2.
    correlation
        Of ranks (Spearman), above ``lowest_correlation(count)`` and not above 1; of two columns it may be -1.
    generator
        Source of randomness.

    Raises
    ------
    ValueError
        When no numbers can be correlated so.

    Notes
    -----
    The scores that are ordered are normal, in random order, freed of the correlation they have by chance, and given the
    correlation of normal numbers whose ranks have the one that is wanted, ``2 sin(pi x correlation / 6)``. With fewer
    draws than twice the columns, what they have by chance is left in.

    References
    ----------
    Iman RL, Conover WJ. A distribution-free approach to inducing rank correlation among input variables. Communications
    in Statistics - Simulation and Computation 1982;11:311-334.

    Examples
    --------
    >>> ranks = correlated_ranks(n=1000, count=2, correlation=0.8, generator=np.random.default_rng(1))
    >>> round(float(np.corrcoef(ranks, rowvar=False)[0, 1]), 1), sorted(ranks[:, 0].tolist()) == list(range(1000))
    (0.8, True)
    """
    if correlation == 1 or (count == 2 and correlation == -1):
        one = generator.permutation(n)
        return np.stack([one, *(one if correlation == 1 else n - 1 - one for _ in range(count - 1))], axis=1)
    if not lowest_correlation(count) < correlation < 1:
        raise ValueError(f"{count} numbers cannot have the correlation {correlation} between any two of them")
    from scipy.special import ndtri

    scores = ndtri((np.arange(n) + 1.0) / (n + 1.0))
    columns = np.stack([scores[generator.permutation(n)] for _ in range(count)], axis=1)
    wanted = np.full((count, count), 2.0 * sin(pi * correlation / 6.0))
    np.fill_diagonal(wanted, 1.0)
    mixing = np.linalg.cholesky(wanted).T
    if n >= 2 * count:
        mixing = np.linalg.inv(np.linalg.cholesky(np.corrcoef(columns, rowvar=False)).T) @ mixing
    order = np.argsort(columns @ mixing, axis=0, kind="stable")
    ranks = np.empty((n, count), dtype=np.int64)
    np.put_along_axis(ranks, order, np.arange(n)[:, np.newaxis], axis=0)
    return ranks
