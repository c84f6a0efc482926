"""Avoided events of a benefit: those expected from the plan's assumptions, and those measured in the follow-up."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.avoided import avoided_events
from benefits.economics.draws import Draws
from benefits.economics.event_kinds import EVENT_KINDS, HEADS, event_kind
from benefits.economics.expected_rate import EFFECT, EXPECTED, effect_name, effect_of, rate_name, rate_of
from benefits.economics.inputs import Input, joined_sources, weakest_standing
from benefits.economics.persistence import carried_by
from benefits.economics.pricing import Events, Pricing
from benefits.economics.product import Product
from benefits.economics.ramp import share_reached
from benefits.economics.units import PER_PATIENT_YEAR
from benefits.errors import Gap, Parameter
from benefits.measurement.contract import Estimate
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.valuation import Valuation
from benefits.vocabulary import Unit

WEIGHTS: Mapping[str, int] = {
    "no_expected_effect": 70,
    "no_volume_for_benefit": 75,
    "effect_in_other_scale": 70,
    "events_per_unusable": 65,
    "events_in_other_unit": 65,
    "events_in_kroner": 65,
    "no_ramp": 25,
    "evidence_on_persons": 35,
    "measured_effect_unbounded": 60,
    "measured_regression_to_mean": 78,
    "measured_not_selected_alike": 78,
}
"""How much each gap matters, beside those of the plan itself."""
BARRED_BY: Mapping[str, str] = {
    "regression_to_the_mean": "measured_regression_to_mean",
    "comparison_selected_alike": "measured_not_selected_alike",
}
"""Checks that, when they fail, leave unknown how much of an effect would have come by itself, and the gap of each."""

_EXPOSURE_SLACK = 1e-6


def expected_events(
    benefit: Benefit,
    valuation: Valuation,
    *,
    project: Project,
    years: tuple[int, ...],
    pricing: Pricing,
    gaps: list[Gap],
) -> Events | None:
    """Return the events a benefit is expected to avoid; None, with a gap, when the plan does not say enough.

    The grade is ``assumed`` whatever the effect rests on: it was measured elsewhere or judged, and is scaled here to
    patients it was not measured in. How well it holds where it is from is the standing. A rate that says nothing of
    what it is per is read as per patient-year. No effect is counted beyond the follow-up of its evidence, or the year
    of its target where it is the project's own assumption, but for what the valuation states is left of it.
    """
    effect, rate = effect_of(benefit, pricing.inputs), rate_of(benefit, pricing.inputs)
    by_ratio = valuation.effect_scale == "ratio"
    if effect is None or (by_ratio and rate is None):
        lacking = [effect_name(benefit)] if effect is None else []
        lacking += [rate_name(benefit)] if by_ratio and rate is None else []
        # What could not be worked out has been told of where it was tried.
        if not all((name or "").startswith((EXPECTED, EFFECT)) for name in lacking):
            gaps.append(_gap("no_expected_effect", benefit))
        return None
    counted = rate if by_ratio and rate is not None else effect
    unit = benefit.indicator.unit if benefit.indicator is not None else counted.unit
    volume = np.array([project.volume(year, benefit) for year in years])
    hindrance = _hindrance(benefit, valuation, effect=effect, counted=counted, unit=unit)
    if hindrance is None and not volume.any():
        hindrance = _gap("no_volume_for_benefit", benefit)
    if hindrance is not None:
        gaps.append(hindrance)
        return None
    if benefit.target is None or not benefit.target.ramp:
        gaps.append(_gap("no_ramp", benefit))
    if effect.outcome == "persons_admitted" and unit != "persons":
        gaps.append(_gap("evidence_on_persons", benefit, name=effect.name, evidence=effect.evidence_id))
    known = carried_by(benefit, valuation, effect, project=project, years=years, gaps=gaps)
    yearly = pricing.column(counted) * PER_PATIENT_YEAR[counted.per]
    used = [one for one in (effect, rate if by_ratio else None) if one is not None]
    return Events(
        avoided=avoided_events(
            volume=volume,
            ramp=_ramp(benefit, project, years) * np.array([known.shares[year] for year in years]),
            expected_events=yearly if by_ratio else None,
            ratio=pricing.column(effect) if by_ratio else None,
            difference=None if by_ratio else yearly,
        ),
        unit=unit,
        lower_is_better=lower_is_better(benefit),
        basis="expected",
        grade="assumed",
        standing=weakest_standing(*(one.standing for one in used)),
        source=joined_sources(*used),
        years=years,
        carried=known,
    )


def measured_events(
    benefit: Benefit,
    estimate: Estimate,
    *,
    exposure: Mapping[int, float],
    years: tuple[int, ...],
    draws: Draws,
    gaps: list[Gap],
) -> Events | None:
    """Return the events that were avoided in the follow-up, and nothing beyond it; None when they cannot be told.

    An effect is no multiplicand when a check of ``BARRED_BY`` failed: how much of it would have come by itself is not
    known.

    Parameters
    ----------
    benefit
        Whose indicator was measured.
    estimate
        What the method answered: an effect per unit of exposure.
    exposure
        Exposure of the treated in each calendar year of the follow-up, in the estimate's unit of exposure.
    years, draws
        As in Flows.
    gaps
        Told why there are none.

    Raises
    ------
    ValueError
        When a year is not among ``years``, or the years hold more exposure than the estimate rests on.
    """
    outside = sorted(set(exposure) - set(years))
    if outside:
        raise ValueError(f"exposure of {benefit.id} in {outside[0]}, which is not a year of the flows")
    if sum(exposure.values()) > estimate.exposure * (1 + _EXPOSURE_SLACK):
        raise ValueError(f"more exposure of {benefit.id} than its estimate rests on")
    unit: Unit = benefit.indicator.unit if benefit.indicator is not None else "count"
    if unit == "kroner":
        gaps.append(_gap("events_in_kroner", benefit))
        return None
    barred = barred_by(estimate)
    if barred:
        gaps.append(_gap(BARRED_BY[barred], benefit))
        return None
    effect = draws.sampled(f"estimate.{benefit.id}", estimate.draws)
    if not np.isfinite(effect).all():
        gaps.append(_gap("measured_effect_unbounded", benefit, method=estimate.method))
        return None
    return Events(
        avoided=Product(years=np.array([exposure.get(year, 0.0) for year in years]), draws=-effect),
        unit=unit,
        lower_is_better=lower_is_better(benefit),
        basis="measured",
        grade=estimate.grade,
        standing="one_project",
        source=estimate.method,
        years=years,
    )


def barred_by(estimate: Estimate) -> str:
    """Return the code of the check that keeps an effect from being multiplied by; empty when none does.

    Persons chosen in a bad period fall back by themselves. A comparison group that was not chosen in the same way does
    not fall with them, so the difference between the two is no effect either.
    """
    failed = {check.code for check in estimate.checks if check.passed is False}
    return next((code for code in BARRED_BY if code in failed), "")


def events_at_all(benefit: Benefit, rate: Input, *, project: Project, year: int) -> float | None:
    """Return the events expected in a year had nothing been done, at the mean rate; None when it cannot be told."""
    if rate.per not in PER_PATIENT_YEAR:
        return None
    return project.volume(year, benefit) * rate.mean * PER_PATIENT_YEAR[rate.per]


def _hindrance(benefit: Benefit, valuation: Valuation, *, effect: Input, counted: Input, unit: Unit) -> Gap | None:
    """Why the numbers that are given cannot be multiplied; None when they can."""
    if (effect.unit == "ratio") != (valuation.effect_scale == "ratio"):
        return _gap("effect_in_other_scale", benefit, name=effect.name, has=effect.unit, wants=valuation.effect_scale)
    if counted.unit != unit and not _same_kind(benefit, counted, unit):
        return _gap("events_in_other_unit", benefit, name=counted.name, has=counted.unit, wants=unit)
    if unit == "kroner":
        return _gap("events_in_kroner", benefit)
    if counted.per not in PER_PATIENT_YEAR:
        return _gap("events_per_unusable", benefit, name=counted.name, per=counted.per)
    return None


def _same_kind(benefit: Benefit, counted: Input, unit: Unit) -> bool:
    """Whether a study counts the very events of the plan under another word: a visit out of hours is a contact."""
    kind = event_kind(benefit)
    return kind is not None and counted.outcome in EVENT_KINDS[kind].outcomes and {counted.unit, unit} <= HEADS


def _gap(code: str, benefit: Benefit, **parameters: Parameter) -> Gap:
    return Gap(code=code, subject=benefit.id, weight=WEIGHTS[code], parameters=parameters)


def lower_is_better(benefit: Benefit) -> bool:
    """Whether fewer events are good; they are when the indicator does not say."""
    return benefit.indicator is None or benefit.indicator.direction == "lower_is_better"


def _ramp(benefit: Benefit, project: Project, years: tuple[int, ...]) -> Array:
    target = benefit.target
    return np.array(
        [
            share_reached(
                year,
                ramp=target.ramp if target is not None else {},
                go_live_year=project.go_live.year if project.go_live is not None else None,
                target_year=target.date.year if target is not None else None,
            )
            for year in years
        ]
    )
