"""The follow-up: its sections in order. Each is a function of Results and a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from benefits.report.blocks import Section, Subheading
from benefits.report.first_page import first_page
from benefits.report.sections import closing, data_quality, deviations, due, measured, period, standing
from benefits.report.voice import Voice
from benefits.results import Results


def first_page_of_follow_up(results: Results, voice: Voice) -> Section:
    """Return page one as every report has it, with where the benefits stand before the figures."""
    page = first_page("follow-up", results, voice)
    at = page.blocks.index(Subheading(voice.say("first_page.figures")))
    return replace(page, blocks=(*page.blocks[:at], *standing.summary(results, voice), *page.blocks[at:]))


SECTIONS: Mapping[str, Callable[[Results, Voice], Section]] = {
    "first_page": first_page_of_follow_up,
    "standing": standing.standing,
    "deviations": deviations.deviations,
    "period": period.period,
    "uptake": period.uptake,
    "measured": measured.measured,
    "data_quality": data_quality.data_quality,
    "due": due.due,
    "gaps": closing.gaps,
    "sources": closing.sources,
}
