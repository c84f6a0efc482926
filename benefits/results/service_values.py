"""A service in detail as Values: cost per minute and task, use of each resource per year, and the price by volume."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benefits.economics import Draws
from benefits.economics.cost_lines import service_volume
from benefits.economics.price_by_volume import cost_of_task, cost_per_minute, prices_at, volumes_around
from benefits.economics.service_price import MONTHS, ServicePrice, next_steps, price
from benefits.project.model import Project
from benefits.project.service import Service
from benefits.results.model import PricedVolume
from benefits.results.spread import spread_of_draws
from benefits.results.values import Values
from benefits.vocabulary import Exposure, Unit


def priced_years(service: Service, project: Project) -> tuple[int, ...]:
    """Return the years in which the service has patients: those of the plan, or all that are named without a start."""
    named = service.volume or (project.patient_group.volume if project.patient_group is not None else {})
    years = project.years or tuple(sorted(named))
    return tuple(year for year in years if service_volume(service, project, year) > 0)


def add_draws(
    values: Values,
    id: str,
    amounts: NDArray[np.float64],
    unit: Unit,
    service: Service,
    project: Project,
    *,
    per: Exposure = "none",
) -> None:
    """Add mean and interval of draws that rest on what is stated of a service, with its source and standing."""
    found = spread_of_draws(amounts)
    values.add(
        id,
        found.mean,
        low=found.low,
        high=found.high,
        unit=unit,
        per=per,
        price_year=project.price_year if unit == "kroner" else None,
        basis="expected",
        standing=service.standing,
        source=project.said(service.source),
        derived=True,
    )


def add_rates(service: Service, project: Project, draws: Draws, values: Values) -> None:
    """Add the cost per minute of each resource and the cost per patient-month of each task; needs no volume."""
    for resource in service.resources:
        rate = cost_per_minute(service, resource, draws=draws)
        add_draws(values, f"service.{service.id}.rate.{resource.id}", rate, "kroner", service, project)
    for task in service.tasks:
        cost = cost_of_task(service, task, draws=draws)
        id = f"service.{service.id}.task_cost.{task.id}"
        add_draws(values, id, cost, "kroner", service, project, per="person_month")


def add_years(service: Service, project: Project, draws: Draws, values: Values) -> tuple[int, ...]:
    """Add volume, price, cost, hours and agreed payment of every year with patients, and return the years."""
    years = priced_years(service, project)
    for year in years:
        found = price(service, volume=service_volume(service, project, year), draws=draws)
        prefix = f"service.{service.id}.year.{year}"
        values.add(f"{prefix}.volume", found.volume, unit="persons", basis="expected")
        cost = found.full * (MONTHS * found.volume)
        add_draws(values, f"{prefix}.full", found.full, "kroner", service, project, per="person_month")
        add_draws(values, f"{prefix}.cost", cost, "kroner", service, project, per="year")
        _add_use(found, prefix, service, project, values)
        if service.agreed_price is None:
            continue
        agreed = np.full(draws.n, service.agreed_price * MONTHS * found.volume)
        add_draws(values, f"{prefix}.difference", agreed - cost, "kroner", service, project, per="year")
        if service.payer is not None and service.payer != service.provider:
            add_draws(values, f"{prefix}.received", agreed, "kroner", service, project, per="year")
            add_draws(values, f"{prefix}.paid", -agreed, "kroner", service, project, per="year")
    return years


def add_volumes(
    service: Service, project: Project, *, planned: float, draws: Draws, values: Values
) -> tuple[tuple[str, ...], tuple[PricedVolume, ...]]:
    """Add the price at volumes around the planned one; return the resources with a next step, and the volumes."""
    steps = next_steps(service, volume=planned, draws=draws)
    for resource, step in steps.items():
        values.add(f"service.{service.id}.next_step.{resource}", step, unit="persons", basis="expected")
    priced: list[PricedVolume] = []
    for found in prices_at(service, volumes=volumes_around(planned, steps=steps.values()), draws=draws):
        prefix = f"service.{service.id}.volumes.{f'{found.volume:.12g}'.replace('.', '_')}"
        values.add(f"{prefix}.patients", found.volume, unit="persons", basis="expected")
        idle = found.full - found.at_used_capacity
        units = np.sum([use.units for use in found.resources.values()], axis=0) if found.resources else None
        prices: list[tuple[str, NDArray[np.float64]]] = [("full", found.full), ("idle", idle)]
        for name, amounts in prices:
            add_draws(values, f"{prefix}.{name}", amounts, "kroner", service, project, per="person_month")
        add_draws(
            values, f"{prefix}.cost", found.full * (MONTHS * found.volume), "kroner", service, project, per="year"
        )
        if units is not None:
            add_draws(values, f"{prefix}.units", units, "count", service, project)
        priced.append(PricedVolume(prefix=prefix, volume=found.volume, planned=found.volume == planned))
    return tuple(steps), tuple(priced)


def _add_use(found: ServicePrice, prefix: str, service: Service, project: Project, values: Values) -> None:
    for id, use in found.resources.items():
        own = f"{prefix}.resource.{id}"
        add_draws(values, f"{own}.units", use.units, "count", service, project)
        add_draws(values, f"{own}.used_hours", use.used_hours, "hours", service, project, per="year")
        add_draws(values, f"{own}.idle_hours", use.idle_hours, "hours", service, project, per="year")
        add_draws(values, f"{own}.idle_cost", use.idle_cost, "kroner", service, project, per="year")
