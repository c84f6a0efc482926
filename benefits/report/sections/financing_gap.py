"""What is not financed, per actor and year, and how far behind each actor comes before the benefits catch up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name
from benefits.report.voice import Voice
from benefits.results import Results

WIDEST = 7
"""Columns of numbers a table on paper has room for."""


def financing_gap(results: Results, voice: Voice) -> Section:
    """A table per actor that pays, and the running sum of every actor's money; what lacks where nobody pays."""
    blocks: list[Block] = []
    if results.flow_parts.financed:
        blocks.append(Paragraph(voice.say("financing_gap.intro")))
        tables = [_of_actor(actor, parts, results, voice) for actor, parts in results.flow_parts.financed]
        note = voice.say("financing_gap.note", level=results.values["level"])
        blocks += [replace(tables[0], note=note), *tables[1:]]
    else:
        blocks.append(Paragraph(voice.say("financing_gap.none"), tone="missing"))
    blocks += _hump(results, voice)
    return Section(id="financing_gap", heading=voice.say("financing_gap.heading"), blocks=tuple(blocks))


def _of_actor(actor: str, parts: tuple[str, ...], results: Results, voice: Voice) -> Table:
    names, prefix = (*parts, "gap"), f"financing_gap.{actor}"
    rows = [
        (voice.year(year), *(voice.short_interval(results.values[f"{prefix}.{name}.{year}"]) for name in names))
        for year in results.project.years
    ]
    rows.append(
        (
            voice.say("financing_gap.all_years"),
            *(voice.short_interval(results.values[f"{prefix}.{name}"]) for name in names),
        )
    )
    said = {"actor": actor_name(actor, results, voice), "price_year": voice.year(results.project.price_year)}
    return Table(
        caption=voice.say("financing_gap.caption", **said),
        header=(voice.say("column.year"), *(voice.say(f"financing_gap.column.{name}") for name in names)),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(names) + 1)),
    )


def _hump(results: Results, voice: Voice) -> Iterator[Block]:
    """The running sum by year, one column per actor, and in words who is behind most in which year."""
    actors = [one.id for one in results.project.actors if one.id in results.flow_parts.running]
    if not actors or not results.flow_parts.financed:
        return
    yield Subheading(voice.say("hump.heading"))
    yield Paragraph(voice.say("hump.intro"))
    for start in range(0, len(actors), WIDEST):
        shown = actors[start : start + WIDEST]
        rows = tuple(
            (
                voice.year(year),
                *(voice.short_interval(results.values[f"actor.{id}.expected.cumulative.{year}"]) for id in shown),
            )
            for year in results.project.years
        )
        yield Table(
            caption=voice.say("hump.caption", price_year=voice.year(results.project.price_year)),
            header=(voice.say("column.year"), *(actor_name(id, results, voice) for id in shown)),
            rows=rows,
            numeric=frozenset(range(1, len(shown) + 1)),
            note=voice.say("hump.note", level=results.values["level"]),
        )
    last = results.project.years[-1]
    carriers = {actor for actor, _ in results.flow_parts.financed}
    for one in results.worth.paybacks:
        if one.actor not in carriers or not one.plain.behind:
            continue
        deepest = results.values[f"actor.{one.actor}.expected.cumulative.{one.plain.lowest_year}"]
        said = {
            "actor": actor_name(one.actor, results, voice),
            "year": voice.year(one.plain.lowest_year),
            "amount": voice.interval(deepest),
        }
        if one.plain.lowest_year == last:
            yield Paragraph(voice.say("hump.still_falling", **said))
        elif one.plain.year is None:
            yield Paragraph(voice.say("hump.not_recovered", last=voice.year(last), **said))
        else:
            yield Paragraph(voice.say("hump.recovered", recovered=voice.year(one.plain.year), **said))
