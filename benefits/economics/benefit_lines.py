"""What avoided events mean for the actors: events, bed-days and hours, three layers of kroner, and transfers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benefits.economics.flows import Line
from benefits.economics.marginal import cash_terms, frees_beds, gap_of, refill_of, unusable_refill
from benefits.economics.pricing import Events, Pricing, Rows
from benefits.economics.refusals import SharesOutOfRange
from benefits.economics.replacements import replacement_lines
from benefits.economics.transfers import BY_DRG, tell_of_more_passed_on, transfer_lines
from benefits.economics.travel import travel_lines
from benefits.economics.units import conversion
from benefits.errors import Gap, Parameter
from benefits.project.benefit import Benefit
from benefits.project.valuation import Valuation
from benefits.vocabulary import Unit

WEIGHTS: Mapping[str, int] = {"counted_in_same_unit": 30}
"""How much each gap matters, beside those of the plan itself."""


def lines_of(
    benefit: Benefit, valuation: Valuation, *, events: Events, pricing: Pricing, gaps: list[Gap]
) -> Iterator[Line]:
    """Yield the rows of one benefit on one basis.

    Kroner only under a chosen form of realisation that is priced: bed-days and hours are shown as such whatever the
    form, as what is freed, and so is what comes instead, in hours and kroner: it costs whatever is done with what is
    freed. The row in the benefit's own unit is positive when good. Everything an event brings with it
    follows the events themselves, good or not: fewer of them free bed-days, hours and kroner, and more of them take up
    bed-days and hours and cost kroner, also where more events are what was hoped for. What is paid per event moves in
    the same way.
    """
    rows = Rows(actor=valuation.actor, item=benefit.id, events=events)
    yield rows(events.unit, "capacity", events.good)
    yield from physical(rows, valuation.bed_days, ("bed_days",), subject=benefit.id, pricing=pricing, gaps=gaps)
    yield from physical(rows, valuation.hours, ("hours", "minutes"), subject=benefit.id, pricing=pricing, gaps=gaps)
    for replacement in valuation.replacements:
        yield from replacement_lines(rows, benefit, replacement, pricing=pricing, gaps=gaps)
    if benefit.realisation is None or benefit.realisation.form == "not_priced":
        return
    refill = refill_of(valuation, subject=benefit.id, pricing=pricing, gaps=gaps)
    if valuation.refill_share is None and _asks_for_refill(benefit, valuation):
        gaps.append(gap_of("refill_not_stated", benefit.id))
    yield from _layers(rows, valuation, subject=benefit.id, pricing=pricing, gaps=gaps)
    tell_of_more_passed_on(valuation.transfers, item=benefit.id, subject=benefit.id, pricing=pricing, gaps=gaps)
    for transfer in valuation.transfers:
        if transfer.kind in BY_DRG and unusable_refill(valuation, refill):
            continue
        yield from transfer_lines(rows, transfer, subject=benefit.id, pricing=pricing, gaps=gaps, refill=refill)
    if valuation.travel is not None:
        yield from travel_lines(rows, valuation.travel, subject=benefit.id, pricing=pricing, gaps=gaps)


def _asks_for_refill(benefit: Benefit, valuation: Valuation) -> bool:
    """Whether beds are freed, and kroner follow them that a bed filled again takes back."""
    follows = valuation.unit_cost is not None or any(one.kind in BY_DRG for one in valuation.transfers)
    return follows and frees_beds(benefit) and not benefit.dis_benefit


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
    terms = cash_terms(valuation, subject=subject, pricing=pricing, gaps=gaps)
    if terms is None:
        return
    try:
        layers = terms.layers(rows.events, pricing)
    except SharesOutOfRange as refused:
        gaps.append(gap_of(refused.code, subject, **refused.parameters))
        return
    cost, years = terms.unit_cost, rows.events.years
    if terms.variable is not None or terms.action is not None:
        yield rows("kroner", "cash", pricing.grown(layers.cash, cost, years), cost, *terms.of_cash)
    if terms.staff is not None:
        yield rows("kroner", "capacity", pricing.grown(layers.capacity, cost, years), cost, *terms.of_capacity)
    known = dict.fromkeys((*terms.of_cash, *terms.of_capacity))
    yield rows("kroner", "not_avoided", pricing.grown(layers.not_avoided, cost, years), cost, *known)


def _gap(code: str, subject: str, **parameters: Parameter) -> Gap:
    return Gap(code=code, subject=subject, weight=WEIGHTS[code], parameters=parameters)
