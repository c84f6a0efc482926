"""Before and after: the same persons or units, without anybody to compare with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import Any

from benefits.activity import Data
from benefits.measurement.answer import answered
from benefits.measurement.checks.data_checks import SIGNIFICANT, over_dispersion
from benefits.measurement.contract import Check, Detail, Estimate, Refusal, wrong_shape
from benefits.measurement.one_group.exact_rates import log_ratio_se, surplus, two_counts
from benefits.measurement.one_group.frame import one_group
from benefits.measurement.one_group.options import BeforeAfterOptions
from benefits.measurement.options import read_options
from benefits.measurement.preparation import Prepared, no_spread
from benefits.measurement.rates import Fit, fit_periods, fit_persons
from benefits.reference.quantiles import from_limits
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfter:
    """Rate after over rate before, or minus it; the counterfactual is that the rate before had gone on.

    Estimated by a Poisson model with exposure as offset. In a panel the standard error is robust to a person's rows
    depending on each other; in a series the spread between periods is the dispersion. For few events the ratio has an
    exact interval too, which is refused when the events vary more than it allows for.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed. Liang and Zeger (1986), Biometrika 73:13-22.
    Przyborowski and Wilenski (1940), Biometrika 31:313-323.
    """

    id: str = "before_after"
    grade: Grade = "before_after"
    references: tuple[str, ...] = (
        "McCullagh P, Nelder JA. Generalized Linear Models. 2nd ed. 1989.",
        "Liang K-Y, Zeger SL. Longitudinal data analysis using generalized linear models. Biometrika 1986;73:13-22.",
        "Przyborowski J, Wilenski H. Homogeneity of results in testing samples from Poisson series. Biometrika "
        "1940;31:313-323.",
        "Barnett AG, van der Pols JC, Dobson AJ. Regression to the mean: what it is and how to deal with it. "
        "Int J Epidemiol 2005;34:215-220.",
    )
    assumptions: tuple[str, ...] = (
        "nothing_else_changed",
        "not_chosen_in_a_bad_period",
        "recorded_the_same_way",
        "same_kind_of_persons",
    )
    options: type[BeforeAfterOptions] = BeforeAfterOptions

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

        def arithmetic(prepared: Prepared) -> Estimate | Refusal:
            refusal = self._unsuitable(prepared, chosen)
            if refusal is not None:
                return refusal
            exact = chosen.interval == "exact"
            fit = _exact_fit(prepared) if exact else _fit(prepared, chosen)
            refusal = None if exact else no_spread(fit, method=self.id)
            if refusal is not None:
                return refusal
            estimate = answered(
                self,
                benefit=benefit,
                indicator=indicator,
                options=chosen,
                prepared=prepared,
                fit=fit,
                counterfactual=fit.rates[1, 0],
                checks=() if exact else over_dispersion(prepared, allowed_for=True),
            )
            return _exact(estimate, prepared) if exact else estimate

        # The exact interval has an answer also when one side is without events.
        scale = "difference" if chosen.interval == "exact" else chosen.scale
        return one_group(self, data, go_live=go_live, options=chosen, scale=scale, arithmetic=arithmetic)

    def _unsuitable(self, prepared: Prepared, options: BeforeAfterOptions) -> Refusal | None:
        """Refuse an interval that does not hold for what was counted."""
        if options.interval == "quasi_poisson" and prepared.persons:
            return wrong_shape(self.id, wants="series")
        if options.interval != "exact":
            return None
        if not prepared.whole:
            return Refusal(method=self.id, code="counts_not_whole", what_would_open_it="interval_for_amounts")
        dispersion, p = surplus(prepared.cells, persons=prepared.persons)
        if p >= SIGNIFICANT:
            return None
        parameters = {"dispersion": dispersion}
        return Refusal(
            method=self.id, code="over_dispersed", parameters=parameters, what_would_open_it="interval_with_spread"
        )


def _fit(prepared: Prepared, options: BeforeAfterOptions) -> Fit:
    """Fit persons, or periods, with the spread the interval is to have."""
    if prepared.persons or options.interval != "robust":
        return prepared.fit(options)
    cells = prepared.cells
    fit = fit_persons(cells.assign(cluster=range(len(cells))), scale=options.scale)
    # Each period is on one side only, so both rates cost a degree of freedom.
    return replace(fit, df=len(cells) - 2)


def _exact_fit(prepared: Prepared) -> Fit:
    counts = two_counts(prepared.cells)
    rates = fit_periods(prepared.cells, scale="difference").rates
    return Fit(rates=rates, se=log_ratio_se(counts), df=10**9)


def _exact(estimate: Estimate, prepared: Prepared) -> Estimate:
    """Give an estimate the exact interval of the ratio, and the effects that go with it."""
    counts = two_counts(prepared.cells)
    dispersion, _ = surplus(prepared.cells, persons=prepared.persons)
    low, high = counts.effect_interval(estimate.level)
    return replace(
        estimate,
        low=low,
        high=high,
        df=inf,
        ratio_limits=counts.ratio_interval(estimate.level) if counts.before else None,
        distribution=from_limits(centre=estimate.effect, limits=counts.effect_interval, level=estimate.level),
        details={"exact_p": Detail(value=counts.p_value, unit="ratio", per="none")},
        checks=(Check(code="over_dispersion", passed=True, parameters={"dispersion": dispersion}),),
    )
