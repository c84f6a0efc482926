"""The Estimate of a comparison of rates, from its fit and its checks: what both methods of comparison end with."""

from __future__ import annotations

from dataclasses import asdict

from benefits.measurement.contract import Check, Estimate, Method, graded, interval_of
from benefits.measurement.options import RateOptions
from benefits.measurement.preparation import Prepared
from benefits.measurement.rates import Fit, exposure_of


def answered(
    method: Method,
    *,
    benefit: str,
    indicator: str,
    options: RateOptions,
    prepared: Prepared,
    fit: Fit,
    counterfactual: float,
    checks: tuple[Check, ...],
) -> Estimate:
    """Return the effect on the treated after the start, with its interval, against a counterfactual rate.

    Parameters
    ----------
    method
        Gives the id and the grade of the design.
    benefit, indicator
        Ids.
    options
        As used, defaults included.
    prepared, fit
        The rows and what was fitted to them.
    counterfactual
        Rate of the treated after the start had nothing been done.
    checks
        Everything that was looked at; one that failed lowers the grade.
    """
    baseline, observed = fit.rates[1, 0], fit.rates[1, 1]
    low, high = interval_of(
        scale=options.scale,
        observed=observed,
        counterfactual=counterfactual,
        observed_share=fit.observed_share,
        se=fit.se,
        df=fit.df,
        level=options.level,
    )
    return Estimate(
        benefit=benefit,
        indicator=indicator,
        method=method.id,
        options=asdict(options),
        scale=options.scale,
        effect=observed - counterfactual,
        low=low,
        high=high,
        level=options.level,
        se=fit.se,
        df=fit.df,
        n=prepared.size(1),
        exposure=exposure_of(prepared.cells, 1, 1),
        observed=observed,
        baseline=baseline,
        counterfactual=counterfactual,
        ratio=observed / counterfactual if counterfactual > 0 else None,
        grade=graded(method.grade, checks),
        checks=checks,
        observed_share=fit.observed_share,
    )
