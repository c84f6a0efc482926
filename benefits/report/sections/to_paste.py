"""A few sentences for the tertial or yearly report: use, what is measured, what cannot be claimed, what is next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from benefits.report.blocks import Paragraph, Section
from benefits.report.names import benefit, benefit_name
from benefits.report.sections.followed import next_day
from benefits.report.sections.period import period_name
from benefits.report.sections.standing import is_preliminary, reason
from benefits.report.voice import Voice
from benefits.results import Results, Verdict

MOST_TOLD = 3
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
    if day is None or not {"started", "active"} <= set(shown):
        yield voice.say("to_paste.no_use", project=project, date=results.as_of)
        return
    counts = {name: voice.number(shown[name]) for name in ("started", "active")}
    yield voice.say("to_paste.use", project=project, date=day, **counts)
    if "accepted.share" in shown:
        yield voice.say("to_paste.accepted", share=voice.interval(shown["accepted.share"]))


def _observed(results: Results, voice: Voice) -> Iterator[Markup]:
    """What was counted in the period, among those with the service."""
    seen = results.follow_up.period
    for one in seen.observed if seen is not None else ():
        count, rate = (results.values[f"{one.id}.{part}"] for part in ("count", "rate"))
        if one.group == "comparison" or count.value is None or seen is None:
            continue
        period = period_name(seen.period, voice)
        yield voice.say("to_paste.observed", period=period, count=count, rate=voice.interval(rate))


def _benefits(results: Results, voice: Voice) -> Iterator[Markup]:
    """The verdicts of those measured, first the one that decides; then the others by name, and what may not be said."""
    verdicts = list(results.follow_up.verdicts)
    told = [one for one in verdicts if one.code != "not_measured"]
    told.sort(key=lambda one: one.benefit != results.project.main_indicator)
    for one in told[:MOST_TOLD]:
        yield _told(one, results, voice)
    if told[MOST_TOLD:]:
        yield voice.say("to_paste.others", benefits=_listed(told[MOST_TOLD:], results, voice))
    missing = [one for one in verdicts if one.code == "not_measured"]
    if missing:
        yield voice.say("to_paste.not_measured", benefits=_listed(missing, results, voice))
    taken_out = {one.benefit for one in results.follow_up.realised if one.code != "no"}
    if taken_out:
        listed = [one for one in verdicts if one.benefit in taken_out]
        yield voice.say("to_paste.realised", benefits=_listed(listed, results, voice))
    else:
        yield voice.say("to_paste.none_realised")
    if any(one.code in {"not_measured", "cannot_be_known_yet"} for one in verdicts):
        yield voice.say("to_paste.not_claimed")


def _told(verdict: Verdict, results: Results, voice: Voice) -> Markup:
    name, word = benefit_name(verdict.benefit, results, voice), voice.word("verdict", verdict.code)
    said = [voice.say("to_paste.benefit", benefit=name, verdict=word, reason=reason(verdict, results, voice))]
    if results.estimate(verdict.benefit) is None:
        said.append(voice.say("to_paste.reported"))
    elif is_preliminary(verdict.benefit, results) and verdict.reason != "before_verdict_date":
        estimate = results.estimate(verdict.benefit)
        assert estimate is not None
        effect = results.values[f"estimate.{estimate.benefit}.{estimate.method}.effect"]
        said.append(voice.say("to_paste.since_then", change=voice.interval(effect)))
    return Markup(" ").join(said)


def _listed(verdicts: list[Verdict], results: Results, voice: Voice) -> Markup:
    return voice.listed(benefit_name(one.benefit, results, voice) for one in verdicts)


def _ahead(results: Results, voice: Voice) -> Iterator[Markup]:
    """The next measurement or verdict, and the next decision."""
    days: list[tuple[date, Verdict]] = []
    for one in results.follow_up.verdicts:
        found = benefit(one.benefit, results)
        day = next_day(found, one, results.as_of) if found is not None else None
        if day is not None:
            days.append((day, one))
    if days:
        first = min(day for day, _ in days)
        listed = _listed([one for day, one in days if day == first], results, voice)
        yield voice.say("to_paste.next", benefits=listed, date=first)
    asked = [one for one in results.project.decisions if one.state == "asked" and one.due and one.due > results.as_of]
    for one in sorted(asked, key=lambda one: one.due or date.max)[:1]:
        yield voice.say("to_paste.decision", title=one.title, date=one.due)
