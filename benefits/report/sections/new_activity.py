"""Activity the service brings about: how many, the hours they take, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.valuation import NewActivity
from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.names import actor_name
from benefits.report.voice import Voice
from benefits.results import Results


def new_activity(results: Results, voice: Voice) -> Section:
    """A table per new activity by year; an empty section where there is none."""
    heading = voice.say("new_activity.heading")
    known = [one for one in results.project.new_activity if one.id in results.flow_parts.new_activity]
    if not results.project.new_activity:
        return Section(id="new_activity", heading=heading, blocks=())
    blocks: list[Block] = [Paragraph(voice.say("new_activity.intro"))]
    blocks += [_table(one, results, voice) for one in known]
    if not known:
        blocks.append(Paragraph(voice.say("new_activity.none"), tone="missing"))
    return Section(id="new_activity", heading=heading, blocks=tuple(blocks))


def _table(one: NewActivity, results: Results, voice: Voice) -> Table:
    columns = dict(_columns(one, results, voice))
    rows = [
        (voice.year(year), *(voice.short_interval(results.values[f"{id}.{year}"]) for id in columns))
        for year in results.project.years
    ]
    rows.append((voice.say("new_activity.all_years"), *(voice.short_interval(results.values[id]) for id in columns)))
    said = {"activity": voice.text(one.title), "actor": actor_name(one.actor, results, voice)}
    return Table(
        caption=voice.say("new_activity.caption", **said),
        header=(voice.say("column.year"), *columns.values()),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(columns) + 1)),
        note=voice.say("new_activity.note", level=results.values["level"]),
    )


def _columns(one: NewActivity, results: Results, voice: Voice) -> Iterator[tuple[str, Markup]]:
    """The prefix of the Values of each column, and its heading."""
    item = f"new_activity.{one.id}"
    yield f"{item}.quantity", voice.say("new_activity.column.quantity")
    if f"quantity.expected.{item}.hours" in results.values:
        yield f"quantity.expected.{item}.hours", voice.say("new_activity.column.hours")
    if f"{item}.cost" in results.values:
        price_year = voice.year(results.project.price_year)
        yield f"{item}.cost", voice.say("new_activity.column.cost", price_year=price_year)
