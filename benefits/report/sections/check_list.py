"""The checks of a method as a reader needs them: what warns, what is uncertain, and last what is in order."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph
from benefits.report.voice import Voice


def check_list(said: Iterable[tuple[bool | None, Markup]], voice: Voice) -> list[Block]:
    """Return a point for each check that warns, then for each that is uncertain, and one paragraph of the others.

    Parameters
    ----------
    said
        Whether each check passed (None: it cannot be told), and its words.
    voice
        The language.
    """
    lines = list(said)
    points = [
        voice.say("check.line", state=voice.say(f"check.{state}"), words=words)
        for wanted, state in ((False, "failed"), (None, "unknown"))
        for passed, words in lines
        if passed is wanted
    ]
    in_order = Markup(" ").join(words for passed, words in lines if passed)
    blocks: list[Block] = [Bullets(tuple(points))] if points else []
    if in_order:
        blocks.append(Paragraph(voice.say("check.line", state=voice.say("check.passed"), words=in_order)))
    return blocks
