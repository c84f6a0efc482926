"""Read the data files a project names, all problems at once."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benefits.activity import Data, Panel, Responses, Series
from benefits.activity.reading.ledger import PlaceOf, read_ledger
from benefits.activity.reading.source import AnyExtract, read_source
from benefits.activity.tables.opened import Tables
from benefits.errors import InvalidInput, Problem
from benefits.measurement.windows import step_in_months
from benefits.project.data import DataSource
from benefits.project.load import PROJECT_FILE, Loaded
from benefits.project.model import LedgerRow, Project
from benefits.project.places import known_place
from benefits.vocabulary import Unit

NOW_AND_THEN = frozenset({"time_study", "repeated_cross_sections"})
"""Methods that take each period for a month in which something was measured, not for a stretch of time."""


def _unplaced(_: int, __: str) -> str:
    return PROJECT_FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """The data of a project and its ledger: what could be read, what could not, and the fingerprint of each file."""

    extracts: Mapping[str, AnyExtract]
    problems: tuple[Problem, ...]
    ledger: tuple[LedgerRow, ...] = ()
    ledger_files: Mapping[str, str] = field(default_factory=dict)

    @property
    def shapes(self) -> dict[str, Data]:
        """Data by id."""
        return {name: extract.shape for name, extract in self.extracts.items()}

    @property
    def files(self) -> dict[str, str]:
        """Every file and table the data rest on, with its fingerprint."""
        found = {name: print_ for extract in self.extracts.values() for name, print_ in extract.files.items()}
        return found | dict(self.ledger_files)


def read_activity(project: Project, *, root: Path, place_of: PlaceOf = _unplaced) -> Activity:
    """Read every data file of a project, each once, and the table of its ledger.

    Parameters
    ----------
    project
        Names the files, relative to ``root``.
    root
        Folder of the project file.
    place_of
        Where a row of the ledger in the project file and its key stand, for problems.
    """
    extracts: dict[str, AnyExtract] = {}
    problems: list[Problem] = []
    tables, others = Tables(root), [event.date for event in project.events]
    for source in project.data:
        try:
            unit = unit_of(project, source)
            extracts[source.id] = read_source(source, tables=tables, unit=unit, other_events=others)
        except InvalidInput as mistake:
            problems.extend(mistake.problems)
    ledger = read_ledger(project, root=root, place_of=place_of)
    problems.extend(ledger.problems)
    return Activity(
        extracts=extracts, problems=tuple(dict.fromkeys(problems)), ledger=ledger.rows, ledger_files=ledger.files
    )


def in_ledger_of(loaded: Loaded) -> PlaceOf:
    """Return what tells where a row of a project file's ledger and its key stand."""
    return lambda at, key: f"{loaded.file}:{known_place(loaded.places, ('ledger', at, key))[1].line}"


def counted(shapes: Mapping[str, Data]) -> dict[str, Series | Panel]:
    """Return the data that are counts over time; answers to a survey are left out.

    Examples
    --------
    >>> counted({})
    {}
    """
    return {name: shape for name, shape in shapes.items() if not isinstance(shape, Responses)}


def only_active(extracts: Mapping[str, AnyExtract], as_of: date) -> dict[str, Panel]:
    """Return, by id, what was known of those who took part while they did; where no such analysis is asked for, none.

    Examples
    --------
    >>> only_active({}, date(2025, 1, 1))
    {}
    """
    found: dict[str, Panel] = {}
    for name, extract in extracts.items():
        known = known_by(extract.secondary, as_of) if extract.secondary is not None else None
        if isinstance(known, Panel):
            found[name] = known
    return found


def unit_of(project: Project, source: DataSource) -> Unit:
    """Return what a data source counts: as it says, else as the indicator it measures does."""
    if source.unit is not None:
        return source.unit
    for benefit in project.benefits:
        if benefit.method is not None and benefit.method.data == source.id and benefit.indicator is not None:
            return benefit.indicator.unit
    return "count"


def last_whole_month(shapes: Mapping[str, Data]) -> date | None:
    """Return the last day of the last month that any data source reaches, or None without data."""
    ends = [
        shape.last_wave
        if isinstance(shape, Responses)
        else months_on(shape.last_period, step_in_months(shape.to_frame()["period"]) - 1)
        for shape in shapes.values()
    ]
    return month_end(max(ends)) if ends else None


def months_on(day: date, months: int) -> date:
    """Return the first day of the month so many months on."""
    ahead = day.year * 12 + day.month - 1 + months
    return date(ahead // 12, ahead % 12 + 1, 1)


def month_end(day: date) -> date:
    """Return the last day of the month.

    Examples
    --------
    >>> month_end(date(2024, 2, 1))
    datetime.date(2024, 2, 29)
    """
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def now_and_then(project: Project) -> frozenset[str]:
    """Return the data measured now and then, not all the time: each period is a month, however far apart they are.

    Two months of a time study a year apart are not two years, of which the second has not ended.
    """
    return frozenset(
        benefit.method.data
        for benefit in project.benefits
        if benefit.method is not None and benefit.method.data is not None
        if benefit.method.id in NOW_AND_THEN or benefit.method.options.get("occasions") is True
    )


def known_by(shape: Data, as_of: date, *, step: int | None = None) -> Data | None:
    """Return what was known at a date: the periods that had ended, the waves sent by then; None when there is none.

    Parameters
    ----------
    shape
        The data.
    as_of
        The date.
    step
        Months a period lasts; None to tell it from the distances between them.
    """
    if isinstance(shape, Responses):
        return shape.until(as_of) if shape.waves[0].date() <= as_of else None
    step = step_in_months(shape.to_frame()["period"]) if step is None else step
    begins = as_of.year * 12 + as_of.month - step + (1 if month_end(as_of) == as_of else 0)
    try:
        return shape.until(date((begins - 1) // 12, (begins - 1) % 12 + 1, 1))
    except ValueError:
        return None
