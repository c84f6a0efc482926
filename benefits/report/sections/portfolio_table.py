"""The table of a portfolio as printed, and what its source says of it elsewhere; neither is mended."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.sections.portfolio_names import as_printed
from benefits.report.voice import Voice
from benefits.results import PortfolioResults
from benefits.results.portfolio.model import Held
from benefits.results.portfolio.registry import RegistryRow
from benefits.results.portfolio.table import COLUMNS, MOVES
from benefits.vocabulary import HealthRegion, Phase, words

HERE = "portfolio.registry"


def registry(results: PortfolioResults, voice: Voice) -> Section:
    """How many rows and hours, by region and phase, what was not printed, and every row as it stands."""
    heading = voice.say("portfolio.registry.heading")
    if not results.rows:
        none = Paragraph(voice.say("portfolio.registry.none"))
        return Section(id="registry", heading=heading, blocks=(none,))
    blocks: list[Block] = [*_counts(results, voice), *_by_region(results, voice), *_by_phase(results, voice)]
    blocks += [Subheading(voice.say("portfolio.lacking.heading")), _lacking(results, voice)]
    blocks += [Subheading(voice.say("portfolio.registry.rows.heading")), _rows(results, voice)]
    blocks += _other_names(results, voice)
    return Section(id="registry", heading=heading, blocks=tuple(blocks))


def _counts(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    values = results.values
    points = [voice.say("portfolio.registry.count", count=values[f"{HERE}.rows"])]
    if f"{HERE}.hours" in values:
        count = values[f"{HERE}.rows_with_hours"]
        points.append(voice.say("portfolio.registry.hours", hours=values[f"{HERE}.hours"], count=count))
    if f"{HERE}.dho" in values:
        points.append(voice.say("portfolio.registry.dho", count=values[f"{HERE}.dho"]))
    yield Bullets(tuple(points))


def _by_region(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    values = results.values
    if f"{HERE}.region.{words(HealthRegion)[0]}.rows" not in values:
        return
    hours = f"{HERE}.hours" in values
    columns = ("rows", "rows_with_hours", "hours") if hours else ("rows",)
    header = tuple(voice.say(f"portfolio.region.column.{name}") for name in ("region", *columns))
    rows = [
        (
            voice.word("health_region", region),
            *(voice.number(values[f"{HERE}.region.{region}.{name}"]) for name in columns),
        )
        for region in words(HealthRegion)
    ]
    if f"{HERE}.region.blank.rows" in values:
        blank = (voice.number(values[f"{HERE}.region.blank.{name}"]) for name in columns)
        rows.append((voice.say("portfolio.not_printed"), *blank))
    caption = voice.say("portfolio.region.caption")
    yield Table(caption=caption, header=header, rows=tuple(rows), numeric=frozenset(range(1, len(header))))


def _by_phase(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    values = results.values
    if f"{HERE}.phase.further" not in values:
        return
    ids = {phase: [f"{HERE}.phase.{phase}.{end}" for end in ("start", "end")] for phase in words(Phase)}
    used = [phase for phase in words(Phase) if any(values[id].value for id in ids[phase])]
    header = tuple(voice.say(f"portfolio.phase.column.{name}") for name in ("phase", "start", "end"))
    rows = tuple((voice.word("phase", phase), *(voice.number(values[id]) for id in ids[phase])) for phase in used)
    yield Table(caption=voice.say("portfolio.phase.caption"), header=header, rows=rows, numeric=frozenset({1, 2}))
    counted = {name: values[f"{HERE}.phase.{name}"] for name in MOVES}
    moved = [voice.say(f"portfolio.phase.{name}", count=count) for name, count in counted.items() if count.value]
    yield Bullets(tuple(moved))


def _lacking(results: PortfolioResults, voice: Voice) -> Block:
    lacking = [(column, results.values.get(f"{HERE}.not_printed.{column}")) for column in COLUMNS]
    points = [voice.say(f"portfolio.lacking.{column}", count=one) for column, one in lacking if one and one.value]
    absent = [column for column, one in lacking if one is None]
    points += [voice.say("portfolio.lacking.column", column=_column(column, voice)) for column in absent]
    return Bullets(tuple(points)) if points else Paragraph(voice.say("portfolio.lacking.nothing"))


def _column(column: str, voice: Voice) -> Markup:
    return voice.say(f"portfolio.rows.column.{column}")


def _rows(results: PortfolioResults, voice: Voice) -> Block:
    names = ("round", "owner", "hours", "phases", "region", "dho")
    header = (voice.say("portfolio.column.project"), *(voice.say(f"portfolio.rows.column.{name}") for name in names))
    rows = tuple(
        (
            as_printed(row.project, results, voice),
            as_printed(row.round, results, voice),
            as_printed(row.owner, results, voice),
            _hours(row, results, voice),
            _phases(row, voice),
            voice.word("health_region", row.health_region) if row.health_region else voice.say("portfolio.not_printed"),
            _is_dho(row, voice),
        )
        for row in results.rows
    )
    caption = voice.say("portfolio.rows.caption", count=results.values[f"{HERE}.rows"])
    registry = results.portfolio.registry
    if registry is not None and registry.title is not None:
        caption = voice.say("portfolio.of_project", project=voice.text(registry.title), what=caption)
    return Table(caption=caption, header=header, rows=rows, numeric=frozenset({3}))


def _hours(row: RegistryRow, results: PortfolioResults, voice: Voice) -> Markup:
    value = results.values.get(f"{HERE}.row.{row.number}.hours")
    return voice.number(value) if value is not None else voice.say("portfolio.not_printed")


def _phases(row: RegistryRow, voice: Voice) -> Markup:
    if row.phase_start is None and row.phase_end is None:
        return voice.say("portfolio.not_printed")
    start, end = (
        voice.word("phase", phase) if phase is not None else voice.say("portfolio.not_printed")
        for phase in (row.phase_start, row.phase_end)
    )
    return voice.say("portfolio.rows.phases", start=start, end=end)


def _is_dho(row: RegistryRow, voice: Voice) -> Markup:
    if row.dho is None:
        return voice.say("portfolio.not_printed")
    return voice.say("portfolio.yes" if row.dho else "portfolio.no")


def _other_names(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    points = tuple(
        voice.say(
            "portfolio.other_name",
            name=as_printed(row.project, results, voice),
            other=as_printed(row.other_name, results, voice),
        )
        for row in results.rows
        if row.other_name is not None
    )
    if points:
        yield Subheading(voice.say("portfolio.other_name.heading"))
        yield Bullets(points)


def printed(results: PortfolioResults, voice: Voice) -> Section:
    """Every statement of the source beside the table, with where it was printed and whether the two agree."""
    heading = voice.say("portfolio.printed.heading")
    if not results.held:
        none = Paragraph(voice.say("portfolio.printed.none" if results.rows else "portfolio.printed.no_table"))
        return Section(id="printed", heading=heading, blocks=(none,))
    blocks: list[Block] = [Paragraph(voice.say("portfolio.printed.intro"))]
    against = [one for one in results.held if one.table is not None]
    if against:
        names = ("what", "where", "words", "printed", "table", "agree")
        header = tuple(voice.say(f"portfolio.printed.column.{name}") for name in names)
        rows = tuple(row for one in against for row in _statements(one, results, voice))
        count = results.values["portfolio.printed.differing"]
        of_all = results.values["portfolio.printed.held"]
        blocks.append(Paragraph(voice.say("portfolio.printed.count", count=count, held=of_all)))
        blocks.append(Table(caption=voice.say("portfolio.printed.caption"), header=header, rows=rows))
        blocks += _notes(against, voice)
    for one in results.held:
        if one.table is None:
            blocks += _side_by_side(one, results, voice)
    return Section(id="printed", heading=heading, blocks=tuple(blocks))


def _statements(one: Held, results: PortfolioResults, voice: Voice) -> Iterator[tuple[Markup, ...]]:
    for statement, id, agree in zip(one.printed.statements, one.statements, one.agree, strict=True):
        value = results.values[id] if id is not None else None
        key = "portfolio.printed.agrees" if agree else "portfolio.printed.differs"
        yield (
            voice.text(one.printed.title),
            voice.text(statement.where),
            as_printed(statement.words, results, voice),
            voice.quantity(value),
            _of_table(one, results, voice),
            voice.say(key) if agree is not None else voice.say("portfolio.printed.unknown"),
        )


def _of_table(one: Held, results: PortfolioResults, voice: Voice) -> Markup:
    assert one.table is not None
    found = voice.quantity(results.values[one.table])
    chosen = results.values.get(f"portfolio.printed.{one.printed.id}.chosen")
    if chosen is None:
        return found
    whole = results.values[f"portfolio.printed.{one.printed.id}.whole"]
    return voice.say("portfolio.printed.share", chosen=voice.number(chosen), whole=voice.number(whole), share=found)


def _notes(held: list[Held], voice: Voice) -> Iterator[Block]:
    points = tuple(
        voice.say("portfolio.of_project", project=voice.text(one.printed.title), what=voice.text(one.printed.note))
        for one in held
        if one.printed.note is not None
    )
    if points:
        yield Bullets(points)


def _side_by_side(one: Held, results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    """What stands in several places of the source and not in the table: side by side, for the reader to judge."""
    yield Subheading(voice.text(one.printed.title))
    header = tuple(voice.say(f"portfolio.printed.column.{name}") for name in ("where", "words"))
    rows = tuple(
        (voice.text(statement.where), as_printed(statement.words, results, voice))
        for statement in one.printed.statements
    )
    yield Table(caption=voice.say("portfolio.printed.places"), header=header, rows=rows)
    if one.printed.note is not None:
        yield Paragraph(voice.text(one.printed.note))
