"""How many patients a service has: its own, those other services use it for, and those who start and end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.service.means import Columns
from benefits.project.model import Project
from benefits.project.rules_common import numbers_of
from benefits.project.service import Service, ServiceUse

MONTHS = 12


def own_volume(service: Service, project: Project, year: int) -> float:
    """Return the mean number of patients of a service in a year: its own, else the project's.

    Examples
    --------
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "services": (
    ...     {"id": "dho", "title": "DHO", "provider": "k", "volume": {2026: 80.0}},)})
    >>> own_volume(project.services[0], project, 2026), own_volume(project.services[0], project, 2027)
    (80.0, 0.0)
    """
    return service.volume.get(year, 0.0) if service.volume else project.volume(year)


def named_years(service: Service, project: Project) -> tuple[int, ...]:
    """Return the years a service is looked at in: those of the plan, or all that are named without a start."""
    named = service.volume or (project.patient_group.volume if project.patient_group is not None else {})
    return project.years or tuple(sorted(named))


def priced_years(service: Service, project: Project) -> tuple[int, ...]:
    """Return the years in which the service has patients, its own or those another service uses it for."""
    years = set(named_years(service, project))
    for one in _users(service, project):
        years.update(named_years(one, project))
    by_itself_or_used = (service, *_users(service, project))
    return tuple(year for year in sorted(years) if any(own_volume(one, project, year) > 0 for one in by_itself_or_used))


def largest_year(service: Service, project: Project, *, numbers: Columns) -> int | None:
    """Return the first year of the largest volume; None when no year has any."""
    years = priced_years(service, project)
    mean = {year: float(total_volumes(project, year=year, numbers=numbers)[service.id].mean()) for year in years}
    return max(years, key=lambda year: mean[year], default=None)


def total_volumes(
    project: Project, *, year: int | None, numbers: Columns, given: Mapping[str, Array] | None = None
) -> dict[str, Array]:
    """Return the patients of every service in a year: its own, and what the services that use it need.

    A volume is what is planned for, and is not uncertain: an uncertain amount of another service is taken at its mean.

    Parameters
    ----------
    project
        Its services; a circle of them is told before anything is computed.
    year
        None: no service has patients of its own.
    numbers
        Where uncertain numbers get their draws.
    given
        Volumes that stand instead of what is worked out, by service.

    Examples
    --------
    A call centre of its own 20 patients, and half a patient-month of it per patient-month of a service with 60.

    >>> from benefits.economics.draws import Draws
    >>> from benefits.economics.numbers import Numbers
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "services": (
    ...     {"id": "dho", "title": "D", "provider": "k", "volume": {2026: 60.0},
    ...      "uses": ({"service": "centre", "amount": 0.5},)},
    ...     {"id": "centre", "title": "C", "provider": "k", "volume": {2026: 20.0}})})
    >>> found = total_volumes(project, year=2026, numbers=Numbers(draws=Draws(n=1), inputs={}))
    >>> found["dho"].tolist(), found["centre"].tolist()
    ([60.0], [50.0])
    """
    totals: dict[str, Array] = {}
    for service in _users_first(project):
        if given is not None and service.id in given:
            totals[service.id] = given[service.id]
            continue
        own = own_volume(service, project, year) if year is not None else 0.0
        total: Array = np.full(numbers.draws.n, own)
        for user in project.services:
            for use in user.uses:
                if use.service == service.id:
                    total = total + totals[user.id] * numbers.spread(use.amount).mean
        totals[service.id] = frozen(total)
    return totals


def amount_used(user: Service, used: str, *, numbers: Columns) -> Array:
    """Return how many patient-months of another service a patient-month of this one takes, shape (draw,)."""
    amounts = [
        numbers.column(f"service.{user.id}.uses.{use.service}", use.amount) for use in user.uses if use.service == used
    ]
    return frozen(np.maximum(np.sum(amounts, axis=0), 0.0)) if amounts else frozen(np.zeros(numbers.draws.n))


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A year, or a volume that is tried, in which services are priced.

    Attributes
    ----------
    project, numbers
        What is priced, and where uncertain numbers get their draws.
    year
        None: none in particular.
    patients
        Mean number of patients of every service; arrays that go with shape (draw,).
    planned
        The same as the project says it, so that those who start and end keep their share of the patients.
    worked_out
        What each service that others use costs here, once it has been worked out: a long chain asks for it many times.
    """

    project: Project
    numbers: Columns
    year: int | None
    patients: Mapping[str, Array]
    planned: Mapping[str, Array]
    worked_out: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def starting(self, service: Service) -> Array:
        """Patients who start in the year."""
        return self._turned_over(service, service.starting)

    def ending(self, service: Service) -> Array:
        """Patients who end in the year."""
        return self._turned_over(service, service.ending)

    def _turned_over(self, service: Service, by_year: Mapping[int, float]) -> Array:
        number = by_year.get(self.year, 0.0) if self.year is not None else 0.0
        planned, patients = self.planned[service.id], self.patients[service.id]
        # Before anybody is in the service those who start are as many as is said.
        share = np.divide(patients, planned, out=np.ones(np.broadcast(patients, planned).shape), where=planned > 0)
        return share * number


def situation(
    project: Project, *, numbers: Columns, year: int | None, given: Mapping[str, Array] | None = None
) -> Situation:
    """Return a year of a project, with other volumes for some of its services when they are given."""
    planned = total_volumes(project, year=year, numbers=numbers)
    patients = planned if given is None else total_volumes(project, year=year, numbers=numbers, given=given)
    return Situation(project=project, numbers=numbers, year=year, patients=patients, planned=planned)


def _users(service: Service, project: Project) -> tuple[Service, ...]:
    """All services that use this one, also through others."""
    found: list[Service] = []
    waiting = [service.id]
    while waiting:
        used = waiting.pop()
        for one in project.services:
            if one not in found and any(use.service == used and _takes_some(use, project) for use in one.uses):
                found.append(one)
                waiting.append(one.id)
    return tuple(found)


def _takes_some(use: ServiceUse, project: Project) -> bool:
    """Whether the amount, in its place or under the assumption it names, is written as more than nothing."""
    written = [number for _, number in numbers_of(project.assumptions.get(use.amount.assumption or "", use.amount))]
    return not written or any(number > 0 for number in written)


def _users_first(project: Project) -> list[Service]:
    ordered: list[Service] = []
    left = list(project.services)
    while left:
        used = {use.service for one in left for use in one.uses}
        free = [one for one in left if one.id not in used]
        if not free:
            raise ValueError("services that use each other in a circle")
        ordered.extend(free)
        left = [one for one in left if one.id in used]
    return ordered
