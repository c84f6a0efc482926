"""What each service of a project costs per patient-month: every number a report on its price shows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from benefits.economics.numbers import Numbers, UnusableNumber
from benefits.economics.price_level import factor
from benefits.economics.service import (
    NO_GROUP,
    ServicePrice,
    largest_year,
    own_volume,
    price,
    priced_years,
    ramp_up,
    regulated,
    service_gaps,
)
from benefits.errors import Gap
from benefits.project.model import Project
from benefits.project.service import Service
from benefits.reference import Library
from benefits.reference.distributions import UnusableDistribution
from benefits.results.model import PricedPart, PricedService
from benefits.results.price.adding import Adding
from benefits.results.price.gaps import unusable
from benefits.results.price.resources import add_tasks, add_unit
from benefits.results.price.sharing import add_splits
from benefits.results.price.stated import add_resource, add_stated, add_usable, of_resource, of_service
from benefits.results.price.volumes import add_covering, add_saw_tooth, add_steps, add_volumes
from benefits.results.price.years import add_ramp_up, add_years, first_full_year
from benefits.results.values import Values

SHARED = "shared_resource"
"""How the ids of what several services share begin."""
ALWAYS = frozenset({"used_capacity", "idle_capacity"})
"""Parts that are told also when they are nothing: what is idle is never left out."""


def add_service_prices(
    project: Project, *, numbers: Numbers, library: Library, values: Values
) -> tuple[tuple[PricedService, ...], tuple[Gap, ...]]:
    """Add the price of every service at its largest yearly volume; a service without volume has no price.

    Parameters
    ----------
    project
        Its services and what they share.
    numbers
        Where uncertain numbers get their draws.
    library
        Reference values, the indices that prices follow among them.
    values
        Where the numbers are added; of a service with a number that cannot be used, only the others it states.

    Returns
    -------
    tuple
        The services with a price, and what stands in the way of one or is missing in it.
    """
    gaps = list(service_gaps(project))
    priced: list[PricedService] = []
    for resource in project.shared_resources:
        shared = Values()
        adding = Adding(project=project, numbers=numbers, values=shared, prefix=SHARED, service=None)
        try:
            add_resource(resource, adding)
            add_unit(resource, adding, service=None)
        except (UnusableNumber, UnusableDistribution) as refused:
            gaps.append(unusable(refused, f"{SHARED}.{resource.id}"))
            shared = Values()
            add_usable(of_resource(resource), replace(adding, values=shared))
        values.take(shared)
    for service in project.services:
        own = Values()
        adding = Adding(project=project, numbers=numbers, values=own, prefix=f"service.{service.id}", service=service)
        try:
            found = _add(service, adding, library=library)
        except (UnusableNumber, UnusableDistribution) as refused:
            gaps.append(unusable(refused, adding.prefix))
            own, found = Values(), None
            stated = replace(adding, values=own)
            add_usable(of_service(service), stated)
            for year in priced_years(service, project):
                stated.certain(f"year.{year}.volume", own_volume(service, project, year), "persons")
        values.take(own)
        if found is not None:
            priced.append(found)
    return tuple(priced), tuple(gaps)


def _add(service: Service, adding: Adding, *, library: Library) -> PricedService | None:
    add_stated(service, adding)
    for resource in service.resources:
        add_unit(resource, adding, service=service)
    add_tasks(service, adding)
    year = largest_year(service, adding.project, numbers=adding.numbers)
    if year is None:
        return None
    found = price(adding.project, service, numbers=adding.numbers, year=year)
    parts = _add_price(service, found, adding)
    steps = add_steps(service, adding, year=year)
    if steps:
        adding.certain("next_step", min(adding.values[step.value].value or 0.0 for step in steps), "persons")
    years = add_years(service, adding)
    volumes = add_volumes(service, adding, year=year, planned=found.volume, steps=steps)
    return PricedService(
        service=service.id,
        year=year,
        first_full_year=first_full_year(service, adding),
        parts=parts,
        next_step=bool(steps),
        years=years,
        ramp_up=add_ramp_up(ramp_up(adding.project, service, numbers=adding.numbers), adding),
        steps=steps,
        volumes=volumes,
        saw_tooth=add_saw_tooth(service, adding, year=year, volumes=volumes),
        groups=tuple(found.groups),
        losing=add_covering(service, adding, year=year),
        splits=add_splits(service, adding, years=years),
        regulated=_add_regulated(service, adding, years=years, library=library),
    )


def _add_price(service: Service, found: ServicePrice, adding: Adding) -> tuple[PricedPart, ...]:
    for name in ("full", "at_used_capacity", "marginal"):
        adding.worked_out(name, getattr(found, name), "kroner", per="person_month")
    parts: list[PricedPart] = []
    for part in found.parts:
        if part.kind not in ALWAYS and not np.any(part.amount):
            continue
        value = adding.worked_out(f"part.{part.key}", part.amount, "kroner", per="person_month")
        parts.append(PricedPart(kind=part.kind, id=part.id, of=part.of, value=value.id))
    vat = [part.amount for part in found.parts if part.kind == "vat"]
    if np.any(vat):
        adding.worked_out("vat", np.sum(vat, axis=0), "kroner", per="person_month")
    adding.certain("volume", found.volume, "persons")
    for group, amounts in found.groups.items():
        adding.worked_out(_of_group(group), amounts, "kroner", per="person_month")
    _add_shares(found, adding)
    return tuple(parts)


def _factor(library: Library, index: str, first: int, last: int) -> float:
    return factor(library, index, from_year=first, to_year=last)


def _of_group(group: str) -> str:
    return "no_group.full" if group == NO_GROUP else f"group.{group}.full"


def _add_shares(found: ServicePrice, adding: Adding) -> None:
    """How much of the price does not follow patients, how much of the hours paid for are used, and the hours used."""
    if np.min(found.full) > 0:
        adding.worked_out("fixed_share", found.fixed / found.full, "share")
    timed = [use for use in found.resources.values() if np.any(use.used_hours + use.idle_hours)]
    if not timed:
        return
    used = np.sum([use.used_hours for use in timed], axis=0)
    paid = used + np.sum([use.idle_hours for use in timed], axis=0)
    if np.min(paid) > 0:
        adding.worked_out("utilisation", used / paid, "share")
    adding.worked_out("hours", used, "hours", per="year")


def _add_regulated(service: Service, adding: Adding, *, years: tuple[int, ...], library: Library) -> tuple[int, ...]:
    """Add the agreed price in each year the index is known for, and return those years."""
    rule = service.regulation
    if rule is None or service.agreed_price is None:
        return ()
    later = [year for year in years if year > rule.from_year]
    found = regulated(service, factor=partial(_factor, library, rule.index), years=later)
    for year, amount in found.items():
        if amount is not None:
            adding.values.add(
                adding.id(f"regulated.{year}"),
                amount,
                unit="kroner",
                per="person_month",
                price_year=year,
                basis="expected",
                derived=True,
            )
    return tuple(year for year, amount in found.items() if amount is not None)
