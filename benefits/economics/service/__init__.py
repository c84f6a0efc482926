"""The price of a service (tjenestepris): what it costs, at which volume, while it grows, and who pays which part.

``price`` works out the price of a year or a volume, ``next_steps`` where it jumps, ``saw_tooth`` how it runs between
the jumps, ``covering`` from which volume an agreed price covers the cost, ``ramp_up`` what the years of growth cost
together, ``split`` who pays what, and ``regulated`` what the agreed price is in later years.
"""

from __future__ import annotations

from benefits.economics.service.capacity import ResourceUse
from benefits.economics.service.covering import Covering, covering
from benefits.economics.service.gaps import service_gaps
from benefits.economics.service.holding import held_in, held_whole_years, months_between, part_held
from benefits.economics.service.items import ItemKind
from benefits.economics.service.minutes import NO_GROUP, amount_of_driver, minutes_of_task
from benefits.economics.service.price import CITATION, PricePart, ServicePrice, price, prices_at, yearly_cost
from benefits.economics.service.ramp_up import RampUp, ramp_up
from benefits.economics.service.regulation import regulated
from benefits.economics.service.resource_cost import (
    PayPart,
    UnitOfResource,
    cost_of_unit,
    cost_per_minute,
    prefix_of,
)
from benefits.economics.service.saw_tooth import saw_tooth
from benefits.economics.service.split import CannotSplit, PartyPart, Split, split
from benefits.economics.service.steps import Step, next_steps, volumes_around
from benefits.economics.service.tasks import cost_of_task, minutes_by_group
from benefits.economics.service.volumes import MONTHS, largest_year, own_volume, priced_years, total_volumes

__all__ = [
    "CITATION",
    "MONTHS",
    "NO_GROUP",
    "CannotSplit",
    "Covering",
    "ItemKind",
    "PartyPart",
    "PayPart",
    "PricePart",
    "RampUp",
    "ResourceUse",
    "ServicePrice",
    "Split",
    "Step",
    "UnitOfResource",
    "amount_of_driver",
    "cost_of_task",
    "cost_of_unit",
    "cost_per_minute",
    "covering",
    "held_in",
    "held_whole_years",
    "largest_year",
    "minutes_by_group",
    "minutes_of_task",
    "months_between",
    "next_steps",
    "own_volume",
    "part_held",
    "prefix_of",
    "price",
    "priced_years",
    "prices_at",
    "ramp_up",
    "regulated",
    "saw_tooth",
    "service_gaps",
    "split",
    "total_volumes",
    "volumes_around",
    "yearly_cost",
]
