"""Read the data files a project names, all problems at once."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benefits.activity import Extract, Panel, Series, read_panel, read_series
from benefits.errors import InvalidInput, Problem
from benefits.measurement.windows import step_in_months
from benefits.project.model import DataSource, Project
from benefits.vocabulary import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """The data of a project: what could be read, what could not, and the fingerprint of each file."""

    extracts: Mapping[str, Extract[Series] | Extract[Panel]]
    problems: tuple[Problem, ...]

    @property
    def shapes(self) -> dict[str, Series | Panel]:
        """Data by id."""
        return {name: extract.shape for name, extract in self.extracts.items()}


def read_activity(project: Project, *, root: Path) -> Activity:
    """Read every data file of a project.

    Parameters
    ----------
    project
        Names the files, relative to ``root``.
    root
        Folder of the project file.
    """
    extracts: dict[str, Extract[Series] | Extract[Panel]] = {}
    problems: list[Problem] = []
    for source in project.data:
        try:
            extracts[source.id] = _read(source, root, shares=unit_of(project, source) == "share")
        except InvalidInput as mistake:
            problems.extend(mistake.problems)
    return Activity(extracts=extracts, problems=tuple(problems))


def unit_of(project: Project, source: DataSource) -> Unit:
    """Return what a data source counts: as it says, else as the indicator it measures does."""
    if source.unit is not None:
        return source.unit
    for benefit in project.benefits:
        if benefit.method is not None and benefit.method.data == source.id and benefit.indicator is not None:
            return benefit.indicator.unit
    return "count"


def _read(source: DataSource, root: Path, *, shares: bool) -> Extract[Series] | Extract[Panel]:
    columns = {str(ours): theirs for ours, theirs in source.columns.items()}
    read = read_panel if source.shape == "panel" else read_series
    return read(
        root=root,
        file=source.file,
        columns=columns,
        delimiter=source.delimiter,
        decimal=source.decimal,
        encoding=source.encoding,
        shares=shares,
    )


def last_whole_month(shapes: Mapping[str, Series | Panel]) -> date | None:
    """Return the last day of the last month that any data source reaches, or None without data."""
    ends = [months_on(shape.last_period, step_in_months(shape.to_frame()["period"]) - 1) for shape in shapes.values()]
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


def known_by(shape: Series | Panel, as_of: date) -> Series | Panel | None:
    """Return what was known at a date: the periods that had ended by then; None when there is none."""
    step = step_in_months(shape.to_frame()["period"])
    begins = as_of.year * 12 + as_of.month - step + (1 if month_end(as_of) == as_of else 0)
    try:
        return shape.until(date((begins - 1) // 12, (begins - 1) % 12 + 1, 1))
    except ValueError:
        return None
