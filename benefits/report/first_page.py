"""Half a page to act on: the decision, at most five figures, what cannot be claimed, what is missing, who acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from benefits.economics.replacements import not_assessed
from benefits.errors import grouped
from benefits.project.benefit import Action
from benefits.project.model import Decision
from benefits.project.texts import texts
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.gaps import group_words
from benefits.report.names import actor_name, benefit_name
from benefits.report.periods import period_words, years_covered
from benefits.report.sections import references, since
from benefits.report.sections.estimates import from_before
from benefits.report.sections.standing import dated, marked
from benefits.report.voice import Voice
from benefits.results import Headline, Results
from benefits.results.headlines import on_page_one
from benefits.vocabulary import Language, words

MOST_FIGURES, MOST_GAPS, MOST_ACTIONS, ALL_GAPS = 5, 3, 5, 5
ASSUMED = "only_assumed"


def first_page(
    kind: str,
    results: Results,
    voice: Voice,
    *,
    offered: tuple[Block, ...] = (),
    missing: tuple[Block, ...] | None = None,
    claims: tuple[Block, ...] | None = None,
) -> Section:
    """Return the first section of a report of a kind.

    What is offered stands before the decision asked; certain prices are there, and no further figures are missed. With
    ``missing`` that is what is said to be missing, and with ``claims`` that is what is said not to be claimed.
    """
    headlines = on_page_one(results.headlines, kind, results.project)[:MOST_FIGURES]
    blocks: list[Block] = []
    if results.project.summary is not None:
        blocks.append(Paragraph(voice.text(results.project.summary)))
    blocks += _other_language(results, voice)
    blocks += since.line(results, voice)
    blocks += offered
    blocks += [Subheading(voice.say("first_page.decision")), *_decision(results, voice)]
    if headlines or not offered:
        blocks += [Subheading(voice.say("first_page.figures")), *_figures(kind, headlines, results, voice)]
    if claims is None:
        claims = (Bullets(tuple(words for _, words in not_claimed(results, voice))),)
    blocks += [Subheading(voice.say("first_page.not_claimed")), *claims]
    blocks += [
        Subheading(voice.say("first_page.missing")),
        *(_missing(kind, results, voice) if missing is None else missing),
    ]
    blocks += references.first_page(kind, results, voice)
    blocks += [Subheading(voice.say("first_page.who_acts")), *_who_acts(kind, results, voice)]
    return Section(id="first_page", heading=voice.say("first_page.heading"), blocks=tuple(blocks))


def _other_language(results: Results, voice: Voice) -> Iterator[Block]:
    """Say so where nothing the project has written is in the language of the report."""
    found = {one.in_language(voice.language, first=voice.first)[1] for one in texts(results.project)}
    if voice.language not in found:
        languages = voice.listed(voice.say(f"index.in.{tongue}") for tongue in words(Language) if tongue in found)
        yield Paragraph(voice.say("first_page.other_language", languages=languages))


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


def _figures(kind: str, headlines: Sequence[Headline], results: Results, voice: Voice) -> Iterator[Block]:
    if not headlines:
        yield Paragraph(voice.say("first_page.no_figures"), tone="missing")
        return
    rows = []
    feared = {benefit.id for benefit in results.project.benefits if benefit.dis_benefit}
    for headline in headlines:
        value = results.values[headline.value]
        name = benefit_name(headline.benefit, results, voice)
        period = period_words(years_covered(value, results), voice)
        estimate = results.estimate(headline.benefit)
        if headline.code == "effect" and estimate is not None and from_before(estimate):
            what = voice.say("headline.effect.before", benefit=name)
        elif headline.code == "events.expected" and headline.benefit in feared:
            what = voice.say("headline.events.expected.dis_benefit", benefit=name, period=period)
        else:
            what = voice.say(f"headline.{headline.code}", benefit=name, period=period)
        if headline.code.startswith("net.") and not_assessed(results.project, results.flows, actor=headline.actor):
            what = voice.say("headline.net.not_replaced", what=what)
        if kind == "follow-up" and headline.code == "effect":
            what = dated(what, headline.benefit, results, voice)
        grade = _grade(results, headline, voice)
        basis = voice.word("basis", value.basis or "expected")
        if kind == "follow-up" and value.basis == "measured":
            basis = marked(basis, headline.benefit, results, voice)
        actor = actor_name(headline.actor, results, voice) if headline.actor else voice.say("everybody")
        rows.append((what, voice.interval(value), basis, grade, actor))
    header = tuple(voice.say(f"first_page.column.{name}") for name in ("what", "figure", "basis", "grade", "actor"))
    yield Table(caption=voice.say("first_page.figures.caption"), header=header, rows=tuple(rows))


def _grade(results: Results, headline: Headline, voice: Voice) -> Markup:
    value = results.values[headline.value]
    grade = voice.word("grade", value.grade or "assumed")
    return voice.say("grade.elsewhere", grade=grade) if value.elsewhere else grade


def not_claimed(results: Results, voice: Voice) -> Iterator[tuple[str, Markup]]:
    """Yield the code and the words of each thing that must not be claimed; what is only assumed in one sentence."""
    assumed = [one.benefit for one in results.not_claimed if one.code == ASSUMED]
    for claim in results.not_claimed:
        if claim.code == ASSUMED and len(assumed) > 1:
            if claim.benefit == assumed[0]:
                named = (voice.say("money_page.quoted", what=benefit_name(id, results, voice)) for id in assumed)
                yield ASSUMED, voice.say("not_claimed.several_assumed", benefits=voice.listed(named))
            continue
        subject = benefit_name(claim.benefit, results, voice)
        shown = {name: voice.interval(results.values[id]) for name, id in claim.values.items()}
        words = voice.say(f"not_claimed.{claim.code}", benefit=subject, year=voice.year(claim.year), **shown)
        yield claim.code, words
    for study in results.contrary:
        title, finding = voice.text(study.titles[voice.language]), study.finding
        if finding is not None:
            found, source = voice.text(finding[voice.language]), voice.text(study.source.title)
            yield "other_evidence", voice.say("not_claimed.other_evidence", finding=found, study=title, source=source)


def _missing(kind: str, results: Results, voice: Voice) -> Iterator[Block]:
    groups = grouped(results.gaps)
    heaviest = groups if kind == "follow-up" and tells_every_gap(results) else groups[:MOST_GAPS]
    if not heaviest:
        yield Paragraph(voice.say("gaps.none"))
        return
    yield Bullets(tuple(group_words(group, results, voice) for group in heaviest), numbered=True)
    if len(groups) > len(heaviest):
        yield Paragraph(voice.say("first_page.more_gaps", count=results.values["count.gaps"]))


def tells_every_gap(results: Results) -> bool:
    """Whether all that is missing has room on page one of a follow-up, and need not be told again."""
    return len(grouped(results.gaps)) <= ALL_GAPS


def _who_acts(kind: str, results: Results, voice: Voice) -> Iterator[Block]:
    # What a benefit takes is no business of those who are to sign a price.
    benefits = results.project.benefits if kind != "price" else ()
    actions = [action for benefit in benefits for action in benefit.actions if action.due]
    decisions = [one for one in results.project.decisions if one.state == "asked" and one.due]
    dated: list[tuple[date, Markup]] = []
    for action in actions:
        assert action.due is not None
        dated.append((action.due, acts(action, voice)))
    for decision in decisions:
        assert decision.due is not None
        dated.append((decision.due, decides(decision, voice)))
    if not dated:
        yield Paragraph(voice.say("first_page.nobody_acts"), tone="missing")
        return
    if kind == "avoided-cost" and actions:
        # Each decision stands at the top of this page, with who decides and when.
        dated = dated[: len(actions)]
    if kind == "follow-up":
        dated = [(day, voice.say("due.overdue", what=said) if day <= results.as_of else said) for day, said in dated]
    ordered = [said for _, said in sorted(dated, key=lambda one: one[0])]
    yield Bullets(tuple(ordered[:MOST_ACTIONS]))


def tells_every_date(results: Results) -> bool:
    """Whether all that is to be done has a date and room on page one, and need not be told again."""
    days = [action.due for benefit in results.project.benefits for action in benefit.actions]
    days += [one.due for one in results.project.decisions if one.state == "asked"]
    return 0 < len(days) <= MOST_ACTIONS and None not in days


def acts(action: Action, voice: Voice) -> Markup:
    """Say who must do what by when, or that nobody is named."""
    if action.responsible is None:
        return voice.say("first_page.acts.nobody", what=action.title, due=action.due)
    return voice.say("first_page.acts", who=action.responsible, what=action.title, due=action.due)


def decides(decision: Decision, voice: Voice) -> Markup:
    """Say who must decide what by when, or that nobody is named."""
    if decision.by is None:
        return voice.say("first_page.decides.nobody", what=decision.title, due=decision.due)
    return voice.say("first_page.decides", who=decision.by, what=decision.title, due=decision.due)
