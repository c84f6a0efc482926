"""The numbers a price is worked out from, as the project file states them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from benefits.economics.numbers import UnusableNumber
from benefits.project.fields import Quantity
from benefits.project.service import Resource, Service, Task, UnitCost, Vat
from benefits.reference.distributions import UnusableDistribution
from benefits.results.price.adding import Adding
from benefits.vocabulary import Exposure, Unit

Stated = tuple[str, Quantity | float, Unit, Exposure]


def add_stated(service: Service, adding: Adding) -> None:
    """Add every number a service states, under ``service.<id>.input.<kind>.<id>``."""
    for name, number, unit, per in of_service(service):
        adding.stated(f"input.{name}", number, unit, per=per)
    if service.agreed_price is not None:
        adding.certain("agreed", service.agreed_price, "kroner", per="person_month")


def add_resource(resource: Resource, adding: Adding) -> None:
    """Add what a resource costs and its practical capacity, under ``<prefix>.input``."""
    for name, number, unit, per in of_resource(resource):
        adding.stated(f"input.{name}", number, unit, per=per)


def add_usable(stated: Iterable[Stated], adding: Adding) -> None:
    """Add, of the numbers something states, those that can be used."""
    for name, number, unit, per in stated:
        with suppress(UnusableNumber, UnusableDistribution):
            adding.stated(f"input.{name}", number, unit, per=per)


def of_service(service: Service) -> Iterator[Stated]:
    """Yield every number a service states: what it is called, the number, its unit and what it is per."""
    for fixed in service.fixed:
        name = f"fixed.{fixed.id}"
        if fixed.amount is not None:
            yield name, fixed.amount, "kroner", "year" if fixed.per == "year" else "none"
        if fixed.every is not None:
            yield f"{name}.every", fixed.every, "persons", "none"
        for place, band in enumerate(fixed.bands, 1):
            yield f"{name}.band.{place}.from", band.from_patients, "persons", "none"
            yield f"{name}.band.{place}.amount", band.amount, "kroner", "year" if fixed.per == "year" else "none"
        yield from _of_vat(name, fixed.vat)
    for kind, costs, per in _unit_costs(service):
        for cost in costs:
            yield f"{kind}.{cost.id}", cost.amount, "kroner", per
            yield from _of_vat(f"{kind}.{cost.id}", cost.vat)
    for item in service.equipment:
        yield f"equipment.{item.id}", item.price, "kroner", "none"
        yield f"lifetime.{item.id}", item.lifetime_months, "months", "none"
        if item.lost_per_year:
            yield f"lost.{item.id}", item.lost_per_year, "share", "none"
        if item.residual:
            yield f"residual.{item.id}", item.residual, "kroner", "none"
        yield from _of_vat(f"equipment.{item.id}", item.vat)
    if service.capital_rate is not None:
        yield "capital_rate", service.capital_rate, "share", "none"
    for resource in service.resources:
        yield from of_resource(resource)
    for driver in service.drivers:
        per_month: Exposure = "none" if driver.group else "person_month"
        yield f"driver.{driver.id}", driver.amount, "share" if driver.group else "count", per_month
    for task in service.tasks:
        yield from _of_task(task)
    for use in service.uses:
        yield f"uses.{use.service}", use.amount, "ratio", "none"
    for party in service.parties:
        if party.share is not None:
            yield f"party.{party.actor}.share", party.share, "share", "none"
        if party.key is not None:
            yield f"party.{party.actor}.key", party.key, "count", "none"
    if service.notice_months is not None:
        yield "notice", service.notice_months, "months", "none"


def _unit_costs(service: Service) -> Iterator[tuple[str, tuple[UnitCost, ...], Exposure]]:
    yield "per_patient_month", service.per_patient_month, "person_month"
    yield "per_start", service.per_start, "patient"
    yield "per_end", service.per_end, "patient"


def _of_vat(name: str, vat: Vat | None) -> Iterator[Stated]:
    if vat is not None:
        yield f"{name}.vat", vat.rate, "share", "none"


def of_resource(resource: Resource) -> Iterator[Stated]:
    """Yield every number a resource states, as ``of_service``."""
    id = resource.id
    if resource.cost_per_year is not None:
        yield f"resource.{id}", resource.cost_per_year, "kroner", "year"
    if resource.pay is not None:
        pay = resource.pay
        yield f"pay.{id}.monthly", pay.monthly, "kroner", "full_time_month"
        yield f"pay.{id}.holiday_pay", pay.holiday_pay, "share", "none"
        yield f"pay.{id}.pension", pay.pension, "share", "none"
        yield f"pay.{id}.payroll_tax", pay.payroll_tax, "share", "none"
        if pay.other:
            yield f"pay.{id}.other", pay.other, "kroner", "year"
    if resource.overhead:
        yield f"overhead.{id}", resource.overhead, "share", "none"
    if resource.capacity is not None:
        yield f"capacity.{id}.paid", resource.capacity.paid_hours, "hours", "full_time_position"
        for place, one in enumerate(resource.capacity.less, 1):
            yield f"capacity.{id}.less.{place}", one.hours, "hours", "full_time_position"
    if resource.hours:
        yield f"hours.{id}", resource.hours, "hours", "full_time_position"
    if resource.patients_per_unit is not None:
        yield f"patients_per_unit.{id}", resource.patients_per_unit, "persons", "none"


_PER_OF_TASK: dict[str, Exposure] = {
    "patient_month": "person_month",
    "start": "patient",
    "end": "patient",
    "year": "year",
}
"""What the minutes of a task are per."""


def per_of(task: Task) -> Exposure:
    """Return what the minutes and the cost of a task are per."""
    return _PER_OF_TASK[task.per]


def _of_task(task: Task) -> Iterator[Stated]:
    yield f"task.{task.id}", task.minutes, "minutes", per_of(task)
    for driver, minutes in task.extra.items():
        yield f"task.{task.id}.{driver}", minutes, "minutes", "none"
