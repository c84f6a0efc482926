"""The gevinstplan: its sections in order. Each is a function of Results and a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from benefits.report.blocks import Section
from benefits.report.first_page import first_page
from benefits.report.sections import (
    about,
    actions,
    actors,
    affected,
    benefits,
    budget,
    closing,
    data_quality,
    financing_gap,
    measured,
    measuring,
    money,
    new_activity,
    since,
    staff,
    unpriced,
)
from benefits.report.voice import Voice
from benefits.results import Results

SECTIONS: Mapping[str, Callable[[Results, Voice], Section]] = {
    "first_page": partial(first_page, "plan"),
    "since": since.since,
    "about": about.about,
    "milestones": about.milestones,
    "benefits": benefits.overview,
    "hypotheses": benefits.hypotheses,
    "measuring": measuring.measuring,
    "measured": measured.measured,
    "data_quality": data_quality.data_quality_in_short,
    "dis_benefits": benefits.dis_benefits,
    "unpriced": unpriced.unpriced,
    "affected": affected.affected,
    "money": money.money,
    "financing_gap": financing_gap.financing_gap,
    "new_activity": new_activity.new_activity,
    "actors": actors.actors,
    "staff": staff.staff_in_short,
    "budget": budget.budget,
    "actions": actions.actions,
    "gaps": closing.gaps,
    "sources": closing.sources,
}
