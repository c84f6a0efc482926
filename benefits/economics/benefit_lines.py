"""What avoided events mean for the actors: events, bed-days and hours, three layers of kroner, and transfers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.avoided import split
from benefits.economics.draws import Draws
from benefits.economics.flows import FlowRow, Line
from benefits.economics.inputs import Input, joined_sources, weakest_standing
from benefits.economics.refusals import SharesOutOfRange
from benefits.errors import Gap, Parameter
from benefits.project.benefit import Benefit
from benefits.project.valuation import Transfer, Valuation
from benefits.vocabulary import Basis, Grade, Layer, Standing, Unit, weakest

WEIGHTS: Mapping[str, int] = {
    "no_cash_share": 45,
    "no_staff_share": 35,
    "share_below_zero": 60,
    "shares_over_one": 60,
    "other_price_year": 65,
    "input_without_price_year": 65,
    "project_without_price_year": 80,
    "other_unit": 65,
    "counted_in_same_unit": 30,
}
"""How much each gap matters, beside those of the plan itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Avoided events of one benefit, and what is known about them.

    Attributes
    ----------
    avoided
        Fewer events than without the service, shape (year, draw); negative when there are more.
    unit, lower_is_better
        What an event is, and whether fewer of them is good.
    basis, grade, standing, source
        As in FlowRow.
    """

    avoided: Array
    unit: Unit
    lower_is_better: bool
    basis: Basis
    grade: Grade
    standing: Standing
    source: str

    @property
    def good(self) -> Array:
        """The same with its sign so that positive is good, shape (year, draw): the row of the events themselves."""
        return self.avoided if self.lower_is_better else -self.avoided


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """What is needed to value events: the inputs, their draws, and the year kroner must be of."""

    inputs: Mapping[str, Input]
    draws: Draws
    price_year: int | None

    def column(self, one: Input) -> Array:
        """Draws of an input, shape (draw,)."""
        return self.draws.column(one.name, one.distribution)

    def find(self, name: str | None) -> Input | None:
        """The input of that name; None when none is named, or it has no number."""
        return self.inputs.get(name) if name is not None else None

    def kroner(self, name: str | None, subject: str, gaps: list[Gap]) -> Input | None:
        """The input of that name when it is kroner of the right price year; otherwise None, and a gap saying why."""
        one = self.in_unit(name, ("kroner",), subject, gaps)
        if one is None:
            return None
        if self.price_year is None:
            gaps.append(gap("project_without_price_year", subject, name=one.name))
        elif one.price_year is None:
            gaps.append(gap("input_without_price_year", subject, name=one.name))
        elif one.price_year != self.price_year:
            gaps.append(gap("other_price_year", subject, name=one.name, has=one.price_year, wants=self.price_year))
        else:
            return one
        return None

    def in_unit(self, name: str | None, units: tuple[Unit, ...], subject: str, gaps: list[Gap]) -> Input | None:
        """The input of that name when it is in one of some units; otherwise None, and a gap when it is in another."""
        one = self.find(name)
        if one is None or one.unit in units:
            return one
        gaps.append(gap("other_unit", subject, name=one.name, has=one.unit, wants=units[0]))
        return None


def gap(code: str, subject: str, **parameters: Parameter) -> Gap:
    """Return a gap of this module with its weight."""
    return Gap(code=code, subject=subject, weight=WEIGHTS[code], parameters=parameters)


def lines_of(
    benefit: Benefit, valuation: Valuation, *, events: Events, pricing: Pricing, gaps: list[Gap]
) -> Iterator[Line]:
    """Yield the rows of one benefit on one basis.

    Kroner only under a chosen form of realisation that is priced: bed-days and hours are shown as such whatever the
    form. The row in the benefit's own unit is positive when good. Everything an event brings with it follows the events
    themselves, good or not: fewer of them free bed-days, hours and kroner, and more of them take up bed-days and hours
    and cost kroner, also where more events are what was hoped for. What is paid per event moves in the same way.
    """
    line = _Lines(benefit=benefit, valuation=valuation, events=events)
    yield line(events.unit, "capacity", events.good)
    yield from _physical(line, valuation.bed_days, ("bed_days",), pricing, gaps)
    yield from _physical(line, valuation.hours, ("hours", "minutes"), pricing, gaps)
    if benefit.realisation is None or benefit.realisation.form == "not_priced":
        return
    yield from _layers(line, pricing, gaps)
    for transfer in valuation.transfers:
        yield from _transfer(line, transfer, pricing, gaps)


def grade_of(one: Input) -> Grade:
    """How well a factor is known that an effect is multiplied by: a product is known no better than its weakest.

    Official figures and research do not weaken what they are multiplied with; one project's estimate or a convention is
    an expert's word, and an assumption is an assumption.
    """
    grades: dict[Standing, Grade] = {
        "official": "randomised",
        "study": "randomised",
        "one_project": "expert",
        "convention": "expert",
        "assumed": "assumed",
    }
    return grades[one.standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    benefit: Benefit
    valuation: Valuation
    events: Events

    def __call__(
        self, unit: Unit, layer: Layer, values: Array, *used: Input, actor: str = "", item: str = "", other: str = ""
    ) -> Line:
        events = self.events
        sources = "; ".join(dict.fromkeys(source for source in (events.source, joined_sources(*used)) if source))
        row = FlowRow(
            actor=actor or self.valuation.actor,
            item=item or self.benefit.id,
            layer=layer,
            basis=events.basis,
            unit=unit,
            grade=weakest(events.grade, *map(grade_of, used)),
            standing=weakest_standing(events.standing, *(one.standing for one in used)),
            source=sources,
            counterpart=other,
        )
        return Line(row=row, values=values)


def _physical(
    line: _Lines, name: str | None, units: tuple[Unit, ...], pricing: Pricing, gaps: list[Gap]
) -> Iterator[Line]:
    one = pricing.in_unit(name, units, line.benefit.id, gaps)
    if one is None:
        return
    if line.events.unit in units:
        gaps.append(gap("counted_in_same_unit", line.benefit.id, name=one.name, unit=line.events.unit))
        return
    per_event = pricing.column(one) / (60.0 if one.unit == "minutes" else 1.0)
    yield line(units[0], "capacity", line.events.avoided * per_event, one)


def _layers(line: _Lines, pricing: Pricing, gaps: list[Gap]) -> Iterator[Line]:
    subject, valuation = line.benefit.id, line.valuation
    unit_cost = pricing.kroner(valuation.unit_cost, subject, gaps)
    if unit_cost is None:
        return
    cash = pricing.in_unit(valuation.cash_share, ("share",), subject, gaps)
    staff = pricing.in_unit(valuation.staff_share, ("share",), subject, gaps)
    if cash is None:
        gaps.append(gap("no_cash_share", subject))
    if staff is None:
        gaps.append(gap("no_staff_share", subject))
    cost = pricing.column(unit_cost)
    cash_share, staff_share = (pricing.column(one) if one is not None else np.zeros_like(cost) for one in (cash, staff))
    try:
        layers = split(events=line.events.avoided, unit_cost=cost, cash_share=cash_share, staff_share=staff_share)
    except SharesOutOfRange as refused:
        gaps.append(gap(refused.code, subject, **refused.parameters))
        return
    shares = [one for one in (cash, staff) if one is not None]
    if cash is not None:
        yield line("kroner", "cash", layers.cash, unit_cost, cash)
    if staff is not None:
        yield line("kroner", "capacity", layers.capacity, unit_cost, staff)
    yield line("kroner", "not_avoided", layers.not_avoided, unit_cost, *shares)


def _transfer(line: _Lines, transfer: Transfer, pricing: Pricing, gaps: list[Gap]) -> Iterator[Line]:
    subject = line.benefit.id
    amount = pricing.kroner(transfer.amount, subject, gaps)
    share = pricing.in_unit(transfer.share, ("share",), subject, gaps)
    if amount is None or transfer.payer == transfer.receiver:
        return
    if share is None and transfer.share is not None:
        return
    used = [amount] if share is None else [amount, share]
    kept = line.events.avoided * pricing.column(amount)
    if share is not None:
        kept = kept * pricing.column(share)
    item = f"{line.benefit.id}.{transfer.id}"
    yield line("kroner", "transfer", kept, *used, actor=transfer.payer, item=item, other=transfer.receiver)
    yield line("kroner", "transfer", -kept, *used, actor=transfer.receiver, item=item, other=transfer.payer)
