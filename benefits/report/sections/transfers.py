"""Transfers: money that only changes hands, by year, each line with its opposite right below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.names import actor_name, item_name
from benefits.report.sections.actor_years import MOST_YEARS, cells_of_years, columns_of_years
from benefits.report.sections.illustration import illustration_warning
from benefits.report.voice import Voice
from benefits.results import Results, TransferLine
from benefits.vocabulary import BASES, Basis


def transfers(results: Results, voice: Voice) -> Section:
    """Every transfer seen from both ends, expected and measured apart."""
    heading = voice.say("transfers.heading")
    if not results.transfers:
        return Section(id="transfers", heading=heading, blocks=(Paragraph(voice.say("transfers.none")),))
    blocks: list[Block] = [Paragraph(voice.say("transfers.intro")), *illustration_warning(results, voice)]
    for basis in BASES:
        blocks += transfers_by_year(basis, results, voice)
    return Section(id="transfers", heading=heading, blocks=tuple(blocks))


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
        yield _table(lines, shown, basis, results, voice, with_sum=shown[-1] == years[-1])


def _amount(id: str, results: Results) -> float:
    value = results.values.get(id)
    return 0.0 if value is None or value.value is None else value.value


def _table(
    lines: Sequence[TransferLine], years: Sequence[int], basis: Basis, results: Results, voice: Voice, *, with_sum: bool
) -> Table:
    rows: list[tuple[Markup, ...]] = []
    for line in lines:
        title = item_name(line.item, results, voice)
        for actor, id in ((line.first, line.first_id), (line.second, line.second_id)):
            cells = cells_of_years(id, years, results, voice, with_sum=with_sum)
            rows.append((title, actor_name(actor, results, voice), *cells))
    headings = columns_of_years(years, voice, with_sum=with_sum)
    return Table(
        caption=voice.say(f"transfers.caption.{basis}", price_year=voice.year(results.project.price_year)),
        header=(voice.say("transfers.column.transfer"), voice.say("transfers.column.actor"), *headings),
        rows=tuple(rows),
        numeric=frozenset(range(2, len(headings) + 2)),
        note=voice.say("transfers.note"),
    )
