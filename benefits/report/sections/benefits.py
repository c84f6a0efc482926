"""Sections on the benefits: the overview, each hypothesis with its baseline, method and target, and dis-benefits."""

from __future__ import annotations

from markupsafe import Markup

from benefits.economics.expected_rate import rate_name
from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name, actor_names, category_name
from benefits.report.sections.baselines import behind, refused
from benefits.report.sections.smallest import is_told, smallest
from benefits.report.voice import Voice
from benefits.results import Results, Value


def overview(results: Results, voice: Voice) -> Section:
    """All benefits in one table: type, who gains, who answers for it, how it is realised, where it stands."""
    hoped_for = [benefit for benefit in results.project.benefits if not benefit.dis_benefit]
    blocks: list[Block] = []
    if not hoped_for:
        blocks.append(Paragraph(voice.say("benefits.none"), tone="missing"))
    else:
        names = ("benefit", "types", "gains", "owner", "realisation", "status")
        header = tuple(voice.say(f"benefits.column.{name}") for name in names)
        rows = tuple(_row(benefit, results, voice) for benefit in hoped_for)
        caption = voice.say("benefits.caption", count=results.values["count.benefits"])
        blocks.append(Table(caption=caption, header=header, rows=rows))
        blocks.append(Paragraph(voice.say("benefits.note")))
    return Section(id="benefits", heading=voice.say("benefits.heading"), blocks=tuple(blocks))


def hypotheses(results: Results, voice: Voice) -> Section:
    """Each benefit as a hypothesis that can be wrong: what is counted, the value before, how it is measured."""
    blocks: list[Block] = []
    for benefit in results.project.benefits:
        blocks.append(Subheading(voice.text(benefit.title)))
        blocks += _hypothesis(benefit, results, voice)
        blocks.append(Bullets(tuple(_facts(benefit, results, voice))))
        blocks += behind(benefit, results, voice)
        blocks += smallest(benefit, results, voice)
    if not blocks:
        blocks.append(Paragraph(voice.say("benefits.none"), tone="missing"))
    elif not all(is_told(one, results) for one in results.project.benefits):
        blocks.insert(0, Paragraph(voice.say("smallest.not_computed")))
    return Section(id="hypotheses", heading=voice.say("hypotheses.heading"), blocks=tuple(blocks))


def dis_benefits(results: Results, voice: Voice) -> Section:
    """Feared negative effects, or that none were assessed."""
    feared = [benefit for benefit in results.project.benefits if benefit.dis_benefit]
    heading = voice.say("dis_benefits.heading")
    if not feared:
        return Section(
            id="dis_benefits", heading=heading, blocks=(Paragraph(voice.say("dis_benefits.none"), tone="missing"),)
        )
    names = ("dis_benefit", "pays", "importance", "extent", "owner")
    header = tuple(voice.say(f"dis_benefits.column.{name}") for name in names)
    rows = tuple(
        (
            voice.text(benefit.title),
            actor_names(benefit.pays, results, voice),
            voice.word("importance", benefit.importance) if benefit.importance else voice.say("blank"),
            voice.word("extent", benefit.extent) if benefit.extent else voice.say("blank"),
            _owner(benefit, results, voice),
        )
        for benefit in feared
    )
    caption = voice.say("dis_benefits.caption", count=results.values["count.dis_benefits"])
    return Section(id="dis_benefits", heading=heading, blocks=(Table(caption=caption, header=header, rows=rows),))


def _row(benefit: Benefit, results: Results, voice: Voice) -> tuple[Markup, ...]:
    types = voice.listed(voice.word("type", one) for one in benefit.types) or voice.say("blank")
    form = voice.word("realisation", benefit.realisation.form) if benefit.realisation else voice.say("blank")
    return (
        voice.text(benefit.title),
        types,
        actor_names(benefit.gains, results, voice),
        _owner(benefit, results, voice),
        form,
        voice.word("lifecycle", benefit.status),
    )


def _owner(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    owner = benefit.owner
    if owner is None:
        return voice.say("benefits.no_owner")
    if owner.actor is None:
        return voice.text(owner.role)
    key = "benefits.owner" if owner.line_authority else "benefits.owner.no_authority"
    return voice.say(key, role=owner.role, actor=actor_name(owner.actor, results, voice))


def _hypothesis(benefit: Benefit, results: Results, voice: Voice) -> list[Block]:
    said = benefit.hypothesis
    if said is None:
        return [Paragraph(voice.say("hypotheses.none"), tone="missing")]
    indicator = benefit.indicator.definition if benefit.indicator else None
    values = results.values
    before, target = values.get(f"benefit.{benefit.id}.baseline"), values.get(f"benefit.{benefit.id}.target")
    whole = said.target_group and said.mechanism and said.wrong_if and indicator
    if whole and before is not None and target is not None and benefit.target is not None:
        without = _without(benefit, results)
        sentence = voice.say(
            "hypotheses.sentence" if without is None else "hypotheses.sentence.selected",
            without=without if without is not None else "",
            action=said.action,
            group=voice.text(said.target_group),
            indicator=voice.text(indicator),
            baseline=before,
            target=target,
            date=benefit.target.date,
            mechanism=voice.text(said.mechanism),
            wrong_if=voice.text(said.wrong_if),
        )
        return [Paragraph(sentence)]
    parts = {"action": said.action, "group": said.target_group, "mechanism": said.mechanism, "wrong_if": said.wrong_if}
    return [Bullets(tuple(voice.say(f"hypotheses.{name}", words=voice.text(text)) for name, text in parts.items()))]


def _without(benefit: Benefit, results: Results) -> Value | None:
    """What is expected without the service, where a baseline of persons chosen in a bad period cannot say it."""
    chosen = benefit.baseline is not None and benefit.baseline.selection is not None
    return results.values.get(f"assumption.{rate_name(benefit)}") if chosen else None


def _facts(benefit: Benefit, results: Results, voice: Voice) -> list[Markup]:
    indicator, method = benefit.indicator, benefit.method
    facts: list[Markup] = [voice.say("hypotheses.category", category=category_name(benefit, voice))]
    if indicator is None:
        facts.append(voice.say("hypotheses.no_indicator"))
    else:
        direction = voice.word("direction", indicator.direction)
        facts.append(voice.say("hypotheses.indicator", definition=indicator.definition, direction=direction))
        if indicator.numerator is not None and indicator.denominator is not None:
            parts = {"numerator": indicator.numerator, "denominator": indicator.denominator}
            facts.append(voice.say("hypotheses.fraction", **parts))
    facts.append(_baseline(benefit, results, voice))
    if benefit.baseline is not None and benefit.baseline.selection is not None:
        facts.append(voice.say("baseline.selected", rule=benefit.baseline.selection.rule))
    if method is None:
        facts.append(voice.say("hypotheses.no_method"))
    elif method.frequency is not None or method.responsible is not None:
        how_often, who = voice.text(method.frequency), voice.text(method.responsible)
        facts.append(voice.say("hypotheses.routine", how_often=how_often, who=who))
    target = results.values.get(f"benefit.{benefit.id}.target")
    if target is None or benefit.target is None:
        facts.append(voice.say("hypotheses.no_target"))
    else:
        facts.append(voice.say("hypotheses.target", target=target, date=benefit.target.date))
    if benefit.early_indicator is not None:
        facts.append(voice.say("hypotheses.early", early=benefit.early_indicator))
    facts += [voice.say("hypotheses.precondition", words=words) for words in benefit.preconditions]
    if benefit.realisation is not None and benefit.realisation.use is not None:
        facts.append(voice.say("hypotheses.use", use=benefit.realisation.use))
    if benefit.notes is not None:
        facts.append(voice.say("hypotheses.notes", notes=benefit.notes))
    return facts


def _baseline(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    baseline = benefit.baseline
    if baseline is None:
        return voice.say("baseline.none")
    if baseline.state == "not_possible":
        return voice.say("baseline.not_possible", reason=voice.text(baseline.reason), opens=voice.text(baseline.opens))
    value = results.values.get(f"benefit.{benefit.id}.baseline")
    cannot = refused(benefit, results, voice)
    if cannot is not None and value is None:
        return cannot
    if baseline.state == "planned" or value is None:
        return voice.say("baseline.planned")
    source = voice.text(baseline.source)
    if baseline.state == "estimated":
        return voice.say("baseline.estimated", value=voice.interval(value), source=source)
    if baseline.period is None:
        return voice.say("baseline.measured.no_period", value=voice.interval(value), source=source)
    start, end = baseline.period.start, baseline.period.end
    n = results.values.get(f"benefit.{benefit.id}.baseline.n")
    if start == end:
        key = "baseline.measured.one_day" if n is not None else "baseline.measured.one_day.no_n"
    else:
        key = "baseline.measured" if n is not None else "baseline.measured.no_n"
    return voice.say(key, value=voice.interval(value), source=source, start=start, end=end, n=n or "")
