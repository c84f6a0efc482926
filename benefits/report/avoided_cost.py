"""The report on avoided cost: its sections in order. Each is a function of Results and a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benefits.report.avoided_cost_page import first_page_of_avoided_cost, gaps_and_claims
from benefits.report.blocks import Section
from benefits.report.sections import (
    actors,
    avoided,
    bridge,
    closing,
    compared,
    data_quality,
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
)
from benefits.report.voice import Voice
from benefits.results import Results

SECTIONS: Mapping[str, Callable[[Results, Voice], Section]] = {
    "first_page": first_page_of_avoided_cost,
    "since": since.since,
    "events": avoided.events,
    "measured": measured.measured_in_short,
    "compared": compared.compared,
    "data_quality": data_quality.data_quality_in_short,
    "evidence": avoided.evidence,
    "layers": layers.layers,
    "replacements": replacements.replacements,
    "transfers": transfers.transfers,
    "new_activity": new_activity.new_activity,
    "actors": actors.actors_beside_plan,
    "staff": staff.staff,
    "price_interval": price_interval.price_interval,
    "scenarios": scenarios.scenarios,
    "break_even": avoided.break_even,
    "sensitivity": sensitivity.sensitivity,
    "bridge": bridge.bridge,
    "gaps": gaps_and_claims,
    "sources": closing.sources_beside_plan,
}
