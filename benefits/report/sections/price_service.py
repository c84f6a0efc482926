"""The section on a service itself: what is delivered, by whom and for whom, to how many, and what its price lacks."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.economics.service import priced_years
from benefits.project.service import Service
from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.names import actor_name, actor_names
from benefits.report.periods import period_words
from benefits.report.sections.price_lacks import KEYS, lacks_blocks, lacks_table
from benefits.report.sections.price_offer import payers
from benefits.report.sections.price_years import alike
from benefits.report.voice import Voice
from benefits.results import Results, Value

FACTS = frozenset(
    {"provider", "payer", "patients", "tasks", "equipment", "groups", "uses", "volume", "source", "standing"}
)
"""What is said of every service, where it is stated."""


def services(results: Results, voice: Voice) -> Section:
    """Each service: who provides it, who pays, its tasks and planned volume, and what its price lacks."""
    blocks: list[Block] = []
    for service in results.project.services:
        blocks.append(_facts(service, results, voice))
        blocks += lacks_blocks(service, results, voice)
    if not blocks and not results.project.test_arenas:
        blocks = [Paragraph(voice.say("service_price.no_service"), tone="missing"), lacks_table(tuple(KEYS), voice)]
    return Section(id="services", heading=voice.say("service_price.services.heading"), blocks=tuple(blocks))


def _facts(service: Service, results: Results, voice: Voice) -> Table:
    rows = tuple((voice.say(f"service_price.fact.{name}"), words) for name, words in _rows(service, results, voice))
    header = tuple(voice.say(f"service_price.facts.column.{name}") for name in ("question", "answer"))
    caption = voice.say("service_price.facts.caption", service=voice.text(service.title))
    return Table(caption=caption, header=header, rows=rows)


def _rows(service: Service, results: Results, voice: Voice) -> Iterator[tuple[str, Markup]]:
    project, blank = results.project, voice.say("blank")
    several = Markup("; ")
    yield "provider", actor_name(service.provider, results, voice)
    yield "payer", actor_names(payers(service), results, voice)
    if project.patient_group is not None and project.patient_group.description is not None:
        yield "patients", voice.text(project.patient_group.description)
    yield "tasks", several.join(voice.text(task.title) for task in service.tasks) if service.tasks else blank
    if service.equipment:
        yield "equipment", several.join(voice.text(one.title) for one in service.equipment)
    groups = [one for one in service.drivers if one.group]
    if groups:
        yield "groups", several.join(_group(service, one.id, results, voice) for one in groups)
    if service.uses:
        titles = {one.id: one.title for one in project.services}
        yield "uses", several.join(voice.text(titles[use.service]) for use in service.uses if use.service in titles)
    yield "volume", _volume(service, results, voice)
    yield "source", voice.text(service.source)
    yield "standing", voice.word("standing", service.standing)


def _group(service: Service, driver: str, results: Results, voice: Voice) -> Markup:
    title = next(one.title for one in service.drivers if one.id == driver)
    share = voice.interval(results.values.get(f"service.{service.id}.input.driver.{driver}"))
    return voice.say("service_price.fact.groups.share", group=voice.text(title), share=share)


def _volume(service: Service, results: Results, voice: Voice) -> Markup:
    priced = next((one for one in results.services if one.service == service.id), None)
    years = priced.years if priced is not None else priced_years(service, results.project)
    if f"service.{service.id}.year.{years[0] if years else ''}.volume" not in results.values:
        return voice.say("blank")

    def volume(year: int) -> Value:
        return results.values[f"service.{service.id}.year.{year}.volume"]

    said = (
        voice.say("service_price.fact.volume.year", volume=volume(run[0]), year=period_words(run, voice))
        for run in alike(years, lambda year: [volume(year)])
    )
    return Markup("; ").join(said)
