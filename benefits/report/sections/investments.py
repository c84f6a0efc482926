"""What is bought to last: when, for how long, and what is left when the analysis ends."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.report.blocks import Block, Table
from benefits.report.names import actor_name, item_name
from benefits.report.voice import Voice
from benefits.results import Results


def investments(results: Results, voice: Voice) -> Iterator[Block]:
    """Yield a table of investments with their residual values; nothing where there is none."""
    found = results.worth.investments
    if not found or results.project.price_year is None:
        return
    last = voice.year(results.project.years[-1])
    rows = tuple(
        (
            item_name(one.cost, results, voice),
            actor_name(one.actor, results, voice),
            voice.listed(voice.year(year) for year in one.bought),
            voice.quantity(results.values[one.lifetime]),
            voice.short_interval(results.values[one.residual]) if one.residual else voice.say("nothing"),
        )
        for one in found
    )
    names = ("cost", "actor", "bought", "lifetime", "residual")
    yield Table(
        caption=voice.say("investment.caption", price_year=voice.year(results.project.price_year)),
        header=tuple(voice.say(f"investment.column.{name}", last=last) for name in names),
        rows=rows,
        numeric=frozenset({3, 4}),
        note=voice.say("investment.note", last=last),
    )
