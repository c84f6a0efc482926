"""Event study: how far apart two groups were in each period before and after the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from benefits.activity import Data, Panel, Responses, Series
from benefits.measurement.answer import answered
from benefits.measurement.checks.data_checks import SIGNIFICANT, over_dispersion, size_checks
from benefits.measurement.checks.influence import influence
from benefits.measurement.checks.missing import missing_data
from benefits.measurement.contract import Check, Detail, Estimate, Refusal, graded, wrong_shape
from benefits.measurement.options import read_options
from benefits.measurement.preparation import FEWEST, Prepared, no_spread, prepare
from benefits.measurement.rates import Fit
from benefits.measurement.two_groups.clustering import Units, level_of, unit_checks, units_of
from benefits.measurement.two_groups.comparable import GROUPS, selected_alike, staggered, starts_alike, unsuitable
from benefits.measurement.two_groups.event_bins import REFERENCE, Bins, Numbers, binned, bins_of, step_too_long
from benefits.measurement.two_groups.group_options import EventOptions
from benefits.measurement.windows import calendar_checks, divide
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStudy:
    """The gap between two groups in bins of months before and after the start, against the bin just before it.

    The effect is that of all bins after the start together. The bins before it should show no gap: they are tested
    together, and how large an earlier gap the data leave room for is among the details, since no difference seen is not
    no difference.

    References
    ----------
    Freyaldenhoven, Hansen and Shapiro (2019), American Economic Review 109:3307-3338. Roth (2022), American Economic
    Review: Insights 4:305-322 (what a test of trends beforehand cannot tell).
    """

    id: str = "event_study"
    grade: Grade = "controlled"
    references: tuple[str, ...] = (
        "Freyaldenhoven S, Hansen C, Shapiro JM. Pre-event trends in the panel event-study design. "
        "Am Econ Rev 2019;109:3307-3338.",
        "Roth J. Pretest with caution: event-study estimates after testing for parallel trends. "
        "Am Econ Rev Insights 2022;4:305-322.",
    )
    assumptions: tuple[str, ...] = (
        "parallel_trends",
        "comparison_chosen_alike",
        "no_effect_on_comparison",
        "no_anticipation",
        "recorded_the_same_way",
    )
    options: type[EventOptions] = EventOptions

    def estimate(
        self,
        data: Data,
        *,
        benefit: str,
        indicator: str,
        go_live: date,
        options: Mapping[str, Any],
    ) -> Estimate | Refusal:
        """Answer from the groups treated and comparison.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value that cannot be used.

        Examples
        --------
        Hand-worked: 20 a month in both groups before; after, the treated have 12 and the comparison 15, in every month.
        Against the last quarter before, each bin's ratio is (12 / 15) / (20 / 20) = 0.8; earlier bins have 1.

        >>> months = pd.date_range("2023-01-01", periods=24, freq="MS")
        >>> groups = {"treated": [20] * 12 + [12] * 12, "comparison": [20] * 12 + [15] * 12}
        >>> frame = pd.concat(pd.DataFrame({"period": months, "unit": group, "group": group, "count": count,
        ...                                 "exposure": 10.0}) for group, count in groups.items())
        >>> answer = EventStudy().estimate(Series(frame), benefit="g1", indicator="admissions",
        ...                                go_live=date(2024, 1, 1), options={})
        >>> round(answer.ratio, 6), round(answer.details["lead_3"].value, 6), round(answer.details["lag_2"].value, 6)
        (0.8, 1.0, 0.8)
        """
        chosen = read_options(self.options, options)
        if isinstance(data, Responses):
            return wrong_shape(self.id, wants="panel")

        def again(other: Panel | Series, day: date) -> Estimate | Refusal:
            return self._once(other, benefit=benefit, indicator=indicator, go_live=day, options=chosen)

        estimate = again(data, go_live)
        if isinstance(estimate, Refusal):
            return estimate
        both = data.rows()
        both = both[both["group"].isin(GROUPS)]
        rows = divide(both, go_live=go_live, options=chosen).rows
        checks = (*estimate.checks, *influence(data, estimate=estimate, go_live=go_live, again=again, rows=rows))
        return replace(estimate, checks=checks, grade=graded(self.grade, checks))

    def _once(
        self, data: Panel | Series, *, benefit: str, indicator: str, go_live: date, options: EventOptions
    ) -> Estimate | Refusal:
        """Answer without looking at the same method on other data."""
        refusal = unsuitable(data, method=self.id, cluster=options.cluster)
        if refusal is not None:
            return refusal
        refusal = staggered(data, method=self.id, go_live=go_live)
        if refusal is not None:
            return refusal
        prepared = prepare(data, method=self.id, groups=GROUPS, go_live=go_live, options=options)
        if isinstance(prepared, Refusal):
            return prepared
        if step_too_long(prepared.windows.rows, options=options):
            return Refusal(method=self.id, code="periods_longer_than_bins", what_would_open_it="longer_bins")
        rows = binned(prepared.windows.rows, go_live=go_live, options=options)
        units = units_of(rows)
        bins = _bins(data, rows, units, method=self.id, options=options)
        if isinstance(bins, Refusal):
            return bins
        fit, counterfactual = _after(bins)
        refusal = no_spread(fit, method=self.id)
        if refusal is not None:
            return refusal
        level = level_of(data, units, asked=options.cluster)
        estimate = answered(
            self,
            benefit=benefit,
            indicator=indicator,
            options=options,
            prepared=prepared,
            fit=fit,
            counterfactual=counterfactual,
            checks=(
                *_checks(prepared, rows, bins, options=options),
                *starts_alike(data, go_live=go_live),
                *unit_checks(units, level=level, named=bool((rows["unit"] != "").any()), bootstrap=False),
            ),
        )
        return _with_details(estimate, bins)


def _bins(
    data: Panel | Series, rows: pd.DataFrame, units: Units, *, method: str, options: EventOptions
) -> Bins | Refusal:
    """Rates of the bins both groups have, or why there are none to compare."""
    level = level_of(data, units, asked=options.cluster)
    if level == "unit" and units.fewest < FEWEST:
        parameters = {"treated": units.treated, "comparison": units.comparison}
        return Refusal(
            method=method, code="one_unit", parameters=parameters, what_would_open_it="more_units_or_persons"
        )
    bins = bins_of(rows, level=level, apart=level != "unit" or units.apart, whole=data.whole, options=options)
    if REFERENCE not in bins.numbers or max(bins.numbers) < 0:
        return Refusal(method=method, code="no_shared_periods", what_would_open_it="same_periods_in_both_groups")
    if options.scale == "ratio" and (bins.rates == 0).any():
        return Refusal(method=method, code="no_events_in_a_bin", what_would_open_it="longer_bins_or_difference_scale")
    return bins


def _after(bins: Bins) -> tuple[Fit, float]:
    """The treated's rate in all bins after the start, the counterfactual, and the standard error of the contrast."""
    later = [number for number in bins.numbers if number >= 0]
    exposure = np.array([bins.exposure[bins.cells.index((1, number))] for number in later])
    weights = exposure / exposure.sum()
    treated, other = (np.array([bins.rate(group, number) for number in later]) for group in (1, 0))
    observed, before = float(weights @ treated), bins.rate(1, REFERENCE)
    if bins.scale == "ratio":
        expected = weights * before * other / bins.rate(0, REFERENCE)
        own, others = weights * treated / observed, expected / expected.sum()
        counterfactual = float(expected.sum())
    else:
        own, others = weights, weights
        counterfactual = float(before + weights @ other - bins.rate(0, REFERENCE))
    contrast, moved = np.zeros(len(bins.cells)), np.zeros(len(bins.cells))
    for place, number in enumerate(later):
        contrast[bins.cells.index((1, number))] = moved[bins.cells.index((1, number))] = own[place]
        contrast[bins.cells.index((0, number))] = -others[place]
    contrast[bins.cells.index((1, REFERENCE))] = -1.0
    contrast[bins.cells.index((0, REFERENCE))] = 1.0
    variance = float(contrast @ bins.covariance @ contrast)
    share = float(np.clip(contrast @ bins.covariance @ moved / variance, 0, 1)) if variance > 0 else 0.0
    rates = {(1, 0): before, (1, 1): observed}
    fit = Fit(rates=rates, se=max(0.0, variance) ** 0.5, df=bins.df, observed_share=share)
    return fit, counterfactual


def _with_details(estimate: Estimate, bins: Bins) -> Estimate:
    half = float(stats.t.ppf((1 + estimate.level) / 2, estimate.df))
    details: dict[str, Detail] = {}
    for number in bins.numbers:
        if number == REFERENCE:
            continue
        value, se = bins.estimated(bins.gap(number))
        low, high = value - half * se, value + half * se
        code = f"lead_{-number}" if number < 0 else f"lag_{number + 1}"
        details[code] = (
            Detail(value=float(np.exp(value)), low=float(np.exp(low)), high=float(np.exp(high)), unit="ratio")
            if bins.scale == "ratio"
            else Detail(value=value, low=low, high=high)
        )
    return replace(estimate, details={**estimate.details, **details})


def _checks(prepared: Prepared, rows: pd.DataFrame, bins: Bins, *, options: EventOptions) -> tuple[Check, ...]:
    unmatched = rows["bin"].nunique() - len(bins.numbers)
    return (
        _leads(bins),
        selected_alike(options),
        Check(code="bins_in_both_groups", passed=unmatched == 0, parameters={"count": int(unmatched)}),
        *size_checks(prepared),
        *over_dispersion(prepared, allowed_for=True),
        missing_data(prepared.windows.rows),
        *calendar_checks(prepared.windows),
    )


def _leads(bins: Bins) -> Check:
    """Test that no bin before the start shows a gap: Wald's test of them all together, against the F distribution."""
    earlier = [number for number in bins.numbers if number < REFERENCE]
    contrasts: Numbers = np.array([bins.gap(number) for number in earlier])
    if not earlier:
        return Check(code="leads", passed=None)
    covariance = contrasts @ bins.covariance @ contrasts.T
    if bins.df < 2 * len(earlier) or np.linalg.matrix_rank(covariance) < len(earlier):
        return Check(code="leads", passed=None)
    gaps = np.array([bins.estimated(contrast)[0] for contrast in contrasts])
    wald = float(gaps @ np.linalg.solve(covariance, gaps)) / len(earlier)
    p = float(stats.f.sf(wald, len(earlier), bins.df))
    return Check(code="leads", passed=p >= SIGNIFICANT, parameters={"p": p, "bins": len(earlier)})
