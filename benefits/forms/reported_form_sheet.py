"""Draws a form for reported values as a workbook of one sheet: what is known is locked, what is asked for is open."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from benefits.forms import reported_form_layout as at
from benefits.forms.reported_form import Form, FormRow
from benefits.forms.same_workbook import same_bytes
from benefits.language import Catalogue, catalogue
from benefits.project.reported_file import ANY_SIGN
from benefits.vocabulary import Language, Unit

_LINE = Side(style="thin", color="FF8C8C8C")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_OPEN = PatternFill("solid", fgColor="FFFFF2CC")
_HEAD = PatternFill("solid", fgColor="FFE7E6E6")
_DAY_FORMAT: dict[Language, str] = {"nb": "dd.mm.yyyy", "nn": "dd.mm.yyyy", "en": "dd/mm/yyyy"}
_TONGUE: dict[Language, str] = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
_ONE_PAGE = 12
"""Gevinster that still can be read when the sheet is printed on one page."""
_LINE_HEIGHT, _LEAST_LINES, _HEAD_LINES = 15.0, 3, 2


def workbook(form: Form) -> bytes:
    """Return a form as the bytes of an Excel workbook; the same form gives the same bytes."""
    book, said = Workbook(), catalogue(form.language)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = said.text("form.sheet")
    book.properties.title = said.text("form.heading", title=form.title)
    book.properties.creator, book.properties.language = "benefits", _TONGUE[form.language]
    _top(sheet, form, said)
    for number, row in enumerate(form.rows, start=at.HEADER + 1):
        _row(sheet, number, row, form.language)
    _checks(sheet, form, said)
    _page(sheet, form)
    stream = io.BytesIO()
    book.save(stream)
    return same_bytes(stream.getvalue())


def _top(sheet: Worksheet, form: Form, said: Catalogue) -> None:
    hidden = {
        at.MARK_AT: at.MARK,
        at.FORMAT_AT: at.FORMAT,
        at.LANGUAGE_AT: form.language,
        at.PROJECT_AT: form.project,
        at.OWNER_AT: form.owner,
    }
    for place, content in hidden.items():
        sheet[place] = content
    _text(sheet, "D1", said.text("form.heading", title=form.title)).font = _font(size=14)
    _text(sheet, "D2", said.text("form.how"))
    _text(sheet, "D3", said.text("form.privacy")).font = _font()
    for place, key in (("D4", "planned"), ("D5", "role"), ("D6", "day")):
        _text(sheet, place, said.text(f"form.field.{key}")).alignment = Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[sheet[place].row].height = 2 * _LINE_HEIGHT
    for place in (at.PLANNED_AT, at.ROLE_AT):
        cell = _text(sheet, place, form.role or (said.text("form.nobody") if place == at.PLANNED_AT else ""))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    _text(sheet, at.ACTOR_AT, form.actor).alignment = Alignment(vertical="top", wrap_text=True)
    for place in (at.ROLE_AT, at.DAY_AT):
        _open(sheet[place])
    sheet[at.DAY_AT].number_format = _DAY_FORMAT[form.language]
    sheet[at.DAY_AT].alignment = Alignment(horizontal="left", vertical="top")
    for name in at.COLUMNS:
        cell = sheet.cell(row=at.HEADER, column=at.PLACE[name])
        cell.value = said.text(f"form.column.{name}")
        cell.font, cell.fill, cell.border = _font(), _HEAD, _BOX
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.row_dimensions[at.HEADER].height = _HEAD_LINES * _LINE_HEIGHT


def _font(*, size: int = 11) -> Font:
    """Bold, of the family the other cells have."""
    return Font(name="Calibri", family=2, bold=True, size=size)


def _row(sheet: Worksheet, number: int, row: FormRow, language: Language) -> None:
    for column, content in enumerate((row.benefit, row.unit, row.per), start=1):
        sheet.cell(row=number, column=column, value=content)
    shown: dict[at.Column, str] = {
        "title": row.title,
        "indicator": row.indicator,
        "baseline": row.baseline,
        "target": row.target,
        "last": row.last,
        "due": row.due,
    }
    for name in at.COLUMNS:
        cell = sheet.cell(row=number, column=at.PLACE[name])
        cell.border, cell.alignment = _BOX, Alignment(vertical="top", wrap_text=True)
        if name in shown:
            _text(sheet, cell.coordinate, shown[name])
        else:
            _open(cell)
    sheet.cell(row=number, column=at.PLACE["title"]).font = _font()
    sheet.cell(row=number, column=at.PLACE["value"]).number_format = "0.0%" if row.unit == "share" else "General"
    sheet.cell(row=number, column=at.PLACE["n"]).number_format = "0"
    days: tuple[at.Column, ...] = ("start", "date")
    for name in days:
        sheet.cell(row=number, column=at.PLACE[name]).number_format = _DAY_FORMAT[language]
    # A program that prints without drawing first does not know how high wrapped text is.
    lines = max(-(-len(words) // (at.WIDTHS[name] - 2)) for name, words in shown.items())
    sheet.row_dimensions[number].height = max(_LEAST_LINES, lines) * _LINE_HEIGHT


def _text(sheet: Worksheet, place: str, words: str) -> Any:
    """Write words that stay words, also when they begin as a formula does."""
    cell = sheet[place]
    cell.value = words
    if cell.data_type == "f":
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def _open(cell: Any) -> None:
    cell.fill, cell.border, cell.protection = _OPEN, _BOX, Protection(locked=False)


def _checks(sheet: Worksheet, form: Form, said: Catalogue) -> None:
    """Say in each open cell what is asked for, and let Excel refuse what cannot be."""
    first, last = at.HEADER + 1, at.HEADER + max(1, len(form.rows))
    for kind, unit_rows in _by_kind(form):
        limits = {"share": ("between", "0", "1"), "amount": ("greaterThanOrEqual", "0", None)}
        operator, low, high = limits.get(kind, ("between", "-1E+15", "1E+15"))
        check = DataValidation(type="decimal", operator=operator, formula1=low, formula2=high)
        _tell(check, "value", said.text(f"form.prompt.{kind}"), said)
        for number in unit_rows:
            check.add(f"{get_column_letter(at.PLACE['value'])}{number}")
        sheet.add_data_validation(check)
    _over(sheet, DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0"), "n", first, last, said)
    days: tuple[at.Column, ...] = ("start", "date")
    for name in days:
        check = DataValidation(type="date", operator="between", formula1="DATE(1990,1,1)", formula2="DATE(2100,12,31)")
        _over(sheet, check, name, first, last, said)
    texts: tuple[at.Column, ...] = ("source", "comment")
    for name in texts:
        check = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(at.LONGEST))
        _over(sheet, check, name, first, last, said)
    words = f'"{said.text("form.yes")},{said.text("form.no")}"'
    _over(sheet, DataValidation(type="list", formula1=words), "confirmed", first, last, said)
    role = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(at.LONGEST))
    day = DataValidation(type="date", operator="between", formula1="DATE(1990,1,1)", formula2="DATE(2100,12,31)")
    for check, asked, place in ((role, "role", at.ROLE_AT), (day, "day", at.DAY_AT)):
        _tell(check, asked, said.text(f"form.prompt.{asked}"), said)
        check.add(place)
        sheet.add_data_validation(check)


def _by_kind(form: Form) -> Iterator[tuple[str, list[int]]]:
    kinds: dict[str, list[int]] = {}
    for number, row in enumerate(form.rows, start=at.HEADER + 1):
        kinds.setdefault(_kind(row.unit), []).append(number)
    yield from kinds.items()


def _kind(unit: Unit) -> str:
    return "share" if unit == "share" else "number" if unit in ANY_SIGN else "amount"


def _over(sheet: Worksheet, check: DataValidation, name: at.Column, first: int, last: int, said: Catalogue) -> None:
    _tell(check, name, said.text(f"form.prompt.{name}"), said)
    letter = get_column_letter(at.PLACE[name])
    check.add(f"{letter}{first}:{letter}{last}")
    sheet.add_data_validation(check)


def _tell(check: DataValidation, name: str, words: str, said: Catalogue) -> None:
    check.allow_blank, check.showInputMessage, check.showErrorMessage = True, True, True
    check.promptTitle = check.errorTitle = said.text(f"form.prompt.title.{name}")
    check.prompt = check.error = words


def _page(sheet: Worksheet, form: Form) -> None:
    for name in at.COLUMNS:
        sheet.column_dimensions[get_column_letter(at.PLACE[name])].width = at.WIDTHS[name]
    for number in range(1, at.FIRST):
        sheet.column_dimensions[get_column_letter(number)].hidden = True
    last = at.HEADER + len(form.rows)
    sheet.freeze_panes = f"{get_column_letter(at.FIRST + 1)}{at.HEADER + 1}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.selection[0].activeCell = sheet.sheet_view.selection[0].sqref = at.ROLE_AT
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1 if len(form.rows) <= _ONE_PAGE else 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.print_area = f"{get_column_letter(at.FIRST)}1:{get_column_letter(max(at.PLACE.values()))}{last}"
    sheet.print_title_rows = f"{at.HEADER}:{at.HEADER}"
