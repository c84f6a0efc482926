"""The price of a service per patient-month (tjenestepris): time-driven activity-based costing on practical capacity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.numbers import Numbers
from benefits.economics.refusals import WithoutVolume
from benefits.economics.service.capacity import ResourceUse, resource_uses
from benefits.economics.service.items import IDLE, Item, ItemKind, items_of
from benefits.economics.service.means import Columns
from benefits.economics.service.minutes import groups_of, hours_of_the_year, hours_with_patients
from benefits.economics.service.volumes import MONTHS, Situation, largest_year, own_volume, situation
from benefits.project.model import Project
from benefits.project.service import Service

CITATION = "Kaplan RS, Anderson SR. Time-driven activity-based costing. Harvard Business Review 2004;82(11):131-138."
"""Where the method is from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePart:
    """One part of a price: kroner per patient-month, shape (draw,).

    Attributes
    ----------
    id, kind
        Which, among those of its kind.
    of
        Of merverdiavgift: the kind of what it is on; else as ``kind``.
    amount
        Kroner per patient-month.
    """

    id: str
    kind: ItemKind
    of: ItemKind
    amount: Array

    @property
    def key(self) -> str:
        """What tells it from every other part: ``fixed.platform``, ``vat.equipment.tablet``."""
        return f"{self.kind}.{self.id}" if self.of == self.kind else f"{self.kind}.{self.of}.{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePrice:
    """What one patient-month costs at a volume; kroner, arrays of shape (draw,).

    Attributes
    ----------
    service
        Its id.
    year
        The year it is of; None when of none in particular.
    volume
        Mean number of patients in the service over the year, those other services use it for among them.
    full
        All cost of the year over its patient-months, idle capacity included.
    at_used_capacity
        The same without idle capacity: what it would cost if every hour paid for were used.
    marginal
        One more patient-month, with the same share who start and end, as long as nothing further that comes in steps is
        needed.
    by_use, fixed
        What follows the patients, time used with them among it, and what does not, idle capacity among it; together
        the full price.
    resources
        Use of each resource, by id.
    parts
        What the full price is made of; they sum to it.
    groups
        The full price of a patient in each group, by id, and under ``""`` of one in none; empty without groups. With
        the shares of the groups as weights their mean is the full price.
    """

    service: str
    year: int | None
    volume: float
    full: Array
    at_used_capacity: Array
    marginal: Array
    by_use: Array
    fixed: Array
    resources: Mapping[str, ResourceUse]
    parts: tuple[PricePart, ...]
    groups: Mapping[str, Array]


def price(
    project: Project, service: Service, *, numbers: Numbers, year: int | None = None, volume: float | None = None
) -> ServicePrice:
    """Return the price of a service, in a year or at a volume.

    Parameters
    ----------
    project
        Where the services it uses, and those it shares resources with, are.
    service
        Its tasks, resources, fixed costs, costs per patient-month, start and end, and equipment.
    numbers
        Where uncertain numbers get their draws.
    year
        None: the year of its largest volume.
    volume
        Mean number of patients over the year, above zero; None: as the project says. At another volume the other
        services are as in the year, and as large a share of the patients start and end.

    Raises
    ------
    WithoutVolume
        When the volume is not above zero: nothing can be divided among no patients.
    UnusableNumber, UnusableDistribution
        When a number cannot be used where it stands.

    Notes
    -----
    With n patients, 12 n patient-months and T the practical capacity in hours of a unit:
    ``(fixed + steps) / (12 n) + per patient-month + equipment + (starts + ends) / (12 n) + minutes / 60 x cost / T``,
    and merverdiavgift that is not compensated. A resource that comes in steps is paid for in whole units; what is paid
    for and not used is a part of its own.

    References
    ----------
    Kaplan RS, Anderson SR. Time-driven activity-based costing. Harvard Business Review 2004;82(11):131-138.

    Examples
    --------
    >>> from benefits.economics.draws import Draws
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "services": (
    ...     {"id": "dho", "title": "DHO", "provider": "k",
    ...      "per_patient_month": ({"id": "licence", "title": "Lisens", "amount": 250.0},),
    ...      "fixed": ({"id": "platform", "title": "Plattform", "amount": 96_000.0},)},)})
    >>> numbers = Numbers(draws=Draws(n=1), inputs={})
    >>> price(project, project.services[0], volume=80, numbers=numbers).full.tolist()
    [350.0]
    """
    in_year = year if year is not None else largest_year(service, project, numbers=numbers)
    return price_at(service, at_volume(project, service, numbers=numbers, year=in_year, volume=volume))


def prices_at(
    project: Project, service: Service, *, numbers: Numbers, volumes: Iterable[float], year: int | None = None
) -> tuple[ServicePrice, ...]:
    """Return the price of a service at each volume, with the same draws, so that only the volume differs.

    Raises
    ------
    WithoutVolume, UnusableNumber, UnusableDistribution
        As ``price``.
    """
    return tuple(price(project, service, numbers=numbers, year=year, volume=volume) for volume in volumes)


def yearly_cost(project: Project, service: Service, *, numbers: Numbers, year: int) -> Array:
    """Return what a service's own patients cost in a year, kroner, shape (draw,), idle capacity included.

    What other services use it for is in their cost, so that nothing is counted twice. With no patients at all what is
    fixed remains.
    """
    return cost_and_use(project, service, numbers=numbers, year=year)[0]


def cost_and_use(project: Project, service: Service, *, numbers: Numbers, year: int) -> tuple[Array, Array]:
    """Return ``yearly_cost``, and the part of it that follows the patients; kroner, shape (draw,) each."""
    at = situation(project, numbers=numbers, year=year)
    patients = at.patients[service.id]
    share = np.divide(own_volume(service, project, year), patients, out=np.ones_like(patients), where=patients > 0)
    items = items_of(service, at)
    amount, by_use = sum(item.amount for item in items), sum(item.by_use for item in items)
    return _of_draws(amount * share, numbers), _of_draws(by_use * share, numbers)


def at_volume(
    project: Project, service: Service, *, numbers: Columns, year: int | None, volume: float | Array | None
) -> Situation:
    """Return a year of a project in which a service has this volume; as the project says when it is None."""
    given = None if volume is None else {service.id: np.asarray(volume, dtype=np.float64)}
    return situation(project, numbers=numbers, year=year, given=given)


def price_at(service: Service, at: Situation) -> ServicePrice:
    """Return the price of a service in a situation.

    Raises
    ------
    WithoutVolume
        When it has no patients then.
    """
    patients = at.patients[service.id]
    if not np.all(patients > 0):
        raise WithoutVolume("service_without_volume", service=service.id)
    months = MONTHS * patients
    items = items_of(service, at)

    def per_month(total: Callable[[Item], Array]) -> Array:
        return _of_draws(sum(total(item) for item in items) / months, at.numbers)

    full = per_month(lambda item: item.amount)
    by_use = per_month(lambda item: item.by_use)
    uses = resource_uses(service, at)
    return ServicePrice(
        service=service.id,
        year=at.year,
        volume=float(patients.mean()),
        full=full,
        at_used_capacity=per_month(lambda item: item.amount * (item.kind not in IDLE)),
        marginal=per_month(lambda item: item.marginal),
        by_use=by_use,
        fixed=frozen(full - by_use),
        resources=uses,
        parts=tuple(
            PricePart(id=one.id, kind=one.kind, of=one.of, amount=_of_draws(one.amount / months, at.numbers))
            for one in items
        ),
        groups={group: _of_group(service, group, full, uses, at) for group in groups_of(service, numbers=at.numbers)},
    )


def _of_group(service: Service, group: str, full: Array, uses: Mapping[str, ResourceUse], at: Situation) -> Array:
    """The mean price, with the time of the group instead of the mean time, and idle time in proportion to it."""
    months = MONTHS * at.patients[service.id]
    price = full
    for id, use in uses.items():
        mean = hours_with_patients(service, id, at)
        all_hours = mean + hours_of_the_year(service, id, at)
        own = hours_with_patients(service, id, at, group=group)
        a_hour = np.divide(use.used_cost + use.idle_cost, all_hours, out=np.zeros_like(all_hours), where=all_hours > 0)
        price = price + (own - mean) * a_hour / months
    return _of_draws(price, at.numbers)


def _of_draws(values: Array | float, numbers: Columns) -> Array:
    return frozen(np.broadcast_to(values, (numbers.draws.n,)))
