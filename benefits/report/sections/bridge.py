"""From what was planned to what was measured, by cause: the two ends in columns of their own, and the steps between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from benefits.report.blocks import Block, Figure, Paragraph, Section, Subheading, Table
from benefits.report.names import benefit_name
from benefits.report.voice import Voice
from benefits.report.waterfall_figure import WaterfallBar, waterfall
from benefits.results import Results
from benefits.results.comparison.shapley import CITATION
from benefits.results.plan_bridge import PlanBridge, Steps
from benefits.results.service.use import UsedTime


def bridge(results: Results, voice: Voice) -> Section:
    """Take what lies between plan and measurement apart; nothing at all where nothing is measured."""
    blocks: list[Block] = []
    made = [one for one in results.plan_bridges if one.quantity is not None]
    if results.plan_bridges:
        blocks.append(Paragraph(voice.say("bridge.intro")))
    if made:
        blocks += _plan(made[0], voice)
    for one in results.plan_bridges:
        blocks += _benefit(one, results, voice)
    if made:
        blocks.append(Paragraph(voice.say("bridge.not_realised")))
        blocks.append(Paragraph(voice.say("bridge.shared", citation=voice.text(CITATION))))
    return Section(id="bridge", heading=voice.say("bridge.heading"), blocks=tuple(blocks))


def bridge_in_short(results: Results, voice: Voice) -> Section:
    """Take the events alone apart, in a table without a figure: for a follow-up, which is to be short."""
    blocks: list[Block] = []
    made = [one for one in results.plan_bridges if one.quantity is not None]
    if made:
        blocks += _plan(made[0], voice)
    for one in made:
        assert one.quantity is not None
        blocks.append(_table("quantity", one.quantity, one, results, voice))
        blocks.append(Paragraph(Markup(" ").join(_read_so(replace(one, cash=None), results, voice))))
    return Section(id="bridge", heading=voice.say("bridge.heading"), blocks=tuple(blocks))


def _plan(first: PlanBridge, voice: Voice) -> Iterator[Paragraph]:
    """Say which plan it starts from, and what of it could have been changed since."""
    if first.freeze is None:
        yield Paragraph(voice.say("bridge.plan.not_frozen"), tone="warning")
        return
    said = [voice.say("bridge.plan.frozen", date=first.freeze)]
    if first.not_frozen:
        lacking = voice.listed(voice.say(f"bridge.plan.lacks.{name}") for name in first.not_frozen)
        said.append(voice.say("bridge.plan.lacks", what=lacking))
    yield Paragraph(Markup(" ").join(said))


def _benefit(one: PlanBridge, results: Results, voice: Voice) -> Iterator[Block]:
    yield Subheading(benefit_name(one.benefit, results, voice))
    if one.quantity is None:
        yield Paragraph(voice.say(f"bridge.why.{one.reason}"), tone="missing")
        return
    for name, steps in (("quantity", one.quantity), ("cash", one.cash)):
        if steps is not None:
            yield _table(name, steps, one, results, voice)
            if name == "quantity":
                # The kroner take the same steps; the table has them.
                yield _figure(steps, one, results, voice)
    yield Paragraph(Markup(" ").join(_read_so(one, results, voice)))


def _table(name: str, steps: Steps, one: PlanBridge, results: Results, voice: Voice) -> Table:
    values, nothing = results.values, Markup("")
    start, end = values[steps.start], values[steps.end]
    rows = [
        (
            voice.say("bridge.start", grade=voice.word("grade", start.grade or "assumed")),
            voice.short_interval(start),
            nothing,
            nothing,
        ),
        *((voice.say(f"bridge.by.{cause}"), nothing, voice.short_interval(values[id]), nothing)
          for cause, id in steps.causes),
        (
            voice.say("bridge.end", grade=voice.word("grade", end.grade or "assumed")),
            nothing,
            nothing,
            voice.short_interval(end),
        ),
    ]  # fmt: skip
    counted = voice.say(f"axis.{start.unit}", count=2)
    words = {"last": one.last, "unit": counted, "benefit": benefit_name(one.benefit, results, voice)}
    if name == "cash":
        words["price_year"] = voice.year(start.price_year)
    return Table(
        caption=voice.say(f"bridge.caption.{name}", **words),
        header=tuple(voice.say(f"bridge.column.{column}") for column in ("line", "expected", "step", "measured")),
        rows=tuple(rows),
        numeric=frozenset({1, 2, 3}),
        note=voice.say("bridge.note", level=values["level"]),
    )


def _figure(steps: Steps, one: PlanBridge, results: Results, voice: Voice) -> Figure:
    values, catalogue = results.values, voice.catalogue
    ends = {"start": steps.start, "finish": steps.end}
    # A cause that moves nothing is in the table, and would be a row without a bar.
    moving = [(cause, values[id]) for cause, id in steps.causes if values[id].value or values[id].low is not None]
    causes = [(catalogue.text(f"bridge.figure.{cause}"), value, "") for cause, value in moving]
    first, last = ((catalogue.text(f"bridge.figure.{end}"), values[id], end) for end, id in ends.items())
    rows = [first, *causes, last]
    bars = [
        WaterfallBar(label=label, said=voice.plain(value, unit=False), value=value, end=end)
        for label, value, end in rows
    ]
    counted = catalogue.text(f"axis.{values[steps.start].unit}", count=2)
    axis = catalogue.text("bridge.figure.axis.quantity", unit=counted)
    listed = "; ".join(f"{label}: {voice.plain_interval(value)}" for label, value, _ in rows)
    title = benefit_name(one.benefit, results, voice).striptags()
    return Figure(
        png=waterfall(bars, axis=axis, numbers=voice.numbers),
        caption=voice.say("bridge.figure.caption", level=values["level"]),
        alternative=catalogue.text("bridge.figure.alternative", benefit=title, listed=listed),
        values=tuple(value for _, value, _ in rows),
    )


def _read_so(one: PlanBridge, results: Results, voice: Voice) -> Iterator[Markup]:
    """Say how the steps are to be read, and what cannot be told apart."""
    if one.together:
        yield voice.say("bridge.together")
    else:
        yield voice.say("bridge.uptake")
    used = _used(one, results)
    if used is not None:
        measured, of_service = results.values[one.time], results.values[f"{used.prefix}.patient_months"]
        yield voice.say("bridge.time", measured=measured, used=of_service)
    yield voice.say("bridge.ramp")
    assert one.quantity is not None
    effect = results.values[dict(one.quantity.causes)["effect"]]
    if effect.holds_no_effect:
        yield voice.say("bridge.effect_uncertain")
    price = dict(one.cash.causes).get("price") if one.cash is not None else None
    if price is not None and not results.values[price].value:
        yield voice.say("bridge.price_still")


def _used(one: PlanBridge, results: Results) -> UsedTime | None:
    """What the ledger says was used in the same year, where it is one."""
    times = results.service_use.times if results.service_use is not None else ()
    return next((used for used in times if one.years == (used.year,) and used.end == one.last), None)
