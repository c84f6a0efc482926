"""What is missing from a price: what concerns it in full, and how much else the plan lacks."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.errors import grouped
from benefits.report.blocks import Block, Bullets, Paragraph, Section
from benefits.report.gaps import group_words
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.price.gaps import concerns_price, price_gaps

MOST = 3
"""Gaps told on page one."""


def gaps(results: Results, voice: Voice) -> Section:
    """Everything that is missing from the price, heaviest first, and how many gaps of the plan do not concern it."""
    points = _points(results, voice)
    blocks: list[Block] = []
    if points:
        blocks += [Paragraph(voice.say("service_price.gaps.intro")), Bullets(points, numbered=True)]
    blocks += _beside(results, voice, none=not points)
    return Section(id="gaps", heading=voice.say("gaps.heading"), blocks=tuple(blocks))


def heaviest(results: Results, voice: Voice) -> Iterator[Block]:
    """Yield for page one what matters most of what is missing from the price."""
    points = _points(results, voice)
    if points:
        yield Bullets(points[:MOST], numbered=True)
    if len(points) > MOST:
        yield Paragraph(voice.say("first_page.more_gaps", count=results.values["count.price_gaps.of_price"]))
    else:
        yield from _beside(results, voice, none=not points)


def _points(results: Results, voice: Voice) -> tuple[Markup, ...]:
    project = results.project
    found = tuple(gap for gap in price_gaps(project, results.gaps) if concerns_price(project, gap))
    return tuple(group_words(group, results, voice) for group in grouped(found))


def _beside(results: Results, voice: Voice, *, none: bool) -> Iterator[Block]:
    beside = results.values["count.price_gaps.beside"]
    if none and not beside.value:
        yield Paragraph(voice.say("gaps.none"))
        return
    said = [voice.say("service_price.gaps.none")] if none else []
    if beside.value:
        said.append(voice.say("service_price.gaps.beside", count=beside))
    if said:
        yield Paragraph(Markup(" ").join(said))
