"""Adds what hours of a test arena cost, how each price is made up, and whether what is sold covers the year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from benefits.economics.arena import ArenaYear, Booked, OfferPrice, booked, price_of, year_of
from benefits.economics.numbers import Numbers, UnusableNumber
from benefits.errors import Gap
from benefits.project.arena import Arena
from benefits.project.fields import Quantity
from benefits.project.model import Project
from benefits.reference.distributions import UnusableDistribution
from benefits.results.arena.gaps import arena_gap, arena_gaps
from benefits.results.arena.model import LINES, PricedArena, PricedYear
from benefits.results.arena.stated import add_stated
from benefits.results.price.adding import Adding
from benefits.results.price.gaps import unusable
from benefits.results.values import Values

NOTHING = Quantity(value=0.0)


def add_arena_prices(
    project: Project, *, numbers: Numbers, values: Values, as_of: date
) -> tuple[tuple[PricedArena, ...], tuple[Gap, ...]]:
    """Add what every test arena costs and asks, under ``arena.<id>``, and return them with what they lack.

    Parameters
    ----------
    project
        Without problems.
    numbers
        Where its numbers get their draws.
    as_of
        The date of the report, which a price list may have passed.

    Returns
    -------
    tuple
        The arenas that could be priced, and the gaps of all. One with a number that cannot be used is not priced at
        all: half a price list would look like all there is.
    """
    priced: list[PricedArena] = []
    gaps: list[Gap] = []
    for arena in project.test_arenas:
        gaps += arena_gaps(arena, as_of=as_of)
        adding = Adding(project=project, numbers=numbers, values=values, prefix=f"arena.{arena.id}", service=arena)
        try:
            hours = booked(arena, numbers=numbers)
            prices = _prices(arena, hours, adding)
        except (UnusableNumber, UnusableDistribution) as refused:
            gaps.append(unusable(refused, adding.prefix))
            continue
        add_stated(arena, adding)
        for one in hours.values():
            _booked(one, adding)
        for offer in arena.offers if prices else ():
            _offer(prices[offer.id], adding)
            gaps += _against_list(prices[offer.id], offer.list_price is not None, arena, adding)
        years = _years(arena, hours, prices, adding)
        gaps += [arena_gap("arena_overbooked", arena, id, year=one.year) for one in years for id in one.short]
        priced.append(PricedArena(arena=arena.id, offers=tuple(prices), years=years))
    return tuple(priced), tuple(gaps)


def _prices(arena: Arena, hours: Mapping[str, Booked], adding: Adding) -> dict[str, OfferPrice]:
    """The price of every offer; none while overhead, margin or merverdiavgift is not said."""
    if arena.overhead is None or arena.margin is None or arena.vat is None:
        return {}
    shares = {"overhead": arena.overhead, "margin": arena.margin, "vat": arena.vat}
    prices: dict[str, OfferPrice] = {}
    for offer in arena.offers:
        name = adding.id(f"offer.{offer.id}.purchases")
        purchases = adding.numbers.column(name, offer.purchases or NOTHING, unit="kroner")
        prices[offer.id] = price_of(offer, purchases=purchases, booked=hours, **shares)
    return prices


def _booked(one: Booked, adding: Adding) -> None:
    adding.worked_out(f"year_cost.{one.id}", one.year, "kroner", per="year")
    adding.worked_out(f"hour.{one.id}", one.hour, "kroner")
    if one.capital.any():
        adding.worked_out(f"capital.{one.id}", one.capital, "kroner", per="year")
    if one.position is not None:
        for part in one.position.pay:
            adding.worked_out(f"unit.{one.id}.{part.kind}", part.amount, "kroner", per="year")
        if one.position.overhead.any():
            adding.worked_out(f"unit.{one.id}.overhead", one.position.overhead, "kroner", per="year")


def _offer(offer: OfferPrice, adding: Adding) -> None:
    prefix = f"offer.{offer.offer}"
    for part in offer.parts:
        adding.stated(f"{prefix}.part_hours.{part.id}", part.hours, "hours")
        adding.worked_out(f"{prefix}.part.{part.id}", part.amount, "kroner")
    if offer.purchases.any():
        adding.worked_out(f"{prefix}.purchases", offer.purchases, "kroner")
    for name in LINES:
        adding.worked_out(f"{prefix}.{name}", getattr(offer.lines, name), "kroner")


def _against_list(offer: OfferPrice, stated: bool, arena: Arena, adding: Adding) -> tuple[Gap, ...]:
    """What a list price comes to with merverdiavgift and against full cost; a gap when it is below, or not set."""
    prefix = f"offer.{offer.offer}"
    if not stated:
        uncertain = adding.values[adding.id(f"{prefix}.price")].low is not None
        return (arena_gap("arena_price_uncertain", arena, prefix),) if uncertain else ()
    vat = offer.charged * (arena.vat or 0.0)
    difference = adding.worked_out(f"{prefix}.list_difference", offer.charged - offer.lines.full, "kroner").value
    adding.worked_out(f"{prefix}.list_vat", vat, "kroner")
    adding.worked_out(f"{prefix}.list_with_vat", offer.charged + vat, "kroner")
    if difference is None or difference >= 0:
        return ()
    adding.worked_out(f"{prefix}.list_below", offer.lines.full - offer.charged, "kroner")
    return (arena_gap("arena_list_below_cost", arena, prefix),)


def _years(
    arena: Arena, hours: Mapping[str, Booked], prices: Mapping[str, OfferPrice], adding: Adding
) -> tuple[PricedYear, ...]:
    years = []
    for year in arena.years if prices else ():
        volumes = {offer.id: offer.volume.get(year, 0.0) for offer in arena.offers}
        found = year_of(year, volumes=volumes, prices=prices, booked=hours, overhead=arena.overhead or 0.0)
        _hours(found, volumes, adding)
        years.append(_year(found, volumes, adding))
    return tuple(years)


def _hours(found: ArenaYear, volumes: Mapping[str, float], adding: Adding) -> None:
    prefix = f"year.{found.year}"
    for id, one in found.hours.items():
        own = f"{prefix}.resource.{id}"
        adding.certain(f"{own}.units", one.units, "count")
        adding.certain(f"{own}.hours", one.sold + one.idle - one.short, "hours")
        adding.certain(f"{own}.sold", one.sold, "hours")
        adding.certain(f"{own}.idle", one.idle, "hours")
        if one.short:
            adding.certain(f"{own}.short", one.short, "hours")
        adding.worked_out(f"{own}.idle_cost", one.idle_cost, "kroner")
    for offer, sold in volumes.items():
        adding.certain(f"{prefix}.offer.{offer}.volume", sold, "count")


def _year(found: ArenaYear, volumes: Mapping[str, float], adding: Adding) -> PricedYear:
    prefix, hours = f"year.{found.year}", tuple(found.hours)
    if found.short:
        return PricedYear(year=found.year, hours=hours, short=found.short, enough=None)
    for name in ("income", "sold", "idle", "purchases", "overhead", "cost", "result"):
        adding.worked_out(f"{prefix}.{name}", getattr(found, name), "kroner")
    if found.possible is not None:
        adding.certain(f"{prefix}.share_possible", found.possible, "share")
    if found.needed is None:
        adding.certain(f"{prefix}.share_needed", None, "share", reason="no_number_is_enough")
        return PricedYear(year=found.year, hours=hours, short=(), enough=None)
    adding.worked_out(f"{prefix}.share_needed", found.needed, "share")
    for offer, sold in volumes.items():
        if sold:
            adding.worked_out(f"{prefix}.offer.{offer}.needed", found.needed * sold, "count")
    enough = found.possible is None or float(np.mean(found.needed)) <= found.possible
    return PricedYear(year=found.year, hours=hours, short=(), enough=enough)
