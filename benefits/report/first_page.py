"""Half a page to act on: the decision, at most five figures, what cannot be claimed, what is missing, who acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.gaps import group_words, grouped
from benefits.report.names import actor_name, benefit_name
from benefits.report.voice import Voice
from benefits.results import Headline, Results, Value

MOST_FIGURES, MOST_GAPS, MOST_ACTIONS = 5, 3, 5


def first_page(kind: str, results: Results, voice: Voice) -> Section:
    """Return the first section of a report of a kind."""
    headlines = [headline for headline in results.headlines if kind in headline.kinds][:MOST_FIGURES]
    blocks: list[Block] = []
    if results.project.constructed:
        blocks.append(Paragraph(voice.say("page.constructed"), tone="warning"))
    if results.project.summary is not None:
        blocks.append(Paragraph(voice.text(results.project.summary)))
    blocks += [Subheading(voice.say("first_page.decision")), *_decision(results, voice)]
    blocks += [Subheading(voice.say("first_page.figures")), *_figures(headlines, results, voice)]
    blocks += [Subheading(voice.say("first_page.not_claimed")), Bullets(tuple(_not_claimed(results, voice)))]
    blocks += [Subheading(voice.say("first_page.missing")), *_missing(results, voice)]
    blocks += [Subheading(voice.say("first_page.who_acts")), *_who_acts(results, voice)]
    return Section(id="first_page", heading=voice.say("first_page.heading"), blocks=tuple(blocks))


def _decision(results: Results, voice: Voice) -> Iterator[Block]:
    asked = [decision for decision in results.project.decisions if decision.state == "asked"]
    if not asked:
        yield Paragraph(voice.say("first_page.no_decision"), tone="missing")
        return
    points = []
    for decision in asked:
        key = "first_page.decision.asked" if decision.due and decision.by else "first_page.decision.open"
        points.append(voice.say(key, title=decision.title, by=voice.text(decision.by), due=voice.day(decision.due)))
    yield Bullets(tuple(points))


def _figures(headlines: list[Headline], results: Results, voice: Voice) -> Iterator[Block]:
    if not headlines:
        yield Paragraph(voice.say("first_page.no_figures"), tone="missing")
        return
    rows = []
    for headline in headlines:
        value = results.values[headline.value]
        name = benefit_name(headline.benefit, results, voice)
        what = voice.say(f"headline.{headline.code}", benefit=name, period=_period(value, results, voice))
        grade = _grade(results, headline, voice)
        basis = voice.word("basis", value.basis or "expected")
        actor = actor_name(headline.actor, results, voice) if headline.actor else voice.say("everybody")
        rows.append((what, voice.interval(value), basis, grade, actor))
    header = tuple(voice.say(f"first_page.column.{name}") for name in ("what", "figure", "basis", "grade", "actor"))
    yield Table(caption=voice.say("first_page.figures.caption"), header=header, rows=tuple(rows))


def _period(value: Value, results: Results, voice: Voice) -> Markup:
    """The years a sum covers: those in which it has anything to count."""
    by_year = {year: results.values.get(f"{value.id}.{year}") for year in results.years}
    years = [year for year, one in by_year.items() if one is not None and (one.value or one.high)]
    if not years:
        return voice.say("period.unknown")
    if len(years) == 1:
        return voice.year(years[0])
    return voice.say("period", first=voice.year(years[0]), last=voice.year(years[-1]))


def _grade(results: Results, headline: Headline, voice: Voice) -> Markup:
    value = results.values[headline.value]
    grade = voice.word("grade", value.grade or "assumed")
    return voice.say("grade.elsewhere", grade=grade) if value.elsewhere else grade


def _not_claimed(results: Results, voice: Voice) -> Iterator[Markup]:
    for claim in results.not_claimed:
        words = {"benefit": benefit_name(claim.benefit, results, voice)}
        shown = {name: voice.interval(results.values[id]) for name, id in claim.values.items()}
        yield voice.say(f"not_claimed.{claim.code}", **words, **shown)
    for study in results.contrary:
        title, finding = voice.text(study.titles[voice.language]), study.finding
        if finding is not None:
            words = {"study": title, "source": voice.text(study.source.title)}
            yield voice.say("not_claimed.other_evidence", finding=voice.text(finding[voice.language]), **words)


def _missing(results: Results, voice: Voice) -> Iterator[Block]:
    groups = grouped(results.gaps)
    heaviest = groups[:MOST_GAPS]
    if not heaviest:
        yield Paragraph(voice.say("gaps.none"))
        return
    yield Bullets(tuple(group_words(group, results, voice) for group in heaviest), numbered=True)
    if len(groups) > len(heaviest):
        yield Paragraph(voice.say("first_page.more_gaps", count=results.values["count.gaps"]))


def _who_acts(results: Results, voice: Voice) -> Iterator[Block]:
    actions = [action for benefit in results.project.benefits for action in benefit.actions if action.due]
    decisions = [one for one in results.project.decisions if one.state == "asked" and one.due]
    dated: list[tuple[date, Markup]] = []
    for action in actions:
        assert action.due is not None
        who = voice.text(action.responsible)
        dated.append((action.due, voice.say("first_page.acts", who=who, what=action.title, due=action.due)))
    for decision in decisions:
        assert decision.due is not None
        who = voice.text(decision.by)
        dated.append((decision.due, voice.say("first_page.decides", who=who, what=decision.title, due=decision.due)))
    if not dated:
        yield Paragraph(voice.say("first_page.nobody_acts"), tone="missing")
        return
    ordered = [words for _, words in sorted(dated, key=lambda one: one[0])]
    yield Bullets(tuple(ordered[:MOST_ACTIONS]))
