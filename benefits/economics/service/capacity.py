"""How much of each resource a service uses and pays for: whole units, hours used and hours idle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.service.minutes import hours_of_the_year, hours_with_patients
from benefits.economics.service.resource_cost import cost_of_unit, prefix_of
from benefits.economics.service.volumes import Situation
from benefits.project.model import Project
from benefits.project.service import Resource, Service
from benefits.reference.distributions import UnusableDistribution

# A need of exactly one whole unit must not become two because a product of decimals ended a hair above it.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceUse:
    """How much of one resource a service uses and pays for in a year; arrays that go with shape (draw,).

    Attributes
    ----------
    resource
        Its id.
    shared
        Whether other services may use it too; then ``units`` are those of all of them, the rest is this service's.
    units
        Units paid for: whole ones when the resource comes in steps.
    used_hours, idle_hours
        Hours used, and hours paid for and not used; zero when the resource has no capacity in hours.
    used_cost, idle_cost
        Kroner a year for each.
    by_use
        The part of ``used_cost`` that follows patients; the rest is time that goes with the year.
    marginal
        Kroner a year that follow the patients when no further whole unit is needed.
    """

    resource: str
    shared: bool
    units: Array
    used_hours: Array
    idle_hours: Array
    used_cost: Array
    idle_cost: Array
    by_use: Array
    marginal: Array


def resource_uses(service: Service, at: Situation) -> dict[str, ResourceUse]:
    """Return the use of each of a service's own resources, and of the shared ones its tasks take, by id.

    Notes
    -----
    A unit has its practical capacity in hours; ``need = hours / capacity``, and with a number of patients per unit the
    larger of that need and ``patients / patients_per_unit``: fewer units than the minutes ask for would have to work
    more hours than there are. Whole units are ``ceil(need)``. A resource that follows patients alone, with no tasks, is
    used as far as the patients go. What several services share is bought for the need of all; each pays for the hours
    it uses, and for the idle part in proportion to them, so that together they pay for all of it.
    """
    uses = {one.id: _use(one, service, (service,), at, shared=False) for one in service.resources}
    for one in shared_resources(service, at.project):
        uses[one.id] = _use(one, service, sharing(one, at.project), at, shared=True)
    return uses


def shared_resources(service: Service, project: Project) -> tuple[Resource, ...]:
    """Return the shared resources the tasks of a service take."""
    taken = {task.resource for task in service.tasks} - {one.id for one in service.resources}
    return tuple(one for one in project.shared_resources if one.id in taken)


def sharing(resource: Resource, project: Project) -> tuple[Service, ...]:
    """Return the services with a task that takes a shared resource."""
    return tuple(one for one in project.services if resource in shared_resources(one, project))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Need:
    """Units needed by one service, before any rounding up: those that follow patients, and those of the year."""

    by_use: Array
    by_year: Array
    patients: Array

    @property
    def units(self) -> Array:
        return self.by_use + self.by_year


def _need(resource: Resource, service: Service, per_unit: Array | None, at: Situation) -> _Need:
    patients = at.patients[service.id]
    nothing: Array = np.zeros(at.numbers.draws.n)
    if any(task.resource == resource.id for task in service.tasks) and resource.hours > 0:
        by_use = hours_with_patients(service, resource.id, at) / resource.hours
        by_year = hours_of_the_year(service, resource.id, at) / resource.hours
        return _Need(by_use=by_use, by_year=by_year, patients=patients)
    return _Need(by_use=nothing if per_unit is None else patients / per_unit, by_year=nothing, patients=patients)


def _use(
    resource: Resource, service: Service, users: tuple[Service, ...], at: Situation, *, shared: bool
) -> ResourceUse:
    prefix = prefix_of(None if shared else service)
    cost = cost_of_unit(resource, numbers=at.numbers, prefix=prefix).total
    per_unit = _patients_per_unit(resource, at, prefix)
    needs = {one.id: _need(resource, one, per_unit, at) for one in users}
    needed = _total([one.units for one in needs.values()])
    by_patients = None if per_unit is None else _total([one.patients for one in needs.values()]) / per_unit
    raw = needed if by_patients is None else np.maximum(needed, by_patients)
    units = np.maximum(np.ceil(raw - ROUNDING), 0.0) if resource.stepwise else raw
    own = needs[service.id]
    used, idle = own.units, (units - needed) * _share(own, needs, needed)
    if resource.stepwise:
        marginal: Array = np.zeros(at.numbers.draws.n)
    elif by_patients is None or per_unit is None:
        marginal = own.by_use
    else:
        marginal = np.where(by_patients > needed, own.patients / per_unit, own.by_use)
    return ResourceUse(
        resource=resource.id,
        shared=shared,
        units=frozen(units),
        used_hours=frozen(used * resource.hours),
        idle_hours=frozen(idle * resource.hours),
        used_cost=frozen(used * cost),
        idle_cost=frozen(idle * cost),
        by_use=frozen(own.by_use * cost),
        marginal=frozen(marginal * cost),
    )


def _share(own: _Need, needs: dict[str, _Need], needed: Array) -> Array:
    """The service's share of what is idle: as its use, or as its patients where nothing at all is used."""
    patients = _total([one.patients for one in needs.values()])
    shape = np.broadcast(needed, patients).shape
    by_patients = np.divide(own.patients, patients, out=np.full(shape, 1.0 / len(needs)), where=patients > 0)
    share: Array = np.divide(own.units, needed, out=by_patients, where=needed > 0)
    return share


def _patients_per_unit(resource: Resource, at: Situation, prefix: str) -> Array | None:
    if resource.patients_per_unit is None:
        return None
    found = at.numbers.column(f"{prefix}.patients_per_unit.{resource.id}", resource.patients_per_unit)
    # Something is divided by it: near zero the need has no end, and below zero the cost would be left out unseen.
    if not found.min() > 0:
        raise UnusableDistribution("distribution_ratio_not_positive", value=float(found.min()))
    return found


def _total(parts: list[Array]) -> Array:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total
