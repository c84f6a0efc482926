"""A follow-up of one page, for time saved a little at a time by many: goal, signs, what was reported, what to do."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_names
from benefits.report.sections import due, service, unexpected
from benefits.report.sections.columns import latest_value
from benefits.report.voice import Voice
from benefits.results import Results

OF_TIME = frozenset({"hours", "minutes"})


def light(results: Results, voice: Voice) -> Section:
    """Return the whole follow-up of a project that has chosen the light one."""
    project = results.project
    blocks: list[Block] = [Paragraph(voice.text(project.summary))] if project.summary is not None else []
    followed = [one for one in project.benefits if one.status != "dropped"]
    if followed:
        blocks.append(_table(followed, results, voice))
    else:
        blocks.append(Paragraph(voice.say("benefits.none"), tone="missing"))
    if project.ledger:
        blocks.append(Paragraph(Markup(" ").join(service.short(results, voice))))
    seen = unexpected.unexpected(results, voice)
    blocks += [Subheading(seen.heading), *seen.blocks]
    acts = due.due(results, voice)
    blocks += [Subheading(acts.heading), *acts.blocks]
    blocks.append(Paragraph(Markup(" ").join(_not(followed, results, voice)), tone="missing"))
    files = voice.listed(voice.text(file) for file in sorted(results.files))
    blocks.append(Paragraph(voice.say("light.files", files=files, as_of=results.as_of)))
    return Section(id="first_page", heading=voice.say("light.heading"), blocks=tuple(blocks))


def _table(followed: list[Benefit], results: Results, voice: Voice) -> Table:
    names = ("benefit", "gains", "sign", "reported", "owner")
    header = tuple(voice.say(f"light.column.{name}") for name in names)
    rows = tuple(
        (
            voice.say("followed.dis_benefit", title=one.title) if one.dis_benefit else voice.text(one.title),
            actor_names(one.gains, results, voice),
            voice.text(one.early_indicator),
            latest_value(one, results, voice),
            voice.text(one.owner.role if one.owner is not None else None),
        )
        for one in followed
    )
    return Table(caption=voice.say("light.caption", as_of=results.as_of), header=header, rows=rows)


def _not(followed: list[Benefit], results: Results, voice: Voice) -> Iterator[Markup]:
    """What this is not, and why that is right here; and which benefits it would not be right for."""
    yield voice.say("light.not")
    if results.estimates:
        yield voice.say("light.measured")
    counted = [one for one in followed if one.indicator is not None and one.indicator.unit not in OF_TIME]
    if counted:
        yield voice.say("light.counted", benefits=voice.listed(voice.text(one.title) for one in counted))
