"""The effect a project measured itself, as an input of its plan: scaled to patients it was not measured in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import exp

from scipy import stats

from benefits.activity import Panel, Series
from benefits.economics.events import barred_by
from benefits.economics.expected_rate import EFFECT
from benefits.economics.input import Input
from benefits.errors import Gap
from benefits.measurement import Estimate
from benefits.measurement.contract import interval_of
from benefits.project.benefit import Benefit, Indicator
from benefits.project.model import Project
from benefits.reference.distributions import Distribution, UnusableDistribution, from_interval
from benefits.reference.quantiles import from_limits
from benefits.results.measuring import Measured
from benefits.results.verdicts.windows import window_of

WEIGHTS: Mapping[str, int] = {
    "no_measured_effect": 76,
    "measured_effect_barred": 78,
    "measured_effect_without_ratio": 70,
    "measured_effect_scaled": 33,
}
"""How much each gap matters, beside those of the plan itself."""


def measured_effect(
    project: Project,
    benefit: Benefit,
    indicator: Indicator,
    *,
    measured: Measured,
    shapes: Mapping[str, Series | Panel],
    gaps: list[Gap],
) -> Input | None:
    """Return what a benefit's own method found, as a ratio or a difference; None, with a gap, when it cannot be used.

    Parameters
    ----------
    project
        With its date of go-live.
    benefit
        With a valuation whose ``effect_scale`` says on which scale.
    indicator
        Of the benefit: the unit of a difference, and what it is per.
    measured
        What the methods found.
    shapes
        Data by id; they tell how long the effect was seen.
    gaps
        Told why there is none, or that it is scaled beyond the group it was measured in.

    Notes
    -----
    What it was measured in keeps its grade in the report on the measurement. Here it is multiplied by patients it was
    not measured in, so what follows from it is assumed, and it is counted for as long as it was seen.
    """
    estimate = next((one for one in measured.estimates if one.benefit == benefit.id), None)
    valuation = benefit.valuation
    if estimate is None or valuation is None:
        gaps.append(_gap("no_measured_effect", benefit))
        return None
    if barred_by(estimate):
        gaps.append(_gap("measured_effect_barred", benefit))
        return None
    by_ratio = valuation.effect_scale == "ratio"
    distribution = _ratio(estimate) if by_ratio else _difference(estimate)
    if distribution is None:
        gaps.append(_gap("measured_effect_without_ratio" if by_ratio else "no_measured_effect", benefit))
        return None
    gaps.append(_gap("measured_effect_scaled", benefit))
    low, high = distribution.interval(estimate.level)
    return Input(
        name=f"{EFFECT}{benefit.id}",
        title=None,
        distribution=distribution,
        mean=distribution.mean,
        low=low,
        high=high,
        unit="ratio" if by_ratio else indicator.unit,
        per="none" if by_ratio else indicator.per,
        price_year=None,
        source=estimate.method,
        address="",
        standing="one_project",
        follow_up_months=_months_followed(project, benefit, estimate, shapes),
        worked_out_from="measured",
    )


def _ratio(estimate: Estimate) -> Distribution | None:
    """Of observed over counterfactual: Student's t of its logarithm, or what the method itself gives as its limits."""
    if estimate.ratio is None or estimate.scale != "ratio" or estimate.ratio_interval is None:
        return None
    ratio = estimate.ratio
    if estimate.distribution is not None:
        low, high = estimate.ratio_interval
        try:
            return from_interval(estimate=ratio, low=low, high=high, ratio=True, level=estimate.level)
        except UnusableDistribution:
            return None

    def limits(level: float) -> tuple[float, float]:
        half = float(stats.t.ppf((1 + level) / 2, estimate.df)) * estimate.se
        return ratio * exp(-half), ratio * exp(half)

    return _from_limits(ratio, limits)


def _difference(estimate: Estimate) -> Distribution | None:
    """Of the effect per unit of exposure, by the same mapping as its interval."""
    if estimate.distribution is not None:
        return estimate.distribution

    def limits(level: float) -> tuple[float, float]:
        return interval_of(
            scale=estimate.scale,
            observed=estimate.observed,
            counterfactual=estimate.counterfactual,
            observed_share=estimate.observed_share,
            se=estimate.se,
            df=estimate.df,
            level=level,
        )

    return _from_limits(estimate.effect, limits)


def _from_limits(centre: float, limits: Callable[[float], tuple[float, float]]) -> Distribution | None:
    try:
        return from_limits(centre=centre, limits=limits)
    except (UnusableDistribution, OverflowError):
        return None


def _months_followed(
    project: Project, benefit: Benefit, estimate: Estimate, shapes: Mapping[str, Series | Panel]
) -> float | None:
    """How long after the start the effect was seen, from the start of the service, a lag with it."""
    choice = benefit.method
    shape = shapes.get(choice.data or "") if choice is not None else None
    if shape is None or project.go_live is None:
        return None
    window = window_of(shape, go_live=project.go_live, options=estimate.options)
    return None if window is None else float(window.months + int(estimate.options.get("lag_months", 0) or 0))


def _gap(code: str, benefit: Benefit) -> Gap:
    return Gap(code=code, subject=benefit.id, weight=WEIGHTS[code])
