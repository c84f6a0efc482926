"""A form is one sheet that says what is asked for, is open only there, and is the same bytes each time."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from benefits.forms import reported_form_layout as at
from benefits.forms.reported_form_sheet import workbook
from benefits.language import catalogue


def sheet_of(content: bytes) -> Any:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.worksheets) == 1
    return book.active


def test_the_same_form_gives_the_same_bytes(office: Any) -> None:
    assert workbook(office.form()) == workbook(office.form())


def test_only_what_is_asked_for_can_be_filled_in(office: Any) -> None:
    sheet = sheet_of(workbook(office.form()))
    opened = {cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked}
    asked = {
        sheet.cell(row=number, column=at.PLACE[name]).coordinate
        for number in range(office.first, office.first + 3)
        for name in at.INPUTS
    }
    assert sheet.protection.sheet
    assert opened == asked | {at.ROLE_AT, at.DAY_AT}


def test_ids_are_there_and_hidden(office: Any) -> None:
    sheet = sheet_of(workbook(office.form()))
    assert [sheet[name].value for name in (at.MARK_AT, at.PROJECT_AT, at.OWNER_AT)] == [at.MARK, "dho", "leader"]
    assert [sheet.cell(row=office.first, column=column).value for column in (1, 2, 3)] == [
        "time",
        "hours",
        "person_year",
    ]
    assert all(sheet.column_dimensions[letter].hidden for letter in "ABC")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_headings_are_in_the_language_of_the_form(language: Any, office: Any) -> None:
    sheet, said = sheet_of(workbook(office.form(language=language))), catalogue(language)
    heads = [sheet.cell(row=at.HEADER, column=at.PLACE[name]).value for name in at.COLUMNS]
    assert heads == [said.text(f"form.column.{name}") for name in at.COLUMNS]
    assert sheet.title == said.text("form.sheet")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_message_fits_in_what_excel_allows(language: Any, office: Any) -> None:
    checks = sheet_of(workbook(office.form(language=language))).data_validations.dataValidation
    assert len(checks) == 3 + len(at.INPUTS) - 1 + 2
    assert all(len(one.prompt) <= 255 and len(one.promptTitle) <= 32 for one in checks)
    assert all(one.showInputMessage and one.showErrorMessage for one in checks)


def test_a_share_is_shown_as_per_cent_and_days_as_days(office: Any) -> None:
    sheet = sheet_of(workbook(office.form()))
    formats = [
        sheet.cell(row=number, column=at.PLACE["value"]).number_format for number in (office.first, office.first + 1)
    ]
    assert formats == ["General", "0.0%"]
    assert sheet.cell(row=office.first, column=at.PLACE["date"]).number_format == "dd.mm.yyyy"


def test_it_prints_on_one_page_and_keeps_its_headings_in_sight(office: Any) -> None:
    sheet = sheet_of(workbook(office.form()))
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        1,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes == f"E{office.first}"
    assert not sheet.merged_cells.ranges


def test_words_that_begin_as_a_formula_stay_words(office: Any) -> None:
    sheet = sheet_of(workbook(office.form(office.row(title='=HYPERLINK("http://x")'), title="=1+1")))
    cell = sheet.cell(row=office.first, column=at.PLACE["title"])
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")
    assert all(one.data_type != "f" for line in sheet.iter_rows() for one in line)
