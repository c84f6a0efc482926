"""What was measured or reported of one gevinst outside the data, beside the baseline: a change, never an effect."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.benefit import Benefit, Measurement
from benefits.report.blocks import Block, Paragraph, Table
from benefits.report.voice import Voice
from benefits.results import Results, Value


def reported_values(benefit: Benefit, results: Results, voice: Voice) -> list[Block]:
    """Show every value known at the date of the report, latest last; nothing when there is none."""
    known = sorted(enumerate(benefit.measurements), key=lambda one: one[1].date)
    if not known or benefit.indicator is None:
        return []
    if len(known) == 1:
        return [Paragraph(_sentence(benefit, *known[0], results, voice)), *_corrections(benefit, results, voice)]
    header = tuple(voice.say(f"reported.column.{name}") for name in ("when", "value", "change", "n", "by", "source"))
    table = Table(
        caption=voice.say("reported.caption", benefit=benefit.title),
        header=header,
        rows=tuple(_row(benefit, at, one, results, voice) for at, one in known),
        numeric=frozenset({1, 2, 3}),
        note=_no_effect(benefit, known[-1][0], results, voice),
    )
    return [table, *_corrections(benefit, results, voice)]


def _row(benefit: Benefit, at: int, one: Measurement, results: Results, voice: Voice) -> tuple[Markup, ...]:
    id = f"benefit.{benefit.id}.measurement.{at}"
    return (
        _when(one, voice),
        voice.short_interval(results.values[id]),
        _change(benefit, results.values.get(f"{id}.change"), voice),
        voice.number(results.values.get(f"{id}.n")),
        _who(one, voice),
        _source(one, voice),
    )


def _sentence(benefit: Benefit, at: int, one: Measurement, results: Results, voice: Voice) -> Markup:
    """One value in words: who told it, of when, how far it is from the baseline, and that this is no effect."""
    id = f"benefit.{benefit.id}.measurement.{at}"
    words = {"value": voice.interval(results.values[id]), "when": _when(one, voice), "source": _source(one, voice)}
    said = [voice.say("reported.one", who=_who(one, voice), **words)]
    n, change = results.values.get(f"{id}.n"), results.values.get(f"{id}.change")
    if n is not None:
        said.append(voice.say("reported.one.n", n=voice.number(n)))
    if change is not None:
        said.append(voice.say("reported.one.change", change=_change(benefit, change, voice)))
    said.append(_no_effect(benefit, at, results, voice))
    return Markup(" ").join(said)


def _change(benefit: Benefit, change: Value | None, voice: Voice) -> Markup:
    """The change with its unit, and whether it is the way the plan wants."""
    if change is None:
        return voice.say("reported.change.unknown")
    if change.value is None:
        return voice.number(change)
    if change.value == 0:
        return voice.say("reported.change.none", change=voice.quantity(change))
    assert benefit.indicator is not None
    wanted = (change.value < 0) == (benefit.indicator.direction == "lower_is_better")
    return voice.say("reported.change.better" if wanted else "reported.change.worse", change=voice.quantity(change))


def _no_effect(benefit: Benefit, at: int, results: Results, voice: Voice) -> Markup:
    if f"benefit.{benefit.id}.measurement.{at}.change" not in results.values:
        return voice.say("reported.no_baseline")
    return voice.say("reported.no_effect")


def _when(one: Measurement, voice: Voice) -> Markup:
    if one.start is None or one.start == one.date:
        return voice.day(one.date)
    return voice.say("reported.period", first=one.start, last=one.date)


def _who(one: Measurement, voice: Voice) -> Markup:
    """Who told it, and whether it is vouched for; how well it is known, where nobody is named."""
    who = voice.text(one.by) if one.by is not None else voice.word("grade", one.grade)
    return voice.say("reported.confirmed", who=who) if one.confirmed else who


def _source(one: Measurement, voice: Voice) -> Markup:
    if one.comment is None:
        return voice.text(one.source)
    return voice.say("reported.source", source=one.source, comment=one.comment)


def _corrections(benefit: Benefit, results: Results, voice: Voice) -> Iterator[Block]:
    for at, one in enumerate(results.corrections):
        if one.benefit == benefit.id:
            before, after = (results.values[f"correction.{at}.{name}"] for name in ("before", "after"))
            words = {"when": _when(one.new, voice), "day": one.new.reported_on or one.new.date}
            yield Paragraph(voice.say("reported.corrected", before=before, after=after, **words))
