"""Actor by year in one table: cost, cash, transfers and net in kroner, with bed-days and hours in rows of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from benefits.report.blocks import Table
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.capacity_values import CAPACITY

LAYERS = ("cost", "cash", "transfer")
"""Layers of money that moves, in the order of a net."""
MOST_YEARS = 5
"""Columns of years a table on paper has room for, also beside their sum."""


def by_actor_and_year(results: Results, voice: Voice) -> Iterator[Table]:
    """Yield the expected years of every actor and of all of them together; their sums stand in the table before."""
    years = results.project.years
    for start in range(0, len(years), MOST_YEARS):
        yield _table(years[start : start + MOST_YEARS], results, voice)


def columns_of_years(years: Sequence[int], voice: Voice, *, with_sum: bool) -> tuple[Markup, ...]:
    """Return the headings of some years, and of their sum."""
    return (*map(voice.year, years), *((voice.say("matrix.total"),) if with_sum else ()))


def cells_of_years(
    prefix: str, years: Sequence[int], results: Results, voice: Voice, *, with_sum: bool
) -> tuple[Markup, ...]:
    """Return a number for each year, and the sum over the years of the plan under the prefix itself."""
    ids = [*(f"{prefix}.{year}" for year in years), *((prefix,) if with_sum else ())]
    known = [results.values.get(id) for id in ids]
    return tuple(voice.say("nothing") if one is None else voice.short_interval(one) for one in known)


def _table(years: Sequence[int], results: Results, voice: Voice) -> Table:
    rows = []
    for actor in results.project.actors:
        rows += list(_rows(voice.text(actor.name), f"actor.{actor.id}.expected", actor.id, results, voice))
    rows += list(_rows(voice.say("actors.society"), "society.expected", "society", results, voice))
    headings = columns_of_years(years, voice, with_sum=False)
    return Table(
        caption=voice.say("matrix.caption", price_year=voice.year(results.project.price_year)),
        header=(voice.say("actors.column.actor"), voice.say("matrix.column.what"), *headings),
        rows=tuple(
            (who, what, *cells_of_years(prefix, years, results, voice, with_sum=False)) for who, what, prefix in rows
        ),
        numeric=frozenset(range(2, len(headings) + 2)),
    )


def _rows(who: Markup, prefix: str, actor: str, results: Results, voice: Voice) -> Iterator[tuple[Markup, Markup, str]]:
    """The rows of one actor: its layers and their net, or the one layer that is its net; then what is no money."""
    layers = [name for name in LAYERS if f"{prefix}.{name}" in results.values]
    if len(layers) == 1:
        yield who, voice.say(f"matrix.row.only.{layers[0]}"), f"{prefix}.{layers[0]}"
    elif layers:
        yield from ((who, voice.say(f"actors.column.{name}"), f"{prefix}.{name}") for name in (*layers, "net"))
    for unit in CAPACITY:
        id = f"actor_capacity.{actor}.expected.{unit}"
        if id in results.values:
            yield who, voice.say(f"matrix.row.{unit}"), id
