"""The service first: who came, stayed and left, what it took and cost against the plan, and what has not been noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from benefits.project.model import LedgerRow
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Table
from benefits.report.sections.service_cost import lacks, use_over_time, use_table
from benefits.report.voice import Voice
from benefits.results import Results

COUNTS = ("invited", "accepted", "started", "active", "ended")
REASONS = ("completed", "fell_out", "died", "other_reason")


def service(results: Results, voice: Voice) -> Section:
    """Say what the ledger of the service tells, first of all: it is known long before any effect."""
    heading, rows = voice.say("service.heading"), results.project.ledger
    if not rows:
        missing = Paragraph(voice.say("service.none"), tone="missing")
        return Section(id="service", heading=heading, blocks=(missing,))
    counted = [row for row in rows if counts_persons(row)]
    blocks: list[Block] = []
    if counted:
        blocks.append(ledger_table(counted, voice.say("service.caption"), results, voice))
        points = tuple(_points(counted[-1], results, voice))
        blocks += [Bullets(points)] if points else []
    blocks += use_table(results, voice)
    blocks += use_over_time(results, voice)
    blocks += lacks(results, voice)
    return Section(id="service", heading=heading, blocks=tuple(blocks))


def short(results: Results, voice: Voice) -> tuple[Markup, ...]:
    """Say in a few sentences how many use the service, how many drop out, and the minutes it takes."""
    counted = [row for row in results.project.ledger if counts_persons(row)]
    if not counted:
        return (voice.say("service.none"),)
    row = counted[-1]
    shown = {field: results.values.get(f"{_id(row)}.{field}") for field in COUNTS}
    counts = [
        voice.say(f"service.short.{field}", number=voice.number(value))
        for field, value in shown.items()
        if value is not None and value.value is not None
    ]
    found = [voice.say("service.short", date=row.date, counts=voice.listed(counts))] if counts else []
    found += _drop_out(row, results, voice)
    last = results.service_use.last if results.service_use is not None else None
    minutes = results.values.get(f"{last.prefix}.minutes.rate") if last is not None else None
    if last is not None and minutes is not None and minutes.value is not None:
        planned = results.values.get(f"{last.prefix}.planned.minutes")
        words = {"start": last.start, "end": last.end, "minutes": voice.number(minutes)}
        if planned is None:
            found.append(voice.say("service.short.minutes", **words))
        else:
            found.append(voice.say("service.short.minutes.planned", planned=voice.short_interval(planned), **words))
    return tuple(found)


def counts_persons(row: LedgerRow) -> bool:
    """Whether a row of the ledger counts anybody."""
    return any(getattr(row, field) is not None for field in (*COUNTS, *REASONS))


def ledger_table(rows: Sequence[LedgerRow], caption: Markup, results: Results, voice: Voice) -> Table:
    """Rows of the ledger, with a column for each thing that any of them counts."""
    fields = [field for field in COUNTS if any(getattr(row, field) is not None for row in rows)]
    header = (voice.say("column.date"), *(voice.say(f"ledger.{field}") for field in fields))
    cells = tuple(
        (voice.day(row.date), *(voice.number(results.values.get(f"{_id(row)}.{field}")) for field in fields))
        for row in rows
    )
    return Table(caption=caption, header=header, rows=cells, numeric=frozenset(range(1, len(fields) + 1)))


def _points(row: LedgerRow, results: Results, voice: Voice) -> Iterator[Markup]:
    values = results.values
    accepted, ended = values.get(f"{_id(row)}.accepted.share"), values.get(f"{_id(row)}.ended.share")
    if accepted is not None:
        yield voice.say("service.accepted", share=voice.interval(accepted), date=row.date)
    yield from _drop_out(row, results, voice)
    if ended is not None and f"{_id(row)}.fell_out" not in values:
        yield voice.say("service.ended", share=voice.interval(ended), date=row.date)
    yield from _reasons(row, results, voice)
    if any(one is not None and one.suppressed for one in (values.get(f"{_id(row)}.{field}") for field in COUNTS)):
        yield voice.say("service.see_own")
    planned, active = values.get(f"project.volume.{row.date.year}"), values.get(f"{_id(row)}.active")
    used = results.service_use.last if results.service_use is not None else None
    compared = used is not None and f"{used.prefix}.mean_active" in values
    if planned is not None and active is not None and not compared:
        words = {"planned": planned, "active": voice.number(active), "year": voice.year(row.date.year)}
        yield voice.say("service.planned", date=row.date, **words)


def _drop_out(row: LedgerRow, results: Results, voice: Voice) -> Iterator[Markup]:
    share, rate = results.values.get(f"{_id(row)}.fell_out.share"), results.values.get("service_use.drop_out.rate")
    if share is None or share.value is None:
        return
    said = voice.say("service.drop_out", share=voice.interval(share), date=row.date)
    if rate is not None and rate.value is not None:
        said = Markup(" ").join([said, voice.say("service.drop_out.rate", rate=voice.short_interval(rate))])
    yield said


def _reasons(row: LedgerRow, results: Results, voice: Voice) -> Iterator[Markup]:
    found = {reason: results.values.get(f"{_id(row)}.{reason}") for reason in REASONS}
    known = {reason: value for reason, value in found.items() if value is not None}
    shown = [
        voice.say(f"service.reason.{reason}", number=voice.number(value))
        for reason, value in known.items()
        if value.value
    ]
    few = any(value.suppressed for value in known.values())
    if few and not shown:
        yield voice.say("service.reasons.hidden")
    elif shown:
        parts = [*shown, voice.say("service.reason.hidden")] if few else shown
        yield voice.say("service.reasons", date=row.date, reasons=voice.listed(parts))


def _id(row: LedgerRow) -> str:
    return f"ledger.{row.date.isoformat()}"
