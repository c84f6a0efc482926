"""A gap in words: what is missing, and what that costs."""

from __future__ import annotations

from markupsafe import Markup

from benefits.errors import Gap, Parameter
from benefits.report.names import benefit_name
from benefits.report.voice import Voice
from benefits.results import Results


def gap_words(gap: Gap, results: Results, voice: Voice) -> Markup:
    """Say what is missing and what that costs."""
    words = {name: _parameter(value, voice) for name, value in gap.parameters.items()}
    words["subject"] = benefit_name(gap.subject, results, voice)
    missing, costs = voice.say(f"gap.{gap.code}", **words), voice.say(f"gap.{gap.code}.cost", **words)
    return voice.say("gap.line", missing=missing, costs=costs)


def _parameter(value: Parameter, voice: Voice) -> Markup:
    # A whole number among the parameters of a gap is a year; anything else is said as the project wrote it.
    return voice.year(value) if isinstance(value, int) else voice.text(str(value))
