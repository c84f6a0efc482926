"""Where each benefit stands: the verdict, what it rests on, by which rules, and when it is measured next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.names import benefit, benefit_name
from benefits.report.sections.benefits import method_name
from benefits.report.voice import Voice
from benefits.results import VERDICTS, Results, Value, Verdict


def standing(results: Results, voice: Voice) -> Section:
    """One row per benefit, why it was judged so, the rules, and the next measurement."""
    verdicts = results.follow_up.verdicts
    blocks: list[Block] = []
    if not results.project.benefits:
        blocks.append(Paragraph(voice.say("benefits.none"), tone="missing"))
    if verdicts:
        blocks += [_main(results, voice), _table(results, voice), *_without(results, voice)]
        blocks.append(Bullets(_reasons(results, voice)))
    dropped = [one for one in results.project.benefits if one.status == "dropped"]
    if dropped:
        names = voice.listed(voice.text(one.title) for one in dropped)
        blocks.append(Paragraph(voice.say("follow_up.dropped", benefits=names)))
    if verdicts:
        blocks += [Subheading(voice.say("follow_up.rules")), Paragraph(voice.say("follow_up.rules.date"))]
        blocks.append(Bullets(tuple(voice.say(f"verdict.rule.{code}") for code in VERDICTS)))
        blocks.append(_next(results, voice))
    return Section(id="standing", heading=voice.say("follow_up.standing.heading"), blocks=tuple(blocks))


def summary(results: Results, voice: Voice) -> Iterator[Block]:
    """Say for page one which benefits stand where, and what the verdicts are held to."""
    yield Subheading(voice.say("follow_up.summary", as_of=results.as_of))
    points = []
    for code in VERDICTS:
        named = [_listed(one, results, voice) for one in results.follow_up.verdicts if one.code == code]
        if named:
            points.append(voice.say(f"verdict.listed.{code}", benefits=voice.listed(named)))
    if points:
        yield Bullets(tuple(points))
    else:
        yield Paragraph(voice.say("follow_up.nothing_to_judge"), tone="missing")
    yield held_to(results, voice)
    yield from warnings(results, voice)


def _listed(verdict: Verdict, results: Results, voice: Voice) -> Markup:
    name = benefit_name(verdict.benefit, results, voice)
    if verdict.reason != "before_target_date":
        return name
    return voice.say("verdict.due", benefit=name, date=voice.day(verdict.target_date))


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
    names = ("benefit", "baseline", "target", "path", "level", "verdict")
    header = tuple(voice.say(f"follow_up.column.{name}") for name in names)
    rows = tuple(_row(verdict, results, voice) for verdict in results.follow_up.verdicts)
    caption = voice.say("follow_up.standing.caption", as_of=results.as_of)
    return Table(caption=caption, header=header, rows=rows, note=voice.say("follow_up.standing.note"))


def _row(verdict: Verdict, results: Results, voice: Voice) -> tuple[Markup, ...]:
    found = benefit(verdict.benefit, results)
    values = {name: results.values[id] for name, id in verdict.values.items()}
    return (
        _with_unit(found, values.get("target") or values.get("baseline"), voice),
        _baseline(found, values.get("baseline"), results, voice),
        _by_date(values.get("target"), verdict, voice),
        voice.number(values["path"]) if "path" in values else _share(values.get("share"), voice),
        _level(values.get("level"), verdict, voice),
        voice.word("verdict", verdict.code),
    )


def _without(results: Results, voice: Voice) -> Iterator[Block]:
    """Say how the level planned by now follows, where the way to the target does not begin at the baseline."""
    for verdict in results.follow_up.verdicts:
        names = ("without", "share", "target", "path")
        if set(names) <= set(verdict.values):
            known = {name: results.values[verdict.values[name]] for name in names}
            name = benefit_name(verdict.benefit, results, voice)
            yield Paragraph(voice.say("follow_up.without", benefit=name, **known))


def _with_unit(found: Benefit | None, value: Value | None, voice: Voice) -> Markup:
    if found is None or found.indicator is None:
        return voice.text(found.title if found is not None else None)
    # What was frozen is shown in the unit it was frozen in; a level in another says its own.
    amount = voice.say(f"axis.{value.unit if value is not None else found.indicator.unit}", count=2)
    per = "none" if found.indicator.unit == "share" else found.indicator.per
    unit = voice.say(f"per.{value.per if value is not None else per}", amount=amount)
    return voice.say("follow_up.benefit", title=found.title, unit=unit)


def _baseline(found: Benefit | None, value: Value | None, results: Results, voice: Voice) -> Markup:
    frozen = results.follow_up.freeze
    kept = frozen.plan["benefits"].get(found.id, {}) if frozen is not None and found is not None else {}
    state = kept.get("baseline", {}).get("state") if value is not None and value.id.startswith("verdict.") else None
    if state is None and found is not None and found.baseline is not None:
        state = found.baseline.state
    if state is None:
        return voice.say("blank")
    said = voice.word("baseline_state", state)
    return voice.say("follow_up.baseline", value=voice.number(value), state=said) if value is not None else said


def _by_date(value: Value | None, verdict: Verdict, voice: Voice) -> Markup:
    if value is None or verdict.target_date is None:
        return voice.say("blank")
    return voice.say("follow_up.target", target=voice.number(value), date=verdict.target_date)


def _share(value: Value | None, voice: Voice) -> Markup:
    return voice.say("follow_up.share", share=value) if value is not None else voice.say("blank")


def _level(value: Value | None, verdict: Verdict, voice: Voice) -> Markup:
    if value is None or verdict.measured_on is None:
        return voice.say("measured.not_yet")
    changed = verdict.reason == "indicator_changed"
    level = voice.quantity(value) if changed else voice.short_interval(value)
    if verdict.measured_from is not None:
        first, last = verdict.measured_from, verdict.measured_on
        return voice.say("follow_up.level.mean", level=level, first=first, last=last)
    return voice.say("follow_up.level", level=level, date=verdict.measured_on)


def _reasons(results: Results, voice: Voice) -> tuple[Markup, ...]:
    """One point per measured benefit; those that are not measured share one per reason, since there is no number."""
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in results.follow_up.verdicts:
        own = verdict.benefit if verdict.code != "not_measured" else ""
        groups.setdefault((verdict.reason, own), []).append(verdict)
    return tuple(_reason(group, results, voice) for group in groups.values())


def _reason(group: list[Verdict], results: Results, voice: Voice) -> Markup:
    verdict = group[0]
    values = {name: results.values[id] for name, id in verdict.values.items()}
    change = values.get("change")
    words: dict[str, Any] = {
        "benefit": voice.listed(benefit_name(one.benefit, results, voice) for one in group),
        "change": voice.interval(change),
        "grade": voice.word("grade", change.grade or "assumed") if change is not None else voice.say("blank"),
        "level": voice.quantity(values.get("level")),
        "target": voice.quantity(values.get("target")),
        "smallest": voice.quantity(values.get("smallest")),
        "date": voice.day(verdict.target_date),
        "measured_on": voice.day(verdict.measured_on),
    }
    return voice.say(f"verdict.reason.{verdict.reason}", **words)


def _next(results: Results, voice: Voice) -> Table:
    names = ("benefit", "method", "frequency", "responsible", "owner")
    header = tuple(voice.say(f"follow_up.next.{name}") for name in names)
    rows = []
    for one in results.project.benefits:
        if one.status == "dropped":
            continue
        method = one.method
        rows.append(
            (
                voice.text(one.title),
                method_name(method.id, voice) if method is not None else voice.say("blank"),
                voice.text(method.frequency if method is not None else None),
                voice.text(method.responsible if method is not None else None),
                voice.text(one.owner.role) if one.owner is not None else voice.say("benefits.no_owner"),
            )
        )
    return Table(caption=voice.say("follow_up.next"), header=header, rows=tuple(rows))
