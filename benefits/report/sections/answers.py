"""The section on who has not answered: for which gevinst, since when, and when the next answer is due."""

from __future__ import annotations

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph, Section, Table
from benefits.report.names import benefit_name
from benefits.report.voice import Voice
from benefits.results import Due, Results


def answers(results: Results, voice: Voice) -> Section:
    """Name each gevinst nobody has answered for; the section has no blocks when none was due yet."""
    due = [one for one in results.answers if one.due is not None]
    lacking = [one for one in due if not one.answered]
    blocks: list[Block] = []
    if lacking:
        header = tuple(voice.say(f"answers.column.{name}") for name in ("benefit", "who", "due", "late", "next"))
        rows = tuple(_row(one, results, voice) for one in lacking)
        caption = voice.say("answers.caption", as_of=results.as_of)
        blocks.append(Table(caption=caption, header=header, rows=rows, note=voice.say("answers.note")))
    elif due:
        blocks.append(Paragraph(voice.say("answers.all")))
    points = [
        voice.say(
            "answers.missed",
            benefit=benefit_name(one.benefit, results, voice),
            days=voice.listed(voice.day(day) for day in one.missed),
        )
        for one in due
        if one.missed
    ]
    if points:
        blocks.append(Bullets(tuple(points)))
    return Section(id="answers", heading=voice.say("answers.heading"), blocks=tuple(blocks))


def _row(one: Due, results: Results, voice: Voice) -> tuple[Markup, ...]:
    return (
        benefit_name(one.benefit, results, voice),
        _who(one, results, voice),
        voice.day(one.due),
        voice.quantity(results.values[one.late]) if one.late else voice.say("answers.late.little"),
        voice.day(one.next_due) if one.next_due is not None else voice.say("answers.no_next"),
    )


def _who(one: Due, results: Results, voice: Voice) -> Markup:
    """The role of the plan and whom it works for, and the role that answered last, where that is another."""
    if one.role is None:
        return voice.say("answers.nobody")
    who = voice.text(one.role)
    if one.actor:
        who = voice.say("answers.role", role=who, actor=results.project.actor(one.actor).name)
    return who if one.last_by is None else voice.say("answers.last_by", who=who, last=one.last_by)
