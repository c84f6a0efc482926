"""What each number that a service states is called, where all stated numbers are listed with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from benefits.project.fields import Text
from benefits.project.service import FixedCost, Resource, Service
from benefits.report.voice import Voice
from benefits.results import Results, Value

Named = Iterator[tuple[str, Markup]]


def service_numbers(results: Results, voice: Voice) -> Named:
    """Yield the ids of the numbers services and what they share state, and what each is called."""
    project = results.project
    for resource in project.shared_resources:
        yield from _of_resource(resource, "shared_resource.input", voice)
    for service in project.services:
        yield from _of_service(service, f"service.{service.id}.input", results.values, voice)
        yield f"service.{service.id}.agreed", voice.say("sources.agreed", title=service.title)


def _of_service(service: Service, prefix: str, values: Mapping[str, Value], voice: Voice) -> Named:
    for fixed in service.fixed:
        yield f"{prefix}.fixed.{fixed.id}", _fixed(fixed, voice)
        for place, _ in enumerate(fixed.bands, 1):
            band = f"{prefix}.fixed.{fixed.id}.band.{place}"
            first = voice.number(values.get(f"{band}.from"))
            yield f"{band}.amount", voice.say("sources.band", title=_fixed(fixed, voice), first=first)
    costs = (
        ("per_patient_month", service.per_patient_month),
        ("per_start", service.per_start),
        ("per_end", service.per_end),
    )
    for kind, several in costs:
        for cost in several:
            yield f"{prefix}.{kind}.{cost.id}", voice.text(cost.title)
    for item in service.equipment:
        yield f"{prefix}.equipment.{item.id}", voice.text(item.title)
        yield f"{prefix}.lifetime.{item.id}", voice.say("sources.lifetime", title=item.title)
        yield f"{prefix}.lost.{item.id}", voice.say("sources.lost", title=item.title)
        yield f"{prefix}.residual.{item.id}", voice.say("sources.residual", title=item.title)
    yield f"{prefix}.capital_rate", voice.say("sources.capital_rate", title=service.title)
    for resource in service.resources:
        yield from _of_resource(resource, prefix, voice)
    for driver in service.drivers:
        yield f"{prefix}.driver.{driver.id}", voice.text(driver.title)
    titles: dict[str, Text] = {one.id: one.title for one in service.drivers}
    for task in service.tasks:
        yield f"{prefix}.task.{task.id}", voice.text(task.title)
        for driver_id in task.extra:
            words = {"task": task.title, "driver": titles.get(driver_id, driver_id)}
            yield f"{prefix}.task.{task.id}.{driver_id}", voice.say("sources.extra", **words)


def _fixed(cost: FixedCost, voice: Voice) -> Markup:
    """The title of a fixed cost, and that it is for a month where the amount does not say so itself."""
    return voice.say("sources.fixed.month", title=cost.title) if cost.per == "month" else voice.text(cost.title)


def _of_resource(resource: Resource, prefix: str, voice: Voice) -> Named:
    title = resource.title
    yield f"{prefix}.resource.{resource.id}", voice.say("sources.resource", title=title)
    for kind in ("monthly", "holiday_pay", "pension", "payroll_tax", "other"):
        yield f"{prefix}.pay.{resource.id}.{kind}", voice.say(f"sources.pay.{kind}", title=title)
    yield f"{prefix}.overhead.{resource.id}", voice.say("sources.overhead", title=title)
    yield f"{prefix}.hours.{resource.id}", voice.say("sources.hours", title=title)
    yield f"{prefix}.patients_per_unit.{resource.id}", voice.say("sources.patients_per_unit", title=title)
