"""Projection: what was observed after the start, against what the time before would have given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from scipy import stats

from benefits.activity import Data, Panel, Responses
from benefits.measurement.answer import estimated
from benefits.measurement.baselines import regression_to_the_mean
from benefits.measurement.checks.missing import missing_data
from benefits.measurement.contract import Check, Detail, Estimate, Refusal, wrong_shape
from benefits.measurement.options import read_options
from benefits.measurement.over_time import projection_checks
from benefits.measurement.over_time.projected import Projected, extended, from_population, from_trend
from benefits.measurement.over_time.time_checks import (
    autocorrelation,
    over_dispersion,
    peak_beyond_trend,
    same_throughout,
)
from benefits.measurement.over_time.time_design import SEASON_NEEDS, YEAR
from benefits.measurement.over_time.time_model import LEAST_DF
from benefits.measurement.over_time.time_options import ProjectionOptions, TimeSeriesOptions
from benefits.measurement.over_time.time_points import Points, one_start, points, split, too_little
from benefits.measurement.preparation import treated_group
from benefits.measurement.windows import Windows, calendar_checks, season_balanced
from benefits.vocabulary import Grade

TREND_NEEDS = 12
"""Months before a trend can be told."""
FEWEST_BEFORE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """Counts after the start over those expected from the time before, where there is nobody to compare with.

    Two ways, of which the options choose one. By population: each unit (such as an age group) keeps the rate it had
    before, and meets the exposure it has after. By trend and season: a log-linear model of the periods before goes on.

    References
    ----------
    Breslow and Day (1987), Statistical Methods in Cancer Research, vol. II. Gardner and McKenzie (1985), Management
    Science 31:1237-1246. McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed.
    """

    id: str = "projection"
    grade: Grade = "before_after"
    references: tuple[str, ...] = (
        "Breslow NE, Day NE. Statistical Methods in Cancer Research. Volume II. IARC 1987. Chapter 2.",
        "Gardner ES, McKenzie E. Forecasting trends in time series. Management Science 1985;31:1237-1246.",
        "McCullagh P, Nelder JA. Generalized Linear Models. 2nd ed. 1989.",
    )
    assumptions: tuple[str, ...] = (
        "past_tells_the_future",
        "nothing_else_changed",
        "not_chosen_in_a_bad_period",
        "recorded_the_same_way",
    )
    options: type[ProjectionOptions] = ProjectionOptions

    def estimate(
        self,
        data: Data,
        *,
        benefit: str,
        indicator: str,
        go_live: date,
        options: Mapping[str, Any],
    ) -> Estimate | Refusal:
        """Answer from the treated (or all, when the data name no groups); other groups are not looked at.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value that cannot be used.

        Examples
        --------
        Hand-worked: 2 a month among 100 before, so 3 a month among 150 after; 2 are seen, 1 / 150 less a head.

        >>> import pandas as pd
        >>> from benefits.activity import Series
        >>> frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=24, freq="MS"), "unit": "80+",
        ...                       "group": "all", "count": [2] * 24, "exposure": [100.0] * 12 + [150.0] * 12})
        >>> answer = Projection().estimate(Series(frame), benefit="g1", indicator="admissions",
        ...                                go_live=date(2024, 1, 1), options={"counterfactual_from": "population"})
        >>> round(answer.details["expected_count"].value, 6), round(answer.effect * 150, 6)
        (36.0, -1.0)
        """
        chosen = read_options(self.options, options)
        if isinstance(data, Responses):
            return wrong_shape(self.id, wants="series")
        group = treated_group(data)
        if group is None:
            return Refusal(method=self.id, code="nobody_treated", what_would_open_it="data_on_treated")
        rows = data.rows()
        start = one_start(rows[rows["group"] == group], go_live=go_live, method=self.id)
        if isinstance(start, Refusal):
            return start
        windows = split(data, group=group, start=start, options=chosen)
        laid = points(windows.rows, start=start, options=chosen)
        by_population = chosen.counterfactual_from == "population"
        fewest = 1 if by_population else FEWEST_BEFORE
        refusal = too_little(laid, method=self.id, group=group, options=chosen, fewest_before=fewest, fewest_after=1)
        if refusal is not None:
            return refusal
        found = (
            self._by_population(windows, laid, whole=data.whole)
            if by_population
            else self._by_trend(laid, options=chosen, whole=data.whole)
        )
        if isinstance(found, Refusal):
            return found
        contrast = found.contrast
        if contrast.counterfactual <= 0 or (chosen.scale == "ratio" and contrast.observed <= 0):
            return Refusal(method=self.id, code="no_events", what_would_open_it="difference_scale_or_longer_window")
        if not contrast.se(chosen.scale) > 1e-9 * contrast.counterfactual:
            return Refusal(method=self.id, code="no_spread", what_would_open_it="longer_window")
        checking = _population_checks if by_population else _trend_checks
        checks = checking(laid, windows, found, options=chosen, whole=data.whole)
        return self._answer(
            found,
            laid,
            benefit=benefit,
            indicator=indicator,
            options=chosen,
            n=int(windows.rows["person"].nunique()) if isinstance(data, Panel) else laid.n,
            checks=(
                projection_checks.horizon(laid),
                *same_throughout(windows.rows),
                missing_data(windows.rows),
                *checks,
                *calendar_checks(windows),
            ),
        )

    def _by_population(self, windows: Windows, laid: Points, *, whole: bool) -> Projected | Refusal:
        units = windows.rows.groupby("unit")["post"].agg(["min"])
        if (units["min"] == 1).any():
            return Refusal(method=self.id, code="unit_without_time_before", what_would_open_it="same_units_before")
        if laid.count[~laid.after].sum() == 0:
            return Refusal(method=self.id, code="no_events", what_would_open_it="longer_before")
        found = from_population(windows.rows, whole=whole)
        if found.dispersion is None and not whole:
            return Refusal(method=self.id, code="no_spread", what_would_open_it="longer_window")
        return found

    def _by_trend(self, laid: Points, *, options: ProjectionOptions, whole: bool) -> Projected | Refusal:
        if options.variation == "negative_binomial" and not whole:
            return Refusal(method=self.id, code="amounts_not_counts", what_would_open_it="model_for_amounts")
        months = int((~laid.after).sum()) * laid.step
        if options.season != "none" and laid.step < YEAR and months < SEASON_NEEDS:
            return Refusal(method=self.id, code="season_needs_two_years", what_would_open_it="longer_before_or_simpler")
        if options.trend != "none" and months < TREND_NEEDS:
            return Refusal(method=self.id, code="trend_needs_a_year", what_would_open_it="longer_before_or_simpler")
        if laid.count[~laid.after].sum() == 0:
            return Refusal(method=self.id, code="no_events", what_would_open_it="longer_before")
        matrix = extended(laid, options).matrix[~laid.after]
        if matrix.shape[0] - matrix.shape[1] < LEAST_DF:
            return Refusal(
                method=self.id, code="too_few_periods_for_model", what_would_open_it="longer_before_or_simpler"
            )
        if np.linalg.matrix_rank(matrix) < matrix.shape[1]:
            return Refusal(method=self.id, code="collinear_design", what_would_open_it="simpler_model")
        found = from_trend(laid, options=options, whole=whole)
        if found is None or not np.isfinite(found.expected):
            return Refusal(method=self.id, code="did_not_converge", what_would_open_it="simpler_model")
        return found

    def _answer(
        self,
        found: Projected,
        laid: Points,
        *,
        benefit: str,
        indicator: str,
        options: ProjectionOptions,
        n: int,
        checks: tuple[Check, ...],
    ) -> Estimate:
        contrast = found.contrast
        return estimated(
            self,
            benefit=benefit,
            indicator=indicator,
            options=options,
            scale=options.scale,
            observed=contrast.observed,
            baseline=laid.mean_rate(~laid.after),
            counterfactual=contrast.counterfactual,
            se=contrast.se(options.scale),
            df=found.df,
            observed_share=contrast.observed_share(options.scale),
            n=n,
            exposure=found.exposure,
            checks=checks,
            details=_details(found, options),
        )


def _details(found: Projected, options: ProjectionOptions) -> dict[str, Detail]:
    """Return what was counted, what was expected with its interval of prediction, and the trend that was continued."""
    half = float(stats.t.ppf((1 + options.level) / 2, found.df))
    reach = half * found.prediction_error
    details = {
        "observed_count": Detail(value=found.observed, unit="count"),
        "expected_count": Detail(
            value=found.expected, low=max(0.0, found.expected - reach), high=found.expected + reach, unit="count"
        ),
    }
    if found.dispersion is not None:
        details["dispersion"] = Detail(value=found.dispersion, unit="ratio")
    if found.fitted is not None and options.trend != "none":
        slope, se = float(found.fitted.coefficients[1]), float(found.fitted.covariance[1, 1]) ** 0.5
        value, low, high = (float(np.expm1(slope + sign * half * se)) for sign in (0, -1, 1))
        details["trend_before"] = Detail(value=value, low=low, high=high, unit="share")
    return details


def _population_checks(
    laid: Points, windows: Windows, found: Projected, *, options: ProjectionOptions, whole: bool
) -> tuple[Check, ...]:
    two_years = windows.months(0) >= SEASON_NEEDS and laid.step < YEAR
    alike = TimeSeriesOptions(season="harmonics" if two_years else "none", errors="model", level=options.level)
    rose = found.contrast.observed > found.contrast.counterfactual
    peak = peak_beyond_trend(laid, options=alike, whole=whole, rose=rose)
    return (
        season_balanced(windows),
        projection_checks.spread_known(found),
        autocorrelation([found.residuals]),
        regression_to_the_mean.check(options, peak=peak, months_before=windows.months(0)),
        peak,
    )


def _trend_checks(
    laid: Points, windows: Windows, found: Projected, *, options: ProjectionOptions, whole: bool
) -> tuple[Check, ...]:
    assert found.fitted is not None, "a projection by trend has a model"
    alike = TimeSeriesOptions(
        model=options.variation, season=options.season, harmonics=options.harmonics, errors="model", level=options.level
    )
    rose = found.contrast.observed > found.contrast.counterfactual
    peak = peak_beyond_trend(laid, options=alike, whole=whole, rose=rose)
    return (
        projection_checks.backcast(laid, options=options, whole=whole),
        autocorrelation([found.residuals]),
        *over_dispersion((found.fitted,), alike),
        regression_to_the_mean.check(options, peak=peak, months_before=windows.months(0)),
        peak,
    )
