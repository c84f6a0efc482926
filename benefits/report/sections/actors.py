"""Who pays and who gains: every actor in one table, by year, with transfers from both ends; capacity is no money."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.model import Actor
from benefits.report.blocks import Block, Figure, Paragraph, Section, Subheading, Table
from benefits.report.figures import intervals
from benefits.report.names import benefit_name
from benefits.report.sections.actor_years import by_actor_and_year
from benefits.report.sections.capacity import capacity_in_all
from benefits.report.sections.carried import carried
from benefits.report.sections.illustration import illustration_warning
from benefits.report.sections.present_value import present_value
from benefits.report.sections.replacements import replacement_warning
from benefits.report.sections.transfers import transfers_in_all
from benefits.report.voice import Voice
from benefits.results import Results, Value
from benefits.results.capacity_values import CAPACITY
from benefits.vocabulary import Basis

NET = ("cost", "cash", "transfer", "net")
"""Layers of money that moves, and their sum, in the order of the columns."""


def actors(results: Results, voice: Voice) -> Section:
    """Every actor in all and by year, transfers with both ends, present value, what was measured, and events."""
    return _section(results, voice, alone=True)


def actors_beside_plan(results: Results, voice: Voice) -> Section:
    """The same, for a report with sections of their own for transfers and events; the plan has the present value."""
    return _section(results, voice, alone=False)


def _section(results: Results, voice: Voice, *, alone: bool) -> Section:
    blocks: list[Block] = []
    named = _with_net(results, "expected")
    if named:
        blocks += _in_all(named, results, voice)
        blocks += _resting_on_measured(results, voice)
        blocks += replacement_warning(results, voice)
        blocks += [
            Subheading(voice.say("matrix.heading")),
            Paragraph(Markup(" ").join((voice.say("matrix.intro"), voice.say("matrix.note")))),
        ]
        blocks += by_actor_and_year(results, voice)
        blocks += _net_figure(named, results, voice)
        if alone:
            blocks += carried(results.project.benefits, results, voice)
            blocks += _transfers(results, voice)
            blocks += [Subheading(voice.say("present_value.heading")), *present_value(results, voice)]
    else:
        blocks.append(Paragraph(voice.say("actors.none"), tone="missing"))
    blocks += _measured(results, voice)
    if alone:
        blocks += capacity_in_all(results, voice)
    return Section(id="actors", heading=voice.say("actors.heading"), blocks=tuple(blocks))


def _with_net(results: Results, basis: Basis) -> list[Actor]:
    return [one for one in results.project.actors if f"actor.{one.id}.{basis}.net" in results.values]


def _in_all(named: list[Actor], results: Results, voice: Voice) -> Iterator[Block]:
    years, price_year = results.project.years, voice.year(results.project.price_year)
    words = {"first": voice.year(years[0]), "last": voice.year(years[-1]), "price_year": price_year}
    yield Paragraph(voice.say("actors.intro"))
    yield from illustration_warning(results, voice)
    if not results.project.costs:
        yield Paragraph(voice.say("actors.no_costs"), tone="missing")
    yield _side_by_side(named, "expected", NET, voice.say("actors.caption", **words), results, voice)


def _side_by_side(
    named: list[Actor], basis: Basis, names: tuple[str, ...], caption: Markup, results: Results, voice: Voice
) -> Table:
    """The actors below each other, society last; capacity in the last column, where there is any."""
    who = [(voice.text(actor.name), f"actor.{actor.id}", actor.id) for actor in named]
    known = {id.split(".")[1] for id in results.values if id.startswith("actor_capacity.") and f".{basis}." in id}
    only_time = [one for one in results.project.actors if one.id in known and one not in named]
    who += [(voice.text(actor.name), f"actor.{actor.id}", actor.id) for actor in only_time]
    who.append((voice.say("actors.society"), "society", "society"))
    header = (voice.say("actors.column.actor"), *(voice.say(f"actors.column.{name}") for name in names))
    rows = [(name, *_amounts(prefix, basis, names, results, voice)) for name, prefix, _ in who]
    if known:
        header = (*header, voice.say("actors.column.capacity"))
        rows = [(*row, _capacity(actor, basis, results, voice)) for row, (_, _, actor) in zip(rows, who, strict=True)]
    return Table(
        caption=caption,
        header=header,
        rows=tuple(rows),
        numeric=frozenset(range(1, len(header))),
        note=voice.say("actors.note.capacity" if known else "actors.note", level=results.values["level"]),
    )


def _amounts(prefix: str, basis: Basis, names: tuple[str, ...], results: Results, voice: Voice) -> list[Markup]:
    lack = dict.fromkeys(names, voice.say("nothing"))
    if basis == "expected" and not results.project.costs:
        lack["cost"] = voice.say("blank")
    cells = [(name, results.values.get(f"{prefix}.{basis}.{name}")) for name in names]
    return [voice.short_interval(cell) if cell is not None else lack[name] for name, cell in cells]


def _capacity(actor: str, basis: Basis, results: Results, voice: Voice) -> Markup:
    """Bed-days and hours of an actor, each with its unit."""
    values = [results.values.get(f"actor_capacity.{actor}.{basis}.{unit}") for unit in CAPACITY]
    said = [_with_unit(one, voice) for one in values if one is not None]
    return Markup("; ").join(said) if said else voice.say("nothing")


def _with_unit(value: Value, voice: Voice) -> Markup:
    """A number with its unit, and its interval without words."""
    number = voice.quantity(value)
    if value.low is None or value.high is None:
        return number
    ends = {"low": voice.number(value, part="low"), "high": voice.number(value, part="high")}
    return voice.say("interval.short", number=number, **ends)


def _resting_on_measured(results: Results, voice: Voice) -> Iterator[Paragraph]:
    """What is expected of others than those it was measured in is assumed, however well it was measured."""
    measured = [
        benefit_name(one.id, results, voice)
        for one in results.project.benefits
        if one.valuation is not None and one.valuation.effect_from == "measured" and results.estimate(one.id)
    ]
    if measured:
        yield Paragraph(voice.say("actors.scaled", benefits=voice.listed(measured)), tone="warning")


def _transfers(results: Results, voice: Voice) -> Iterator[Block]:
    tables = list(transfers_in_all(results, voice))
    if tables:
        yield Subheading(voice.say("transfers.heading"))
        yield Paragraph(Markup(" ").join((voice.say("transfers.intro"), voice.say("transfers.note.in_all"))))
        yield from tables


def _measured(results: Results, voice: Voice) -> Iterator[Block]:
    """What follows from measured events, apart from what is expected and never added to it."""
    named = _with_net(results, "measured")
    if not named:
        return
    names = tuple(name for name in NET if any(f"actor.{one.id}.measured.{name}" in results.values for one in named))
    caption = voice.say("matrix.measured.caption", price_year=voice.year(results.project.price_year))
    yield Subheading(voice.say("matrix.measured"))
    yield Paragraph(voice.say("matrix.measured.intro"))
    yield _side_by_side(named, "measured", names, caption, results, voice)


def _net_figure(named: list[Actor], results: Results, voice: Voice) -> Iterator[Figure]:
    drawn = []
    for actor in named:
        value = results.values[f"actor.{actor.id}.expected.net"]
        if value.low is not None and value.high is not None:
            drawn.append((voice.plain_text(actor.name), value))
    if not drawn:
        return
    listed = "; ".join(f"{name}: {voice.plain_interval(value)}" for name, value in drawn)
    yield Figure(
        png=intervals(drawn, axis=voice.catalogue.text("actors.figure.axis"), numbers=voice.numbers, divisor=1_000),
        caption=voice.say("actors.figure.caption"),
        alternative=voice.catalogue.text("actors.figure.alternative", listed=listed),
        values=tuple(value for _, value in drawn),
    )
