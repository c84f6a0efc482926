"""Data series as they may be shown: small cells widened in time or hidden, once, here."""

from __future__ import annotations

from collections.abc import Mapping

from benefits.activity import Panel, Series, finest_step
from benefits.project.model import Project
from benefits.results.model import Point, PublishedSeries
from benefits.results.texts import in_first_language
from benefits.results.values import Values
from benefits.vocabulary import Unit

LIMIT = 5
"""Fewest persons, or events in a small group, that a cell may show."""


def publish(project: Project, shapes: Mapping[str, Series | Panel], values: Values) -> tuple[PublishedSeries, ...]:
    """Add the rates of every data series as values, and return where they are.

    A rate is events per unit of exposure in one period and group. The indicator that uses the series gives its unit.
    """
    published: list[PublishedSeries] = []
    for source in project.data:
        shape = shapes.get(source.id)
        if shape is None:
            continue
        persons = {group: shape.persons(group) for group in shape.groups} if isinstance(shape, Panel) else {}  # type: ignore[arg-type]
        step, frame = finest_step(shape.to_frame(), persons=persons, limit=LIMIT)
        points: list[Point] = []
        if frame is not None:
            cells = frame[["group", "period", "count", "exposure"]].itertuples(index=False, name=None)
            for group, period, events, exposure in cells:
                id = f"series.{source.id}.{group}.{period:%Y-%m}"
                values.add(
                    id,
                    float(events) / float(exposure),
                    unit=_unit(project, source.id),
                    per=source.per,
                    basis="measured",
                    source=in_first_language(project, source.source),
                )
                points.append(Point(group=group, period=period.date(), id=id))
        published.append(PublishedSeries(data=source.id, step=step, points=tuple(points)))
    return tuple(published)


def _unit(project: Project, data: str) -> Unit:
    for benefit in project.benefits:
        if benefit.method is not None and benefit.method.data == data and benefit.indicator is not None:
            return benefit.indicator.unit
    return "count"
