"""The section on what differs from the frozen plan: each difference with what stood there and what stands there now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from benefits.project.fields import Text
from benefits.project.freezing import WITHOUT
from benefits.project.frozen_valuation import VALUED
from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.names import benefit, benefit_name
from benefits.report.sections.method_names import method_name
from benefits.report.sections.standing import held_to, warnings
from benefits.report.voice import Voice
from benefits.results import Deviation, Results
from benefits.vocabulary import Language, words

DATES = ("go_live", "target.date", "baseline.until", f"{VALUED}.action_due")
SIDES = ("old", "new")
NUMBER = ("value", "low", "estimate", "likely", "mean", "high", "se", "reference", "evidence")
"""How a number is given, in the order it is told."""
SELECTION: Mapping[str, str] = {
    "window_months": "selection_window_months",
    "at_least": "selection_at_least",
    "population_rate": "population_rate",
    "population_dispersion": "population_dispersion",
}
"""Numbers of a rule of selection, and the options of methods that mean the same."""


def deviations(results: Results, voice: Voice) -> Section:
    """Say what the plan is held to, and every difference from it."""
    found = results.follow_up.deviations
    blocks: list[Block] = [held_to(results, voice, here=True)]
    blocks += warnings(results, voice)
    if found:
        header = tuple(voice.say(f"deviation.column.{name}") for name in ("benefit", "what", "old", "new"))
        rows = tuple(row(one, results, voice) for one in found)
        blocks.append(Table(caption=voice.say("deviation.caption"), header=header, rows=rows))
        blocks.append(Paragraph(voice.say("deviation.note")))
    return Section(id="deviations", heading=voice.say("deviation.heading"), blocks=tuple(blocks))


def row(one: Deviation, results: Results, voice: Voice) -> tuple[Markup, ...]:
    """Say whose plan differs, in what, what stood there, and what stands there now."""
    what = voice.say(f"deviation.what.{one.code}")
    return (_name(one, results, voice), what, *(_side(one, side, results, voice) for side in SIDES))


def _name(one: Deviation, results: Results, voice: Voice) -> Markup:
    if one.data:
        return _data(one.data, results, voice)
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
    key = one.code.partition(".")[2]
    if key in {"added", "removed"}:
        there = (key == "added") == (side == "new")
        return voice.say("deviation.there") if there else voice.say("nothing")
    if one.code == "method.options":
        return _option(one.option, held, voice)
    if held is None:
        return voice.say("nothing")
    if one.code == "main_indicator":
        return benefit_name(str(held), results, voice)
    if one.code in DATES:
        return voice.day(date.fromisoformat(held))
    if one.code == "target.ramp":
        return _ramp(one, side, held, results, voice)
    if _is_text(one.old) and _is_text(one.new):
        return _told_apart(one.old, one.new, side, voice)
    if one.code == "baseline.selection":
        return _selection(one, side, held, voice)
    if one.code == "method.id":
        return method_name(str(held), voice)
    if one.code in {"method.data", "baseline.data"}:
        return _data(str(held), results, voice)
    if one.code == "volume" or one.code in {f"{VALUED}.volume", f"{VALUED}.persistence"}:
        return Markup("; ").join(_of_year(year, held[year], voice) for year in sorted(held))
    if one.code == WITHOUT or one.code.startswith(f"{VALUED}."):
        return Markup("; ").join(_value(held[name], voice) for name in NUMBER if name in held)
    if one.data:
        return voice.text(_listed(held, voice))
    return _other(one.code, held, voice)


def _listed(held: Any, voice: Voice) -> str:
    """Say a rule of data as it is written in the project file: its keys and values, those that are blank left out."""
    if isinstance(held, Mapping):
        told = {key: one for key, one in held.items() if key != "used" and one not in (None, [], {})}
        return ", ".join(f"{key}: {_listed(one, voice)}" for key, one in told.items()) or voice.say("deviation.there")
    if isinstance(held, list):
        return "; ".join(_listed(one, voice) for one in held)
    return str(held)


def _of_year(year: str, held: float, voice: Voice) -> Markup:
    return voice.say("deviation.year", year=voice.year(int(year)), share=_value(held, voice))


def _ramp(one: Deviation, side: str, held: Mapping[str, float], results: Results, voice: Voice) -> Markup:
    years = [
        voice.say("deviation.year", year=voice.year(int(year)), share=results.values[f"{one.id}.{year}.{side}"])
        for year in sorted(held)
    ]
    return Markup("; ").join(years)


def _option(name: str, held: Any, voice: Voice) -> Markup:
    """Say an option of the method and its value in words; one of a method from elsewhere as it is written."""
    key = f"option.{name}"
    option = voice.say(key) if key in voice.catalogue else voice.text(name)
    return voice.say("deviation.option", option=option, value=_value(held, voice))


def _selection(one: Deviation, side: str, held: Mapping[str, Any], voice: Voice) -> Markup:
    """Say the rule patients came in by, and those of its numbers that differ."""
    old, new = one.old or {}, one.new or {}
    both = "rule" in old and "rule" in new
    rule = _told_apart(old["rule"], new["rule"], side, voice) if both else _text(held["rule"], voice)
    differing = [key for key in SELECTION if old.get(key) != new.get(key)]
    return Markup("; ").join([rule, *(_option(SELECTION[key], held.get(key), voice) for key in differing)])


def _data(id: str, results: Results, voice: Voice) -> Markup:
    title = next((one.title for one in results.project.data if one.id == id), None)
    return voice.text(title if title is not None else id)


def _value(held: Any, voice: Voice) -> Markup:
    if held is None:
        return voice.say("blank")
    if isinstance(held, bool):
        return _flag(held, voice)
    if isinstance(held, (int, float)):
        digits = len(repr(held).partition(".")[2]) if held % 1 else 0
        return voice.text(voice.numbers.decimal(held, digits=digits))
    key = f"option.value.{held}"
    return voice.say(key) if key in voice.catalogue else voice.text(str(held))


def _is_text(held: Any) -> bool:
    return isinstance(held, Mapping) and bool(held) and set(held) <= set(words(Language))


def _told_apart(old: Mapping[str, str], new: Mapping[str, str], side: str, voice: Voice) -> Markup:
    """Say one side of a changed text; in the project's first language where the report's shows no difference."""
    held = {"old": old, "new": new}
    shown = [Text.model_validate(one).in_language(voice.language, first=voice.first)[0] for one in (old, new)]
    if shown[0] == shown[1] and voice.first in held[side]:
        return _text({voice.first: held[side][voice.first]}, voice)
    return _text(held[side], voice)


def _days(held: list[Any], voice: Voice) -> Markup:
    """Say dates, or periods from a day to a day."""
    said = (_between(one, voice) if isinstance(one, Mapping) else voice.day(date.fromisoformat(one)) for one in held)
    return voice.listed(said)


def _between(held: Mapping[str, str], voice: Voice) -> Markup:
    first, last = date.fromisoformat(held["start"]), date.fromisoformat(held["end"])
    return voice.say("deviation.period", first=first, last=last)


def _other(code: str, held: Any, voice: Voice) -> Markup:
    if isinstance(held, (bool, int)):
        return _value(held, voice)
    if code == "baseline.state":
        return voice.word("baseline_state", held)
    if code == "baseline.period":
        return _between(held, voice)
    if code in {"method.verdict_dates", "abnormal_periods"}:
        return _days(held, voice)
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
