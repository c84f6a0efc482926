"""What projects of a portfolio lack, most common first, and everything the portfolio rests on."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.sections.portfolio_names import own, project_name, project_names
from benefits.report.voice import Voice
from benefits.results import PortfolioResults
from benefits.results.portfolio.model import CommonGap


def gap_line(gap: CommonGap, results: PortfolioResults, voice: Voice) -> Markup:
    """Say what is lacking, what that costs, and in how many projects."""
    missing, costs = gap_words(gap, voice)
    words = voice.say("gap.line", missing=missing, costs=costs)
    count = results.values[f"portfolio.gap.{gap.code}.projects"]
    return voice.say("portfolio.gap_in", gap=words, count=count)


def gap_words(gap: CommonGap, voice: Voice) -> tuple[Markup, Markup]:
    """Say what is lacking and what that costs, whatever project it is in: no benefit is named."""
    missing = f"gap.{gap.code}.any"
    if missing not in voice.catalogue:
        missing = f"gap.{gap.code}"
    costs = f"gap.{gap.code}.cost.any"
    if costs not in voice.catalogue:
        costs = f"gap.{gap.code}.cost"
    return voice.say(missing), voice.say(costs)


def gaps(results: PortfolioResults, voice: Voice) -> Section:
    """What projects lack, most common first, and how many lacks each has."""
    blocks: list[Block] = []
    if results.common_gaps:
        header = tuple(voice.say(f"portfolio.gaps.column.{name}") for name in ("lack", "cost", "count", "projects"))
        rows = tuple(
            (
                *gap_words(gap, voice),
                voice.number(results.values[f"portfolio.gap.{gap.code}.projects"]),
                project_names(gap.projects, results, voice),
            )
            for gap in results.common_gaps
        )
        blocks.append(Paragraph(voice.say("portfolio.gaps.intro")))
        caption = voice.say("portfolio.gaps.caption", count=results.values["portfolio.projects"])
        blocks.append(Table(caption=caption, header=header, rows=rows, numeric=frozenset({2})))
        blocks.append(_per_project(results, voice))
    else:
        key = "gaps.none" if results.members else "portfolio.gaps.no_projects"
        blocks.append(Paragraph(voice.say(key)))
    return Section(id="gaps", heading=voice.say("portfolio.gaps.heading"), blocks=tuple(blocks))


def _per_project(results: PortfolioResults, voice: Voice) -> Table:
    header = (voice.say("portfolio.column.project"), voice.say("portfolio.gaps.column.gaps"))
    rows = tuple(
        (project_name(one, voice), voice.number(results.values[f"portfolio.project.{one.project.id}.gaps"]))
        for one in results.members
    )
    caption = voice.say("portfolio.gaps.per_project")
    return Table(caption=caption, header=header, rows=rows, numeric=frozenset({1}))


def sources(results: PortfolioResults, voice: Voice) -> Section:
    """The date and who decided it, the table's source, the files, and the rules numbers are put together by."""
    dated_by = results.dated_by if results.members else "table"
    blocks: list[Block] = [Paragraph(voice.say(f"portfolio.dated_by.{dated_by}", as_of=results.as_of))]
    if results.references is not None and results.members:
        blocks.append(Paragraph(voice.say("references.pinned", day=voice.day(results.references))))
    blocks += _of_the_table(results, voice)
    blocks += [Subheading(voice.say("portfolio.sources.rules")), Bullets(tuple(_rules(results, voice)))]
    blocks += [Subheading(voice.say("sources.files")), *_files(results, voice)]
    if results.portfolio.notes is not None:
        blocks += [Subheading(voice.say("sources.project_notes")), Paragraph(voice.text(results.portfolio.notes))]
    return Section(id="sources", heading=voice.say("sources.heading"), blocks=tuple(blocks))


def _of_the_table(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    registry = results.portfolio.registry
    if registry is None:
        return
    yield Subheading(voice.say("portfolio.sources.table"))
    source = registry.source
    if source is None:
        yield Paragraph(voice.say("portfolio.sources.table.unknown"), tone="missing")
    else:
        title = voice.text(source.title)
        words = {"source": title, "where": voice.text(source.where), "day": voice.day(source.published)}
        yield Paragraph(voice.say("portfolio.sources.table.named", **words))
    if registry.notes:
        yield Bullets(tuple(voice.text(note) for note in registry.notes))


def _rules(results: PortfolioResults, voice: Voice) -> Iterator[Markup]:
    yield voice.say("portfolio.rule.columns")
    yield voice.say("portfolio.rule.sums")
    yield voice.say("portfolio.rule.interval", level=results.values["level"])
    yield voice.say("portfolio.rule.twice")
    yield voice.say("portfolio.rule.order")


def _files(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    points = [
        voice.say("sources.file", file=voice.text(file), fingerprint=voice.text(sha256[:16]))
        for file, sha256 in sorted(results.files.items())
    ]
    if points:
        yield Bullets(tuple(points))
    if results.members:
        header = tuple(voice.say(f"portfolio.sources.column.{name}") for name in ("project", "file", "as_of", "print"))
        rows = tuple(
            (
                project_name(one, voice),
                own(voice, one).text(one.file),
                voice.day(one.as_of),
                voice.text(one.files[next(iter(one.files))][:16]),
            )
            for one in results.members
        )
        yield Table(caption=voice.say("portfolio.sources.projects"), header=header, rows=rows)
