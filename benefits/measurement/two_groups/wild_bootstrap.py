"""Wild cluster bootstrap, restricted: p values and intervals that can be trusted with few clusters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from benefits.measurement.clustered import Clustered
from benefits.measurement.contract import Scale

Numbers = NDArray[np.float64]
Weights = Literal["rademacher", "webb"]

FEW_CLUSTERS = 30
"""With fewer clusters than this the bootstrap is used instead of Student's t."""
WEBB_BELOW = 12
"""With fewer clusters than this two-point weights give too few different draws; Webb's six-point weights are used."""
DRAWS = 4999
GRID = 25
SEED = 20_080_801
_POINTS: dict[Weights, tuple[float, ...]] = {
    "rademacher": (-1.0, 1.0),
    "webb": (-(1.5**0.5), -1.0, -(0.5**0.5), 0.5**0.5, 1.0, 1.5**0.5),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WildBootstrap:
    """The restricted wild cluster bootstrap of a contrast of cells.

    The model is saturated: one rate per cell, by weighted least squares on the difference scale and Poisson on the
    ratio scale. For a value of the contrast, the model is fitted with the contrast held there; each cluster's scores
    are multiplied by a random weight, and the t statistic of the contrast is worked out again. On the difference scale
    that is the bootstrap of Cameron, Gelbach and Miller; on the ratio scale the score bootstrap of Kline and Santos,
    with the model linearised at the restricted fit. The draw in which every weight is one is the sample itself.

    Attributes
    ----------
    table
        Counts and exposure per cluster and cell.
    contrast
        Coefficient of each cell's rate, or of its logarithm.
    scale
        Scale of estimation.
    multipliers
        Shape (draws, clusters).

    References
    ----------
    Cameron AC, Gelbach JB, Miller DL. Review of Economics and Statistics 2008;90:414-427. Webb MD. Canadian Journal of
    Economics 2023;56:839-858. Kline P, Santos A. Journal of Econometric Methods 2012;1:23-41. Roodman D, MacKinnon JG,
    Nielsen MO, Webb MD. Stata Journal 2019;19:4-60.
    """

    table: Clustered
    contrast: Numbers
    scale: Scale
    multipliers: Numbers

    @property
    def estimate(self) -> float:
        """The contrast itself."""
        rates = self.table.rates
        return float(self.contrast @ (np.log(rates) if self.scale == "ratio" else rates))

    def p_value(self, null: float) -> float:
        """Return the two-sided p value of the contrast being ``null``: the share of draws with a t at least as large.

        Drawn weights (not all of them listed) count the sample itself as one more draw.
        """
        at = self._restricted_rates(null)
        information = self.table.exposure * (at if self.scale == "ratio" else 1.0)
        total = information.sum(axis=0)
        scores = self.table.count - self.table.exposure * at
        towards = self.contrast / total
        own = scores @ towards
        shared = (information * (self.contrast / total**2)) @ scores.T

        def statistics(weights: Numbers) -> Numbers:
            top = weights @ own
            residual = weights * own - weights @ shared.T
            bottom = np.sqrt((residual**2).sum(axis=1))
            return np.asarray(np.abs(top) / np.where(bottom > 1e-14, bottom, np.inf))

        seen = float(statistics(np.ones((1, self.table.clusters)))[0])
        as_large = statistics(self.multipliers) >= seen * (1 - 1e-10)
        listed = bool((self.multipliers == 1).all(axis=1).any())
        return float(as_large.mean()) if listed else float((as_large.sum() + 1) / (len(as_large) + 1))

    def limits(self, level: float, *, step: float) -> tuple[float, float]:
        """Return the values of the contrast whose p value is above 1 - ``level``; infinite where none is rejected.

        Parameters
        ----------
        level
            Coverage.
        step
            First step of the search, of the size of a standard error.
        """
        return self._limit(-1, level, step), self._limit(1, level, step)

    def limits_by_level(self, level: float, *, step: float) -> Callable[[float], tuple[float, float]] | None:
        """Return a function from coverage to limits, exact at ``level``, read between the points of a grid elsewhere.

        A coverage that no value on the grid (twice as wide as the interval) reaches is given the end of the grid. None
        when the interval at ``level`` has no end.
        """
        exact = self.limits(level, step=step)
        if not np.isfinite(exact).all():
            return None
        sides = [self._side(towards, limit, level) for towards, limit in zip((-1, 1), exact, strict=True)]

        def limits(asked: float) -> tuple[float, float]:
            if asked == level:
                return exact
            low, high = (float(np.interp(asked, covered, values)) for covered, values in sides)
            return low, high

        return limits

    def _side(self, towards: int, limit: float, level: float) -> tuple[Numbers, Numbers]:
        """Coverage, never falling, and the limit at it, from the estimate outwards on one side."""
        far = self.estimate + 2 * (limit - self.estimate)
        values = np.unique([*np.linspace(self.estimate, far, GRID), limit])[::towards]
        covered = np.maximum.accumulate([1 - self.p_value(value) for value in values])
        covered[values == limit] = level
        return np.maximum.accumulate(covered), values

    def _limit(self, towards: int, level: float, step: float) -> float:
        inside, reach = self.estimate, 2 * step
        while self._kept(self.estimate + towards * reach, level):
            inside, reach = self.estimate + towards * reach, 2 * reach
            if reach > 500 * step:
                return towards * float("inf")
        outside = self.estimate + towards * reach
        for _ in range(30):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if self._kept(middle, level) else (inside, middle)
        return (inside + outside) / 2

    def _kept(self, null: float, level: float) -> bool:
        """Whether a value is within the interval: it is not when p is at most 1 - ``level``."""
        return self.p_value(null) > 1 - level + 1e-12

    def _restricted_rates(self, null: float) -> Numbers:
        """Rates of the cells when the contrast is held at a value."""
        count, exposure = self.table.count.sum(axis=0), self.table.exposure.sum(axis=0)
        if self.scale == "difference":
            off = (self.contrast @ (count / exposure) - null) / float((self.contrast**2 / exposure).sum())
            return np.asarray(count / exposure - off * self.contrast / exposure)

        # Maximum likelihood under the restriction moves each cell's events by a multiple of its coefficient.
        def gap(moved: float) -> float:
            return float(self.contrast @ np.log((count - moved * self.contrast) / exposure)) - null

        up, down = self.contrast > 0, self.contrast < 0
        most = float((count[up] / self.contrast[up]).min())
        least = float((count[down] / self.contrast[down]).max())
        low, high = (end + side * 1e-12 * (most - least) for side, end in ((1, least), (-1, most)))
        if gap(low) <= 0 or gap(high) >= 0:  # so far off that some cell would have next to no event
            found = low if gap(low) <= 0 else high
        else:
            found = brentq(gap, low, high, xtol=1e-12 * (most - least))
        return np.asarray((count - found * self.contrast) / exposure)


def wild_bootstrap(table: Clustered, *, contrast: Numbers, scale: Scale) -> WildBootstrap:
    """Return the bootstrap of a contrast, with weights by the number of clusters; all of them when they are few.

    Rademacher weights (-1, 1), or Webb's six below twelve clusters. Draws are the same from run to run.

    Examples
    --------
    Hand-worked: five units that fall by 1, 2, 3, 4 and 5. Every one of the 2 x 2 x 2 x 2 x 2 changes of sign gives a t
    no larger than the one seen, apart from all and none: with weights of -1 and 1 alone p would be 2 / 32.

    >>> table = Clustered(count=np.array([[10, 9.0], [10, 8], [10, 7], [10, 6], [10, 5]]), exposure=np.ones((5, 2)),
    ...                   cells=((0,), (1,)), observations=10)
    >>> signs = multipliers(5, kind="rademacher")
    >>> WildBootstrap(table=table, contrast=np.array([-1.0, 1.0]), scale="difference", multipliers=signs).p_value(0.0)
    0.0625
    """
    return WildBootstrap(
        table=table, contrast=np.asarray(contrast, dtype=float), scale=scale, multipliers=multipliers(table.clusters)
    )


def multipliers(clusters: int, *, kind: Weights | None = None) -> Numbers:
    """Return the weights of the draws: every combination when there are at most 4999, else that many drawn ones."""
    kind = kind or ("webb" if clusters < WEBB_BELOW else "rademacher")
    points = np.array(_POINTS[kind])
    if len(points) ** clusters <= DRAWS:
        return np.array(list(product(points, repeat=clusters)))
    return np.random.default_rng(SEED).choice(points, size=(DRAWS, clusters))
