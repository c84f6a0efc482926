"""The factors behind numbers that are products summed over years: patients, phasing in, expected events, effect."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from benefits.economics.draws import Draws
from benefits.economics.events import lower_is_better
from benefits.economics.expected_rate import effect_of, rate_of
from benefits.economics.inputs import Input
from benefits.economics.marginal import cash_terms, in_force
from benefits.economics.pools import item_of
from benefits.economics.pricing import Pricing
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
            id, cash = f"layer.{basis}.{benefit.id}.cash", _cash(benefit, valuation, tuple(events), results)
            if id in results.values and cash:
                found[id] = {year: {**factors, **cash[year]} for year, factors in events.items()}
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
    counted = {
        year: {**reached, "carried": carried.get(year, 1.0), **per_patient}
        for year, reached in by_year.items()
        if product(reached)
    }
    left = _shared(benefit, counted, results)
    return {year: {**factors, "pool": left[year]} for year, factors in counted.items()}


def _shared(benefit: Benefit, by_year: Mapping[int, Factors], results: Results) -> dict[int, float]:
    """Return what is left of each year where several benefits free more of the same than there is of it; else all."""
    valuation, unit = benefit.valuation, benefit.indicator.unit if benefit.indicator is not None else ""
    pool = item_of(valuation.pool) if valuation is not None and valuation.pool is not None else ""
    short = any(one.code == "pool_exceeded" and one.subject == pool for one in results.gaps)
    found: dict[int, float] = {}
    for year, factors in by_year.items():
        value, whole = results.values.get(f"quantity.expected.{benefit.id}.{unit}.{year}"), product(factors)
        known = short and value is not None and value.value is not None and whole
        found[year] = abs((value.value or 0.0) / whole) if known and value is not None else 1.0
    return found


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


def _cash(
    benefit: Benefit, valuation: Valuation, years: tuple[int, ...], results: Results
) -> dict[int, dict[str, float]]:
    """Return what makes the kroner of an event that can leave a budget, in each year; nothing where there are none.

    What an action takes out is told by how much more leaves than the share that varies by itself.
    """
    pricing = Pricing(inputs=results.inputs, draws=Draws(n=2), price_year=results.project.price_year)
    terms = cash_terms(valuation, subject=benefit.id, pricing=pricing, gaps=[])
    if terms is None:
        return {}
    variable, put_to_use = _mean(terms.variable, 0.0), _mean(terms.realisation, 1.0)
    found: dict[int, dict[str, float]] = {}
    for year in years:
        share, used = variable, put_to_use
        forced = in_force(year, due=terms.due) * _mean(terms.action, 0.0) if terms.due is not None else 0.0
        alone = share * used == 0.0
        if alone:
            share, used = forced, 1.0
        grown = (1.0 + terms.unit_cost.growth) ** (year - (results.project.price_year or year))
        found[year] = {
            "unit_cost": terms.unit_cost.mean * grown,
            "cash_share": share,
            "realisation_share": used,
            "action": 1.0 if alone else 1.0 + forced / (share * used),
            "refill_share": 1.0 - _mean(terms.refill, 0.0),
        }
    return found


def _mean(one: Input | None, otherwise: float) -> float:
    return one.mean if one is not None else otherwise
