"""The price of a patient-month, full and marginal, in its parts, with idle capacity and merverdiavgift apart."""

from __future__ import annotations

import math
from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.fields import Text
from benefits.project.service import Service
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name
from benefits.report.sections.price_lacks import without_price
from benefits.report.voice import Voice
from benefits.results import PricedService, Results
from benefits.results.model import PricedPart


def service_of(priced: PricedService, results: Results) -> Service:
    """Return the service a price belongs to."""
    return next(one for one in results.project.services if one.id == priced.service)


def same(one: str, other: str, results: Results) -> bool:
    """Whether two values are the same number, so that saying both says nothing more."""
    return math.isclose(results.values[one].value or 0.0, results.values[other].value or 0.0, rel_tol=1e-9)


def price(results: Results, voice: Voice) -> Section:
    """Full price with its parts, marginal price, share of fixed cost and use of capacity, per service."""
    blocks: list[Block] = list(without_price(results, voice))
    for priced in results.services:
        blocks += price_blocks(priced, results, voice, with_terms=False)
        prefix = f"service.{priced.service}"
        service = service_of(priced, results)
        if not service.resources and not any(one.kind == "used_capacity" for one in priced.parts):
            words = voice.say("service_price.resources.none", service=voice.text(service.title))
            blocks.append(Paragraph(words, tone="missing"))
        used, fixed = results.values.get(f"{prefix}.utilisation"), results.values.get(f"{prefix}.fixed_share")
        if used is not None:
            blocks.append(Paragraph(voice.say("service_price.price.capacity", utilisation=voice.interval(used))))
        if fixed is not None and fixed.value:
            blocks.append(Paragraph(voice.say("service_price.price.fixed_share", share=voice.interval(fixed))))
    return Section(id="price", heading=voice.say("service_price.price.heading"), blocks=tuple(blocks))


def price_blocks(priced: PricedService, results: Results, voice: Voice, *, with_terms: bool) -> Iterator[Block]:
    """Yield the price of a service: a sentence, its parts, and what one more patient-month costs.

    With ``with_terms`` also the next step and the agreed price, which the report on a price has in other sections.
    """
    service = service_of(priced, results)
    prefix, values = f"service.{service.id}", results.values
    full = values[f"{prefix}.full"]
    year = voice.year(priced.year)
    if with_terms or len(results.services) > 1:
        yield Subheading(voice.say("price.heading", service=voice.text(service.title)))
    yield Paragraph(
        voice.say("price.sentence", full=voice.interval(full), volume=values[f"{prefix}.volume"], year=year)
    )
    yield _parts(priced, service, results, voice)
    if not same(f"{prefix}.marginal", f"{prefix}.full", results):
        marginal, used = (voice.interval(values[f"{prefix}.{name}"]) for name in ("marginal", "at_used_capacity"))
        yield Paragraph(voice.say("price.marginal", marginal=marginal, used=used))
    if not with_terms:
        return
    if priced.next_step:
        yield Paragraph(voice.say("price.next_step", step=values[f"{prefix}.next_step"]))
    if service.agreed_price is None:
        return
    agreed, provider = values[f"{prefix}.agreed"], actor_name(service.provider, results, voice)
    if service.parties:
        parties = voice.listed(actor_name(party.actor, results, voice) for party in service.parties)
        yield Paragraph(voice.say("price.agreed.parties", agreed=agreed, parties=parties, provider=provider))
    elif service.payer is not None:
        payer = actor_name(service.payer, results, voice)
        yield Paragraph(voice.say("price.agreed", agreed=agreed, payer=payer, provider=provider))


def _parts(priced: PricedService, service: Service, results: Results, voice: Voice) -> Table:
    rows = [
        (
            part_name(one, service, results, voice),
            voice.word("price_part", one.kind),
            voice.short_interval(results.values[one.value]),
        )
        for one in priced.parts
    ]
    full = results.values[f"service.{service.id}.full"]
    rows.append((voice.say("price.full"), Markup(""), voice.short_interval(full)))
    header = tuple(voice.say(f"price.column.{name}") for name in ("part", "kind", "amount"))
    caption = voice.say("price.caption", year=voice.year(results.project.price_year))
    return Table(caption=caption, header=header, rows=tuple(rows), numeric=frozenset({2}))


def part_name(part: PricedPart, service: Service, results: Results, voice: Voice) -> Markup:
    """Say the title of what a part of a price is of: a cost, a resource, or another service."""
    titles: dict[str, Text]
    if part.of in {"other_service", "other_service_idle"}:
        titles = {one.id: one.title for one in results.project.services}
    elif part.of in {"used_capacity", "idle_capacity"}:
        titles = {one.id: one.title for one in (*results.project.shared_resources, *service.resources)}
    elif part.of in {"per_patient_month", "start", "end"}:
        costs = {"per_patient_month": service.per_patient_month, "start": service.per_start, "end": service.per_end}
        titles = {one.id: one.title for one in costs[part.of]}
    elif part.of == "equipment":
        titles = {one.id: one.title for one in service.equipment}
    else:
        titles = {one.id: one.title for one in service.fixed}
    return voice.text(titles.get(part.id, part.id))
