"""The factors behind numbers that are products summed over years: patients, phasing in, expected events, effect."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from benefits.economics.events import lower_is_better
from benefits.economics.expected_rate import effect_of, rate_of
from benefits.economics.ramp import share_reached
from benefits.economics.units import PER_PATIENT_YEAR, conversion
from benefits.project.benefit import Benefit
from benefits.project.valuation import Valuation
from benefits.results.model import Results
from benefits.vocabulary import BASES, Basis, Unit

Factors = Mapping[str, float]
ByYear = Mapping[int, Factors]
"""Factors by name, for each calendar year; the number is near the sum of their products."""


def products(results: Results) -> dict[str, dict[int, dict[str, float]]]:
    """Return the factors of every quantity and layer of kroner that is a product of them, by Value id and year.

    The numbers themselves are means over draws. The mean of a product is not the product of the means, so what the
    factors give differs a little; whoever takes a number apart tells that apart.

    Parameters
    ----------
    results
        One assessed project.
    """
    found: dict[str, dict[int, dict[str, float]]] = {}
    for benefit in results.project.benefits:
        valuation = benefit.valuation
        if valuation is None or benefit.indicator is None:
            continue
        for basis in BASES:
            events = _events(benefit, valuation, basis, results)
            for id, further in _ids(benefit, valuation, basis, results):
                if id in results.values and events:
                    found[id] = {year: {**factors, **further} for year, factors in events.items()}
    return found


def product(factors: Factors) -> float:
    """Return the product of all factors.

    Examples
    --------
    >>> product({"volume": 150.0, "ramp": 0.5, "effect": 0.2})
    15.0
    """
    return math.prod(factors.values())


def _events(benefit: Benefit, valuation: Valuation, basis: Basis, results: Results) -> dict[int, dict[str, float]]:
    """Return what is multiplied to avoided events, of the years in which there are any."""
    if basis == "measured":
        estimate, exposures = results.estimate(benefit.id), results.exposures.get(benefit.id, {})
        effect = estimate.effect if estimate is not None else 0.0
        return {year: {"exposure": one, "effect": -effect} for year, one in sorted(exposures.items()) if one}
    per_patient = _per_patient(benefit, valuation, results) if basis == "expected" else {}
    carried = next((one.shares for one in results.flow_parts.carried if one.benefit == benefit.id), {})
    by_year = {year: _reached(benefit, year, results) for year in results.project.years} if per_patient else {}
    # A year whose effect is cut counts nothing, but it is there: what is carried of it may be stated later.
    return {
        year: {**reached, "carried": carried.get(year, 1.0), **per_patient}
        for year, reached in by_year.items()
        if product(reached)
    }


def _reached(benefit: Benefit, year: int, results: Results) -> dict[str, float]:
    project, target = results.project, benefit.target
    share = share_reached(
        year,
        ramp=target.ramp if target is not None else {},
        go_live_year=project.go_live.year if project.go_live is not None else None,
        target_year=target.date.year if target is not None else None,
    )
    return {"volume": project.volume(year, benefit), "ramp": share}


def _per_patient(benefit: Benefit, valuation: Valuation, results: Results) -> dict[str, float]:
    """Return what makes the events a patient avoids in a year; nothing where the plan does not say enough."""
    effect, rate = effect_of(benefit, results.inputs), rate_of(benefit, results.inputs)
    if effect is None:
        return {}
    if valuation.effect_scale != "ratio":
        return {"effect": -effect.mean * PER_PATIENT_YEAR.get(effect.per, 0.0)}
    if rate is None:
        return {}
    return {"expected_events": rate.mean * PER_PATIENT_YEAR.get(rate.per, 0.0), "effect": 1.0 - effect.mean}


def _ids(
    benefit: Benefit, valuation: Valuation, basis: Basis, results: Results
) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield the numbers that avoided events are multiplied to, with what they are multiplied by."""
    assert benefit.indicator is not None
    unit = benefit.indicator.unit
    yield f"quantity.{basis}.{benefit.id}.{unit}", {} if lower_is_better(benefit) else {"more_is_better": -1.0}
    physical: tuple[tuple[str | None, tuple[Unit, ...]], ...] = (
        (valuation.bed_days, ("bed_days",)),
        (valuation.hours, ("hours", "minutes")),
    )
    for name, of in physical:
        one = results.inputs.get(name or "")
        if one is not None and one.unit in of and unit not in of:
            per_event = one.mean * (conversion(one.unit, of[0]) or 1.0)
            yield f"quantity.{basis}.{benefit.id}.{of[0]}", {"per_event": per_event}
    cost, share = (results.inputs.get(name or "") for name in (valuation.unit_cost, valuation.cash_share))
    used = results.inputs.get(valuation.realisation_share or "")
    if cost is not None and share is not None:
        # Without a stated share all that is freed can be put to use.
        put_to_use = used.mean if used is not None else 1.0
        factors = {"unit_cost": cost.mean, "cash_share": share.mean, "realisation_share": put_to_use}
        yield f"layer.{basis}.{benefit.id}.cash", factors
