"""The price of a patient-month, full and marginal, in its parts, with idle capacity apart."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.service import Service
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name
from benefits.report.sections.price_lacks import without_price
from benefits.report.voice import Voice
from benefits.results import PricedService, Results


def service_of(priced: PricedService, results: Results) -> Service:
    """Return the service a price belongs to."""
    return next(one for one in results.project.services if one.id == priced.service)


def price(results: Results, voice: Voice) -> Section:
    """Full price with its parts, marginal price, share of fixed cost and use of capacity, per service."""
    blocks: list[Block] = list(without_price(results, voice))
    for priced in results.services:
        blocks += price_blocks(priced, results, voice, with_terms=False)
        prefix = f"service.{priced.service}"
        used, fixed = results.values.get(f"{prefix}.utilisation"), results.values.get(f"{prefix}.fixed_share")
        if used is not None:
            blocks.append(Paragraph(voice.say("service_price.price.capacity", utilisation=voice.interval(used))))
        if fixed is not None:
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
    yield Subheading(voice.say("price.heading", service=voice.text(service.title)))
    yield Paragraph(
        voice.say("price.sentence", full=voice.interval(full), volume=values[f"{prefix}.volume"], year=year)
    )
    yield _parts(priced, service, results, voice)
    marginal, used = (voice.interval(values[f"{prefix}.{name}"]) for name in ("marginal", "at_used_capacity"))
    yield Paragraph(voice.say("price.marginal", marginal=marginal, used=used))
    if not with_terms:
        return
    if priced.next_step:
        yield Paragraph(voice.say("price.next_step", step=values[f"{prefix}.next_step"]))
    if service.agreed_price is not None and service.payer is not None:
        agreed, payer = values[f"{prefix}.agreed"], actor_name(service.payer, results, voice)
        provider = actor_name(service.provider, results, voice)
        yield Paragraph(voice.say("price.agreed", agreed=agreed, payer=payer, provider=provider))


def _parts(priced: PricedService, service: Service, results: Results, voice: Voice) -> Table:
    prefix, names = f"service.{service.id}", _part_names(service, voice)
    rows = [
        (
            names[kind, part],
            voice.word("price_part", kind),
            voice.short_interval(results.values[f"{prefix}.part.{kind}.{part}"]),
        )
        for kind, part in priced.parts
    ]
    rows.append((voice.say("price.full"), Markup(""), voice.short_interval(results.values[f"{prefix}.full"])))
    header = tuple(voice.say(f"price.column.{name}") for name in ("part", "kind", "amount"))
    caption = voice.say("price.caption", year=voice.year(results.project.price_year))
    return Table(caption=caption, header=header, rows=tuple(rows), numeric=frozenset({2}))


def _part_names(service: Service, voice: Voice) -> dict[tuple[str, str], Markup]:
    """Titles by kind and id: a fixed cost and a resource may have the same id."""
    titles = {("fixed", part.id): part.title for part in service.fixed}
    titles |= {("per_patient_month", part.id): part.title for part in service.per_patient_month}
    titles |= {("equipment", part.id): part.title for part in service.equipment}
    titles |= {(kind, part.id): part.title for part in service.resources for kind in ("used_capacity", "idle_capacity")}
    return {key: voice.text(title) for key, title in titles.items()}
