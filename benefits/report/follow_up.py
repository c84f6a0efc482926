"""The follow-up: its sections in order. Each is a function of Results and a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from benefits.report.blocks import Section, Subheading
from benefits.report.first_page import first_page
from benefits.report.sections import (
    closing,
    data_quality,
    deviations,
    due,
    followed,
    period,
    progress,
    standing,
    unexpected,
)
from benefits.report.voice import Voice
from benefits.results import Results

Made = Callable[[Results, Voice], Section]


def first_page_of_follow_up(results: Results, voice: Voice) -> Section:
    """Return page one as every report has it, with where the benefits stand before the figures."""
    page = first_page("follow-up", results, voice)
    at = page.blocks.index(Subheading(voice.say("first_page.figures")))
    return replace(page, blocks=(*page.blocks[:at], *standing.summary(results, voice), *page.blocks[at:]))


def deviations_if_any(results: Results, voice: Voice) -> Section:
    """Return the differences from the frozen plan; page one has told it where there are none."""
    made = deviations.deviations(results, voice)
    return made if results.follow_up.deviations else replace(made, blocks=())


def period_if_chosen(results: Results, voice: Voice) -> Section:
    """Return what one period showed; nothing where none was chosen."""
    made = period.period(results, voice)
    return made if results.follow_up.period is not None else replace(made, blocks=())


SECTIONS: Mapping[str, Made] = {
    "first_page": first_page_of_follow_up,
    "uptake": period.uptake,
    "standing": standing.standing,
    "followed": followed.followed,
    "unexpected": unexpected.unexpected,
    "milestones": progress.progress,
    "deviations": deviations_if_any,
    "period": period_if_chosen,
    "data_quality": data_quality.data_quality,
    "due": due.due,
    "gaps": closing.gaps,
    "sources": closing.sources_in_short,
}
