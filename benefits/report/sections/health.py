"""Health in kroner under a value the project names, in a table of its own."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Paragraph, Table
from benefits.report.names import benefit_name
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.health_values import HealthLine


def health(results: Results, voice: Voice) -> Iterator[Block]:
    """Yield what health is worth, one table for what is expected and one for what was measured; nothing otherwise."""
    if not results.worth.health:
        return
    yield Paragraph(voice.say("health.intro"))
    for basis in ("expected", "measured"):
        lines = [one for one in results.worth.health if one.basis == basis]
        if lines:
            yield _table(lines, basis, results, voice)
    for one in results.worth.health:
        if one.growth:
            name = benefit_name(one.benefit, results, voice)
            yield Paragraph(voice.say("health.growth", benefit=name, growth=results.values[one.growth]))


def _table(lines: list[HealthLine], basis: str, results: Results, voice: Voice) -> Table:
    values, discounted = results.values, any(one.present for one in lines)
    rows = tuple(
        (
            benefit_name(one.benefit, results, voice),
            voice.interval(values[one.quantity]),
            voice.interval(values[one.used]),
            voice.short_interval(values[one.whole]),
            *((voice.short_interval(values[one.present]) if one.present else Markup(""),) if discounted else ()),
            voice.text(values[one.used].source) if values[one.used].source else voice.say("blank"),
        )
        for one in lines
    )
    names = ("benefit", "quantity", "used", "whole", "present", "source")
    header = tuple(voice.say(f"health.column.{name}") for name in names if name != "present" or discounted)
    return Table(
        caption=voice.say(f"health.caption.{basis}", price_year=voice.year(results.project.price_year)),
        header=header,
        rows=rows,
        numeric=frozenset(range(1, len(header) - 1)),
        note=voice.say("health.note", level=values["level"]),
    )
