"""Test arenas for industry: what an hour costs in full, the price of each offer, and whether a year is covered."""

from __future__ import annotations

from benefits.economics.arena.booked import Booked, BookedKind, booked
from benefits.economics.arena.offer_price import BuiltUp, OfferPart, OfferPrice, built_up, price_of
from benefits.economics.arena.year import ArenaYear, HoursInYear, year_of

__all__ = [
    "ArenaYear",
    "Booked",
    "BookedKind",
    "BuiltUp",
    "HoursInYear",
    "OfferPart",
    "OfferPrice",
    "booked",
    "built_up",
    "price_of",
    "year_of",
]
