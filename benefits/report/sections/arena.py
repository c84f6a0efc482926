"""A test arena's price list: what is sold, what it costs, until when, and what is asked against full cost."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.arena import Arena
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name
from benefits.report.sections.arena_costs import hour_blocks, offer_tables
from benefits.report.sections.arena_year import year_blocks
from benefits.report.sections.exact import exact
from benefits.report.voice import Voice
from benefits.results import Results, Value


def arena(results: Results, voice: Voice) -> Section:
    """Every test arena: price list, list prices against full cost, how prices are made up, hours, years and terms."""
    blocks: list[Block] = []
    priced = {one.arena: one for one in results.arenas}
    for one in results.project.test_arenas:
        blocks.append(Subheading(voice.text(one.title)))
        blocks.append(Paragraph(voice.say("arena.intro", provider=actor_name(one.provider, results, voice))))
        if one.id not in priced:
            blocks.append(Paragraph(voice.say("arena.unusable"), tone="missing"))
            continue
        if priced[one.id].offers:
            blocks += _price_list(one, results, voice)
            blocks += _against_cost(one, results, voice)
        else:
            blocks.append(Paragraph(voice.say("arena.no_price"), tone="missing"))
        blocks += _terms(one, voice)
        if priced[one.id].offers:
            blocks += offer_tables(one, results, voice)
        blocks += hour_blocks(one, results, voice)
        blocks += year_blocks(one, priced[one.id], results, voice)
        blocks.append(Paragraph(_source(one, voice)))
    return Section(id="arena", heading=voice.say("arena.heading"), blocks=tuple(blocks))


def _price_list(arena: Arena, results: Results, voice: Voice) -> Iterator[Block]:
    if arena.valid_until is None:
        yield Paragraph(voice.say("arena.valid.open"), tone="missing")
    elif arena.valid_until < results.as_of:
        yield Paragraph(voice.say("arena.valid.passed", day=arena.valid_until), tone="warning")
    else:
        yield Paragraph(voice.say("arena.valid", day=arena.valid_until))
    rows = []
    for offer in arena.offers:
        prefix = f"arena.{arena.id}.offer.{offer.id}"
        names = ("price", "vat", "with_vat")
        if offer.list_price is not None:
            names = ("list_price", "list_vat", "list_with_vat")
        amounts = (exact(results.values[f"{prefix}.{name}"], voice, cents=True) for name in names)
        rows.append((voice.text(offer.title), voice.text(offer.unit), voice.text(offer.includes), *amounts))
    header = ("offer", "unit", "includes", "price", "vat", "with_vat")
    yield Table(
        caption=voice.say(
            "arena.list.caption", arena=voice.text(arena.title), price_year=voice.year(results.project.price_year)
        ),
        header=tuple(voice.say(f"arena.list.column.{name}") for name in header),
        rows=tuple(rows),
        numeric=frozenset({3, 4, 5}),
        note=voice.say("arena.list.note"),
    )


def _against_cost(arena: Arena, results: Results, voice: Voice) -> Iterator[Block]:
    """The list prices beside full cost, and in words which of them do not cover it."""
    stated = [offer for offer in arena.offers if offer.list_price is not None]
    if not stated:
        return
    rows, words = [], []
    for offer in stated:
        prefix = f"arena.{arena.id}.offer.{offer.id}"
        names = ("full", "price", "list_price", "list_difference")
        rows.append(
            (
                voice.text(offer.title),
                *(exact(results.values[f"{prefix}.{name}"], voice, cents=True) for name in names),
            )
        )
        difference = results.values[f"{prefix}.list_difference"]
        if (key := _side(difference)) != "above":
            words.append(
                voice.say(f"arena.against.{key}", offer=voice.text(offer.title), difference=voice.interval(difference))
            )
    header = ("offer", "full", "price", "list_price", "list_difference")
    yield Table(
        caption=voice.say("arena.against.caption", price_year=voice.year(results.project.price_year)),
        header=tuple(voice.say(f"arena.against.column.{name}") for name in header),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(header))),
    )
    yield from (Paragraph(one, tone="warning") for one in words)


def _side(difference: Value) -> str:
    """Whether a list price is above full cost, below it, or may be either."""
    low = difference.value if difference.low is None else difference.low
    high = difference.value if difference.high is None else difference.high
    if low is None or high is None or low >= 0:
        return "above"
    return "below" if high < 0 else "unsure"


def _terms(arena: Arena, voice: Voice) -> Iterator[Block]:
    if arena.terms:
        yield Paragraph(voice.say("arena.terms"))
        yield Bullets(tuple(voice.text(term) for term in arena.terms))


def _source(arena: Arena, voice: Voice) -> Markup:
    return voice.say("arena.source", source=voice.text(arena.source), standing=voice.word("standing", arena.standing))
