"""Who in the population gains and loses; nothing where the project does not say."""

from __future__ import annotations

from benefits.report.blocks import Section, Table
from benefits.report.voice import Voice
from benefits.results import Results


def affected(results: Results, voice: Voice) -> Section:
    """One row per group, in the order of the project file; an empty section where there is none."""
    heading = voice.say("affected.heading")
    groups = results.project.affected_groups
    if not groups:
        return Section(id="affected", heading=heading, blocks=())
    rows = tuple(
        (
            voice.text(one.group),
            voice.say("affected.gains") if one.gains else voice.say("affected.loses"),
            voice.text(one.how),
            voice.text(one.source) if one.source is not None else voice.say("blank"),
        )
        for one in groups
    )
    header = tuple(voice.say(f"affected.column.{name}") for name in ("group", "gains", "how", "source"))
    table = Table(caption=voice.say("affected.caption"), header=header, rows=rows)
    return Section(id="affected", heading=heading, blocks=(table,))
