"""Early indicators: what the ledger of the service was to show by a date, and whether it does."""

from __future__ import annotations

from markupsafe import Markup

from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Paragraph
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.service.early_signs import CEILINGS, EarlySign

OTHERWISE = frozenset({"reached", "under_way", "late", "slipped", "behind"})
"""States a ceiling has other words for."""


def early(benefit: Benefit, results: Results, voice: Voice) -> list[Block]:
    """Say in one sentence where the early indicator of a benefit stands; nothing when it has none."""
    sign = results.service_use.sign(benefit.id) if results.service_use is not None else None
    if sign is None:
        text = benefit.early_indicator
        return [Paragraph(voice.say("early.no_level", text=text))] if text is not None else []
    words = {"measure": _measure(benefit, sign, voice), "level": _level(sign, results, voice)}
    now = _now(sign, results, voice)
    if now is None:
        return [Paragraph(voice.say("early.line.no_number", state=_state(sign, voice), **words))]
    return [Paragraph(voice.say("early.line", now=now, state=_state(sign, voice), **words))]


def _measure(benefit: Benefit, sign: EarlySign, voice: Voice) -> Markup:
    word = voice.word("ledger_measure", sign.measure)
    return word if benefit.early_indicator is None else voice.text(benefit.early_indicator)


def _level(sign: EarlySign, results: Results, voice: Voice) -> Markup:
    target = voice.number(results.values[f"early.{sign.benefit}.target"])
    ceiling = sign.measure in CEILINGS
    return voice.say("early.level.ceiling" if ceiling else "early.level.floor", target=target, due=sign.due)


def _now(sign: EarlySign, results: Results, voice: Voice) -> Markup | None:
    value = results.values.get(f"early.{sign.benefit}.now")
    if value is None or value.value is None or sign.known_on is None:
        return None
    return voice.say("early.now", now=voice.short_interval(value), date=sign.known_on)


def _state(sign: EarlySign, voice: Voice) -> Markup:
    otherwise = sign.measure in CEILINGS and sign.state in OTHERWISE
    return voice.say(f"early.state.{sign.state}.ceiling" if otherwise else f"early.state.{sign.state}")
