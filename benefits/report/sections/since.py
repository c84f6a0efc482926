"""What has changed since an earlier report: figures, the service, verdicts, inputs, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from markupsafe import Markup

from benefits.project.texts import texts
from benefits.reference import NoValueYet, UnknownReference
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.gaps import missing_words
from benefits.report.sections import deviations
from benefits.report.sections.closing import named_numbers
from benefits.report.sections.since_figures import figures, item, what
from benefits.report.sections.standing import reason
from benefits.report.voice import Voice
from benefits.results import Comparison, Results, Value
from benefits.results.comparison.model import FATES, Bridge, NumberChange

_OF_A_YEAR = re.compile(r"(financing\.[^.]+)\.\d+")


def since(results: Results, voice: Voice) -> Section:
    """Say what has changed since an earlier report and why; nothing at all where none was given."""
    found = results.since
    if found is None or found.as_of is None:
        blocks = (Paragraph(voice.say("since.none")),) if found is not None else ()
        return Section(id="since", heading=voice.say("since.heading.none"), blocks=blocks)
    heading = voice.say("since.heading", date=found.as_of)
    if not found.changed:
        return Section(
            id="since", heading=heading, blocks=(Paragraph(voice.say("since.same")), *_unknown(found, voice))
        )
    parts = (
        figures(found, results, voice),
        _uptake(found, results, voice),
        _verdicts(found, results, voice),
        _inputs(found, results, voice),
        _gaps(found, results, voice),
    )
    return Section(id="since", heading=heading, blocks=tuple(block for part in parts for block in part))


def line(results: Results, voice: Voice) -> Iterator[Block]:
    """Say for page one in one paragraph what has changed since an earlier report; nothing where none was given."""
    found = results.since
    if found is None:
        return
    if found.as_of is None:
        yield Paragraph(voice.say("since.line.none"))
        return
    if not found.changed:
        yield Paragraph(voice.say("since.line.same", date=found.as_of))
        return
    counted = {name: results.values[f"since.count.{name}"] for name in ("figures", "verdicts", "closed", "opened")}
    counts = [voice.say(f"since.count.{name}", count=count) for name, count in counted.items() if count.value]
    if found.inputs_changed:
        counts.append(voice.say("since.count.inputs"))
    first = next((one for one in found.moved if one.parts and _reads_otherwise(one, results, voice)), None)
    if first is None:
        yield Paragraph(voice.say("since.line", date=found.as_of, counts=voice.listed(counts)))
        return
    ends = {name: voice.interval(results.values[getattr(first, name)]) for name in ("old", "new")}
    called = what(first, found, results, voice)
    said = voice.say("since.line.first", date=found.as_of, what=called, counts=voice.listed(counts), **ends)
    yield Paragraph(said)


def _reads_otherwise(moved: Bridge, results: Results, voice: Voice) -> bool:
    """Whether a figure has changed as it is written; a change in what is rounded away is not told first."""
    old, new = (voice.number(results.values[id]).striptags() for id in (moved.old, moved.new))
    return old != new


def _uptake(found: Comparison, results: Results, voice: Voice) -> Iterator[Block]:
    if not found.uptake:
        return
    rows = tuple(
        (voice.say(f"ledger.{one.id}"), *(_number(id, results, voice) for id in (one.old, one.new)))
        for one in found.uptake
    )
    header = tuple(voice.say(f"since.column.{name}") for name in ("what", "old", "new"))
    yield Table(caption=voice.say("since.uptake"), header=header, rows=rows, numeric=frozenset({1, 2}))


def _verdicts(found: Comparison, results: Results, voice: Voice) -> Iterator[Block]:
    if not found.verdicts:
        return
    now = {one.benefit: one for one in results.follow_up.verdicts}
    rows = tuple(
        (
            item(one.benefit, found, results, voice),
            _verdict(one.old, voice),
            _verdict(one.new, voice),
            reason(now[one.benefit], results, voice) if one.benefit in now else voice.say("since.absent"),
        )
        for one in found.verdicts
    )
    header = tuple(voice.say(f"since.column.{name}") for name in ("benefit", "old", "new", "why"))
    yield Table(caption=voice.say("since.verdicts"), header=header, rows=rows)


def _verdict(code: str | None, voice: Voice) -> Markup:
    if code is None:
        return voice.say("since.verdict.none")
    # An older version may have known other verdicts.
    return voice.word("verdict", code) if f"verdict.{code}" in voice.catalogue else voice.text(code)


def _inputs(found: Comparison, results: Results, voice: Voice) -> Iterator[Block]:
    yield Subheading(voice.say("since.inputs"))
    yield from _unknown(found, voice)
    points = [*_known(found, results, voice), *_settings(found, voice), *_files(found, voice)]
    if points:
        yield Bullets(tuple(points))
    elif not found.inputs_changed:
        yield Paragraph(voice.say("since.no_change_of_inputs"))
    if found.numbers:
        yield _numbers(found, results, voice)
    if found.plan:
        header = tuple(voice.say(f"since.column.{name}") for name in ("benefit", "what", "old", "new"))
        then = replace(results, values=_as_deviations(results.values))
        rows = tuple(deviations.row(one, then, voice) for one in found.plan)
        yield Table(caption=voice.say("since.plan"), header=header, rows=rows)


def _as_deviations(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values with the numbers of this comparison where those of deviations are looked for."""
    head = "since.deviation."
    return {**values, **{id.removeprefix("since."): one for id, one in values.items() if id.startswith(head)}}


def _unknown(found: Comparison, voice: Voice) -> Iterator[Block]:
    if not found.plan_known:
        yield Paragraph(voice.say("since.plan_unknown"), tone="missing")


def _known(found: Comparison, results: Results, voice: Voice) -> Iterator[Markup]:
    for one in found.known:
        days = {"old": voice.day(one.old), "new": voice.day(one.new)}
        key = "since.known.new" if one.old is None else "since.known.gone" if one.new is None else "since.known"
        yield voice.say(key, data=_data(one.data, results, voice), **days)


def _data(id: str, results: Results, voice: Voice) -> Markup:
    title = next((one.title for one in results.project.data if one.id == id), None)
    return voice.text(title if title is not None else id)


def _settings(found: Comparison, voice: Voice) -> Iterator[Markup]:
    if found.freeze is not None:
        old, new = found.freeze
        key = "since.freeze.new" if old is None else "since.freeze.gone" if new is None else "since.freeze"
        yield voice.say(key, old=voice.day(old), new=voice.day(new))
    if found.price_year is not None:
        before, now = found.price_year
        yield voice.say("since.price_year", old=voice.year(before), new=voice.year(now))


def _files(found: Comparison, voice: Voice) -> Iterator[Markup]:
    for fate in FATES:
        named = [voice.text(one.file) for one in found.files if one.fate == fate]
        if named:
            yield voice.say(f"since.files.{fate}", files=voice.listed(named))


def _numbers(found: Comparison, results: Results, voice: Voice) -> Table:
    named = dict(named_numbers(results, voice))
    rows = tuple(
        (
            named[one.id] if one.id in named else _called(one.id, found, results, voice),
            *(_number(id, results, voice) for id in (one.old, one.new)),
            _source(one, results, voice),
        )
        for one in found.numbers
    )
    header = tuple(voice.say(f"since.column.{name}") for name in ("what", "old", "new", "source"))
    return Table(caption=voice.say("since.numbers"), header=header, rows=rows)


def _called(id: str, found: Comparison, results: Results, voice: Voice) -> Markup:
    """Say what a stated number is called that has no name in the list of sources."""
    head, _, rest = id.partition(".")
    if head in {"assumption", "cost"}:
        return item(rest, found, results, voice)
    if head == "project":
        year = rest.partition(".")[2]
        return voice.say("since.volume", year=voice.year(int(year))) if year else voice.say("since.horizon")
    if head == "benefit":
        return voice.say("since.baseline", benefit=item(rest.removesuffix(".baseline"), found, results, voice))
    if head in {"financing", "service"}:
        of = _OF_A_YEAR.fullmatch(id)
        owner = of[1] if of else ".".join(id.split(".")[:2])
        return voice.say("since.input", title=item(owner, found, results, voice))
    return _of_library(id, results, voice)


def _of_library(id: str, results: Results, voice: Voice) -> Markup:
    try:
        one = results.references.library.at(id.removeprefix("reference."), results.as_of)
    except (NoValueYet, UnknownReference):
        return voice.text(id)
    return voice.text(one.titles[voice.language])


def _number(id: str, results: Results, voice: Voice) -> Markup:
    return voice.interval(results.values[id]) if id else voice.say("since.absent")


def _source(one: NumberChange, results: Results, voice: Voice) -> Markup:
    # A value keeps its source in the project's first language alone.
    written = {results.project.said(text): text for text in texts(results.project)}
    old, new = (results.values[id].source if id else "" for id in (one.old, one.new))
    said = [voice.text(written.get(source, source)) if source else voice.say("blank") for source in (old, new)]
    if old == new or not one.old:
        return said[1]
    return voice.say("since.source.changed", old=said[0], new=said[1]) if one.new else said[0]


def _gaps(found: Comparison, results: Results, voice: Voice) -> Iterator[Block]:
    for gaps, heading in ((found.closed, voice.say("since.closed")), (found.opened, voice.say("since.opened"))):
        if gaps:
            yield Subheading(heading)
            yield Bullets(tuple(missing_words(gap, results, voice) for gap in gaps))
