"""One part per benefit: where it began and is going, what was measured, the verdict, and what is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from markupsafe import Markup

from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading
from benefits.report.names import benefit_name
from benefits.report.sections.early import early
from benefits.report.sections.estimates import in_short
from benefits.report.sections.measured import refused
from benefits.report.sections.reported import reported_values
from benefits.report.sections.series import series_blocks
from benefits.report.sections.smallest import short as smallest_in_short
from benefits.report.sections.standing import is_asked, level, reason, says_change
from benefits.report.sections.unexpected import of_benefit
from benefits.report.voice import Voice
from benefits.results import Results, Value, Verdict


def followed(results: Results, voice: Voice) -> Section:
    """Follow every benefit that is not dropped, dis-benefits too, and last show data that no benefit is measured by."""
    verdicts = {one.benefit: one for one in results.follow_up.verdicts}
    shown: set[str] = set()
    blocks: list[Block] = []
    for one in results.project.benefits:
        if one.id in verdicts:
            blocks += [Subheading(_title(one, voice)), *_part(one, verdicts[one.id], shown, results, voice)]
    for series in results.series:
        if series.data not in shown:
            blocks += series_blocks(series, results, voice)
    return Section(id="followed", heading=voice.say("followed.heading"), blocks=tuple(blocks))


def _title(one: Benefit, voice: Voice) -> Markup:
    return voice.say("followed.dis_benefit", title=one.title) if one.dis_benefit else voice.text(one.title)


def _part(one: Benefit, verdict: Verdict, shown: set[str], results: Results, voice: Voice) -> Iterator[Block]:
    way = Paragraph(_joined(_way(one, verdict, results, voice)))
    said = (*_judged(verdict, results, voice), *early(one, results, voice))
    following = (
        *together(_found(one, verdict, results, voice)),
        *reported_values(one, results, voice),
        *together(_drawn(one, shown, results, voice)),
    )
    points = (*_reviews(one, results, voice), *of_benefit(one.id, results, voice))
    coming = _next(one, verdict, results, voice)
    if not following and not points and verdict.values.keys().isdisjoint({"baseline", "target"}):
        # With neither a baseline nor a target, and nothing found, there is little to say, and it is said in one go.
        yield from together((way, *said, Paragraph(coming)))
        return
    yield way
    yield from together(said)
    yield from following
    yield Bullets((*points, coming))


def _way(one: Benefit, verdict: Verdict, results: Results, voice: Voice) -> Iterator[Markup]:
    """Where it began, where it is to be and by when, and where by now; the days measured, where a method tells them."""
    values = {name: results.values[id] for name, id in verdict.values.items()}
    if "baseline" in values:
        state = voice.word("baseline_state", one.baseline.state) if one.baseline is not None else voice.say("blank")
        yield voice.say("followed.baseline", value=voice.interval(values["baseline"]), state=state)
    else:
        yield voice.say("followed.no_baseline", state=_state(one, results, voice))
    if "target" not in values or verdict.target_date is None:
        yield voice.say("followed.no_target")
    else:
        yield voice.say("followed.target", target=values["target"], date=verdict.target_date)
        yield from _by_now(values, voice)
    if "level" in values and results.estimate(one.id) is not None:
        yield from _measured_when(one, verdict, results, voice)


def _state(one: Benefit, results: Results, voice: Voice) -> Markup:
    """The state of a baseline without a value: once the service has started, one that was planned was not measured."""
    start = results.project.go_live
    if one.baseline is None:
        return voice.say("blank")
    if one.baseline.state == "planned" and start is not None and start <= results.as_of:
        return voice.say("measured.not_yet")
    return voice.word("baseline_state", one.baseline.state)


def _by_now(values: Mapping[str, Value], voice: Voice) -> Iterator[Markup]:
    """How far it was to have come, until that is the target."""
    if "share" not in values or values["share"].value == 1.0:
        return
    if {"without", "path"} <= set(values):
        known = {name: values[name] for name in ("without", "share", "path")}
        yield voice.say("followed.path.without", **known)
    elif "path" in values:
        yield voice.say("followed.path", path=values["path"])
    else:
        yield voice.say("followed.share", share=values["share"])


def _measured_when(one: Benefit, verdict: Verdict, results: Results, voice: Voice) -> Iterator[Markup]:
    """The days an estimate is of; with the level that was judged, where that is of other days than the estimate."""
    if not _is_of_estimate(verdict, "level", results):
        yield voice.say("followed.level", level=level(verdict, results, voice))
    elif verdict.measured_from is not None and not is_asked(one, results):
        last = voice.day(verdict.measured_on)
        yield voice.say("followed.measured_days", first=verdict.measured_from, last=last)


def _is_of_estimate(verdict: Verdict, name: str, results: Results) -> bool:
    """Whether a number of the verdict is that of the estimate shown in the report, so that it stands once."""
    estimate = results.estimate(verdict.benefit)
    if estimate is None:
        return False
    part = {"level": "observed", "change": "effect"}[name]
    return verdict.values.get(name) == f"estimate.{estimate.benefit}.{estimate.method}.{part}"


def _judged(verdict: Verdict, results: Results, voice: Voice) -> Iterator[Paragraph]:
    """The verdict and why."""
    word, why = voice.word("verdict", verdict.code), reason(verdict, results, voice)
    if verdict.reason == "before_verdict_date" and results.estimate(verdict.benefit) is None:
        # What was reported, and how far that is from the baseline, is told with the value.
        why = voice.say("followed.judged_later", date=voice.day(verdict.coming))
    if verdict.judged_on is None or verdict.code == "not_measured":
        yield Paragraph(voice.say("followed.verdict", verdict=word, reason=why))
    else:
        yield Paragraph(voice.say("followed.verdict.dated", date=verdict.judged_on, verdict=word, reason=why))


def _found(one: Benefit, verdict: Verdict, results: Results, voice: Voice) -> Iterator[Block]:
    """What its method found, or why it would not answer; without either, what the planned measurement could show."""
    estimate = results.estimate(one.id)
    if estimate is not None:
        said = _is_of_estimate(verdict, "change", results) and says_change(verdict, voice)
        yield from in_short(estimate, results, voice, effect_said=said)
    for id, refusal in results.refusals:
        if id == one.id:
            yield from refused(refusal, voice)
    if f"benefit.{one.id}.hoped" in results.values:
        yield from smallest_in_short(one, results, voice)


def _drawn(one: Benefit, shown: set[str], results: Results, voice: Voice) -> Iterator[Block]:
    """The figures of its data, once for each source."""
    data = one.method.data if one.method is not None else None
    for series in results.series:
        if series.data != data:
            continue
        if data in shown:
            first = next(other for other in results.project.benefits if other.method and other.method.data == data)
            yield Paragraph(voice.say("followed.drawn", benefit=benefit_name(first.id, results, voice)))
        else:
            shown.add(series.data)
            yield from series_blocks(series, results, voice, headed=False)


def _reviews(one: Benefit, results: Results, voice: Voice) -> Iterator[Markup]:
    for review in sorted(one.reviews, key=lambda review: review.date):
        if review.date > results.as_of:
            continue
        said = [voice.say("followed.cause", date=review.date, cause=voice.text(review.cause))] if review.cause else []
        if review.decision is not None and review.by is not None:
            said.append(voice.say("followed.decision.by", decision=review.decision, by=review.by))
        elif review.decision is not None:
            said.append(voice.say("followed.decision", decision=review.decision))
        if said:
            yield _joined(said)


def _next(one: Benefit, verdict: Verdict, results: Results, voice: Voice) -> Markup:
    """When it was to be measured and is to be, by whom, and who answers for it."""
    day, method = next_day(one, verdict, results.as_of), one.method
    lacking = next((due for due in results.answers if due.benefit == one.id and due.due and not due.answered), None)
    said = []
    if lacking is not None:
        said.append(voice.say("followed.overdue" if day else "followed.overdue.undated", date=lacking.due))
    if day is not None:
        said.append(voice.say("followed.next", date=day))
    elif lacking is None and method is not None and method.frequency is not None:
        said.append(voice.say("followed.next.frequency", frequency=method.frequency))
    elif lacking is None:
        said.append(voice.say("followed.next.undated"))
    who = voice.text(method.responsible if method is not None else None)
    owner = voice.text(one.owner.role) if one.owner is not None else voice.say("benefits.no_owner")
    if who == owner:
        return _joined((*said, voice.say("followed.who.same", who=who)))
    return _joined((*said, voice.say("followed.who", who=who, owner=owner)))


def next_day(one: Benefit, verdict: Verdict, as_of: date) -> date | None:
    """Return the next day a benefit is to be measured or judged; None where the plan names none."""
    planned = one.method.measurement_dates if one.method is not None else ()
    coming = [day for day in (*planned, verdict.coming) if day is not None and day > as_of]
    return min(coming, default=None)


def _joined(sentences: Iterable[Markup]) -> Markup:
    return Markup(" ").join(sentences)


def together(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with paragraphs of one tone that follow each other made into one."""
    held: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Paragraph) and held is not None and held.tone == block.tone:
            held = Paragraph(_joined((held.words, block.words)), tone=held.tone)
            continue
        if held is not None:
            yield held
        held = block if isinstance(block, Paragraph) else None
        if held is None:
            yield block
    if held is not None:
        yield held
