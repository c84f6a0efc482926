"""A gap in words: what is missing, and what that costs."""

from __future__ import annotations

from markupsafe import Markup

from benefits.errors import Gap, Parameter
from benefits.report.names import benefit_name
from benefits.report.voice import Voice
from benefits.results import Results


def group_words(group: tuple[Gap, ...], results: Results, voice: Voice) -> Markup:
    """Say what is missing for the first of a group, what that costs, and what else it holds for."""
    first = gap_words(group[0], results, voice)
    if len(group) == 1:
        return first
    others = voice.listed(
        voice.say("gap.other", subject=benefit_name(gap.subject, results, voice)) for gap in group[1:]
    )
    return voice.say("gap.also", first=first, others=others)


def gap_words(gap: Gap, results: Results, voice: Voice) -> Markup:
    """Say what is missing and what that costs."""
    words = _words(gap, results, voice)
    missing, costs = voice.say(f"gap.{gap.code}", **words), voice.say(f"gap.{gap.code}.cost", **words)
    return voice.say("gap.line", missing=missing, costs=costs)


def missing_words(gap: Gap, results: Results, voice: Voice) -> Markup:
    """Say what is, or was, missing; of a gap that this version has no words for, its code."""
    key, words = f"gap.{gap.code}", _words(gap, results, voice)
    known = key in voice.catalogue and voice.catalogue.placeholders(key) <= words.keys()
    return voice.say(f"gap.{gap.code}", **words) if known else voice.say("gaps.unknown", code=voice.text(gap.code))


def _words(gap: Gap, results: Results, voice: Voice) -> dict[str, Markup]:
    words = {name: _parameter(name, value, results, voice) for name, value in gap.parameters.items()}
    return words | {"subject": benefit_name(gap.subject, results, voice)}


def _parameter(name: str, value: Parameter, results: Results, voice: Voice) -> Markup:
    # ``name`` is the id of an assumption; a whole number is a year; anything else is said as the project wrote it.
    if name == "name":
        return benefit_name(str(value), results, voice)
    return voice.year(value) if isinstance(value, int) else voice.text(str(value))
