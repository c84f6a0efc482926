"""The price of a service per patient-month (tjenestepris): time-driven activity-based costing on practical capacity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.draws import Draws
from benefits.economics.inputs import distribution_of
from benefits.economics.refusals import WithoutVolume
from benefits.project.fields import Quantity
from benefits.project.service import Resource, Service

MONTHS = 12
CITATION = "Kaplan RS, Anderson SR. Time-driven activity-based costing. Harvard Business Review 2004;82(11):131-138."
"""Where the method is from."""
PartKind = Literal["fixed", "per_patient_month", "equipment", "used_capacity", "idle_capacity"]

# A need of exactly one whole unit must not become two because a product of decimals ended a hair above it.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePart:
    """One part of a price: kroner per patient-month, shape (draw,)."""

    id: str
    kind: PartKind
    amount: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceUse:
    """How much of one resource a service uses and pays for in a year; arrays of shape (draw,).

    Attributes
    ----------
    resource
        Its id.
    units
        Units paid for: whole ones when the resource comes in steps.
    used_hours, idle_hours
        Hours used, and hours paid for and not used.
    used_cost, idle_cost
        Kroner a year for each.
    """

    resource: str
    units: Array
    used_hours: Array
    idle_hours: Array
    used_cost: Array
    idle_cost: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePrice:
    """What one patient-month costs at a volume; kroner, arrays of shape (draw,).

    Attributes
    ----------
    service
        Its id.
    volume
        Mean number of patients in the service over the year.
    full
        All cost of the year over its patient-months, idle capacity included.
    at_used_capacity
        The same without idle capacity: what it would cost if every hour paid for were used.
    marginal
        One more patient-month as long as no further whole unit of a resource is needed.
    resources
        Use of each resource, by id.
    next_step_volume
        The lowest whole number of patients above ``volume`` at which another whole unit is needed, at mean minutes;
        None when no resource comes in steps.
    parts
        What the full price is made of; they sum to it.
    """

    service: str
    volume: float
    full: Array
    at_used_capacity: Array
    marginal: Array
    resources: Mapping[str, ResourceUse]
    next_step_volume: int | None
    parts: tuple[PricePart, ...]


def price(service: Service, *, volume: float, draws: Draws) -> ServicePrice:
    """Return the price of a service at a volume.

    Parameters
    ----------
    service
        Its tasks, resources, fixed costs a year, costs per patient-month and equipment.
    volume
        Mean number of patients over the year, above zero.
    draws
        Where uncertain quantities get their draws.

    Raises
    ------
    WithoutVolume
        When the volume is not above zero: nothing can be divided among no patients.

    Notes
    -----
    ``F / (12 n) + l + u / T + sum(minutes / 60 x cost per hour)``: fixed yearly cost F among n patients, costs per
    patient-month l, equipment u lasting T months, and time at the yearly cost of a resource over its *practical*
    capacity. A resource that comes in steps is paid for in whole units, ``ceil(12 n minutes / 60 / hours per year)``;
    what is paid for and not used is a part of its own.

    References
    ----------
    Kaplan RS, Anderson SR. Time-driven activity-based costing. Harvard Business Review 2004;82(11):131-138.

    Examples
    --------
    >>> from benefits.project.fields import Text
    >>> from benefits.project.service import UnitCost
    >>> licence = UnitCost(id="licence", title=Text(nb="Lisens"), amount=Quantity(value=250.0))
    >>> platform = UnitCost(id="platform", title=Text(nb="Plattform"), amount=Quantity(value=96_000.0))
    >>> dho = Service(id="dho", title=Text(nb="DHO"), provider="k", fixed=(platform,), per_patient_month=(licence,))
    >>> price(dho, volume=80, draws=Draws(n=1)).full.tolist()
    [350.0]
    """
    if not volume > 0:
        raise WithoutVolume("service_without_volume", service=service.id)
    patient_months = MONTHS * volume
    uses = _uses(service, volume=volume, draws=draws)
    fixed = [_part(service, part.id, "fixed", part.amount, draws, over=patient_months) for part in service.fixed]
    licences = [_part(service, part.id, "per_patient_month", part.amount, draws) for part in service.per_patient_month]
    equipment = [
        _part(service, part.id, "equipment", part.price, draws, over=part.lifetime_months) for part in service.equipment
    ]
    used = [_amount(use.resource, "used_capacity", use.used_cost / patient_months) for use in uses.values()]
    idle = [_amount(use.resource, "idle_capacity", use.idle_cost / patient_months) for use in uses.values()]
    parts = (*fixed, *licences, *equipment, *used, *idle)
    stepwise = {resource.id for resource in service.resources if resource.stepwise}
    follows = [*licences, *equipment, *(part for part in used if part.id not in stepwise)]
    full, marginal = _sum(parts, draws.n), _sum(follows, draws.n)
    return ServicePrice(
        service=service.id,
        volume=float(volume),
        full=full,
        at_used_capacity=frozen(full - _sum(idle, draws.n)),
        marginal=marginal,
        resources=uses,
        next_step_volume=min(next_steps(service, volume=volume, draws=draws).values(), default=None),
        parts=parts,
    )


def yearly_cost(service: Service, *, volume: float, draws: Draws) -> Array:
    """Return what a service costs in a year at a volume, kroner, shape (draw,), idle capacity included.

    With no patients the fixed yearly cost remains.
    """
    if volume > 0:
        return frozen(price(service, volume=volume, draws=draws).full * (MONTHS * volume))
    return _sum([_part(service, part.id, "fixed", part.amount, draws) for part in service.fixed], draws.n)


def _column(service: Service, part: str, kind: str, quantity: Quantity | None, draws: Draws) -> Array:
    if quantity is None:
        return frozen(np.zeros(draws.n))
    return draws.column(f"service.{service.id}.{kind}.{part}", distribution_of(quantity))


def _amount(id: str, kind: PartKind, amount: Array) -> PricePart:
    return PricePart(id=id, kind=kind, amount=frozen(amount))


def _part(
    service: Service, id: str, kind: PartKind, quantity: Quantity | None, draws: Draws, *, over: float = 1.0
) -> PricePart:
    return _amount(id, kind, _column(service, id, kind, quantity, draws) / over)


def _sum(parts: tuple[PricePart, ...] | list[PricePart], n: int) -> Array:
    return frozen(np.sum([part.amount for part in parts], axis=0) if parts else np.zeros(n))


def _minutes(service: Service, resource: Resource, draws: Draws) -> Array:
    """Minutes of a resource per patient-month, shape (draw,)."""
    tasks = [task for task in service.tasks if task.resource == resource.id]
    minutes = [_column(service, task.id, "minutes", task.minutes, draws) for task in tasks]
    return frozen(np.sum(minutes, axis=0) if minutes else np.zeros(draws.n))


def _uses(service: Service, *, volume: float, draws: Draws) -> dict[str, ResourceUse]:
    uses = {}
    for resource in service.resources:
        yearly = _column(service, resource.id, "cost_per_year", resource.cost_per_year, draws)
        hours = volume * MONTHS * _minutes(service, resource, draws) / 60
        needed = hours / resource.hours
        units = np.maximum(np.ceil(needed - _ROUNDING), 0.0) if resource.stepwise else needed
        uses[resource.id] = ResourceUse(
            resource=resource.id,
            units=frozen(units),
            used_hours=frozen(hours),
            idle_hours=frozen(units * resource.hours - hours),
            used_cost=frozen(needed * yearly),
            idle_cost=frozen((units - needed) * yearly),
        )
    return uses


def next_steps(service: Service, *, volume: float, draws: Draws) -> dict[str, int]:
    """Return, by resource that comes in whole units, the lowest whole number of patients that needs one more.

    At mean minutes; a resource that no task uses has no step.
    """
    steps = {}
    for resource in service.resources:
        minutes = float(_minutes(service, resource, draws).mean())
        if not resource.stepwise or minutes <= 0:
            continue
        patients_per_unit = resource.hours * 60 / (MONTHS * minutes)
        units = max(np.ceil(volume / patients_per_unit - _ROUNDING), 1.0)
        steps[resource.id] = int(np.floor(units * patients_per_unit + _ROUNDING)) + 1
    return steps
