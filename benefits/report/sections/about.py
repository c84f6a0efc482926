"""Sections on the project itself: what it is, for whom, with whom, and how far its milestones have come."""

from __future__ import annotations

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name
from benefits.report.voice import Voice
from benefits.results import Results


def about(results: Results, voice: Voice) -> Section:
    """Who owns the project, its phase, patients, actors, volume, participation, and what would happen without it."""
    project = results.project
    blocks: list[Block] = [_facts(results, voice)]
    blocks.append(Subheading(voice.say("about.null_alternative")))
    if project.null_alternative is None:
        blocks.append(Paragraph(voice.say("about.no_null_alternative"), tone="missing"))
    else:
        blocks.append(Paragraph(voice.text(project.null_alternative)))
    volumes = _volumes(results, voice)
    if volumes is not None:
        blocks.append(volumes)
    ledger = _ledger(results, voice)
    if ledger is not None:
        blocks.append(ledger)
    blocks += [Subheading(voice.say("about.participation")), _participation(results, voice)]
    if project.stakeholders:
        blocks.append(_stakeholders(results, voice))
    blocks.append(Subheading(voice.say("about.events")))
    if project.events:
        points = []
        for event in project.events:
            key = "about.event.with_effect" if event.effect else "about.event"
            points.append(voice.say(key, day=event.date, title=event.title, effect=voice.text(event.effect)))
        blocks.append(Bullets(tuple(points)))
    else:
        blocks.append(Paragraph(voice.say("about.no_events")))
    return Section(id="about", heading=voice.say("about.heading"), blocks=tuple(blocks))


def milestones(results: Results, voice: Voice) -> Section:
    """The milestones M1-M3 of the DHO plan, with the state of each item."""
    heading = voice.say("milestones.heading")
    plan = results.project.milestones
    if plan is None:
        blocks: tuple[Block, ...] = (Paragraph(voice.say("milestones.none")),)
        return Section(id="milestones", heading=heading, blocks=blocks)
    made: list[Block] = [Paragraph(voice.say("milestones.source"))]
    header = (voice.say("milestones.column.item"), voice.say("milestones.column.state"))
    for name in ("m1", "m2", "m3"):
        items = getattr(plan, name)
        rows = []
        for item, state in items.items.items():
            said = voice.word("item_state", state) if state else voice.say("blank")
            rows.append((voice.say(f"milestone.{name}.{item}"), said))
        done, of = results.values[f"milestone.{name}.done"], results.values[f"milestone.{name}.items"]
        title = voice.text(voice.catalogue.text(f"milestone.{name}"))
        blank = results.values[f"milestone.{name}.blank"]
        key = "milestones.caption.blank" if blank.value else "milestones.caption"
        numbers = {"done": voice.number(done), "items": voice.number(of), "blank": voice.number(blank)}
        caption = voice.say(key, title=title, **numbers)
        made.append(Table(caption=caption, header=header, rows=tuple(rows)))
    return Section(id="milestones", heading=heading, blocks=tuple(made))


def _facts(results: Results, voice: Voice) -> Table:
    project = results.project
    blank = voice.say("blank")
    owner = project.owner
    owner_words = blank
    if owner is not None and owner.actor is None and owner.role is not None:
        owner_words = voice.text(owner.role)
    elif owner is not None and owner.actor is not None:
        owner_words = actor_name(owner.actor, results, voice)
        if owner.role is not None:
            owner_words = voice.say("about.owner", actor=owner_words, role=owner.role)
    group = project.patient_group
    group_words = voice.word("patient_category", group.category) if group else blank
    if group is not None and group.description is not None:
        group_words = voice.say("about.group", category=group_words, description=group.description)
    actors = [
        voice.say("about.actor", name=actor.name, kind=voice.word("actor_kind", actor.kind)) for actor in project.actors
    ]
    controlled = {
        "phase": ("phase", project.phase),
        "health_region": ("health_region", project.health_region),
        "theme": ("theme", project.theme),
        "innovation_type": ("innovation_type", project.innovation_type),
    }
    facts: list[tuple[str, Markup]] = [("owner", owner_words)]
    facts += [(name, voice.word(kind, word) if word else blank) for name, (kind, word) in controlled.items()]
    facts += [
        ("patient_group", group_words),
        ("actors", Markup("; ").join(actors) if actors else blank),
        ("go_live", voice.day(project.go_live)),
        ("horizon", voice.quantity(results.values["project.horizon"])),
        ("price_year", voice.year(project.price_year)),
        ("as_of", voice.day(results.as_of)),
    ]
    rows = tuple((voice.say(f"about.fact.{name}"), words) for name, words in facts)
    header = (voice.say("about.column.fact"), voice.say("about.column.answer"))
    return Table(caption=voice.say("about.facts"), header=header, rows=rows)


def _volumes(results: Results, voice: Voice) -> Table | None:
    years = [year for year in results.project.years if f"project.volume.{year}" in results.values]
    if not years:
        return None
    rows = tuple((voice.year(year), voice.number(results.values[f"project.volume.{year}"])) for year in years)
    header = (voice.say("column.year"), voice.say("about.column.volume"))
    return Table(caption=voice.say("about.volume"), header=header, rows=rows, numeric=frozenset({1}))


def _ledger(results: Results, voice: Voice) -> Table | None:
    if not results.project.ledger:
        return None
    fields = [
        field
        for field in ("invited", "accepted", "started", "active", "ended", "units")
        if any(getattr(row, field) is not None for row in results.project.ledger)
    ]
    header = (voice.say("column.date"), *(voice.say(f"ledger.{field}") for field in fields))
    rows = tuple(
        (voice.day(row.date), *(voice.number(results.values.get(f"ledger.{row.date.isoformat()}.{f}")) for f in fields))
        for row in results.project.ledger
    )
    numeric = frozenset(range(1, len(fields) + 1))
    sources = [
        voice.say("about.ledger.source", date=row.date, source=row.source)
        for row in results.project.ledger
        if row.source is not None
    ]
    note = Markup(" ").join(sources) if sources else None
    return Table(caption=voice.say("about.ledger"), header=header, rows=rows, numeric=numeric, note=note)


def _participation(results: Results, voice: Voice) -> Block:
    took_part = results.project.participation
    if took_part is None:
        return Paragraph(voice.say("about.no_participation"), tone="missing")
    points = tuple(
        voice.say(f"about.participation.{name}", how=voice.text(getattr(took_part, name)))
        for name in ("patients", "relatives", "staff")
    )
    return Bullets(points)


def _stakeholders(results: Results, voice: Voice) -> Table:
    rows = tuple(
        (
            voice.text(one.name),
            voice.text(one.interest),
            voice.word("anchoring", one.anchoring) if one.anchoring else voice.say("blank"),
            voice.text(one.action),
        )
        for one in results.project.stakeholders
    )
    header = tuple(voice.say(f"stakeholder.{name}") for name in ("name", "interest", "anchoring", "action"))
    return Table(caption=voice.say("about.stakeholders"), header=header, rows=rows)
