"""Read the data files a project names, all problems at once."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benefits.activity import Extract, Panel, Series, read_panel, read_series
from benefits.errors import InvalidInput, Problem
from benefits.project.model import DataSource, Project


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
            extracts[source.id] = _read(source, root)
        except InvalidInput as mistake:
            problems.extend(mistake.problems)
    return Activity(extracts=extracts, problems=tuple(problems))


def _read(source: DataSource, root: Path) -> Extract[Series] | Extract[Panel]:
    columns = {str(ours): theirs for ours, theirs in source.columns.items()}
    read = read_panel if source.shape == "panel" else read_series
    return read(
        root=root,
        file=source.file,
        columns=columns,
        delimiter=source.delimiter,
        decimal=source.decimal,
        encoding=source.encoding,
    )


def last_whole_month(shapes: Mapping[str, Series | Panel]) -> date | None:
    """Return the last day of the last month that any data source reaches, or None without data."""
    if not shapes:
        return None
    return month_end(max(shape.last_period for shape in shapes.values()))


def month_end(day: date) -> date:
    """Return the last day of the month.

    Examples
    --------
    >>> month_end(date(2024, 2, 1))
    datetime.date(2024, 2, 29)
    """
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def known_by(shape: Series | Panel, as_of: date) -> Series | Panel | None:
    """Return what was known at a date: whole months that had ended by then; None when there is nothing."""
    last = as_of if month_end(as_of) == as_of else as_of.replace(day=1) - timedelta(days=1)
    try:
        return shape.until(last)
    except ValueError:
        return None
