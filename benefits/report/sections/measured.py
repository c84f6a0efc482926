"""The section on what was measured: expected, measured and realised apart, each estimate with its checks in words."""

from __future__ import annotations

from datetime import date
from string import ascii_uppercase

from markupsafe import Markup

from benefits.measurement import Check, Estimate
from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Bullets, Figure, Paragraph, Section, Subheading, Table
from benefits.report.figures import Line, Mark, intervals, over_time
from benefits.report.names import benefit_name
from benefits.report.sections.area_variation import area_variation
from benefits.report.sections.benefits import method_name
from benefits.report.sections.check_list import check_list
from benefits.report.sections.control_charts import control_charts
from benefits.report.sections.data_quality import fates
from benefits.report.sections.smallest import too_small
from benefits.report.voice import Voice
from benefits.results import PublishedSeries, Results, Value
from benefits.results.estimate_values import NUMBERED
from benefits.vocabulary import Group, words


def measured(results: Results, voice: Voice) -> Section:
    """Three columns that are never added, then each measured effect, its figure, and what to make of it."""
    blocks: list[Block] = [_three_columns(results, voice)] if results.project.benefits else []
    for estimate in results.estimates:
        blocks += _estimate(estimate, results, voice)
    for benefit_id, refusal in results.refusals:
        blocks.append(Subheading(benefit_name(benefit_id, results, voice)))
        # A method of another package has no entries here: its codes are shown as they are.
        known = f"refusal.{refusal.code}" in voice.catalogue
        reason = voice.say(f"refusal.{refusal.code}") if known else voice.text(refusal.code)
        method, opens = method_name(refusal.method, voice), refusal.what_would_open_it
        blocks.append(Paragraph(voice.say("measured.refused", method=method, reason=reason), tone="missing"))
        if f"opens.{opens}" in voice.catalogue:
            blocks.append(Paragraph(voice.say(f"opens.{opens}")))
    if not results.estimates and not results.refusals:
        blocks.append(Paragraph(voice.say("measured.nothing"), tone="missing"))
    for series in results.series:
        blocks += _series(series, results, voice)
    return Section(id="measured", heading=voice.say("measured.heading"), blocks=tuple(blocks))


def _three_columns(results: Results, voice: Voice) -> Table:
    rows = []
    for benefit in results.project.benefits:
        estimate = results.estimate(benefit.id)
        effect = results.values.get(f"estimate.{benefit.id}.{estimate.method}.effect") if estimate else None
        found = voice.interval(effect) if effect else _reported(benefit, results, voice)
        rows.append((voice.text(benefit.title), _expected(benefit, results, voice), found, _realised(benefit, voice)))
    header = tuple(voice.say(f"measured.column.{name}") for name in ("benefit", "expected", "measured", "realised"))
    return Table(
        caption=voice.say("measured.caption"), header=header, rows=tuple(rows), note=voice.say("measured.note")
    )


def _expected(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    target = results.values.get(f"benefit.{benefit.id}.target")
    if target is None or benefit.target is None:
        return voice.say("blank")
    return voice.say("measured.target", target=target, date=benefit.target.date)


def _reported(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    if not benefit.measurements:
        return voice.say("measured.not_yet")
    at = max(range(len(benefit.measurements)), key=lambda place: benefit.measurements[place].date)
    value, latest = results.values.get(f"benefit.{benefit.id}.measurement.{at}"), benefit.measurements[at]
    grade, source = voice.word("grade", latest.grade), voice.text(latest.source)
    return voice.say("measured.reported", value=voice.interval(value), date=latest.date, grade=grade, source=source)


def _realised(benefit: Benefit, voice: Voice) -> Markup:
    if benefit.status != "realised" or benefit.realisation is None:
        return voice.say("measured.not_realised")
    return voice.say("measured.realised", documentation=voice.text(benefit.realisation.documentation))


def _estimate(estimate: Estimate, results: Results, voice: Voice) -> list[Block]:
    prefix = f"estimate.{estimate.benefit}.{estimate.method}"
    values = results.values
    naive = [other for other in results.compared if other.benefit == estimate.benefit]
    words = {
        "method": method_name(estimate.method, voice),
        "effect": voice.interval(values[f"{prefix}.effect"]),
        "grade": voice.word("grade", estimate.grade),
        "observed": values[f"{prefix}.observed"],
        "counterfactual": values[f"{prefix}.counterfactual"],
    }
    blocks: list[Block] = [
        Subheading(benefit_name(estimate.benefit, results, voice)),
        Paragraph(voice.say("measured.effect", **words)),
    ]
    ratio = values.get(f"{prefix}.ratio")
    if ratio is not None:
        blocks.append(Paragraph(voice.say("measured.ratio", ratio=voice.interval(ratio))))
    blocks += too_small(estimate.benefit, results, voice)
    blocks += _fates(estimate, results, voice)
    blocks += [_naive(other, results, voice) for other in naive]
    blocks.append(_comparison_figure(estimate, naive, results, voice))
    for one in (estimate, *naive):
        blocks += _details(one, results, voice)
        blocks.append(Paragraph(voice.say("measured.checks", method=method_name(one.method, voice))))
        blocks += check_list(((check.passed, _check(one, check, results, voice)) for check in one.checks), voice)
    return blocks


def _fates(estimate: Estimate, results: Results, voice: Voice) -> list[Block]:
    found = next(one for one in results.project.benefits if one.id == estimate.benefit)
    return fates(found, results, voice)


def _naive(estimate: Estimate, results: Results, voice: Voice) -> Paragraph:
    prefix = f"estimate.{estimate.benefit}.{estimate.method}"
    effect = voice.interval(results.values[f"{prefix}.effect"])
    drop = results.values.get(f"{prefix}.check.regression_to_the_mean.expected_drop")
    words = {"method": method_name(estimate.method, voice), "effect": effect}
    warned = any(check.code == "regression_to_the_mean" and check.passed is False for check in estimate.checks)
    if warned and drop is not None:
        return Paragraph(voice.say("measured.naive.warned_with_size", drop=drop, **words), tone="warning")
    if warned and not estimate.chosen_in_a_bad_period:
        key = "measured.naive.after_a_dip" if estimate.effect > 0 else "measured.naive.after_a_peak"
        return Paragraph(voice.say(key, **words), tone="warning")
    return Paragraph(voice.say("measured.naive.warned" if warned else "measured.naive", **words), tone="warning")


def _comparison_figure(estimate: Estimate, naive: list[Estimate], results: Results, voice: Voice) -> Figure:
    rows: list[tuple[str, Value]] = []
    for one, key in [(estimate, "measured.figure.used"), *((other, "measured.figure.not_used") for other in naive)]:
        label = voice.catalogue.text(key, method=method_name(one.method, voice).striptags())
        rows.append((label, results.values[f"estimate.{one.benefit}.{one.method}.effect"]))
    unit = voice.catalogue.text(f"axis.{rows[0][1].unit}", count=2)
    axis = voice.catalogue.text("measured.figure.axis", unit=voice.catalogue.text(f"per.{rows[0][1].per}", amount=unit))
    listed = "; ".join(f"{label}: {voice.plain_interval(value)}" for label, value in rows)
    title = voice.plain_text(next(one.title for one in results.project.benefits if one.id == estimate.benefit))
    return Figure(
        png=intervals(rows, axis=axis, numbers=voice.numbers, quiet=range(1, len(rows))),
        caption=voice.say("measured.figure.caption", benefit=benefit_name(estimate.benefit, results, voice)),
        alternative=voice.catalogue.text("measured.figure.alternative", benefit=title, listed=listed),
        values=tuple(value for _, value in rows),
    )


def _details(estimate: Estimate, results: Results, voice: Voice) -> list[Table]:
    """The further figures of a method; one of another package has no words here, and its codes are shown."""
    if not estimate.details:
        return []
    prefix = f"estimate.{estimate.benefit}.{estimate.method}.detail."
    rows = tuple(
        (_detail(code, prefix, results, voice), voice.interval(results.values[prefix + code]))
        for code in estimate.details
    )
    header = (voice.say("measured.details.what"), voice.say("measured.details.figure"))
    caption = voice.say("measured.details.caption", method=method_name(estimate.method, voice))
    return [Table(caption=caption, header=header, rows=rows)]


def _detail(code: str, prefix: str, results: Results, voice: Voice) -> Markup:
    numbered, words, of = NUMBERED.fullmatch(code), {}, code
    if numbered is not None and f"detail.{numbered[1]}" in voice.catalogue:
        of, words = numbered[1], {"number": voice.number(results.values[f"{prefix}{code}.number"])}
    return voice.say(f"detail.{of}", **words) if f"detail.{of}" in voice.catalogue else voice.text(code)


def _check(estimate: Estimate, check: Check, results: Results, voice: Voice) -> Markup:
    state = {True: "passed", False: "failed", None: "unknown"}[check.passed]
    prefix = f"estimate.{estimate.benefit}.{estimate.method}.check.{check.code}."
    words = {
        name: _number(name, results.values[prefix + name], voice)
        if prefix + name in results.values
        else _parameter(name, str(value), voice)
        for name, value in check.parameters.items()
    }
    key = f"check.{check.code}.{state}"
    if state == "failed" and check.code == "regression_to_the_mean" and "expected_drop" in words:
        key += ".sized"
    return voice.say(key, **words) if key in voice.catalogue else voice.text(check.code)


def _number(name: str, value: Value, voice: Voice) -> Value | Markup:
    """The ends of an interval stand beside the effect they are of, which has said the unit."""
    return voice.number(value) if name in {"rate_low", "rate_high"} else value


def _parameter(name: str, value: str, voice: Voice) -> Markup:
    return voice.month(date.fromisoformat(f"{value}-01")) if name == "month" else voice.text(value)


def _series(series: PublishedSeries, results: Results, voice: Voice) -> list[Block]:
    source = next(one for one in results.project.data if one.id == series.data)
    title = voice.text(source.title if source.title is not None else source.id)
    if series.step is None:
        return [Paragraph(voice.say("series.hidden", title=title), tone="missing")]
    if series.areas:
        varying = area_variation(series, results, voice)
        return [_areas(series, title, results, voice), *_pooled(series, results, voice), *varying]
    present = {point.group for point in series.points}
    groups = [group for group in words(Group) if group in present]
    lines = [
        Line(
            voice.catalogue.text(f"group.{group}"),
            tuple((one.period, results.values[one.id]) for one in series.points if one.group == group),
        )
        for group in groups
    ]
    marks, named = _marks(series, results, voice)
    value = results.values[series.points[0].id]
    unit = voice.catalogue.text(f"axis.{value.unit}", count=2)
    axis = voice.catalogue.text(f"per.{value.per}", amount=unit) if value.per != "none" else unit
    ends = tuple(points[place][1] for points in (line.points for line in lines) for place in (0, -1))
    listed = "; ".join(
        voice.catalogue.text(
            "series.ends",
            group=line.label,
            first=voice.plain_interval(line.points[0][1]),
            last=voice.plain_interval(line.points[-1][1]),
        )
        for line in lines
    )
    figure = Figure(
        png=over_time(lines, axis=axis, numbers=voice.numbers, marks=marks),
        caption=voice.say(
            "series.caption" if named else "series.caption.no_marks",
            title=title,
            step=voice.word("step", series.step),
            marks=Markup("; ").join(named),
        ),
        alternative=voice.catalogue.text("series.alternative", title=title.striptags(), listed=listed),
        values=ends,
    )
    return [Subheading(title), figure, *control_charts(series.data, title, marks, results, voice)]


def _marks(series: PublishedSeries, results: Results, voice: Voice) -> tuple[list[Mark], list[Markup]]:
    """Lettered lines at go-live and at other events within the series, and what each letter stands for."""
    first = min(point.period for point in series.points)
    dated = [(event.date, voice.text(event.title)) for event in results.project.events]
    if results.project.go_live is not None:
        dated.append((results.project.go_live, voice.say("series.go_live")))
    within = sorted((day, what) for day, what in dated if first <= day <= results.as_of)
    lettered = list(zip(ascii_uppercase, within, strict=False))
    marks = [Mark(day, letter) for letter, (day, _) in lettered]
    return marks, [voice.say("series.mark", letter=letter, what=what) for letter, (_, what) in lettered]


def _pooled(series: PublishedSeries, results: Results, voice: Voice) -> list[Block]:
    """Say which areas are shown together, and that a number is hidden with another where it is."""
    pools = [point for point in series.points if point.members]
    points = [
        voice.say("areas.pooled", pool=voice.text(one.group), members=voice.listed(map(voice.text, one.members)))
        for one in pools
    ]
    said: list[Block] = [Paragraph(voice.say("areas.pooled.why")), Bullets(tuple(points))] if points else []
    if any(results.values[point.id].suppressed for point in series.points):
        said.append(Paragraph(voice.say("areas.hidden")))
    return said


def _areas(series: PublishedSeries, title: Markup, results: Results, voice: Voice) -> Table:
    rows = tuple(
        (
            voice.text(point.group),
            voice.number(results.values[f"{point.id}.count"]),
            voice.number(results.values[f"{point.id}.exposure"]),
            voice.short_interval(results.values[point.id]),
        )
        for point in series.points
    )
    source = next(one for one in results.project.data if one.id == series.data)
    told = [results.values[point.id] for point in series.points]
    value = next((one for one in told if not one.suppressed), told[0])
    rate = voice.say(f"per.{value.per}", amount=voice.say("areas.rate.word"))
    header = (
        voice.say("areas.area"),
        voice.say("areas.count", unit=voice.say(f"axis.{value.unit}", count=2)),
        voice.say("areas.inhabitants" if value.per == "ten_thousand_inhabitants" else "areas.exposure"),
        rate if value.low is None else voice.say("areas.rate", rate=rate),
    )
    note = voice.say("areas.note", source=voice.text(source.source))
    return Table(caption=title, header=header, rows=rows, numeric=frozenset({1, 2, 3}), note=note)
