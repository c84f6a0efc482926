"""A few sentences for the tertial or yearly report: use, what is measured, what cannot be claimed, what is next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from benefits.report.blocks import Paragraph, Section
from benefits.report.names import benefit, benefit_name
from benefits.report.sections.columns import measured_change
from benefits.report.sections.estimates import from_before
from benefits.report.sections.followed import next_day
from benefits.report.sections.period import period_name
from benefits.report.sections.standing import is_preliminary, level
from benefits.report.voice import Voice
from benefits.results import VERDICTS, Results, Verdict

MOST_TOLD = 2
"""Benefits told with their numbers; the others are only named."""


def to_paste(results: Results, voice: Voice) -> Section:
    """Return one paragraph that can stand by itself in another document; nothing without benefits."""
    blocks: tuple[Paragraph, ...] = ()
    if results.follow_up.verdicts:
        said = (*_use(results, voice), *_observed(results, voice), *_benefits(results, voice), *_ahead(results, voice))
        blocks = (Paragraph(Markup(" ").join(said)),)
    return Section(id="to_paste", heading=voice.say("to_paste.heading"), blocks=blocks)


def _use(results: Results, voice: Voice) -> Iterator[Markup]:
    """How many are in the service at the end of the period, else at the date of the report."""
    seen, project = results.follow_up.period, voice.text(results.project.title)
    known = [row.date for row in results.project.ledger if row.date <= results.as_of]
    day = seen.ledger if seen is not None else max(known, default=None)
    named = ("started", "active", "accepted.share")
    values = {name: results.values.get(f"ledger.{day}.{name}") for name in named}
    shown = {name: one for name, one in values.items() if one is not None and one.value is not None}
    if day is not None and "started" not in shown and "active" in shown:
        yield voice.say("to_paste.use.active", project=project, date=day, active=voice.number(shown["active"]))
        return
    if day is None or not {"started", "active"} <= set(shown):
        yield voice.say("to_paste.no_use", project=project, date=results.as_of)
        return
    words = {"project": project, "date": day, **{name: voice.number(shown[name]) for name in ("started", "active")}}
    if "accepted.share" in shown:
        yield voice.say("to_paste.use.accepted", share=voice.interval(shown["accepted.share"]), **words)
    else:
        yield voice.say("to_paste.use", **words)


def _observed(results: Results, voice: Voice) -> Iterator[Markup]:
    """What was counted in the period, among those with the service."""
    seen = results.follow_up.period
    for one in seen.observed if seen is not None else ():
        count, rate = (results.values[f"{one.id}.{part}"] for part in ("count", "rate"))
        if one.group == "comparison" or count.value is None or seen is None:
            continue
        period = period_name(seen.period, voice)
        unit = voice.say(f"axis.{rate.unit}", count=2)
        per = voice.say(f"per.{rate.per}", amount=voice.short_interval(rate))
        yield voice.say("to_paste.observed", period=period, number=voice.number(count), unit=unit, rate=per)


def _benefits(results: Results, voice: Voice) -> Iterator[Markup]:
    """The verdicts of those measured, first the one that decides; then the others by name, and what may not be said."""
    verdicts = list(results.follow_up.verdicts)
    told = [one for one in verdicts if one.code != "not_measured"]
    told.sort(key=lambda one: (one.benefit != results.project.main_indicator, VERDICTS.index(one.code)))
    for one in told[:MOST_TOLD]:
        yield _told(one, results, voice)
    if told[MOST_TOLD:]:
        yield voice.say("to_paste.others", benefits=_listed(told[MOST_TOLD:], results, voice))
    missing = [one for one in verdicts if one.code == "not_measured"]
    if missing:
        yield voice.say("to_paste.not_measured", benefits=_listed(missing, results, voice))
    elif any(one.code == "cannot_be_known_yet" for one in verdicts):
        yield voice.say("to_paste.not_claimed")
    taken_out = {one.benefit for one in results.follow_up.realised if one.code != "no"}
    listed = [one for one in verdicts if one.benefit in taken_out]
    if listed:
        yield voice.say("to_paste.realised", benefits=_listed(listed, results, voice))
    else:
        yield voice.say("to_paste.none_realised")


def _told(verdict: Verdict, results: Results, voice: Voice) -> Markup:
    """The verdict with the latest change from data, or the value that was reported, and what that is not."""
    words = {
        "benefit": benefit_name(verdict.benefit, results, voice),
        "verdict": voice.word("verdict", verdict.code),
    }
    estimate = results.estimate(verdict.benefit)
    if estimate is None:
        found = benefit(verdict.benefit, results)
        latest = measured_change(found, results, voice) if found is not None else level(verdict, results, voice)
        return voice.say("to_paste.reported", level=latest, **words)
    change = voice.interval(results.values[f"estimate.{estimate.benefit}.{estimate.method}.effect"])
    if is_preliminary(verdict.benefit, results):
        change = voice.say("follow_up.preliminary", figure=change)
    if verdict.reason == "regression_to_the_mean":
        return voice.say("to_paste.not_effect", change=change, **words)
    if verdict.reason == "not_selected_alike":
        return voice.say("to_paste.not_alike", change=change, **words)
    if verdict.reason == "below_smallest":
        return voice.say("to_paste.not_documented", change=change, **words)
    return voice.say("to_paste.change" if from_before(estimate) else "to_paste.effect", change=change, **words)


def _listed(verdicts: list[Verdict], results: Results, voice: Voice) -> Markup:
    return voice.listed(benefit_name(one.benefit, results, voice) for one in verdicts)


def _ahead(results: Results, voice: Voice) -> Iterator[Markup]:
    """The next measurement or verdict, and the next decision, in one sentence where there are both."""
    days: list[tuple[date, Verdict]] = []
    for one in results.follow_up.verdicts:
        found = benefit(one.benefit, results)
        day = next_day(found, one, results.as_of) if found is not None else None
        if day is not None:
            days.append((day, one))
    first = min((day for day, _ in days), default=None)
    listed = _listed([one for day, one in days if day == first], results, voice)
    asked = [one for one in results.project.decisions if one.state == "asked" and one.due and one.due > results.as_of]
    decision = min(asked, key=lambda one: one.due or date.max, default=None)
    if decision is not None and first is not None:
        said = {"title": decision.title, "due": decision.due}
        yield voice.say("to_paste.next.decision", benefits=listed, date=first, **said)
    elif first is not None:
        yield voice.say("to_paste.next", benefits=listed, date=first)
    elif decision is not None:
        yield voice.say("to_paste.decision", title=decision.title, due=decision.due)
