"""What a test arena lacks before its prices can be a price list somebody may rely on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from benefits.errors import Gap
from benefits.project.arena import Arena

WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        "arena_without_offers": 95,
        "arena_without_shares": 94,
        "arena_list_below_cost": 93,
        "arena_overbooked": 91,
        "arena_price_list_expired": 90,
        "arena_price_uncertain": 89,
        "arena_without_valid_until": 63,
        "arena_without_volume": 61,
        "arena_not_in_offers": 42,
        "arena_without_source": 39,
    }
)
"""How much each weighs among what a plan lacks."""


def arena_gap(code: str, arena: Arena, id: str = "", /, *, year: int | None = None) -> Gap:
    """Return a gap of an arena, or of what has this id in it, in a year or in all."""
    subject = f"arena.{arena.id}.{id}" if id else f"arena.{arena.id}"
    return Gap(code=code, subject=subject, weight=WEIGHTS[code], parameters={} if year is None else {"year": year})


def arena_gaps(arena: Arena, *, as_of: date) -> tuple[Gap, ...]:
    """Return what the project file does not say of an arena, at a date.

    Examples
    --------
    >>> arena = Arena.model_validate({"id": "lab", "title": "Lab", "provider": "hf", "valid_until": date(2025, 12, 31)})
    >>> [gap.code for gap in arena_gaps(arena, as_of=date(2026, 1, 1))][:2]
    ['arena_without_offers', 'arena_without_shares']
    """
    return tuple(_gaps(arena, as_of))


def _gaps(arena: Arena, as_of: date) -> Iterator[Gap]:
    if not arena.offers:
        yield arena_gap("arena_without_offers", arena)
    if None in (arena.overhead, arena.margin, arena.vat):
        yield arena_gap("arena_without_shares", arena)
    if arena.valid_until is None:
        yield arena_gap("arena_without_valid_until", arena)
    elif arena.valid_until < as_of:
        yield arena_gap("arena_price_list_expired", arena)
    if arena.offers and not arena.years:
        yield arena_gap("arena_without_volume", arena)
    sold = {id for offer in arena.offers for id in offer.hours}
    if arena.offers:
        yield from (arena_gap("arena_not_in_offers", arena, id) for id in arena.titles if id not in sold)
    if arena.source is None and arena.standing != "assumed":
        yield arena_gap("arena_without_source", arena)
