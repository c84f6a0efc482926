"""How much of what is counted an analysis will rest on: from the data where there are some, else from the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from benefits.activity import Data, Panel, Series
from benefits.measurement.dispersion import Member, dispersion, dispersion_around_trend, dispersion_within
from benefits.measurement.options import RateOptions
from benefits.measurement.preparation import treated_group
from benefits.measurement.two_groups.clustering import level_of, units_of
from benefits.measurement.windows import divide
from benefits.project.benefit import Benefit, Period
from benefits.project.model import Project
from benefits.results.baselines import kind_of
from benefits.results.limits import LIMIT, PERSON_TIME, persons_by_group
from benefits.results.power.frozen_analysis import BESIDE, COUNTED, FOUR_CELLS, PAST, YEAR, FrozenAnalysis
from benefits.results.verdicts.windows import first_month

DAYS_IN_YEAR = 365.25
OVER_TIME = frozenset({"interrupted_time_series", "projection"})
"""Designs that model the periods of a whole group, not its persons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """Exposure, persons and spread of a comparison of rates; exposures in the unit the indicator is per.

    Attributes
    ----------
    monthly, comparison
        Exposure of the treated in a month of follow-up, and of the group compared with; None without a group.
    before, comparison_before
        Exposure of each before the start; None where it is not compared with, or not known.
    months_before
        Months it covers; None where it is not known.
    persons
        Persons among the treated at a time; None where it is not known.
    members
        What the interval has its degrees of freedom from: persons, units or periods in all; None where not known.
    clusters
        Units in all, where whole units are compared; else None.
    panel
        Whether the rows are persons'.
    dispersion
        How much more the counts vary than independent ones; None where nothing tells.
    whole
        Whether events are counted, not an amount.
    """

    monthly: float
    comparison: float | None
    before: float | None
    comparison_before: float | None
    months_before: int | None
    persons: float | None
    members: int | None
    clusters: int | None
    panel: bool
    dispersion: float | None
    whole: bool


def planned_volume(
    project: Project, benefit: Benefit, analysis: FrozenAnalysis, shapes: Mapping[str, Data]
) -> Volume | None:
    """Return what a comparison of rates will rest on; None where neither data nor plan tell.

    Parameters
    ----------
    project, benefit
        As they are now.
    analysis
        The analysis the benefit is held to.
    shapes
        Data by id, as known at the date of the report.
    """
    data = shapes.get(analysis.data or "")
    source = next((one for one in project.data if one.id == analysis.data), None)
    planned = _in_plan(project, benefit, analysis)
    if source is None or not isinstance(data, (Panel, Series)) or source.per != analysis.held.per:
        return planned if analysis.held.unit in COUNTED else None
    if min(persons_by_group(data, per=source.per).values(), default=LIMIT) < LIMIT:
        return planned if analysis.held.unit in COUNTED else None
    return _in_data(data, benefit, analysis, planned) or planned


def _in_plan(project: Project, benefit: Benefit, analysis: FrozenAnalysis) -> Volume | None:
    """Person-years from the patients expected each year, and those of the baseline where it says so."""
    if analysis.held.per != "person_year" or kind_of(analysis.held.unit) != "rate":
        return None
    first = first_month(analysis.start) + analysis.lag
    months = [first + ahead for ahead in range(analysis.months)]
    counts = [project.volume(month // YEAR, benefit) for month in months]
    told = [count for count in counts if count > 0]
    if not told:
        # The follow-up ends before anybody is expected: a year of the fullest the plan has.
        told = [max((project.volume(year, benefit) for year in project.years), default=0.0)]
    persons = sum(told) / len(told)
    if persons <= 0:
        return None
    monthly = persons / YEAR
    said = benefit.baseline
    before = None
    if said is not None and said.period is not None and said.n:
        before = said.n * _years(said.period)
    beside = analysis.method in BESIDE
    years = _years(said.period) if said is not None and said.period is not None else None
    four = analysis.method in FOUR_CELLS and years is not None
    groups = 2 if beside else 1
    return Volume(
        monthly=monthly,
        comparison=monthly if beside or analysis.method not in PAST else None,
        before=persons * years if four and years is not None else before if analysis.method in PAST else None,
        comparison_before=persons * years if four and years is not None else None,
        months_before=max(1, round(years * YEAR)) if years is not None else None,
        persons=persons,
        members=round(persons) * groups,
        clusters=None,
        panel=analysis.method not in OVER_TIME,
        dispersion=None,
        whole=True,
    )


def _in_data(data: Panel | Series, benefit: Benefit, analysis: FrozenAnalysis, planned: Volume | None) -> Volume | None:
    group = treated_group(data)
    if group is None:
        return None
    controlled = analysis.method == "interrupted_time_series" and analysis.options.get("use_comparison", True)
    beside = (analysis.method in BESIDE or controlled or analysis.registered) and {"treated", "comparison"} <= set(
        data.groups
    )
    wanted = (group, "comparison") if beside else (group,)
    every = data.rows()
    rows = every[every["group"].isin(wanted)]
    longest = analysis.options.get("months_before")
    windows = divide(
        rows,
        go_live=analysis.start,
        options=RateOptions(lag_months=analysis.lag, months_before=longest if isinstance(longest, int) else None),
    )
    side = {(name, post): _exposure(windows.rows, name, post) for name in wanted for post in (0, 1)}
    months = (windows.months(0), windows.months(1))
    if months[0] == 0 or side[group, 0] <= 0:
        return None
    monthly = side[group, 1] / months[1] if months[1] else planned.monthly if planned else side[group, 0] / months[0]
    comparison = None
    if beside:
        after = bool(months[1]) and side["comparison", 1] > 0
        comparison = side["comparison", 1] / months[1] if after else side["comparison", 0] / months[0]
        if comparison <= 0:
            return None
    units = units_of(rows) if analysis.method in BESIDE and beside else None
    level = "person" if isinstance(data, Panel) else "period"
    if units is not None:
        level = level_of(data, units, asked=analysis.options.get("cluster", "auto"))
    per_month = PERSON_TIME.get(analysis.held.per)
    persons = (
        float(rows.loc[rows["group"] == group, "person"].nunique())
        if isinstance(data, Panel)
        else monthly * per_month
        if per_month
        else None
    )
    return Volume(
        monthly=monthly,
        comparison=comparison,
        before=side[group, 0],
        comparison_before=side["comparison", 0] if beside else None,
        months_before=months[0],
        persons=persons,
        members=int(rows["person"].nunique()) if level == "person" and "person" in rows else None,
        clusters=units.treated + units.comparison if level == "unit" and units is not None else None,
        panel=isinstance(data, Panel) and analysis.method not in OVER_TIME,
        dispersion=_dispersion(data, rows, analysis, level=level, begins=analysis.start, benefit=benefit),
        whole=data.whole,
    )


def _dispersion(
    data: Panel | Series, rows: pd.DataFrame, analysis: FrozenAnalysis, *, level: str, begins: date, benefit: Benefit
) -> float | None:
    """The spread the method itself meets: within persons or units, or between periods, season apart where it is."""
    selected = benefit.baseline is not None and benefit.baseline.selection is not None
    kept = type(data)(rows)
    if level in {"person", "unit"}:
        member: Member = "unit" if level == "unit" else "person"
        sides = (True, False) if selected else (False,)
        within = (dispersion_within(kept, member=member, go_live=begins, selected=one) for one in sides)
        return next((one for one in within if one is not None), None)
    if analysis.method in OVER_TIME:
        series = kept.to_series() if isinstance(kept, Panel) else kept
        waves = 0 if analysis.options.get("season") == "none" else int(analysis.options.get("harmonics", 2))
        months = analysis.options.get("months_before")
        alone = [Series(one) for _, one in series.rows().groupby("group", sort=True)]
        found = [dispersion_around_trend(one, go_live=begins, months=months, harmonics=waves) for one in alone]
        told = [one for one in found if one is not None]
        return sum(told) / len(told) if told else None
    return dispersion(kept, go_live=begins, selected=False)


def _exposure(rows: pd.DataFrame, group: str, post: int) -> float:
    return float(rows.loc[(rows["group"] == group) & (rows["post"] == post), "exposure"].sum())


def _years(period: Period) -> float:
    return ((period.end - period.start).days + 1) / DAYS_IN_YEAR
