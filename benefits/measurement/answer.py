"""The Estimate that methods end with: from the rates they found and their error, or from the fit of a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from benefits.measurement.contract import Check, Detail, Estimate, Method, Scale, graded, interval_of
from benefits.measurement.options import RateOptions
from benefits.measurement.preparation import Prepared
from benefits.measurement.rates import Fit, exposure_of
from benefits.vocabulary import Grade


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
    return estimated(
        method,
        benefit=benefit,
        indicator=indicator,
        options=options,
        scale=options.scale,
        observed=fit.rates[1, 1],
        baseline=fit.rates[1, 0],
        counterfactual=counterfactual,
        se=fit.se,
        df=fit.df,
        observed_share=fit.observed_share,
        n=prepared.size(1),
        exposure=exposure_of(prepared.cells, 1, 1),
        checks=checks,
    )


def estimated(
    method: Method,
    *,
    benefit: str,
    indicator: str,
    options: Any,
    scale: Scale,
    observed: float,
    baseline: float,
    counterfactual: float,
    se: float,
    df: float,
    n: int,
    exposure: float,
    observed_share: float = 0.0,
    grade: Grade | None = None,
    checks: tuple[Check, ...] = (),
    details: Mapping[str, Detail] | None = None,
) -> Estimate:
    """Return the Estimate whose uncertainty is Student's t on its scale: effect, ratio and interval from the rates.

    Parameters
    ----------
    method
        Gives the id, and the grade of the design when none is given.
    benefit, indicator
        Ids.
    options
        The method's dataclass of options as used; its ``level`` is that of the interval.
    scale, observed, baseline, counterfactual, se, df, n, exposure, observed_share, details
        As in :class:`Estimate`.
    grade
        Of the design, where it is not the method's own.
    checks
        Everything that was looked at; one that failed lowers the grade.
    """
    low, high = interval_of(
        scale=scale,
        observed=observed,
        counterfactual=counterfactual,
        observed_share=observed_share,
        se=se,
        df=df,
        level=options.level,
    )
    return Estimate(
        benefit=benefit,
        indicator=indicator,
        method=method.id,
        options=asdict(options),
        scale=scale,
        effect=observed - counterfactual,
        low=low,
        high=high,
        level=options.level,
        se=se,
        df=df,
        n=n,
        exposure=exposure,
        observed=observed,
        baseline=baseline,
        counterfactual=counterfactual,
        ratio=observed / counterfactual if counterfactual > 0 else None,
        grade=graded(grade or method.grade, checks),
        checks=checks,
        observed_share=observed_share,
        details=details or {},
    )
