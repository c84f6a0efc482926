"""Sections on a service itself: what is delivered, by whom and for whom, and what its resources and tasks cost."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.economics.service_price import CITATION
from benefits.project.service import Service
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name
from benefits.report.sections.price_lacks import KEYS, lacks_blocks, lacks_table
from benefits.report.voice import Voice
from benefits.results import Results


def services(results: Results, voice: Voice) -> Section:
    """Each service: who provides it, who pays, its tasks and planned volume, and what its price lacks."""
    blocks: list[Block] = []
    for service in results.project.services:
        blocks.append(_facts(service, results, voice))
        blocks += lacks_blocks(service, results, voice)
    if not blocks:
        blocks = [Paragraph(voice.say("service_price.no_service"), tone="missing"), lacks_table(tuple(KEYS), voice)]
    return Section(id="services", heading=voice.say("service_price.services.heading"), blocks=tuple(blocks))


def resources(results: Results, voice: Voice) -> Section:
    """Resources with cost per minute, tasks with minutes, and the other costs of each service."""
    heading = voice.say("service_price.resources.heading")
    if not results.project.services:
        lack = Paragraph(voice.say("service_price.needs_service"))
        return Section(id="resources", heading=heading, blocks=(lack,))
    blocks: list[Block] = [Paragraph(voice.say("service_price.resources.intro", source=voice.text(CITATION)))]
    for service in results.project.services:
        blocks += _of_service(service, results, voice)
    blocks.append(Paragraph(voice.say("service_price.certain")))
    return Section(id="resources", heading=heading, blocks=tuple(blocks))


def _facts(service: Service, results: Results, voice: Voice) -> Table:
    values, blank = results.values, voice.say("blank")
    agreed = values.get(f"service.{service.id}.agreed")
    facts: list[tuple[str, Markup]] = [
        ("provider", actor_name(service.provider, results, voice)),
        ("payer", actor_name(service.payer, results, voice) if service.payer is not None else blank),
        ("tasks", Markup("; ").join(voice.text(task.title) for task in service.tasks) if service.tasks else blank),
        ("volume", _volume(service, results, voice)),
        ("agreed", voice.quantity(agreed) if agreed is not None else blank),
        ("source", voice.text(service.source)),
        ("standing", voice.word("standing", service.standing)),
    ]
    header = tuple(voice.say(f"service_price.facts.column.{name}") for name in ("question", "answer"))
    rows = tuple((voice.say(f"service_price.fact.{name}"), words) for name, words in facts)
    caption = voice.say("service_price.facts.caption", service=voice.text(service.title))
    return Table(caption=caption, header=header, rows=rows)


def _volume(service: Service, results: Results, voice: Voice) -> Markup:
    for priced in results.services:
        if priced.service == service.id:
            volume = results.values[f"service.{service.id}.volume"]
            return voice.say("service_price.fact.volume.year", volume=volume, year=voice.year(priced.year))
    return voice.say("blank")


def _of_service(service: Service, results: Results, voice: Voice) -> Iterator[Block]:
    name = voice.text(service.title)
    if len(results.project.services) > 1:
        yield Subheading(name)
    if service.resources:
        yield _resources(service, results, voice)
    else:
        yield Paragraph(voice.say("service_price.resources.none", service=name), tone="missing")
    if service.tasks:
        yield _tasks(service, results, voice)
    else:
        yield Paragraph(voice.say("service_price.tasks.none", service=name), tone="missing")
    if service.fixed or service.per_patient_month or service.equipment:
        yield _other_costs(service, results, voice)


def _resources(service: Service, results: Results, voice: Voice) -> Table:
    values, prefix = results.values, f"service.{service.id}"
    rows = tuple(
        (
            voice.text(one.title),
            voice.short_interval(values[f"{prefix}.input.resource.{one.id}"]),
            voice.number(values[f"{prefix}.input.hours.{one.id}"]),
            voice.short_interval(values[f"{prefix}.rate.{one.id}"]),
            voice.say("service_price.resources.whole" if one.stepwise else "service_price.resources.by_use"),
        )
        for one in service.resources
    )
    names = ("resource", "cost", "hours", "rate", "bought")
    header = tuple(voice.say(f"service_price.resources.column.{name}") for name in names)
    words = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    caption = voice.say("service_price.resources.caption", **words)
    return Table(caption=caption, header=header, rows=rows, numeric=frozenset({1, 2, 3}))


def _tasks(service: Service, results: Results, voice: Voice) -> Table:
    values, prefix = results.values, f"service.{service.id}"
    titles = {one.id: one.title for one in service.resources}
    rows = tuple(
        (
            voice.text(task.title),
            voice.text(titles.get(task.resource)),
            voice.short_interval(values[f"{prefix}.input.task.{task.id}"]),
            voice.short_interval(values[f"{prefix}.task_cost.{task.id}"]),
        )
        for task in service.tasks
    )
    header = tuple(voice.say(f"service_price.tasks.column.{name}") for name in ("task", "resource", "minutes", "cost"))
    caption = voice.say("service_price.tasks.caption", service=voice.text(service.title))
    return Table(caption=caption, header=header, rows=rows, numeric=frozenset({2, 3}))


def _other_costs(service: Service, results: Results, voice: Voice) -> Table:
    values, prefix = results.values, f"service.{service.id}.input"
    rows = [
        (voice.text(one.title), voice.word("price_part", "fixed"), voice.interval(values[f"{prefix}.fixed.{one.id}"]))
        for one in service.fixed
    ]
    rows += [
        (
            voice.text(one.title),
            voice.word("price_part", "per_patient_month"),
            voice.interval(values[f"{prefix}.per_patient_month.{one.id}"]),
        )
        for one in service.per_patient_month
    ]
    for one in service.equipment:
        amount, lasts = voice.interval(values[f"{prefix}.equipment.{one.id}"]), values[f"{prefix}.lifetime.{one.id}"]
        said = voice.say("service_price.inputs.lifetime", amount=amount, lifetime=lasts)
        rows.append((voice.text(one.title), voice.word("price_part", "equipment"), said))
    header = tuple(voice.say(f"service_price.inputs.column.{name}") for name in ("what", "kind", "amount"))
    words = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    return Table(caption=voice.say("service_price.inputs.caption", **words), header=header, rows=tuple(rows))
