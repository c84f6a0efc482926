"""How far the project has come: its phase and end, and each milestone with what is done and whether it is late."""

from __future__ import annotations

from markupsafe import Markup

from benefits.project.model import MilestoneDates
from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.voice import Voice
from benefits.results import Results

MILESTONES = ("m1", "m2", "m3")


def progress(results: Results, voice: Voice) -> Section:
    """Say the phase and the end, and a row for each milestone; nothing where the project tells none of it."""
    plan = results.project.milestones
    said = _where(results, voice)
    blocks: list[Block] = [Paragraph(said)] if said else []
    if plan is not None:
        header = tuple(voice.say(f"milestones.column.{name}") for name in ("milestone", "done", "due", "reached"))
        rows = tuple(_row(name, getattr(plan, name), results, voice) for name in MILESTONES)
        blocks.append(Table(caption=voice.say("milestones.short"), header=header, rows=rows))
    return Section(id="milestones", heading=voice.say("milestones.short.heading"), blocks=tuple(blocks))


def _where(results: Results, voice: Voice) -> Markup:
    phase, ends = results.project.phase, results.project.ends
    said = [voice.say("milestones.phase", phase=voice.word("phase", phase))] if phase is not None else []
    if ends is not None:
        said.append(voice.say("milestones.ended" if ends <= results.as_of else "milestones.ends", date=ends))
    return Markup(" ").join(said)


def _row(name: str, dates: MilestoneDates, results: Results, voice: Voice) -> tuple[Markup, ...]:
    parts = {part: voice.number(results.values[f"milestone.{name}.{part}"]) for part in ("done", "items", "blank")}
    blank = results.values[f"milestone.{name}.blank"].value
    done = voice.say("milestones.done.blank" if blank else "milestones.done", **parts)
    # The number in its name is no number of the report.
    title = voice.text(voice.catalogue.text(f"milestone.{name}"))
    return title, done, voice.day(dates.due), _reached(dates, results, voice)


def _reached(dates: MilestoneDates, results: Results, voice: Voice) -> Markup:
    """When it was reached, and whether that was late; or that it is late, or not yet due."""
    due, reached = dates.due, dates.reached
    if reached is not None and reached <= results.as_of:
        late = due is not None and reached > due
        return voice.say("milestones.reached.late", date=reached) if late else voice.day(reached)
    if due is None:
        return voice.say("milestones.not_reached")
    return voice.say("milestones.late" if due < results.as_of else "milestones.coming")
