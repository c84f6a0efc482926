"""Reads the table of a ledger: one row per date, columns named by our keys or by the words reports use for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from benefits.activity.reading.columns import NumberFormat
from benefits.activity.tables.opening import open_table
from benefits.activity.tables.relations import Relation
from benefits.activity.tables.rows import RowProblems
from benefits.activity.tables.texts import TextTable, refuse_national_ids
from benefits.errors import InvalidInput, Problem
from benefits.project.model import LedgerRow, Project
from benefits.project.rules_ledger import misfits
from benefits.project.scalars import suggested_date

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        **{key: key for key in LedgerRow.model_fields},
        **{"dato": "date", "kilde": "source", "kjelde": "source"},
        **{"invitert": "invited", "inviterte": "invited", "takket ja": "accepted", "takka ja": "accepted"},
        **{"startet": "started", "starta": "started", "aktive": "active"},
        **{"avsluttet": "ended", "avslutta": "ended", "fullført": "completed"},
        **{"falt fra": "fell_out", "falle frå": "fell_out", "dropped out": "fell_out"},
        **{"frafall": "fell_out", "fråfall": "fell_out"},
        **{"døde": "died", "døydde": "died"},
        **{"andre grunner": "other_reason", "andre grunnar": "other_reason", "other reasons": "other_reason"},
        **{"pasientmåneder": "patient_months", "pasientmånader": "patient_months", "patient-months": "patient_months"},
        **{"varsler": "alerts", "varsel": "alerts", "minutter": "minutes", "minutt": "minutes"},
        **{"kostnad, kr": "cost", "kostnad": "cost", "kroner": "cost", "cost, nok": "cost"},
        **{"kommuner": "units", "kommunar": "units", "municipalities": "units"},
    }
)
"""What may head a column, in small letters -> our key. A test holds it to the words of reports."""
_WHOLE = frozenset(LedgerRow.model_fields) - {"date", "source", "patient_months", "minutes", "cost"}
_LARGEST = 10**12

PlaceOf = Callable[[int, str], str]
"""Where a field of a row of the project file stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRead:
    """The rows of a project's ledger with those of its table, what is wrong with them, and the table's fingerprint."""

    rows: tuple[LedgerRow, ...]
    problems: tuple[Problem, ...]
    files: Mapping[str, str]


def read_ledger(project: Project, *, root: Path, place_of: PlaceOf) -> LedgerRead:
    """Return the ledger of a project, with the rows of the table it names, if it names one.

    A CSV file has semicolons and a decimal comma, or commas and a decimal point; it is UTF-8 or cp1252, as Excel
    saves. A workbook has one sheet that is not hidden. Days are written
    2025-06-30 or 30.06.2025.

    Parameters
    ----------
    project
        Names the table, relative to ``root``.
    root
        Folder of the project file.
    place_of
        Where a row of the project file (from zero) and its field stand, for problems.
    """
    if project.ledger_file is None:
        return LedgerRead(rows=project.ledger, problems=(), files={})
    try:
        table, decimal = _opened(project.ledger_file, root=root)
        rows, at = _rows(table, decimal=decimal)
    except InvalidInput as mistake:
        return LedgerRead(rows=project.ledger, problems=mistake.problems, files={})
    written = len(project.ledger)
    columns = {HEADINGS[str(name).casefold()]: str(name) for name in table.table.columns}

    def place(index: int, field: str) -> str:
        if index < written:
            return place_of(index, field)
        return table.place(at[index - written], columns.get(field, columns["date"]))

    whole = (*project.ledger, *rows)
    problems = [
        Problem(
            place=place(one.at, one.key),
            code=one.code,
            value=_written(getattr(whole[one.at], one.key)),
            parameters=one.parameters,
        )
        for one in misfits(whole, go_live=project.go_live)
    ]
    problems += _twice(whole, written, place)
    return LedgerRead(rows=whole, problems=tuple(problems), files={project.ledger_file: table.sha256})


def _written(number: float) -> str:
    """A number of a row as people write it: 60, not 60.0."""
    return str(int(number) if number == int(number) else number)


def _opened(file: str, *, root: Path) -> tuple[TextTable, str]:
    """Open the table, trying the other encoding and the mark between columns it turns out to have; and decimal mark."""
    encoding, delimiter = "utf-8", ";"
    while True:
        try:
            opened = open_table(root=root, file=file, encoding=encoding, delimiter=delimiter)
            break
        except InvalidInput as mistake:
            found = mistake.problems[0]
            if found.code == "wrong_encoding" and encoding == "utf-8":
                encoding = "cp1252"
            elif found.code == "wrong_delimiter" and delimiter == ";":
                delimiter = str(found.parameters["found"])
            elif found.code in {"wrong_encoding", "wrong_delimiter"}:
                raise InvalidInput((Problem(place=file, code="ledger_not_a_table"),)) from None
            elif found.code == "sheet_not_chosen":
                # A project file says the sheet of its data, but has no place for that of its ledger.
                problem = Problem(place=found.place, code="ledger_several_sheets", parameters=found.parameters)
                raise InvalidInput((problem,)) from None
            else:
                raise
    table = opened.texts({name: name for name in opened.kinds}) if isinstance(opened, Relation) else opened
    refuse_national_ids(table)
    return table, "." if delimiter == "," else ","


def _rows(table: TextTable, *, decimal: str) -> tuple[list[LedgerRow], list[int]]:
    """The rows, and the line each stands on.

    Raises
    ------
    InvalidInput
        With every cell that cannot be what its column is of, and every column that is none of ours.
    """
    frame, problems = table.table, table.row_problems()
    keys, of_header = _keys(table)
    if frame.empty:
        of_header.append(Problem(place=table.file, code="ledger_no_rows"))
    numbers = NumberFormat(decimal=decimal, thousands=" ")
    read = {key: _column(frame[name], key, numbers, problems) for name, key in keys.items()}
    if of_header or problems.found:
        raise InvalidInput((*of_header, *problems.listed()))
    found = [
        LedgerRow.model_validate({key: cells[place] for key, cells in read.items() if cells[place] is not None})
        for place in range(len(frame))
    ]
    return found, [int(str(line)) for line in frame.index]


def _keys(table: TextTable) -> tuple[dict[str, str], list[Problem]]:
    """Each column's name in the file and our key for it, and what is wrong with the headings."""
    named = [str(name) for name in table.table.columns]
    keys = {name: HEADINGS[name.casefold()] for name in named if name.casefold() in HEADINGS}
    problems = [
        Problem(
            place=table.place(table.header, name),
            code="ledger_unknown_column",
            value=name,
        )
        for name in named
        if name not in keys
    ]
    twice = [name for name, key in keys.items() if list(keys.values()).index(key) != list(keys).index(name)]
    problems += [Problem(place=table.place(table.header, name), code="column_twice", value=name) for name in twice]
    if "date" not in keys.values():
        problems.append(Problem(place=table.header_place, code="ledger_without_date"))
    return keys, problems


def _column(column: pd.Series, key: str, numbers: NumberFormat, problems: RowProblems) -> list[Any]:
    name = str(column.name)
    if key == "source":
        return [str(cell) or None for cell in column]
    if key == "date":
        return [_day(str(cell), int(str(line)), name, problems) for line, cell in column.items()]
    found: list[Any] = []
    for (line, cell), number in zip(column.items(), numbers.numbers(column), strict=True):
        at, value = int(str(line)), str(cell)
        if not value:
            found.append(None)
        elif pd.isna(number) or number > _LARGEST:
            problems.add(at, "ledger_not_a_number", value=value, column=name, decimal=numbers.decimal)
        elif number < 0:
            problems.add(at, "negative_count", value=value, column=name)
        elif key in _WHOLE and number % 1:
            problems.add(at, "ledger_not_whole", value=value, column=name)
        else:
            found.append(int(number) if key in _WHOLE else float(number))
    return found


def _day(cell: str, line: int, column: str, problems: RowProblems) -> date | None:
    if not cell:
        problems.add(line, "empty_cell", column=column)
        return None
    written = suggested_date(cell)
    if written is None:
        problems.add(line, "ledger_not_a_day", value=cell, column=column)
    return date.fromisoformat(written) if written is not None else None


def _twice(rows: tuple[LedgerRow, ...], written: int, place: PlaceOf) -> list[Problem]:
    """A problem for each row of the table whose date another row has; those of the project file are told of there."""
    first: dict[date, int] = {}
    problems: list[Problem] = []
    for at, row in enumerate(rows):
        other = first.setdefault(row.date, at)
        if other != at and at >= written:
            where: dict[str, str | int | float] = {"other": place(other, "date")}
            value = row.date.isoformat()
            problems.append(Problem(place=place(at, "date"), code="ledger_date_twice", value=value, parameters=where))
    return problems
