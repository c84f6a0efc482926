"""The section on money: what the project costs, who finances it, and what the service costs."""

from __future__ import annotations

from markupsafe import Markup

from benefits.project.money import Cost
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name
from benefits.report.sections.price_parts import price_blocks
from benefits.report.voice import Voice
from benefits.results import Results, Value


def money(results: Results, voice: Voice) -> Section:
    """Costs by kind, financing per year and source, the running cost after the grant, and the service price."""
    blocks: list[Block] = []
    project = results.project
    if project.costs:
        header = tuple(voice.say(f"costs.column.{name}") for name in ("cost", "kind", "actor", "amount", "source"))
        rows = tuple(_cost(cost, results, voice) for cost in project.costs)
        blocks.append(Table(caption=voice.say("costs.caption"), header=header, rows=rows))
    else:
        blocks.append(Paragraph(voice.say("costs.none"), tone="missing"))
    blocks += [Subheading(voice.say("financing.heading")), *_financing(results, voice)]
    for priced in results.services:
        blocks += price_blocks(priced, results, voice, with_terms=True)
    return Section(id="money", heading=voice.say("money.heading"), blocks=tuple(blocks))


def _amount(value: Value | None, voice: Voice) -> Markup:
    return voice.number(value) if value is not None else voice.say("nothing")


def _cost(cost: Cost, results: Results, voice: Voice) -> tuple[Markup, ...]:
    value = results.values.get(f"cost.{cost.id}")
    unstated = voice.say("costs.of_service") if cost.service is not None else voice.say("blank")
    amount = voice.interval(value) if value is not None else unstated
    return (
        voice.text(cost.title),
        voice.word("cost_kind", cost.kind),
        actor_name(cost.actor, results, voice),
        amount,
        voice.text(cost.source),
    )


def _financing(results: Results, voice: Voice) -> list[Block]:
    financing = results.project.financing
    if financing is None or not financing.sources:
        return [Paragraph(voice.say("financing.none"), tone="missing")]
    years = sorted({year for source in financing.sources for year in source.amounts})
    names = ("title", "source", "payer", "receiver")
    header = (*(voice.say(f"financing.column.{name}") for name in names), *(voice.year(year) for year in years))
    rows = tuple(
        (
            voice.text(source.title if source.title is not None else source.id),
            voice.word("funding_source", source.source),
            actor_name(source.payer, results, voice),
            actor_name(source.receiver, results, voice),
            *(_amount(results.values.get(f"financing.{source.id}.{year}"), voice) for year in years),
        )
        for source in financing.sources
    )
    numeric = frozenset(range(len(names), len(names) + len(years)))
    blocks: list[Block] = [Table(caption=voice.say("financing.caption"), header=header, rows=rows, numeric=numeric)]
    after = financing.after_grant
    if after is None or after.actor is None:
        blocks.append(Paragraph(voice.say("financing.no_after_grant"), tone="missing"))
    else:
        words = {"actor": actor_name(after.actor, results, voice), "decision": voice.text(after.decision)}
        key = "financing.after_grant.decided" if after.decided else "financing.after_grant"
        blocks.append(Paragraph(voice.say(key, day=voice.day(after.decided), **words)))
    return blocks
