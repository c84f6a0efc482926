"""What a project costs, and the money that moves whatever happens to events: grants and agreed service prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.draws import Draws
from benefits.economics.flows import FlowRow, Line
from benefits.economics.inputs import distribution_of
from benefits.economics.service_price import MONTHS, yearly_cost
from benefits.errors import Gap, Parameter
from benefits.project.model import Project
from benefits.project.money import Cost, Funding
from benefits.project.service import Service
from benefits.reference.distributions import UnusableDistribution
from benefits.vocabulary import Layer, Standing

WEIGHTS: Mapping[str, int] = {
    "cost_outside_horizon": 40,
    "grant_outside_horizon": 40,
    "no_volume_for_cost": 70,
    "resource_without_task": 30,
    "unusable_cost": 70,
}
"""How much each gap matters, beside those of the plan itself."""


def cost_lines(project: Project, *, years: tuple[int, ...], draws: Draws, gaps: list[Gap]) -> Iterator[Line]:
    """Yield one negative row per cost.

    A cost without an amount and without a service has none, nor has one that follows a volume nobody has given: a row
    of zeros would say that it costs nothing.

    An amount is kroner of the project's price year. It is paid from ``first_year`` (else the year of go-live) to
    ``last_year`` (else the end of the horizon); one that is paid once is paid in ``first_year``. Costs per patient
    follow the project's volume, a modelled service its own volume where it has one.
    """
    services = {service.id: service for service in project.services}
    for cost in project.costs:
        service = services.get(cost.service) if cost.service is not None else None
        if cost.amount is None and service is None:
            continue
        paid = _years_paid(cost, project, years)
        if not any(year in paid for year in years):
            gaps.append(_gap("cost_outside_horizon", cost.id))
            continue
        if not _has_volume(cost, service, project, years):
            gaps.append(_gap("no_volume_for_cost", cost.id))
            continue
        try:
            yearly = [_cost_of_year(cost, service, project, year, draws) for year in years]
        except UnusableDistribution:
            gaps.append(_gap("unusable_cost", cost.id))
            continue
        if cost.amount is None and service is not None:
            gaps.extend(_idle_resources(service))
        row = _row(cost.actor, cost.id, "cost", standing=cost.standing, source=_source(cost, service, project))
        spent = np.stack([one * float(year in paid) for year, one in zip(years, yearly, strict=True)])
        yield Line(row=row, values=-spent)


def grant_lines(project: Project, *, years: tuple[int, ...], draws: Draws, gaps: list[Gap]) -> Iterator[Line]:
    """Yield two rows per source of financing that passes from one actor to another; own money is no flow.

    An amount in a year outside ``years`` is in no row, and a gap says so.
    """
    for grant in project.financing.sources if project.financing else ():
        if grant.payer == grant.receiver:
            continue
        if any(amount for year, amount in grant.amounts.items() if year not in years):
            gaps.append(_gap("grant_outside_horizon", grant.id))
        if any(grant.amounts.get(year) for year in years):
            yield from _paid(grant.payer, grant.receiver, f"financing.{grant.id}", _grant_years(grant, years, draws))


def agreed_price_lines(project: Project, *, years: tuple[int, ...], draws: Draws) -> Iterator[Line]:
    """Yield two rows per service that one actor buys from another: the agreed price times its patient-months."""
    for service in project.services:
        if service.agreed_price is None or service.payer is None or service.payer == service.provider:
            continue
        yearly = [service.agreed_price * MONTHS * service_volume(service, project, year) for year in years]
        if any(yearly):
            values = _certain(yearly, draws)
            source = project.said(service.source)
            item = f"service.{service.id}"
            yield from _paid(service.payer, service.provider, item, values, standing=service.standing, source=source)


def service_volume(service: Service, project: Project, year: int) -> float:
    """Return the mean number of patients of a service in a year: its own, else the project's."""
    return service.volume.get(year, 0.0) if service.volume else project.volume(year)


def _years_paid(cost: Cost, project: Project, years: tuple[int, ...]) -> range:
    start = project.go_live.year if project.go_live is not None else (years[0] if years else 0)
    first = cost.first_year if cost.first_year is not None else start
    if cost.per == "once":
        return range(first, first + 1)
    last = cost.last_year if cost.last_year is not None else (years[-1] if years else first)
    return range(first, last + 1)


def _times(cost: Cost, project: Project, year: int) -> float:
    return {
        "year": 1.0,
        "once": 1.0,
        "patient_month": MONTHS * project.volume(year),
        "patient_year": project.volume(year),
    }[cost.per]


def _has_volume(cost: Cost, service: Service | None, project: Project, years: tuple[int, ...]) -> bool:
    if cost.amount is not None:
        return cost.per not in {"patient_month", "patient_year"} or any(project.volume(year) for year in years)
    return service is not None and any(service_volume(service, project, year) for year in years)


def _cost_of_year(cost: Cost, service: Service | None, project: Project, year: int, draws: Draws) -> Array:
    if cost.amount is not None:
        return draws.column(f"cost.{cost.id}", distribution_of(cost.amount)) * _times(cost, project, year)
    assert service is not None
    return yearly_cost(service, volume=service_volume(service, project, year), draws=draws)


def _gap(code: str, subject: str, **parameters: Parameter) -> Gap:
    return Gap(code=code, subject=subject, weight=WEIGHTS[code], parameters=parameters)


def _idle_resources(service: Service) -> Iterator[Gap]:
    used = {task.resource for task in service.tasks}
    for resource in service.resources:
        if resource.id not in used:
            yield _gap("resource_without_task", service.id, resource=resource.id)


def _grant_years(grant: Funding, years: tuple[int, ...], draws: Draws) -> Array:
    return _certain([grant.amounts.get(year, 0.0) for year in years], draws)


def _certain(yearly: list[float], draws: Draws) -> Array:
    return np.repeat(np.array(yearly, dtype=np.float64)[:, np.newaxis], draws.n, axis=1)


def _paid(
    payer: str, receiver: str, item: str, values: Array, *, standing: Standing = "assumed", source: str = ""
) -> Iterator[Line]:
    given = _row(payer, item, "transfer", standing=standing, source=source, counterpart=receiver)
    taken = _row(receiver, item, "transfer", standing=standing, source=source, counterpart=payer)
    yield Line(row=given, values=-values)
    yield Line(row=taken, values=values)


def _row(actor: str, item: str, layer: Layer, *, standing: Standing, source: str, counterpart: str = "") -> FlowRow:
    return FlowRow(
        actor=actor,
        item=item,
        layer=layer,
        basis="expected",
        unit="kroner",
        grade="assumed",
        standing=standing,
        source=source,
        counterpart=counterpart,
    )


def _source(cost: Cost, service: Service | None, project: Project) -> str:
    return project.said(cost.source or (service.source if service is not None else None))
