"""Before and after for means: each person's own value, or each period's, counts the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from benefits.activity import Data
from benefits.measurement.answer import estimated
from benefits.measurement.contract import Detail, Estimate, Refusal
from benefits.measurement.one_group.frame import one_group
from benefits.measurement.one_group.mean_difference import Values, paired_difference, rank_p, unpaired_difference
from benefits.measurement.one_group.options import PairedOptions
from benefits.measurement.one_group.sides import sides_of
from benefits.measurement.options import read_options
from benefits.measurement.preparation import Prepared
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfterMeans:
    """Mean of the persons' own values after, minus before; in a series, of the periods' own values.

    A value is a person's count over exposure on that side, and every person counts the same, however long observed. The
    same persons on both sides: Student's t of their differences. Others, or periods: Welch's t.

    References
    ----------
    Student (1908), Biometrika 6:1-25. Welch (1947), Biometrika 34:28-35. Wilcoxon (1945), Biometrics Bulletin 1:80-83.
    """

    id: str = "before_after_means"
    grade: Grade = "before_after"
    references: tuple[str, ...] = (
        "Student. The probable error of a mean. Biometrika 1908;6:1-25.",
        "Welch BL. The generalization of Student's problem when several different population variances are involved. "
        "Biometrika 1947;34:28-35.",
        "Wilcoxon F. Individual comparisons by ranking methods. Biometrics Bulletin 1945;1:80-83.",
        "Barnett AG, van der Pols JC, Dobson AJ. Regression to the mean: what it is and how to deal with it. "
        "Int J Epidemiol 2005;34:215-220.",
    )
    assumptions: tuple[str, ...] = (
        "nothing_else_changed",
        "not_chosen_in_a_bad_period",
        "recorded_the_same_way",
        "same_kind_of_persons",
    )
    options: type[PairedOptions] = PairedOptions

    def estimate(
        self,
        data: Data,
        *,
        benefit: str,
        indicator: str,
        go_live: date,
        options: Mapping[str, Any],
    ) -> Estimate | Refusal:
        """Answer from the treated (or all, when the data name no groups); other groups only serve as a placebo.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value that cannot be used.

        Examples
        --------
        Hand-worked: three persons go from 2, 3 and 4 to 3, 4 and 6; differences 1, 1 and 2, mean 4/3.

        >>> from benefits.activity import Panel
        >>> frame = pd.DataFrame({"person": list("abcabc"), "unit": "Vik", "group": "all", "exposure": 1.0,
        ...                       "count": [2, 3, 4, 3, 4, 6],
        ...                       "period": pd.to_datetime(["2023-01-01"] * 3 + ["2024-01-01"] * 3)})
        >>> answer = BeforeAfterMeans().estimate(Panel(frame), benefit="g1", indicator="points",
        ...                                      go_live=date(2024, 1, 1), options={})
        >>> round(answer.effect, 4), round(answer.low, 4), round(answer.high, 4)
        (1.3333, -0.1009, 2.7676)
        """
        chosen = read_options(self.options, options)

        def arithmetic(prepared: Prepared) -> Estimate | Refusal:
            sides = sides_of(prepared, method=self.id, options=chosen)
            if isinstance(sides, Refusal):
                return sides
            before, after = _values(sides.before), _values(sides.after)
            found = (paired_difference if sides.paired else unpaired_difference)(before, after)
            if not (found.se > 1e-12 and found.df > 0):
                return Refusal(method=self.id, code="no_spread", what_would_open_it="longer_window")
            baseline = float(before.mean())
            p = rank_p(before, after, paired=sides.paired)
            return estimated(
                self,
                benefit=benefit,
                indicator=indicator,
                options=chosen,
                scale="difference",
                observed=float(after.mean()),
                baseline=baseline,
                counterfactual=baseline,
                se=found.se,
                df=found.df,
                n=len(after) if sides.paired else prepared.size(1),
                exposure=float(sides.after["exposure"].sum()),
                checks=(sides.check,) if prepared.persons else (),
                details={"rank_p": Detail(value=p, unit="ratio", per="none")},
            )

        return one_group(
            self,
            data,
            go_live=go_live,
            options=chosen,
            scale="difference",
            arithmetic=arithmetic,
            step=1 if chosen.occasions else None,
        )


def _values(side: pd.DataFrame) -> Values:
    values: Values = (side["count"] / side["exposure"]).to_numpy(dtype=float)
    return values
