"""Reads a sheet of unit costs as cells: where its headings stand, and which cell of a row belongs to which column."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benefits.activity.tables.excel_marks import marks_of
from benefits.errors import InvalidInput, Parameter, Problem
from benefits.forms.cells import Cell
from benefits.forms.workbook_file import NotRead, Why, content_of
from benefits.project.load import shown
from benefits.project.rules_common import nearest

MOST_BYTES, MOST_UNPACKED = 20_000_000, 200_000_000
HEADER_WITHIN = 50
"""Rows in which the headings are looked for."""
_LETTERS = re.compile(r"[A-Z]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as it was read.

    Attributes
    ----------
    place
        How it is named in messages.
    cells
        (row, column) -> what stands there; blank cells are left out.
    merged
        (first row, first column, last row, last column) of cells merged into one.
    uncalculated
        Cells with a formula no program has calculated.
    """

    place: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    uncalculated: frozenset[tuple[int, int]] = frozenset()

    def named(self, row: int, column: int) -> str:
        """Return how a cell is named in messages."""
        from openpyxl.utils import get_column_letter

        return f"{self.place}!{get_column_letter(column)}{row}"

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, blank where nothing stands."""
        return self.cells.get((row, column), Cell())

    def rows_after(self, header: int) -> Iterator[int]:
        """Yield the rows below the headings with anything in them, a formula not calculated among it."""
        yield from sorted({row for row, _ in (*self.cells, *self.uncalculated) if row > header})

    def merged_in(self, row: int, column: int) -> bool:
        """Say whether a cell is one of several merged into one."""
        return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.merged)


def read_sheet(path: Path, *, sheet: str | None) -> Sheet:
    """Read one sheet of a workbook; its name may be left out when only one is visible.

    Raises
    ------
    InvalidInput
        When the file is no workbook or has no such sheet.
    """
    file = shown(path)
    content = _content(path, file)
    try:
        with warnings.catch_warnings():
            # It warns of charts, styles and such that it leaves out; no cell is among them.
            warnings.simplefilter("ignore")
            return _read(content, file, sheet)
    except InvalidInput:
        raise
    except Exception:
        # A file made to look like a workbook can fail anywhere in the library that reads it.
        raise invalid(file, "unreadable_workbook") from None


_CODES: Mapping[Why, str] = {
    "not_found": "file_not_found",
    "is_folder": "file_is_folder",
    "unreadable": "file_unreadable",
}


def _content(path: Path, file: str) -> bytes:
    try:
        return content_of(path, most_bytes=MOST_BYTES, most_unpacked=MOST_UNPACKED, macros=True)
    except NotRead as refused:
        if refused.why == "too_large":
            raise invalid(file, "import_too_large", limit=MOST_BYTES // 1_000_000) from None
        raise invalid(file, _CODES.get(refused.why, "unreadable_workbook")) from None


def _read(content: bytes, file: str, sheet: str | None) -> Sheet:
    import openpyxl
    from openpyxl.utils import range_boundaries
    from openpyxl.utils.cell import coordinate_to_tuple

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        titles = [str(one.title) for one in book.worksheets]
        visible = [str(one.title) for one in book.worksheets if one.sheet_state == "visible"]
        if sheet is not None and sheet not in titles:
            raise invalid(file, "sheet_not_found", value=sheet, known=", ".join(titles))
        if sheet is None and len(visible) != 1:
            raise invalid(file, "import_sheet_not_chosen", known=", ".join(visible or titles))
        title = sheet if sheet is not None else visible[0]
        chosen = next(one for one in book.worksheets if one.title == title)
        # What a file says of its own extent may be wrong, and would cut it off.
        chosen.reset_dimensions()
        cells = {
            (cell.row, cell.column): _cell(cell)
            for row in chosen.iter_rows()
            for cell in row
            if cell.value is not None and str(cell.value).strip()
        }
    finally:
        book.close()
    marks = marks_of(content, title)
    boundaries = [range_boundaries(one) for one in marks.merged]
    return Sheet(
        place=f"{file} {title}",
        cells=cells,
        merged=tuple((top, left, bottom, right) for left, top, right, bottom in boundaries),
        uncalculated=frozenset(coordinate_to_tuple(one) for one in marks.uncalculated),
    )


def _cell(cell: Any) -> Cell:
    return Cell(content=cell.value, error=cell.data_type == "e", percent="%" in (cell.number_format or ""))


def header_of(sheet: Sheet, asked: tuple[str, ...], *, given: int | None) -> tuple[int, dict[str, int]]:
    """Return the row the headings stand in, and the column of each that was asked for.

    A heading is looked for as it is written, whatever its case and spaces; a column may also be named by its letter.

    Parameters
    ----------
    sheet
        Where to look.
    asked
        Headings, or letters.
    given
        The row, when it is known; None: the first in which every heading stands.

    Raises
    ------
    InvalidInput
        When a heading stands in no row, or twice in its row.
    """
    if not sheet.cells:
        raise invalid(sheet.place, "empty_file")
    rows = [given] if given is not None else sorted({row for row, _ in sheet.cells if row <= HEADER_WITHIN})
    found = {row: {name: _columns(sheet, row, name) for name in asked} for row in rows}
    whole = next((row for row in rows if all(found[row].values())), None)
    if whole is None:
        # Tell it of the row that comes nearest: where most headings stand, else where most is written.
        written = {row: sum(at == row for at, _ in sheet.cells) for row in rows}
        best = max(rows, key=lambda row: (sum(map(bool, found[row].values())), written[row]))
        known = [cell.written for (at, _), cell in sorted(sheet.cells.items()) if at == best]
        missing = [name for name, columns in found[best].items() if not columns]
        raise InvalidInput(
            tuple(
                Problem(
                    place=sheet.named(best, 1),
                    code="import_heading_missing",
                    value=name,
                    parameters={"nearest": nearest(name, known) or "–"},
                )
                for name in missing
            )
        )
    twice = [name for name, columns in found[whole].items() if len(columns) > 1]
    if twice:
        raise InvalidInput(
            tuple(
                Problem(place=sheet.named(whole, found[whole][name][1]), code="import_heading_twice", value=name)
                for name in twice
            )
        )
    return whole, {name: columns[0] for name, columns in found[whole].items()}


def _columns(sheet: Sheet, row: int, name: str) -> list[int]:
    wanted = _plain(name)
    found = sorted(column for (at, column), cell in sheet.cells.items() if at == row and _plain(cell.written) == wanted)
    if not found and _LETTERS.fullmatch(name):
        from openpyxl.utils import column_index_from_string

        # A letter says nothing of where the headings are, but a row of headings has something there.
        column = int(column_index_from_string(name))
        return [column] if any(at == row for at, _ in sheet.cells) else []
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def invalid(place: str, code: str, *, value: str = "", **parameters: Parameter) -> InvalidInput:
    """Return the exception for one problem."""
    return InvalidInput((Problem(place=place, code=code, value=value, parameters=parameters),))
