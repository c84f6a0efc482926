"""The follow-up: its sections in order. Each is a function of Results and a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from benefits.report.blocks import Section, Subheading
from benefits.report.first_page import first_page, tells_every_date, tells_every_gap
from benefits.report.sections import (
    answers,
    bridge,
    closing,
    data_quality,
    deviations,
    due,
    followed,
    light,
    period,
    progress,
    service,
    since,
    standing,
    to_paste,
    unexpected,
)
from benefits.report.voice import Voice
from benefits.results import Results

Made = Callable[[Results, Voice], Section]


def first_page_of_follow_up(results: Results, voice: Voice) -> Section:
    """Return page one as every report has it, with where the benefits stand before the figures; or the light page."""
    if results.project.light:
        return light.light(results, voice)
    page = first_page("follow-up", results, voice)
    at = page.blocks.index(Subheading(voice.say("first_page.figures")))
    return replace(page, blocks=(*page.blocks[:at], *standing.summary(results, voice), *page.blocks[at:]))


def unless_light(section: Made) -> Made:
    """Return a section that shows nothing in a project whose follow-up is one page."""

    def made(results: Results, voice: Voice) -> Section:
        whole = section(results, voice)
        return replace(whole, blocks=(), others=()) if results.project.light else whole

    return made


def deviations_if_any(results: Results, voice: Voice) -> Section:
    """Return the differences from the frozen plan; page one has told it where there are none."""
    made = deviations.deviations(results, voice)
    return made if results.follow_up.deviations else replace(made, blocks=())


def period_if_chosen(results: Results, voice: Voice) -> Section:
    """Return what one period showed; nothing where none was chosen."""
    made = period.period(results, voice)
    return made if results.follow_up.period is not None else replace(made, blocks=())


def answers_if_lacking(results: Results, voice: Voice) -> Section:
    """Return who has not answered; nothing where everybody has."""
    made = answers.answers(results, voice)
    lacking = any(one.due is not None and (one.missed or not one.answered) for one in results.answers)
    return made if lacking else replace(made, blocks=())


def data_quality_if_warned(results: Results, voice: Voice) -> Section:
    """Return what may change what the numbers mean; nothing where the data have no such thing."""
    made = data_quality.data_quality_in_short(results, voice)
    return made if any(one.warnings for one in results.quality) else replace(made, blocks=())


def sources(results: Results, voice: Voice) -> Section:
    """Return what the report rests on, and of data without a warning that they have none."""
    made = closing.sources_in_short(results, voice)
    if not results.quality or any(one.warnings for one in results.quality):
        return made
    return replace(made, blocks=(*made.blocks, *data_quality.data_quality_in_short(results, voice).blocks))


def due_unless_told(results: Results, voice: Voice) -> Section:
    """Return what was to be done; nothing where page one has told it all."""
    made = due.due(results, voice)
    return replace(made, blocks=()) if tells_every_date(results) else made


def gaps_unless_told(results: Results, voice: Voice) -> Section:
    """Return what is missing; nothing where page one has told it all."""
    made = closing.gaps(results, voice)
    return replace(made, blocks=()) if tells_every_gap(results) else made


SECTIONS: Mapping[str, Made] = {
    "first_page": first_page_of_follow_up,
    "since": unless_light(since.since),
    "service": unless_light(service.service),
    "standing": unless_light(standing.standing),
    "followed": unless_light(followed.followed),
    "bridge": unless_light(bridge.bridge_in_short),
    "unexpected": unless_light(unexpected.unexpected),
    "answers": unless_light(answers_if_lacking),
    "milestones": unless_light(progress.progress),
    "deviations": unless_light(deviations_if_any),
    "period": unless_light(period_if_chosen),
    "data_quality": unless_light(data_quality_if_warned),
    "due": unless_light(due_unless_told),
    "gaps": unless_light(gaps_unless_told),
    "to_paste": unless_light(to_paste.to_paste),
    "sources": unless_light(sources),
}
