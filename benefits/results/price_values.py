"""What the services of a project cost per patient-month, and how many avoided events would cover the cost."""

from __future__ import annotations

from functools import partial

import numpy as np

from benefits.economics import BreakEven, Draws, Flows, Input
from benefits.economics.break_even import break_even_of
from benefits.economics.cost_lines import service_volume
from benefits.economics.service_price import ServicePrice, price
from benefits.project.fields import Quantity
from benefits.project.model import Project
from benefits.project.service import Service
from benefits.results.model import PricedService
from benefits.results.service_values import add_draws, add_rates, add_volumes, add_years, priced_years
from benefits.results.spread import spread_of_draws, spread_of_quantity
from benefits.results.values import Values
from benefits.vocabulary import Exposure, Unit


def add_service_prices(project: Project, draws: Draws, values: Values) -> tuple[PricedService, ...]:
    """Add the price of every service at its largest yearly volume; a service without volume has no price."""
    priced: list[PricedService] = []
    for service in project.services:
        prefix = f"service.{service.id}"
        _stated(service, prefix, project, values)
        add_rates(service, project, draws, values)
        volumes = {year: service_volume(service, project, year) for year in priced_years(service, project)}
        if not volumes:
            continue
        year = max(volumes, key=lambda one: volumes[one])
        found = price(service, volume=volumes[year], draws=draws)
        for name in ("full", "at_used_capacity", "marginal"):
            add_draws(values, f"{prefix}.{name}", getattr(found, name), "kroner", service, project, per="person_month")
        for part in found.parts:
            id = f"{prefix}.part.{part.kind}.{part.id}"
            add_draws(values, id, part.amount, "kroner", service, project, per="person_month")
        values.add(f"{prefix}.volume", found.volume, unit="persons", basis="expected")
        if found.next_step_volume is not None:
            values.add(f"{prefix}.next_step", found.next_step_volume, unit="persons", basis="expected")
        if service.agreed_price is not None:
            id, agreed, year_of = f"{prefix}.agreed", service.agreed_price, project.price_year
            values.add(id, agreed, unit="kroner", per="person_month", price_year=year_of, basis="expected")
        _shares(found, prefix, service, project, values)
        if found.resources:
            hours = spread_of_draws(np.sum([use.used_hours for use in found.resources.values()], axis=0))
            id, low, high = f"{prefix}.hours", hours.low, hours.high
            values.add(id, hours.mean, low=low, high=high, unit="hours", per="year", basis="expected")
        steps, by_volume = add_volumes(service, project, planned=volumes[year], draws=draws, values=values)
        priced.append(
            PricedService(
                service=service.id,
                year=year,
                parts=tuple((part.kind, part.id) for part in found.parts),
                next_step=found.next_step_volume is not None,
                years=add_years(service, project, draws, values),
                steps=steps,
                volumes=by_volume,
            )
        )
    return tuple(priced)


def _shares(found: ServicePrice, prefix: str, service: Service, project: Project, values: Values) -> None:
    """How much of the price does not follow the number of patients, and how much of the hours paid for are used."""
    fixed = [part.amount for part in found.parts if part.kind == "fixed"]
    used = [use.used_hours for use in found.resources.values()]
    paid = [use.used_hours + use.idle_hours for use in found.resources.values()]
    for name, part, whole in (("fixed_share", fixed, [found.full]), ("utilisation", used, paid)):
        if part and np.sum(whole, axis=0).min() > 0:
            share = np.sum(part, axis=0) / np.sum(whole, axis=0)
            add_draws(values, f"{prefix}.{name}", share, "share", service, project)


def _stated(service: Service, prefix: str, project: Project, values: Values) -> None:
    """The numbers the price is worked out from, as the project states them."""
    kroner: list[tuple[str, Quantity, Exposure]] = [
        *((f"fixed.{part.id}", part.amount, "year") for part in service.fixed if part.amount),
        *((f"per_patient_month.{part.id}", part.amount, "person_month") for part in service.per_patient_month),
        *((f"equipment.{part.id}", part.price, "none") for part in service.equipment),
        *((f"resource.{part.id}", part.cost_per_year, "year") for part in service.resources if part.cost_per_year),
    ]
    amounts: list[tuple[str, Quantity, Unit, Exposure]] = [(name, one, "kroner", per) for name, one, per in kroner]
    amounts += [(f"task.{task.id}", task.minutes, "minutes", "person_month") for task in service.tasks]
    standing, source = service.standing, project.said(service.source)
    for name, quantity, unit, per in amounts:
        found = spread_of_quantity(quantity)
        values.add(
            f"{prefix}.input.{name}",
            found.mean,
            low=found.low,
            high=found.high,
            unit=unit,
            per=per,
            price_year=project.price_year if unit == "kroner" else None,
            standing=standing,
            source=source,
        )
    for resource in service.resources:
        hours = resource.hours
        id = f"{prefix}.input.hours.{resource.id}"
        values.add(id, hours, unit="hours", per="full_time_position", standing=standing, source=source)
    for item in service.equipment:
        id = f"{prefix}.input.lifetime.{item.id}"
        values.add(id, item.lifetime_months, unit="months", standing=standing, source=source)


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
            _add_one_break_even(one, benefit.indicator.unit, project.price_year, values)
            found.append(one)
    return tuple(found)


def _add_one_break_even(one: BreakEven, unit: Unit, price_year: int | None, values: Values) -> None:
    prefix = f"break_even.{one.benefit}.{one.actor or 'society'}"
    limits = (one.cost_low, one.cost_high) if one.cost_high > one.cost_low else (None, None)
    low, high = limits
    add = partial(values.add, unit="kroner", price_year=price_year, basis="expected", derived=True)
    add(f"{prefix}.cost", one.cost, low=low, high=high)
    add(f"{prefix}.net_per_event", one.net_per_event)
    needed: list[float | None] = [None, None]
    if one.events_needed and one.net_per_event > 0:
        needed = [max(0.0, limit) / one.net_per_event if limit is not None else None for limit in limits]
    values.add(
        f"{prefix}.events_needed",
        one.events_needed,
        low=needed[0],
        high=needed[1],
        unit=unit,
        basis="expected",
        reason="no_number_is_enough",
    )
    values.add(f"{prefix}.events_expected", one.events_expected, unit=unit, basis="expected", reason="not_stated")
