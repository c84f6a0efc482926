"""Compare rates of events before and after, in one group or two: the arithmetic both methods share."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.regression.linear_model import WLS
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from benefits.measurement.contract import Scale

Cell = tuple[int, int]
"""Treated (0, 1) and post (0, 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Rates of each cell, and the standard error of their contrast on the scale of estimation.

    Attributes
    ----------
    rates
        (treated, post) -> events per unit of exposure.
    se, df
        Standard error (of the logarithm for a ratio) and degrees of freedom.
    observed_share
        On the ratio scale, covariance of the logarithm of the treated's rate after with the logarithm of the ratio,
        over the variance of the latter; within 0 and 1.
    """

    rates: dict[Cell, float]
    se: float
    df: int
    observed_share: float = 0.0


def collapse(rows: pd.DataFrame) -> pd.DataFrame:
    """Sum persons' rows to one per person and side; columns cluster, treated, post, count, exposure."""
    keyed = rows.assign(treated=(rows["group"] != "comparison").astype("int64"), cluster=rows["person"])
    return keyed.groupby(["cluster", "treated", "post"], sort=True, as_index=False)[["count", "exposure"]].sum()


def by_period(rows: pd.DataFrame) -> pd.DataFrame:
    """Sum rows to one per group and period; columns treated, period, post, count, exposure."""
    keyed = rows.assign(treated=(rows["group"] != "comparison").astype("int64"))
    return keyed.groupby(["treated", "period", "post"], sort=True, as_index=False)[["count", "exposure"]].sum()


def totals(cells: pd.DataFrame) -> pd.DataFrame:
    """Sum to the cells of the comparison: indexed by treated and post, columns count and exposure."""
    return cells.groupby(["treated", "post"], sort=True)[["count", "exposure"]].sum()


def exposure_of(cells: pd.DataFrame, treated: int, post: int) -> float:
    """Sum the exposure of one cell of the comparison."""
    return float(cells.loc[(cells["treated"] == treated) & (cells["post"] == post), "exposure"].sum())


def fit_persons(cells: pd.DataFrame, *, scale: Scale) -> Fit:
    """Fit the saturated model to persons, with standard errors that let a person's rows depend on each other.

    A Poisson model with the logarithm of exposure as offset for a ratio; weighted least squares on rates, with exposure
    as weight, for a difference. Both give total events over total exposure as the rate of each cell, and
    cluster-robust (sandwich) standard errors, so that neither depends on the counts being Poisson.

    Parameters
    ----------
    cells
        As :func:`collapse` gives them; every cell has events when ``scale`` is ratio.
    scale
        Scale of estimation.

    Returns
    -------
    Fit
        Degrees of freedom are persons less groups.

    References
    ----------
    Liang and Zeger (1986), Biometrika 73:13-22. Wooldridge (2010), Econometric Analysis of Cross Section and Panel
    Data, 2nd ed., chapters 18 and 20.
    """
    design = _design(cells)
    count, exposure = _columns(cells)
    df = int(cells["cluster"].nunique()) - int(cells["treated"].nunique())
    clusters = cells["cluster"].to_numpy()
    if scale == "ratio":
        result = fit_poisson(count, design, exposure=exposure, clusters=clusters)
        # The logarithm of the treated's rate after is the sum of all coefficients, the ratio's the last of them.
        covariance = np.asarray(result.cov_params())
        share = float(np.clip(covariance[-1].sum() / covariance[-1, -1], 0.0, 1.0)) if covariance[-1, -1] > 0 else 0.0
        return Fit(rates=_rates(cells), se=_se(covariance), df=df, observed_share=share)
    robust = {"cov_type": "cluster", "cov_kwds": {"groups": clusters}}
    result = WLS(count / exposure, design, weights=exposure).fit(**robust)
    return Fit(rates=_rates(cells), se=_se(np.asarray(result.cov_params())), df=df)


def fit_poisson(
    count: NDArray[np.float64],
    design: NDArray[np.float64],
    *,
    exposure: NDArray[np.float64],
    clusters: NDArray[np.int64] | None,
) -> Any:
    """Return the fitted Poisson model with the logarithm of exposure as offset, robust when clusters are given.

    Counts that the model fits exactly make the library warn of separation; here they are only a perfect fit.
    """
    model = GLM(count, design, family=Poisson(), offset=np.log(exposure))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        if clusters is None:
            return model.fit()
        return model.fit(cov_type="cluster", cov_kwds={"groups": clusters})


def fit_periods(cells: pd.DataFrame, *, scale: Scale, whole: bool = True) -> Fit:
    """Fit the saturated model to periods, with the spread between periods (Pearson's X2) as dispersion.

    The model being saturated, the variance of the logarithm of a cell's rate is dispersion / events, and that of the
    rate itself dispersion x rate / exposure. The dispersion of events is never taken below one: less spread than
    Poisson in a short series is chance. That of an amount has no such floor, because it depends on the unit: hours have
    a sixtieth of the dispersion of the same minutes, and the same standard error of the logarithm.

    Parameters
    ----------
    cells
        As :func:`by_period` gives them; every cell has events when ``scale`` is ratio.
    scale
        Scale of estimation.
    whole
        Whether what is counted is events; False for amounts, such as hours.

    Returns
    -------
    Fit
        Degrees of freedom are periods less cells.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., section 6.2.
    """
    rates = _rates(cells)
    df = len(cells) - len(rates)
    dispersion = max(1.0 if whole else 0.0, float((pearson_residuals(cells) ** 2).sum()) / df)
    terms = [1 / events if scale == "ratio" else rate / exposure for events, exposure, rate in _cells(cells)]
    observed_share = terms[list(rates).index((1, 1))] / sum(terms) if scale == "ratio" else 0.0
    return Fit(rates=rates, se=(dispersion * sum(terms)) ** 0.5, df=df, observed_share=observed_share)


def pearson_residuals(cells: pd.DataFrame) -> NDArray[np.float64]:
    """Return (count - expected) / sqrt(expected) with expected from the rate of the row's own cell; zero if none."""
    count, exposure = _columns(cells)
    rates = _rates(cells)
    expected = exposure * np.array([rates[cell] for cell in zip(cells["treated"], cells["post"], strict=True)])
    residuals: NDArray[np.float64] = np.zeros(len(cells))
    np.divide(count - expected, np.sqrt(expected), out=residuals, where=expected > 0)
    return residuals


def _se(covariance: NDArray[np.float64]) -> float:
    """Standard error of the last coefficient; a variance of nothing may come out just below zero."""
    return float(max(0.0, covariance[-1, -1]) ** 0.5)


def _design(cells: pd.DataFrame) -> NDArray[np.float64]:
    """Return the saturated design; the last column is the contrast asked for."""
    treated, post = cells["treated"].to_numpy(dtype=float), cells["post"].to_numpy(dtype=float)
    one = np.ones(len(cells))
    two_groups = cells["treated"].nunique() == 2
    return np.column_stack([one, treated, post, treated * post] if two_groups else [one, post])


def _columns(cells: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return cells["count"].to_numpy(dtype=float), cells["exposure"].to_numpy(dtype=float)


def _cells(cells: pd.DataFrame) -> list[tuple[float, float, float]]:
    """Return events, exposure and rate of each cell."""
    summed = totals(cells)
    return [
        (float(events), float(exposure), float(events) / float(exposure))
        for events, exposure in zip(summed["count"], summed["exposure"], strict=True)
    ]


def _rates(cells: pd.DataFrame) -> dict[Cell, float]:
    keys = totals(cells).index.to_frame()
    places = zip(keys["treated"], keys["post"], _cells(cells), strict=True)
    return {(int(treated), int(post)): rate for treated, post, (_, _, rate) in places}
