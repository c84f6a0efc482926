"""Control charts of the published series: limits from before the start, and the signals after it, as Values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import pandas as pd

from benefits.activity import Data, Responses
from benefits.activity.cells import MONTHS
from benefits.activity.shapes import START
from benefits.measurement import Refusal, read_options
from benefits.measurement.charts import FEWEST, ControlChart, assurance, variation
from benefits.measurement.charts import chart as control_chart
from benefits.measurement.charts.drawing import EQUAL, METHOD
from benefits.measurement.charts.options import ChartOptions
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.results.model import ChartSignal, Point, PublishedChart, PublishedSeries
from benefits.results.reading import months_on
from benefits.results.values import Value, Values


def chart(
    project: Project,
    series: Iterable[PublishedSeries],
    values: Values,
    *,
    shapes: Mapping[str, Data],
) -> tuple[PublishedChart, ...]:
    """Return a chart of each group of each series over time, from the cells as they are published.

    A cell that holds days both before and after the start is left out, and so is one the data lack a part of: it rests
    on less than the others, and varies more. Without a start there is nothing to chart. The type of chart and its
    rules are those a benefit's method says; an XmR chart where none does. Where each person or unit has a start of its
    own there is no common one to draw limits up to, and the chart says so.

    Parameters
    ----------
    shapes
        Data by id, that the series were published from.
    """
    found: list[PublishedChart] = []
    for one in series:
        if project.go_live is None or one.step is None or one.areas:
            continue
        shape = shapes.get(one.data)
        own = shape is not None and not isinstance(shape, Responses) and START in shape.rows()
        asked = _asked(project, one.data)
        # The individuals chart needs the rates alone, which are published already.
        sizes = {} if asked.options.kind == "xmr" else _sizes(one, shape)
        for group in dict.fromkeys(point.group for point in one.points):
            points = [point for point in one.points if point.group == group and point.whole]
            if own:
                found.append(_of_own_starts(one, group, points, asked, values))
                continue
            found += _chart(one, group, points, project.go_live, asked, sizes, values)
    if found:
        values.add("chart.fewest", FEWEST, unit="count", source="Making Data Count")
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a plan says of the chart of a data source: its options, and the benefit its verdicts are about."""

    options: ChartOptions
    benefit: Benefit | None


def _asked(project: Project, data: str) -> _Asked:
    ours = [one for one in project.benefits if one.method is not None and one.method.data == data]
    charted = [one for one in ours if one.method is not None and METHOD in {one.method.id, *one.method.also}]
    benefit = next(iter((*charted, *ours)), None)
    given: dict[str, Any] = {}
    if charted and charted[0].method is not None:
        known = {item.name for item in fields(ChartOptions)}
        given = {name: value for name, value in charted[0].method.options.items() if name in known}
    # A scale in the plan is that of another method named beside the chart.
    given.pop("scale", None)
    return _Asked(options=read_options(ChartOptions, given), benefit=benefit)


def _sizes(series: PublishedSeries, shape: Data | None) -> dict[tuple[str, date], tuple[float, float]]:
    """Count and exposure of each published cell, by its group and first day."""
    if shape is None or isinstance(shape, Responses) or series.step is None:
        return {}
    frame = shape.to_frame()
    found: dict[tuple[str, date], tuple[float, float]] = {}
    for point in series.points:
        ends = pd.Timestamp(months_on(point.period, MONTHS[series.step]))
        within = (frame["period"] >= pd.Timestamp(point.period)) & (frame["period"] < ends)
        cell = frame.loc[within & (frame["group"] == point.group), ["count", "exposure"]].sum()
        found[point.group, point.period] = (float(cell["count"]), float(cell["exposure"]))
    return found


def _chart(
    series: PublishedSeries,
    group: str,
    points: list[Point],
    go_live: date,
    asked: _Asked,
    sizes: Mapping[tuple[str, date], tuple[float, float]],
    values: Values,
) -> Iterator[PublishedChart]:
    assert series.step is not None
    before = [point for point in points if months_on(point.period, MONTHS[series.step]) <= go_live]
    if asked.options.months_before is not None:
        # The method beside it looks no further back either: the two would contradict each other.
        earliest = months_on(go_live.replace(day=1), -asked.options.months_before)
        before = [point for point in before if point.period >= earliest]
    shown = [*before, *(point for point in points if point.period >= go_live)]
    rates = [values[point.id].value for point in shown]
    if len(shown) == len(before) or any(rate is None for rate in rates):
        return
    prefix, options = f"series.{series.data}.{group}.chart", asked.options
    drawn = _drawn(group, shown, rates, options, sizes, baseline=len(before)) if before else None
    values.add(f"{prefix}.baseline", len(before), unit="count", basis="measured")
    if not isinstance(drawn, ControlChart):
        yield PublishedChart(
            data=series.data,
            group=group,
            step=series.step,
            points=tuple(shown),
            baseline=f"{prefix}.baseline",
            limits=(),
            stable=True,
            signals=(),
            kind=options.kind,
            rules=options.rules,
            refusal=drawn.code if drawn is not None else "too_few_points",
        )
        return
    yield _published(series, group, shown, drawn, asked, values, prefix)


def _of_own_starts(
    series: PublishedSeries, group: str, points: list[Point], asked: _Asked, values: Values
) -> PublishedChart:
    """A chart without limits: no month is before the start of all, so none of them can be a baseline."""
    assert series.step is not None
    id = f"series.{series.data}.{group}.chart.baseline"
    values.add(id, 0, unit="count", basis="measured")
    return PublishedChart(
        data=series.data,
        group=group,
        step=series.step,
        points=tuple(points),
        baseline=id,
        limits=(),
        stable=True,
        signals=(),
        kind=asked.options.kind,
        rules=asked.options.rules,
        refusal="starts_of_their_own",
    )


def _drawn(
    group: str,
    shown: list[Point],
    rates: list[float | None],
    options: ChartOptions,
    sizes: Mapping[tuple[str, date], tuple[float, float]],
    *,
    baseline: int,
) -> ControlChart | Refusal:
    periods = [point.period for point in shown]
    if options.kind == "xmr":
        frame = pd.DataFrame({"period": periods, "count": rates})
    else:
        cells = [sizes[group, period] for period in periods]
        count, exposure = ([cell[at] for cell in cells] for at in (0, 1))
        frame = pd.DataFrame({"period": periods, "count": count, "exposure": exposure})
    return control_chart(
        frame,
        kind=options.kind,
        baseline=baseline,
        rules=options.rules,
        screen=options.screen,
        rebase=options.rebased,
    )


def _published(
    series: PublishedSeries,
    group: str,
    shown: list[Point],
    drawn: ControlChart,
    asked: _Asked,
    values: Values,
    prefix: str,
) -> PublishedChart:
    assert series.step is not None
    first = values[shown[0].id]
    shared = _shared(first, counts=drawn.kind in EQUAL)
    if drawn.kind in EQUAL:
        shown = [
            _counted(point, number, prefix, values, shared) for point, number in zip(shown, drawn.points, strict=True)
        ]
    ends = {"low": drawn.low, "centre": drawn.centre, "high": drawn.high}
    for name, line in ends.items():
        values.add(f"{prefix}.{name}", line[-1], **shared)
    stepped: tuple[tuple[str, ...], ...] = ()
    if any(len(set(line)) > 1 for line in ends.values()):
        for name, line in ends.items():
            for point, number in zip(shown, line, strict=True):
                values.add(f"{prefix}.{name}.{point.period:%Y-%m}", number, **shared)
        stepped = tuple(tuple(f"{prefix}.{name}.{point.period:%Y-%m}" for name in ends) for point in shown)
    signals = tuple(
        ChartSignal(
            rule=one.rule,
            above=one.above,
            periods=tuple(point.period for point in shown[one.first : one.last + 1]),
        )
        for one in drawn.signals
    )
    for side, above in (("above", True), ("below", False)):
        outside = sum(one.rule == "outside" and one.above == above for one in signals)
        values.add(f"{prefix}.outside.{side}", outside, unit="count", basis="measured")
    screened = sum(one.limits.screened for one in drawn.segments)
    values.add(f"{prefix}.screened", screened, unit="count", basis="measured")
    return PublishedChart(
        data=series.data,
        group=group,
        step=series.step,
        points=tuple(shown),
        baseline=f"{prefix}.baseline",
        limits=tuple(f"{prefix}.{name}" for name in ends),
        stable=drawn.stable,
        signals=signals,
        kind=drawn.kind,
        rules=drawn.rules,
        screened=drawn.screened,
        stepped=stepped,
        rebased=tuple((drawn.periods[one.first], one.cause) for one in drawn.segments if one.cause),
        **_verdicts(drawn, asked.benefit, values, shared),
    )


def _shared(first: Value, *, counts: bool) -> dict[str, Any]:
    """What the numbers of a chart have in common: those of the series; counts alone are per nothing."""
    per = "none" if counts else first.per
    return {"unit": first.unit, "per": per, "basis": "measured", "source": first.source}


def _counted(point: Point, number: float, prefix: str, values: Values, shared: Mapping[str, Any]) -> Point:
    id = f"{prefix}.point.{point.period:%Y-%m}"
    values.add(id, number, **shared)
    return Point(group=point.group, period=point.period, id=id)


def _verdicts(
    drawn: ControlChart, benefit: Benefit | None, values: Values, shared: Mapping[str, Any]
) -> dict[str, str]:
    """Which way the signals point, and whether the target lies within the limits, for the benefit measured here."""
    if benefit is None or benefit.indicator is None:
        return {}
    direction = benefit.indicator.direction
    found: dict[str, str] = {"variation": variation(drawn, direction=direction)}
    id = f"benefit.{benefit.id}.target"
    target = values.get(id)
    if target is not None and target.value is not None and (target.unit, target.per) == (shared["unit"], shared["per"]):
        found |= {"assurance": assurance(drawn, target=target.value, direction=direction), "target": id}
    return found
