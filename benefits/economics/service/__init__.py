"""The price of a service (tjenestepris): what it costs, at which volume, while it grows, and who pays which part.

``price`` works out the price of a year or a volume, ``next_steps`` where it jumps, ``covering`` from which volume an
agreed price covers the cost, ``ramp_up`` what the years of growth cost together, ``split`` who pays what, and
``regulated`` what the agreed price is in later years.
"""

from __future__ import annotations

from benefits.economics.service.capacity import ResourceUse
from benefits.economics.service.items import ItemKind
from benefits.economics.service.minutes import NO_GROUP, minutes_of_task
from benefits.economics.service.price import CITATION, PricePart, ServicePrice, price, prices_at, yearly_cost
from benefits.economics.service.resource_cost import (
    SHARED,
    PayPart,
    UnitOfResource,
    cost_of_unit,
    cost_per_minute,
    prefix_of,
)
from benefits.economics.service.volumes import MONTHS, largest_year, own_volume, priced_years, total_volumes

__all__ = [
    "CITATION",
    "MONTHS",
    "NO_GROUP",
    "SHARED",
    "ItemKind",
    "PayPart",
    "PricePart",
    "ResourceUse",
    "ServicePrice",
    "UnitOfResource",
    "cost_of_unit",
    "cost_per_minute",
    "largest_year",
    "minutes_of_task",
    "own_volume",
    "prefix_of",
    "price",
    "priced_years",
    "prices_at",
    "total_volumes",
    "yearly_cost",
]
