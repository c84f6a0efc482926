"""What a method found, in words: the effect with its grade, what it is not, its further figures and its checks."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from benefits.measurement import Check, Estimate
from benefits.report.blocks import Block, Figure, Paragraph, Table
from benefits.report.figures import intervals
from benefits.report.names import benefit_name
from benefits.report.sections.check_list import check_list
from benefits.report.sections.data_quality import fates
from benefits.report.sections.method_names import method_name
from benefits.report.sections.smallest import too_small
from benefits.report.voice import Voice
from benefits.results import Results, Value
from benefits.results.estimate_values import NUMBERED

FEW_DETAILS = 6
IN_ORDER_OTHERWISE = frozenset(
    {
        "regression_to_the_mean",
        "peak_before_start",
        "dip_before_start",
        "peak_beyond_trend",
        "dip_beyond_trend",
        "placebo_in_time",
        "placebo_start",
        "placebo_in_group",
        "missing_data",
    }
)
"""Checks named by what they look for, which is not there when they are in order."""


def in_full(estimate: Estimate, results: Results, voice: Voice) -> list[Block]:
    """Say what a method found, and everything a reader needs to judge it."""
    naive = _naive_beside(estimate, results)
    blocks: list[Block] = [Paragraph(effect(estimate, results, voice))]
    ratio = results.values.get(f"{_prefix(estimate)}.ratio")
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


def in_short(estimate: Estimate, results: Results, voice: Voice, *, effect_said: bool) -> list[Block]:
    """Say what a method found as a follow-up needs it: of checks in order, and of what is not used, only the names.

    Parameters
    ----------
    effect_said
        Whether the change and its grade have been told already, with the verdict.
    """
    values, prefix, naive = results.values, _prefix(estimate), _naive_beside(estimate, results)
    said = [_levels(estimate, results, voice) if effect_said else effect(estimate, results, voice)]
    if f"{prefix}.ratio" in values:
        said.append(voice.say("measured.ratio", ratio=voice.interval(values[f"{prefix}.ratio"])))
    blocks: list[Block] = [Paragraph(Markup(" ").join(said))]
    blocks += _fates(estimate, results, voice)
    for other in naive:
        against = [check.code for check in other.checks if check.passed is False]
        told = _naive(other, results, voice)
        words = [told.words]
        if against:
            words.append(voice.say("checked.against", checks=voice.listed(_amiss(code, voice) for code in against)))
        blocks.append(Paragraph(Markup(" ").join(words), tone=told.tone))
    if naive:
        blocks.append(_comparison_figure(estimate, naive, results, voice))
    blocks += _details_in_short(estimate, results, voice)
    doubtful = [check for check in estimate.checks if not check.passed]
    blocks += check_list(((check.passed, _check(estimate, check, results, voice)) for check in doubtful), voice)
    in_order = [check.code for check in estimate.checks if check.passed]
    if in_order:
        names = voice.listed(
            voice.say(f"checked.passed.{code}") if code in IN_ORDER_OTHERWISE else _name(code, voice)
            for code in in_order
        )
        blocks.append(Paragraph(voice.say("checked.in_order", checks=names)))
    return blocks


def effect(estimate: Estimate, results: Results, voice: Voice) -> Markup:
    """Say the effect with its interval and grade, and the two levels it is the difference of."""
    words = {
        "method": method_name(estimate.method, voice),
        "effect": voice.interval(results.values[f"{_prefix(estimate)}.effect"]),
        "grade": voice.word("grade", estimate.grade),
        **_two_levels(estimate, results),
    }
    return voice.say("measured.effect.before" if from_before(estimate) else "measured.effect", **words)


def from_before(estimate: Estimate) -> bool:
    """Whether it is a change from before the start, and nothing tells what would otherwise have happened."""
    return estimate.counterfactual == estimate.baseline


def _levels(estimate: Estimate, results: Results, voice: Voice) -> Markup:
    words = {"method": method_name(estimate.method, voice), **_two_levels(estimate, results)}
    return voice.say("measured.levels.before" if from_before(estimate) else "measured.levels", **words)


def _two_levels(estimate: Estimate, results: Results) -> dict[str, Value]:
    return {name: results.values[f"{_prefix(estimate)}.{name}"] for name in ("observed", "counterfactual")}


def _prefix(estimate: Estimate) -> str:
    return f"estimate.{estimate.benefit}.{estimate.method}"


def _naive_beside(estimate: Estimate, results: Results) -> list[Estimate]:
    return [other for other in results.compared if other.benefit == estimate.benefit]


def _name(code: str, voice: Voice) -> Markup:
    """Name a check in a few words; one of another package by its code."""
    return voice.say(f"checked.name.{code}") if f"checked.name.{code}" in voice.catalogue else voice.text(code)


def _amiss(code: str, voice: Voice) -> Markup:
    """Name what a check warns of: in words of what is amiss where its name tells what is in order."""
    key = f"advice.caveat.{code}"
    return voice.say(key) if key in voice.catalogue and code not in IN_ORDER_OTHERWISE else _name(code, voice)


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


def _details_in_short(estimate: Estimate, results: Results, voice: Voice) -> list[Block]:
    """A few further figures as a sentence; more of them as a table."""
    if len(estimate.details) > FEW_DETAILS:
        return list(_details(estimate, results, voice))
    prefix = f"{_prefix(estimate)}.detail."
    said = [
        voice.say(
            "measured.details.one",
            what=_detail(code, prefix, results, voice),
            figure=voice.interval(results.values[prefix + code]),
        )
        for code in estimate.details
    ]
    return [Paragraph(voice.say("measured.details.line", listed=Markup(". ").join(said)))] if said else []


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
