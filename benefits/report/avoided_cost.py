"""The report on avoided cost: its sections in order. Each is a function of Results and a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from benefits.report.blocks import Section
from benefits.report.first_page import first_page
from benefits.report.sections import (
    actors,
    affected,
    avoided,
    budget,
    closing,
    data_quality,
    financing_gap,
    measured,
    new_activity,
    since,
    unpriced,
)
from benefits.report.voice import Voice
from benefits.results import Results

SECTIONS: Mapping[str, Callable[[Results, Voice], Section]] = {
    "first_page": partial(first_page, "avoided-cost"),
    "since": since.since,
    "events": avoided.events,
    "measured": measured.measured,
    "data_quality": data_quality.data_quality,
    "evidence": avoided.evidence,
    "layers": avoided.layers,
    "transfers": avoided.transfers,
    "new_activity": new_activity.new_activity,
    "actors": actors.actors_after_transfers,
    "financing_gap": financing_gap.financing_gap,
    "budget": budget.budget,
    "unpriced": unpriced.unpriced,
    "affected": affected.affected,
    "break_even": avoided.break_even,
    "gaps": closing.gaps,
    "sources": closing.sources,
}
