"""What resources cost and how much time they have, and what each task takes and costs."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.economics.service import CITATION
from benefits.project.service import Resource, Service
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.sections.price_costs import other_costs
from benefits.report.sections.price_pay import capacity_table, pay_table
from benefits.report.voice import Voice
from benefits.results import Results, Value


def resources(results: Results, voice: Voice) -> Section:
    """Resources with pay, capacity and cost per minute, tasks with minutes, and the other costs of each service."""
    heading = voice.say("service_price.resources.heading")
    if not results.project.services:
        lack = Paragraph(voice.say("service_price.needs_service"))
        return Section(id="resources", heading=heading, blocks=() if results.project.test_arenas else (lack,))
    blocks: list[Block] = []
    if any(resources_of(service, results) for service in results.project.services):
        blocks.append(Paragraph(voice.say("service_price.resources.intro", source=voice.text(CITATION))))
    for service in results.project.services:
        blocks += _of_service(service, results, voice)
    return Section(id="resources", heading=heading, blocks=tuple(blocks))


def resources_of(service: Service, results: Results) -> tuple[Resource, ...]:
    """Return the resources of a service, and those it shares with others."""
    taken = {task.resource for task in service.tasks} - {one.id for one in service.resources}
    return (*service.resources, *(one for one in results.project.shared_resources if one.id in taken))


def prefix_of(resource: Resource, service: Service) -> str:
    """Return how the ids of a resource's values begin."""
    own = any(one is resource for one in service.resources)
    return f"service.{service.id}" if own else "shared_resource"


def _of_service(service: Service, results: Results, voice: Voice) -> Iterator[Block]:
    name = voice.text(service.title)
    if len(results.project.services) > 1:
        yield Subheading(name)
    used = resources_of(service, results)
    if used:
        yield _resources(service, used, results, voice)
        for resource in used:
            prefix = prefix_of(resource, service)
            if resource.pay is not None or resource.overhead:
                yield pay_table(resource, prefix, results, voice)
            if resource.capacity is not None and resource.capacity.less:
                yield capacity_table(resource, prefix, results, voice)
    if service.tasks:
        yield _tasks(service, used, results, voice)
        if any(task.extra for task in service.tasks):
            yield _extra(service, results, voice)
    elif used:
        yield Paragraph(voice.say("service_price.tasks.none", service=name), tone="missing")
    yield from other_costs(service, results, voice)


def _resources(service: Service, used: tuple[Resource, ...], results: Results, voice: Voice) -> Table:
    values = results.values
    rows = tuple(
        (
            voice.text(one.title),
            voice.short_interval(values.get(f"{prefix}.unit.{one.id}.total")),
            voice.number(values.get(f"{prefix}.input.hours.{one.id}")),
            voice.short_interval(values.get(f"{prefix}.rate.{one.id}")),
            _bought(one, prefix, results, voice),
        )
        for one in used
        for prefix in [prefix_of(one, service)]
    )
    names = ("resource", "cost", "hours", "rate", "bought")
    words = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    return Table(
        caption=voice.say("service_price.resources.caption", **words),
        header=tuple(voice.say(f"service_price.resources.column.{name}") for name in names),
        rows=rows,
        numeric=frozenset({1, 2, 3}),
    )


def _bought(resource: Resource, prefix: str, results: Results, voice: Voice) -> Markup:
    said = [voice.say("service_price.resources.whole" if resource.stepwise else "service_price.resources.by_use")]
    patients = results.values.get(f"{prefix}.input.patients_per_unit.{resource.id}")
    if patients is not None:
        said.append(voice.say("service_price.resources.per_patients", patients=voice.interval(patients)))
    if prefix == "shared_resource":
        said.append(voice.say("service_price.resources.shared"))
    return Markup("; ").join(said)


def _tasks(service: Service, used: tuple[Resource, ...], results: Results, voice: Voice) -> Table:
    values, prefix = results.values, f"service.{service.id}"
    titles = {one.id: one.title for one in used}
    rows = tuple(
        (
            voice.text(task.title),
            voice.text(titles.get(task.resource)),
            voice.say(f"service_price.tasks.per.{task.per}"),
            voice.short_interval(_minutes(task.id, prefix, results)),
            voice.short_interval(values.get(f"{prefix}.task_cost.{task.id}")),
        )
        for task in service.tasks
    )
    names = ("task", "resource", "per", "minutes", "cost")
    return Table(
        caption=voice.say("service_price.tasks.caption", service=voice.text(service.title)),
        header=tuple(voice.say(f"service_price.tasks.column.{name}") for name in names),
        rows=rows,
        numeric=frozenset({3, 4}),
    )


def _minutes(task: str, prefix: str, results: Results) -> Value | None:
    return results.values.get(f"{prefix}.minutes.{task}") or results.values.get(f"{prefix}.input.task.{task}")


def _extra(service: Service, results: Results, voice: Voice) -> Table:
    """The time equation of each task that takes longer for some: minutes at the least, and what comes on top."""
    values, prefix = results.values, f"service.{service.id}"
    titles = {one.id: one for one in service.drivers}
    rows = []
    for task in service.tasks:
        for driver in task.extra:
            amount = voice.interval(values.get(f"{prefix}.input.driver.{driver}"))
            group = driver in titles and titles[driver].group
            rows.append(
                (
                    voice.text(task.title),
                    voice.short_interval(values.get(f"{prefix}.input.task.{task.id}")),
                    voice.text(titles[driver].title if driver in titles else driver),
                    voice.short_interval(values.get(f"{prefix}.input.task.{task.id}.{driver}")),
                    voice.say("service_price.extra.share", share=amount) if group else amount,
                    voice.short_interval(values.get(f"{prefix}.minutes.{task.id}")),
                )
            )
    names = ("task", "base", "driver", "minutes", "amount", "total")
    return Table(
        caption=voice.say("service_price.extra.caption", service=voice.text(service.title)),
        header=tuple(voice.say(f"service_price.extra.column.{name}") for name in names),
        rows=tuple(rows),
        numeric=frozenset({1, 3, 5}),
        note=voice.say("service_price.extra.note"),
    )
