"""The interval of prices of a service in which neither party to the price loses.

What a party is left with over the years of the plan is a straight line in the agreed price: everything that does not
follow the price, plus the price times the patient-months it pays for, or is paid for. Where the line is zero, the party
neither gains nor loses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.cost_lines import service_price_lines
from benefits.economics.flows import MONEY_THAT_MOVES, FlowRow, Flows
from benefits.economics.pricing import Pricing
from benefits.economics.product import full
from benefits.economics.refusals import CannotCompute
from benefits.economics.service import own_volume, part_held
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.service import Service

WithoutInterval = Literal[
    "price_nobody_pays",
    "price_without_patients",
    "price_without_split",
    "price_without_cost",
    "price_unusable",
]
"""Why a price has no interval."""


class NoPriceInterval(CannotCompute):
    """A price that has no interval: nobody pays it, nobody is in the service, or its cost is not known."""


@dataclass(frozen=True, kw_only=True)
class PartyLine:
    """What a party is left with, as a straight line in the price: ``fixed + price x months``.

    Attributes
    ----------
    actor, provider
        Who, and whether it is the one who is paid.
    fixed
        Kroner over the years of the plan at a price of nothing, shape (draw,).
    months
        Patient-months it is paid for (positive) or pays for (negative), shape (draw,); those of a part of the price
        count as a part.
    """

    actor: str
    provider: bool
    fixed: Array
    months: Array

    @cached_property
    def zero(self) -> float:
        """The price at which the mean of what it is left with is zero, kroner per patient-month; may be negative."""
        return float(-self.fixed.mean() / self.months.mean()) + 0.0

    @cached_property
    def zeros(self) -> Array:
        """The same in each draw, shape (draw,); not a number where it neither pays nor is paid."""
        none = np.full(self.fixed.shape, np.nan)
        return frozen(np.divide(-self.fixed, self.months, out=none, where=self.months != 0) + 0.0)

    def net(self, price: float) -> Array:
        """Return what it is left with at a price, kroner, shape (draw,)."""
        return frozen(self.fixed + price * self.months)


@dataclass(frozen=True, kw_only=True)
class PriceInterval:
    """The prices of a service at which neither party loses, kroner per patient-month.

    Attributes
    ----------
    service, parties
        Of what, and the lines of all who pay and of the one who is paid.

    Examples
    --------
    A provider that is 60 000 kr short without being paid, and a buyer that gains 90 000 kr before it pays, for 120
    patient-months: from 500 to 750 kr.

    >>> lines = [("k", True, -60_000.0, 120.0), ("hf", False, 90_000.0, -120.0)]
    >>> found = PriceInterval(service="dho", parties=tuple(
    ...     PartyLine(actor=actor, provider=provider, fixed=np.array([fixed]), months=np.array([months]))
    ...     for actor, provider, fixed, months in lines))
    >>> found.low, found.high, found.empty, found.gap
    (500.0, 750.0, False, 0.0)
    """

    service: str
    parties: tuple[PartyLine, ...]

    @cached_property
    def low(self) -> float:
        """The lowest price at which those who are paid do not lose, at the mean; may be negative."""
        return max(one.zero for one in self.parties if one.provider)

    @cached_property
    def high(self) -> float:
        """The highest price at which none of those who pay loses, at the mean; may be negative."""
        return min(one.zero for one in self.parties if not one.provider)

    @cached_property
    def lows(self) -> Array:
        """The lowest price in each draw, shape (draw,)."""
        return frozen(np.max([one.zeros for one in self.parties if one.provider], axis=0))

    @cached_property
    def highs(self) -> Array:
        """The highest price in each draw, shape (draw,)."""
        return frozen(np.min([one.zeros for one in self.parties if not one.provider], axis=0))

    @cached_property
    def empty(self) -> bool:
        """Whether there is no such price; nobody is paid less than nothing."""
        return max(self.low, 0.0) > self.high

    @cached_property
    def gap(self) -> float:
        """From the highest price that those who pay can bear to the lowest the provider can, zero where one will do."""
        return max(0.0, max(self.low, 0.0) - self.high)

    @cached_property
    def fairest(self) -> float:
        """The lowest price at which the parties lose least together."""
        tried = sorted({0.0, *(one.zero for one in self.parties if one.zero > 0)})
        return min(tried, key=lambda price: (round(self.lost(price), 6), price))

    @cached_property
    def gaps(self) -> Array:
        """The gap in each draw, shape (draw,)."""
        return frozen(np.maximum(0.0, np.maximum(self.lows, 0.0) - self.highs))

    @cached_property
    def least_lost(self) -> Array:
        """What the parties lose together at the price where that is least, in each draw, shape (draw,)."""
        tried = np.maximum([np.zeros_like(self.lows), *(one.zeros for one in self.parties)], 0.0)
        lost = sum(np.maximum(0.0, -(one.fixed + tried * one.months)) for one in self.parties)
        return frozen(np.min(lost, axis=0))

    def lost(self, price: float) -> float:
        """Return what the parties that lose at a price lose together, at the mean; kroner, positive."""
        return float(sum(max(0.0, -float(one.net(price).mean())) for one in self.parties))

    @cached_property
    def gap_in_all(self) -> float:
        """What the parties lose together at the price where that is least, kroner."""
        return self.lost(self.fairest)

    @cached_property
    def share_with_price(self) -> float:
        """The share of the draws in which there is a price at which neither loses."""
        return float(np.mean(np.maximum(self.lows, 0.0) <= self.highs))


def price_interval(
    project: Project,
    service: Service,
    *,
    flows: Flows,
    pricing: Pricing,
    weights: Array | None = None,
    owned: Mapping[str, Array] | None = None,
    months: Mapping[str, Array] | None = None,
) -> PriceInterval:
    """Return the interval of prices of a service in which neither party loses, over the years of the flows.

    Parameters
    ----------
    project, service
        The price of every other service stays as it is agreed.
    flows
        All flows of the project; what is expected of them is counted, as cost, cash and transfers.
    pricing
        What the flows were made of.
    weights
        One number for each year of the flows, as discount factors; None: every year counts in full.
    owned
        By actor: kroner of capacity to count beside the money, shape (draw,), as ``owned_capacity`` gives.
    months
        What ``months_paid`` gives, where it is known; it does not depend on anything but the service.

    Raises
    ------
    NoPriceInterval
        ``price_nobody_pays``, ``price_without_patients`` (none while the price holds), ``price_without_split`` when
        nobody has said whose patients they are, ``price_without_cost`` when no cost is that of the service, or
        ``price_unusable`` when that cost cannot be worked out.

    Notes
    -----
    What is paid at a price of one krone is worked out by the same arithmetic as the payments of the flows, so a price
    put into the project gives the nets of the line. Where no price is agreed, and parties share the full cost, the
    interval is of the price that could stand instead of it.
    """
    weights = np.ones(len(flows.years)) if weights is None else weights
    months = months_paid(project, service, pricing=pricing) if months is None else months
    of_years = np.array([weight for year, weight in zip(flows.years, weights, strict=True) if year in project.years])
    expected = flows.select(basis="expected", unit="kroner", layer=MONEY_THAT_MOVES)
    costs = [cost.id for cost in project.costs if cost.service == service.id]
    if not len(expected.select(layer="cost", item=costs)):
        raise NoPriceInterval("price_unusable" if costs else "price_without_cost", service=service.id)
    rest = _without_price(expected, service)
    lines = []
    for actor, paid in months.items():
        fixed = rest.select(actor=actor).weighted(weights) + (owned or {}).get(actor, 0.0)
        counted = frozen(of_years @ paid)
        if not counted.any():
            continue
        lines.append(PartyLine(actor=actor, provider=actor == service.provider, fixed=frozen(fixed), months=counted))
    if all(one.provider for one in lines):
        raise NoPriceInterval("price_without_patients", service=service.id)
    return PriceInterval(service=service.id, parties=tuple(sorted(lines, key=lambda one: not one.provider)))


def months_paid(project: Project, service: Service, *, pricing: Pricing) -> dict[str, Array]:
    """Return the patient-months each party is paid for (positive) or pays for, shape (year of the plan, draw).

    It is what they are paid, or pay, at a price of one krone.

    Raises
    ------
    NoPriceInterval
        When nobody pays anything.
    """
    priced = service.model_copy(update={"agreed_price": 1.0})
    others = tuple(priced if one.id == service.id else one for one in project.services)
    tried = project.model_copy(update={"services": others})
    found: dict[str, Array] = {}
    for line in service_price_lines(tried, years=project.years, pricing=pricing, gaps=[]):
        if _is_price(line.row, service):
            found[line.row.actor] = found.get(line.row.actor, 0.0) + full(line.values)
    paid = {actor: frozen(months) for actor, months in found.items() if float(months.mean()) != 0.0}
    if not paid:
        raise NoPriceInterval(_why_nothing(project, service), service=service.id)
    return paid


def owned_capacity(project: Project, flows: Flows) -> dict[str, Flows]:
    """Return the rows of kroner of freed capacity that somebody has decided the use of and can decide it, by actor.

    The benefit says what the capacity is used for, or has an action with somebody responsible and a date, and its owner
    has line authority at the actor whose capacity it is.

    Examples
    --------
    >>> from benefits.economics.flows import from_lines
    >>> owned_capacity(Project.model_validate({"format": 1, "id": "p", "title": "P"}), from_lines((), years=(), n=1))
    {}
    """
    found: dict[str, Flows] = {}
    capacity = flows.select(basis="expected", unit="kroner", layer="capacity")
    for actor in dict.fromkeys(row.actor for row in capacity.index):
        items = [one.id for one in project.benefits if _decided(one) and _in_the_line(one, actor)]
        rows = capacity.select(actor=actor, item=items)
        if len(rows) and rows.total().any():
            found[actor] = rows
    return found


def _decided(benefit: Benefit) -> bool:
    used = benefit.realisation is not None and benefit.realisation.use is not None
    return used or any(one.responsible is not None and one.due is not None for one in benefit.actions)


def _in_the_line(benefit: Benefit, actor: str) -> bool:
    owner = benefit.owner
    return owner is not None and owner.line_authority and owner.actor == actor


def _why_nothing(project: Project, service: Service) -> WithoutInterval:
    """Why nothing is paid whatever the price is."""
    others = [one for one in service.parties if one.actor != service.provider and one.share != 0]
    if not others and (service.parties or service.payer in {None, service.provider}):
        return "price_nobody_pays"
    if not any(own_volume(service, project, year) * part_held(service, project, year) for year in project.years):
        return "price_without_patients"
    return "price_without_split"


def _without_price(flows: Flows, service: Service) -> Flows:
    kept = [place for place, row in enumerate(flows.index) if not _is_price(row, service)]
    index, parts = tuple(flows.index[place] for place in kept), tuple(flows.parts[place] for place in kept)
    return Flows(index=index, parts=parts, years=flows.years, n=flows.n)


def _is_price(row: FlowRow, service: Service) -> bool:
    item = f"service.{service.id}"
    return row.layer == "transfer" and (row.item == item or row.item.startswith(f"{item}."))
