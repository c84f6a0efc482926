"""Before and after: the same persons or units, without anybody to compare with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits.activity import Data, Responses
from benefits.measurement import regression_to_the_mean
from benefits.measurement.answer import answered
from benefits.measurement.contract import Estimate, Refusal, wrong_shape
from benefits.measurement.data_checks import size_checks
from benefits.measurement.options import RateOptions, read_options
from benefits.measurement.preparation import Prepared, no_spread, prepare, treated_group
from benefits.measurement.windows import calendar_checks, season_balanced
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfter:
    """Rate after over rate before, or minus it; the counterfactual is that the rate before had gone on.

    Estimated by a Poisson model with exposure as offset. In a panel the standard error is robust to a person's rows
    depending on each other; in a series the spread between periods is the dispersion.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed. Liang and Zeger (1986), Biometrika 73:13-22.
    """

    id: str = "before_after"
    grade: Grade = "before_after"
    references: tuple[str, ...] = (
        "McCullagh P, Nelder JA. Generalized Linear Models. 2nd ed. 1989.",
        "Liang K-Y, Zeger SL. Longitudinal data analysis using generalized linear models. Biometrika 1986;73:13-22.",
        "Barnett AG, van der Pols JC, Dobson AJ. Regression to the mean: what it is and how to deal with it. "
        "Int J Epidemiol 2005;34:215-220.",
    )
    assumptions: tuple[str, ...] = (
        "nothing_else_changed",
        "not_chosen_in_a_bad_period",
        "recorded_the_same_way",
        "same_kind_of_persons",
    )
    options: type[RateOptions] = RateOptions

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
        Hand-worked: 24 events in 12 person-years before, 12 in 12 after.

        >>> import pandas as pd
        >>> from benefits.activity import Series
        >>> frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=24, freq="MS"), "unit": "Vik",
        ...                       "group": "all", "count": [2] * 12 + [1] * 12, "exposure": 1.0})
        >>> answer = BeforeAfter().estimate(Series(frame), benefit="g1", indicator="admissions",
        ...                                 go_live=date(2024, 1, 1), options={})
        >>> round(answer.ratio, 6), round(answer.effect, 6)
        (0.5, -1.0)
        """
        chosen = read_options(self.options, options)
        if isinstance(data, Responses):
            return wrong_shape(self.id, wants="panel")
        group = treated_group(data)
        if group is None:
            return Refusal(method=self.id, code="nobody_treated", what_would_open_it="data_on_treated")
        prepared = prepare(data, method=self.id, groups=(group,), go_live=go_live, options=chosen)
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
            counterfactual=fit.rates[1, 0],
            checks=_checks(prepared, go_live=go_live, options=chosen),
        )


def _checks(prepared: Prepared, *, go_live: date, options: RateOptions) -> tuple[Any, ...]:
    peak = regression_to_the_mean.peak_before_start(prepared.earlier, go_live)
    months_before = prepared.windows.months(0)
    return (
        regression_to_the_mean.check(options, peak=peak, months_before=months_before),
        peak,
        season_balanced(prepared.windows),
        *size_checks(prepared),
        *calendar_checks(prepared.windows),
    )
