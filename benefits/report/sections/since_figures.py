"""Why each figure of page one moved since an earlier report, in a sentence and a table that adds up."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.fields import Text
from benefits.project.titles import titles
from benefits.report.blocks import Block, Bullets, Paragraph, Subheading, Table
from benefits.report.names import item_name
from benefits.report.periods import period_words, years_covered
from benefits.report.voice import Voice
from benefits.results import Bridge, Comparison, Results
from benefits.results.comparison.model import Part
from benefits.results.comparison.shapley import CITATION

MOST_FIGURES = 5
"""As many as page one has room for."""
NEXT_TO_NOTHING = 0.01
"""Share of a change below which its rest is not worth a sentence."""


def figures(found: Comparison, results: Results, voice: Voice) -> Iterator[Block]:
    """Say of every figure that moved from what to what and why, and which stand still.

    Those that page one has room for have a table each; of the others there is a sentence.
    """
    shown, others = found.moved[:MOST_FIGURES], found.moved[MOST_FIGURES:]
    for bridge in shown:
        yield from _figure(bridge, found, results, voice)
    if others:
        yield Subheading(voice.say("since.others"))
        yield Bullets(tuple(_in_short(bridge, found, results, voice) for bridge in others))
    yield from _notes(found, voice)
    still = [what(one, found, results, voice) for one in found.bridges if not one.moved]
    if still and found.moved:
        quoted = voice.listed(voice.say("since.quoted", what=one) for one in still)
        yield Paragraph(voice.say("since.unmoved", figures=quoted))


def _notes(found: Comparison, voice: Voice) -> Iterator[Block]:
    """Say once how the tables are to be read."""
    if any(bridge.parts for bridge in found.moved):
        yield Paragraph(voice.say("since.table.note"))
    within = [bridge.within for bridge in found.moved if bridge.parts and bridge.within is not None]
    if within:
        said = [voice.say("since.chance")] if any(within) else []
        yield Paragraph(Markup(" ").join([*said, voice.say("since.no_test")]))
    # What is a plain sum or difference has one way only of being taken apart.
    if any(len(_factors(bridge)) > 1 for bridge in found.moved):
        yield Paragraph(voice.say("since.shared", citation=voice.text(CITATION)))
    if any(part.cause == "rest" for bridge in found.moved for part in bridge.parts):
        yield Paragraph(voice.say("since.rest"))


def what(bridge: Bridge, found: Comparison, results: Results, voice: Voice) -> Markup:
    """Say what the figure is, as page one does."""
    value = results.values.get(bridge.new) or results.values.get(bridge.old)
    years = years_covered(value, results) if value is not None else ()
    name = item(bridge.benefit, found, results, voice)
    # An older version may have had other figures.
    if f"headline.{bridge.code}" not in voice.catalogue:
        return voice.text(bridge.code)
    said = voice.say(f"headline.{bridge.code}", benefit=name, period=period_words(years, voice))
    if not bridge.code.startswith("net."):
        return said
    return voice.say("since.of_actor", what=said, actor=_actor(bridge.actor, results, voice))


def _actor(id: str, results: Results, voice: Voice) -> Markup:
    """Say an actor's name; of one that is there no more, its id."""
    known = {one.id: one.name for one in results.project.actors}
    return voice.text(known.get(id, id))


def item(id: str, found: Comparison, results: Results, voice: Voice) -> Markup:
    """Say the title of something by id, as it is called now, else as it was called then."""
    known = titles(results.project)
    if id in known:
        return voice.text(known[id])
    then = found.titles.get(id)
    return voice.text(Text.model_validate(dict(then))) if then else item_name(id, results, voice)


def _factors(bridge: Bridge) -> set[str]:
    of_sums = ("cost", "cash", "transfer", "received", "observed", "without", "years", "rest")
    return {part.cause for part in bridge.parts if part.cause not in of_sums and not part.cause.startswith("part.")}


def _figure(bridge: Bridge, found: Comparison, results: Results, voice: Voice) -> Iterator[Block]:
    yield Subheading(what(bridge, found, results, voice))
    yield Paragraph(_said(bridge, found, results, voice))
    if bridge.parts:
        yield _table(bridge, found, results, voice)


def _in_short(bridge: Bridge, found: Comparison, results: Results, voice: Voice) -> Markup:
    called, said = what(bridge, found, results, voice), _said(bridge, found, results, voice)
    return voice.say("since.other", what=called, said=said)


def _said(bridge: Bridge, found: Comparison, results: Results, voice: Voice) -> Markup:
    """Say from what to what a figure went, and by what; or why the two are not held together."""
    ends = {name: voice.interval(results.values.get(getattr(bridge, name))) for name in ("old", "new")}
    if bridge.reason:
        return voice.say(f"since.why.{bridge.reason}", **ends)
    sentences = [voice.say("since.moved", **ends), _parts(bridge, found, results, voice)]
    if bridge.within:
        sentences.append(voice.say("since.within"))
    return Markup(" ").join(sentences)


def _parts(bridge: Bridge, found: Comparison, results: Results, voice: Voice) -> Markup:
    """Say what the change comes from; a rest that is next to nothing stands in the table alone."""
    beside = (results.values[bridge.start], results.values[bridge.end])
    difference = results.values[bridge.difference]
    whole = abs(difference.value or 0.0)
    told = [
        part
        for part in bridge.parts
        if part.cause != "rest" or abs(results.values[part.value].value or 0.0) > NEXT_TO_NOTHING * whole
    ]
    if len(told) == 1:
        cause = _cause(told[0], found, results, voice)
        key = "since.one_part" if len(bridge.parts) == 1 else "since.nearly"
        return voice.say(key, difference=voice.quantity(difference, beside=beside), cause=cause)
    said = (
        voice.say(
            "since.part",
            amount=voice.number(results.values[one.value], beside=beside),
            cause=_cause(one, found, results, voice),
        )
        for one in told
    )
    return voice.say("since.parts", difference=voice.quantity(difference, beside=beside), parts=voice.listed(said))


def _table(bridge: Bridge, found: Comparison, results: Results, voice: Voice) -> Table:
    values = results.values
    beside = (values[bridge.start], values[bridge.end])
    rows = [
        (voice.say("since.at", date=found.as_of), voice.number(values[bridge.start])),
        *(
            (_row(part, found, results, voice), voice.number(values[part.value], beside=beside))
            for part in bridge.parts
        ),
        (voice.say("since.at", date=results.as_of), voice.number(values[bridge.end])),
    ]
    header = (voice.say("since.column.line"), voice.say("since.column.amount"))
    caption = voice.say("since.table", old=found.as_of, new=results.as_of)
    return Table(caption=caption, header=header, rows=tuple(rows), numeric=frozenset({1}))


def _row(part: Part, found: Comparison, results: Results, voice: Voice) -> Markup:
    if part.cause == "rest":
        return voice.say("since.row.rest")
    return voice.say("since.row", cause=_cause(part, found, results, voice))


def _cause(part: Part, found: Comparison, results: Results, voice: Voice) -> Markup:
    if part.cause == "cash" and not part.item:
        return voice.say("since.by.cash.all")
    named = _of_service(part.item, results, voice) if part.cause.startswith("part.") else None
    return voice.say(f"since.by.{part.cause}", item=named or item(part.item, found, results, voice))


def _of_service(id: str, results: Results, voice: Voice) -> Markup | None:
    """Say the title of a part of a price; None where it is there no more."""
    # Merverdiavgift is of something: fixed.platform.
    part, project = id.rpartition(".")[2], results.project
    for service in project.services:
        costs = (service.fixed, service.per_patient_month, service.per_start, service.per_end, service.equipment)
        called = {one.id: one.title for several in (project.services, project.shared_resources) for one in several}
        called |= {one.id: one.title for several in (*costs, service.resources) for one in several}
        if part in called:
            return voice.text(called[part])
    return None
