"""What the project brought that no benefit foresaw: good or bad, of one benefit or of the whole project."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.model import UnexpectedEffect
from benefits.report.blocks import Block, Bullets, Paragraph, Section
from benefits.report.names import actor_name
from benefits.report.voice import Voice
from benefits.results import Results


def unexpected(results: Results, voice: Voice) -> Section:
    """Those of the whole project; nothing where each stands with its benefit, a sentence where none is known."""
    known = _known(results)
    followed = {one.benefit for one in results.follow_up.verdicts}
    own = [one for one in known if one.benefit not in followed]
    blocks: tuple[Block, ...] = ()
    if own:
        blocks = (Bullets(tuple(_said(one, results, voice) for one in own)),)
    elif not known:
        blocks = (Paragraph(voice.say("unexpected.none")),)
    return Section(id="unexpected", heading=voice.say("unexpected.heading"), blocks=blocks)


def of_benefit(id: str, results: Results, voice: Voice) -> Iterator[Markup]:
    """Say each that belongs to a benefit."""
    return (_said(one, results, voice) for one in _known(results) if one.benefit == id)


def _known(results: Results) -> list[UnexpectedEffect]:
    known = (one for one in results.project.unexpected_effects if one.date <= results.as_of)
    return sorted(known, key=lambda one: one.date)


def _said(one: UnexpectedEffect, results: Results, voice: Voice) -> Markup:
    what = voice.say("unexpected.harmful" if one.harmful else "unexpected.good", date=one.date, title=one.title)
    said = [what]
    if one.actor is not None:
        said.append(voice.say("unexpected.actor", actor=actor_name(one.actor, results, voice)))
    if one.response is not None:
        said.append(voice.say("unexpected.response", response=one.response))
    elif one.harmful:
        said.append(voice.say("unexpected.no_response"))
    return Markup(" ").join(said)
