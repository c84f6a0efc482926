"""Fit an interrupted time series to the treated, and to the comparison group if there is one, or refuse."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from benefits.measurement.contract import Refusal
from benefits.measurement.over_time.time_contrast import Contrast, mean_after
from benefits.measurement.over_time.time_design import SEASON_NEEDS, YEAR, Design, design
from benefits.measurement.over_time.time_fits import Matrix, TimeFit, covariance_over_time, fit, lags_for
from benefits.measurement.over_time.time_options import TimeSeriesOptions
from benefits.measurement.over_time.time_points import Points

LEAST_DF = 2
SHORT = 12
"""Points in all below which neither autocorrelation nor the spread of counts can be told (Turner et al. 2021)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A fitted model and the rates it gives.

    Attributes
    ----------
    groups, designs, fits
        One each of the treated, and of the comparison group if there is one.
    covariance
        Of all coefficients, the treated's first.
    contrast
        Mean rate after the start, and had nothing happened.
    df
        Degrees of freedom of Student's t: of the group with the fewest.
    """

    groups: tuple[Points, ...]
    designs: tuple[Design, ...]
    fits: tuple[TimeFit, ...]
    covariance: Matrix
    contrast: Contrast
    df: int

    def change(self, name: str) -> tuple[float, float]:
        """Return one change at the start and its standard error: the treated's, less the comparison group's."""
        weights = np.zeros(len(self.covariance))
        value, end = 0.0, 0
        for sign, laid, one in zip((1.0, -1.0), self.designs, self.fits, strict=False):
            end += laid.matrix.shape[1]
            weights[end - len(laid.change) + laid.change.index(name)] = sign
            value += sign * float(one.coefficients[laid.matrix.shape[1] - len(laid.change) + laid.change.index(name)])
        return value, float(weights @ self.covariance @ weights) ** 0.5

    def trend(self) -> tuple[float, float]:
        """Return the treated's trend before the start, per month, and its standard error."""
        return float(self.fits[0].coefficients[1]), float(self.covariance[1, 1]) ** 0.5


def fitting(options: TimeSeriesOptions, groups: tuple[Points, ...]) -> TimeSeriesOptions:
    """Return the options with what the series is too short for taken out: a season, and more than least squares.

    Examples
    --------
    >>> points = Points(time=np.arange(-5.0, 5.0), month=np.arange(1, 11), step=1, count=np.ones(10),
    ...                 exposure=np.ones(10))
    >>> kept = fitting(TimeSeriesOptions(fewest_periods=5), (points,))
    >>> kept.model, kept.errors, kept.season
    ('ols', 'model', 'none')
    """
    points = min(one.n for one in groups)
    if points * groups[0].step < SEASON_NEEDS or groups[0].step >= YEAR:
        options = replace(options, season="none")
    if points < SHORT:
        options = replace(options, model="ols", errors="model")
    return options


def solve(groups: tuple[Points, ...], *, method: str, options: TimeSeriesOptions, whole: bool) -> Solved | Refusal:
    """Fit the same model to each group, and set the treated's change against the comparison group's.

    Parameters
    ----------
    groups
        The treated, and the comparison group if there is one.
    method
        Id of the method that asks.
    options
        As :func:`fitting` gives them.
    whole
        Whether counts are of events, not an amount.
    """
    designs = tuple(
        design(
            one,
            season=options.season,
            harmonics=options.harmonics,
            impact=options.impact,
            temporary_months=options.temporary_months,
        )
        for one in groups
    )
    if any(laid.matrix.shape[0] - laid.matrix.shape[1] < LEAST_DF for laid in designs):
        return Refusal(method=method, code="too_few_periods_for_model", what_would_open_it="simpler_model")
    if any(laid.collinear for laid in designs):
        return Refusal(method=method, code="collinear_design", what_would_open_it="simpler_model")
    fits = []
    for one, laid in zip(groups, designs, strict=True):
        found = fit(
            one,
            laid,
            family=options.model,
            errors=options.errors or "model",
            lags=options.hac_lags,
            whole=whole,
        )
        if found is None:
            return Refusal(method=method, code="did_not_converge", what_would_open_it="simpler_model")
        fits.append(found)
    covariance = _together(groups, tuple(fits), options)
    contrast = mean_after(
        designs[0],
        after=groups[0].after,
        exposure=groups[0].exposure,
        coefficients=np.concatenate([one.coefficients for one in fits]),
        covariance=covariance,
        log_link=fits[0].log_link,
    )
    counted = groups[0].mean_rate(groups[0].after)
    if options.scale == "ratio" and min(contrast.observed, contrast.counterfactual, counted) <= 0:
        return Refusal(method=method, code="rate_not_positive", what_would_open_it="difference_scale_or_longer_window")
    if not contrast.se(options.scale) > 1e-9 * max(abs(contrast.observed), 1e-12):
        return Refusal(method=method, code="no_spread", what_would_open_it="longer_window")
    return Solved(
        groups=groups,
        designs=designs,
        fits=tuple(fits),
        covariance=covariance,
        contrast=contrast,
        df=min(one.df for one in fits),
    )


def _together(groups: tuple[Points, ...], fits: tuple[TimeFit, ...], options: TimeSeriesOptions) -> Matrix:
    """Return the covariance of all groups' coefficients; those of two groups are independent unless hac says more."""
    if options.errors == "hac":
        first = min(float(one.time[0]) for one in groups)
        places = [np.asarray((one.time - first) // one.step, dtype=np.int64) for one in groups]
        lags = lags_for(max(one.n for one in groups), options.hac_lags)
        return covariance_over_time(fits, places, lags=lags)
    size = [len(one.coefficients) for one in fits]
    whole = np.zeros((sum(size), sum(size)))
    for number, one in enumerate(fits):
        begin = sum(size[:number])
        whole[begin : begin + size[number], begin : begin + size[number]] = one.covariance
    return whole
