"""What avoided events are the product of: where rate and effect come from, and what is published on the same."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.economics.expected_rate import effect_of, rate_of
from benefits.economics.input import Input
from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Paragraph
from benefits.report.gaps import gap_words
from benefits.report.sections import references
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.expected_rates import WEIGHTS as OF_RATES
from benefits.results.measured_effects import WEIGHTS as OF_EFFECTS
from benefits.results.published_ranges import PublishedRange

REFUSED = frozenset(
    {
        "no_comparison_rate",
        "comparison_rate_not_alike",
        "no_adjusted_baseline",
        "no_raw_baseline",
        "raw_baseline_of_chosen",
        "no_measured_effect",
        "measured_effect_barred",
        "measured_effect_without_ratio",
    }
)
"""Gaps that say why no events are worked out."""
SAID_OTHERWISE = frozenset({"raw_baseline_used", "assumption_is_raw_baseline", "measured_effect_scaled"})
"""Gaps whose words stand in a sentence of their own here, with the number."""


def event_basis(benefit: Benefit, results: Results, voice: Voice) -> Iterator[Block]:
    """Yield where the rate and the effect of one benefit come from, why there are none, and what is published.

    Parameters
    ----------
    benefit
        With a valuation.
    results, voice
        As of a section.
    """
    assert benefit.valuation is not None
    rate, effect = rate_of(benefit, results.inputs), effect_of(benefit, results.inputs)
    if rate is not None and benefit.valuation.effect_scale == "ratio":
        yield from _rate(benefit, rate, results, voice)
    if effect is not None:
        yield Paragraph(_effect(effect, benefit.valuation.effect_scale == "ratio", results, voice))
    for gap in results.gaps:
        if gap.subject == benefit.id and gap.code in {*OF_RATES, *OF_EFFECTS} - SAID_OTHERWISE:
            yield Paragraph(gap_words(gap, results, voice), tone="warning")
    for one in results.published_ranges:
        if one.benefit == benefit.id:
            yield from _range(one, results, voice)


def _rate(benefit: Benefit, rate: Input, results: Results, voice: Voice) -> Iterator[Block]:
    told = {gap.code for gap in results.gaps if gap.subject == benefit.id}
    words = {"rate": voice.interval(results.values[f"assumption.{rate.name}"])}
    if "raw_baseline_used" in told and benefit.valuation is not None:
        because = voice.text(benefit.valuation.raw_baseline_because)
        yield Paragraph(voice.say("events.rate.raw_baseline.chosen", because=because, **words), tone="warning")
        return
    yield Paragraph(voice.say(f"events.rate.{rate.worked_out_from or 'assumption'}", **words))
    if "assumption_is_raw_baseline" in told:
        baseline = voice.interval(results.values[f"benefit.{benefit.id}.baseline"])
        yield Paragraph(voice.say("events.rate.is_raw_baseline", baseline=baseline, **words), tone="warning")


def _effect(effect: Input, ratio: bool, results: Results, voice: Voice) -> Markup:
    if effect.worked_out_from == "measured":
        kind = "measured"
    elif effect.mixed:
        kind = "mix"
    else:
        kind = "study" if effect.studies else "assumption"
    words = {"effect": voice.interval(results.values[f"assumption.{effect.name}"])}
    if ratio:
        words["effect"] = voice.say("events.effect.is_ratio", effect=words["effect"])
    if kind in {"study", "mix"}:
        # A mix has the sources of its studies after one another; own studies may have theirs in several languages.
        written = references.written(results.project)
        words["source"] = Markup("; ").join(voice.text(written.get(one, one)) for one in effect.source.split("; "))
    return voice.say(f"events.effect.{kind}", **words)


def _range(one: PublishedRange, results: Results, voice: Voice) -> Iterator[Block]:
    said = []
    if one.low:
        ends = {name: results.values[id] for name, id in (("low", one.low), ("high", one.high))}
        said.append(voice.say(f"events.range.{one.scale}", kind=voice.word("event_kind", one.kind), **ends))
        if one.converted:
            said.append(voice.say("events.range.converted"))
    else:
        said.append(voice.say("events.range.nothing", kind=voice.word("event_kind", one.kind)))
    group = results.project.patient_group
    if group is not None and group.conditions and one is results.published_ranges[0]:
        # The same of every benefit, told with the first.
        conditions = voice.listed(voice.word("condition", condition) for condition in group.conditions)
        said.append(voice.say("events.range.group", conditions=conditions))
    if one.in_words:
        studies = {study.id: study for study in results.evidence}
        found = []
        for id in one.in_words:
            title, finding = studies[id].titles, studies[id].finding
            if finding is not None:
                words = {"study": voice.text(title[voice.language]), "finding": voice.text(finding[voice.language])}
                found.append(voice.say("events.range.one_in_words", **words))
        said.append(voice.say("events.range.in_words", found=voice.listed(found)))
    yield Paragraph(Markup(" ").join(said), tone="plain" if one.chosen else "missing")
    for hope, id in one.above:
        yield Paragraph(voice.say(f"events.range.above.{hope}", hope=results.values[id]), tone="warning")
