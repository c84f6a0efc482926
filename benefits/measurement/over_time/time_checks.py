"""Checks on a model over time: what is left in its residuals, and whether it finds a change where there was none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.diagnostic import acorr_ljungbox

from benefits.errors import Parameter
from benefits.measurement.checks.data_checks import FEW_PERIODS, ONE_SIDED_SHARE, SIGNIFICANT
from benefits.measurement.contract import Check, Refusal, interval_of
from benefits.measurement.over_time.time_design import SEASON_NEEDS, YEAR, design
from benefits.measurement.over_time.time_fits import Matrix, TimeFit, fit
from benefits.measurement.over_time.time_model import LEAST_DF, SHORT, Solved, fitting, solve
from benefits.measurement.over_time.time_options import TimeSeriesOptions
from benefits.measurement.over_time.time_points import Points

LAST_MONTHS = 3
"""Months before the start that may hold a peak; a longer one is a part of the trend."""
LAGS = 10
NOTHING_LEFT = 1e-10
"""What rounding leaves of the residuals of a series that the model fits exactly."""


def autocorrelation(residuals: Sequence[Matrix], *, autoregressive: bool = False, allowed_for: bool = False) -> Check:
    """Check whether neighbouring residuals follow each other (Ljung and Box), and whether the errors allow for it.

    One period back, and up to ten or a fifth of the series; with two series the smaller p value, doubled.

    Parameters
    ----------
    residuals
        Of each group, in order of time.
    autoregressive
        Whether the model has a coefficient for it already, which costs one degree of freedom.
    allowed_for
        Whether the standard errors hold all the same.

    References
    ----------
    Ljung and Box (1978), Biometrika 65:297-303. Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd
    ed., section 5.4 (how many periods back).
    """
    if min(len(one) for one in residuals) < SHORT or any(np.ptp(one) <= NOTHING_LEFT for one in residuals):
        return Check(code="autocorrelation", passed=None)
    found = [ljung_box(one, autoregressive=autoregressive) for one in residuals]
    correlations = [first_correlation(one) for one in residuals]
    p = min(1.0, len(found) * min(found))
    parameters: dict[str, Parameter] = {"p": p, "correlation": max(correlations, key=abs)}
    if allowed_for:
        return Check(code="autocorrelation_allowed_for", passed=True, parameters=parameters)
    return Check(code="autocorrelation", passed=p >= SIGNIFICANT, parameters=parameters)


def ljung_box(residuals: Matrix, *, autoregressive: bool = False) -> float:
    """Return the p value that residuals do not follow each other, one period back or several.

    The smaller of the two, doubled: several periods together say little of a short series, one alone nothing of waves.
    """
    own = int(autoregressive)
    lags = sorted({1 + own, max(1 + own, min(LAGS, len(residuals) // 5))})
    found = acorr_ljungbox(residuals, lags=lags, model_df=own)["lb_pvalue"]
    return min(1.0, len(lags) * float(found.min()))


def first_correlation(residuals: Matrix) -> float:
    """Return the correlation of each residual with the one before it.

    Examples
    --------
    >>> first_correlation(np.array([1.0, -1.0] * 4))
    -0.875
    """
    centred = residuals - residuals.mean()
    square = float(centred @ centred)
    return float(centred[1:] @ centred[:-1]) / square if square > 0 else 0.0


def over_dispersion(fits: tuple[TimeFit, ...], options: TimeSeriesOptions) -> tuple[Check, ...]:
    """Check whether counts spread more than their model says: Pearson's X2 against chi-squared, the worst group.

    A model that takes its spread from the data, or robust errors, allow for it: then the figure is only told.
    """
    spreads = [(one.dispersion, one.df) for one in fits if one.dispersion is not None]
    if not spreads:
        return ()
    parameters: dict[str, Parameter] = {"dispersion": max(spread for spread, _ in spreads)}
    if options.model == "quasi_poisson" or options.errors == "hac":
        return (Check(code="spread_from_data", passed=True, parameters=parameters),)
    p = min(1.0, len(spreads) * min(float(stats.chi2.sf(spread * df, df)) for spread, df in spreads))
    return (Check(code="spread_as_modelled", passed=p >= SIGNIFICANT, parameters={**parameters, "p": p}),)


def season(solved: Solved, *, asked: TimeSeriesOptions, used: TimeSeriesOptions, whole: bool) -> tuple[Check, ...]:
    """Check that the season is in the model, or that none is seen in the series when it was left out by choice."""
    points = solved.groups[0]
    if points.step >= YEAR:
        return ()
    if used.season != "none":
        return (Check(code="season_in_model", passed=True),)
    if asked.season != "none":
        parameters: dict[str, Parameter] = {"months": points.n * points.step, "needed": SEASON_NEEDS}
        return (Check(code="season_in_model", passed=False, parameters=parameters),)
    p = None if points.n * points.step < SEASON_NEEDS else _season_left(points, used, whole=whole)
    if p is None:
        return (Check(code="season_seen", passed=None),)
    return (Check(code="season_seen", passed=p >= SIGNIFICANT, parameters={"p": p}),)


def sizes(solved: Solved) -> tuple[Check, ...]:
    """Check the number of periods on each side, and in all."""
    fewest = min(int(kept.sum()) for one in solved.groups for kept in (one.after, ~one.after))
    points = min(one.n for one in solved.groups)
    return (
        Check(code="enough_periods", passed=fewest >= FEW_PERIODS, parameters={"fewest": fewest, "few": FEW_PERIODS}),
        Check(
            code="series_length",
            passed=None if SHORT <= points < SEASON_NEEDS else points >= SHORT,
            parameters={"points": points, "short": SHORT},
        ),
    )


def placebo_in_time(groups: tuple[Points, ...], *, options: TimeSeriesOptions, whole: bool) -> Check:
    """Check that no change is found at a made-up start, in the middle of the time before the real one.

    Returns
    -------
    Check
        Unknown when the time before is too short to be divided, or a season would be lost; parameters ``rate_effect``,
        ``rate_low`` and ``rate_high``, the change found where there was none.
    """
    unknown = Check(code="placebo_in_time", passed=None)
    before = [~one.after for one in groups]
    if min(int(kept.sum()) for kept in before) < 2 * options.fewest_periods:
        return unknown
    middle = groups[0].time[int(before[0].sum()) // 2]
    tried = tuple(one.part(kept, zero=float(middle)) for one, kept in zip(groups, before, strict=True))
    if fitting(options, tried) != options:
        return unknown
    solved = solve(tried, method="", options=replace(options, scale="difference"), whole=whole)
    if isinstance(solved, Refusal):
        return unknown
    effect = solved.contrast.observed - solved.contrast.counterfactual
    low, high = interval_of(
        scale="difference",
        observed=solved.contrast.observed,
        counterfactual=solved.contrast.counterfactual,
        observed_share=0.0,
        se=solved.contrast.se("difference"),
        df=solved.df,
        level=options.level,
    )
    return Check(
        code="placebo_in_time",
        passed=low <= 0 <= high,
        parameters={"rate_effect": effect, "rate_low": low, "rate_high": high},
    )


def peak_beyond_trend(points: Points, *, options: TimeSeriesOptions, whole: bool, rose: bool) -> Check:
    """Check whether the last months before the start lay above what trend and season before them say.

    A plain comparison with the time before would take a rising trend for a peak. One-sided test of a level of their own
    in the model of the time before. A peak is no reason for a rise: for what rose, they are looked at from below
    (``dip_beyond_trend``).

    Returns
    -------
    Check
        Unknown when the time before is too short; parameters ``months``, ``ratio`` (of the last months to what was
        expected of them; their difference, ``rate_above``, for least squares) and ``p``.
    """
    code = "dip_beyond_trend" if rose else "peak_beyond_trend"
    unknown = Check(code=code, passed=None, parameters={"months": LAST_MONTHS})
    before = points.before_without(max(LAST_MONTHS, points.step))
    laid = design(before, season=options.season, harmonics=options.harmonics, impact="level")
    if laid.collinear or before.n - laid.matrix.shape[1] < LEAST_DF or not before.after.any():
        return unknown
    found = fit(
        before, laid, family=options.model, errors=options.errors or "model", lags=options.hac_lags, whole=whole
    )
    if found is None or not found.covariance[-1, -1] > 0:
        return unknown
    above = float(found.coefficients[-1])
    z = above / float(found.covariance[-1, -1]) ** 0.5
    p = float((stats.t.cdf if rose else stats.t.sf)(z, found.df))
    size: dict[str, Parameter] = {"ratio": float(np.exp(above))} if found.log_link else {"rate_above": above}
    parameters = {"months": LAST_MONTHS, "p": p, **size}
    return Check(code=code, passed=p >= SIGNIFICANT, parameters=parameters)


def same_throughout(rows: pd.DataFrame) -> tuple[Check, ...]:
    """Check that the same persons, or the same units, are there before and after; one unit needs no telling.

    Parameters
    ----------
    rows
        Of the treated, with ``post``.
    """
    whose = "person" if "person" in rows else "unit"
    sides = rows.groupby(whose)["post"].nunique()
    one_sided = int((sides == 1).sum())
    if whose == "person":
        parameters: dict[str, Parameter] = {
            "one_sided": one_sided,
            "persons": len(sides),
            "share": one_sided / len(sides),
        }
        few = one_sided / len(sides) <= ONE_SIDED_SHARE
        return (Check(code="persons_on_both_sides", passed=few, parameters=parameters),)
    if len(sides) == 1:
        return ()
    parameters = {"one_sided": one_sided, "units": len(sides)}
    return (Check(code="units_on_both_sides", passed=one_sided == 0, parameters=parameters),)


def selected_alike(options: TimeSeriesOptions) -> Check:
    """Check that regression to the mean is the same in both groups: chosen by the same rule, or neither chosen."""
    chosen = options.selected is True or options.selection_at_least is not None
    alike = options.comparison_selected_alike
    if alike is None and options.selected is False:
        return Check(code="comparison_selected_alike", passed=True)
    return Check(code="comparison_selected_alike", passed=alike if chosen or alike else None)


def _season_left(points: Points, options: TimeSeriesOptions, *, whole: bool) -> float | None:
    """Return the p value (Wald, F) of one wave a year beside the model without a season."""
    laid = design(
        points,
        season="harmonics",
        harmonics=1,
        impact=options.impact,
        temporary_months=options.temporary_months,
    )
    if laid.collinear or laid.matrix.shape[0] <= laid.matrix.shape[1]:
        return None
    found = fit(
        points, laid, family=options.model, errors=options.errors or "model", lags=options.hac_lags, whole=whole
    )
    if found is None:
        return None
    wave, spread = found.coefficients[2:4], found.covariance[2:4, 2:4]
    return float(stats.f.sf(wave @ np.linalg.solve(spread, wave) / 2, 2, found.df))
