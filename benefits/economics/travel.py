"""Journeys that are spared: what they cost the traveller, and what is no longer paid back for them."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.economics.flows import Line
from benefits.economics.pricing import Pricing, Rows
from benefits.errors import Gap
from benefits.project.valuation import Travel
from benefits.vocabulary import Unit

COST = "travel.cost"
REIMBURSEMENT = "travel.reimbursement"
"""What the two entries are called after the benefit they belong to."""
_JOURNEYS: tuple[Unit, ...] = ("journeys", "count")


def travel_lines(rows: Rows, travel: Travel, *, subject: str, pricing: Pricing, gaps: list[Gap]) -> Iterator[Line]:
    """Yield what the traveller is spared, and, as a transfer, what is no longer paid back.

    They are two entries: the real cost is what society is spared, and the reimbursement only changes hands. Journeys
    per event times kroner per journey; of the reimbursement the payer keeps what the traveller loses.
    """
    journeys = pricing.in_unit(travel.journeys, _JOURNEYS, subject, gaps)
    if journeys is None:
        return
    spared = rows.events.avoided * pricing.column(journeys)
    cost = pricing.kroner(travel.cost, subject, gaps)
    if cost is not None:
        kroner = pricing.grown(spared * pricing.column(cost), cost, rows.events.years)
        yield rows("kroner", "cash", kroner, journeys, cost, actor=travel.traveller, part=COST)
    back = pricing.kroner(travel.reimbursement, subject, gaps)
    if back is None or travel.payer is None or travel.payer == travel.traveller:
        return
    kept = pricing.grown(spared * pricing.column(back), back, rows.events.years)
    ends = ((travel.payer, kept, travel.traveller), (travel.traveller, -kept, travel.payer))
    for actor, values, other in ends:
        yield rows("kroner", "transfer", values, journeys, back, actor=actor, part=REIMBURSEMENT, other=other)
