"""Repeated cross-sections: two groups before and after, where nobody is the same person before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from scipy import stats

from benefits.activity import Data, Panel, Series
from benefits.measurement.checks.data_checks import SIGNIFICANT, pre_trend, size_checks
from benefits.measurement.checks.two_group_checks import with_robustness
from benefits.measurement.contract import Check, Estimate, Refusal, wrong_shape
from benefits.measurement.options import read_options
from benefits.measurement.preparation import Prepared, prepare
from benefits.measurement.two_groups.clustering import unit_checks
from benefits.measurement.two_groups.comparable import GROUPS, selected_alike, staggered, starts_alike, unsuitable
from benefits.measurement.two_groups.group_comparison import compare, concluded, plainly
from benefits.measurement.two_groups.group_options import GroupOptions
from benefits.measurement.windows import calendar_checks
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedCrossSections:
    """Difference in differences of samples drawn anew: each person is on one side of the start only.

    A mean, a rate, or a share (a count of 0 or 1 in an exposure of 1). The same cells as difference in differences;
    the samples being other people, their spread adds up on both sides, and who was sampled may have changed.

    References
    ----------
    Abadie (2005), Review of Economic Studies 72:1-19. Angrist and Pischke (2009), Mostly Harmless Econometrics,
    chapter 5. Cameron and Miller (2015), Journal of Human Resources 50:317-372.
    """

    id: str = "repeated_cross_sections"
    grade: Grade = "controlled"
    references: tuple[str, ...] = (
        "Abadie A. Semiparametric difference-in-differences estimators. Rev Econ Stud 2005;72:1-19.",
        "Angrist JD, Pischke J-S. Mostly Harmless Econometrics. 2009. Chapter 5.",
        "Cameron AC, Miller DL. A practitioner's guide to cluster-robust inference. J Human Resources 2015;50:317-372.",
    )
    assumptions: tuple[str, ...] = (
        "parallel_trends",
        "samples_drawn_alike",
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
        """Answer from a panel in which nobody is seen both before and after.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value that cannot be used.

        Examples
        --------
        Hand-worked: shares of four; treated 1/4 -> 3/4, comparison 1/4 -> 2/4; effect 0.5 - 0.25 = 0.25.

        >>> import pandas as pd
        >>> frame = pd.concat(pd.DataFrame({"person": [f"{group}{period}{n}" for n in range(4)], "unit": "Vik",
        ...                                 "group": group, "period": pd.Timestamp(period), "exposure": 1.0,
        ...                                 "count": [int(n < yes) for n in range(4)]})
        ...                   for period, yes_by_group in [("2023-06-01", (1, 1)), ("2024-06-01", (3, 2))]
        ...                   for group, yes in zip(("treated", "comparison"), yes_by_group))
        >>> answer = RepeatedCrossSections().estimate(Panel(frame), benefit="g1", indicator="safe",
        ...                                           go_live=date(2024, 1, 1), options={"scale": "difference"})
        >>> round(answer.effect, 6), round(answer.counterfactual, 6)
        (0.25, 0.5)
        """
        chosen = read_options(self.options, options)
        if not isinstance(data, Panel):
            return wrong_shape(self.id, wants="panel")
        refusal = unsuitable(data, method=self.id, cluster=chosen.cluster) or staggered(
            data, method=self.id, go_live=go_live
        )
        if refusal is not None:
            return refusal
        # A sample tells of the month it was drawn in, however far apart the samples are.
        prepared = prepare(data, method=self.id, groups=GROUPS, go_live=go_live, options=chosen, step=1)
        if isinstance(prepared, Refusal):
            return prepared
        again = int((prepared.cells.groupby("cluster")["post"].nunique() > 1).sum())
        if again:
            return Refusal(
                method=self.id,
                code="persons_seen_again",
                parameters={"persons": again},
                what_would_open_it="method_for_the_same_persons",
            )
        compared = compare(data, prepared, method=self.id, options=chosen)
        if isinstance(compared, Refusal):
            return compared
        checks = (
            pre_trend(prepared),
            selected_alike(chosen),
            _samples_alike(prepared),
            *(check for check in size_checks(prepared) if check.code != "persons_on_both_sides"),
            *calendar_checks(prepared.windows),
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
            same_persons=False,
        )

    def _once_more(self, data: Panel | Series, go_live: date, options: GroupOptions) -> Estimate | Refusal:
        """The effect without checks, and with Student's t however few the units are."""
        prepared = prepare(data, method=self.id, groups=GROUPS, go_live=go_live, options=options, step=1)
        if isinstance(prepared, Refusal):
            return prepared
        compared = compare(data, prepared, method=self.id, options=options)
        if isinstance(compared, Refusal):
            return compared
        return plainly(self, options=options, prepared=prepared, compared=compared)


def _samples_alike(prepared: Prepared) -> Check:
    """Check whether the groups' samples changed in size alike: if not, other kinds of people may have been sampled."""
    seen = prepared.cells.groupby(["treated", "post"])["cluster"].nunique().unstack()
    p = float(stats.chi2_contingency(seen.to_numpy(), correction=False).pvalue)
    return Check(code="samples_alike", passed=p >= SIGNIFICANT, parameters={"p": p})
