"""What counts after the start would have been, worked out from the time before alone: by population, or by trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benefits.measurement.over_time.time_contrast import Contrast
from benefits.measurement.over_time.time_design import Design, design
from benefits.measurement.over_time.time_fits import Matrix, TimeFit, fit
from benefits.measurement.over_time.time_options import ProjectionOptions
from benefits.measurement.over_time.time_points import Points

PLENTY = 1_000_000
"""Degrees of freedom of a spread that is Poisson's own, not worked out from data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """Expected counts of the periods after the start.

    Attributes
    ----------
    observed, exposure
        Sums over the periods after the start.
    expected
        Sum of the expected counts.
    variance
        Of ``expected``: what the time before leaves unknown about it.
    spread
        Variance of a count around its mean, over the mean, for the sum.
    df
        Degrees of freedom of Student's t.
    dispersion
        Pearson's X2 over its degrees of freedom; None where it is not known.
    residuals
        Pearson's, of each period the spread is worked out from.
    fitted
        The model, where there is one.
    """

    observed: float
    exposure: float
    expected: float
    variance: float
    spread: float
    df: int
    dispersion: float | None
    residuals: Matrix
    fitted: TimeFit | None = None

    @property
    def contrast(self) -> Contrast:
        """The rates observed and expected, with their covariance; a count varies as if it were at least one."""
        own = self.spread * max(self.observed, 1.0)
        return Contrast(
            observed=self.observed / self.exposure,
            counterfactual=self.expected / self.exposure,
            covariance=np.diag([own, self.variance]) / self.exposure**2,
        )

    @property
    def prediction_error(self) -> float:
        """Standard error of what would have been counted: of the expected number, and of chance around it."""
        return float((self.variance + self.spread * self.expected) ** 0.5)


def from_population(rows: pd.DataFrame, *, whole: bool) -> Projected:
    """Return the counts expected when each unit's rate before meets the population it has after.

    With c and n a unit's count and exposure before, and m its exposure after::

        expected = sum of m c / n          variance = dispersion x sum of (m / n)^2 c

    Parameters
    ----------
    rows
        Columns ``unit``, ``period``, ``post``, ``count`` and ``exposure``; every unit has rows before.
    whole
        Whether counts are of events: then the dispersion is at least one.

    References
    ----------
    Breslow and Day (1987), Statistical Methods in Cancer Research, vol. II, chapter 2 (observed against expected).

    Examples
    --------
    Hand-worked: rates 10 / 100 and 40 / 200; 300 and 100 to come, so 30 + 20 are expected, with variance
    (300 / 100)^2 10 + (100 / 200)^2 40 = 100.

    >>> rows = pd.DataFrame({"unit": ["young", "old"] * 2, "period": pd.to_datetime(["2023-01-01"] * 2 +
    ...                      ["2024-01-01"] * 2), "post": [0, 0, 1, 1], "count": [10, 40, 20, 15],
    ...                      "exposure": [100.0, 200.0, 300.0, 100.0]})
    >>> found = from_population(rows, whole=True)
    >>> found.expected, found.variance, found.observed
    (50.0, 100.0, 35.0)
    """
    sums = rows.groupby(["unit", "post"], sort=True)[["count", "exposure"]].sum()
    before, after = (sums.xs(side, level="post") for side in (0, 1))
    grown = after["exposure"] / before["exposure"].reindex(after.index)
    counts = before["count"].reindex(after.index)
    cells = rows.groupby(["unit", "post", "period"], sort=True, as_index=False)[["count", "exposure"]].sum()
    rates = (sums["count"] / sums["exposure"]).rename("rate").reset_index()
    joined = cells.merge(rates, on=["unit", "post"], validate="many_to_one")
    mean = (joined["rate"] * joined["exposure"]).to_numpy(dtype=np.float64)
    off = joined["count"].to_numpy(dtype=np.float64) - mean
    known = joined["rate"] > 0
    df = int(known.sum()) - len(joined.loc[known, ["unit", "post"]].drop_duplicates())
    dispersion = float((off[mean > 0] ** 2 / mean[mean > 0]).sum()) / df if df else None
    spread = (dispersion or 1.0) if not whole else max(1.0, dispersion or 1.0)
    return Projected(
        observed=float(after["count"].sum()),
        exposure=float(after["exposure"].sum()),
        expected=float((grown * counts).sum()),
        variance=spread * float((grown**2 * counts).sum()),
        spread=spread,
        df=df or PLENTY,
        dispersion=dispersion,
        residuals=_by_period(joined.assign(mean=mean)),
    )


def from_trend(points: Points, *, options: ProjectionOptions, whole: bool) -> Projected | None:
    """Return the counts expected when trend and season of the periods before go on; None when it did not converge.

    A log-linear model with exposure as offset, fitted to the periods before alone. A damped trend keeps a share of its
    slope from one month to the next, so that h months after the last one before it has moved by
    p + p^2 + ... + p^h = p (1 - p^h) / (1 - p) months.

    References
    ----------
    Gardner and McKenzie (1985), Management Science 31:1237-1246 (damped trend). McCullagh and Nelder (1989),
    Generalized Linear Models, 2nd ed.
    """
    laid = extended(points, options)
    before = points.part(~points.after)
    known = Design(matrix=laid.matrix[~points.after], change=(), trend=laid.trend)
    fitted = fit(before, known, family=options.variation, errors="model", lags=None, whole=whole)
    if fitted is None:
        return None
    exposure, matrix = points.exposure[points.after], laid.matrix[points.after]
    expected = exposure * np.exp(matrix @ fitted.coefficients)
    pull = expected @ matrix
    spread = _spread(fitted, expected, options, whole=whole)
    return Projected(
        observed=float(points.count[points.after].sum()),
        exposure=float(exposure.sum()),
        expected=float(expected.sum()),
        variance=float(pull @ fitted.covariance @ pull),
        spread=spread,
        df=fitted.df,
        dispersion=fitted.dispersion,
        residuals=fitted.residuals,
        fitted=fitted,
    )


def extended(points: Points, options: ProjectionOptions) -> Design:
    """Return the columns of the model of trend and season, also for the periods after the start."""
    return design(
        points,
        season=options.season,
        harmonics=options.harmonics,
        impact=None,
        trend=_trend(points, options),
        with_trend=options.trend != "none",
    )


def monthly(points: Points, found: Projected, options: ProjectionOptions) -> tuple[Matrix, Matrix]:
    """Return the expected count of each period after the start, and the error of predicting it."""
    assert found.fitted is not None, "a projection by population has no model"
    matrix = extended(points, options).matrix[points.after]
    expected = points.exposure[points.after] * np.exp(matrix @ found.fitted.coefficients)
    known = np.einsum("ij,jk,ik->i", matrix, found.fitted.covariance, matrix) * expected**2
    shape = found.fitted.shape or 0.0
    chance = expected + shape * expected**2 if options.variation == "negative_binomial" else found.spread * expected
    return expected, np.sqrt(known + chance)


def _by_period(cells: pd.DataFrame) -> Matrix:
    """Return Pearson's residual of each period, all units together."""
    sums = cells.groupby("period", sort=True)[["count", "mean"]].sum()
    seen = sums[sums["mean"] > 0].astype("float64")
    return np.asarray((seen["count"] - seen["mean"]) / np.sqrt(seen["mean"]), dtype=np.float64)


def _trend(points: Points, options: ProjectionOptions) -> NDArray[np.float64]:
    if options.trend != "damped" or not (~points.after).any():
        return points.time
    last = float(points.time[~points.after][-1])
    ahead = np.maximum(points.time - last, 0.0)
    kept = options.damping
    return np.where(points.after, last + kept * (1 - kept**ahead) / (1 - kept), points.time)


def _spread(fitted: TimeFit, expected: Sequence[float] | Matrix, options: ProjectionOptions, *, whole: bool) -> float:
    if options.variation == "negative_binomial":
        means = np.asarray(expected)
        return 1.0 + (fitted.shape or 0.0) * float((means**2).sum() / means.sum())
    dispersion = fitted.dispersion or 0.0
    return max(1.0, dispersion) if whole else dispersion
