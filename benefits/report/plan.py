"""The gevinstplan: its sections in order. Each is a function of Results and a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benefits.report.blocks import Section
from benefits.report.first_page import first_page
from benefits.report.sections import about, actions, benefits, closing, measured, money
from benefits.report.voice import Voice
from benefits.results import Results


def _first_page(results: Results, voice: Voice) -> Section:
    return first_page("plan", results, voice)


SECTIONS: Mapping[str, Callable[[Results, Voice], Section]] = {
    "first_page": _first_page,
    "about": about.about,
    "milestones": about.milestones,
    "benefits": benefits.overview,
    "hypotheses": benefits.hypotheses,
    "measured": measured.measured,
    "dis_benefits": benefits.dis_benefits,
    "unpriced": benefits.unpriced,
    "money": money.money,
    "actors": money.actors,
    "actions": actions.actions,
    "gaps": closing.gaps,
    "sources": closing.sources,
}
