"""Where each benefit stands: expected, measured and realised apart, the verdict, and by which rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.names import benefit, benefit_name
from benefits.report.sections.columns import measured_change, realised
from benefits.report.sections.tests_made import tests_made
from benefits.report.voice import Voice
from benefits.results import VERDICTS, Results, Verdict

NO_VERDICT = frozenset({"before_verdict_date", "measured_too_early", "mean_since_start"})
"""Reasons for which what was measured is not yet judged."""


def standing(results: Results, voice: Voice) -> Section:
    """One row per benefit, expected, measured and realised apart, and the rules behind its verdict."""
    verdicts = results.follow_up.verdicts
    blocks: list[Block] = []
    if not results.project.benefits:
        blocks.append(Paragraph(voice.say("benefits.none"), tone="missing"))
    if verdicts:
        blocks += [_table(results, voice), _main(results, voice)]
        blocks += tests_made(results, voice)
    dropped = [one for one in results.project.benefits if one.status == "dropped"]
    if dropped:
        names = voice.listed(voice.text(one.title) for one in dropped)
        blocks.append(Paragraph(voice.say("follow_up.dropped", benefits=names)))
    if verdicts:
        given = {one.code for one in verdicts}
        rules = (voice.say(f"verdict.rule.{code}") for code in VERDICTS if code in given)
        blocks.append(Subheading(voice.say("follow_up.rules")))
        blocks.append(Paragraph(Markup(" ").join((voice.say("follow_up.rules.date"), *rules))))
    return Section(id="standing", heading=voice.say("follow_up.standing.heading"), blocks=tuple(blocks))


def summary(results: Results, voice: Voice) -> Iterator[Block]:
    """Say for page one which benefits stand where, and what the verdicts are held to."""
    yield Subheading(voice.say("follow_up.summary", as_of=results.as_of))
    points = []
    for code in VERDICTS:
        named = [_listed(one, results, voice) for one in results.follow_up.verdicts if one.code == code]
        if named:
            points.append(voice.say(f"verdict.listed.{code}", benefits=voice.listed(named)))
    taken_out = [one.benefit for one in results.follow_up.realised if one.code != "no"]
    if taken_out:
        named = [benefit_name(one, results, voice) for one in taken_out]
        points.append(voice.say("to_paste.realised", benefits=voice.listed(named)))
    if points:
        yield Bullets(tuple(points))
    else:
        yield Paragraph(voice.say("follow_up.nothing_to_judge"), tone="missing")
    yield held_to(results, voice)
    yield from warnings(results, voice)


def _listed(verdict: Verdict, results: Results, voice: Voice) -> Markup:
    name = benefit_name(verdict.benefit, results, voice)
    if verdict.reason != "before_verdict_date":
        return name
    return voice.say("verdict.due", benefit=name, date=voice.day(verdict.coming))


def held_to(results: Results, voice: Voice, *, here: bool = False) -> Paragraph:
    """Say when the plan was frozen and how much has changed since, ``here`` or elsewhere; or that it was not frozen."""
    frozen, found = results.follow_up.freeze, results.follow_up.deviations
    if frozen is None:
        key = "follow_up.not_frozen" if results.follow_up.gaps else "follow_up.not_frozen.not_started"
        return Paragraph(voice.say(key), tone="missing")
    if not found:
        return Paragraph(voice.say("follow_up.unchanged", date=frozen.as_of))
    count = results.values["count.deviations"]
    key = "follow_up.changed.here" if here else "follow_up.changed"
    return Paragraph(voice.say(key, date=frozen.as_of, count=count), tone="warning")


def warnings(results: Results, voice: Voice) -> Iterator[Block]:
    """Say so where the plan was frozen after the start, or frozen again after it."""
    found = results.follow_up
    if found.freeze is not None and found.late is not None:
        yield Paragraph(voice.say("deviation.late", date=found.freeze.as_of, start=found.late), tone="warning")
    if found.later:
        dates = voice.listed(voice.day(day) for day in found.later)
        yield Paragraph(voice.say("follow_up.frozen_again", dates=dates), tone="warning")


def _main(results: Results, voice: Voice) -> Paragraph:
    """Say which benefit decides whether the project succeeded, as it was frozen; or that none was chosen."""
    frozen = results.follow_up.freeze
    chosen = frozen.plan.get("main_indicator") if frozen is not None else results.project.main_indicator
    if chosen is None:
        return Paragraph(voice.say("follow_up.no_main"), tone="missing")
    return Paragraph(voice.say("follow_up.main", benefit=benefit_name(chosen, results, voice)))


def _table(results: Results, voice: Voice) -> Table:
    names = ("benefit", "expected", "measured", "realised")
    header = (*(voice.say(f"measured.column.{name}") for name in names), voice.say("follow_up.column.verdict"))
    rows = tuple(_row(verdict, results, voice) for verdict in results.follow_up.verdicts)
    caption = voice.say("follow_up.standing.caption", as_of=results.as_of)
    return Table(caption=caption, header=header, rows=rows, note=voice.say("measured.note"))


def _row(verdict: Verdict, results: Results, voice: Voice) -> tuple[Markup, ...]:
    found = benefit(verdict.benefit, results)
    assert found is not None
    target = results.values.get(verdict.values.get("target", ""))
    expected = voice.say("blank")
    if target is not None and verdict.target_date is not None:
        expected = voice.say("measured.target", target=target, date=verdict.target_date)
    change = marked(measured_change(found, results, voice), verdict.benefit, results, voice)
    word = voice.word("verdict", verdict.code)
    return voice.text(found.title), expected, change, realised(found, results, voice), word


def marked(figure: Markup, id: str, results: Results, voice: Voice) -> Markup:
    """Say of a figure measured for a benefit that it is not documented, or preliminary, where it is."""
    verdict = next((one for one in results.follow_up.verdicts if one.benefit == id), None)
    if verdict is not None and verdict.reason == "below_smallest":
        return voice.say("follow_up.not_documented", figure=figure)
    return voice.say("follow_up.preliminary", figure=figure) if is_preliminary(id, results) else figure


def dated(what: Markup, id: str, results: Results, voice: Voice) -> Markup:
    """Say of which days an effect is, where those are the days that were judged."""
    verdict = next((one for one in results.follow_up.verdicts if one.benefit == id), None)
    found = benefit(id, results)
    if verdict is None or verdict.measured_from is None or is_preliminary(id, results) or is_asked(found, results):
        return what
    return voice.say(
        "headline.effect.days", what=what, first=verdict.measured_from, last=voice.day(verdict.measured_on)
    )


def is_asked(one: Benefit | None, results: Results) -> bool:
    """Whether it is measured by asking, on days that the verdict does not tell."""
    data = one.method.data if one is not None and one.method is not None else None
    return any(source.id == data and source.shape == "responses" for source in results.project.data)


def is_preliminary(id: str, results: Results) -> bool:
    """Whether what the method of a benefit found is more than it was judged by, or before any date of verdict."""
    estimate = results.estimate(id)
    verdict = next((one for one in results.follow_up.verdicts if one.benefit == id), None)
    if estimate is None or verdict is None:
        return False
    own = f"estimate.{id}.{estimate.method}.effect"
    return verdict.reason in NO_VERDICT or verdict.values.get("change") != own


def level(verdict: Verdict, results: Results, voice: Voice) -> Markup:
    """Say the level a benefit was judged by, with its unit, and the days it is of."""
    value = results.values[verdict.values["level"]]
    said = voice.quantity(value) if verdict.reason == "indicator_changed" else voice.interval(value)
    if verdict.measured_from is not None:
        first, last = verdict.measured_from, voice.day(verdict.measured_on)
        return voice.say("follow_up.level.mean", level=said, first=first, last=last)
    return voice.say("follow_up.level", level=said, date=voice.day(verdict.measured_on))


def says_change(verdict: Verdict, voice: Voice) -> bool:
    """Whether the reason of a verdict tells the change and how well it is known."""
    return {"change", "grade"} <= voice.catalogue.placeholders(f"verdict.reason.{verdict.reason}")


def reason(verdict: Verdict, results: Results, voice: Voice) -> Markup:
    """Say why a benefit was judged as it was, with the numbers that decided."""
    values = {name: results.values[id] for name, id in verdict.values.items()}
    change = values.get("change")
    words: dict[str, Any] = {
        "change": voice.interval(change),
        "grade": voice.word("grade", change.grade or "assumed") if change is not None else voice.say("blank"),
        **{name: voice.quantity(values.get(name)) for name in ("level", "target", "due")},
        "date": voice.day(verdict.target_date),
        "measured_on": voice.day(verdict.measured_on),
        "judged_on": voice.day(verdict.judged_on),
        "coming": voice.day(verdict.coming),
    }
    return voice.say(f"verdict.reason.{verdict.reason}", **words)
