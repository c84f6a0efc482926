"""Difference in differences: the change among the treated against the change in a group without the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits.activity import Data, Panel, Responses, Series
from benefits.measurement.checks.data_checks import pre_trend, size_checks
from benefits.measurement.checks.two_group_checks import with_robustness
from benefits.measurement.contract import Check, Estimate, Refusal, wrong_shape
from benefits.measurement.options import read_options
from benefits.measurement.preparation import Prepared, prepare
from benefits.measurement.two_groups.clustering import unit_checks
from benefits.measurement.two_groups.comparable import GROUPS, selected_alike, staggered, starts_alike, unsuitable
from benefits.measurement.two_groups.group_comparison import compare, concluded, plainly
from benefits.measurement.two_groups.group_options import GroupOptions
from benefits.measurement.windows import calendar_checks, season_balanced
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceInDifferences:
    """The treated's rate after, against their rate before moved as the comparison group's moved.

    On the ratio scale the comparison's ratio of rates is carried over, on the difference scale its difference. Errors
    are clustered by what the service was given to (see :class:`GroupOptions`), with the wild cluster bootstrap for
    fewer than thirty units. One start common to all, or a day of its own for everybody in both groups; staggered starts
    of the treated, beside a comparison group without any, need another method.

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
        "Cameron AC, Gelbach JB, Miller DL. Bootstrap-based improvements for inference with clustered errors. "
        "Rev Econ Stat 2008;90:414-427.",
    )
    assumptions: tuple[str, ...] = (
        "parallel_trends",
        "comparison_chosen_alike",
        "no_effect_on_comparison",
        "recorded_the_same_way",
    )
    options: type[GroupOptions] = GroupOptions

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
        refusal = unsuitable(data, method=self.id, cluster=chosen.cluster)
        if refusal is not None or isinstance(data, Responses):
            return refusal or wrong_shape(self.id, wants="panel")
        refusal = staggered(data, method=self.id, go_live=go_live)
        if refusal is not None:
            return refusal
        prepared = prepare(data, method=self.id, groups=GROUPS, go_live=go_live, options=chosen)
        if isinstance(prepared, Refusal):
            return prepared
        compared = compare(data, prepared, method=self.id, options=chosen)
        if isinstance(compared, Refusal):
            return compared
        checks = (
            *_checks(prepared, options=chosen),
            *starts_alike(data, go_live=go_live),
            *unit_checks(compared.units, level=compared.level, named=compared.named),
        )
        estimate = concluded(
            self,
            benefit=benefit,
            indicator=indicator,
            options=chosen,
            prepared=prepared,
            compared=compared,
            checks=checks,
        )
        if isinstance(estimate, Refusal):
            return estimate
        return with_robustness(
            estimate,
            method=self,
            data=data,
            go_live=go_live,
            prepared=prepared,
            level=compared.level,
            options=chosen,
            answer=self._once_more,
        )

    def _once_more(self, data: Panel | Series, go_live: date, options: GroupOptions) -> Estimate | Refusal:
        """The effect without checks, and with Student's t however few the units are."""
        prepared = prepare(data, method=self.id, groups=GROUPS, go_live=go_live, options=options)
        if isinstance(prepared, Refusal):
            return prepared
        compared = compare(data, prepared, method=self.id, options=options)
        if isinstance(compared, Refusal):
            return compared
        return plainly(self, options=options, prepared=prepared, compared=compared)


def _checks(prepared: Prepared, *, options: GroupOptions) -> tuple[Check, ...]:
    season = season_balanced(prepared.windows)
    if season.passed is False:
        season = Check(code=season.code, passed=None, parameters=season.parameters)
    return (
        pre_trend(prepared),
        selected_alike(options),
        season,
        *size_checks(prepared),
        *calendar_checks(prepared.windows),
    )
