"""Freed time per benefit and year: hours, what can be put to use of them, and full-time years."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Paragraph, Subheading, Table
from benefits.report.names import benefit_name
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.flow_parts import FreedLine

NAMES = ("hours", "usable", "full_time_years")


def freed_time(results: Results, voice: Voice) -> Iterator[Block]:
    """Yield a table with a row per benefit, basis and year; nothing where no benefit frees or takes time."""
    lines = [one for one in results.flow_parts.freed if one.years]
    if not lines:
        return
    names = tuple(name for name in NAMES if any(name in one.names for one in lines))
    rows = tuple(
        (
            benefit_name(one.benefit, results, voice),
            voice.word("basis", one.basis),
            voice.year(year),
            *(_cell(one, name, year, results, voice) for name in names),
        )
        for one in lines
        for year in one.years
    )
    columns = ("benefit", "basis", "year", *names)
    yield Subheading(voice.say("freed_time.heading"))
    yield Paragraph(voice.say("freed_time.intro"))
    yield Table(
        caption=voice.say("freed_time.caption"),
        header=tuple(voice.say(f"freed_time.column.{name}") for name in columns),
        rows=rows,
        numeric=frozenset(range(3, len(columns))),
        note=_note(results, voice),
    )
    if any("full_time_years" not in one.names for one in lines):
        yield Paragraph(voice.say("freed_time.no_full_time_year"), tone="missing")


def _cell(one: FreedLine, name: str, year: int, results: Results, voice: Voice) -> Markup:
    return (
        voice.short_interval(results.values[f"{one.prefix}.{name}.{year}"]) if name in one.names else voice.say("blank")
    )


def _note(results: Results, voice: Voice) -> Markup:
    """What a full-time year was taken to be, wherever it was."""
    named = [
        benefit.valuation.hours_per_full_time_year
        for benefit in results.project.benefits
        if benefit.valuation is not None and any(one.benefit == benefit.id for one in results.flow_parts.freed)
    ]
    used = [
        results.values[f"assumption.{name}"] for name in dict.fromkeys(named) if f"assumption.{name}" in results.values
    ]
    if not used:
        return voice.say("freed_time.note", level=results.values["level"])
    listed = voice.listed(voice.interval(one) for one in used)
    return voice.say("freed_time.note.full_time_year", level=results.values["level"], hours=listed)
