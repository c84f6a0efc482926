"""When the money has been earned back, per actor and for all together, in words where it is not."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.economics.payback import Payback
from benefits.report.blocks import Block, Paragraph, Table
from benefits.report.names import actor_name
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.paybacks import SOCIETY, PaybackLine


def payback(results: Results, voice: Voice) -> Iterator[Block]:
    """Yield the year each actor has caught up, in fixed prices and as present values; nothing where nobody pays."""
    lines = _in_order(results)
    if not lines:
        return
    shares, discounted = any(one.share for one in lines), any(one.discounted is not None for one in lines)
    last = voice.year(results.project.years[-1])
    header = [voice.say("actors.column.actor"), voice.say("payback.column.plain")]
    if discounted:
        header.append(voice.say("payback.column.discounted"))
    if shares:
        header.append(voice.say("payback.column.share", last=last))
    rows = []
    for one in lines:
        name = voice.say("actors.society") if one.actor == SOCIETY else actor_name(one.actor, results, voice)
        cells = [name, _said(one.plain, last, voice)]
        if discounted:
            cells.append(_said(one.discounted, last, voice) if one.discounted is not None else Markup(""))
        if shares:
            cells.append(voice.number(results.values[one.share]) if one.share else Markup(""))
        rows.append(tuple(cells))
    yield Paragraph(voice.say("payback.intro"))
    note = voice.say("payback.note")
    numeric = frozenset({len(header) - 1}) if shares else frozenset()
    yield Table(
        caption=voice.say("payback.caption"), header=tuple(header), rows=tuple(rows), numeric=numeric, note=note
    )


def _in_order(results: Results) -> list[PaybackLine]:
    """In the order of the project file, last all together; none when nobody is ever behind."""
    found = {one.actor: one for one in results.worth.paybacks}
    if not any(one.plain.behind for one in found.values()):
        return []
    return [found[id] for id in (*(actor.id for actor in results.project.actors), SOCIETY) if id in found]


def _said(one: Payback, last: Markup, voice: Voice) -> Markup:
    if not one.behind:
        return voice.say("payback.nothing")
    if one.year is None:
        return voice.say("payback.not", last=last)
    return voice.say("payback.year", year=voice.year(one.year))
