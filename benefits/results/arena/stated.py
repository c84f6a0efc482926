"""The numbers the prices of a test arena are worked out from, as the project file states them."""

from __future__ import annotations

from benefits.project.arena import Arena, Facility
from benefits.results.price.adding import Adding
from benefits.results.price.stated import add_resource


def add_stated(arena: Arena, adding: Adding) -> None:
    """Add every number an arena states, under ``arena.<id>.input``, and the list prices with their offers."""
    for share in ("overhead", "margin", "vat", "capital_rate"):
        number = getattr(arena, share)
        if number is not None:
            adding.stated(f"input.{share}", number, "share")
    for one in arena.staff:
        add_resource(one, adding)
    for facility in arena.facilities:
        _facility(facility, adding)
    for offer in arena.offers:
        if offer.list_price is not None:
            adding.stated(f"offer.{offer.id}.list_price", offer.list_price, "kroner")


def _facility(facility: Facility, adding: Adding) -> None:
    if facility.cost_per_year is not None:
        adding.stated(f"input.cost_per_year.{facility.id}", facility.cost_per_year, "kroner", per="year")
    if facility.price is not None:
        adding.stated(f"input.price.{facility.id}", facility.price, "kroner")
    if facility.lifetime_years is not None:
        adding.stated(f"input.lifetime.{facility.id}", facility.lifetime_years, "years")
    if facility.residual:
        adding.stated(f"input.residual.{facility.id}", facility.residual, "kroner")
    adding.stated(f"input.hours.{facility.id}", facility.hours_per_year, "hours", per="year")
