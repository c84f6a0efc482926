"""What the services of a project cost per patient-month, and how many avoided events would cover the cost."""

from __future__ import annotations

import numpy as np

from benefits.economics import BreakEven, Draws, Flows, Input
from benefits.economics.arrays import Array
from benefits.economics.break_even import break_even_of
from benefits.economics.cost_lines import service_volume
from benefits.economics.service_price import price
from benefits.project.model import Project
from benefits.results.model import PricedService
from benefits.results.texts import in_first_language
from benefits.results.values import Values
from benefits.vocabulary import Standing


def add_service_prices(project: Project, draws: Draws, values: Values) -> tuple[PricedService, ...]:
    """Add the price of every service at its largest yearly volume; a service without volume has no price."""
    priced: list[PricedService] = []
    for service in project.services:
        volumes = {year: service_volume(service, project, year) for year in project.years}
        if not volumes or max(volumes.values()) <= 0:
            continue
        year = max(volumes, key=lambda one: volumes[one])
        found = price(service, volume=volumes[year], draws=draws)
        prefix, source = f"service.{service.id}", in_first_language(project, service.source)

        def add(
            name: str, amounts: Array, prefix: str = prefix, source: str = source, standing: Standing = service.standing
        ) -> None:
            certain = float(np.ptp(amounts)) < 1e-9
            low, high = (None, None) if certain else (float(end) for end in np.quantile(amounts, (0.025, 0.975)))
            values.add(
                f"{prefix}.{name}",
                float(amounts.mean()),
                low=low,
                high=high,
                unit="kroner",
                per="person_month",
                price_year=project.price_year,
                basis="expected",
                standing=standing,
                source=source,
            )

        for name in ("full", "at_used_capacity", "marginal"):
            add(name, getattr(found, name))
        for part in found.parts:
            add(f"part.{part.kind}.{part.id}", part.amount)
        values.add(f"{prefix}.volume", found.volume, unit="persons", basis="expected")
        if found.next_step_volume is not None:
            values.add(f"{prefix}.next_step", found.next_step_volume, unit="persons", basis="expected")
        if service.agreed_price is not None:
            values.add(f"{prefix}.agreed", service.agreed_price, unit="kroner", per="person_month", basis="expected")
        for name, use in found.resources.items():
            values.add(f"{prefix}.units.{name}", float(use.units.mean()), unit="count", basis="expected")
        priced.append(
            PricedService(
                service=service.id,
                year=year,
                parts=tuple((part.kind, part.id) for part in found.parts),
                resources=tuple(found.resources),
                next_step=found.next_step_volume is not None,
            )
        )
    return tuple(priced)


def add_break_even(
    project: Project, flows: Flows, inputs: dict[str, Input], draws: Draws, values: Values
) -> tuple[BreakEven, ...]:
    """Add, for every benefit with kroner, the events that would cover the cost: for each that pays, and for all."""
    found: list[BreakEven] = []
    if not project.costs:
        return ()
    payers = dict.fromkeys(cost.actor for cost in project.costs)
    for benefit in project.benefits:
        if benefit.valuation is None or benefit.indicator is None:
            continue
        actors = dict.fromkeys(["", *payers, benefit.valuation.actor])
        for actor in actors:
            one = break_even_of(benefit, project=project, flows=flows, inputs=inputs, draws=draws, actor=actor)
            if one is None:
                continue
            prefix = f"break_even.{benefit.id}.{actor or 'society'}"
            for name in ("cost", "net_per_event"):
                amount = getattr(one, name)
                values.add(f"{prefix}.{name}", amount, unit="kroner", price_year=project.price_year, basis="expected")
            for name in ("events_needed", "events_expected"):
                reason = "no_number_is_enough" if name == "events_needed" else "not_stated"
                unit = benefit.indicator.unit
                values.add(f"{prefix}.{name}", getattr(one, name), unit=unit, basis="expected", reason=reason)
            found.append(one)
    return tuple(found)
