"""Read activity data from CSV: every mistake found with its line, the bytes' fingerprint, no person's own id kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

import pandas as pd

from benefits.activity.columns import NumberFormat, counts, exposures, groups, periods
from benefits.activity.guard import national_ids
from benefits.activity.rows import RowProblems
from benefits.activity.shapes import PANEL_COLUMNS, SERIES_COLUMNS, Panel, Series
from benefits.errors import InvalidInput, Problem

Shape = TypeVar("Shape", Series, Panel)

_OPTIONAL = {"unit": "", "group": "all"}
_ENCODINGS = ("utf-8", "cp1252")
_DELIMITERS = ";,\t|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract(Generic[Shape]):
    """Activity data as read from one file.

    Attributes
    ----------
    shape
        The data.
    sha256
        Fingerprint of the file's bytes, hexadecimal.
    rows
        Number of data rows read.
    """

    shape: Shape
    sha256: str
    rows: int


def read_series(
    *,
    root: Path,
    file: str,
    columns: Mapping[str, str],
    delimiter: str = ";",
    decimal: str = ",",
    thousands: str | None = None,
    encoding: str = "utf-8",
    unit: str = "",
    group: str = "all",
    shares: bool = False,
) -> Extract[Series]:
    """Read counts per unit, group and period.

    Parameters
    ----------
    root, file
        Folder, and the file's path below it. Only ``file`` appears in problems.
    columns
        Our name (period, unit, group, count, exposure) -> the name in the file. ``unit`` and ``group`` may be left out.
    delimiter, decimal, thousands
        Single characters; ``thousands`` None when numbers are not grouped.
    encoding
        ``utf-8`` (with or without a byte order mark) or ``cp1252``.
    unit, group
        What every row gets when the file has no such column.
    shares
        Whether the count is a part of the exposure, and so never above it.

    Returns
    -------
    Extract

    Raises
    ------
    InvalidInput
        With every problem found; of each rule at most twenty rows are listed, then their number.
    """
    text = TextTable.of(root=root, file=file, encoding=encoding, delimiter=delimiter)
    rows = _rows(text, columns, SERIES_COLUMNS, NumberFormat(decimal=decimal, thousands=thousands), unit, group, shares)
    return Extract(shape=Series(rows), sha256=text.sha256, rows=len(rows))


def read_panel(
    *,
    root: Path,
    file: str,
    columns: Mapping[str, str],
    delimiter: str = ";",
    decimal: str = ",",
    thousands: str | None = None,
    encoding: str = "utf-8",
    unit: str = "",
    group: str = "all",
    shares: bool = False,
) -> Extract[Panel]:
    """Read counts per person and period; parameters, result and problems as for :func:`read_series`.

    ``columns`` also names ``person``. The persons' ids are replaced by running integers before anything else is done.
    """
    text = TextTable.of(root=root, file=file, encoding=encoding, delimiter=delimiter)
    rows = _rows(text, columns, PANEL_COLUMNS, NumberFormat(decimal=decimal, thousands=thousands), unit, group, shares)
    return Extract(shape=Panel(rows), sha256=text.sha256, rows=len(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """A CSV file as a table of texts, its index the line numbers."""

    file: str
    table: pd.DataFrame
    sha256: str

    @staticmethod
    def of(*, root: Path, file: str, encoding: str, delimiter: str) -> TextTable:
        """Read a file below a folder; a byte order mark and empty lines are left out.

        Raises
        ------
        InvalidInput
            When it is missing, empty, in another encoding or with another delimiter, or a row is not like the header.
        """
        try:
            content = (root / file).read_bytes()
        except OSError:
            raise _invalid(file, "file_not_found") from None
        text = _decoded(content, file=file, encoding=encoding)
        if not text.strip():
            raise _invalid(file, "empty_file")
        table = _table(text, file=file, delimiter=delimiter)
        return TextTable(file=file, table=table, sha256=sha256(content).hexdigest())


def _decoded(content: bytes, *, file: str, encoding: str) -> str:
    if encoding not in _ENCODINGS:
        raise _invalid(file, "unknown_encoding", value=encoding, known=", ".join(_ENCODINGS))
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        other = next(name for name in _ENCODINGS if name != encoding)
        raise _invalid(f"{file}:{line}", "wrong_encoding", encoding=encoding, other=other) from None
    if encoding == "cp1252" and not content.isascii() and _is_utf8(content):
        line = next(number for number, row in enumerate(content.split(b"\n"), start=1) if not row.isascii())
        raise _invalid(f"{file}:{line}", "wrong_encoding", encoding=encoding, other="utf-8")
    return text


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _table(text: str, *, file: str, delimiter: str) -> pd.DataFrame:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = [name.strip() for name in next(reader, [])]
    other = next((mark for mark in _DELIMITERS if len(header) == 1 and mark in header[0]), None)
    if other is not None:
        raise _invalid(f"{file}:1", "wrong_delimiter", value=header[0], declared=delimiter, found=other)
    lines: list[int] = []
    rows: list[list[str]] = []
    ragged = RowProblems(file)
    begins = reader.line_num + 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) != len(header):
                    ragged.add(begins, "wrong_number_of_cells", expected=len(header), found=len(row))
                else:
                    rows.append([cell.strip() for cell in row])
                    lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error:
        raise _invalid(f"{file}:{begins}", "unreadable_row") from None
    twice = sorted({name for name in header if header.count(name) > 1})
    repeated = [Problem(place=f"{file}:1", code="column_twice", value=name) for name in twice]
    if repeated or ragged.found:
        raise InvalidInput((*repeated, *ragged.listed()))
    return pd.DataFrame(rows, columns=header, index=lines, dtype="str")


def _rows(
    text: TextTable,
    columns: Mapping[str, str],
    wanted: tuple[str, ...],
    numbers: NumberFormat,
    unit: str,
    group: str,
    shares: bool,
) -> pd.DataFrame:
    refuse_missing_columns(text, columns, wanted)
    refuse_national_ids(text)
    if text.table.empty:
        raise _invalid(text.file, "no_rows")
    named = {name: text.table[columns[name]] for name in wanted if name in columns}
    constants = {"unit": unit, "group": group}
    problems = RowProblems(text.file)
    parsed = pd.DataFrame(index=text.table.index)
    for name in wanted:
        column = named.get(name, pd.Series(constants.get(name), index=text.table.index, dtype="str"))
        if name in columns:
            empty = column == ""
            problems.add_all(column.index[empty], "empty_cell", column=columns[name])
            column = column.mask(empty)
        parsed[name] = _parsed(name, column, numbers, problems)
    key = ["person", "period"] if "person" in wanted else ["unit", "group", "period"]
    _find_repeated(parsed, key, problems)
    if "person" in wanted:
        _find_changed_groups(parsed, problems)
    if shares:
        problems.add_all(parsed.index[parsed["count"] > parsed["exposure"]], "count_above_exposure")
    if problems.found:
        raise InvalidInput(problems.listed())
    return parsed.astype({"count": "int64"})


def _parsed(name: str, column: pd.Series, numbers: NumberFormat, problems: RowProblems) -> pd.Series:
    if name == "period":
        return periods(column, problems)
    if name == "count":
        return counts(column, numbers, problems)
    if name == "exposure":
        return exposures(column, numbers, problems)
    return groups(column, problems) if name == "group" else column


def refuse_missing_columns(text: TextTable, columns: Mapping[str, str], wanted: tuple[str, ...]) -> None:
    """Raise InvalidInput when a wanted column is not declared, or a declared one is not in the file."""
    present = [str(name) for name in text.table.columns]
    undeclared = [name for name in wanted if name not in columns and name not in _OPTIONAL]
    problems = [Problem(place=text.file, code="column_not_declared", value=name) for name in undeclared]
    for name in wanted:
        if name in columns and columns[name] not in present:
            nearest = ", ".join(get_close_matches(columns[name], present, n=2, cutoff=0.4) or present)
            parameters = {"column": columns[name], "nearest": nearest}
            problems.append(
                Problem(place=f"{text.file}:1", code="missing_column", value=columns[name], parameters=parameters)
            )
    if problems:
        raise InvalidInput(tuple(problems))


def refuse_national_ids(text: TextTable) -> None:
    """Look in every column of the file, also those nobody named: the file itself should not hold such numbers."""
    counted = {str(name): national_ids(text.table[name]) for name in text.table.columns}
    found = tuple(
        Problem(place=text.file, code="national_ids", parameters={"column": name, "count": count})
        for name, count in counted.items()
        if count
    )
    if found:
        raise InvalidInput(found)


def _find_repeated(parsed: pd.DataFrame, key: list[str], problems: RowProblems) -> None:
    whole = parsed[key].dropna()
    first = whole.groupby(key, sort=False)[key[0]].transform(lambda column: column.index[0])
    for line in whole.index[whole.duplicated(key)]:
        problems.add(int(line), "repeated_row", first=int(first[line]))


def _find_changed_groups(parsed: pd.DataFrame, problems: RowProblems) -> None:
    whole = parsed[["person", "group"]].dropna()
    changed = whole["group"] != whole.groupby("person", sort=False)["group"].transform("first")
    problems.add_all(whole.index[changed], "person_changes_group")


def _invalid(place: str, code: str, *, value: str = "", **parameters: str | int) -> InvalidInput:
    return InvalidInput((Problem(place=place, code=code, value=value, parameters=parameters),))
