"""A test arena's price list: what is sold, what it costs, until when, and what is asked against full cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from benefits.project.arena import Arena
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name
from benefits.report.sections.arena_costs import hour_blocks, offer_tables
from benefits.report.sections.arena_year import year_blocks
from benefits.report.sections.exact import exact
from benefits.report.voice import Voice
from benefits.results import Results, Value

PRICES: Mapping[str, str] = {"price": "price", "vat": "vat", "with_vat": "with_vat"}
LIST_PRICES: Mapping[str, str] = {"price": "list_price", "vat": "list_vat", "with_vat": "list_with_vat"}
"""Column of the price list -> the Value it shows: of the price worked out, and of one that is set."""


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


def offered(results: Results, voice: Voice) -> Iterator[Block]:
    """Yield the price list of every arena in short, for page one; nothing where there is none."""
    arenas = {one.id: one for one in results.project.test_arenas}
    priced = [arenas[one.arena] for one in results.arenas if one.offers]
    if priced:
        yield Subheading(voice.say("arena.offered.heading"))
    for one in priced:
        yield _table(one, ("offer", "unit", "price", "with_vat"), results, voice)
        yield _valid(one, results, voice)


def _price_list(arena: Arena, results: Results, voice: Voice) -> Iterator[Block]:
    yield _valid(arena, results, voice)
    yield _table(arena, ("offer", "unit", "includes", "price", "vat", "with_vat"), results, voice)


def _valid(arena: Arena, results: Results, voice: Voice) -> Paragraph:
    if arena.valid_until is None:
        return Paragraph(voice.say("arena.valid.open"), tone="missing")
    if arena.valid_until < results.as_of:
        return Paragraph(voice.say("arena.valid.passed", day=arena.valid_until), tone="warning")
    return Paragraph(voice.say("arena.valid", day=arena.valid_until))


def _table(arena: Arena, columns: tuple[str, ...], results: Results, voice: Voice) -> Table:
    every = ("offer", "unit", "includes", "price", "vat", "with_vat")
    rows = []
    for offer in arena.offers:
        prefix = f"arena.{arena.id}.offer.{offer.id}"
        names = PRICES if offer.list_price is None else LIST_PRICES
        cells = {"offer": offer.title, "unit": offer.unit, "includes": offer.includes}
        said = {name: voice.text(text) for name, text in cells.items()}
        said |= {column: exact(results.values[f"{prefix}.{name}"], voice, cents=True) for column, name in names.items()}
        rows.append(tuple(said[column] for column in columns))
    return Table(
        caption=voice.say(
            "arena.list.caption", arena=voice.text(arena.title), price_year=voice.year(results.project.price_year)
        ),
        header=tuple(voice.say(f"arena.list.column.{name}") for name in every if name in columns),
        rows=tuple(rows),
        numeric=frozenset(place for place, column in enumerate(columns) if column in PRICES),
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
        difference, title = results.values[f"{prefix}.list_difference"], voice.text(offer.title)
        side = _side(difference)
        if side == "below":
            below = voice.interval(results.values[f"{prefix}.list_below"])
            words.append(voice.say("arena.against.below", offer=title, below=below))
        elif side == "unsure":
            words.append(voice.say("arena.against.unsure", offer=title, difference=voice.interval(difference)))
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
