"""The section on what was to be done: actions and decisions by date, those whose date has passed first."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.voice import Voice
from benefits.results import Results

Row = tuple[date | None, tuple[Markup, ...]]


def due(results: Results, voice: Voice) -> Section:
    """Actions, and decisions asked for, with who and when, and whether the date has passed."""
    rows: list[Row] = []
    for benefit in results.project.benefits:
        for action in benefit.actions:
            said = (voice.text(action.title), voice.text(benefit.title), voice.text(action.responsible))
            rows.append((action.due, said))
    for decision in results.project.decisions:
        if decision.state == "asked":
            what = voice.say("due.decision", title=decision.title)
            rows.append((decision.due, (what, voice.say("deviation.project"), voice.text(decision.by))))
    blocks: list[Block] = []
    named_by = [action.responsible for benefit in results.project.benefits for action in benefit.actions]
    named_by += [decision.by for decision in results.project.decisions if decision.state == "asked"]
    if rows and not any(named_by) and all(day is None for day, _ in rows):
        named = voice.listed(voice.say("due.of", what=said[0], benefit=said[1]) for _, said in rows)
        blocks.append(Paragraph(voice.say("due.undated", named=named)))
    elif rows:
        ordered = sorted(rows, key=lambda row: (row[0] is None, row[0] or date.min))
        names = ("what", "benefit", "who", "due", "state")
        header = tuple(voice.say(f"due.column.{name}") for name in names)
        table = tuple((*said, voice.day(day), _state(day, results, voice)) for day, said in ordered)
        note = voice.say("due.note")
        blocks.append(
            Table(caption=voice.say("due.caption", as_of=results.as_of), header=header, rows=table, note=note)
        )
    else:
        blocks.append(Paragraph(voice.say("due.none"), tone="missing"))
    return Section(id="due", heading=voice.say("due.heading"), blocks=tuple(blocks))


def _state(day: date | None, results: Results, voice: Voice) -> Markup:
    if day is None:
        return voice.say("due.no_date")
    return voice.say("due.passed" if day <= results.as_of else "due.ahead")
