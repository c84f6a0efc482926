"""A year of a test arena: hours sold and idle, what is earned and spent, and the sales that would cover the cost."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.arena import Arena
from benefits.report.blocks import Block, Paragraph, Subheading, Table
from benefits.report.sections.exact import exact
from benefits.report.voice import Voice
from benefits.results import Results, Value
from benefits.results.arena.model import PricedArena, PricedYear

MONEY = ("income", "sold", "idle", "purchases", "overhead", "cost", "result")


def year_blocks(arena: Arena, priced: PricedArena, results: Results, voice: Voice) -> Iterator[Block]:
    """Yield hours sold and idle in each year with planned sales, and whether these cover what the year costs."""
    if not priced.offers:
        return
    if not priced.years:
        yield Paragraph(voice.say("arena.year.no_volume"), tone="missing")
        return
    yield Subheading(voice.say("arena.year.hours.heading"))
    yield Paragraph(voice.say("arena.year.hours.intro"))
    yield _hours(arena, priced, results, voice)
    for year in priced.years:
        for id in year.short:
            yield Paragraph(
                voice.say(
                    "arena.year.short",
                    what=voice.text(arena.titles[id]),
                    year=voice.year(year.year),
                    short=results.values[f"arena.{arena.id}.year.{year.year}.resource.{id}.short"],
                ),
                tone="warning",
            )
    covered = [year for year in priced.years if not year.short]
    if covered:
        yield Subheading(voice.say("arena.year.money.heading"))
        yield _money(arena, covered, results, voice)
        yield from _in_words(arena, covered, results, voice)
        yield _sales(arena, covered, results, voice)


def _hours(arena: Arena, priced: PricedArena, results: Results, voice: Voice) -> Table:
    rows = []
    for year in priced.years:
        for id in year.hours:
            prefix = f"arena.{arena.id}.year.{year.year}.resource.{id}"
            counts = (voice.number(results.values[f"{prefix}.{name}"]) for name in ("hours", "sold", "idle"))
            cost = exact(results.values[f"{prefix}.idle_cost"], voice)
            rows.append(
                (voice.year(year.year), _what(arena, id, results.values[f"{prefix}.units"], voice), *counts, cost)
            )
    header = ("year", "what", "hours", "sold", "idle", "idle_cost")
    return Table(
        caption=voice.say("arena.year.hours.caption", arena=voice.text(arena.title)),
        header=tuple(voice.say(f"arena.year.hours.column.{name}") for name in header),
        rows=tuple(rows),
        numeric=frozenset({2, 3, 4, 5}),
    )


def _what(arena: Arena, id: str, units: Value, voice: Voice) -> Markup:
    """Say what hours are of, and how many positions they take when that is not one."""
    title = voice.text(arena.titles[id])
    if any(one.id == id and not one.stepwise for one in arena.staff):
        return voice.say("arena.year.by_use", what=title)
    return voice.say("arena.year.units", what=title, units=units) if units.value != 1 else title


def _money(arena: Arena, years: list[PricedYear], results: Results, voice: Voice) -> Table:
    rows = tuple(
        (
            voice.say(f"arena.year.money.{name}"),
            *(exact(results.values[f"arena.{arena.id}.year.{one.year}.{name}"], voice) for one in years),
        )
        for name in MONEY
    )
    return Table(
        caption=voice.say(
            "arena.year.money.caption",
            arena=voice.text(arena.title),
            price_year=voice.year(results.project.price_year),
        ),
        header=(voice.say("arena.year.money.column.what"), *(voice.year(one.year) for one in years)),
        rows=rows,
        numeric=frozenset(range(1, len(years) + 1)),
        note=voice.say("arena.year.money.note"),
    )


def _in_words(arena: Arena, years: list[PricedYear], results: Results, voice: Voice) -> Iterator[Block]:
    """Say whether each year is covered, the sales that would cover it, and whether there are hours for them."""
    for one in years:
        prefix = f"arena.{arena.id}.year.{one.year}"
        result, needed = results.values[f"{prefix}.result"], results.values[f"{prefix}.share_needed"]
        words = {"year": voice.year(one.year), "result": voice.interval(result)}
        low = result.value if result.low is None else result.low
        high = result.value if result.high is None else result.high
        covered = low is not None and low >= 0
        if covered:
            said = [voice.say("arena.year.covered", **words)]
        elif high is not None and high < 0:
            said = [voice.say("arena.year.not_covered", **words)]
        else:
            said = [voice.say("arena.year.unsure", **words)]
        if needed.value is None:
            said.append(voice.say("arena.year.never"))
        else:
            said.append(voice.say("arena.year.needed", share=voice.interval(needed)))
            possible = results.values.get(f"{prefix}.share_possible")
            if possible is not None:
                key = "enough" if one.enough else "too_few"
                said.append(voice.say(f"arena.year.{key}", share=voice.number(possible)))
        yield Paragraph(Markup(" ").join(said), tone="plain" if covered else "warning")


def _sales(arena: Arena, years: list[PricedYear], results: Results, voice: Voice) -> Table:
    rows = []
    for one in years:
        for offer in arena.offers:
            prefix = f"arena.{arena.id}.year.{one.year}.offer.{offer.id}"
            planned, needed = results.values[f"{prefix}.volume"], results.values.get(f"{prefix}.needed")
            if planned.value:
                shown = voice.short_interval(needed) if needed is not None else voice.say("reason.no_number_is_enough")
                rows.append((voice.year(one.year), voice.text(offer.title), voice.number(planned), shown))
    header = ("year", "offer", "planned", "needed")
    return Table(
        caption=voice.say("arena.year.sales.caption", arena=voice.text(arena.title)),
        header=tuple(voice.say(f"arena.year.sales.column.{name}") for name in header),
        rows=tuple(rows),
        numeric=frozenset({2, 3}),
    )
