"""A year of a test arena: hours sold and idle, and whether what is planned to be sold covers what the year costs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from benefits.economics.arena.booked import Booked
from benefits.economics.arena.offer_price import OfferPrice
from benefits.economics.arrays import Array, frozen

# A need of exactly one whole position, or all hours of a room, must not become more by a sum that ended a hair above.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursInYear:
    """Hours of something in a year: those sold, those paid for and not sold, and the cost of each in kroner, (draw,).

    ``units`` is how many positions are paid for, and 1 for a room or a piece of equipment. ``short`` are hours planned
    to be sold that there are not.
    """

    id: str
    units: float
    sold: float
    idle: float
    short: float
    sold_cost: Array
    idle_cost: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class ArenaYear:
    """What is sold in a year against what the year costs; kroner, arrays of shape (draw,).

    Attributes
    ----------
    year
        Calendar year.
    hours
        Hours by what they are of.
    income
        What is charged, without merverdiavgift.
    sold, idle, purchases, overhead
        Cost of the hours sold, of those paid for and not sold, of purchases, and overhead on all three.
    cost
        All four.
    result
        Income less cost.
    needed
        The share of the planned sales, in the same mix, at which income is the cost; None when each further sale brings
        no more than it costs.
    possible
        The share of the planned sales there are hours for; None when nothing limits it.
    """

    year: int
    hours: Mapping[str, HoursInYear]
    income: Array
    sold: Array
    idle: Array
    purchases: Array
    overhead: Array
    cost: Array
    result: Array
    needed: Array | None
    possible: float | None

    @property
    def short(self) -> tuple[str, ...]:
        """What there are too few hours of for what is planned."""
        return tuple(id for id, one in self.hours.items() if one.short > 0)


def year_of(
    year: int,
    *,
    volumes: Mapping[str, float],
    prices: Mapping[str, OfferPrice],
    booked: Mapping[str, Booked],
    overhead: float,
) -> ArenaYear:
    """Return the hours, the cost and the income of a year.

    Parameters
    ----------
    year
        Calendar year.
    volumes
        How many of each offer are planned to be sold.
    prices
        The price of each offer, by id.
    booked
        Everything the arena has, by id.
    overhead
        As a share of direct cost, that of idle hours with it: rooms and management cost the same when nobody comes.

    Notes
    -----
    Rooms and equipment cost their year whatever is sold. So do staff, in whole positions and at least one, unless they
    are paid for by use. Sales needed: what is paid for whatever is sold, with overhead, over what the planned sales
    bring when their purchases and staff paid for by use are taken off.
    """
    hours = {id: _hours(one, _sold(id, volumes, prices)) for id, one in booked.items()}
    purchases = _sum([prices[id].purchases * sold for id, sold in volumes.items()], prices)
    income = _sum([prices[id].charged * sold for id, sold in volumes.items()], prices)
    sold_cost = _sum([one.sold_cost for one in hours.values()], prices)
    idle_cost = _sum([one.idle_cost for one in hours.values()], prices)
    direct = sold_cost + idle_cost + purchases
    cost = direct * (1 + overhead)
    by_use = _sum([hours[id].sold_cost for id, one in booked.items() if one.by_use], prices) + purchases
    brings = income - by_use * (1 + overhead)
    needed = (direct - by_use) * (1 + overhead) / brings if np.all(brings > 0) else None
    limits = [(one.sold + one.idle - one.short) / one.sold for one in hours.values() if _limits(one, booked)]
    return ArenaYear(
        year=year,
        hours=hours,
        income=frozen(income),
        sold=frozen(sold_cost),
        idle=frozen(idle_cost),
        purchases=frozen(purchases),
        overhead=frozen(direct * overhead),
        cost=frozen(cost),
        result=frozen(income - cost),
        needed=None if needed is None else frozen(needed),
        possible=min(limits, default=None),
    )


def _sold(id: str, volumes: Mapping[str, float], prices: Mapping[str, OfferPrice]) -> float:
    return math.fsum(
        part.hours * sold for offer, sold in volumes.items() for part in prices[offer].parts if part.id == id
    )


def _hours(one: Booked, sold: float) -> HoursInYear:
    units = sold / one.hours
    if not one.by_use:
        units = max(1.0, math.ceil(units - _ROUNDING)) if one.kind == "staff" else 1.0
    idle = 0.0 if one.by_use else units * one.hours - sold
    idle, short = max(0.0, idle), -idle if idle < -_ROUNDING * one.hours else 0.0
    return HoursInYear(
        id=one.id,
        units=units,
        sold=sold,
        idle=idle,
        short=short,
        sold_cost=frozen(one.hour * sold),
        idle_cost=frozen(one.hour * idle),
    )


def _limits(one: HoursInYear, booked: Mapping[str, Booked]) -> bool:
    return one.sold > 0 and not booked[one.id].by_use


def _sum(amounts: list[Array], prices: Mapping[str, OfferPrice]) -> Array:
    """The sum of some arrays of draws, or zero in each draw."""
    shape = next(iter(prices.values())).charged.shape
    return frozen(np.sum([np.zeros(shape), *amounts], axis=0))
