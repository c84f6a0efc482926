"""The section on what was seen in one period: its numbers beside those of the year before."""

from __future__ import annotations

from markupsafe import Markup

from benefits.project.data import DataSource
from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.sections.service import counts_persons, ledger_table
from benefits.report.voice import Voice
from benefits.results import Observed, Period, PeriodSummary, Results, Value


def period(results: Results, voice: Voice) -> Section:
    """What each data source showed in the period, and the ledger at its end; or that no period was chosen."""
    heading = voice.say("follow_up.period.heading")
    seen = results.follow_up.period
    if seen is None:
        return Section(id="period", heading=heading, blocks=(Paragraph(voice.say("follow_up.period.none")),))
    label = period_name(seen.period, voice)
    days = {"first": seen.period.first, "last": seen.period.last}
    blocks: list[Block] = [Paragraph(voice.say("follow_up.period.intro", period=label, **days))]
    for source in results.project.data:
        title = voice.text(source.title if source.title is not None else source.id)
        groups = [one for one in seen.observed if one.data == source.id]
        if groups:
            blocks += _observed(source, title, groups, seen, results, voice)
        elif source.id in seen.without:
            blocks.append(Paragraph(voice.say("follow_up.period.no_data", title=title, period=label), tone="missing"))
        elif source.id in seen.coarse:
            blocks.append(Paragraph(voice.say("follow_up.period.coarse", title=title), tone="missing"))
    if not results.project.data:
        blocks.append(Paragraph(voice.say("follow_up.period.no_sources"), tone="missing"))
    blocks.append(_ledger_in(seen, results, voice))
    return Section(id="period", heading=heading, blocks=tuple(blocks))


def period_name(one: Period, voice: Voice) -> Markup:
    """Say a period: a year, a tertial or a month."""
    if one.months == 1:
        return voice.month(one.first)
    if one.months == 12:
        return voice.year(one.year)
    return voice.say(
        {1: "tertial.first", 2: "tertial.second", 3: "tertial.third"}[one.tertial], year=voice.year(one.year)
    )


def _observed(
    source: DataSource, title: Markup, groups: list[Observed], seen: PeriodSummary, results: Results, voice: Voice
) -> list[Block]:
    values = results.values
    rate = values[f"{groups[0].id}.rate"]
    rows = []
    for one in groups:
        name = voice.say(f"group.{one.group}")
        pairs = [(one.id, seen.period)] + ([(f"{one.id}.before", seen.period.year_before)] if one.before else [])
        for id, when in pairs:
            cells = (voice.number(values[f"{id}.count"]), voice.number(values[f"{id}.exposure"]))
            rows.append((name, period_name(when, voice), *cells, voice.short_interval(values[f"{id}.rate"])))
    word = voice.say(f"per.{rate.per}", amount=voice.say("areas.rate.word"))
    header = (
        voice.say("follow_up.period.group"),
        voice.say("follow_up.period.heading"),
        voice.say("areas.count", unit=voice.say(f"axis.{rate.unit}", count=2)),
        _divided_by(rate, voice),
        word if rate.low is None else voice.say("areas.rate", rate=word),
    )
    note = voice.say("follow_up.period.source", source=voice.text(source.source))
    blocks: list[Block] = [
        Table(caption=title, header=header, rows=tuple(rows), numeric=frozenset({2, 3, 4}), note=note)
    ]
    part = groups[0]
    if (part.first, part.last) != (seen.period.first, seen.period.last):
        key = "follow_up.period.part.beside" if part.before else "follow_up.period.part"
        blocks.append(Paragraph(voice.say(key, first=part.first, last=part.last), tone="missing"))
    if not part.before:
        blocks.append(Paragraph(voice.say("follow_up.period.no_year_before")))
    elif _chosen_in_a_bad_period(source, results):
        blocks.append(Paragraph(voice.say("follow_up.period.regression"), tone="warning"))
    else:
        blocks.append(Paragraph(voice.say("follow_up.period.not_effect")))
    return blocks


def _divided_by(rate: Value, voice: Voice) -> Markup:
    if rate.per == "none":
        return voice.say("follow_up.period.exposure")
    return voice.say("follow_up.period.exposure_in", unit=voice.say(f"exposure.{rate.per}"))


def _chosen_in_a_bad_period(source: DataSource, results: Results) -> bool:
    return any(
        one.method is not None
        and one.method.data == source.id
        and one.baseline is not None
        and one.baseline.selection is not None
        for one in results.project.benefits
    )


def _ledger_in(seen: PeriodSummary, results: Results, voice: Voice) -> Block:
    row = next((one for one in results.project.ledger if one.date == seen.ledger), None)
    if row is None or not counts_persons(row):
        return Paragraph(voice.say("follow_up.period.no_ledger"), tone="missing")
    return ledger_table([row], voice.say("follow_up.period.ledger"), results, voice)
