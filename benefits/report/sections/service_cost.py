"""What a service took and cost against its plan, year by year, and what its ledger does not tell."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph, Table
from benefits.report.voice import Voice
from benefits.results import Results, Value
from benefits.results.service.use import UsedTime

Row = tuple[Markup, ...]
OVER_TIME = {"patients": "mean_active", "alerts": "alerts.rate", "minutes": "minutes.rate", "price": "cost.rate"}
"""Columns of what was used over time, and the value in each."""
LACKS = ("invited", "reasons", "patient_months", "minutes", "alerts", "cost", "volume", "services", "price")
"""What a ledger may not tell."""


def use_table(results: Results, voice: Voice) -> list[Block]:
    """Patients, minutes and kroner of the last stretch of the ledger, beside what was planned for it."""
    used = results.service_use.last if results.service_use is not None else None
    if used is None:
        return []
    rows = tuple(_rows(used, results, voice))
    if not rows:
        return []
    planned = any(id.startswith(f"{used.prefix}.planned.") for id in results.values)
    keep = slice(None) if planned else slice(0, 3, 2)
    header = tuple(voice.say(f"service.column.{name}") for name in ("what", "planned", "actual", "difference"))
    words = {"start": used.start, "end": used.end}
    caption = voice.say("service.use.caption" if planned else "service.use.caption.no_plan", **words)
    notes = tuple(_notes(used, results, voice))
    return [
        Table(
            caption=caption,
            header=header[keep],
            rows=tuple(row[keep] for row in rows),
            numeric=frozenset(range(1, len(header[keep]))),
            note=Markup(" ").join(notes) if notes else None,
        )
    ]


def use_over_time(results: Results, voice: Voice) -> list[Block]:
    """Every stretch of the ledger, when there are several."""
    times = results.service_use.times if results.service_use is not None else ()
    shown = [
        (name, field)
        for name, field in OVER_TIME.items()
        if any(f"{one.prefix}.{field}" in results.values for one in times)
    ]
    if len(times) < 2 or not shown:
        return []
    header = (
        voice.say("service.years.column.time"),
        *(voice.say(f"service.years.column.{name}") for name, _ in shown),
    )
    rows = tuple(
        (
            voice.say("service.years.time", start=one.start, end=one.end),
            *(_number(results.values.get(f"{one.prefix}.{field}"), voice) for _, field in shown),
        )
        for one in times
    )
    kroner = any(name == "price" for name, _ in shown)
    return [
        Table(
            caption=voice.say("service.years.caption"),
            header=header,
            rows=rows,
            numeric=frozenset(range(1, len(header))),
            note=voice.say("service.years.note") if kroner else None,
        )
    ]


def lacks(results: Results, voice: Voice) -> list[Block]:
    """What has not been noted, each with what it costs not to know."""
    codes = list(_lacks(results))
    if not codes:
        return []
    year = voice.year(results.project.ledger[-1].date.year)
    said = [voice.say(f"service.lack.{code}", year=year) for code in codes]
    return [Paragraph(voice.say("service.lacks"), tone="missing"), Bullets(tuple(said))]


def _rows(used: UsedTime, results: Results, voice: Voice) -> Iterator[Row]:
    values = results.values

    def row(words: Markup, actual: str, name: str = "") -> Row | None:
        was = values.get(f"{used.prefix}.{actual}")
        planned = values.get(f"{used.prefix}.planned.{name}") if name else None
        if was is None and planned is None:
            return None
        difference = values.get(f"{used.prefix}.difference.{name}") if name else None
        return (words, _number(planned, voice), _number(was, voice), _number(difference, voice))

    months = "service.row.patient_months.estimated" if used.estimated else "service.row.patient_months"
    priced = f"{used.prefix}.planned.price" in values or f"{used.prefix}.planned.price_at_actual" in values
    found = [
        row(voice.say("service.row.patients"), "mean_active", "patients"),
        row(voice.say(months), "patient_months", "patient_months"),
        row(voice.say("service.row.alerts"), "alerts.rate"),
        row(voice.say("service.row.minutes"), "minutes.rate", "minutes"),
        row(voice.say("service.row.hours"), "hours"),
        row(voice.say("service.row.cost"), "cost"),
    ]
    if priced:
        found.append(row(voice.say("service.row.price"), "cost.rate", "price"))
        found.append(row(voice.say("service.row.price_at_actual"), "cost.rate", "price_at_actual"))
    elif f"{used.prefix}.cost.rate" in values:
        found.append(row(voice.say("service.row.paid"), "cost.rate"))
    if f"{used.prefix}.planned.agreed" in values and f"{used.prefix}.cost.rate" in values:
        found.append(row(voice.say("service.row.agreed"), "", "agreed"))
    yield from (one for one in found if one is not None)


def _notes(used: UsedTime, results: Results, voice: Voice) -> Iterator[Markup]:
    values, price_year = results.values, results.project.price_year
    if used.estimated:
        yield voice.say("service.note.estimated")
    if any(value.suppressed for id, value in values.items() if id.startswith(f"{used.prefix}.")):
        yield voice.say("service.note.few")
    if f"{used.prefix}.cost" not in values or f"{used.prefix}.planned.price" not in values:
        return
    if used.year is None:
        yield voice.say("service.note.several_years", planned=voice.year(price_year))
    elif used.year != price_year:
        yield voice.say("service.note.years", planned=voice.year(price_year), paid=voice.year(used.year))
    yield voice.say("service.note.items")


def _lacks(results: Results) -> Iterator[str]:
    project, values = results.project, results.values
    rows = project.ledger
    if not rows:
        return
    noted = {field for row in rows for field, number in row if number is not None}
    used = results.service_use.last if results.service_use is not None else None
    if not noted & {"invited", "accepted"}:
        yield "invited"
    if not noted & {"completed", "fell_out"} and any(row.ended for row in rows):
        yield "reasons"
    if used is not None and f"{used.prefix}.patient_months" not in values:
        yield "patient_months"
    for name in ("minutes", "alerts", "cost"):
        if name not in noted:
            yield name
    if f"project.volume.{rows[-1].date.year}" not in values and (
        used is None or f"{used.prefix}.planned.patients" not in values
    ):
        yield "volume"
    if "cost" in noted and len(project.services) > 1:
        yield "services"
    elif "cost" in noted and not project.services:
        yield "price"


def _number(value: Value | None, voice: Voice) -> Markup:
    """A number with its interval, or a dash where there is none to tell."""
    return voice.say("service.no_number") if value is None else voice.short_interval(value)
