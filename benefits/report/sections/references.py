"""Reference values as a reader must know them: which set, what is out of date, the project's own, and indices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from benefits.economics import Input
from benefits.project import Project
from benefits.project.fields import Text
from benefits.project.quantities import quantities
from benefits.project.texts import texts
from benefits.reference import ReferenceValue
from benefits.report.blocks import Block, Bullets, Paragraph, Table
from benefits.report.voice import Voice
from benefits.results import Results, Value

PRICED = frozenset({"services", "shared_resources", "test_arenas"})
"""Parts of the project file a price is made of."""


def first_page(kind: str, results: Results, voice: Voice) -> Iterator[Block]:
    """Yield, for page one, the day the set is pinned to, and the values that are used past their validity.

    A price tells of those it rests on; every other report of all.
    """
    references = results.references
    if references.pinned is not None and references.used:
        yield Paragraph(voice.say("references.pinned", day=voice.day(references.pinned)))
    old = _old(kind, results)
    if old:
        yield Paragraph(voice.say("references.outdated"), tone="missing")
        yield Bullets(tuple(_outdated(old, voice)))


def _old(kind: str, results: Results) -> list[ReferenceValue]:
    """The values an assumption rests on that are past their validity on the day of the report."""
    names = set(results.inputs)
    if kind == "price":
        names &= {one.assumption for loc, one in quantities(results.project) if loc[0] in PRICED and one.assumption}
    named = {results.inputs[name].reference_id for name in names}
    return [one for one in results.references.used if one.id in named and one.outdated(results.as_of)]


def _outdated(old: list[ReferenceValue], voice: Voice) -> Iterator[Markup]:
    """One point for each place where newer figures are found, with the values that are found there."""
    places: dict[str, list[Markup]] = {}
    for one in old:
        title, until = voice.text(one.titles[voice.language]), voice.day(one.valid_until)
        where = one.where_to_find[voice.language] if one.where_to_find is not None else ""
        places.setdefault(where, []).append(voice.say("references.outdated.value", title=title, until=until))
    for where, values in places.items():
        listed = voice.listed(values)
        if where:
            yield voice.say("references.outdated.found", values=listed, where=voice.text(where))
        else:
            yield voice.say("references.outdated.not_found", values=listed)


def written(project: Project) -> dict[str, Text]:
    """The project's texts by their words in its first language, which is all a value keeps of its source."""
    return {project.said(text): text for text in texts(project)}


def beside(results: Results, voice: Voice) -> Iterator[Block]:
    """Yield, for the list of sources, own numbers beside those shipped, what an index did, and which set is used."""
    if rows := tuple(_own(results, voice)):
        header = tuple(voice.say(f"references.column.{name}") for name in ("what", "own", "own_source"))
        header += tuple(voice.say(f"references.column.{name}") for name in ("shipped", "shipped_source"))
        yield Table(caption=voice.say("references.own"), header=header, rows=rows)
    if rows := tuple(_converted(results, voice)):
        header = tuple(voice.say(f"references.column.{name}") for name in ("what", "given", "index", "growth", "now"))
        caption = voice.say("references.converted", year=voice.year(results.project.price_year))
        yield Table(caption=caption, header=header, rows=rows)
    if results.references.used:
        yield Paragraph(Markup(" ").join(_set(results, voice)))


def _own(results: Results, voice: Voice) -> Iterator[tuple[Markup, ...]]:
    references, values = results.references, results.values
    texts_of_project = written(results.project)
    for name, one in results.inputs.items():
        if one.instead_of or one.reference_id in references.own:
            given = values.get(f"before_index.{name}") or values[f"assumption.{name}"]
            shipped = values.get(f"shipped.{name}")
            source = _source(one, texts_of_project, voice)
            yield (_title(one, voice), voice.interval(given), source, *_shipped(shipped, voice))
    for used in references.used:
        shipped = values.get(f"shipped.reference.{used.id}")
        shown = values.get(used.id) or values.get(f"reference.{used.id}")
        if shipped is not None and shown is not None:
            title, source = voice.text(used.titles[voice.language]), voice.text(used.source.title)
            yield (title, voice.interval(shown), source, *_shipped(shipped, voice))


def _shipped(value: Value | None, voice: Voice) -> tuple[Markup, Markup]:
    if value is None:
        return voice.say("references.no_value"), voice.say("nothing")
    return voice.interval(value), voice.text(value.source)


def _converted(results: Results, voice: Voice) -> Iterator[tuple[Markup, ...]]:
    for name, one in results.inputs.items():
        given, growth = results.values.get(f"before_index.{name}"), results.values.get(f"index_growth.{name}")
        if given is not None and growth is not None:
            index = results.references.library.history(one.index)[-1]
            title, source = voice.text(index.titles[voice.language]), voice.text(one.index)
            named = voice.say("references.index", title=title, id=source)
            now = results.values[f"assumption.{name}"]
            yield _title(one, voice), voice.interval(given), named, voice.number(growth), voice.interval(now)


def _set(results: Results, voice: Voice) -> Iterator[Markup]:
    references = results.references
    if references.pinned is not None:
        yield voice.say("references.pinned", day=voice.day(references.pinned))
    else:
        yield voice.say("references.not_pinned")
    yield voice.say("references.fingerprint", fingerprint=voice.text(references.fingerprint[:16]))


def _title(one: Input, voice: Voice) -> Markup:
    return voice.text(one.title if one.title is not None else one.name)


def _source(one: Input, texts_of_project: Mapping[str, Text], voice: Voice) -> Markup:
    return voice.text(texts_of_project.get(one.source, one.source)) if one.source else voice.say("blank")
