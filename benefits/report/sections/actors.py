"""Who pays and who gains: per actor and year, with transfers seen from both ends, and capacity apart from money."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.model import Actor
from benefits.report.blocks import Block, Figure, Paragraph, Section, Subheading, Table
from benefits.report.figures import intervals
from benefits.report.names import actor_name, item_name
from benefits.report.sections.capacity import WIDEST, capacity_by_year, capacity_in_all
from benefits.report.sections.carried import carried
from benefits.report.sections.freed_time import freed_time
from benefits.report.sections.illustration import illustration_warning
from benefits.report.sections.present_value import present_value
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.vocabulary import Basis

NET = ("cost", "cash", "transfer", "net")
"""Layers of money that moves, and their sum, in the order of the columns."""


def actors(results: Results, voice: Voice) -> Section:
    """Per actor in all and by year, with transfers from both ends, present value, what was measured, and capacity."""
    return _section(results, voice, with_transfers=True)


def actors_after_transfers(results: Results, voice: Voice) -> Section:
    """The same, for a report in which the transfers have a section of their own."""
    return _section(results, voice, with_transfers=False)


def _section(results: Results, voice: Voice, *, with_transfers: bool) -> Section:
    blocks: list[Block] = []
    named = _with_net(results, "expected")
    if named:
        blocks += _in_all(named, results, voice)
        blocks += [Subheading(voice.say("matrix.heading")), Paragraph(voice.say("matrix.intro"))]
        blocks += _by_year(named, results, voice)
        if with_transfers:
            blocks += carried(results.project.benefits, results, voice)
        if with_transfers:
            blocks += _transfers(results, voice)
        blocks += [Subheading(voice.say("present_value.heading")), *present_value(results, voice)]
    else:
        blocks.append(Paragraph(voice.say("actors.none"), tone="missing"))
    blocks += _measured(results, voice)
    blocks += capacity_in_all(results, voice)
    blocks += capacity_by_year(results, voice)
    blocks += freed_time(results, voice)
    return Section(id="actors", heading=voice.say("actors.heading"), blocks=tuple(blocks))


def _with_net(results: Results, basis: Basis) -> list[Actor]:
    return [one for one in results.project.actors if f"actor.{one.id}.{basis}.net" in results.values]


def _in_all(named: list[Actor], results: Results, voice: Voice) -> Iterator[Block]:
    rows = [(voice.text(actor.name), *_net_cells(f"actor.{actor.id}", results, voice)) for actor in named]
    rows.append((voice.say("actors.society"), *_net_cells("society", results, voice)))
    years, price_year = results.project.years, voice.year(results.project.price_year)
    words = {"first": voice.year(years[0]), "last": voice.year(years[-1]), "price_year": price_year}
    yield Paragraph(voice.say("actors.intro"))
    yield from illustration_warning(results, voice)
    if not results.project.costs:
        yield Paragraph(voice.say("actors.no_costs"), tone="missing")
    yield Table(
        caption=voice.say("actors.caption", **words),
        header=(voice.say("actors.column.actor"), *_columns(NET, voice)),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(NET) + 1)),
        note=voice.say("actors.note", level=results.values["level"]),
    )
    figure = _net_figure(named, results, voice)
    if figure is not None:
        yield figure


def _columns(names: tuple[str, ...], voice: Voice) -> Iterator[Markup]:
    return (voice.say(f"actors.column.{name}") for name in ("cost", "cash", "transfer", "net") if name in names)


def _net_cells(prefix: str, results: Results, voice: Voice) -> list[Markup]:
    lack = dict.fromkeys(NET, voice.say("nothing"))
    if not results.project.costs:
        lack["cost"] = voice.say("blank")
    cells = [(name, results.values.get(f"{prefix}.expected.{name}")) for name in NET]
    return [voice.short_interval(cell) if cell is not None else lack[name] for name, cell in cells]


def _by_year(named: list[Actor], results: Results, voice: Voice) -> Iterator[Table]:
    """A table for each actor; those that only pay or receive transfers share one."""
    only = [actor for actor in named if _layers(actor, results) == ("transfer",)]
    yield from (_of_actor(actor, results, voice) for actor in named if actor not in only)
    for start in range(0, len(only), WIDEST):
        yield _only_transfers(only[start : start + WIDEST], results, voice)


def _layers(actor: Actor, results: Results) -> tuple[str, ...]:
    return tuple(name for name in NET[:-1] if f"actor.{actor.id}.expected.{name}" in results.values)


def _only_transfers(only: list[Actor], results: Results, voice: Voice) -> Table:
    ids = [f"actor.{actor.id}.expected.transfer" for actor in only]
    rows = [
        (voice.year(year), *(voice.short_interval(results.values[f"{id}.{year}"]) for id in ids))
        for year in results.project.years
    ]
    rows.append((voice.say("matrix.total"), *(voice.short_interval(results.values[id]) for id in ids)))
    return Table(
        caption=voice.say("matrix.only_transfers", price_year=voice.year(results.project.price_year)),
        header=(voice.say("column.year"), *(voice.text(actor.name) for actor in only)),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(only) + 1)),
        note=voice.say("matrix.note"),
    )


def _of_actor(actor: Actor, results: Results, voice: Voice) -> Table:
    """The layers this actor has, by year; a net only where there is more than one of them."""
    values, prefix = results.values, f"actor.{actor.id}.expected"
    layers = _layers(actor, results)
    names = (*layers, "net") if len(layers) > 1 else layers
    rows = [
        (voice.year(year), *(voice.short_interval(values[f"{prefix}.{name}.{year}"]) for name in names))
        for year in results.project.years
    ]
    rows.append((voice.say("matrix.total"), *(voice.short_interval(values[f"{prefix}.{name}"]) for name in names)))
    price_year = voice.year(results.project.price_year)
    return Table(
        caption=voice.say("matrix.caption", actor=voice.text(actor.name), price_year=price_year),
        header=(voice.say("column.year"), *_columns(names, voice)),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(names) + 1)),
        note=voice.say("matrix.note"),
    )


def _transfers(results: Results, voice: Voice) -> Iterator[Block]:
    lines = [line for line in results.transfers if line.basis == "expected"]
    if not lines:
        return
    rows = tuple(
        (
            item_name(line.item, results, voice),
            actor_name(line.first, results, voice),
            voice.short_interval(results.values[line.first_id]),
            actor_name(line.second, results, voice),
            voice.short_interval(results.values[line.second_id]),
        )
        for line in lines
    )
    names = ("transfer", "first", "first_amount", "second", "second_amount")
    yield Subheading(voice.say("matrix.transfers"))
    yield Table(
        caption=voice.say("matrix.transfers.caption", price_year=voice.year(results.project.price_year)),
        header=tuple(voice.say(f"transfers.column.{name}") for name in names),
        rows=rows,
        numeric=frozenset({2, 4}),
        note=voice.say("transfers.note"),
    )


def _measured(results: Results, voice: Voice) -> Iterator[Block]:
    """What follows from measured events, apart from what is expected and never added to it."""
    named = _with_net(results, "measured")
    if not named:
        return
    names = tuple(
        name
        for name in NET
        if name != "cost" and any(f"actor.{one.id}.measured.{name}" in results.values for one in named)
    )
    rows = tuple(
        (
            voice.text(actor.name),
            *(
                voice.short_interval(value) if value is not None else voice.say("nothing")
                for value in (results.values.get(f"actor.{actor.id}.measured.{name}") for name in names)
            ),
        )
        for actor in named
    )
    yield Subheading(voice.say("matrix.measured"))
    yield Paragraph(voice.say("matrix.measured.intro"))
    yield Table(
        caption=voice.say("matrix.measured.caption", price_year=voice.year(results.project.price_year)),
        header=(voice.say("actors.column.actor"), *_columns(names, voice)),
        rows=rows,
        numeric=frozenset(range(1, len(names) + 1)),
        note=voice.say("matrix.note"),
    )


def _net_figure(named: list[Actor], results: Results, voice: Voice) -> Figure | None:
    drawn = []
    for actor in named:
        value = results.values[f"actor.{actor.id}.expected.net"]
        if value.low is not None and value.high is not None:
            drawn.append((voice.plain_text(actor.name), value))
    if not drawn:
        return None
    listed = "; ".join(f"{name}: {voice.plain_interval(value)}" for name, value in drawn)
    return Figure(
        png=intervals(drawn, axis=voice.catalogue.text("actors.figure.axis"), numbers=voice.numbers, divisor=1_000),
        caption=voice.say("actors.figure.caption"),
        alternative=voice.catalogue.text("actors.figure.alternative", listed=listed),
        values=tuple(value for _, value in drawn),
    )
