"""XmR charts of the published series: limits from before the start, and the signals after it, as Values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from benefits.activity.cells import MONTHS
from benefits.measurement.control_chart import FEWEST, Signal, control_chart
from benefits.project.model import Project
from benefits.results.model import ChartSignal, Point, PublishedChart, PublishedSeries
from benefits.results.reading import months_on
from benefits.results.values import Values


def chart(project: Project, series: Iterable[PublishedSeries], values: Values) -> tuple[PublishedChart, ...]:
    """Return a chart of each group of each series over time, from the cells as they are published.

    A cell that holds days both before and after the start is left out, and so is one the data lack a part of: it rests
    on less than the others, and varies more. Without a start there is nothing to chart.
    """
    found: list[PublishedChart] = []
    for one in series:
        if project.go_live is None or one.step is None or one.areas:
            continue
        for group in dict.fromkeys(point.group for point in one.points):
            points = [point for point in one.points if point.group == group and point.whole]
            found += _chart(one, group, points, project.go_live, values)
    if found:
        values.add("chart.fewest", FEWEST, unit="count", source="Making Data Count")
    return tuple(found)


def _chart(
    series: PublishedSeries, group: str, points: list[Point], go_live: date, values: Values
) -> Iterator[PublishedChart]:
    assert series.step is not None
    before = [point for point in points if months_on(point.period, MONTHS[series.step]) <= go_live]
    after = [point for point in points if point.period >= go_live]
    rates = [values[point.id].value for point in (*before, *after)]
    if not after or any(rate is None for rate in rates):
        return
    prefix, value = f"series.{series.data}.{group}.chart", values[points[0].id]
    drawn = control_chart([rate for rate in rates if rate is not None], baseline=len(before))
    values.add(f"{prefix}.baseline", len(before), unit="count", basis="measured")
    limits: tuple[str, ...] = ()
    signals: tuple[ChartSignal, ...] = ()
    if drawn is not None:
        shared: dict[str, Any] = {"unit": value.unit, "per": value.per, "basis": "measured", "source": value.source}
        for name in ("low", "centre", "high"):
            values.add(f"{prefix}.{name}", getattr(drawn, name), **shared)
        limits = tuple(f"{prefix}.{name}" for name in ("low", "centre", "high"))
        signals = tuple(_signal(one, (*before, *after)) for one in drawn.signals)
        for side, above in (("above", True), ("below", False)):
            outside = sum(one.rule == "outside" and one.above == above for one in signals)
            values.add(f"{prefix}.outside.{side}", outside, unit="count", basis="measured")
    yield PublishedChart(
        data=series.data,
        group=group,
        step=series.step,
        points=(*before, *after),
        baseline=f"{prefix}.baseline",
        limits=limits,
        stable=drawn is None or drawn.stable,
        signals=signals,
    )


def _signal(signal: Signal, points: tuple[Point, ...]) -> ChartSignal:
    periods = tuple(point.period for point in points[signal.first : signal.last + 1])
    return ChartSignal(rule=signal.rule, above=signal.above, periods=periods)
