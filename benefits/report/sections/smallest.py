"""The smallest change a volume can show, for the comparison that is planned; or what it would take to know."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Paragraph
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.plan_values import BEFORE, BESIDE, COUNTED

Against = Literal["group", "before", "before_unknown", "not_planned"]


def is_counted(benefit: Benefit) -> bool:
    """Whether its indicator is a rate of events, for which the smallest change can be computed."""
    indicator = benefit.indicator
    return indicator is not None and indicator.per == "person_year" and indicator.unit in COUNTED


def smallest(benefit: Benefit, results: Results, voice: Voice) -> list[Block]:
    """Say the smallest change the volume can show; of a rate of events without one, what is lacking."""
    values = results.values
    least = values.get(f"benefit.{benefit.id}.smallest")
    if least is None:
        return [Paragraph(_lacking(benefit, results, voice))] if is_counted(benefit) else []
    shown = {
        "group": "smallest.shown",
        "before": "smallest.shown.before",
        "before_unknown": "smallest.shown.before.unknown",
        "not_planned": "smallest.shown.not_planned",
    }[_against(benefit)]
    words = {
        "smallest": least,
        "persons": values[f"benefit.{benefit.id}.smallest.exposure"],
        "power": values["power"],
        "level": values["level"],
    }
    dispersion = values.get(f"benefit.{benefit.id}.smallest.dispersion")
    spread = "smallest.independent" if dispersion is None else "smallest.dispersed"
    said = (voice.say(shown, **words), voice.say(spread, dispersion=dispersion))
    return [Paragraph(Markup(" ").join(said)), *too_small(benefit.id, results, voice)]


def too_small(benefit: str, results: Results, voice: Voice) -> list[Paragraph]:
    """Warn when what is hoped for is less than the volume can show: a larger change found is then likely too large."""
    least, hoped = (results.values.get(f"benefit.{benefit}.{name}") for name in ("smallest", "hoped"))
    if least is None or least.value is None or hoped is None or hoped.value is None or hoped.value >= least.value:
        return []
    return [Paragraph(voice.say("smallest.too_small", hoped=hoped, smallest=least), tone="warning")]


def _against(benefit: Benefit) -> Against:
    method, baseline = benefit.method, benefit.baseline
    if method is not None and method.id in BESIDE:
        return "group"
    if method is None or method.id not in BEFORE:
        return "not_planned"
    known = baseline is not None and baseline.period is not None and baseline.n
    return "before" if known else "before_unknown"


def _lacking(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    project, values = results.project, results.values
    before = values.get(f"benefit.{benefit.id}.baseline")
    expected = benefit.valuation.expected_events if benefit.valuation is not None else None
    rate = (before is not None and bool(before.value)) or f"assumption.{expected}" in values
    volume = any(project.volume(year, benefit) > 0 for year in project.years)
    if rate:
        return voice.say("smallest.no_volume")
    return voice.say("smallest.no_rate" if volume else "smallest.no_volume_or_rate")
