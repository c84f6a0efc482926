"""Rates of cells, and how each cluster (a person, a unit, a period) moves them: the source of cluster-robust errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benefits.measurement.contract import Scale

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clustered:
    """Counts and exposure of every cluster in every cell.

    Attributes
    ----------
    count, exposure
        Shape (clusters, cells); zero where a cluster has nothing in a cell.
    cells
        The cells, in the order of the columns: a tuple of what each is told by.
    observations
        Rows they were summed from, for the small-sample factor.

    Examples
    --------
    Hand-worked: two clusters, 4 and 8 events in 10 of exposure each; rate 12 / 20 = 0.6, the first is 4 - 6 = -2 below
    it, so it moves the rate by -2 / 20 and its logarithm by -0.1 / 0.6.

    >>> rows = pd.DataFrame({"unit": ["a", "b"], "post": 0, "count": [4, 8], "exposure": 10.0})
    >>> both = tabulated(rows, cluster="unit", cells=["post"])
    >>> both.rates.tolist(), both.influence("difference").ravel().round(6).tolist()
    ([0.6], [-0.1, 0.1])
    >>> both.influence("ratio").ravel().round(6).tolist()
    [-0.166667, 0.166667]
    """

    count: Numbers
    exposure: Numbers
    cells: tuple[tuple[Any, ...], ...]
    observations: int

    @property
    def clusters(self) -> int:
        """How many clusters there are."""
        return len(self.count)

    @property
    def rates(self) -> Numbers:
        """Total count over total exposure of each cell."""
        return np.asarray(self.count.sum(axis=0) / self.exposure.sum(axis=0))

    def rate(self, *cell: Any) -> float:
        """Return the rate of one cell."""
        return float(self.rates[self.cells.index(cell)])

    def influence(self, scale: Scale) -> Numbers:
        """Return how much each cluster moves each rate, or its logarithm; shape (clusters, cells), columns sum to zero.

        They are the scores of a saturated model (weighted least squares on rates, or Poisson with an offset) over its
        information, so that the sum of their squares is the sandwich estimate of variance.
        """
        moved = (self.count - self.exposure * self.rates) / self.exposure.sum(axis=0)
        return np.asarray(moved / self.rates if scale == "ratio" else moved)

    def covariance(self, scale: Scale) -> Numbers:
        """Return the cluster-robust covariance of the rates, or of their logarithms; shape (cells, cells)."""
        moved = self.influence(scale)
        return np.asarray(small_sample(self) * moved.T @ moved)


def small_sample(table: Clustered, *, parameters: int | None = None) -> float:
    """Return G / (G - 1) x (N - 1) / (N - K) for G clusters, N observations and K parameters (the cells, unless said).

    References
    ----------
    Cameron and Miller (2015), Journal of Human Resources 50:317-372, equation 12.
    """
    groups, rows = table.clusters, table.observations
    free = max(1, rows - (len(table.cells) if parameters is None else parameters))
    return groups / (groups - 1) * (rows - 1) / free


def tabulated(rows: pd.DataFrame, *, cluster: str, cells: list[str]) -> Clustered:
    """Sum rows with columns count and exposure to clusters and cells; clusters and cells in sorted order."""
    places = rows.groupby(cells, sort=True).ngroup().to_numpy()
    names = rows[cells].drop_duplicates().sort_values(cells).itertuples(index=False, name=None)
    codes, found = pd.factorize(rows[cluster], sort=True)
    shape = (len(found), int(places.max()) + 1)
    count, exposure = np.zeros(shape), np.zeros(shape)
    np.add.at(count, (codes, places), rows["count"].to_numpy(dtype=float))
    np.add.at(exposure, (codes, places), rows["exposure"].to_numpy(dtype=float))
    return Clustered(count=count, exposure=exposure, cells=tuple(names), observations=len(rows))
