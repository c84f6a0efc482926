"""Difference in differences: the change among the treated against the change in a group without the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits.activity import Data, Responses
from benefits.measurement.answer import answered
from benefits.measurement.contract import Check, Estimate, Refusal, wrong_shape
from benefits.measurement.data_checks import pre_trend, size_checks
from benefits.measurement.options import ControlledOptions, read_options
from benefits.measurement.preparation import Prepared, no_spread, prepare
from benefits.measurement.rates import Fit
from benefits.measurement.windows import calendar_checks, season_balanced
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceInDifferences:
    """The treated's rate after, against their rate before moved as the comparison group's moved.

    On the ratio scale the comparison's ratio of rates is carried over, on the difference scale its difference. One
    start date common to all; staggered starts need another method.

    References
    ----------
    Wooldridge (2023), Econometrics Journal 26:C31-C66 (ratio scale: Poisson). Angrist and Pischke (2009), Mostly
    Harmless Econometrics, chapter 5. Cameron and Miller (2015), Journal of Human Resources 50:317-372.
    """

    id: str = "difference_in_differences"
    grade: Grade = "controlled"
    references: tuple[str, ...] = (
        "Wooldridge JM. Simple approaches to nonlinear difference-in-differences with panel data. "
        "Econometrics Journal 2023;26:C31-C66.",
        "Angrist JD, Pischke J-S. Mostly Harmless Econometrics. 2009. Chapter 5.",
        "Cameron AC, Miller DL. A practitioner's guide to cluster-robust inference. J Human Resources 2015;50:317-372.",
    )
    assumptions: tuple[str, ...] = (
        "parallel_trends",
        "comparison_chosen_alike",
        "no_effect_on_comparison",
        "recorded_the_same_way",
    )
    options: type[ControlledOptions] = ControlledOptions

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
        Hand-worked: treated 2 -> 1.2 a month, comparison 2 -> 1.5; ratio (1.2 / 2) / (1.5 / 2) = 0.8, counterfactual
        1.5, effect -0.3.

        >>> import pandas as pd
        >>> from benefits.activity import Series
        >>> months = pd.date_range("2023-01-01", periods=24, freq="MS")
        >>> groups = {"treated": [20] * 12 + [12] * 12, "comparison": [20] * 12 + [15] * 12}
        >>> frame = pd.concat(pd.DataFrame({"period": months, "unit": group, "group": group, "count": count,
        ...                                 "exposure": 10.0}) for group, count in groups.items())
        >>> answer = DifferenceInDifferences().estimate(Series(frame), benefit="g1", indicator="admissions",
        ...                                             go_live=date(2024, 1, 1), options={})
        >>> round(answer.ratio, 6), round(answer.counterfactual, 6), round(answer.effect, 6)
        (0.8, 1.5, -0.3)
        """
        chosen = read_options(self.options, options)
        if isinstance(data, Responses):
            return wrong_shape(self.id, wants="panel")
        if "treated" not in data.groups:
            return Refusal(method=self.id, code="nobody_treated", what_would_open_it="data_on_treated")
        if "comparison" not in data.groups:
            return Refusal(method=self.id, code="no_comparison", what_would_open_it="comparison_group")
        groups = ("treated", "comparison")
        prepared = prepare(data, method=self.id, groups=groups, go_live=go_live, options=chosen)
        if isinstance(prepared, Refusal):
            return prepared
        fit = prepared.fit(chosen)
        refusal = no_spread(fit, method=self.id)
        if refusal is not None:
            return refusal
        return answered(
            self,
            benefit=benefit,
            indicator=indicator,
            options=chosen,
            prepared=prepared,
            fit=fit,
            counterfactual=_counterfactual(fit, chosen),
            checks=_checks(prepared, options=chosen),
        )


def _counterfactual(fit: Fit, options: ControlledOptions) -> float:
    before, after = fit.rates[0, 0], fit.rates[0, 1]
    if options.scale == "ratio":
        return fit.rates[1, 0] * after / before
    return fit.rates[1, 0] + after - before


def _checks(prepared: Prepared, *, options: ControlledOptions) -> tuple[Check, ...]:
    season = season_balanced(prepared.windows)
    if season.passed is False:
        season = Check(code=season.code, passed=None, parameters=season.parameters)
    return (
        pre_trend(prepared),
        _selected_alike(options),
        season,
        *size_checks(prepared),
        *calendar_checks(prepared.windows),
    )


def _selected_alike(options: ControlledOptions) -> Check:
    """Check that regression to the mean is the same in both groups: chosen by the same rule, or neither chosen."""
    chosen = options.selected is True or options.selection_at_least is not None
    alike = options.comparison_selected_alike
    if alike is None and options.selected is False:
        return Check(code="comparison_selected_alike", passed=True)
    return Check(code="comparison_selected_alike", passed=alike if chosen or alike else None)
