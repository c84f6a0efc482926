"""Transfers: money that only changes hands, by year, each line with its opposite right below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from benefits.project.titles import titles
from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.names import actor_name, item_name
from benefits.report.sections.actor_years import MOST_YEARS, cells_of_years, columns_of_years
from benefits.report.sections.illustration import illustration_warning
from benefits.report.voice import Voice
from benefits.results import Results, TransferLine
from benefits.vocabulary import Basis


def transfers(results: Results, voice: Voice) -> Section:
    """Every transfer seen from both ends, expected and measured apart."""
    heading = voice.say("transfers.heading")
    if not results.transfers:
        return Section(id="transfers", heading=heading, blocks=(Paragraph(voice.say("transfers.none")),))
    intro = Markup(" ").join((voice.say("transfers.intro"), voice.say("transfers.note")))
    blocks: list[Block] = [Paragraph(intro), *illustration_warning(results, voice)]
    for basis in ("expected", "measured"):
        blocks += transfers_by_year(basis, results, voice)
    return Section(id="transfers", heading=heading, blocks=tuple(blocks))


def transfers_in_all(results: Results, voice: Voice) -> Iterator[Table]:
    """Yield the expected transfers with both ends side by side, over the whole period."""
    lines = [line for line in results.transfers if line.basis == "expected"]
    if not lines:
        return
    names = ("transfer", "actor", "amount", "counterpart", "amount")
    yield Table(
        caption=voice.say("transfers.caption.in_all", price_year=voice.year(results.project.price_year)),
        header=tuple(voice.say(f"transfers.column.{name}") for name in names),
        rows=tuple(
            (
                _title(line, lines, results, voice),
                actor_name(line.first, results, voice),
                voice.short_interval(results.values[line.first_id]),
                actor_name(line.second, results, voice),
                voice.short_interval(results.values[line.second_id]),
            )
            for line in lines
        ),
        numeric=frozenset({2, 4}),
    )


def transfers_by_year(basis: Basis, results: Results, voice: Voice) -> Iterator[Table]:
    """Yield the transfers on one basis with both ends by year; those that are zero in all the years are left out."""
    lines = [line for line in results.transfers if line.basis == basis]
    years = [
        year
        for year in results.years
        if any(_amount(f"{line.first_id}.{year}", results) for line in lines)
        or (basis == "expected" and year in results.project.years)
    ]
    for start in range(0, len(years), MOST_YEARS):
        shown = years[start : start + MOST_YEARS]
        with_sum = len(years) > 1 and shown[-1] == years[-1]
        yield _table(lines, shown, basis, results, voice, with_sum=with_sum)


def _amount(id: str, results: Results) -> float:
    value = results.values.get(id)
    return 0.0 if value is None or value.value is None else value.value


def _table(
    lines: Sequence[TransferLine], years: Sequence[int], basis: Basis, results: Results, voice: Voice, *, with_sum: bool
) -> Table:
    rows: list[tuple[Markup, ...]] = []
    for line in lines:
        ends = (
            (_title(line, lines, results, voice), line.first, line.first_id),
            (voice.say("transfers.opposite"), line.second, line.second_id),
        )
        for named, actor, id in ends:
            cells = cells_of_years(id, years, results, voice, with_sum=with_sum)
            rows.append((named, actor_name(actor, results, voice), *cells))
    headings = columns_of_years(years, voice, with_sum=with_sum)
    return Table(
        caption=voice.say(f"transfers.caption.{basis}", price_year=voice.year(results.project.price_year)),
        header=(voice.say("transfers.column.transfer"), voice.say("transfers.column.actor"), *headings),
        rows=tuple(rows),
        numeric=frozenset(range(2, len(headings) + 2)),
    )


def _title(line: TransferLine, lines: Sequence[TransferLine], results: Results, voice: Voice) -> Markup:
    """The title of a transfer; with that of what it follows from where others are called the same."""
    title, of = item_name(line.item, results, voice), line.item.rpartition(".")[0]
    alike = [one for one in lines if one.item != line.item and item_name(one.item, results, voice) == title]
    if not alike or of not in titles(results.project) or item_name(of, results, voice) == title:
        return title
    return voice.say("budget.item", title=title, of=item_name(of, results, voice))
