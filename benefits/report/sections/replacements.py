"""The section on what comes instead of avoided events: how much, at whom, and whether anybody has asked."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.economics.replacements import not_assessed
from benefits.project.benefit import Benefit
from benefits.project.gaps import replacement_assessed
from benefits.project.valuation import Replacement
from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.names import actor_name, benefit_name
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.replaced_values import ReplacedLine

NAMES = ("quantity", "hours", "kroner")


def replacements(results: Results, voice: Voice) -> Section:
    """A table per benefit of what comes instead, or that nobody has said; nothing where no event is valued."""
    heading = voice.say("replacements.heading")
    blocks: list[Block] = []
    for benefit, valuation in results.project.valued:
        if not replacement_assessed(benefit):
            blocks += _not_assessed(benefit, results, voice)
        elif valuation.replacements:
            blocks += _assessed(benefit, valuation.replacements, results, voice)
    if blocks:
        blocks.insert(0, Paragraph(voice.say("replacements.intro")))
    return Section(id="replacements", heading=heading, blocks=tuple(blocks))


def replacement_warning(results: Results, voice: Voice, *, actor: str = "") -> Iterator[Paragraph]:
    """Yield why what an actor is left with, or everybody, is not to be called a saving; nothing where it may be.

    Parameters
    ----------
    actor
        Id; empty for everybody.
    """
    lacking = not_assessed(results.project, results.flows, actor=actor)
    if lacking:
        named = voice.listed(benefit_name(one, results, voice) for one in lacking)
        yield Paragraph(voice.say("replacements.no_saving", benefits=named), tone="missing")


def _not_assessed(benefit: Benefit, results: Results, voice: Voice) -> Iterator[Paragraph]:
    """Yield that nobody has asked; of a benefit that brings kroner, what its net is not to be called for that."""
    assert benefit.valuation is not None
    key = "replacements.not_assessed" if benefit.valuation.replacement is None else "replacements.only_told"
    if benefit.id not in results.layer_parts.not_assessed:
        key += ".only"
    told = {} if benefit.valuation.replacement is None else {"what": voice.text(benefit.valuation.replacement)}
    yield Paragraph(voice.say(key, benefit=voice.text(benefit.title), **told), tone="missing")


def _assessed(
    benefit: Benefit, listed: tuple[Replacement, ...], results: Results, voice: Voice
) -> Iterator[Paragraph | Table]:
    lines = [one for one in results.layer_parts.replaced if one.benefit == benefit.id]
    if not lines:
        yield Paragraph(voice.say("replacements.no_events", benefit=voice.text(benefit.title)), tone="missing")
        return
    by_id = {one.id: one for one in listed}
    nothing = [one.id for one in listed if _is_nothing(f"replacement.{benefit.id}.{one.id}.per_event", results)]
    if len(nothing) == len(listed):
        yield Paragraph(voice.say("replacements.nothing", benefit=voice.text(benefit.title)))
        return
    places = [one.id for one in listed]
    shown = sorted(
        (one for one in lines if one.replacement not in nothing), key=lambda one: places.index(one.replacement)
    )
    names = [name for name in NAMES if any(name in one.names for one in shown)]
    rows = tuple(
        (
            *_who(by_id[line.replacement], benefit, results, voice),
            voice.word("basis", line.basis),
            *(_cell(line, name, results, voice) for name in names),
        )
        for line in shown
    )
    said = {"benefit": voice.text(benefit.title), "price_year": voice.year(results.project.price_year)}
    columns = ("what", "actor", "per_event", "basis", *names)
    yield Table(
        caption=voice.say("replacements.caption", **said),
        header=tuple(voice.say(f"replacements.column.{name}") for name in columns),
        rows=rows,
        numeric=frozenset(range(4, 4 + len(names))),
        note=voice.say("replacements.note", level=results.values["level"]),
    )
    if nothing:
        named = voice.listed(voice.text(by_id[one].title) for one in nothing)
        yield Paragraph(voice.say("replacements.zero", listed=named))


def _who(one: Replacement, benefit: Benefit, results: Results, voice: Voice) -> tuple[Markup, Markup, Markup]:
    per_event = voice.quantity(results.values[f"replacement.{benefit.id}.{one.id}.per_event"])
    actor = actor_name(one.actor, results, voice)
    if one.kind not in {"relatives", "other"}:
        actor = voice.say("replacements.at", actor=actor, kind=voice.word("replacement_kind", one.kind))
    return voice.text(one.title), actor, per_event


def _cell(line: ReplacedLine, name: str, results: Results, voice: Voice) -> Markup:
    if name not in line.names:
        return voice.say("replacements.no_number" if name == "quantity" else "blank")
    value = results.values[f"replaced.{line.basis}.{line.benefit}.{line.replacement}.{name}"]
    return voice.short_interval(value)


def _is_nothing(id: str, results: Results) -> bool:
    value = results.values.get(id)
    return value is not None and value.value == 0.0 and not value.high
