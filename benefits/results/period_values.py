"""What was observed in one period, beside the same period the year before, from cells that are published anyway."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from benefits.activity import Panel, Series
from benefits.activity.cells import MONTHS
from benefits.activity.steps import step_in_months
from benefits.project.data import DataSource
from benefits.project.model import Project
from benefits.results.limits import LIMIT
from benefits.results.period import Period
from benefits.results.published import NO_PERSONS, rate_interval, shown_cells
from benefits.results.reading import unit_of
from benefits.results.values import Values
from benefits.vocabulary import GROUPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A group of a data source in the period.

    Attributes
    ----------
    data, group
        Which.
    id
        Prefix of the value ids: ``.count``, ``.exposure`` and ``.rate``; with ``.before`` between them for the year
        before.
    first, last
        First and last day of what is shown of the period.
    before
        Whether the same months of the year before are in the data, every one, and shown.
    """

    data: str
    group: str
    id: str
    first: date
    last: date
    before: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSummary:
    """What was observed in a period.

    Attributes
    ----------
    period
        Which.
    observed
        Groups with numbers.
    without
        Data sources with none in the period.
    coarse
        Data sources shown by longer steps than the part of the period there are data of, or not at all: their numbers
        are too small.
    ledger
        Date of the last row of the ledger within the period, up to the date of the report.
    """

    period: Period
    observed: tuple[Observed, ...]
    without: tuple[str, ...]
    coarse: tuple[str, ...]
    ledger: date | None


def observe(
    project: Project,
    shapes: Mapping[str, Series | Panel],
    *,
    areas: Iterable[str],
    period: Period,
    as_of: date,
    values: Values,
    limit: int = LIMIT,
    persons: Mapping[str, pd.DataFrame] = NO_PERSONS,
) -> PeriodSummary:
    """Add counts, exposures and rates of a period as ``period.<data>.<group>.*``, and return where they are.

    Numbers of a period are sums of whole cells at the step the series is published at, so that they tell nothing
    about a small cell that the series does not.

    Parameters
    ----------
    project
        Names the data sources.
    shapes
        Data by id, all there are of those of which something is known at the date of the report.
    areas
        Data ids of figures for areas in one period, which are shown elsewhere.
    period
        Year, tertial or month.
    as_of
        The date of the report.
    values
        Where the numbers are added.
    limit
        Smallest number that may be shown.
    persons
        Data id -> how many persons the events of each cell befell, where that is known.
    """
    skipped = set(areas)
    observed: list[Observed] = []
    without: list[str] = []
    coarse: list[str] = []
    for source in project.data:
        if source.id in skipped:
            continue
        shape = shapes.get(source.id)
        if shape is None or not _reaches(shape.to_frame()["period"], period, as_of=as_of):
            without.append(source.id)
            continue
        step, cells = shown_cells(
            source, shape, unit=unit_of(project, source), as_of=as_of, limit=limit, persons=persons.get(source.id)
        )
        whole = step is not None and period.months % MONTHS[step] == 0
        groups = _groups(project, source, cells, period=period, values=values) if whole and cells is not None else []
        observed += groups
        if not groups:
            coarse.append(source.id)
    dates = [row.date for row in project.ledger if period.first <= row.date <= min(period.last, as_of)]
    return PeriodSummary(
        period=period,
        observed=tuple(observed),
        without=tuple(without),
        coarse=tuple(coarse),
        ledger=max(dates, default=None),
    )


def _groups(
    project: Project, source: DataSource, cells: pd.DataFrame, *, period: Period, values: Values
) -> list[Observed]:
    found: list[Observed] = []
    for group in (one for one in GROUPS if one in set(cells["group"])):
        own = cells[cells["group"] == group]
        now = own[_within(own, period)]
        if now.empty:
            continue
        id = f"period.{source.id}.{group}"
        _add(project, source, now, id, values)
        before = own[own["period"].isin(now["period"] - pd.DateOffset(years=1))]
        # A cell the data lack a part of is not compared with a whole one.
        alike = len(before) == len(now) and bool(before["whole"].all() and now["whole"].all())
        if alike:
            _add(project, source, before, f"{id}.before", values)
        first, last = now["first"].min().date(), (now["end"].max() - pd.Timedelta(days=1)).date()
        found.append(Observed(data=source.id, group=group, id=id, first=first, last=last, before=alike))
    return found


def _add(project: Project, source: DataSource, cells: pd.DataFrame, id: str, values: Values) -> None:
    unit = unit_of(project, source)
    count, exposure = int(cells["count"].sum()), float(cells["exposure"].sum())
    low, high = rate_interval(count, unit, exposure)
    known: dict[str, Any] = {"basis": "measured", "source": project.said(source.source)}
    values.add(f"{id}.count", count, unit="count" if unit == "share" else unit, **known)
    values.add(f"{id}.exposure", exposure, unit="count", **known)
    per = "none" if unit == "share" else source.per
    values.add(f"{id}.rate", count / exposure, low=low, high=high, unit=unit, per=per, **known)


def _reaches(starts: pd.Series, period: Period, *, as_of: date) -> bool:
    """Whether any cell known by a date, by its first day and the data's own length, has days in the period."""
    ends = starts + pd.DateOffset(months=step_in_months(starts))
    known = ends <= pd.Timestamp(as_of) + pd.Timedelta(days=1)
    return bool((known & (starts <= pd.Timestamp(period.last)) & (ends > pd.Timestamp(period.first))).any())


def _within(frame: pd.DataFrame, period: Period) -> pd.Series:
    inside: pd.Series = frame["period"].between(pd.Timestamp(period.first), pd.Timestamp(period.last))
    return inside
