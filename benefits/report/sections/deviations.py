"""The section on what differs from the frozen plan: each difference with what stood there and what stands there now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from benefits.project.fields import Text
from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.names import benefit, benefit_name
from benefits.report.sections.benefits import method_name
from benefits.report.sections.standing import held_to
from benefits.report.voice import Voice
from benefits.results import Deviation, Results

DATES = ("go_live", "target.date")
SIDES = ("old", "new")


def deviations(results: Results, voice: Voice) -> Section:
    """Say what the plan is held to, and every difference from it."""
    frozen, found = results.follow_up.freeze, results.follow_up.deviations
    blocks: list[Block] = [held_to(results, voice)]
    start = results.project.go_live
    if frozen is not None and start is not None and start < frozen.as_of:
        blocks.append(Paragraph(voice.say("deviation.late", date=frozen.as_of, start=start), tone="warning"))
    if found:
        header = tuple(voice.say(f"deviation.column.{name}") for name in ("benefit", "what", "old", "new"))
        rows = tuple(
            (
                _name(one, results, voice),
                voice.say(f"deviation.what.{one.code}"),
                *(_side(one, side, results, voice) for side in SIDES),
            )
            for one in found
        )
        blocks.append(Table(caption=voice.say("deviation.caption"), header=header, rows=rows))
        blocks.append(Paragraph(voice.say("deviation.note")))
    return Section(id="deviations", heading=voice.say("deviation.heading"), blocks=tuple(blocks))


def _name(one: Deviation, results: Results, voice: Voice) -> Markup:
    if not one.benefit:
        return voice.say("deviation.project")
    found = benefit(one.benefit, results)
    if found is not None:
        return voice.text(found.title)
    return _text(one.old, voice)


def _side(one: Deviation, side: str, results: Results, voice: Voice) -> Markup:
    value = results.values.get(f"{one.id}.{side}")
    if value is not None:
        return voice.quantity(value)
    held = one.old if side == "old" else one.new
    part, _, key = one.code.partition(".")
    if key in {"added", "removed"}:
        there = (key == "added") == (side == "new")
        return voice.say("deviation.there") if there else voice.say("nothing")
    if held is None:
        return voice.say("nothing")
    if one.code == "main_indicator":
        return benefit_name(str(held), results, voice)
    if one.code in DATES:
        return voice.day(date.fromisoformat(held))
    if one.code == "target.ramp":
        return _ramp(one, side, held, results, voice)
    if part == "method":
        return _method(one, held, voice)
    return _other(one.code, held, voice)


def _ramp(one: Deviation, side: str, held: Mapping[str, float], results: Results, voice: Voice) -> Markup:
    years = [
        voice.say("deviation.year", year=voice.year(int(year)), share=results.values[f"{one.id}.{year}.{side}"])
        for year in sorted(held)
    ]
    return Markup("; ").join(years)


def _method(one: Deviation, held: Any, voice: Voice) -> Markup:
    if one.code == "method.options":
        name = voice.text(one.option)
        given = _flag(held, voice) if isinstance(held, bool) else voice.text(str(held))
        return voice.say("deviation.option", option=name, value=given)
    if one.code == "method.id":
        return method_name(str(held), voice)
    return _text(held, voice)


def _other(code: str, held: Any, voice: Voice) -> Markup:
    if isinstance(held, bool):
        return _flag(held, voice)
    if code == "baseline.state":
        return voice.word("baseline_state", held)
    if code == "baseline.period":
        first, last = date.fromisoformat(held["start"]), date.fromisoformat(held["end"])
        return voice.say("deviation.period", first=first, last=last)
    if code == "baseline.selection":
        return _text(held.get("rule"), voice)
    if code == "indicator.unit":
        return voice.say(f"axis.{held}", count=2)
    if code == "indicator.per":
        return voice.say(f"per.{held}", amount=voice.say("deviation.amount"))
    return voice.word("direction", held) if code == "indicator.direction" else _text(held, voice)


def _flag(held: bool, voice: Voice) -> Markup:
    return voice.say("deviation.yes" if held else "deviation.no")


def _text(held: Any, voice: Voice) -> Markup:
    """Say a text of the project file; one in several languages in that of the report, where it has it."""
    return voice.text(Text.model_validate(held) if isinstance(held, Mapping) else str(held))
