"""Hours used and hours paid for and not used, kept apart, with positions, per resource and year."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.report.blocks import Block, Section, Table
from benefits.report.sections.price_lacks import without_price
from benefits.report.sections.price_parts import service_of
from benefits.report.sections.price_resources import resources_of
from benefits.report.sections.price_years import alike, each_year
from benefits.report.voice import Voice
from benefits.results import PricedService, Results

NAMES = ("used_hours", "idle_hours", "units", "idle_cost")


def staffing(results: Results, voice: Voice) -> Section:
    """Hours used, hours paid for and not used, and positions, per resource and year."""
    blocks: list[Block] = list(without_price(results, voice))
    for priced in results.services:
        blocks += _of_service(priced, results, voice)
    return Section(id="staffing", heading=voice.say("service_price.staffing.heading"), blocks=tuple(blocks))


def _of_service(priced: PricedService, results: Results, voice: Voice) -> Iterator[Block]:
    service, values = service_of(priced, results), results.values
    prefix = f"service.{service.id}.year"
    used = [
        one for one in resources_of(service, results) if f"{prefix}.{priced.year}.resource.{one.id}.units" in values
    ]
    if not used:
        return
    every = ("volume", *(f"resource.{resource.id}.{name}" for resource in used for name in NAMES))
    rows = tuple(
        (
            each_year(run, voice),
            voice.number(values[f"{prefix}.{run[0]}.volume"]),
            voice.text(resource.title),
            *(voice.short_interval(values[f"{prefix}.{run[0]}.resource.{resource.id}.{name}"]) for name in NAMES),
        )
        for run in alike(priced.years, lambda year: [values[f"{prefix}.{year}.{name}"] for name in every])
        for resource in used
    )
    columns = ("patients", "resource", "used", "idle", "units", "idle_cost")
    yield Table(
        caption=voice.say("service_price.staffing.caption", service=voice.text(service.title)),
        header=(voice.say("column.year"), *(voice.say(f"service_price.staffing.column.{name}") for name in columns)),
        rows=rows,
        numeric=frozenset({1, 3, 4, 5, 6}),
        note=voice.say("service_price.staffing.note"),
    )
