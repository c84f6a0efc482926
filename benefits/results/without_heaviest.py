"""Measured events and cash without the few persons who use most."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benefits.economics.events import lower_is_better
from benefits.economics.marginal import cash_terms
from benefits.economics.pricing import Events, Pricing
from benefits.economics.product import Product
from benefits.measurement import Estimate
from benefits.measurement.checks.influence import HEAVIEST
from benefits.project.benefit import Benefit
from benefits.project.valuation import Valuation
from benefits.results.event_values import add_of_events
from benefits.results.values import Values


def add_without_heaviest(
    benefit: Benefit,
    valuation: Valuation,
    estimate: Estimate,
    exposure: Mapping[int, float],
    pricing: Pricing,
    values: Values,
) -> bool:
    """Add the measured events and cash without the heaviest users: their exposure less, and the effect without them."""
    check = next((one for one in estimate.checks if one.code == HEAVIEST and one.without is not None), None)
    if check is None or check.without is None or estimate.exposure <= 0.0:
        return False
    others, draws = check.without, pricing.draws
    effect = draws.sampled(f"estimate.{benefit.id}.without_heaviest", others.draws)
    if not np.isfinite(effect).all():
        return False
    years = tuple(sorted(exposure))
    left = others.exposure / estimate.exposure
    events = Events(
        avoided=Product(years=np.array([exposure[year] * left for year in years]), draws=-effect),
        unit=benefit.indicator.unit if benefit.indicator is not None else "count",
        lower_is_better=lower_is_better(benefit),
        basis="measured",
        grade=others.grade,
        standing="one_project",
        source=others.method,
        years=years,
    )
    prefix = f"without_heaviest.{benefit.id}"
    add_of_events(f"{prefix}.quantity", events.good, events.unit, events, (), pricing, values, by_year=False)
    values.add(f"{prefix}.left_out", float(check.parameters["left_out"]), unit="persons", basis="measured")
    terms = cash_terms(valuation, subject=benefit.id, pricing=pricing, gaps=[])
    if terms is not None and f"layer.measured.{benefit.id}.cash" in values and (terms.variable or terms.action):
        kroner = pricing.grown(terms.layers(events, pricing).cash, terms.unit_cost, years)
        used = (terms.unit_cost, *terms.of_cash)
        add_of_events(f"{prefix}.cash", kroner, "kroner", events, used, pricing, values, by_year=False)
    return True
