"""Workbooks are read as texts, and each mistake is told with its sheet and cell."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from benefits.activity.reading.columns import NumberFormat
from benefits.activity.tables.excel import read_sheet
from benefits.activity.tables.opening import open_table
from benefits.activity.tables.texts import TextTable, refuse_missing_columns, refuse_national_ids
from benefits.errors import InvalidInput, Problem

HEADER = ["måned", "antall", "tid", "sted"]
ROW = [datetime.date(2024, 1, 1), 3, 0.5, "Bodø"]


def workbook(folder: Path, *sheets: Callable[[Worksheet], None]) -> str:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, fill in enumerate(sheets, start=1):
        fill(book.create_sheet(f"Ark{number}"))
    book.save(folder / "a.xlsx")
    return "a.xlsx"


def rows(*lines: list[object], at: str = "A1") -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        corner = sheet[at]
        for down, line in enumerate(lines):
            for right, value in enumerate(line):
                if value is not None:
                    sheet.cell(corner.row + down, corner.column + right, value)

    return fill


def read(folder: Path, **options: str) -> TextTable:
    return read_sheet(root=folder, file="a.xlsx", **options)


def problems_of(folder: Path, **options: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as refusal:
        read(folder, **options)
    assert str(folder) not in str(refusal.value)
    return refusal.value.problems


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.place, problem.code) for problem in problems]


def test_cells_become_texts_as_a_csv_file_would_hold_them(tmp_path):
    workbook(
        tmp_path,
        rows(HEADER, ROW, [datetime.datetime.fromisoformat("2024-02-01T13:30:00"), 200000.0, True, "1 234,50"]),
    )
    text = read(tmp_path)
    assert text.table.reset_index().values.tolist() == [
        [2, "2024-01-01", "3", "0,5", "Bodø"],
        [3, "2024-02-01T13:30:00", "200000", "true", "1 234,50"],
    ]
    assert text.sha256 == sha256((tmp_path / "a.xlsx").read_bytes()).hexdigest()


def test_a_number_typed_as_text_is_read_as_the_same_number(tmp_path):
    workbook(tmp_path, rows(["tall"], [1234.5], ["1 234,50"], ["1\u00a0234,50"]))
    column = open_table(root=tmp_path, file="a.xlsx", decimal=",").table["tall"]
    assert NumberFormat(decimal=",", thousands=" ").numbers(column).tolist() == [1234.5] * 3


def test_places_are_cells_also_when_the_table_does_not_begin_in_the_corner(tmp_path):
    workbook(tmp_path, rows(HEADER, ROW, [None] * 4, ROW, at="C5"))
    text = read(tmp_path)
    assert text.table.index.tolist() == [6, 8]
    problems = text.row_problems()
    problems.add(8, "negative_count", column="antall")
    problems.add(6, "repeated_row", first=5)
    assert codes(problems.listed()) == [("a.xlsx Ark1!C6", "repeated_row"), ("a.xlsx Ark1!D8", "negative_count")]
    with pytest.raises(InvalidInput) as refusal:
        refuse_missing_columns(text, {"count": "antal"}, ("count",))
    assert codes(refusal.value.problems) == [("a.xlsx Ark1!C5", "missing_column")]


def test_the_only_visible_sheet_needs_no_name(tmp_path):
    def hidden(sheet: Worksheet) -> None:
        rows(["skjult"], [1])(sheet)
        sheet.sheet_state = "hidden"

    workbook(tmp_path, hidden, rows(HEADER, ROW))
    assert read(tmp_path).sheet == "Ark2"
    assert list(read(tmp_path, sheet="Ark1").table.columns) == ["skjult"]


def test_of_several_sheets_one_must_be_named(tmp_path):
    workbook(tmp_path, rows(HEADER, ROW), rows(HEADER, ROW))
    (problem,) = problems_of(tmp_path)
    assert (problem.code, problem.parameters["known"]) == ("sheet_not_chosen", "Ark1, Ark2")
    (problem,) = problems_of(tmp_path, sheet="Ark3")
    assert (problem.code, problem.value, problem.parameters["known"]) == ("sheet_not_found", "Ark3", "Ark1, Ark2")


def test_cells_merged_inside_the_table_are_refused_and_others_are_not(tmp_path):
    def merged(sheet: Worksheet) -> None:
        rows(HEADER, ROW, ROW)(sheet)
        sheet.merge_cells("D2:D3")
        sheet.merge_cells("H2:H3")
        sheet.merge_cells("A9:B9")

    workbook(tmp_path, merged)
    assert codes(problems_of(tmp_path)) == [("a.xlsx Ark1!D2:D3", "cells_merged")]


def test_empty_cells_merged_above_the_table_do_no_harm(tmp_path):
    def merged(sheet: Worksheet) -> None:
        rows(HEADER, ROW, at="A3")(sheet)
        sheet.merge_cells("A1:D1")

    workbook(tmp_path, merged)
    assert read(tmp_path).table.index.tolist() == [4]


def patched(folder: Path, old: bytes, new: bytes) -> None:
    """Change the first sheet of the workbook as another program would have written it."""
    with zipfile.ZipFile(folder / "a.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    with zipfile.ZipFile(folder / "a.xlsx", "w") as archive:
        for name, part in {**parts, sheet: parts[sheet].replace(old, new)}.items():
            archive.writestr(name, part)


def test_a_sheet_that_is_larger_than_it_says_is_read_whole(tmp_path):
    workbook(tmp_path, rows(HEADER, ROW, ROW))
    patched(tmp_path, b'<dimension ref="A1:D3"/>', b'<dimension ref="A1:B2"/>')
    assert (list(read(tmp_path).table.columns), len(read(tmp_path).table)) == (HEADER, 2)


def test_a_column_of_values_without_a_heading_is_refused(tmp_path):
    workbook(tmp_path, rows(["måned", None, "tid"], ROW))
    assert codes(problems_of(tmp_path)) == [
        ("a.xlsx Ark1!B1", "heading_missing"),
        ("a.xlsx Ark1!D1", "heading_missing"),
    ]


def test_the_same_heading_twice_is_refused(tmp_path):
    workbook(tmp_path, rows(["tid", "tid"], [1, 2]))
    assert codes(problems_of(tmp_path)) == [("a.xlsx Ark1!A1", "column_twice")]


def test_an_error_in_a_cell_and_a_formula_nobody_has_calculated_are_refused(tmp_path):
    def broken(sheet: Worksheet) -> None:
        rows(HEADER, ROW)(sheet)
        sheet["B3"] = "=B2+1"
        sheet["C3"] = "#N/A"
        sheet["C3"].data_type = "e"

    workbook(tmp_path, broken)
    assert codes(problems_of(tmp_path)) == [
        ("a.xlsx Ark1!B3", "formula_without_value"),
        ("a.xlsx Ark1!C3", "cell_shows_error"),
    ]


def test_a_formula_gives_the_value_the_workbook_was_saved_with(tmp_path):
    workbook(tmp_path, rows(["antall"], ["=1+1"]))
    patched(tmp_path, b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    assert read(tmp_path).table["antall"].tolist() == ["2"]


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a workbook", b"maaned;antall\n2024-01;1\n"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(content)
    assert codes(problems_of(tmp_path)) == [("a.xlsx", "unreadable_workbook")]


def test_an_empty_file_an_empty_sheet_and_no_file_are_told_apart(tmp_path):
    assert codes(problems_of(tmp_path)) == [("a.xlsx", "file_not_found")]
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert codes(problems_of(tmp_path)) == [("a.xlsx", "empty_file")]
    workbook(tmp_path, rows())
    assert codes(problems_of(tmp_path)) == [("a.xlsx Ark1", "empty_file")]


def test_headings_alone_give_a_table_without_rows(tmp_path):
    workbook(tmp_path, rows(HEADER))
    assert (list(read(tmp_path).table.columns), len(read(tmp_path).table)) == (HEADER, 0)


def test_the_old_format_is_refused_as_that(tmp_path):
    with pytest.raises(InvalidInput) as refusal:
        open_table(root=tmp_path, file="a.xls")
    assert codes(refusal.value.problems) == [("a.xls", "old_workbook")]


def test_identity_numbers_stored_as_numbers_have_lost_a_zero_and_are_found(tmp_path, synthetic_id):
    numbers = [synthetic_id(f"{day:02d}8171") for day in range(1, 5)]
    workbook(tmp_path, rows(["pasient", "antall"], *[[int(number), 1] for number in numbers]))
    text = read(tmp_path)
    assert text.table["pasient"].str.len().tolist() == [10] * 4
    with pytest.raises(InvalidInput) as refusal:
        refuse_national_ids(text)
    (problem,) = refusal.value.problems
    assert (problem.place, problem.code, dict(problem.parameters)) == (
        "a.xlsx",
        "national_ids",
        {"column": "pasient", "count": 4},
    )
    assert not any(number.lstrip("0") in repr(problem) for number in numbers)
