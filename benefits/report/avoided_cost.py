"""The report on avoided cost: its sections in order. Each is a function of Results and a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benefits.report.avoided_cost_page import first_page_of_avoided_cost
from benefits.report.blocks import Section
from benefits.report.sections import (
    actors,
    affected,
    avoided,
    bridge,
    budget,
    closing,
    compared,
    data_quality,
    financing_gap,
    layers,
    measured,
    new_activity,
    price_interval,
    replacements,
    scenarios,
    sensitivity,
    since,
    staff,
    transfers,
    unpriced,
)
from benefits.report.voice import Voice
from benefits.results import Results

SECTIONS: Mapping[str, Callable[[Results, Voice], Section]] = {
    "first_page": first_page_of_avoided_cost,
    "since": since.since,
    "events": avoided.events,
    "measured": measured.measured,
    "compared": compared.compared,
    "data_quality": data_quality.data_quality,
    "evidence": avoided.evidence,
    "layers": layers.layers,
    "replacements": replacements.replacements,
    "transfers": transfers.transfers,
    "new_activity": new_activity.new_activity,
    "actors": actors.actors_after_transfers,
    "staff": staff.staff,
    "price_interval": price_interval.price_interval,
    "scenarios": scenarios.scenarios,
    "financing_gap": financing_gap.financing_gap,
    "budget": budget.budget,
    "unpriced": unpriced.unpriced,
    "affected": affected.affected,
    "break_even": avoided.break_even,
    "sensitivity": sensitivity.sensitivity,
    "bridge": bridge.bridge,
    "gaps": closing.gaps,
    "sources": closing.sources,
}
