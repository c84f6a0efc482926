"""The price while a service grows: each year's own, and the one that covers all years up to the largest volume."""

from __future__ import annotations

from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.periods import period_words
from benefits.report.sections.price_parts import service_of
from benefits.report.voice import Voice
from benefits.results import PricedService, Results


def ramp_up(results: Results, voice: Voice) -> Section:
    """What each year of growth costs, and the price that covers them together; absent where nothing grows."""
    blocks: list[Block] = []
    for priced in results.services:
        if priced.ramp_up:
            blocks += _of_service(priced, results, voice)
    return Section(id="ramp_up", heading=voice.say("service_price.ramp_up.heading"), blocks=tuple(blocks))


def _of_service(priced: PricedService, results: Results, voice: Voice) -> tuple[Block, ...]:
    service, values, prefix = service_of(priced, results), results.values, f"service.{priced.service}"
    said = voice.say(
        "service_price.ramp_up.sentence",
        service=voice.text(service.title),
        period=period_words(priced.ramp_up, voice),
        price=voice.interval(values[f"{prefix}.ramp_up"]),
        full=voice.interval(values[f"{prefix}.full"]),
        year=voice.year(priced.year),
    )
    names = ("volume", "full", "marginal", "cost")
    rows = tuple(
        (voice.year(year), *(voice.short_interval(values[f"{prefix}.year.{year}.{name}"]) for name in names))
        for year in priced.ramp_up
    )
    words = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    table = Table(
        caption=voice.say("service_price.ramp_up.caption", **words),
        header=(voice.say("column.year"), *(voice.say(f"service_price.ramp_up.column.{name}") for name in names)),
        rows=rows,
        numeric=frozenset(range(1, len(names) + 1)),
        note=voice.say("service_price.ramp_up.note"),
    )
    return Paragraph(said), table
