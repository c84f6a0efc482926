"""Rules on services and their price: cost and capacity of resources, tasks and drivers, bands, services in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from benefits.project.fields import Quantity
from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc, numbers_of, point_of
from benefits.project.service import FixedCost, Resource, Service

_ROUNDING = 1e-9


def resources(project: Project) -> Iterator[tuple[Loc, Resource]]:
    """Yield every resource of the file: of a service, of several, and the staff of a test arena."""
    for index, resource in enumerate(project.shared_resources):
        yield ("shared_resources", index), resource
    for index, service in enumerate(project.services):
        for place, resource in enumerate(service.resources):
            yield ("services", index, "resources", place), resource
    for index, arena in enumerate(project.test_arenas):
        for place, resource in enumerate(arena.staff):
            yield ("test_arenas", index, "staff", place), resource


def resource_cost(project: Project) -> Iterator[Broken]:
    """A resource has a yearly cost or pay, and one of them only."""
    for loc, resource in resources(project):
        if resource.cost_per_year is not None and resource.pay is not None:
            yield Broken(loc=(*loc, "pay"), code="resource_cost_twice", first=(*loc, "cost_per_year"))
        elif resource.cost_per_year is None and resource.pay is None:
            yield Broken(loc=(*loc, "id"), code="resource_cost_missing", needs=((*loc, "cost_per_year"), (*loc, "pay")))


def resource_capacity(project: Project) -> Iterator[Broken]:
    """A resource that is used by the minute has hours a year, said once, and some of them left for patients."""
    by_minute = {task.resource for service in project.services for task in service.tasks}
    for loc, resource in resources(project):
        capacity = resource.capacity
        if resource.hours_per_year is not None and capacity is not None:
            yield Broken(loc=(*loc, "capacity"), code="capacity_twice", first=(*loc, "hours_per_year"))
        elif capacity is not None and capacity.hours <= 0:
            parameters = {"paid": f"{capacity.paid_hours:g}", "less": f"{capacity.paid_hours - capacity.hours:g}"}
            yield Broken(loc=(*loc, "capacity", "less"), code="capacity_used_up", parameters=parameters)
        elif not resource.hours and (resource.patients_per_unit is None or resource.id in by_minute):
            # The others are counted in patients, and need no hours.
            needs = ((*loc, "hours_per_year"), (*loc, "capacity"), (*loc, "patients_per_unit"))
            yield Broken(loc=(*loc, "id"), code="capacity_missing", needs=needs)


def service_share_outside(project: Project) -> Iterator[Broken]:
    """Additions to pay, overhead, a real rate and the share of patients in a group are shares."""
    for loc, number in _shares(project):
        if not 0 <= number <= 1:
            yield Broken(loc=loc, code="share_outside")


def _shares(project: Project) -> Iterator[tuple[Loc, float]]:
    for loc, resource in resources(project):
        if loc[0] != "test_arenas":
            yield (*loc, "overhead"), resource.overhead
        for name in ("holiday_pay", "pension", "payroll_tax") if resource.pay else ():
            for part, number in numbers_of(getattr(resource.pay, name)):
                yield (*loc, "pay", name, part), number
    for index, service in enumerate(project.services):
        if service.capital_rate is not None:
            yield ("services", index, "capital_rate"), service.capital_rate
        for place, driver in enumerate(service.drivers):
            for part, number in numbers_of(driver.amount) if driver.group else ():
                yield ("services", index, "drivers", place, "amount", part), number


def service_number_too_small(project: Project) -> Iterator[Broken]:
    """No number of a service, a resource or a test arena is below zero; patients per whole unit are above it."""
    told = {loc for loc, _ in _shares(project)}
    for section in ("shared_resources", "services", "test_arenas"):
        for index, one in enumerate(getattr(project, section)):
            for loc, quantity in _quantities(one, (section, index)):
                above = loc[-1] == "patients_per_unit"
                at, stated = _stated(quantity, loc, project)
                for part, number in numbers_of(stated):
                    if (number < 0 or (above and number == 0)) and (*at, part) not in told:
                        told.add((*at, part))
                        code = "not_above" if above else "too_small"
                        yield Broken(loc=(*at, part), code=code, parameters={"limit": "0"})
                        break


def _stated(quantity: Quantity, loc: Loc, project: Project) -> tuple[Loc, Quantity]:
    """Where a number stands, and the number: in its place, or under the assumption it names. Shares have their own."""
    name = quantity.assumption
    named = project.assumptions.get(name) if name is not None else None
    if name is None or named is None or named.unit == "share":
        return loc, quantity
    return ("assumptions", name), named


def _quantities(part: BaseModel, loc: Loc) -> Iterator[tuple[Loc, Quantity]]:
    if isinstance(part, Quantity):
        yield loc, part
        return
    for name in type(part).model_fields:
        held = getattr(part, name)
        inside = enumerate(held) if isinstance(held, tuple) else held.items() if isinstance(held, Mapping) else ()
        for key, one in inside:
            if isinstance(one, BaseModel):
                yield from _quantities(one, (*loc, name, key))
        if isinstance(held, BaseModel):
            yield from _quantities(held, (*loc, name))


def groups_above_one(project: Project) -> Iterator[Broken]:
    """A patient is in one group at most, so the shares of the groups are no more than all patients."""
    for index, service in enumerate(project.services):
        groups = {place: driver.amount for place, driver in enumerate(service.drivers) if driver.group}
        named = {place: project.assumptions.get(amount.assumption or "", amount) for place, amount in groups.items()}
        shares = {place: point_of(amount) or 0.0 for place, amount in named.items()}
        total = sum(shares.values())
        if total > 1 + _ROUNDING and all(share <= 1 for share in shares.values()):
            loc: Loc = ("services", index, "drivers")
            yield Broken(loc=(*loc, max(shares), "amount"), code="groups_above_one", parameters={"sum": f"{total:g}"})


def driver_does_not_fit(project: Project) -> Iterator[Broken]:
    """Only a task per patient-month takes any driver; one per start or end takes groups, one per year none."""
    for index, service in enumerate(project.services):
        counted = {driver.id for driver in service.drivers if not driver.group}
        for place, task in enumerate(service.tasks):
            for driver in task.extra if task.per != "patient_month" else ():
                if task.per == "year" or driver in counted:
                    yield Broken(
                        loc=("services", index, "tasks", place, "extra", driver),
                        code="driver_does_not_fit",
                        parameters={"name": driver},
                        first=("services", index, "tasks", place, "per"),
                        needs=(("services", index, "drivers"),),
                    )


def _fixed(project: Project) -> Iterator[tuple[Loc, FixedCost]]:
    for index, service in enumerate(project.services):
        for place, cost in enumerate(service.fixed):
            yield ("services", index, "fixed", place), cost


def fixed_cost_said(project: Project) -> Iterator[Broken]:
    """A fixed cost is an amount, with or without steps, or bands; one of the two."""
    for loc, cost in _fixed(project):
        if cost.bands and (cost.amount is not None or cost.every is not None):
            first = "amount" if cost.amount is not None else "every"
            yield Broken(loc=(*loc, "bands"), code="fixed_cost_twice", first=(*loc, first))
        elif not cost.bands and cost.amount is None:
            yield Broken(loc=(*loc, "id"), code="fixed_cost_missing", needs=((*loc, "amount"), (*loc, "bands")))


def bands_in_order(project: Project) -> Iterator[Broken]:
    """Bands begin at no patients, and each begins above the one before."""
    for loc, cost in _fixed(project):
        starts = [band.from_patients for band in cost.bands]
        if starts and starts[0] != 0:
            yield Broken(loc=(*loc, "bands", 0, "from_patients"), code="bands_not_from_zero", needs=((*loc, "bands"),))
        for place in range(1, len(starts)):
            if starts[place] <= starts[place - 1]:
                at: Loc = (*loc, "bands")
                first = (*at, place - 1, "from_patients")
                yield Broken(loc=(*at, place, "from_patients"), code="bands_not_ascending", first=first, needs=(at,))
                break


def equipment_residual(project: Project) -> Iterator[Broken]:
    """Equipment is at last worth no more than it cost."""
    for index, service in enumerate(project.services):
        for place, equipment in enumerate(service.equipment):
            written = [number for _, number in numbers_of(equipment.price)]
            if written and min(written) >= 0 and equipment.residual > max(written):
                loc: Loc = ("services", index, "equipment", place)
                yield Broken(loc=(*loc, "residual"), code="equipment_residual", first=(*loc, "price"))


def volume_all_zero(project: Project) -> Iterator[Broken]:
    """A service with volumes has patients in one of the years."""
    for index, service in enumerate(project.services):
        if service.volume and not any(service.volume.values()):
            loc: Loc = ("services", index, "volume")
            yield Broken(loc=loc, code="volume_all_zero", needs=(loc,))


def price_valid_backwards(project: Project) -> Iterator[Broken]:
    """A price does not cease to hold before it begins to."""
    for index, service in enumerate(project.services):
        start, end = service.valid_from, service.valid_until
        if start is not None and end is not None and end < start:
            loc: Loc = ("services", index)
            yield Broken(loc=(*loc, "valid_until"), code="price_valid_backwards", first=(*loc, "valid_from"))


def service_used_twice(project: Project) -> Iterator[Broken]:
    """A service says once how much of another it uses."""
    for index, service in enumerate(project.services):
        seen: dict[str, Loc] = {}
        for place, use in enumerate(service.uses):
            here: Loc = ("services", index, "uses", place, "service")
            if use.service in seen:
                yield Broken(loc=here, code="service_used_twice", first=seen[use.service], needs=(here,))
            else:
                seen[use.service] = here


def services_in_a_circle(project: Project) -> Iterator[Broken]:
    """No service uses itself, alone or through others."""
    services = {service.id: service for service in project.services}
    told: set[frozenset[str]] = set()
    for index, service in enumerate(project.services):
        circle = _circle(service, services)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            place = next(at for at, use in enumerate(service.uses) if use.service == circle[1])
            parameters = {"circle": " → ".join(circle)}
            loc: Loc = ("services", index, "uses", place, "service")
            yield Broken(loc=loc, code="services_in_a_circle", parameters=parameters)


def _circle(start: Service, services: Mapping[str, Service]) -> tuple[str, ...]:
    """The shortest way from a service through those it uses and back to it; empty when there is none."""
    ways: list[tuple[str, ...]] = [(start.id,)]
    seen: set[str] = set()
    for way in ways:
        for use in services[way[-1]].uses:
            if use.service == start.id:
                return (*way, start.id)
            if use.service in services and use.service not in seen:
                seen.add(use.service)
                ways.append((*way, use.service))
    return ()
