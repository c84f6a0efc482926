"""A table of texts, whatever kind of file it came from: its cells, where each stands, and the file's fingerprint."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

import pandas as pd

from benefits.activity.guard import refused_ids
from benefits.activity.tables.rows import RowProblems
from benefits.errors import InvalidInput, Problem
from benefits.identity_numbers import has_national_id

_OPTIONAL = frozenset({"unit", "group"})
_ENCODINGS = ("utf-8", "cp1252")
_DELIMITERS = ";,\t|"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """A table whose cells are texts.

    Attributes
    ----------
    file
        The name problems are placed by: the file's path below the project's folder, or a table's name in a database.
    table
        The cells, an empty cell "". The index is the lines of the file, or the rows of the sheet.
    sha256
        Fingerprint, hexadecimal.
    sheet
        Of a workbook; empty when it is none.
    letters
        Column of the table -> its letters in the sheet.
    header
        The line or row of the headings; 0 when the table has no lines, as in a database.
    """

    file: str
    table: pd.DataFrame
    sha256: str
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    header: int = 1

    @staticmethod
    def of(*, root: Path, file: str, encoding: str, delimiter: str) -> TextTable:
        """Read a CSV file below a folder; a byte order mark and empty lines are left out.

        Raises
        ------
        InvalidInput
            When it is missing, empty, in another encoding or with another delimiter, or a row is not like the header.
        """
        content = content_of(root, file)
        text = _decoded(content, file=file, encoding=encoding)
        if not text.strip():
            raise _invalid(file, "empty_file")
        table = _table(text, file=file, delimiter=delimiter)
        return TextTable(file=file, table=table, sha256=sha256(content).hexdigest())

    @property
    def header_place(self) -> str:
        """Where the headings stand, as problems write it."""
        return self.place(self.header)

    def place(self, line: int, column: str = "") -> str:
        """Write where a row stands, or one of its cells.

        Examples
        --------
        >>> sheet = TextTable(file="a.xlsx", table=pd.DataFrame(), sha256="", sheet="Ark1", letters={"antall": "C"})
        >>> sheet.place(7, "antall"), TextTable(file="a.csv", table=pd.DataFrame(), sha256="").place(7, "antall")
        ('a.xlsx Ark1!C7', 'a.csv:7')
        """
        if self.sheet:
            first = next(iter(self.letters.values()), "A")
            return f"{self.file} {self.sheet}!{self.letters.get(column, first)}{line}"
        return f"{self.file}:{line}" if self.header else self.file

    def with_rows(self, keep: pd.Series) -> TextTable:
        """Return the table with some of its rows, each where it stands."""
        return replace(self, table=self.table[keep])

    def row_problems(self) -> RowProblems:
        """Return an empty list of problems that knows where this table's rows and cells stand."""
        return RowProblems(self.file, place=self.place)


def content_of(root: Path, file: str) -> bytes:
    """Return the bytes of a file below a folder.

    Raises
    ------
    InvalidInput
        When it is not there, is no file, or is a link to somewhere outside the folder.
    """
    try:
        found = (root / file).resolve(strict=True)
        if not found.is_relative_to(root.resolve()):
            raise _invalid(file, "data_file_outside")
        # A pipe or a device is never read: it may have no end.
        content = found.read_bytes() if found.is_file() else None
    except (OSError, RuntimeError, ValueError):
        content = None
    if content is None:
        raise _invalid(file, "file_not_found")
    return content


def refuse_missing_columns(text: TextTable, columns: Mapping[str, str], wanted: tuple[str, ...]) -> None:
    """Raise InvalidInput when a wanted column is not declared, or a declared one is not in the file."""
    undeclared = [name for name in wanted if name not in columns and name not in _OPTIONAL]
    problems = [Problem(place=text.file, code="column_not_declared", value=name) for name in undeclared]
    asked = [columns[name] for name in wanted if name in columns]
    problems += missing_columns(asked, [str(name) for name in text.table.columns], place=text.header_place)
    if problems:
        raise InvalidInput(tuple(problems))


def missing_columns(asked: Collection[str], present: Collection[str], *, place: str) -> list[Problem]:
    """Return a problem for each column asked for that is not there, with the nearest that are."""
    problems = []
    for name in asked:
        if name not in present:
            nearest = ", ".join(get_close_matches(name, present, n=2, cutoff=0.4) or present)
            parameters = {"column": name, "nearest": nearest}
            problems.append(Problem(place=place, code="missing_column", value=name, parameters=parameters))
    return problems


def refuse_national_ids(text: TextTable, pseudonyms: Collection[str] = ()) -> None:
    """Look in every column of the file, also those nobody named: the file itself should not hold such numbers.

    Parameters
    ----------
    text
        The file.
    pseudonyms
        Its columns that are declared to hold pseudonyms: these may hold a few valid numbers by chance.

    Raises
    ------
    InvalidInput
        With the name of each such column and how many numbers it holds; never one of them.
    """
    # A table without headings has its first person for one.
    counted = {
        str(name): refused_ids(text.table[name], pseudonym=str(name) in pseudonyms) + has_national_id(str(name))
        for name in text.table.columns
    }
    found = tuple(
        Problem(place=text.file, code="national_ids", parameters={"column": name, "count": count})
        for name, count in counted.items()
        if count
    )
    if found:
        raise InvalidInput(found)


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
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error:
        raise _invalid(f"{file}:1", "unreadable_row") from None
    other = next((mark for mark in _DELIMITERS if len(header) == 1 and mark in header[0]), None)
    if other is not None:
        raise _invalid(f"{file}:1", "wrong_delimiter", value=header[0], declared=delimiter, found=other)
    lines: list[int] = []
    rows: list[list[str]] = []
    ragged = RowProblems(file)
    begins = reader.line_num + 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                if len(cells) != len(header):
                    ragged.add(begins, "wrong_number_of_cells", expected=len(header), found=len(cells))
                else:
                    rows.append(cells)
                    lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error:
        raise _invalid(f"{file}:{begins}", "unreadable_row") from None
    repeated = columns_twice(header, place=f"{file}:1")
    if repeated or ragged.found:
        raise InvalidInput((*repeated, *ragged.listed()))
    return pd.DataFrame(rows, columns=header, index=lines, dtype="str")


def columns_twice(header: list[str], *, place: str) -> list[Problem]:
    """Return a problem for each name that heads more than one column."""
    twice = sorted({name for name in header if header.count(name) > 1})
    return [Problem(place=place, code="column_twice", value=name) for name in twice]


def _invalid(place: str, code: str, *, value: str = "", **parameters: str | int) -> InvalidInput:
    return InvalidInput((Problem(place=place, code=code, value=value, parameters=parameters),))
