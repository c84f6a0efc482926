"""The projects of a portfolio side by side: who and where, benefits by status, measured effects, what can be shown."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.sections.method_names import method_name
from benefits.report.sections.portfolio_names import benefit_title, owner_name, project_name
from benefits.report.voice import Voice
from benefits.results import PortfolioResults
from benefits.results.portfolio.model import Detectable, Member
from benefits.vocabulary import Lifecycle, words


def projects(results: PortfolioResults, voice: Voice) -> Section:
    """Every project with owner, region, phase, start and the date it was assessed at; and those that cannot be used."""
    blocks: list[Block] = []
    if results.members:
        names = ("project", "owner", "region", "phase", "go_live", "as_of")
        header = tuple(voice.say(f"portfolio.projects.column.{name}") for name in names)
        rows = tuple(_project(one, voice) for one in results.members)
        caption = voice.say("portfolio.projects.caption", count=results.values["portfolio.projects"])
        blocks.append(Table(caption=caption, header=header, rows=rows))
    elif not results.unusable:
        blocks.append(Paragraph(voice.say("portfolio.projects.none"), tone="missing"))
    blocks += _unusable(results, voice)
    return Section(id="projects", heading=voice.say("portfolio.projects.heading"), blocks=tuple(blocks))


def _project(one: Member, voice: Voice) -> tuple[Markup, ...]:
    project = one.project
    return (
        project_name(one, voice),
        owner_name(one, voice),
        voice.word("health_region", project.health_region) if project.health_region else voice.say("blank"),
        voice.word("phase", project.phase) if project.phase else voice.say("blank"),
        voice.day(project.go_live),
        voice.day(one.as_of),
    )


def _unusable(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    if not results.unusable:
        return
    yield Subheading(voice.say("portfolio.unusable.heading"))
    yield Paragraph(voice.say("portfolio.unusable.count", count=results.values["portfolio.unusable"]), tone="warning")
    for one in results.unusable:
        file = voice.text(one.file)
        if one.by_its_file:
            yield Paragraph(voice.say("portfolio.unusable.file", file=file))
        else:
            yield Paragraph(voice.say("portfolio.unusable.not_foreseen", file=file))
        yield Bullets(tuple(voice.text(voice.catalogue.problem(problem)) for problem in one.problems))


def benefits(results: PortfolioResults, voice: Voice) -> Section:
    """How many benefits of each project stand where; a column is never added to another."""
    heading = voice.say("portfolio.benefits.heading")
    if not results.members:
        none = Paragraph(voice.say("portfolio.benefits.none"), tone="missing")
        return Section(id="benefits", heading=heading, blocks=(none,))
    states = words(Lifecycle)
    header = (
        voice.say("portfolio.column.project"),
        *(voice.say(f"portfolio.benefits.column.{state}") for state in states),
        voice.say("portfolio.benefits.column.dis_benefits"),
    )
    rows = []
    for one in results.members:
        here = f"portfolio.project.{one.project.id}"
        ids = (*(f"{here}.status.{state}" for state in states), f"{here}.dis_benefits")
        rows.append((project_name(one, voice), *(voice.number(results.values[id]) for id in ids)))
    table = Table(
        caption=voice.say("portfolio.benefits.caption"),
        header=header,
        rows=tuple(rows),
        numeric=frozenset(range(1, len(header))),
        note=voice.say("portfolio.benefits.note"),
    )
    return Section(id="benefits", heading=heading, blocks=(table,))


def effects(results: PortfolioResults, voice: Voice) -> Section:
    """Every measured effect with interval, grade and method, and the smallest change each volume can show."""
    blocks: list[Block] = []
    rows = [row for one in results.members for row in _effects(one, results, voice)]
    if rows:
        header = tuple(
            voice.say(f"portfolio.effects.column.{name}") for name in ("project", "benefit", "effect", "how")
        )
        blocks.append(Paragraph(voice.say("portfolio.effects.intro")))
        blocks.append(Table(caption=voice.say("portfolio.effects.caption"), header=header, rows=tuple(rows)))
    without = results.values["portfolio.without_effect"]
    if not results.members:
        blocks.append(Paragraph(voice.say("portfolio.effects.none"), tone="missing"))
    elif without.value:
        blocks.append(Paragraph(voice.say("portfolio.effects.without", count=without), tone="missing"))
    blocks += [Subheading(voice.say("portfolio.detectable.heading")), *_smallest(results, voice)]
    return Section(id="effects", heading=voice.say("portfolio.effects.heading"), blocks=tuple(blocks))


def _effects(one: Member, results: PortfolioResults, voice: Voice) -> Iterator[tuple[Markup, ...]]:
    for effect in one.effects:
        yield (
            project_name(one, voice),
            benefit_title(effect.benefit, one, voice),
            voice.interval(results.values[effect.value]),
            voice.say(
                "portfolio.effects.how",
                grade=voice.word("grade", effect.grade),
                method=method_name(effect.method, voice),
            ),
        )


def _smallest(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    rows = tuple(
        (
            project_name(one, voice),
            benefit_title(each.benefit, one, voice),
            voice.quantity(results.values[each.smallest]),
            voice.quantity(results.values[each.hoped]) if each.hoped is not None else voice.say("blank"),
            _shown(each, voice),
        )
        for one in results.members
        for each in one.detectable
    )
    if not rows:
        yield Paragraph(voice.say("portfolio.detectable.none"))
        return
    names = ("project", "benefit", "smallest", "hoped", "shown")
    header = tuple(voice.say(f"portfolio.detectable.column.{name}") for name in names)
    note = voice.say("portfolio.detectable.note")
    yield Table(caption=voice.say("portfolio.detectable.caption"), header=header, rows=rows, note=note)


def _shown(each: Detectable, voice: Voice) -> Markup:
    if each.shown is None:
        return voice.say("portfolio.detectable.unknown")
    return voice.say("portfolio.detectable.yes" if each.shown else "portfolio.detectable.no")
