"""Capacity as such: events, bed-days and hours per benefit, and bed-days and hours by year and actor."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Paragraph, Subheading, Table
from benefits.report.names import actor_name
from benefits.report.periods import period_words, years_covered
from benefits.report.voice import Voice
from benefits.results import Results

WIDEST = 7
"""Columns of numbers a table on paper has room for."""


def capacity_in_all(results: Results, voice: Voice) -> list[Block]:
    """Events, bed-days and hours as such, one row per benefit, unit and basis; never a sum over bases."""
    rows: list[tuple[Markup, ...]] = []
    multiplied = False
    for benefit in results.project.benefits:
        for basis in ("expected", "measured"):
            prefix = f"quantity.{basis}.{benefit.id}."
            units = [id.removeprefix(prefix) for id in results.values if id.startswith(prefix)]
            rows += [
                (
                    voice.text(benefit.title),
                    voice.word("basis", basis),
                    period_words(years_covered(results.values[prefix + unit], results), voice),
                    voice.interval(results.values[prefix + unit]),
                    voice.word("grade", results.values[prefix + unit].grade or "assumed"),
                )
                for unit in units
                if "." not in unit
            ]
            grades = {results.values[prefix + unit].grade for unit in units if "." not in unit}
            multiplied = multiplied or (basis == "measured" and len(grades) > 1 and "assumed" in grades)
    if not rows:
        return [Paragraph(voice.say("capacity.none"), tone="missing")]
    header = tuple(voice.say(f"capacity.column.{name}") for name in ("benefit", "basis", "period", "amount", "grade"))
    blocks: list[Block] = [
        Subheading(voice.say("capacity.heading")),
        Paragraph(voice.say("capacity.intro")),
        Table(
            caption=voice.say("capacity.caption"),
            header=header,
            rows=tuple(rows),
            note=voice.say("capacity.note.multiplied") if multiplied else None,
        ),
    ]
    for priced in results.services:
        hours = results.values.get(f"service.{priced.service}.hours")
        if hours is not None:
            service = next(one for one in results.project.services if one.id == priced.service)
            said = {"hours": voice.interval(hours), "year": voice.year(priced.year)}
            blocks.append(
                Paragraph(voice.say("capacity.service_uses", service=voice.text(service.title), **said)),
            )
    return blocks


def capacity_by_year(results: Results, voice: Voice) -> Iterator[Table]:
    """Yield tables of expected bed-days and hours by year, one column per actor, benefit and unit.

    There is no sum over benefits: two may free the same bed.
    """
    columns = list(_columns(results))
    for start in range(0, len(columns), WIDEST):
        shown = columns[start : start + WIDEST]
        header = [
            voice.say(
                "matrix.capacity.column",
                actor=actor_name(actor, results, voice),
                benefit=voice.text(benefit.title),
                unit=voice.catalogue.text(f"axis.{unit}", count=2),
            )
            for actor, benefit, unit in shown
        ]
        ids = [f"quantity.expected.{benefit.id}.{unit}" for _, benefit, unit in shown]
        rows = [
            (voice.year(year), *(voice.short_interval(results.values[f"{id}.{year}"]) for id in ids))
            for year in results.project.years
        ]
        rows.append((voice.say("matrix.total"), *(voice.short_interval(results.values[id]) for id in ids)))
        yield Table(
            caption=voice.say("matrix.capacity.caption"),
            header=(voice.say("column.year"), *header),
            rows=tuple(rows),
            numeric=frozenset(range(1, len(shown) + 1)),
            note=voice.say("matrix.capacity.note"),
        )


def _columns(results: Results) -> Iterator[tuple[str, Benefit, str]]:
    for benefit in results.project.benefits:
        if benefit.valuation is None:
            continue
        for unit in ("bed_days", "hours"):
            if f"quantity.expected.{benefit.id}.{unit}" in results.values:
                yield benefit.valuation.actor, benefit, unit
