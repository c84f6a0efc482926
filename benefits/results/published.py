"""Data series as they may be shown: small cells widened in time or hidden, once, here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from benefits.activity import Panel, Series, Step, finest_step
from benefits.measurement.intervals import poisson_interval, proportion_interval
from benefits.project.data import DataSource
from benefits.project.model import Project
from benefits.results.limits import LIMIT, persons_by_group, with_persons
from benefits.results.model import Point, PublishedSeries
from benefits.results.pools import Unit, rows_of
from benefits.results.reading import unit_of
from benefits.results.values import Values
from benefits.vocabulary import Exposure
from benefits.vocabulary import Unit as CountedIn

NO_PERSONS: Mapping[str, pd.DataFrame] = MappingProxyType({})
TEN_THOUSAND: Exposure = "ten_thousand_inhabitants"


def publish(
    project: Project,
    shapes: Mapping[str, Series | Panel],
    values: Values,
    *,
    as_of: date,
    limit: int = LIMIT,
    persons: Mapping[str, pd.DataFrame] = NO_PERSONS,
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
    limit
        Smallest number of persons, or of events in a small group, that may be shown.
    persons
        Data id -> how many persons the events of each cell befell, where that is known.
    """
    published: list[PublishedSeries] = []
    for source in project.data:
        shape = shapes.get(source.id)
        if shape is None:
            continue
        areas = _areas(project, source, shape, values, limit, persons.get(source.id))
        if areas is not None:
            published.append(areas)
            continue
        unit = unit_of(project, source)
        per: Exposure = "none" if unit == "share" else source.per
        step, frame = shown_cells(source, shape, unit=unit, as_of=as_of, limit=limit, persons=persons.get(source.id))
        points: list[Point] = []
        if frame is not None:
            shown = frame[["group", "period", "count", "exposure", "whole"]].itertuples(index=False, name=None)
            for group, period, events, exposure, whole in shown:
                id = f"series.{source.id}.{group}.{period:%Y-%m}"
                low, high = rate_interval(events, unit, float(exposure))
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
    source: DataSource,
    shape: Series | Panel,
    *,
    unit: CountedIn,
    as_of: date,
    limit: int = LIMIT,
    persons: pd.DataFrame | None = None,
) -> tuple[Step, pd.DataFrame] | tuple[None, None]:
    """Return the finest step at which a data source may be shown, with its cells; nothing when none may be.

    Parameters
    ----------
    shape
        All data of the source: the step is that of all of it, whatever the date.
    as_of
        Only cells that had ended by this date are returned.
    limit
        Smallest number that may be shown.
    persons
        Columns ``period``, ``group`` and ``persons``: how many the events of each cell befell, where that is known.
    """
    cells = _with_those_befallen(with_persons(shape, per=source.per), persons)
    by_group = persons_by_group(shape, per=source.per)
    if unit == "share":
        # What a share is of are persons, or what belongs to one: those left out are as easily known as those in.
        cells = cells.assign(rest=cells["exposure"] - cells["count"])
        if not isinstance(shape, Panel):
            cells = cells.assign(persons=np.ceil(cells["exposure"]))
        by_group = {str(group): int(most) for group, most in cells.groupby("group")["exposure"].max().items()}
    step, found = finest_step(cells, persons=by_group, limit=limit)
    if step is None or found is None:
        return None, None
    over = found[found["end"] <= pd.Timestamp(as_of) + pd.Timedelta(days=1)]
    return (step, over) if len(over) else (None, None)


def _with_those_befallen(cells: pd.DataFrame, persons: pd.DataFrame | None) -> pd.DataFrame:
    """Cells with the fewer of the persons they are about and, where some had an event, those who had one."""
    if persons is None:
        return cells
    sums = persons.groupby(["period", "group"])["persons"].sum().reset_index(name="befell")
    found = cells.merge(sums, on=["period", "group"], how="left")
    about = found["persons"] if "persons" in found else found["befell"]
    fewer = about.where(~(found["befell"] > 0) | (about <= found["befell"]), found["befell"])
    return found.assign(persons=fewer.fillna(0)).drop(columns="befell")


def _areas(
    project: Project,
    source: DataSource,
    shape: Series | Panel,
    values: Values,
    limit: int,
    persons: pd.DataFrame | None,
) -> PublishedSeries | None:
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
    period = cells["period"].iloc[0].date()
    numbers = {str(name): number for number, name in enumerate(cells["unit"], start=1)}
    rows = rows_of(_units(cells, persons), pools=source.pools, limit=limit, share=unit == "share")
    pools = [row.name for row in rows if row.members]
    for row in rows:
        kind, number = ("pool", pools.index(row.name) + 1) if row.members else ("unit", numbers[row.name])
        id = f"series.{source.id}.{kind}-{number:02d}"
        low, high = rate_interval(row.count, unit, row.exposure / scale)
        values.add(f"{id}.exposure", row.exposure, unit="persons", basis="measured", source=said)
        if row.hidden:
            values.add(f"{id}.count", None, unit=unit, basis="measured", suppressed=True, source=said)
            values.add(id, None, unit=unit, per=per, basis="measured", suppressed=True, source=said)
        else:
            rate = row.count * scale / row.exposure
            values.add(f"{id}.count", row.count, unit=unit, basis="measured", source=said)
            values.add(id, rate, low=low, high=high, unit=unit, per=per, basis="measured", source=said)
        points.append(Point(group=row.name, period=period, id=id, members=row.members))
    return PublishedSeries(data=source.id, step="year", points=tuple(points), areas=True)


def _units(cells: pd.DataFrame, persons: pd.DataFrame | None) -> Iterator[Unit]:
    befallen = persons.groupby("unit")["persons"].sum().to_dict() if persons is not None else {}
    for name, count, exposure in cells[["unit", "count", "exposure"]].itertuples(index=False, name=None):
        yield Unit(name=str(name), count=count, exposure=float(exposure), persons=befallen.get(name))


def rate_interval(events: float, unit: CountedIn, exposure: float) -> tuple[float | None, float | None]:
    """Return exact Poisson limits of a rate, Wilson's of a share; none for bed-days, which come many to a stay.

    Days, hours and minutes are not independent of each other, and an amount that is no whole number is no count.
    """
    if unit in {"bed_days", "short_stay_days", "hours", "minutes"} or events % 1:
        return None, None
    if unit == "share":
        return proportion_interval(int(events), exposure)
    low, high = poisson_interval(int(events))
    return low / exposure, high / exposure
