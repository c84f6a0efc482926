"""The budget view per actor, and apart from it the cost a year with investments as annuities."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.titles import titles
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name, actor_names, item_name
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.budgets import ActorBudget, BudgetRow, Budgets


def budget(results: Results, voice: Voice) -> Section:
    """What each actor pays and is paid in the year it is paid, for up to four years."""
    heading, found = voice.say("budget.heading"), results.worth.budgets
    if found is None or results.project.price_year is None:
        return Section(id="budget", heading=heading, blocks=(Paragraph(voice.say("budget.none"), tone="missing"),))
    terms = Paragraph(Markup(" ").join(_terms(found, results, voice)))
    blocks: list[Block] = [Paragraph(voice.say("budget.intro")), terms, Paragraph(voice.say("budget.signs"))]
    uncertain = [one for one in found.actors if _is_uncertain(one, found.years, results)]
    for one in found.actors:
        if one.rows:
            blocks.append(_of_actor(one, found.years, results, voice, with_note=one in uncertain[:1]))
        if one.through:
            blocks.append(_passed_through(one, results, voice))
    spread = [one for one in found.actors if one.annuities]
    if spread:
        blocks += _yearly_cost(spread, found.years, results, voice)
    return Section(id="budget", heading=heading, blocks=tuple(blocks))


def _terms(found: Budgets, results: Results, voice: Voice) -> Iterator[Markup]:
    """Which years, and which kroner."""
    yield voice.say("budget.years", first=voice.year(found.years[0]))
    yield voice.say("budget.price_year", price_year=voice.year(results.project.price_year))
    index = results.project.reference.price_index if results.project.reference is not None else None
    if index is not None:
        named = results.references.library.history(index)
        title = named[0].titles[voice.language] if named else index
        yield voice.say("budget.index", index=voice.text(title))


def _of_actor(one: ActorBudget, years: tuple[int, ...], results: Results, voice: Voice, *, with_note: bool) -> Table:
    """What one actor pays and is paid; what the brackets are is said below the first table that has any."""
    project = results.project
    lines = {cost.id: cost.budget_line for cost in project.costs if cost.budget_line is not None}
    named = any(row.item in lines for row in one.rows)
    rows = [
        (
            _item(row, one, results, voice),
            _group(row, results, voice),
            *((voice.text(lines.get(row.item)) if row.item in lines else Markup(""),) if named else ()),
            *_amounts(row.prefix, years, results, voice),
        )
        for row in one.rows
    ]
    blank = (Markup(""),) * (2 if named else 1)
    for prefix in one.sums:
        name = prefix.rpartition(".")[2]
        rows.append((voice.say(f"budget.sum.{name}"), *blank, *_amounts(prefix, years, results, voice)))
    columns = [voice.say("budget.column.item"), voice.say("budget.column.group")]
    if named:
        columns.append(voice.say("budget.column.line"))
    price_year = voice.year(project.price_year)
    return Table(
        caption=voice.say("budget.caption", actor=actor_name(one.actor, results, voice), price_year=price_year),
        header=(*columns, *map(voice.year, years)),
        rows=tuple(rows),
        numeric=frozenset(range(len(columns), len(columns) + len(years))),
        note=voice.say("budget.note") if with_note else None,
    )


def _passed_through(one: ActorBudget, results: Results, voice: Voice) -> Paragraph:
    """What comes in and goes out again, which a table would only show as lines that cancel."""
    items = list(dict.fromkeys(_item(row, one, results, voice) for row in one.through))
    named = actor_name(one.actor, results, voice)
    return Paragraph(voice.say("budget.through", actor=named, items=voice.listed(items)))


def _is_uncertain(one: ActorBudget, years: tuple[int, ...], results: Results) -> bool:
    return any(results.values[f"{row.prefix}.{year}"].low is not None for row in one.rows for year in years)


def _item(row: BudgetRow, one: ActorBudget, results: Results, voice: Voice) -> Markup:
    """The title of an item; with that of what it follows from where two would look the same."""
    title, of = item_name(row.item, results, voice), row.item.rpartition(".")[0]
    alike = [other for other in (*one.rows, *one.through) if item_name(other.item, results, voice) == title]
    known = of in titles(results.project) and item_name(of, results, voice) != title
    return (
        voice.say("budget.item", title=title, of=item_name(of, results, voice)) if len(alike) > 1 and known else title
    )


def _group(row: BudgetRow, results: Results, voice: Voice) -> Markup:
    """What kind of line it is; of a transfer, who pays or who is paid."""
    if row.group == "transfer_in":
        return voice.say("budget.from", actors=actor_names(row.others, results, voice))
    if row.group == "transfer_out":
        return voice.say("budget.to", actors=actor_names(row.others, results, voice))
    return voice.say(f"budget.group.{row.group}")


def _amounts(prefix: str, years: tuple[int, ...], results: Results, voice: Voice) -> Iterator[Markup]:
    return (voice.short_interval(results.values[f"{prefix}.{year}"]) for year in years)


def _yearly_cost(spread: list[ActorBudget], years: tuple[int, ...], results: Results, voice: Voice) -> Iterator[Block]:
    """The cost a year, in tables of its own: an annuity and an outlay are never beside each other."""
    used = results.discounting
    assert used is not None
    yield Subheading(voice.say("yearly_cost.heading"))
    yield Paragraph(voice.say("yearly_cost.intro", rate=results.values[used.steps[0].rate]))
    lifetimes = {one.cost: results.values[one.lifetime].value or 0.0 for one in results.worth.investments}
    first = used.steps[0].last_year
    if first is not None and any(years > first - used.base_year for years in lifetimes.values()):
        yield Paragraph(voice.say("yearly_cost.intro.steps"))
    for one in spread:
        yield _yearly_cost_of(one, years, results, voice)


def _yearly_cost_of(one: ActorBudget, years: tuple[int, ...], results: Results, voice: Voice) -> Table:
    prefix = f"yearly_cost.{one.actor}"
    rows = []
    if f"{prefix}.running.{years[0]}" in results.values:
        rows.append((voice.say("yearly_cost.running"), *_amounts(f"{prefix}.running", years, results, voice)))
    for cost in one.annuities:
        title = voice.say("yearly_cost.investment", title=item_name(cost, results, voice))
        rows.append((title, *_amounts(f"{prefix}.investment.{cost}", years, results, voice)))
    rows.append((voice.say("yearly_cost.sum"), *_amounts(f"{prefix}.sum", years, results, voice)))
    price_year = voice.year(results.project.price_year)
    return Table(
        caption=voice.say("yearly_cost.caption", actor=actor_name(one.actor, results, voice), price_year=price_year),
        header=(voice.say("budget.column.item"), *map(voice.year, years)),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(years) + 1)),
        note=voice.say("yearly_cost.note", level=results.values["level"]),
    )
