"""Below a table of areas: how much their rates differ, and how much of it is more than chance."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph
from benefits.report.voice import Voice
from benefits.results import PublishedSeries, Results


def area_variation(series: PublishedSeries, results: Results, voice: Voice) -> Iterator[Block]:
    """Yield the measures of variation of one series of areas, and what they do not say."""
    if f"series.{series.data}.variation.cv" not in results.values:
        return
    yield Paragraph(voice.say("variation.heading"))
    yield Bullets(tuple(_lines(series, results, voice)))
    yield Paragraph(voice.say("variation.meaning"))


def _lines(series: PublishedSeries, results: Results, voice: Voice) -> Iterator[Markup]:
    prefix, values = f"series.{series.data}.variation", results.values
    quotient, middle = values.get(f"{prefix}.quotient"), values.get(f"{prefix}.quotient_5_95")
    if quotient is None:
        yield voice.say("variation.quotient.undefined")
    else:
        yield voice.say("variation.quotient", quotient=voice.number(quotient))
    if middle is not None:
        yield voice.say("variation.quotient.middle", quotient=voice.number(middle))
    yield voice.say("variation.cv", cv=voice.number(values[f"{prefix}.cv"]))
    linear, log = values.get(f"{prefix}.scv_linear"), values.get(f"{prefix}.scv_log")
    if linear is None:
        yield voice.say("variation.not_events")
        return
    if log is None:
        yield voice.say("variation.scv.linear_only", linear=voice.number(linear))
    else:
        yield voice.say("variation.scv", linear=voice.number(linear), log=voice.number(log))
    outside, units = values[f"{prefix}.outside"], voice.number(values[f"{prefix}.units"])
    coverage = voice.number(values[f"{prefix}.coverage"])
    if outside.value:
        names = voice.listed([voice.text(name) for name in series.outside])
        shown = voice.number(outside)
        yield voice.say("variation.outside", count=outside, shown=shown, units=units, coverage=coverage, names=names)
    else:
        yield voice.say("variation.none_outside", coverage=coverage)
    small = values[f"{prefix}.small"]
    if small.value:
        yield voice.say("variation.small", count=small, shown=voice.number(small))
