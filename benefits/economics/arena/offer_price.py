"""The price of an offer of a test arena: direct cost, overhead, margin and merverdiavgift, each a line of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from benefits.economics.arena.booked import Booked
from benefits.economics.arrays import Array, frozen
from benefits.project.arena import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltUp:
    """A price in its lines: kroner, arrays of shape (draw,).

    ``full`` is direct cost and overhead, ``price`` is that and the margin, and ``with_vat`` that and merverdiavgift.
    """

    direct: Array
    overhead: Array
    full: Array
    margin: Array
    price: Array
    vat: Array
    with_vat: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPart:
    """The hours one unit of an offer takes of something, and their cost in kroner, shape (draw,)."""

    id: str
    hours: float
    amount: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPrice:
    """What one unit of an offer costs: its hours, its purchases, and the price built up on them.

    ``charged`` is what is asked for it without merverdiavgift: the list price where one is stated, else the price.
    """

    offer: str
    parts: tuple[OfferPart, ...]
    purchases: Array
    lines: BuiltUp
    charged: Array


def built_up(direct: Array, *, overhead: float, margin: float, vat: float) -> BuiltUp:
    """Return a price in its lines.

    Parameters
    ----------
    direct
        Direct cost, kroner, any shape.
    overhead, margin, vat
        Shares: of direct cost, of full cost, and of the price without merverdiavgift.

    Notes
    -----
    ``direct x (1 + overhead) x (1 + margin) x (1 + vat)``; the lines between sum to it.

    Examples
    --------
    1 000 and 25 % is 1 250; 4 % on that is 1 300, and 25 % on that 1 625.

    >>> lines = built_up(np.array(1000.0), overhead=0.25, margin=0.04, vat=0.25)
    >>> [float(one) for one in (lines.full, lines.price, lines.with_vat)]
    [1250.0, 1300.0, 1625.0]
    """
    added = direct * overhead
    full = direct + added
    earned = full * margin
    price = full + earned
    tax = price * vat
    return BuiltUp(
        direct=frozen(direct),
        overhead=frozen(added),
        full=frozen(full),
        margin=frozen(earned),
        price=frozen(price),
        vat=frozen(tax),
        with_vat=frozen(price + tax),
    )


def price_of(
    offer: Offer,
    *,
    purchases: Array,
    booked: Mapping[str, Booked],
    overhead: float,
    margin: float,
    vat: float,
) -> OfferPrice:
    """Return the price of one unit of an offer.

    Parameters
    ----------
    offer
        What is sold.
    purchases
        Kroner of purchases for one unit, shape (draw,).
    booked
        What an hour costs of all it takes hours of, by id.
    overhead, margin, vat
        As ``built_up``.
    """
    parts = tuple(
        OfferPart(id=id, hours=hours, amount=frozen(booked[id].hour * hours)) for id, hours in offer.hours.items()
    )
    direct = np.sum([purchases, *(part.amount for part in parts)], axis=0)
    lines = built_up(direct, overhead=overhead, margin=margin, vat=vat)
    charged = lines.price if offer.list_price is None else np.full(purchases.shape, offer.list_price)
    return OfferPrice(offer=offer.id, parts=parts, purchases=frozen(purchases), lines=lines, charged=frozen(charged))
