"""What a service lacks for its price, or its split, to hold all it should."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from benefits.economics.service.capacity import shared_resources, sharing
from benefits.economics.service.volumes import own_volume, priced_years
from benefits.errors import Gap, Parameter
from benefits.project.model import Project
from benefits.project.service import Service

WEIGHTS: Mapping[str, int] = {
    "starting_missing": 60,
    "ending_missing": 55,
    "party_volume_missing": 65,
    "agreed_price_missing_for_parties": 45,
    "shared_resource_unused": 30,
    "first_year_not_whole": 28,
    "price_ends_before_plan": 33,
}
"""How much each gap matters, beside those of the plan itself."""


def service_gaps(project: Project) -> tuple[Gap, ...]:
    """Return what the services of a project lack, service by service.

    Examples
    --------
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "services": (
    ...     {"id": "dho", "title": "D", "provider": "k", "volume": {2026: 80.0},
    ...      "per_start": ({"id": "training", "title": "T", "amount": 900.0},)},)})
    >>> [(gap.code, gap.subject) for gap in service_gaps(project)]
    [('starting_missing', 'service.dho')]
    """
    found = [gap for service in project.services for gap in _of_service(service, project)]
    unused = [one.id for one in project.shared_resources if not sharing(one, project)]
    return (*found, *(_gap("shared_resource_unused", f"shared_resource.{id}") for id in unused))


def _of_service(service: Service, project: Project) -> Iterator[Gap]:
    subject = f"service.{service.id}"
    times = {task.per for task in service.tasks}
    years = priced_years(service, project)
    if (service.per_start or "start" in times) and not any(service.starting.get(year) for year in years):
        yield _gap("starting_missing", subject)
    if (service.per_end or "end" in times) and not any(service.ending.get(year) for year in years):
        yield _gap("ending_missing", subject)
    start = project.go_live
    midway = start is not None and start.year in years and (start.month, start.day) > (1, 1)
    if start is not None and midway and _by_the_year(service, project):
        yield _gap("first_year_not_whole", subject, year=start.year)
    ends = service.valid_until
    paid_for = service.parties or service.agreed_price is not None
    if ends is not None and paid_for and years and ends < date(years[-1], 12, 31):
        yield _gap("price_ends_before_plan", subject, year=ends.year, last=years[-1])
    others = [party for party in service.parties if party.share is None]
    lacking = [
        year
        for year in years
        if own_volume(service, project, year) > 0 and not any(party.volume.get(year) for party in others)
    ]
    if others and lacking:
        yield _gap("party_volume_missing", subject, years=", ".join(str(year) for year in lacking))
    if service.parties and service.agreed_price is None:
        yield _gap("agreed_price_missing_for_parties", subject)


def _by_the_year(service: Service, project: Project) -> bool:
    """Whether something costs by the year: fixed costs, whole units, time that goes with the year."""
    resources = (*service.resources, *shared_resources(service, project))
    timed = any(task.per == "year" for task in service.tasks)
    return bool(service.fixed) or timed or any(one.stepwise for one in resources)


def _gap(code: str, subject: str, **parameters: Parameter) -> Gap:
    return Gap(code=code, subject=subject, weight=WEIGHTS[code], parameters=parameters)
