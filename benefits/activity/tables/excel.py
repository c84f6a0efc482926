"""Read a sheet of an Excel workbook as a table of texts: each cell in the place it has in the sheet."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from benefits.activity.tables.engines.contract import invalid
from benefits.activity.tables.excel_marks import marks_of
from benefits.activity.tables.rows import LISTED
from benefits.activity.tables.texts import TextTable, columns_twice, content_of
from benefits.activity.tables.typed import plain
from benefits.errors import InvalidInput, Problem

Rows = dict[int, tuple[Any, ...]]
"""Rows of a sheet, by their number."""


def read_sheet(*, root: Path, file: str, sheet: str | None = None, decimal: str = ",") -> TextTable:
    """Read one sheet; the first row with anything in it holds the headings.

    Parameters
    ----------
    root, file
        Folder, and the workbook's path below it.
    sheet
        Its name; may be left out when only one is visible.
    decimal
        Decimal mark the cells' numbers are written with.

    Returns
    -------
    TextTable
        Dates as ISO texts, numbers without grouping, texts as they stand; of a formula its value as last saved.

    Raises
    ------
    InvalidInput
        When the file is no workbook, or there is no such sheet; for headings that are missing or stand twice, cells
        that show an error, cells merged over several, and formulas no program has calculated.
    """
    content = content_of(root, file)
    if not content:
        raise invalid(file, "empty_file")
    with _workbook(content, file) as book:
        title = _chosen(book, sheet, file)
        place = f"{file} {title}"
        rows = _rows(next(one for one in book.worksheets if one.title == title))
        if not rows:
            raise invalid(place, "empty_file")
        header = min(rows)
        problems = _problems_of_marks(content, title, rows, place)
    columns, of_header = _columns(rows, place)
    problems += of_header + _errors(rows, place)
    if problems:
        raise InvalidInput(tuple(problems))
    lines = [line for line in rows if line != header]
    texts = [[_written(_at(rows[line], column), decimal) for column in columns] for line in lines]
    return TextTable(
        file=file,
        table=pd.DataFrame(texts, columns=list(columns.values()), index=lines, dtype="str"),
        sha256=sha256(content).hexdigest(),
        sheet=title,
        letters={name: _letters(column) for column, name in columns.items()},
        header=header,
    )


class _CellError(str):
    """What a cell shows when it has no value: #N/A and its kind."""

    __slots__ = ()


@contextmanager
def _workbook(content: bytes, file: str) -> Iterator[Any]:
    import openpyxl

    with warnings.catch_warnings():
        # It warns of charts, styles and such that it leaves out; no cell is among them.
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        except Exception:
            raise invalid(file, "unreadable_workbook") from None
        try:
            yield book
        except (KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile):
            raise invalid(file, "unreadable_workbook") from None
        finally:
            book.close()


def _chosen(book: Any, sheet: str | None, file: str) -> str:
    titles = [str(one.title) for one in book.worksheets]
    visible = [str(one.title) for one in book.worksheets if one.sheet_state == "visible"]
    if sheet is not None:
        if sheet not in titles:
            raise invalid(file, "sheet_not_found", value=sheet, known=", ".join(titles))
        return sheet
    if len(visible) == 1:
        return visible[0]
    raise invalid(file, "sheet_not_chosen", known=", ".join(visible or titles))


def _rows(sheet: Any) -> Rows:
    """Return every row with something in it, by its number from 1; what is not there is None."""
    # What a file says of its own extent may be wrong, and would cut it off.
    sheet.reset_dimensions()
    found: Rows = {}
    for number, row in enumerate(sheet.iter_rows(), start=1):
        values = tuple(_value(cell) for cell in row)
        if any(value is not None for value in values):
            found[number] = values
    return found


def _value(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, str):
        return _CellError(value) if cell.data_type == "e" else value.strip() or None
    return value


def _at(row: tuple[Any, ...], column: int) -> Any:
    return row[column - 1] if column <= len(row) else None


def _filled(row: tuple[Any, ...]) -> list[int]:
    return [column for column, value in enumerate(row, start=1) if value is not None]


def _columns(rows: Rows, place: str) -> tuple[dict[int, str], list[Problem]]:
    """Return the headings by column; a column with cells and no heading is a problem, for nobody could name it."""
    header = min(rows)
    named = {column: _written(_at(rows[header], column), ".") for column in _filled(rows[header])}
    unnamed = sorted({column for row in rows.values() for column in _filled(row)} - set(named))
    problems = [Problem(place=_place(place, header, column), code="heading_missing") for column in unnamed]
    return named, problems + columns_twice(list(named.values()), place=_place(place, header, min(named)))


def _errors(rows: Rows, place: str) -> list[Problem]:
    shown = (
        Problem(place=_place(place, line, column), code="cell_shows_error", value=str(_at(row, column)))
        for line, row in rows.items()
        for column in _filled(row)
        if isinstance(_at(row, column), _CellError)
    )
    return list(islice(shown, LISTED))


def _problems_of_marks(content: bytes, title: str, rows: Rows, place: str) -> list[Problem]:
    """Look for what a value alone does not tell: cells merged into one, and formulas without a value."""
    from openpyxl.utils import range_boundaries
    from openpyxl.utils.cell import coordinate_to_tuple

    widest = max(column for row in rows.values() for column in _filled(row))
    marks = marks_of(content, title)
    problems: list[Problem] = []
    for written in marks.merged:
        left, top, _, bottom = range_boundaries(written)
        if bottom >= min(rows) and top <= max(rows) and left <= widest:
            problems.append(Problem(place=f"{place}!{written}", code="cells_merged"))
    for written in marks.uncalculated:
        if coordinate_to_tuple(written)[0] >= min(rows):
            problems.append(Problem(place=f"{place}!{written}", code="formula_without_value"))
    return problems[:LISTED]


def _written(value: Any, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return plain(value, decimal=decimal)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(timespec="seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value).strip()


def _place(place: str, row: int, column: int) -> str:
    return f"{place}!{_letters(column)}{row}"


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
