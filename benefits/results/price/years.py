"""Price, cost, payment and use of resources in every year with patients."""

from __future__ import annotations

import numpy as np

from benefits.economics.service import MONTHS, RampUp, ServicePrice, own_volume, part_held, price, priced_years
from benefits.project.service import Service
from benefits.results.price.adding import Adding


def first_full_year(service: Service, adding: Adding) -> int | None:
    """Return the first year that the service runs the whole of, with all its parties; else the last with patients.

    A party that was not there the year before may have come in the middle of the year, so the year it joins is not
    known to be whole.
    """
    start = service.valid_from or adding.project.go_live
    years = priced_years(service, adding.project)
    whole = start.year + (start.month > 1 or start.day > 1) if start is not None else 0
    taking_part = {year: sum(party.volume.get(year, 0.0) > 0 for party in service.parties) for year in years}
    most = max(taking_part.values(), default=0)
    for place, year in enumerate(years):
        joined = place > 0 and taking_part[years[place - 1]] < most
        if year >= whole and taking_part[year] == most and not joined:
            return year
    return years[-1] if years else None


def add_years(service: Service, adding: Adding) -> tuple[int, ...]:
    """Add volume, price, cost, hours and agreed payment of every year with patients, and return the years."""
    years = priced_years(service, adding.project)
    for year in years:
        _add_year(service, adding, year)
    return years


def add_ramp_up(found: RampUp | None, adding: Adding) -> tuple[int, ...]:
    """Add the price over the years it grows in, and return them; none where there is one year alone."""
    if found is None or len(found.years) < 2:
        return ()
    adding.worked_out("ramp_up", found.price, "kroner", per="person_month")
    return found.years


def _add_year(service: Service, adding: Adding, year: int) -> None:
    found = price(adding.project, service, numbers=adding.numbers, year=year)
    own, prefix = own_volume(service, adding.project, year), f"year.{year}"
    adding.certain(f"{prefix}.volume", own, "persons")
    for name, amounts in (("full", found.full), ("marginal", found.marginal), ("used", found.at_used_capacity)):
        adding.worked_out(f"{prefix}.{name}", amounts, "kroner", per="person_month")
    cost = found.full * (MONTHS * own)
    adding.worked_out(f"{prefix}.cost", cost, "kroner", per="year")
    _add_use(found, prefix, adding)
    if service.agreed_price is None:
        return
    agreed = np.full(adding.numbers.draws.n, service.agreed_price * MONTHS * own)
    adding.worked_out(f"{prefix}.charged", agreed, "kroner", per="year")
    adding.worked_out(f"{prefix}.difference", agreed - cost, "kroner", per="year")
    if service.payer is not None and service.payer != service.provider:
        paid = agreed * part_held(service, adding.project, year)
        adding.worked_out(f"{prefix}.received", paid, "kroner", per="year")
        adding.worked_out(f"{prefix}.paid", -paid, "kroner", per="year")


def _add_use(found: ServicePrice, prefix: str, adding: Adding) -> None:
    for id, use in found.resources.items():
        own = f"{prefix}.resource.{id}"
        adding.worked_out(f"{own}.units", use.units, "count")
        adding.worked_out(f"{own}.used_hours", use.used_hours, "hours", per="year")
        adding.worked_out(f"{own}.idle_hours", use.idle_hours, "hours", per="year")
        adding.worked_out(f"{own}.idle_cost", use.idle_cost, "kroner", per="year")
