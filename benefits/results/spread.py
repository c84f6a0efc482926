"""A number with its 95 % interval, from draws; certain numbers have no interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benefits.economics.input import LEVEL
from benefits.economics.numbers import Spread


def spread_of_draws(draws: NDArray[np.float64]) -> Spread:
    """Return mean and 95 % interval of draws, shape (draw,).

    Examples
    --------
    >>> spread_of_draws(np.full(4, 2.0))
    Spread(mean=2.0, low=None, high=None)
    """
    least, most = float(draws.min()), float(draws.max())
    if most - least < 1e-9 * max(1.0, -least, most):
        return Spread(mean=float(draws.mean()))
    low, high = np.quantile(draws, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Spread(mean=float(draws.mean()), low=float(low), high=float(high))


def spread_around(number: float, draws: NDArray[np.float64]) -> Spread:
    """Return a number that is no mean of draws, with their interval; none where a draw is not a finite number.

    As the price at which the mean of what is left is nothing, with the prices at which each draw of it is nothing.

    Examples
    --------
    >>> spread_around(3.0, np.array([1.0, np.inf]))
    Spread(mean=3.0, low=None, high=None)
    """
    found = spread_of_draws(draws) if np.isfinite(draws).all() else Spread(mean=number)
    return replace(found, mean=number)


def in_all_and_by_year(
    id: str, years: Sequence[int], table: NDArray[np.float64]
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield the sum over years under an id, and each year's draws under the id with the year after it.

    Parameters
    ----------
    years, table
        The years, and draws of shape (year, draw).

    Examples
    --------
    >>> [(id, draws.tolist()) for id, draws in in_all_and_by_year("hours", (2025, 2026), np.array([[1.0], [2.0]]))]
    [('hours', [3.0]), ('hours.2025', [1.0]), ('hours.2026', [2.0])]
    """
    yield id, table.sum(axis=0)
    yield from ((f"{id}.{year}", draws) for year, draws in zip(years, table, strict=True))
