"""A data source as it may be shown: over time with dated marks and its control chart, or by area."""

from __future__ import annotations

from string import ascii_uppercase

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Figure, Paragraph, Subheading, Table
from benefits.report.figures import Line, Mark, over_time
from benefits.report.sections.area_variation import area_variation
from benefits.report.sections.control_charts import control_charts
from benefits.report.voice import Voice
from benefits.results import PublishedSeries, Results
from benefits.vocabulary import Group, words


def series_blocks(series: PublishedSeries, results: Results, voice: Voice, *, headed: bool = True) -> list[Block]:
    """Show a source over time, or by area, with its control chart; or say that every cell of it is too small.

    ``headed`` as a part of its own; else within the part of the benefit it measures.
    """
    source = next(one for one in results.project.data if one.id == series.data)
    title = voice.text(source.title if source.title is not None else source.id)
    if series.step is None:
        return [Paragraph(voice.say("series.hidden", title=title), tone="missing")]
    if series.areas:
        varying = area_variation(series, results, voice)
        return [_areas(series, title, results, voice), *_pooled(series, results, voice), *varying]
    present = {point.group for point in series.points}
    groups = [group for group in words(Group) if group in present]
    lines = [
        Line(
            voice.catalogue.text(f"group.{group}"),
            tuple((one.period, results.values[one.id]) for one in series.points if one.group == group),
        )
        for group in groups
    ]
    marks, named = _marks(series, results, voice)
    value = results.values[series.points[0].id]
    unit = voice.catalogue.text(f"axis.{value.unit}", count=2)
    axis = voice.catalogue.text(f"per.{value.per}", amount=unit) if value.per != "none" else unit
    ends = tuple(points[place][1] for points in (line.points for line in lines) for place in (0, -1))
    listed = "; ".join(
        voice.catalogue.text(
            "series.ends",
            group=line.label,
            first=voice.plain_interval(line.points[0][1]),
            last=voice.plain_interval(line.points[-1][1]),
        )
        for line in lines
    )
    figure = Figure(
        png=over_time(lines, axis=axis, numbers=voice.numbers, marks=marks),
        caption=voice.say(
            "series.caption" if named else "series.caption.no_marks",
            title=title,
            step=voice.word("step", series.step),
            marks=Markup("; ").join(named),
        ),
        alternative=voice.catalogue.text("series.alternative", title=title.striptags(), listed=listed),
        values=ends,
    )
    charts = control_charts(series.data, title, marks, results, voice)
    if headed:
        return [Subheading(title), figure, *charts]
    return [figure, *(one for one in charts if not isinstance(one, Subheading))]


def _marks(series: PublishedSeries, results: Results, voice: Voice) -> tuple[list[Mark], list[Markup]]:
    """Lettered lines at go-live and at other events within the series, and what each letter stands for."""
    first = min(point.period for point in series.points)
    dated = [(event.date, voice.text(event.title)) for event in results.project.events]
    if results.project.go_live is not None:
        dated.append((results.project.go_live, voice.say("series.go_live")))
    within = sorted((day, what) for day, what in dated if first <= day <= results.as_of)
    lettered = list(zip(ascii_uppercase, within, strict=False))
    marks = [Mark(day, letter) for letter, (day, _) in lettered]
    return marks, [voice.say("series.mark", letter=letter, what=what) for letter, (_, what) in lettered]


def _pooled(series: PublishedSeries, results: Results, voice: Voice) -> list[Block]:
    """Say which areas are shown together, and that a number is hidden with another where it is."""
    pools = [point for point in series.points if point.members]
    points = [
        voice.say("areas.pooled", pool=voice.text(one.group), members=voice.listed(map(voice.text, one.members)))
        for one in pools
    ]
    said: list[Block] = [Paragraph(voice.say("areas.pooled.why")), Bullets(tuple(points))] if points else []
    if any(results.values[point.id].suppressed for point in series.points):
        said.append(Paragraph(voice.say("areas.hidden")))
    return said


def _areas(series: PublishedSeries, title: Markup, results: Results, voice: Voice) -> Table:
    rows = tuple(
        (
            voice.text(point.group),
            voice.number(results.values[f"{point.id}.count"]),
            voice.number(results.values[f"{point.id}.exposure"]),
            voice.short_interval(results.values[point.id]),
        )
        for point in series.points
    )
    source = next(one for one in results.project.data if one.id == series.data)
    told = [results.values[point.id] for point in series.points]
    value = next((one for one in told if not one.suppressed), told[0])
    rate = voice.say(f"per.{value.per}", amount=voice.say("areas.rate.word"))
    header = (
        voice.say("areas.area"),
        voice.say("areas.count", unit=voice.say(f"axis.{value.unit}", count=2)),
        voice.say("areas.inhabitants" if value.per == "ten_thousand_inhabitants" else "areas.exposure"),
        rate if value.low is None else voice.say("areas.rate", rate=rate),
    )
    note = voice.say("areas.note", source=voice.text(source.source))
    return Table(caption=title, header=header, rows=rows, numeric=frozenset({1, 2, 3}), note=note)
