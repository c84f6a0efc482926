"""Page one of a portfolio: what is asked, the measured effects, what cannot be claimed, what is missing, who acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.first_page import acts, decides
from benefits.report.sections.portfolio_gaps import gap_line
from benefits.report.sections.portfolio_names import actor_of, benefit_title, own, project_name
from benefits.report.voice import Voice
from benefits.results import PortfolioResults
from benefits.results.portfolio.model import PortfolioHeadline
from benefits.results.portfolio.table import COLUMNS
from benefits.vocabulary import HealthRegion, words

MOST_FIGURES, MOST_GAPS, MOST_ACTIONS = 5, 3, 5


def first_page(results: PortfolioResults, voice: Voice) -> Section:
    """Return the first section of the portfolio report."""
    blocks: list[Block] = [*_what_it_is(results, voice)]
    blocks += [Subheading(voice.say("first_page.decision")), *_decisions(results, voice)]
    blocks += [Subheading(voice.say("first_page.figures")), *_figures(results, voice)]
    blocks += [Subheading(voice.say("first_page.not_claimed")), Bullets(tuple(_not_claimed(results, voice)))]
    blocks += [Subheading(voice.say("first_page.missing")), *_missing(results, voice)]
    blocks += [Subheading(voice.say("first_page.who_acts")), *_who_acts(results, voice)]
    return Section(id="first_page", heading=voice.say("portfolio.first_page.heading"), blocks=tuple(blocks))


def _what_it_is(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    values = results.values
    if values["portfolio.constructed"].value and not results.portfolio.constructed:
        yield Paragraph(voice.say("portfolio.some_constructed", count=values["portfolio.constructed"]), tone="warning")
    if results.portfolio.summary is not None:
        yield Paragraph(voice.text(results.portfolio.summary))
    if results.members or results.unusable:
        yield Paragraph(voice.say("portfolio.projects.count", count=values["portfolio.projects"]))
    if results.unusable:
        yield Paragraph(voice.say("portfolio.unusable.count", count=values["portfolio.unusable"]), tone="warning")
    if results.rows:
        yield Paragraph(voice.say("portfolio.registry.count", count=values["portfolio.registry.rows"]))
    hours = values.get("portfolio.registry.hours")
    if hours is not None:
        rows = values["portfolio.registry.rows_with_hours"]
        yield Paragraph(voice.say("portfolio.registry.hours", hours=hours, count=rows))
    yield from _largest_region(results, voice)


def _largest_region(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    """The region with most rows of the table, when one has more than any other."""
    counted = {region: results.values.get(f"portfolio.registry.region.{region}.rows") for region in words(HealthRegion)}
    found = sorted(
        ((count.value or 0.0, region, count) for region, count in counted.items() if count is not None),
        key=lambda one: -one[0],
    )
    if len(found) > 1 and found[0][0] > found[1][0]:
        _, region, count = found[0]
        name = voice.word("health_region", region)
        yield Paragraph(voice.say("portfolio.registry.largest", region=name, count=count))


def _decisions(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    asked = [
        (decision.due or date.max, decision, member)
        for member in results.members
        for decision in member.project.decisions
        if decision.state == "asked"
    ]
    if not asked:
        yield Paragraph(voice.say("portfolio.decision.none"), tone="missing")
        return
    yield Paragraph(voice.say("portfolio.decision.count", count=results.values["portfolio.decisions"]))
    points = []
    for _, decision, member in sorted(asked, key=lambda one: one[0])[:MOST_ACTIONS]:
        theirs = own(voice, member)
        key = "first_page.decision.asked" if decision.due and decision.by else "first_page.decision.open"
        what = theirs.say(key, title=decision.title, by=theirs.text(decision.by), due=voice.day(decision.due))
        points.append(voice.say("portfolio.of_project", project=project_name(member, voice), what=what))
    yield Bullets(tuple(points))


def _figures(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    shown = results.headlines[:MOST_FIGURES]
    if not shown:
        yield Paragraph(voice.say("portfolio.no_figures"), tone="missing")
        return
    names = ("what", "figure", "basis", "grade")
    header = (*(voice.say(f"first_page.column.{name}") for name in names), voice.say("portfolio.column.project_actor"))
    rows = tuple(_figure(one, results, voice) for one in shown)
    caption = voice.say("first_page.figures.caption")
    yield Table(caption=caption, header=header, rows=rows, note=voice.say("portfolio.figures.note"))


def _figure(one: PortfolioHeadline, results: PortfolioResults, voice: Voice) -> tuple[Markup, ...]:
    value = results.values[one.value]
    if one.project:
        member = results.member(one.project)
        what = voice.say("portfolio.effect_of", benefit=benefit_title(one.benefit, member, voice))
        actor = actor_of(one.benefit, member, voice)
        whose = voice.say("portfolio.project_and_actor", project=project_name(member, voice), actor=actor)
    else:
        what = voice.say(f"portfolio.sum.{one.code}.{value.basis or 'expected'}")
        whose = voice.say("portfolio.projects.number", count=results.values[f"{one.value}.projects"])
    basis, grade = voice.word("basis", value.basis or "measured"), voice.word("grade", value.grade or "assumed")
    return what, voice.interval(value), basis, grade, whose


def _not_claimed(results: PortfolioResults, voice: Voice) -> Iterator[Markup]:
    values = results.values
    if results.rows:
        yield voice.say("portfolio.not_claimed.table")
    if any(one.differs for one in results.held):
        yield voice.say("portfolio.not_claimed.printed", count=values["portfolio.printed.differing"])
    if not results.members:
        yield voice.say("portfolio.not_claimed.no_projects")
        return
    if not values["portfolio.with_effect"].value:
        yield voice.say("portfolio.not_claimed.nothing_measured")
    for name in ("effects_holding_zero", "effects_without_comparison", "too_small", "only_assumed"):
        if values[f"portfolio.{name}"].value:
            yield voice.say(f"portfolio.not_claimed.{name}", count=values[f"portfolio.{name}"])
    if not values["portfolio.with_realised"].value:
        yield voice.say("portfolio.not_claimed.nothing_realised")
    if len(results.members) > 1:
        yield voice.say("portfolio.not_claimed.twice")


def _missing(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    points = [gap_line(gap, results, voice) for gap in results.common_gaps[:MOST_GAPS]]
    for column in COLUMNS:
        lacking = results.values.get(f"portfolio.registry.not_printed.{column}")
        if lacking is not None and lacking.value:
            points.append(voice.say(f"portfolio.lacking.{column}", count=lacking))
    if not results.members:
        points.append(voice.say("portfolio.missing.projects"))
    if points:
        yield Bullets(tuple(points))
    else:
        yield Paragraph(voice.say("gaps.none"))


def _who_acts(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    dated: list[tuple[date, Markup]] = []
    for member in results.members:
        theirs, name = own(voice, member), project_name(member, voice)
        for benefit in member.project.benefits:
            for action in benefit.actions:
                if action.due is not None:
                    said = voice.say("portfolio.of_project", project=name, what=acts(action, theirs))
                    dated.append((action.due, said))
        for one in member.project.decisions:
            if one.state == "asked" and one.due is not None:
                said = voice.say("portfolio.of_project", project=name, what=decides(one, theirs))
                dated.append((one.due, said))
    if not dated:
        yield Paragraph(voice.say("portfolio.nobody_acts"), tone="missing")
        return
    yield Bullets(tuple(said for _, said in sorted(dated, key=lambda one: one[0])[:MOST_ACTIONS]))
