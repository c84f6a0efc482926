"""The report on avoided cost: its sections in order. Each is a function of Results and a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benefits.report.blocks import Section
from benefits.report.first_page import first_page
from benefits.report.sections import avoided, closing, measured, money
from benefits.report.voice import Voice
from benefits.results import Results


def _first_page(results: Results, voice: Voice) -> Section:
    return first_page("avoided-cost", results, voice)


SECTIONS: Mapping[str, Callable[[Results, Voice], Section]] = {
    "first_page": _first_page,
    "events": avoided.events,
    "measured": measured.measured,
    "evidence": avoided.evidence,
    "layers": avoided.layers,
    "transfers": avoided.transfers,
    "actors": money.actors,
    "break_even": avoided.break_even,
    "gaps": closing.gaps,
    "sources": closing.sources,
}
