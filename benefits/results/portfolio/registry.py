"""Reads the table of a portfolio: each row as printed, with its line; an empty cell was not printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, get_args

import pandas as pd

from benefits.activity.reading.columns import NumberFormat
from benefits.activity.tables.rows import RowProblems
from benefits.activity.tables.texts import TextTable, refuse_missing_columns, refuse_national_ids
from benefits.errors import InvalidInput, Problem
from benefits.project.portfolio import Registry
from benefits.project.rules_common import nearest
from benefits.vocabulary import HealthRegion, Phase

Word = TypeVar("Word")

TRUTHS = {"true": True, "false": False}
"""Words for yes and no, besides those the portfolio file names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryRow:
    """One row of the table; what was not printed is None.

    Attributes
    ----------
    line
        In the file.
    number
        From one, in the order of the file.
    other_name
        The project's name elsewhere in the source, where it is written otherwise.
    hours
        Granted or used, as the source means it.
    """

    line: int
    number: int
    project: str
    other_name: str | None = None
    round: str | None = None
    owner: str | None = None
    hours: float | None = None
    phase_start: Phase | None = None
    phase_end: Phase | None = None
    health_region: HealthRegion | None = None
    dho: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryTable:
    """The rows of a table, and the fingerprint of its file."""

    rows: tuple[RegistryRow, ...]
    sha256: str


def read_registry(registry: Registry, *, root: Path) -> RegistryTable:
    """Read the table a portfolio file describes.

    Parameters
    ----------
    registry
        The file, its columns, and its words for ours.
    root
        The folder the file is named from.

    Raises
    ------
    InvalidInput
        With every problem of every row: a name that is missing or stands twice in one round, hours that are no number
        or less than zero, and words that are no phase, region, yes or no.
    """
    columns = {str(name): column for name, column in registry.columns.items()}
    text = TextTable.of(root=root, file=registry.file, encoding=registry.encoding, delimiter=registry.delimiter)
    refuse_missing_columns(text, columns, tuple(columns))
    refuse_national_ids(text)
    if text.table.empty:
        raise InvalidInput((Problem(place=registry.file, code="no_rows"),))
    problems = RowProblems(registry.file)
    cells = _Cells(text.table, columns, problems)
    phases: dict[str, Phase] = {one: one for one in get_args(Phase)} | registry.phases
    regions: dict[str, HealthRegion] = {one: one for one in get_args(HealthRegion)} | registry.health_regions
    projects, other_names = cells.texts("project"), cells.texts("other_name")
    rounds, owners, hours = cells.texts("round"), cells.texts("owner"), _hours(cells, registry)
    starts, ends = cells.words("phase_start", phases), cells.words("phase_end", phases)
    found_regions, dho = cells.words("health_region", regions), cells.words("dho", {**TRUTHS, **registry.truths})
    rows = tuple(
        RegistryRow(
            line=line,
            number=place + 1,
            project=projects[place] or "",
            other_name=other_names[place],
            round=rounds[place],
            owner=owners[place],
            hours=hours[place],
            phase_start=starts[place],
            phase_end=ends[place],
            health_region=found_regions[place],
            dho=dho[place],
        )
        for place, line in enumerate(cells.lines)
    )
    for row in rows:
        if not row.project:
            problems.add(row.line, "row_without_project")
    _find_repeated(rows, problems)
    if problems.found:
        raise InvalidInput(problems.listed())
    return RegistryTable(rows=rows, sha256=text.sha256)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The columns of the table under our names; a column that is not there is empty throughout."""

    table: pd.DataFrame
    columns: Mapping[str, str]
    problems: RowProblems

    @property
    def lines(self) -> list[int]:
        return [int(line) for line in self.table.index]

    def texts(self, name: str) -> list[str | None]:
        if name not in self.columns:
            return [None] * len(self.table)
        return [str(cell) or None for cell in self.table[self.columns[name]]]

    def words(self, name: str, known: Mapping[str, Word]) -> list[Word | None]:
        return [self._word(name, line, cell, known) for line, cell in zip(self.lines, self.texts(name), strict=True)]

    def _word(self, name: str, line: int, cell: str | None, known: Mapping[str, Word]) -> Word | None:
        if cell is None:
            return None
        if cell not in known:
            parameters = {"column": self.columns[name], "nearest": nearest(cell, known), "known": ", ".join(known)}
            self.problems.add(line, "cell_not_one_of", value=cell, **parameters)
        return known.get(cell)


def _hours(cells: _Cells, registry: Registry) -> list[float | None]:
    if "hours" not in cells.columns:
        return [None] * len(cells.table)
    column = cells.table[cells.columns["hours"]]
    numbers = NumberFormat(decimal=registry.decimal, thousands=" ").numbers(column)
    found: list[float | None] = []
    for line, cell, number in zip(cells.lines, column, numbers, strict=True):
        if cell and pd.isna(number):
            cells.problems.add(
                line, "cell_not_a_number", value=str(cell), column=cells.columns["hours"], decimal=registry.decimal
            )
        elif cell and number < 0:
            cells.problems.add(line, "negative_hours", value=str(cell), column=cells.columns["hours"])
        found.append(float(number) if cell and not pd.isna(number) else None)
    return found


def _find_repeated(rows: tuple[RegistryRow, ...], problems: RowProblems) -> None:
    first: dict[tuple[str, str | None], int] = {}
    for row in rows:
        if row.project:
            key = (row.project.casefold(), row.round)
            if key in first:
                problems.add(row.line, "project_row_twice", value=row.project, first=first[key])
            first.setdefault(key, row.line)
