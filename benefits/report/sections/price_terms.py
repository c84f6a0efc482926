"""Terms of a service and of a test arena's price list as written, and a place for each party to sign."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.service import Service
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name
from benefits.report.sections.price_offer import payers
from benefits.report.voice import Voice
from benefits.results import Results

ROOM = {"role": 10, "name": 16, "date": 8, "signature": 18}
"""Columns to be filled in by hand, and how many letters wide each is."""


def terms(results: Results, voice: Voice) -> Section:
    """The terms of each priced service, and an empty line to sign on for everybody it concerns."""
    blocks: list[Block] = []
    priced = {one.service for one in results.services}
    for service in results.project.services:
        if service.id in priced:
            blocks += _of_service(service, results, voice)
    return Section(id="terms", heading=voice.say("service_price.terms.heading"), blocks=tuple(blocks))


def _of_service(service: Service, results: Results, voice: Voice) -> Iterator[Block]:
    name = voice.text(service.title)
    if len(results.services) > 1:
        yield Subheading(name)
    if service.terms:
        yield Bullets(tuple(voice.text(one) for one in service.terms), numbered=True)
    else:
        yield Paragraph(voice.say("service_price.terms.none", service=name), tone="missing")
    signing = tuple(dict.fromkeys((service.provider, *payers(service))))
    if len(signing) < 2:
        return
    yield Paragraph(voice.say("service_price.terms.signing", price_year=voice.year(results.project.price_year)))
    yield Table(
        caption=voice.say("service_price.terms.caption", service=name),
        header=tuple(
            voice.say(f"service_price.terms.column.{column}")
            for column in ("party", "role", "name", "date", "signature")
        ),
        rows=tuple((actor_name(actor, results, voice), *(_empty(wide) for wide in ROOM.values())) for actor in signing),
    )


def _empty(wide: int) -> Markup:
    """A cell with room to write in: two lines of spaces that hold their width."""
    return Markup("\u00a0" * wide + "<br>\u00a0")
