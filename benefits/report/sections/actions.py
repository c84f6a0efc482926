"""The section on what must be done: actions with who and when, risks with their answers."""

from __future__ import annotations

from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.voice import Voice
from benefits.results import Results


def actions(results: Results, voice: Voice) -> Section:
    """Actions a benefit depends on, and risks."""
    blocks: list[Block] = []
    rows = [
        (voice.text(action.title), voice.text(benefit.title), voice.text(action.responsible), voice.day(action.due))
        for benefit in results.project.benefits
        for action in benefit.actions
    ]
    if rows:
        header = tuple(voice.say(f"actions.column.{name}") for name in ("action", "benefit", "who", "due"))
        blocks.append(Table(caption=voice.say("actions.caption"), header=header, rows=tuple(rows)))
    else:
        blocks.append(Paragraph(voice.say("actions.none"), tone="missing"))
    risks = [
        (
            voice.text(risk.title),
            voice.word("level", risk.likelihood) if risk.likelihood else voice.say("blank"),
            voice.word("level", risk.consequence) if risk.consequence else voice.say("blank"),
            voice.text(risk.response),
            voice.text(risk.responsible),
        )
        for risk in results.project.risks
    ]
    if risks:
        names = ("risk", "likelihood", "consequence", "response", "who")
        header = tuple(voice.say(f"risks.column.{name}") for name in names)
        blocks.append(Table(caption=voice.say("risks.caption"), header=header, rows=tuple(risks)))
    else:
        blocks.append(Paragraph(voice.say("risks.none"), tone="missing"))
    return Section(id="actions", heading=voice.say("actions.heading"), blocks=tuple(blocks))
