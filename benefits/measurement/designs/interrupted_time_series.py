"""Interrupted time series: the level and the trend after the start, against those before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.stattools import durbin_watson

from benefits.activity import Data, Panel, Responses, Series
from benefits.measurement.answer import estimated
from benefits.measurement.baselines import regression_to_the_mean
from benefits.measurement.checks.missing import missing_data
from benefits.measurement.contract import Check, Detail, Estimate, Refusal, wrong_shape
from benefits.measurement.options import read_options
from benefits.measurement.over_time import time_checks
from benefits.measurement.over_time.time_fits import lags_for
from benefits.measurement.over_time.time_model import Solved, fitting, solve
from benefits.measurement.over_time.time_options import TimeSeriesOptions
from benefits.measurement.over_time.time_points import Points, one_start, points, split, too_little
from benefits.measurement.preparation import treated_group
from benefits.measurement.two_groups.clustering import unit_checks, units_of
from benefits.measurement.windows import Windows, calendar_checks
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class InterruptedTimeSeries:
    """The mean rate over the periods after the start, less what trend and season before it would have given.

    Segmented regression with time zero in the first month used after the start::

        rate, or log rate = c + d t + season + a D + b D t        D = 1 from t = 0 on

    so a (level) is the jump at the start and b (slope) the change of the trend per month after it. Where the data have
    a comparison group the same model is fitted to it, and its change is taken from the treated's.

    References
    ----------
    Lopez Bernal, Cummins and Gasparrini (2017), Int J Epidemiol 46:348-355. Wagner et al. (2002), J Clin Pharm Ther
    27:299-309. Turner et al. (2021), BMC Med Res Methodol 21:181. Linden (2015), Stata Journal 15:480-500.
    """

    id: str = "interrupted_time_series"
    grade: Grade = "before_after"
    references: tuple[str, ...] = (
        "Lopez Bernal J, Cummins S, Gasparrini A. Interrupted time series regression for the evaluation of public "
        "health interventions: a tutorial. Int J Epidemiol 2017;46:348-355.",
        "Wagner AK, Soumerai SB, Zhang F, Ross-Degnan D. Segmented regression analysis of interrupted time series "
        "studies in medication use research. J Clin Pharm Ther 2002;27:299-309.",
        "Turner SL, Forbes AB, Karahalios A, Taljaard M, McKenzie JE. Evaluation of statistical methods used in the "
        "analysis of interrupted time series studies: a simulation study. BMC Med Res Methodol 2021;21:181.",
        "Linden A. Conducting interrupted time-series analysis for single- and multiple-group comparisons. "
        "Stata Journal 2015;15:480-500.",
    )
    assumptions: tuple[str, ...] = (
        "trend_would_have_continued",
        "impact_stated_before",
        "nothing_else_changed",
        "recorded_the_same_way",
        "same_kind_of_persons",
    )
    options: type[TimeSeriesOptions] = TimeSeriesOptions

    def estimate(
        self,
        data: Data,
        *,
        benefit: str,
        indicator: str,
        go_live: date,
        options: Mapping[str, Any],
    ) -> Estimate | Refusal:
        """Answer from the treated (or all, when the data name no groups), summed over units and persons.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value that cannot be used.

        Examples
        --------
        A trend of one more each month up to the start, and a jump of three down: 12, 13, ..., 23, then 21, 22, ....

        >>> import pandas as pd
        >>> from benefits.activity import Series
        >>> wobble = [0.1, -0.1, -0.1, 0.1] * 6
        >>> counts = [12 + month - 3 * (month >= 12) + wobble[month] for month in range(24)]
        >>> frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=24, freq="MS"), "unit": "Vik",
        ...                       "group": "all", "count": counts, "exposure": 1.0})
        >>> answer = InterruptedTimeSeries().estimate(
        ...     Series(frame), benefit="g1", indicator="hours", go_live=date(2024, 1, 1),
        ...     options={"model": "ols", "season": "none", "scale": "difference"})
        >>> round(answer.details["level_change"].value, 1), round(answer.effect, 1)
        (-3.0, -3.0)
        """
        asked = read_options(self.options, options)
        if isinstance(data, Responses):
            return wrong_shape(self.id, wants="series")
        group = treated_group(data)
        if group is None:
            return Refusal(method=self.id, code="nobody_treated", what_would_open_it="data_on_treated")
        rows = data.rows()
        start = one_start(rows[rows["group"] == group], go_live=go_live, method=self.id)
        if isinstance(start, Refusal):
            return start
        controlled = asked.use_comparison and group == "treated" and "comparison" in data.groups
        sides = [split(data, group=one, start=start, options=asked) for one in _groups(group, controlled)]
        laid = self._laid(sides, start=start, controlled=controlled, options=asked, data=data, group=group)
        if isinstance(laid, Refusal):
            return laid
        used = fitting(asked, laid)
        solved = solve(laid, method=self.id, options=used, whole=data.whole)
        if isinstance(solved, Refusal):
            return solved
        checks = _checks(solved, sides, asked=asked, used=used, whole=data.whole)
        return self._answer(
            solved,
            benefit=benefit,
            indicator=indicator,
            options=used,
            n=int(sides[0].rows["person"].nunique()) if isinstance(data, Panel) else laid[0].n,
            checks=checks,
        )

    def _laid(
        self,
        sides: list[Windows],
        *,
        start: date,
        controlled: bool,
        options: TimeSeriesOptions,
        data: Panel | Series,
        group: str,
    ) -> tuple[Points, ...] | Refusal:
        """Return the points of each group, or why no model can be fitted to them."""
        if options.model in {"poisson", "negative_binomial"} and not data.whole:
            return Refusal(method=self.id, code="amounts_not_counts", what_would_open_it="model_for_amounts")
        laid: list[Points] = []
        for name, side in zip(_groups(group, controlled), sides, strict=True):
            one = points(side.rows, start=start, options=options)
            fewest = options.fewest_periods
            refusal = too_little(
                one, method=self.id, group=name, options=options, fewest_before=fewest, fewest_after=fewest
            )
            if refusal is not None:
                return refusal
            if one.count.sum() == 0:
                return Refusal(method=self.id, code="no_events_at_all", what_would_open_it="longer_window")
            if options.model != "ols" and min(one.count[kept].sum() for kept in (one.after, ~one.after)) == 0:
                return Refusal(
                    method=self.id,
                    code="no_events",
                    parameters={"group": name},
                    what_would_open_it="least_squares_or_longer_window",
                )
            laid.append(one)
        if len({one.step for one in laid}) > 1:
            return Refusal(method=self.id, code="periods_of_unlike_length", what_would_open_it="periods_alike")
        return tuple(laid)

    def _answer(
        self,
        solved: Solved,
        *,
        benefit: str,
        indicator: str,
        options: TimeSeriesOptions,
        n: int,
        checks: tuple[Check, ...],
    ) -> Estimate:
        contrast, treated = solved.contrast, solved.groups[0]
        observed, counterfactual = _rates(solved, options)
        design: Grade = "controlled" if len(solved.groups) > 1 else self.grade
        return estimated(
            self,
            benefit=benefit,
            indicator=indicator,
            options=options,
            scale=options.scale,
            observed=observed,
            baseline=treated.mean_rate(~treated.after),
            counterfactual=counterfactual,
            se=contrast.se(options.scale),
            df=solved.df,
            observed_share=contrast.observed_share(options.scale),
            n=n,
            exposure=float(treated.exposure[treated.after].sum()),
            grade=design,
            checks=checks,
            details=_details(solved, options),
        )


def _groups(group: str, controlled: bool) -> tuple[str, ...]:
    return (group, "comparison") if controlled else (group,)


def _rates(solved: Solved, options: TimeSeriesOptions) -> tuple[float, float]:
    """Return the rate as counted after the start, and what it would have been by the model's difference or ratio.

    Where the change has a level of its own the fitted mean is the counted one; where it has not, as with a slope alone,
    the model's change is carried over to what was counted.
    """
    contrast, treated = solved.contrast, solved.groups[0]
    counted = treated.mean_rate(treated.after)
    if options.scale == "ratio":
        return counted, counted * contrast.counterfactual / contrast.observed
    return counted, counted - (contrast.observed - contrast.counterfactual)


def _details(solved: Solved, options: TimeSeriesOptions) -> dict[str, Detail]:
    """Return the changes at the start and the trend before, as shares when the model is of logarithms, and the rest."""
    names = {"level": "level_change", "slope": "slope_change", "temporary": "level_change"}
    own, t = solved.fits[0], float(stats.t.ppf((1 + options.level) / 2, solved.df))
    found = {names[name]: solved.change(name) for name in solved.designs[0].change} | {"trend_before": solved.trend()}
    details = {}
    for code, (value, se) in found.items():
        limits = (value, value - t * se, value + t * se)
        middle, low, high = (float(np.expm1(one)) if own.log_link else one for one in limits)
        details[code] = Detail(value=middle, low=low, high=high, unit="share" if own.log_link else None)
    details["durbin_watson"] = Detail(value=float(durbin_watson(own.residuals)), unit="ratio")
    if own.dispersion is not None:
        details["dispersion"] = Detail(value=own.dispersion, unit="ratio")
    if own.shape is not None:
        details["negative_binomial_shape"] = Detail(value=own.shape, unit="ratio")
    if own.rho is not None:
        details["autoregressive_coefficient"] = Detail(value=own.rho, unit="ratio")
    if options.errors == "hac":
        lags = lags_for(max(one.n for one in solved.groups), options.hac_lags)
        details["newey_west_lags"] = Detail(value=float(lags), unit="count")
    return details


def _checks(
    solved: Solved,
    sides: list[Windows],
    *,
    asked: TimeSeriesOptions,
    used: TimeSeriesOptions,
    whole: bool,
) -> tuple[Check, ...]:
    windows, rows = sides[0], pd.concat([side.rows for side in sides])
    if len(sides) > 1:
        named = bool((rows["unit"] != "").any())
        shocks = unit_checks(units_of(rows), level="period", named=named)[0]
        regression: tuple[Check, ...] = (time_checks.selected_alike(used), shocks)
    else:
        observed, counterfactual = _rates(solved, used)
        rose = observed > counterfactual
        peak = time_checks.peak_beyond_trend(solved.groups[0], options=used, whole=whole, rose=rose)
        regression = (regression_to_the_mean.check(used, peak=peak, months_before=windows.months(0)), peak)
    return (
        *time_checks.sizes(solved),
        *time_checks.same_throughout(windows.rows),
        missing_data(rows),
        time_checks.autocorrelation(
            [one.residuals for one in solved.fits],
            autoregressive=used.errors == "ar1",
            allowed_for=used.errors == "hac",
        ),
        *time_checks.over_dispersion(solved.fits, used),
        *time_checks.season(solved, asked=asked, used=used, whole=whole),
        time_checks.placebo_in_time(solved.groups, options=used, whole=whole),
        *regression,
        *calendar_checks(windows),
    )
