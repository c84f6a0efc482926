"""What avoided events mean for the actors: events, bed-days and hours, three layers of kroner, and transfers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from benefits.economics.avoided import split
from benefits.economics.flows import Line
from benefits.economics.inputs import Input
from benefits.economics.pricing import Events, Pricing, Rows
from benefits.economics.refusals import SharesOutOfRange
from benefits.economics.transfers import tell_of_more_passed_on, transfer_lines
from benefits.economics.travel import travel_lines
from benefits.economics.units import conversion
from benefits.errors import Gap, Parameter
from benefits.project.benefit import Benefit
from benefits.project.valuation import Valuation
from benefits.vocabulary import Unit

WEIGHTS: Mapping[str, int] = {
    "no_cash_share": 45,
    "no_staff_share": 35,
    "share_below_zero": 60,
    "shares_over_one": 60,
    "realisation_over_one": 60,
    "counted_in_same_unit": 30,
}
"""How much each gap matters, beside those of the plan itself."""


def lines_of(
    benefit: Benefit, valuation: Valuation, *, events: Events, pricing: Pricing, gaps: list[Gap]
) -> Iterator[Line]:
    """Yield the rows of one benefit on one basis.

    Kroner only under a chosen form of realisation that is priced: bed-days and hours are shown as such whatever the
    form, as what is freed. The row in the benefit's own unit is positive when good. Everything an event brings with it
    follows the events themselves, good or not: fewer of them free bed-days, hours and kroner, and more of them take up
    bed-days and hours and cost kroner, also where more events are what was hoped for. What is paid per event moves in
    the same way.
    """
    rows = Rows(actor=valuation.actor, item=benefit.id, events=events)
    yield rows(events.unit, "capacity", events.good)
    yield from physical(rows, valuation.bed_days, ("bed_days",), subject=benefit.id, pricing=pricing, gaps=gaps)
    yield from physical(rows, valuation.hours, ("hours", "minutes"), subject=benefit.id, pricing=pricing, gaps=gaps)
    if benefit.realisation is None or benefit.realisation.form == "not_priced":
        return
    yield from _layers(rows, valuation, subject=benefit.id, pricing=pricing, gaps=gaps)
    tell_of_more_passed_on(valuation.transfers, item=benefit.id, subject=benefit.id, pricing=pricing, gaps=gaps)
    for transfer in valuation.transfers:
        yield from transfer_lines(rows, transfer, subject=benefit.id, pricing=pricing, gaps=gaps)
    if valuation.travel is not None:
        yield from travel_lines(rows, valuation.travel, subject=benefit.id, pricing=pricing, gaps=gaps)


def physical(
    rows: Rows, name: str | None, units: tuple[Unit, ...], *, subject: str, pricing: Pricing, gaps: list[Gap]
) -> Iterator[Line]:
    """Yield the bed-days or hours that follow from events, in the first of some units; minutes become hours."""
    one = pricing.in_unit(name, units, subject, gaps)
    if one is None:
        return
    if rows.events.unit in units:
        gaps.append(_gap("counted_in_same_unit", subject, name=one.name, unit=rows.events.unit))
        return
    per_event = pricing.column(one) * (conversion(one.unit, units[0]) or 1.0)
    yield rows(units[0], "capacity", rows.events.avoided * per_event, one)


def _layers(rows: Rows, valuation: Valuation, *, subject: str, pricing: Pricing, gaps: list[Gap]) -> Iterator[Line]:
    unit_cost = pricing.kroner(valuation.unit_cost, subject, gaps)
    if unit_cost is None:
        return
    cash, staff, used_share = (
        pricing.in_unit(name, ("share",), subject, gaps)
        for name in (valuation.cash_share, valuation.staff_share, valuation.realisation_share)
    )
    if cash is None:
        gaps.append(_gap("no_cash_share", subject))
    if staff is None:
        gaps.append(_gap("no_staff_share", subject))
    if used_share is None and valuation.realisation_share is not None:
        return
    cost = pricing.column(unit_cost)
    shares = [np.zeros_like(cost) if one is None else pricing.column(one) for one in (cash, staff)]
    put_to_use = None if used_share is None else pricing.column(used_share)
    try:
        layers = split(
            events=rows.events.avoided,
            unit_cost=cost,
            cash_share=shares[0],
            staff_share=shares[1],
            realisation_share=put_to_use,
        )
    except SharesOutOfRange as refused:
        gaps.append(_gap(refused.code, subject, **refused.parameters))
        return
    known: list[Input] = [one for one in (cash, staff, used_share) if one is not None]
    realised: list[Input] = [] if used_share is None else [used_share]
    years = rows.events.years
    if cash is not None:
        yield rows("kroner", "cash", pricing.grown(layers.cash, unit_cost, years), unit_cost, cash, *realised)
    if staff is not None:
        yield rows("kroner", "capacity", pricing.grown(layers.capacity, unit_cost, years), unit_cost, staff, *realised)
    yield rows("kroner", "not_avoided", pricing.grown(layers.not_avoided, unit_cost, years), unit_cost, *known)


def _gap(code: str, subject: str, **parameters: Parameter) -> Gap:
    return Gap(code=code, subject=subject, weight=WEIGHTS[code], parameters=parameters)
