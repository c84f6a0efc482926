"""The section on what was measured: expected, measured and realised apart, each estimate with its checks in words."""

from __future__ import annotations

from benefits.measurement import Refusal
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import benefit_name
from benefits.report.sections.columns import expected, measured_change, realised
from benefits.report.sections.estimates import in_full, in_short
from benefits.report.sections.method_names import method_name
from benefits.report.sections.series import series_blocks
from benefits.report.voice import Voice
from benefits.results import Results


def measured(results: Results, voice: Voice) -> Section:
    """Three columns that are never added, then each measured effect, its figure, and what to make of it."""
    blocks: list[Block] = [_three_columns(results, voice)] if results.project.benefits else []
    for estimate in results.estimates:
        blocks += [Subheading(benefit_name(estimate.benefit, results, voice)), *in_full(estimate, results, voice)]
    for benefit_id, refusal in results.refusals:
        blocks += [Subheading(benefit_name(benefit_id, results, voice)), *refused(refusal, voice)]
    if not results.estimates and not results.refusals:
        blocks.append(Paragraph(voice.say("measured.nothing"), tone="missing"))
    for series in results.series:
        blocks += series_blocks(series, results, voice)
    return Section(id="measured", heading=voice.say("measured.heading"), blocks=tuple(blocks))


def measured_in_short(results: Results, voice: Voice) -> Section:
    """The three columns, then each effect with the checks that warn, and no measurements over time."""
    blocks: list[Block] = [_three_columns(results, voice)] if results.project.benefits else []
    for estimate in results.estimates:
        blocks.append(Subheading(benefit_name(estimate.benefit, results, voice)))
        blocks += in_short(estimate, results, voice, effect_said=False)
    for benefit_id, refusal in results.refusals:
        blocks += [Subheading(benefit_name(benefit_id, results, voice)), *refused(refusal, voice)]
    if not results.estimates and not results.refusals:
        blocks.append(Paragraph(voice.say("measured.nothing"), tone="missing"))
    else:
        blocks.append(Paragraph(voice.say("measured.in_follow_up")))
    return Section(id="measured", heading=voice.say("measured.heading"), blocks=tuple(blocks))


def refused(refusal: Refusal, voice: Voice) -> list[Block]:
    """Say why a method would not answer, and what would open it.

    A method of another package has no entries here: its codes are shown as they are.
    """
    known = f"refusal.{refusal.code}" in voice.catalogue
    reason = voice.say(f"refusal.{refusal.code}") if known else voice.text(refusal.code)
    method, opens = method_name(refusal.method, voice), refusal.what_would_open_it
    blocks: list[Block] = [
        Paragraph(voice.say("measured.refused", method=method, reason=reason), tone="missing"),
    ]
    if f"opens.{opens}" in voice.catalogue:
        blocks.append(Paragraph(voice.say(f"opens.{opens}")))
    return blocks


def _three_columns(results: Results, voice: Voice) -> Table:
    rows = tuple(
        (
            voice.text(one.title),
            expected(one, results, voice),
            measured_change(one, results, voice),
            realised(one, results, voice),
        )
        for one in results.project.benefits
    )
    header = tuple(voice.say(f"measured.column.{name}") for name in ("benefit", "expected", "measured", "realised"))
    return Table(caption=voice.say("measured.caption"), header=header, rows=rows, note=voice.say("measured.note"))
