"""A test arena for industry: what its hours, rooms and equipment cost in full, and the offers made of them."""

from __future__ import annotations

from datetime import date

from benefits.project.fields import Id, NotNegative, Part, Positive, Quantity, Share, Text
from benefits.project.service import Resource
from benefits.vocabulary import Standing


class Facility(Part):
    """A room or a piece of equipment that is booked by the hour: what it costs in a year, and how many hours it has.

    The cost is ``cost_per_year``, or ``price`` less ``residual`` over ``lifetime_years``, or both.
    """

    id: Id
    title: Text
    cost_per_year: Quantity | None = None
    price: Quantity | None = None
    lifetime_years: Positive | None = None
    residual: NotNegative = 0.0
    hours_per_year: Positive


class Offer(Part):
    """One line of the price list: what is bought, in which unit, and the hours of staff and facilities it takes."""

    id: Id
    title: Text
    unit: Text
    hours: dict[Id, NotNegative] = {}
    purchases: Quantity | None = None


class Arena(Part):
    """A test arena with a price list at full cost: overhead, margin and merverdiavgift are lines of their own.

    Every amount is kroner of the project's price year. ``overhead`` is a share of the direct cost, ``margin`` of full
    cost (direct cost and overhead), ``vat`` of the price without it.
    """

    id: Id
    title: Text
    provider: Id
    staff: tuple[Resource, ...] = ()
    premises: tuple[Facility, ...] = ()
    equipment: tuple[Facility, ...] = ()
    overhead: NotNegative
    margin: NotNegative
    vat: Share
    offers: tuple[Offer, ...] = ()
    valid_until: date | None = None
    terms: tuple[Text, ...] = ()
    source: Text | None = None
    standing: Standing = "assumed"
