"""A test arena whose every number is round, and how to price it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benefits.economics.arena import Booked, OfferPrice, booked, price_of
from benefits.economics.draws import Draws
from benefits.economics.numbers import Numbers
from benefits.project.arena import Arena
from benefits.project.fields import Quantity

Plain = dict[str, Any]


@pytest.fixture(scope="session")
def plain() -> Callable[..., Plain]:
    """A nurse of 756 000 kr over 1 400 hours is 540 kr an hour; a doctor by use, 1 000 kr; a room of 200 kr.

    The room costs 100 000 kr a year and 500 000 kr over ten years, 150 000 kr over 750 hours.
    """

    def make(**changes: Any) -> Plain:
        return {
            "id": "lab",
            "title": "Testarena",
            "provider": "hf",
            "staff": (
                {"id": "nurse", "title": "Sykepleier", "cost_per_year": 756_000.0, "hours_per_year": 1_400.0},
                {
                    "id": "doctor",
                    "title": "Lege",
                    "cost_per_year": 1_500_000.0,
                    "hours_per_year": 1_500.0,
                    "stepwise": False,
                },
            ),
            "premises": (
                {
                    "id": "room",
                    "title": "Rom",
                    "cost_per_year": 100_000.0,
                    "price": 500_000.0,
                    "lifetime_years": 10.0,
                    "hours_per_year": 750.0,
                },
            ),
            "overhead": 0.25,
            "margin": 0.04,
            "vat": 0.25,
            "offers": (
                {
                    "id": "day",
                    "title": "Dag",
                    "unit": "dag",
                    "hours": {"room": 8.0, "nurse": 10.0, "doctor": 1.0},
                    "purchases": 2_000.0,
                },
                {"id": "hour", "title": "Time", "unit": "time", "hours": {"room": 1.0}, "list_price": 300.0},
            ),
            **changes,
        }

    return make


@pytest.fixture(scope="session")
def priced() -> Callable[[Plain], tuple[dict[str, Booked], dict[str, OfferPrice]]]:
    def price(plain: Plain) -> tuple[dict[str, Booked], dict[str, OfferPrice]]:
        arena = Arena.model_validate(plain)
        numbers = Numbers(draws=Draws(n=50), inputs={}, price_year=2026)
        hours = booked(arena, numbers=numbers)
        assert arena.overhead is not None
        assert arena.margin is not None
        assert arena.vat is not None
        return hours, {
            offer.id: price_of(
                offer,
                purchases=numbers.column(offer.id, offer.purchases or Quantity(value=0.0), unit="kroner"),
                booked=hours,
                overhead=arena.overhead,
                margin=arena.margin,
                vat=arena.vat,
            )
            for offer in arena.offers
        }

    return price
