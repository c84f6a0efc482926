"""The last sections of every report: what is missing, and every assumption and source used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from markupsafe import Markup

from benefits.errors import grouped
from benefits.measurement import method
from benefits.measurement.checks.everyone_included import ONLY_ACTIVE
from benefits.project.fields import Text
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.gaps import group_words
from benefits.report.names import input_name
from benefits.report.sections import references
from benefits.report.sections.method_names import method_name
from benefits.report.sections.price_numbers import service_numbers
from benefits.report.voice import Voice
from benefits.results import Results, Value


def gaps(results: Results, voice: Voice) -> Section:
    """Everything the plan lacks, heaviest first, with what it costs."""
    if results.gaps:
        points = tuple(group_words(group, results, voice) for group in grouped(results.gaps))
        blocks: tuple[Block, ...] = (Paragraph(voice.say("gaps.intro")), Bullets(points, numbered=True))
    else:
        blocks = (Paragraph(voice.say("gaps.none")),)
    return Section(id="gaps", heading=voice.say("gaps.heading"), blocks=blocks)


def sources(results: Results, voice: Voice) -> Section:
    """Assumptions with source and standing, warnings that belong to them, methods with references, data files."""
    blocks: list[Block] = [Paragraph(voice.say("sources.intro", as_of=results.as_of))]
    blocks.append(_assumptions(results, voice) if results.inputs else Paragraph(voice.say("sources.no_assumptions")))
    stated = _stated(results, voice)
    if stated is not None:
        blocks.append(stated)
    blocks += references.beside(results, voice)
    warnings = _warnings(results, voice)
    if warnings:
        blocks += [Subheading(voice.say("sources.warnings")), Bullets(warnings)]
    notes = _notes(results, voice)
    if notes:
        blocks += [Subheading(voice.say("sources.notes")), Bullets(notes)]
    if results.project.benefits or results.estimates:
        blocks += [Subheading(voice.say("sources.methods")), Bullets(_methods(results, voice))]
    blocks += [Subheading(voice.say("sources.files")), Bullets(_files(results, voice))]
    if results.project.notes is not None:
        blocks += [Subheading(voice.say("sources.project_notes")), Paragraph(voice.text(results.project.notes))]
    return Section(id="sources", heading=voice.say("sources.heading"), blocks=tuple(blocks))


def sources_in_short(results: Results, voice: Voice) -> Section:
    """What a follow-up rests on: assumptions, rules of selection, methods and files; costs stand in the plan."""
    project, blocks = results.project, list[Block]()
    said = [voice.say("sources.intro" if results.inputs else "sources.intro.short", as_of=results.as_of)]
    if project.costs or project.services or project.financing is not None:
        said.append(voice.say("sources.in_plan"))
    methods = _methods_in_short(results, voice)
    if methods:
        said.append(voice.say("sources.literature"))
    blocks.append(Paragraph(Markup(" ").join(said)))
    if results.inputs:
        table, of_selection = _assumptions(results, voice), _stated_rows(results, voice, of="benefit.")
        blocks.append(replace(table, rows=(*table.rows, *of_selection)))
    blocks += references.beside(results, voice)
    if methods:
        blocks.append(Bullets(methods))
    cautions = (*_warnings(results, voice), *_notes(results, voice))
    if cautions:
        blocks += [Subheading(voice.say("sources.warnings")), Bullets(cautions)]
    blocks.append(Paragraph(voice.say("sources.made_of", files=Markup("; ").join(_files(results, voice)))))
    if project.notes is not None:
        blocks += [Subheading(voice.say("sources.project_notes")), Paragraph(voice.text(project.notes))]
    return Section(id="sources", heading=voice.say("sources.heading"), blocks=tuple(blocks))


def sources_beside_plan(results: Results, voice: Voice) -> Section:
    """The same, of a report that leaves to the plan what is not about avoided cost; it says what stands there."""
    made = sources_in_short(results, voice)
    return replace(made, blocks=(*made.blocks, Paragraph(voice.say("sources.rest_in_plan"))))


def _notes(results: Results, voice: Voice) -> tuple[Markup, ...]:
    return tuple(
        voice.say("sources.note", title=assumption.title or name, note=assumption.note)
        for name, assumption in results.project.assumptions.items()
        if assumption.note is not None
    )


def _assumptions(results: Results, voice: Voice) -> Table:
    rows = []
    written = references.written(results.project)
    for name, one in results.inputs.items():
        value = results.values[f"assumption.{name}"]
        source = (
            Markup('<a href="{}">{}</a>').format(one.address, voice.text(one.source)) if _web(one.address) else None
        )
        title = input_name(one, results, voice)
        said = source or (voice.text(written.get(one.source, one.source)) if one.source else voice.say("blank"))
        if one.worked_out_from == "measured":
            said = method_name(one.source, voice)
        rows.append((title, voice.interval(value), said, voice.word("standing", one.standing)))
    header = tuple(voice.say(f"sources.column.{name}") for name in ("assumption", "value", "source", "standing"))
    return Table(caption=voice.say("sources.assumptions"), header=header, rows=tuple(rows))


def _stated(results: Results, voice: Voice) -> Table | None:
    """Every number of costs, grants, services and selection rules that the calculations use, with its source."""
    rows = _stated_rows(results, voice)
    if not rows:
        return None
    header = tuple(voice.say(f"sources.column.{name}") for name in ("number", "value", "source", "standing"))
    return Table(caption=voice.say("sources.stated"), header=header, rows=rows)


def _stated_rows(results: Results, voice: Voice, *, of: str = "") -> tuple[tuple[Markup, ...], ...]:
    written = references.written(results.project)
    return tuple(
        (
            words,
            voice.interval(results.values[id]),
            _source(results.values[id], written, voice),
            _standing(results.values[id], voice),
        )
        for id, words in named_numbers(results, voice)
        if id.startswith(of) and id in results.values and results.values[id].value is not None
    )


def named_numbers(results: Results, voice: Voice) -> Iterator[tuple[str, Markup]]:
    """Yield the ids of stated numbers, and what each is called."""
    project = results.project
    for cost in project.costs:
        yield f"cost.{cost.id}", voice.text(cost.title)
    for grant in project.financing.sources if project.financing else ():
        for year in sorted(grant.amounts):
            title = voice.text(grant.title if grant.title is not None else grant.id)
            yield f"financing.{grant.id}.{year}", voice.say("sources.grant", title=title, year=voice.year(year))
    yield from service_numbers(results, voice)
    for step in results.discounting.steps if results.discounting else ():
        if step.last_year is not None:
            yield step.rate, voice.say("sources.discount_rate.until", year=voice.year(step.last_year))
        else:
            yield step.rate, voice.say("sources.discount_rate.after")
    for benefit in project.benefits:
        yield f"benefit.{benefit.id}.selection.rate", voice.say("sources.selection.rate", title=benefit.title)
        yield (
            f"benefit.{benefit.id}.selection.dispersion",
            voice.say("sources.selection.dispersion", title=benefit.title),
        )
        for one in benefit.valuation.replacements if benefit.valuation is not None else ():
            for name in ("per_event", "unit_cost", "hours"):
                if getattr(one, name) is not None and getattr(one, name).assumption is None:
                    id = f"replacement.{benefit.id}.{one.id}.{name}"
                    yield id, voice.say(f"sources.replacement.{name}", title=one.title)


def _source(value: Value, written: Mapping[str, Text], voice: Voice) -> Markup:
    return voice.text(written.get(value.source, value.source)) if value.source else voice.say("blank")


def _standing(value: Value, voice: Voice) -> Markup:
    return voice.word("standing", value.standing) if value.standing is not None else voice.say("blank")


def _web(address: str) -> bool:
    """Whether an address may be a link: anything but http(s) could be a script."""
    return address.startswith(("https://", "http://"))


def _warnings(results: Results, voice: Voice) -> tuple[Markup, ...]:
    said: dict[str, Markup] = {}
    chosen = results.references
    for one in results.inputs.values():
        if one.reference_id:
            warning = chosen.library.at(one.reference_id, chosen.on).warning
            if warning is not None:
                said[one.reference_id] = voice.say(
                    "sources.warning", title=voice.text(one.title), warning=voice.text(warning[voice.language])
                )
    for study in results.evidence:
        if study.caution is not None and study.id in {id for one in results.inputs.values() for id in one.studies}:
            title, caution = voice.text(study.titles[voice.language]), voice.text(study.caution[voice.language])
            said[study.id] = voice.say("sources.warning", title=title, warning=caution)
    return tuple(said.values())


def _methods(results: Results, voice: Voice) -> tuple[Markup, ...]:
    used = dict.fromkeys(one.method.removesuffix(ONLY_ACTIVE) for one in (*results.estimates, *results.compared))
    if not used:
        return (voice.say("sources.no_methods"),)
    points: list[Markup] = []
    for id in used:
        references = voice.text(" ".join(method(id).references))
        points.append(voice.say("sources.method", method=method_name(id, voice), references=references))
        points += [
            voice.say(f"assumes.{code}") for code in method(id).assumptions if f"assumes.{code}" in voice.catalogue
        ]
    return tuple(points)


def _methods_in_short(results: Results, voice: Voice) -> tuple[Markup, ...]:
    """One point per method with what it takes for granted."""
    points = []
    for id in dict.fromkeys(one.method.removesuffix(ONLY_ACTIVE) for one in (*results.estimates, *results.compared)):
        codes = (code for code in method(id).assumptions if f"assumes.{code}" in voice.catalogue)
        assumed = Markup(" ").join(voice.say(f"assumes.{code}") for code in codes)
        points.append(voice.say("sources.method", method=method_name(id, voice), references=assumed))
    return tuple(points)


def _files(results: Results, voice: Voice) -> tuple[Markup, ...]:
    points = [
        voice.say("sources.file", file=voice.text(file), fingerprint=voice.text(sha256[:16]))
        for file, sha256 in sorted(results.files.items())
    ]
    for source in results.project.data:
        if source.source is not None:
            key = "sources.data" if source.extracted is not None else "sources.data.undated"
            words = {"file": voice.text(source.origin), "source": source.source, "day": voice.day(source.extracted)}
            points.append(voice.say(key, **words))
    return tuple(points)
