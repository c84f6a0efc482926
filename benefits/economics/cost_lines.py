"""What a project costs, and the money that moves whether events are avoided or not: grants and agreed service prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.draws import Draws
from benefits.economics.flows import FlowRow, Line
from benefits.economics.inputs import distribution_of
from benefits.economics.service_price import MONTHS, yearly_cost
from benefits.errors import Gap
from benefits.project.fields import Text
from benefits.project.model import Project
from benefits.project.money import Cost, Funding, Service
from benefits.vocabulary import Layer, Standing

WEIGHTS: Mapping[str, int] = {"cost_outside_horizon": 40, "resource_without_task": 30}
"""How much each gap matters, beside those of the plan itself."""


def cost_lines(project: Project, *, years: tuple[int, ...], draws: Draws, gaps: list[Gap]) -> Iterator[Line]:
    """Yield one negative row per cost; a cost without an amount and without a service has none.

    An amount is kroner of the project's price year. It is paid from ``first_year`` (else the year of go-live) to
    ``last_year`` (else the end of the horizon); one that is paid once is paid in ``first_year``. Costs per patient
    follow the project's volume, a modelled service its own volume where it has one.
    """
    services = {service.id: service for service in project.services}
    for cost in project.costs:
        paid = _years_paid(cost, project, years)
        service = services.get(cost.service) if cost.service is not None else None
        if cost.amount is None and service is None:
            continue
        if not any(year in paid for year in years):
            gaps.append(Gap(code="cost_outside_horizon", subject=cost.id, weight=WEIGHTS["cost_outside_horizon"]))
            continue
        if cost.amount is not None:
            amount = draws.column(f"cost.{cost.id}", distribution_of(cost.amount))
            values = np.multiply.outer([_times(cost, project, year) * (year in paid) for year in years], amount)
        else:
            assert service is not None
            gaps.extend(_idle_resources(service))
            values = np.stack(
                [_service_year(service, project, year, draws) * float(year in paid) for year in years]
            )
        yield Line(
            row=_row(
                cost.actor, cost.id, "cost", standing=cost.standing, source=_text(cost.source or _source_of(service), project)
            ),
            values=-values,
        )


def grant_lines(project: Project, *, years: tuple[int, ...], draws: Draws) -> Iterator[Line]:
    """Yield two rows per source of financing that passes from one actor to another; own money is no flow."""
    for grant in project.financing.sources if project.financing else ():
        if grant.payer != grant.receiver and any(grant.amounts.get(year) for year in years):
            yield from _paid(grant.payer, grant.receiver, f"financing.{grant.id}", _grant_years(grant, years, draws))


def agreed_price_lines(project: Project, *, years: tuple[int, ...], draws: Draws) -> Iterator[Line]:
    """Yield two rows per service that one actor buys from another: the agreed price times its patient-months."""
    for service in project.services:
        if service.agreed_price is None or service.payer is None or service.payer == service.provider:
            continue
        yearly = [service.agreed_price * MONTHS * service_volume(service, project, year) for year in years]
        if any(yearly):
            values = _certain(yearly, draws)
            source = _text(service.source, project)
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


def _service_year(service: Service, project: Project, year: int, draws: Draws) -> Array:
    return yearly_cost(service, volume=service_volume(service, project, year), draws=draws)


def _idle_resources(service: Service) -> Iterator[Gap]:
    used = {task.resource for task in service.tasks}
    for resource in service.resources:
        if resource.id not in used:
            yield Gap(
                code="resource_without_task",
                subject=service.id,
                weight=WEIGHTS["resource_without_task"],
                parameters={"resource": resource.id},
            )


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


def _row(
    actor: str, item: str, layer: Layer, *, standing: Standing, source: str, counterpart: str = ""
) -> FlowRow:
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


def _source_of(service: Service | None) -> Text | None:
    return service.source if service is not None else None


def _text(text: Text | None, project: Project) -> str:
    return text.in_language(project.first_language, first=project.first_language)[0] if text else ""
