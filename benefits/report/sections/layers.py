"""The section on the three layers: what is freed in days and hours first, then kroner that leave a budget or do not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from benefits.economics.marginal import MARGINAL
from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import benefit_name
from benefits.report.sections.illustration import is_illustration
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.layer_values import LayerLine
from benefits.results.marginal_values import OWN, Preset

LAYERS = ("cash", "capacity", "not_avoided", "whole")
FREED = ("bed_days", "refilled", "hours")
"""What is freed as such: days in bed, of these filled again, and working time."""
PRESETS = ("short_run_supplies", "unexpected_admissions", "growth_funding_rule", "forecast_change", OWN)
"""Shares whose meaning is told; one a project adds to its own set of values has its title."""


def layers(results: Results, voice: Voice) -> Section:
    """The average cost of avoided events in three layers, with days and hours before kroner; never one sum of them."""
    heading = voice.say("layers.heading")
    found = [list(lines) for _, lines in groupby(results.layer_parts.lines, key=lambda one: one.benefit)]
    if not found:
        return Section(id="layers", heading=heading, blocks=(Paragraph(voice.say("layers.none"), tone="missing"),))
    blocks: list[Block] = [Paragraph(voice.say("layers.intro")), *_freed(found, results, voice)]
    for lines in found:
        benefit = next(one for one in results.project.benefits if one.id == lines[0].benefit)
        blocks += _kroner(benefit, lines, results, voice)
    blocks += [Subheading(voice.say("layers.presets")), Paragraph(voice.say("layers.presets.intro"))]
    blocks += [_presets(lines, results, voice) for lines in found]
    return Section(id="layers", heading=heading, blocks=tuple(blocks))


def _freed(found: list[list[LayerLine]], results: Results, voice: Voice) -> Iterator[Table]:
    """Yield a table of the days and hours that are freed, with how much of it is filled again."""
    shown = [(line, dict(_freed_ids(line, results))) for lines in found for line in lines]
    names = [name for name in FREED if any(name in ids for _, ids in shown)]
    if not names:
        return
    rows = tuple(
        (
            benefit_name(line.benefit, results, voice),
            voice.word("basis", line.basis),
            *(voice.short_interval(results.values[ids[name]]) if name in ids else voice.say("blank") for name in names),
        )
        for line, ids in shown
        if ids
    )
    yield Table(
        caption=voice.say("layers.freed.caption"),
        header=tuple(voice.say(f"layers.freed.column.{name}") for name in ("benefit", "basis", *names)),
        rows=rows,
        numeric=frozenset(range(2, 2 + len(names))),
        note=voice.say("layers.freed.note", level=results.values["level"]),
    )


def _freed_ids(line: LayerLine, results: Results) -> Iterator[tuple[str, str]]:
    for name, prefix, unit in (
        ("bed_days", "quantity", "bed_days"),
        ("refilled", "refilled", "bed_days"),
        ("hours", "quantity", "hours"),
    ):
        id = f"{prefix}.{line.basis}.{line.benefit}.{unit}"
        if id in results.values:
            yield name, id


def _kroner(benefit: Benefit, lines: list[LayerLine], results: Results, voice: Voice) -> Iterator[Block]:
    """Yield the layers of one benefit, what is expected and what was measured in columns of their own."""
    if is_illustration(benefit, results):
        yield Paragraph(voice.say("layers.illustration"), tone="warning")
    prefixes = [f"layer.{line.basis}.{benefit.id}." for line in lines]
    named = [name for name in (LAYERS[0], "by_action", *LAYERS[1:]) if _any(name, prefixes, results)]
    rows = tuple(
        (
            voice.say("layers.by_action") if name == "by_action" else voice.word("layer", name),
            *(voice.short_interval(results.values[prefix + name]) for prefix in prefixes),
            _meaning(name, prefixes[0], results, voice, refilled=_is_refilled(lines[0], results)),
        )
        for name in named
    )
    said = {"benefit": voice.text(benefit.title), "price_year": voice.year(results.project.price_year)}
    yield Table(
        caption=voice.say("layers.caption", **said),
        header=(
            voice.say("layers.column.layer"),
            *(voice.say(f"layers.column.{line.basis}") for line in lines),
            voice.say("layers.column.meaning"),
        ),
        rows=rows,
        numeric=frozenset(range(1, 1 + len(lines))),
        note=voice.say("layers.note", level=results.values["level"]),
    )
    yield from _conditions(benefit, lines[0], results, voice)


def _any(name: str, prefixes: list[str], results: Results) -> bool:
    return all(prefix + name in results.values for prefix in prefixes)


def _conditions(benefit: Benefit, line: LayerLine, results: Results, voice: Voice) -> Iterator[Paragraph]:
    """Yield what the cash depends on: the action, a share that is not counted, and beds that are filled again."""
    valuation = benefit.valuation
    assert valuation is not None
    stated = valuation.cash_by_action
    if stated is not None and line.by_action:
        yield Paragraph(
            voice.say(
                "layers.action",
                action=voice.text(stated.action),
                owner=voice.text(stated.owner),
                due=voice.day(stated.due),
            )
        )
    elif stated is not None and f"assumption.{stated.share}" in results.values:
        share = results.values[f"assumption.{stated.share}"]
        yield Paragraph(voice.say("layers.action.missing", share=voice.interval(share)), tone="missing")
    if any(one.chosen and not one.counted for one in line.presets):
        yield Paragraph(voice.say("layers.not_variable"), tone="warning")
    refill = results.values.get(f"assumption.{valuation.refill_share}")
    if refill is not None and line.refilled and not refill.value:
        yield Paragraph(voice.say("layers.refill.none"))
    elif refill is not None and line.refilled:
        yield Paragraph(voice.say("layers.refill", share=voice.interval(refill)))
    elif any(gap.code == "refill_not_stated" and gap.subject == benefit.id for gap in results.gaps):
        yield Paragraph(voice.say("layers.refill.missing"), tone="missing")


def _is_refilled(line: LayerLine, results: Results) -> bool:
    return any(results.values[f"refilled.{line.basis}.{line.benefit}.{unit}"].value for unit in line.refilled)


def _meaning(layer: str, prefix: str, results: Results, voice: Voice, *, refilled: bool) -> Markup:
    """What a layer means; what stays holds the staff where their share is not stated, and what is spent again."""
    if layer == "by_action":
        return voice.say("layers.by_action.meaning")
    no_staff = results.values[prefix + "capacity"].value is None
    if layer == "not_avoided" and no_staff:
        return voice.say("layer.not_avoided.meaning.no_staff")
    if layer == "not_avoided" and refilled:
        return voice.say("layers.not_avoided.refilled")
    return voice.say(f"layer.{layer}.meaning")


def _presets(lines: list[LayerLine], results: Results, voice: Voice) -> Table:
    """What the events of a benefit would give in cash under each share; a row each, and no sum."""
    by_basis = [{one.name: one for one in line.presets} for line in lines]
    rows = tuple(
        (
            _share(one, results, voice),
            _preset_meaning(one, results, voice),
            *(
                voice.short_interval(results.values[found[one.name].cash]) if one.name in found else voice.say("blank")
                for found in by_basis
            ),
            voice.text(results.values[one.share].source),
        )
        for one in lines[0].presets
    )
    said = {
        "benefit": benefit_name(lines[0].benefit, results, voice),
        "price_year": voice.year(results.project.price_year),
    }
    return Table(
        caption=voice.say("layers.presets.caption", **said),
        header=(
            voice.say("layers.presets.column.share"),
            voice.say("layers.presets.column.meaning"),
            *(voice.say(f"layers.column.{line.basis}") for line in lines),
            voice.say("layers.presets.column.source"),
        ),
        rows=rows,
        numeric=frozenset(range(2, 2 + len(lines))),
        note=voice.say("layers.presets.note"),
    )


def _share(one: Preset, results: Results, voice: Voice) -> Markup:
    share = voice.interval(results.values[one.share])
    return voice.say("layers.presets.chosen", share=share) if one.chosen else share


def _preset_meaning(one: Preset, results: Results, voice: Voice) -> Markup:
    if one.name in PRESETS:
        said = voice.say(f"layers.preset.{one.name}")
    else:
        newest = results.references.library.history(MARGINAL + one.name)[-1]
        said = voice.text(newest.titles[voice.language])
    if one.horizon is None:
        return said
    return voice.say("layers.preset.on_horizon", horizon=voice.word("horizon", one.horizon), meaning=said)
