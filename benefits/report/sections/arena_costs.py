"""How the prices of a test arena are made up, line by line, and what stands behind the cost of an hour."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.arena import Arena, Facility, Offer
from benefits.project.service import Resource
from benefits.report.blocks import Block, Paragraph, Subheading, Table
from benefits.report.sections.exact import exact
from benefits.report.voice import Voice
from benefits.results import Results

ADDED = ("overhead", "margin", "vat")
"""Lines of a price that are a stated share of the line before."""
LINES = ("direct", "overhead", "full", "margin", "price", "vat", "with_vat")
PAY = ("monthly", "holiday_pay", "pension", "payroll_tax", "other", "overhead")


def offer_tables(arena: Arena, results: Results, voice: Voice) -> Iterator[Block]:
    """Yield one table for each offer: its hours, their cost, and every line up to the price with merverdiavgift."""
    yield Subheading(voice.say("arena.made_up.heading"))
    yield Paragraph(voice.say("arena.made_up.intro"))
    for offer in arena.offers:
        yield _offer_table(offer, arena, results, voice)


def _offer_table(offer: Offer, arena: Arena, results: Results, voice: Voice) -> Table:
    values, titles = results.values, arena.titles
    prefix, blank = f"arena.{arena.id}.offer.{offer.id}", Markup("")
    rows = [
        (
            voice.text(titles[id]),
            voice.number(values[f"{prefix}.part_hours.{id}"]),
            exact(values[f"arena.{arena.id}.hour.{id}"], voice, cents=True),
            exact(values[f"{prefix}.part.{id}"], voice, cents=True),
        )
        for id in offer.hours
    ]
    if f"{prefix}.purchases" in values:
        purchases = exact(values[f"{prefix}.purchases"], voice, cents=True)
        rows.append((voice.say("arena.made_up.purchases"), blank, blank, purchases))
    for line in LINES:
        share = values[f"arena.{arena.id}.input.{line}"] if line in ADDED else None
        rows.append(
            (
                voice.say(f"arena.made_up.line.{line}", share=voice.number(share) if share is not None else blank),
                blank,
                blank,
                exact(values[f"{prefix}.{line}"], voice, cents=True),
            )
        )
    return Table(
        caption=voice.say(
            "arena.made_up.caption",
            offer=voice.text(offer.title),
            unit=voice.text(offer.unit),
            price_year=voice.year(results.project.price_year),
        ),
        header=tuple(voice.say(f"arena.made_up.column.{name}") for name in ("what", "hours", "hour", "amount")),
        rows=tuple(rows),
        numeric=frozenset({1, 2, 3}),
    )


def hour_blocks(arena: Arena, results: Results, voice: Voice) -> Iterator[Block]:
    """Yield what an hour costs of everything that is booked, and what each yearly cost and capacity is made up of."""
    if not arena.titles:
        return
    values, prefix = results.values, f"arena.{arena.id}"
    yield Subheading(voice.say("arena.hours.heading"))
    yield Paragraph(voice.say("arena.hours.intro"))
    rows = tuple(
        (
            voice.text(title),
            exact(values[f"{prefix}.year_cost.{id}"], voice),
            voice.number(values[f"{prefix}.input.hours.{id}"]),
            exact(values[f"{prefix}.hour.{id}"], voice, cents=True),
        )
        for id, title in arena.titles.items()
    )
    yield Table(
        caption=voice.say("arena.hours.caption", price_year=voice.year(results.project.price_year)),
        header=tuple(voice.say(f"arena.hours.column.{name}") for name in ("what", "year", "hours", "hour")),
        rows=rows,
        numeric=frozenset({1, 2, 3}),
    )
    behind = [row for one in arena.staff for row in _behind_staff(one, prefix, results, voice)]
    behind += [row for one in arena.facilities for row in _behind_facility(one, prefix, results, voice)]
    if f"{prefix}.input.capital_rate" in values:
        rate = voice.number(values[f"{prefix}.input.capital_rate"])
        behind.append((voice.say("arena.behind.everything"), voice.say("arena.behind.capital_rate"), rate))
    if behind:
        yield Table(
            caption=voice.say("arena.behind.caption", price_year=voice.year(results.project.price_year)),
            header=tuple(voice.say(f"arena.behind.column.{name}") for name in ("what", "part", "amount")),
            rows=tuple(behind),
            numeric=frozenset({2}),
        )


def _behind_staff(one: Resource, prefix: str, results: Results, voice: Voice) -> Iterator[tuple[Markup, ...]]:
    values, title = results.values, voice.text(one.title)
    if one.pay is None and one.overhead:
        stated = exact(values[f"{prefix}.input.resource.{one.id}"], voice)
        yield title, voice.say("arena.behind.stated"), voice.say("arena.behind.kroner", amount=stated)
    for part in PAY:
        if (value := values.get(f"{prefix}.unit.{one.id}.{part}")) is None:
            continue
        name = f"overhead.{one.id}" if part == "overhead" else f"pay.{one.id}.{part}"
        share = values.get(f"{prefix}.input.{name}")
        said = voice.number(share) if share is not None and share.unit == "share" else Markup("")
        amount = voice.say("arena.behind.kroner", amount=exact(value, voice))
        yield title, voice.say(f"arena.behind.{part}", share=said), amount
    if one.capacity is not None:
        paid = values[f"{prefix}.input.capacity.{one.id}.paid"]
        yield title, voice.say("arena.behind.paid_hours"), _hours(paid.id, results, voice)
        for place, less in enumerate(one.capacity.less, 1):
            id = f"{prefix}.input.capacity.{one.id}.less.{place}"
            yield title, voice.say("arena.behind.less", what=voice.text(less.title)), _hours(id, results, voice)


def _behind_facility(one: Facility, prefix: str, results: Results, voice: Voice) -> Iterator[tuple[Markup, ...]]:
    values, title = results.values, voice.text(one.title)
    if one.price is None:
        return
    if one.cost_per_year is not None:
        amount = exact(values[f"{prefix}.input.cost_per_year.{one.id}"], voice)
        yield title, voice.say("arena.behind.running"), voice.say("arena.behind.kroner", amount=amount)
    price = exact(values[f"{prefix}.input.price.{one.id}"], voice)
    yield title, voice.say("arena.behind.price"), voice.say("arena.behind.kroner", amount=price)
    if one.residual:
        left = exact(values[f"{prefix}.input.residual.{one.id}"], voice)
        yield title, voice.say("arena.behind.residual"), voice.say("arena.behind.kroner", amount=left)
    yield title, voice.say("arena.behind.lifetime"), voice.quantity(values[f"{prefix}.input.lifetime.{one.id}"])
    capital = exact(values.get(f"{prefix}.capital.{one.id}"), voice)
    yield title, voice.say("arena.behind.capital"), voice.say("arena.behind.kroner", amount=capital)


def _hours(id: str, results: Results, voice: Voice) -> Markup:
    return voice.say("arena.behind.hours", hours=voice.number(results.values[id]))
