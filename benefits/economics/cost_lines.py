"""What a project costs, and the money that moves whatever happens to events: grants and agreed service prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.draws import Draws
from benefits.economics.flows import FlowRow, Line
from benefits.economics.investment import purchases, residual_line
from benefits.economics.numbers import Numbers, UnusableNumber
from benefits.economics.pricing import Pricing
from benefits.economics.product import Product, Yearly
from benefits.economics.refusals import CannotCompute
from benefits.economics.service import MONTHS, held_in, own_volume, part_held, split, yearly_cost
from benefits.errors import Gap, Parameter
from benefits.project.model import Project
from benefits.project.money import Cost
from benefits.project.service import Service
from benefits.reference.distributions import UnusableDistribution
from benefits.vocabulary import Layer, Standing

WEIGHTS: Mapping[str, int] = {
    "cost_outside_horizon": 40,
    "grant_outside_horizon": 40,
    "no_volume_for_cost": 70,
    "resource_without_task": 30,
    "service_without_cost": 78,
    "unusable_cost": 70,
}
"""How much each gap matters, beside those of the plan itself."""


def cost_lines(project: Project, *, years: tuple[int, ...], pricing: Pricing, gaps: list[Gap]) -> Iterator[Line]:
    """Yield one negative row per cost, and one for what an investment is worth when the horizon ends.

    A cost without an amount and without a service has none, nor has one that follows a volume nobody has given: a row
    of zeros would say that it costs nothing.

    An amount is kroner of the project's price year. It is paid from ``first_year`` (else the year of go-live) to
    ``last_year`` (else the end of the horizon); one that is paid once is paid in ``first_year``, and one with a
    lifetime again each time it is worn out. Costs per patient follow the project's volume, a modelled service its own
    volume where it has one.
    """
    services = {service.id: service for service in project.services}
    numbers = pricing.numbers
    for cost in project.costs:
        service = services.get(cost.service) if cost.service is not None else None
        if cost.amount is None and service is None:
            continue
        times = np.array([_times(cost, project, year, years) for year in years])
        paid = _years_paid(cost, project, years)
        if not any(year in paid for year in years):
            gaps.append(_gap("cost_outside_horizon", cost.id))
            continue
        if not _has_volume(cost, service, project, years):
            gaps.append(_gap("no_volume_for_cost", cost.id))
            continue
        standing, source = cost.standing, _source(cost, service, project)
        try:
            if cost.amount is not None:
                amount = numbers.column(f"cost.{cost.id}", cost.amount, unit="kroner")
                spent: Yearly = _of_amount(cost, amount, times, years=years, pricing=pricing)
                standing = numbers.standing(cost.amount, otherwise=standing)
                source = source or numbers.source(cost.amount)
            else:
                assert service is not None
                spent = _of_service(service, project, paid, years=years, numbers=numbers)
        except UnusableNumber as refused:
            gaps.append(refused.gap(cost.id))
            continue
        except (CannotCompute, UnusableDistribution):
            gaps.append(_gap("unusable_cost", cost.id))
            continue
        if cost.amount is None and service is not None:
            gaps.extend(_idle_resources(service))
        yield Line(row=_row(cost.actor, cost.id, "cost", standing=standing, source=source), values=-spent)
        if cost.amount is not None:
            first = _first_year(cost, project, years)
            left = residual_line(cost, amount=amount, first=first, years=years, standing=standing, source=source)
            if left is not None:
                yield left


def years_with_cost(service: Service, project: Project) -> frozenset[int]:
    """Return the years in which what a service costs is paid for, those without patients among them: some is fixed."""
    years = project.years
    return frozenset(
        year
        for cost in project.costs
        if cost.amount is None and cost.service == service.id and _has_volume(cost, service, project, years)
        for year in set(_years_paid(cost, project, years)) & set(years)
    )


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
            yearly = _certain([grant.amounts.get(year, 0.0) for year in years], draws)
            yield from _paid(grant.payer, grant.receiver, f"financing.{grant.id}", yearly)


def service_price_lines(
    project: Project, *, years: tuple[int, ...], pricing: Pricing, gaps: list[Gap]
) -> Iterator[Line]:
    """Yield two rows per service that one actor buys from another, and per party that shares one.

    One buyer pays the agreed price times the patient-months; parties pay the provider what each carries of it, or of
    the full cost where no price is agreed. Nobody pays before the price holds, or after; of the years in which it
    begins and ends they pay for the patient-months while it does (``service.part_held``). What the provider carries
    itself is its cost already, and no flow. Where the others pay and no cost is that of the service, the provider has
    an income without what earns it: a gap.
    """
    for service in project.services:
        standing, source = service.standing, project.said(service.source)
        item = f"service.{service.id}"
        if service.parties:
            shares = _shared(service, project, years=years, pricing=pricing, gaps=gaps)
            paid: list[tuple[str, str, Yearly]] = [(f"{item}.{actor}", actor, one) for actor, one in shares.items()]
        else:
            paid = [(item, buyer, one) for buyer, one in _bought(service, project, years=years, draws=pricing.draws)]
        if paid and all(cost.service != service.id for cost in project.costs):
            gaps.append(_gap("service_without_cost", item, service=service.id))
        for name, payer, amounts in paid:
            yield from _paid(payer, service.provider, name, amounts, standing=standing, source=source)


def _bought(
    service: Service, project: Project, *, years: tuple[int, ...], draws: Draws
) -> Iterator[tuple[str, Product]]:
    """What one buyer pays the provider: the agreed price of the patient-months."""
    if service.agreed_price is None or service.payer is None or service.payer == service.provider:
        return
    price = service.agreed_price * MONTHS
    yearly = [price * own_volume(service, project, year) * part_held(service, project, year) for year in years]
    if any(yearly):
        yield service.payer, _certain(yearly, draws)


def _shared(
    service: Service, project: Project, *, years: tuple[int, ...], pricing: Pricing, gaps: list[Gap]
) -> dict[str, Array]:
    """What each party pays the provider, shape (year, draw); a year that cannot be split is told of with the price."""
    paid: dict[str, Array] = {}
    for place, year in enumerate(years):
        if held_in(service, year) is None:
            continue
        try:
            payments = split(project, service, numbers=pricing.numbers, year=year).payments
        except UnusableNumber as refused:
            gaps.append(refused.gap(f"service.{service.id}"))
            continue
        except (CannotCompute, UnusableDistribution):
            continue
        for actor, amount in payments.items():
            paid.setdefault(actor, np.zeros((len(years), pricing.draws.n)))[place] += amount
    return {actor: amounts for actor, amounts in paid.items() if amounts.any()}


def _of_amount(cost: Cost, amount: Array, times: Array, *, years: tuple[int, ...], pricing: Pricing) -> Yearly:
    spent: Yearly = Product(years=times, draws=amount)
    named = pricing.find(cost.amount.assumption) if cost.amount is not None else None
    return spent if named is None else pricing.grown(spent, named, years)


def _of_service(service: Service, project: Project, paid: range, *, years: tuple[int, ...], numbers: Numbers) -> Array:
    none = np.zeros(numbers.draws.n)
    return np.stack(
        [yearly_cost(project, service, numbers=numbers, year=year) if year in paid else none for year in years]
    )


def _first_year(cost: Cost, project: Project, years: tuple[int, ...]) -> int:
    start = project.go_live.year if project.go_live is not None else (years[0] if years else 0)
    return cost.first_year if cost.first_year is not None else start


def _years_paid(cost: Cost, project: Project, years: tuple[int, ...]) -> range:
    first = _first_year(cost, project, years)
    if cost.per == "once" and cost.lifetime_years is None:
        return range(first, first + 1)
    last = cost.last_year if cost.last_year is not None else (years[-1] if years else first)
    return range(first, last + 1)


def _times(cost: Cost, project: Project, year: int, years: tuple[int, ...]) -> float:
    """How many times the amount is paid in a year."""
    if cost.lifetime_years is not None:
        bought = purchases(cost, first=_first_year(cost, project, years), last=years[-1])
        return float(bought.count(year))
    if year not in _years_paid(cost, project, years):
        return 0.0
    return {
        "year": 1.0,
        "once": 1.0,
        "patient_month": MONTHS * project.volume(year),
        "patient_year": project.volume(year),
    }[cost.per]


def _has_volume(cost: Cost, service: Service | None, project: Project, years: tuple[int, ...]) -> bool:
    if cost.amount is not None:
        return cost.per not in {"patient_month", "patient_year"} or any(project.volume(year) for year in years)
    return service is not None and any(own_volume(service, project, year) for year in years)


def _gap(code: str, subject: str, **parameters: Parameter) -> Gap:
    return Gap(code=code, subject=subject, weight=WEIGHTS[code], parameters=parameters)


def _idle_resources(service: Service) -> Iterator[Gap]:
    used = {task.resource for task in service.tasks}
    for resource in service.resources:
        if resource.id not in used and resource.patients_per_unit is None:
            yield _gap("resource_without_task", f"service.{service.id}", resource=resource.id)


def _certain(yearly: list[float], draws: Draws) -> Product:
    return Product(years=np.array(yearly, dtype=np.float64), draws=np.ones(draws.n))


def _paid(
    payer: str, receiver: str, item: str, values: Yearly, *, standing: Standing = "assumed", source: str = ""
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
