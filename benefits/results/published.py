"""Data series as they may be shown: small cells widened in time or hidden, once, here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from benefits.activity import Panel, Series, Step, finest_step
from benefits.measurement.intervals import poisson_interval, proportion_interval
from benefits.project.model import DataSource, Project
from benefits.results.limits import LIMIT, persons_by_group, with_persons
from benefits.results.model import Point, PublishedSeries
from benefits.results.reading import unit_of
from benefits.results.values import Values
from benefits.vocabulary import Exposure, Unit

TEN_THOUSAND: Exposure = "ten_thousand_inhabitants"


def publish(
    project: Project, shapes: Mapping[str, Series | Panel], values: Values, *, as_of: date
) -> tuple[PublishedSeries, ...]:
    """Add the rates of every data series as values, and return where they are.

    A rate is events per unit of exposure in one period and group. The indicator that uses the series gives its unit.

    Parameters
    ----------
    shapes
        Data by id, those of which something is known at the date of the report, and then all there are of them: were
        the step to change with that date, two reports from the same data would tell of a cell that neither shows.
    as_of
        The date of the report; cells that end later are not shown.
    """
    published: list[PublishedSeries] = []
    for source in project.data:
        shape = shapes.get(source.id)
        if shape is None:
            continue
        areas = _areas(project, source, shape, values)
        if areas is not None:
            published.append(areas)
            continue
        unit = unit_of(project, source)
        per: Exposure = "none" if unit == "share" else source.per
        step, frame = shown_cells(source, shape, unit=unit, as_of=as_of)
        points: list[Point] = []
        if frame is not None:
            shown = frame[["group", "period", "count", "exposure", "whole"]].itertuples(index=False, name=None)
            for group, period, events, exposure, whole in shown:
                id = f"series.{source.id}.{group}.{period:%Y-%m}"
                low, high = rate_interval(int(events), unit, float(exposure))
                values.add(
                    id,
                    float(events) / float(exposure),
                    low=low,
                    high=high,
                    unit=unit,
                    per=per,
                    basis="measured",
                    source=project.said(source.source),
                )
                points.append(Point(group=group, period=period.date(), id=id, whole=bool(whole)))
        published.append(PublishedSeries(data=source.id, step=step, points=tuple(points)))
    return tuple(published)


def shown_cells(
    source: DataSource, shape: Series | Panel, *, unit: Unit, as_of: date
) -> tuple[Step, pd.DataFrame] | tuple[None, None]:
    """Return the finest step at which a data source may be shown, with its cells; nothing when none may be.

    Parameters
    ----------
    shape
        All data of the source: the step is that of all of it, whatever the date.
    as_of
        Only cells that had ended by this date are returned.
    """
    cells = with_persons(shape, per=source.per)
    persons = persons_by_group(shape, per=source.per)
    if unit == "share":
        # What a share is of are persons, or what belongs to one: those left out are as easily known as those in.
        cells = cells.assign(rest=cells["exposure"] - cells["count"])
        if not isinstance(shape, Panel):
            cells = cells.assign(persons=np.ceil(cells["exposure"]))
        persons = {str(group): int(most) for group, most in cells.groupby("group")["exposure"].max().items()}
    step, found = finest_step(cells, persons=persons, limit=LIMIT)
    if step is None or found is None:
        return None, None
    over = found[found["end"] <= pd.Timestamp(as_of) + pd.Timedelta(days=1)]
    return (step, over) if len(over) else (None, None)


def _areas(project: Project, source: DataSource, shape: Series | Panel, values: Values) -> PublishedSeries | None:
    """Several units in one period: a rate with its exact Poisson interval per unit; None for anything else."""
    if isinstance(shape, Panel):
        return None
    cells = shape.by_unit()
    if cells["period"].nunique() != 1 or cells["unit"].nunique() < 2:
        return None
    unit, said = unit_of(project, source), project.said(source.source)
    scale, per = (10_000.0, TEN_THOUSAND) if source.per == "inhabitant" else (1.0, source.per)
    if unit == "share":
        scale, per = 1.0, "none"
    points: list[Point] = []
    for number, row in enumerate(cells.itertuples(index=False, name=None), start=1):
        name, period, events, exposure = str(row[0]), row[1].date(), int(row[2]), float(row[3])
        id = f"series.{source.id}.unit-{number:02d}"
        hidden = 0 < events < LIMIT or (unit == "share" and 0 < exposure - events < LIMIT)
        low, high = rate_interval(events, unit, exposure / scale)
        values.add(f"{id}.exposure", exposure, unit="persons", basis="measured", source=said)
        if hidden:
            values.add(f"{id}.count", None, unit=unit, basis="measured", suppressed=True, source=said)
            values.add(id, None, unit=unit, per=per, basis="measured", suppressed=True, source=said)
        else:
            rate = events * scale / exposure
            values.add(f"{id}.count", events, unit=unit, basis="measured", source=said)
            values.add(id, rate, low=low, high=high, unit=unit, per=per, basis="measured", source=said)
        points.append(Point(group=name, period=period, id=id))
    return PublishedSeries(data=source.id, step="year", points=tuple(points), areas=True)


def rate_interval(events: int, unit: Unit, exposure: float) -> tuple[float | None, float | None]:
    """Return exact Poisson limits of a rate, Wilson's of a share; none for bed-days, which come many to a stay.

    Days, hours and minutes are not independent of each other.
    """
    if unit in {"bed_days", "hours", "minutes"}:
        return None, None
    if unit == "share":
        return proportion_interval(events, exposure)
    low, high = poisson_interval(events)
    return low / exposure, high / exposure
