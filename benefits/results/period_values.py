"""What was observed in one period, beside the same period the year before, from cells that are published anyway."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from benefits.activity import Panel, Series, Step
from benefits.activity.cells import MONTHS
from benefits.activity.steps import step_in_months
from benefits.project.model import DataSource, Project
from benefits.results.period import Period
from benefits.results.published import rate_interval, shown_cells
from benefits.results.reading import month_end, unit_of
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
        First and last day the data cover within the period.
    before
        Whether the same months of the year before are in the data, and shown.
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
        Data sources shown by longer steps than the period, or not at all: their numbers are too small.
    ledger
        Date of the last row of the ledger within the period.
    """

    period: Period
    observed: tuple[Observed, ...]
    without: tuple[str, ...]
    coarse: tuple[str, ...]
    ledger: date | None


def observe(
    project: Project, shapes: Mapping[str, Series | Panel], *, areas: Iterable[str], period: Period, values: Values
) -> PeriodSummary:
    """Add counts, exposures and rates of a period as ``period.<data>.<group>.*``, and return where they are.

    Numbers of a period are sums of whole cells at the step the series is published at, so that they tell nothing
    about a small cell that the series does not.

    Parameters
    ----------
    project
        Names the data sources.
    shapes
        Data by id, as known at the date of the report.
    areas
        Data ids of figures for areas in one period, which are shown elsewhere.
    period
        Year, tertial or month.
    values
        Where the numbers are added.
    """
    skipped = set(areas)
    observed: list[Observed] = []
    without: list[str] = []
    coarse: list[str] = []
    for source in project.data:
        if source.id in skipped:
            continue
        shape = shapes.get(source.id)
        if shape is None or not _reaches(shape.to_frame()["period"], period):
            without.append(source.id)
            continue
        step, cells = shown_cells(source, shape, unit=unit_of(project, source))
        if cells is None or step is None or period.months % MONTHS[step]:
            coarse.append(source.id)
            continue
        observed += _groups(project, source, shape.to_frame(), cells, step=step, period=period, values=values)
    dates = [row.date for row in project.ledger if period.first <= row.date <= period.last]
    return PeriodSummary(
        period=period,
        observed=tuple(observed),
        without=tuple(without),
        coarse=tuple(coarse),
        ledger=max(dates, default=None),
    )


def _groups(
    project: Project,
    source: DataSource,
    raw: pd.DataFrame,
    cells: pd.DataFrame,
    *,
    step: Step,
    period: Period,
    values: Values,
) -> list[Observed]:
    found: list[Observed] = []
    for group in (one for one in GROUPS if one in set(cells["group"])):
        own, of_group = cells[cells["group"] == group], raw[raw["group"] == group]
        now = own[_within(own, period)]
        if now.empty:
            continue
        id = f"period.{source.id}.{group}"
        _add(project, source, now, id, values)
        known = of_group.loc[_within(of_group, period), "period"]
        last = _end(known.max(), step_in_months(raw["period"]))
        before = own[own["period"].isin(now["period"] - pd.DateOffset(years=1))]
        # A cell that is not over yet is not compared with a whole one.
        alike = len(before) == len(now) and last == _end(now["period"].max(), MONTHS[step])
        if alike:
            _add(project, source, before, f"{id}.before", values)
        found.append(Observed(data=source.id, group=group, id=id, first=known.min().date(), last=last, before=alike))
    return found


def _end(start: pd.Timestamp, months: int) -> date:
    """Last day of a cell."""
    return month_end((start + pd.DateOffset(months=months - 1)).date())


def _add(project: Project, source: DataSource, cells: pd.DataFrame, id: str, values: Values) -> None:
    unit = unit_of(project, source)
    count, exposure = int(cells["count"].sum()), float(cells["exposure"].sum())
    low, high = rate_interval(count, unit, exposure)
    known: dict[str, Any] = {"basis": "measured", "source": project.said(source.source)}
    values.add(f"{id}.count", count, unit="count" if unit == "share" else unit, **known)
    values.add(f"{id}.exposure", exposure, unit="count", **known)
    per = "none" if unit == "share" else source.per
    values.add(f"{id}.rate", count / exposure, low=low, high=high, unit=unit, per=per, **known)


def _reaches(starts: pd.Series, period: Period) -> bool:
    """Whether any cell, by its first day and the data's own length, has days in the period."""
    ends = starts + pd.DateOffset(months=step_in_months(starts))
    return bool(((starts <= pd.Timestamp(period.last)) & (ends > pd.Timestamp(period.first))).any())


def _within(frame: pd.DataFrame, period: Period) -> pd.Series:
    inside: pd.Series = frame["period"].between(pd.Timestamp(period.first), pd.Timestamp(period.last))
    return inside
