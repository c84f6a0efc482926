"""The section on the data themselves: what each source is, what is odd about it, and what became of everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from markupsafe import Markup

from benefits.errors import Parameter
from benefits.project.benefit import Benefit
from benefits.project.data import DataSource
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.voice import Voice
from benefits.results import DataQuality, Results, Told
from benefits.results.limits import PERSON_TIME, PERSONS
from benefits.results.quality_values import FATES
from benefits.vocabulary import Unit

OF_SERVICES: frozenset[Unit] = frozenset(
    {"admissions", "bed_days", "short_stay_days", "consultations", "contacts", "visits", "journeys"}
)
"""Use of services, which ends with the person: fewer may mean that more died."""
_DAY, _MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d")


def data_quality(results: Results, voice: Voice) -> Section:
    """Every data source with its facts, what was found, and what became of those included."""
    shared = _shared_events(results)
    blocks: list[Block] = [*_of_events(shared, results, voice)]
    for quality in results.quality:
        source = _source(quality, results)
        blocks += [Subheading(_title(source, voice)), Bullets(tuple(_facts(quality, source, results, voice)))]
        own = [told for told in quality.found if _event(told) not in shared]
        if not own:
            blocks.append(Paragraph(voice.say("quality.nothing")))
        for told in own:
            if told in quality.warnings:
                blocks.append(Paragraph(_words(told, source, results, voice), tone="warning"))
        others = tuple(_words(told, source, results, voice) for told in own if told not in quality.warnings)
        blocks += [Bullets(others)] if others else []
        if not _stands_beside_an_estimate(quality, results):
            blocks += cohort(quality, results, voice)
    if not results.quality:
        blocks.append(Paragraph(voice.say("quality.no_data"), tone="missing"))
    return Section(id="data_quality", heading=voice.say("quality.heading"), blocks=tuple(blocks))


def data_quality_in_short(results: Results, voice: Voice) -> Section:
    """Each data source in a line, with only what may change what its numbers mean."""
    shared = _shared_events(results)
    blocks: list[Block] = [*_of_events(shared, results, voice)]
    for quality in results.quality:
        source = _source(quality, results)
        warnings = [told for told in quality.warnings if _event(told) not in shared]
        key = "quality.short.nothing" if not warnings else "quality.short"
        blocks.append(
            Paragraph(voice.say(key, title=_title(source, voice), rows=voice.quantity(results.values[quality.rows])))
        )
        if warnings:
            blocks.append(Bullets(tuple(_words(told, source, results, voice) for told in warnings)))
    if not results.quality:
        blocks.append(Paragraph(voice.say("quality.no_data"), tone="missing"))
    return Section(id="data_quality", heading=voice.say("quality.heading"), blocks=tuple(blocks))


def _stands_beside_an_estimate(quality: DataQuality, results: Results) -> bool:
    """Whether what became of everyone has been told where the estimate from these data is."""
    estimated = {one.benefit for one in results.estimates}
    return any(
        one.id in estimated
        and one.method is not None
        and one.method.data == quality.data
        and one.indicator is not None
        and one.indicator.unit in OF_SERVICES
        for one in results.project.benefits
    )


def fates(benefit: Benefit, results: Results, voice: Voice) -> list[Block]:
    """What became of those an estimate of service use is about; or that the data do not tell who died or moved."""
    if benefit.indicator is None or benefit.indicator.unit not in OF_SERVICES or benefit.method is None:
        return []
    quality = results.data_quality(benefit.method.data)
    if quality is None:
        return []
    if quality.groups:
        return list(cohort(quality, results, voice))
    of_persons = _source(quality, results).per in {*PERSON_TIME, *PERSONS}
    return [Paragraph(voice.say("cohort.not_told"), tone="missing")] if of_persons else []


def cohort(quality: DataQuality, results: Results, voice: Voice) -> Iterator[Block]:
    """The table of those included by group, and how many of them died, moved, stopped and were followed to the end."""
    if not quality.groups:
        return
    header = (voice.say("cohort.group"), *(voice.say(f"cohort.{fate}") for fate in FATES))
    rows = tuple(
        (
            voice.say(f"group.{group}"),
            *(voice.number(results.values[f"data.{quality.data}.cohort.{group}.{fate}"]) for fate in FATES),
        )
        for group in quality.groups
    )
    caption = voice.say("cohort.caption", title=_title(_source(quality, results), voice), as_of=results.as_of)
    numeric = frozenset(range(1, len(header)))
    ids = [f"data.{quality.data}.cohort.{group}.{fate}" for group in quality.groups for fate in FATES]
    hidden = any(results.values[id].suppressed for id in ids)
    note = Markup(" ").join([voice.say("cohort.note"), *([voice.say("cohort.hidden")] if hidden else [])])
    yield Table(caption=caption, header=header, rows=rows, numeric=numeric, note=note)


def _event(told: Told) -> int | None:
    """Which of the project's other events a finding is of; None for any other finding."""
    return int(told.said["index"]) if told.code == "concurrent_event" else None


def _shared_events(results: Results) -> dict[int | None, Told]:
    """The events that fall within more than one data source: they are told once, ahead of the sources."""
    found = [(event, told) for one in results.quality for told in one.found if (event := _event(told)) is not None]
    events = [event for event, _ in found]
    return {event: told for event, told in found if events.count(event) > 1}


def _of_events(shared: dict[int | None, Told], results: Results, voice: Voice) -> Iterator[Block]:
    for told in shared.values():
        yield Paragraph(_words(told, _source(results.quality[0], results), results, voice), tone="warning")


def _facts(quality: DataQuality, source: DataSource, results: Results, voice: Voice) -> Iterator[Markup]:
    yield voice.say(f"quality.shape.{source.shape}")
    yield voice.say("quality.source", source=voice.text(source.source))
    yield voice.say("quality.rows", rows=voice.number(results.values[quality.rows]))
    if quality.first is None:
        yield voice.say("quality.period.none", as_of=results.as_of)
    elif quality.last is None:
        yield voice.say("quality.period.one", first=voice.month(quality.first))
    else:
        yield voice.say("quality.period", first=quality.first, last=quality.last)
    yield voice.say("quality.extracted", day=voice.day(source.extracted))


def _words(told: Told, source: DataSource, results: Results, voice: Voice) -> Markup:
    words: dict[str, Any] = {name: _said(name, value, voice) for name, value in told.said.items()}
    if "index" in told.said:
        listed = source.breaks if told.code == "coding_break" else results.project.events
        words["title"] = voice.text(listed[int(told.said["index"])].title)
    if told.few:
        return voice.say(f"quality.{told.code}.few", limit=voice.quantity(results.values["quality.limit"]), **words)
    for name, id in told.values.items():
        value = results.values[id]
        words[name] = value if name == "count" else voice.quantity(value)
    return voice.say(f"quality.{told.code}", **words)


def _said(name: str, value: Parameter, voice: Voice) -> Markup:
    text = str(value)
    if name == "group":
        return voice.say(f"group.{text}")
    if _DAY.fullmatch(text):
        return voice.day(date.fromisoformat(text))
    return voice.month(date.fromisoformat(f"{text}-01")) if _MONTH.fullmatch(text) else voice.text(text)


def _source(quality: DataQuality, results: Results) -> DataSource:
    return next(one for one in results.project.data if one.id == quality.data)


def _title(source: DataSource, voice: Voice) -> Markup:
    return voice.text(source.title if source.title is not None else source.id)
