"""The name of a measurement method, as a reader sees it."""

from __future__ import annotations

from markupsafe import Markup

from benefits.measurement.checks.everyone_included import ONLY_ACTIVE
from benefits.report.voice import Voice


def method_name(id: str, voice: Voice) -> Markup:
    """Say a method's name; one that another package registers, by its id."""
    if id.endswith(ONLY_ACTIVE):
        return voice.say("measured.only_active", method=method_name(id.removesuffix(ONLY_ACTIVE), voice))
    key = f"design.{id}"
    return voice.say(key) if key in voice.catalogue else voice.text(id)
