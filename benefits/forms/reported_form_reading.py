"""Reads a form for reported values that somebody has filled in: whose it is, and the cells of each gevinst."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benefits.errors import InvalidInput, Parameter, Problem
from benefits.forms import reported_form_layout as at
from benefits.forms.cells import Cell
from benefits.forms.workbook_file import NotRead, Why, content_of
from benefits.identity_numbers import has_national_id
from benefits.project.load import shown

MOST_BYTES, MOST_UNPACKED, MOST_ROWS = 5_000_000, 50_000_000, 2_000
Cells = Mapping[tuple[int, int], Cell]
"""(row, column) -> what stands there; blank cells are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form as it came back.

    Attributes
    ----------
    file, sheet
        As they are named in messages.
    cells
        Every cell with something in it.
    rows
        Numbers of the rows of gevinster.
    """

    file: str
    sheet: str
    cells: Cells
    rows: tuple[int, ...]

    def place(self, row: int, column: int) -> str:
        """Return how a cell is named in messages."""
        from openpyxl.utils import get_column_letter

        return f"{self.file} {self.sheet}!{get_column_letter(column)}{row}"

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, blank where nothing stands."""
        return self.cells.get((row, column), Cell())

    def named(self, name: str) -> Cell:
        """Return the cell at a name as ``A1``."""
        return self.cell(*_coordinates(name))

    def place_of(self, name: str) -> str:
        """Return how the cell at a name as ``A1`` is named in messages."""
        return self.place(*_coordinates(name))


def read_form(path: Path) -> Filled:
    """Read a form.

    Raises
    ------
    InvalidInput
        When the file is no workbook, is too large, holds macros, or has no sheet that is such a form, several, or one
        of a newer kind; and for every cell with what may be a national identity number.
    """
    file = shown(path)
    content = _content(path, file)
    try:
        found = _form_in(content, file)
    except InvalidInput:
        raise
    except Exception:
        # A file made to look like a workbook can fail anywhere in the library that reads it.
        raise _invalid(file, "form_unreadable") from None
    if found is None:
        raise _invalid(file, "form_not_one")
    version = found.named(at.FORMAT_AT).content
    if version != at.FORMAT:
        raise _invalid(found.place_of(at.FORMAT_AT), "form_other_format", value=str(version), known=at.FORMAT)
    persons = [
        Problem(place=found.place(*where), code="form_national_id")
        for where, cell in found.cells.items()
        if has_national_id(cell.written)
    ]
    if persons:
        raise InvalidInput(tuple(persons))
    return found


_CODES: Mapping[Why, str] = {
    "not_found": "file_not_found",
    "is_folder": "file_is_folder",
    "unreadable": "file_unreadable",
    "macros": "form_macros",
    "hostile": "form_unreadable",
    "not_workbook": "form_not_workbook",
}


def _content(path: Path, file: str) -> bytes:
    try:
        return content_of(path, most_bytes=MOST_BYTES, most_unpacked=MOST_UNPACKED, macros=False)
    except NotRead as refused:
        if refused.why == "too_large":
            raise _invalid(file, "form_too_large", limit=MOST_BYTES // 1_000_000) from None
        raise _invalid(file, _CODES[refused.why]) from None


def _form_in(content: bytes, file: str) -> Filled | None:
    """Return the sheet that is a form; it may have been renamed, and others put beside it, but for another form."""
    import openpyxl

    with warnings.catch_warnings():
        # It warns of charts, styles and such that it leaves out; no cell is among them.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        forms: list[Any] = []
        try:
            for sheet in book.worksheets:
                # What a file says of its own extent may be wrong, and would cut it off.
                sheet.reset_dimensions()
                first = next(sheet.iter_rows(min_row=1, max_row=1, values_only=True), ())
                if first and first[0] == at.MARK:
                    forms.append(sheet)
            if len(forms) > 1:
                raise _invalid(file, "form_several", value=", ".join(str(one.title) for one in forms))
            return _filled(forms[0], file) if forms else None
        finally:
            book.close()


def _filled(sheet: Any, file: str) -> Filled:
    cells: dict[tuple[int, int], Cell] = {}
    for row in sheet.iter_rows(max_row=MOST_ROWS + 1):
        for cell in row:
            if cell.value is not None and str(cell.value).strip():
                if cell.row > MOST_ROWS:
                    raise _invalid(file, "form_too_large", limit=MOST_BYTES // 1_000_000)
                cells[cell.row, cell.column] = Cell(
                    content=cell.value,
                    formula=cell.data_type == "f",
                    error=cell.data_type == "e",
                    percent="%" in (cell.number_format or ""),
                )
    known = {row for row, column in cells if row > at.HEADER and column < at.FIRST}
    asked = {at.PLACE[name] for name in at.INPUTS}
    filled = {row for row, column in cells if row > at.HEADER and column in asked}
    return Filled(file=file, sheet=str(sheet.title), cells=cells, rows=tuple(sorted(known | filled)))


def _coordinates(name: str) -> tuple[int, int]:
    from openpyxl.utils.cell import coordinate_to_tuple

    row, column = coordinate_to_tuple(name)
    return int(row), int(column)


def _invalid(place: str, code: str, *, value: str = "", **parameters: Parameter) -> InvalidInput:
    return InvalidInput((Problem(place=place, code=code, value=value, parameters=parameters),))
