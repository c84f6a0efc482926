"""What is offered, in a few lines for page one: to whom, from when, at which price, and what each party pays."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.service import Service
from benefits.report.blocks import Block, Subheading, Table
from benefits.report.names import actor_name, actor_names
from benefits.report.sections.price_parts import service_of
from benefits.report.voice import Voice
from benefits.results import PricedService, Results, Value

Row = tuple[Markup, Markup]


def offer(results: Results, voice: Voice) -> Iterator[Block]:
    """Yield a table of facts per priced service; nothing where there is none."""
    if results.services:
        yield Subheading(voice.say("service_price.offer.heading"))
    for priced in results.services:
        service = service_of(priced, results)
        header = tuple(voice.say(f"service_price.facts.column.{name}") for name in ("question", "answer"))
        caption = voice.say("service_price.offer.caption", service=voice.text(service.title))
        yield Table(caption=caption, header=header, rows=tuple(_rows(priced, service, results, voice)))


def payers(service: Service) -> tuple[str, ...]:
    """Return the actors that pay for a service: its parties, or the one that buys it."""
    if service.parties:
        return tuple(party.actor for party in service.parties)
    return (service.payer,) if service.payer is not None else ()


def _rows(priced: PricedService, service: Service, results: Results, voice: Voice) -> Iterator[Row]:
    values, prefix = results.values, f"service.{service.id}"
    provider = actor_name(service.provider, results, voice)
    yield voice.say("service_price.fact.provider"), provider
    yield voice.say("service_price.fact.payer"), actor_names(payers(service), results, voice)
    yield voice.say("service_price.fact.from"), _when(service, results, voice)
    full = values[f"{prefix}.full"]
    if service.agreed_price is not None:
        yield voice.say("service_price.fact.agreed"), _for(priced, values[f"{prefix}.agreed"], results, voice)
    if service.agreed_price is None or full.low is None:  # with an interval it is among the figures below
        yield voice.say("service_price.fact.full"), _for(priced, full, results, voice)
    yield from _payments(priced, service, results, voice)


def _when(service: Service, results: Results, voice: Voice) -> Markup:
    start, end = voice.day(service.valid_from or results.project.go_live), service.valid_until
    return start if end is None else voice.say("service_price.fact.from.until", start=start, end=end)


def _for(priced: PricedService, price: Value, results: Results, voice: Voice) -> Markup:
    """Say a price, and the number of patients it is worked out for."""
    volume = results.values[f"service.{priced.service}.volume"]
    words = {"price": voice.interval(price), "year": voice.year(priced.year)}
    return voice.say("service_price.fact.price.for", volume=volume, **words)


def _payments(priced: PricedService, service: Service, results: Results, voice: Voice) -> Iterator[Row]:
    year = priced.first_full_year
    said = voice.year(year)
    for split in priced.splits:
        if split.year != year:
            continue
        for party in split.parties:
            actor = actor_name(party.actor, results, voice)
            prefix = f"{split.prefix}.party.{party.actor}"
            # What is paid of an agreed price is nearly certain: the interval stands where it is shared.
            amount, whole = results.values[f"{prefix}.amount"], results.values[f"{prefix}.in_all"]
            said_amount = voice.quantity(whole) if split.of_price else voice.interval(amount)
            key = "service_price.fact.carries" if party.provider else "service_price.fact.pays"
            yield voice.say(key, actor=actor, year=said), said_amount
    received = results.values.get(f"service.{service.id}.year.{year}.received")
    if received is not None and service.payer is not None:
        actor = actor_name(service.payer, results, voice)
        yield voice.say("service_price.fact.pays", actor=actor, year=said), voice.interval(received)
