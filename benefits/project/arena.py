"""A test arena for industry: what its hours, rooms and equipment cost in full, and the offers made of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from benefits.project.fields import ByYear, Id, NotNegative, Part, Positive, Quantity, Share, Text
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
    """One line of the price list: what is bought, in which unit, and the hours of staff and facilities it takes.

    ``list_price`` is what is asked for one without merverdiavgift, where that is not the price worked out. ``volume``
    is how many are planned to be sold in each year.
    """

    id: Id
    title: Text
    unit: Text
    includes: Text | None = None
    hours: dict[Id, NotNegative] = {}
    purchases: Quantity | None = None
    list_price: NotNegative | None = None
    volume: ByYear = {}


class Arena(Part):
    """A test arena with a price list at full cost: overhead, margin and merverdiavgift are lines of their own.

    Every amount is kroner of the project's price year. ``overhead`` is a share of the direct cost, ``margin`` of full
    cost (direct cost and overhead), ``vat`` of the price without it; without all three there is no price. With
    ``capital_rate`` premises and equipment with a price are paid for as an annuity at that real rate. No two of its
    staff, premises and equipment have the same id.
    """

    id: Id
    title: Text
    provider: Id
    staff: tuple[Resource, ...] = ()
    premises: tuple[Facility, ...] = ()
    equipment: tuple[Facility, ...] = ()
    capital_rate: NotNegative | None = None
    overhead: NotNegative | None = None
    margin: NotNegative | None = None
    vat: Share | None = None
    offers: tuple[Offer, ...] = ()
    valid_until: date | None = None
    terms: tuple[Text, ...] = ()
    source: Text | None = None
    standing: Standing = "assumed"

    @property
    def facilities(self) -> tuple[Facility, ...]:
        """Premises and equipment, in that order."""
        return (*self.premises, *self.equipment)

    @property
    def titles(self) -> Mapping[str, Text]:
        """What everything booked by the hour is called, by id."""
        return {one.id: one.title for one in self.staff} | {one.id: one.title for one in self.facilities}

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years in which something is planned to be sold."""
        return tuple(sorted({year for offer in self.offers for year, sold in offer.volume.items() if sold > 0}))
