"""Why each figure of page one moved since an earlier report, in a sentence and a table that adds up."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.fields import Text
from benefits.project.titles import titles
from benefits.report.blocks import Block, Paragraph, Subheading, Table
from benefits.report.periods import period_words, years_covered
from benefits.report.voice import Voice
from benefits.results import Bridge, Comparison, Results
from benefits.results.comparison.model import Part
from benefits.results.comparison.shapley import CITATION


def figures(found: Comparison, results: Results, voice: Voice) -> Iterator[Block]:
    """Say of every figure that moved from what to what and why, and which stand still."""
    if found.moved:
        yield Subheading(voice.say("since.figures"))
    for bridge in found.moved:
        yield from _figure(bridge, found, results, voice)
    if any(bridge.within for bridge in found.moved):
        yield Paragraph(voice.say("since.chance"))
    # What is a plain sum or difference has one way only of being taken apart.
    if any(len(_factors(bridge)) > 1 for bridge in found.moved):
        yield Paragraph(voice.say("since.shared", citation=voice.text(CITATION)))
    if any(part.cause == "rest" for bridge in found.moved for part in bridge.parts):
        yield Paragraph(voice.say("since.rest"))
    still = [what(one, found, results, voice) for one in found.bridges if not one.moved]
    if still and found.moved:
        quoted = voice.listed(voice.say("since.quoted", what=one) for one in still)
        yield Paragraph(voice.say("since.unmoved", figures=quoted))


def what(bridge: Bridge, found: Comparison, results: Results, voice: Voice) -> Markup:
    """Say what the figure is, as page one does."""
    value = results.values.get(bridge.new) or results.values.get(bridge.old)
    years = years_covered(value, results) if value is not None else ()
    name = item(bridge.benefit, found, results, voice)
    return voice.say(f"headline.{bridge.code}", benefit=name, period=period_words(years, voice))


def item(id: str, found: Comparison, results: Results, voice: Voice) -> Markup:
    """Say the title of something by id, as it is called now, else as it was called then."""
    known = titles(results.project)
    if id in known:
        return voice.text(known[id])
    then = found.titles.get(id)
    return voice.text(Text.model_validate(dict(then)) if then else id)


def _factors(bridge: Bridge) -> set[str]:
    of_sums = ("cost", "cash", "transfer", "received", "observed", "without", "years", "rest")
    return {part.cause for part in bridge.parts if part.cause not in of_sums and not part.cause.startswith("part.")}


def _figure(bridge: Bridge, found: Comparison, results: Results, voice: Voice) -> Iterator[Block]:
    called = what(bridge, found, results, voice)
    yield Subheading(called)
    ends = {name: results.values.get(getattr(bridge, name)) for name in ("old", "new")}
    said = {name: voice.interval(value) for name, value in ends.items()}
    if bridge.reason:
        yield Paragraph(voice.say(f"since.why.{bridge.reason}", **said))
        return
    sentences = [voice.say("since.moved", **said), _parts(bridge, found, results, voice)]
    if bridge.within is not None:
        sentences.append(voice.say("since.within" if bridge.within else "since.beyond"))
    yield Paragraph(Markup(" ").join(sentences))
    yield _table(bridge, called, found, results, voice)


def _parts(bridge: Bridge, found: Comparison, results: Results, voice: Voice) -> Markup:
    difference = results.values[bridge.difference]
    if len(bridge.parts) == 1:
        cause = _cause(bridge.parts[0], found, results, voice)
        return voice.say("since.one_part", difference=difference, cause=cause)
    said = (
        voice.say("since.part", amount=results.values[part.value], cause=_cause(part, found, results, voice))
        for part in bridge.parts
    )
    return voice.say("since.parts", difference=difference, parts=voice.listed(said))


def _table(bridge: Bridge, called: Markup, found: Comparison, results: Results, voice: Voice) -> Table:
    values = results.values
    rows = [
        (voice.say("since.at", date=found.as_of), voice.number(values[bridge.start])),
        *(
            (voice.say("since.row", cause=_cause(part, found, results, voice)), voice.number(values[part.value]))
            for part in bridge.parts
        ),
        (voice.say("since.at", date=results.as_of), voice.number(values[bridge.end])),
    ]
    header = (voice.say("since.column.line"), voice.say("since.column.amount"))
    caption, note = voice.say("since.table", what=called), voice.say("since.table.note")
    return Table(caption=caption, header=header, rows=tuple(rows), numeric=frozenset({1}), note=note)


def _cause(part: Part, found: Comparison, results: Results, voice: Voice) -> Markup:
    if part.cause == "cash" and not part.item:
        return voice.say("since.by.cash.all")
    named = _of_service(part.item, results, voice) if part.cause.startswith("part.") else None
    return voice.say(f"since.by.{part.cause}", item=named or item(part.item, found, results, voice))


def _of_service(id: str, results: Results, voice: Voice) -> Markup | None:
    """Say the title of a part of a price; None where it is there no more."""
    for service in results.project.services:
        parts = (service.fixed, service.per_patient_month, service.equipment, service.resources)
        called = {one.id: one.title for several in parts for one in several}
        if id in called:
            return voice.text(called[id])
    return None
