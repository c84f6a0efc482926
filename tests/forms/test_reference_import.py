"""A sheet of unit costs becomes a file of own reference values, or every cell in the way is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from benefits.cli import main
from benefits.errors import InvalidInput
from benefits.forms.reference_import import PROBLEM_CODES, Layout, id_from, import_references
from benefits.project.own_references import read_reference_file

LAYOUT = Layout(
    value="Kostnad (kr)",
    title="tjeneste",
    price_year="Prisår",
    date=date(2024, 2, 6),
    source="DMP",
    address="https://x.no",
)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a workbook as such ones look: a title over merged cells, a blank row, headings in row 4, then rows."""

    def of(*rows: tuple[Any, ...], changes: dict[str, Any] | None = None, merge: str = "") -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Kostnader"
        sheet["A1"] = "Enhetskostnader"
        sheet.merge_cells("A1:C1")
        for line, row in enumerate([("Tjeneste ", "Kostnad (kr)", "Prisår"), *rows], 4):
            for column, value in enumerate(row, 1):
                sheet.cell(line, column, value)
        for cell, value in (changes or {}).items():
            sheet[cell] = value
        if merge:
            sheet.merge_cells(merge)
        book.save(tmp_path / "kostnader.xlsx")
        return tmp_path / "kostnader.xlsx"

    return of


def told(path: Path, layout: Layout = LAYOUT) -> list[tuple[str, str]]:
    out = path.parent / "references.yaml"
    with pytest.raises(InvalidInput) as caught:
        import_references(path, out, layout)
    assert not out.exists()
    return [(problem.place.rpartition("!")[2], problem.code) for problem in caught.value.problems]


def test_what_is_read_reads_back_as_what_it_was(write: Write, tmp_path: Path) -> None:
    """1 234,50 as text, a section without a value, a blank row, a number, and hostile text."""
    path = write(
        ("Fastlege, dagtid", "1 234,50", 2023),
        ("Legevakt", None, None),
        (None, None, None),
        ("Legevakt, besøk", 2100.25, "2023"),
        ('Hjemme: "besøk" # {a: *b}', 0, 2023),
    )
    made = import_references(path, tmp_path / "references.yaml", LAYOUT)
    assert (made.count, made.skipped) == (3, 1)
    entries = read_reference_file(tmp_path / "references.yaml", shown_as="r").entries
    values = {id: (one.values[0].value, one.values[0].price_year) for id, one in entries.items()}
    assert values == {
        "fastlege_dagtid": (1234.5, 2023),
        "legevakt_besok": (2100.25, 2023),
        "hjemme_besok_a_b": (0.0, 2023),
    }
    value = entries["hjemme_besok_a_b"].values[0]
    assert (value.titles.nb, value.source.title, value.valid_from) == (
        'Hjemme: "besøk" # {a: *b}',
        "DMP",
        date(2024, 2, 6),
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"B5": "omtrent 5"}, [("B5", "form_not_a_number")]),
        ({"B5": "1,234"}, [("B5", "form_two_readings")]),
        ({"B5": -4}, [("B5", "reference_negative")]),
        ({"B5": "=1+1"}, [("B5", "formula_without_value")]),
        ({"B5": "#N/A"}, [("B5", "cell_shows_error")]),
        ({"A5": None}, [("A5", "import_not_named")]),
        ({"A5": "17057612345 Hansen"}, []),
        ({"C5": "nitten"}, [("C5", "import_price_year")]),
        ({"C5": None, "B6": "x"}, [("C5", "import_price_year"), ("B6", "form_not_a_number")]),
        ({"B4": "Kostnad"}, [("A4", "import_heading_missing")]),
        ({"D4": "Prisår"}, [("D4", "import_heading_twice")]),
        ({"B5": None, "B6": None}, [("A4", "import_without_rows")]),
    ],
)
def test_each_cell_in_the_way_is_told(write: Write, changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    path = write(("Fastlege", 100, 2023), ("Legevakt", 200, 2023), changes=changes)
    if expected:
        assert told(path) == expected
    else:
        import_references(path, path.parent / "references.yaml", LAYOUT)


def test_cells_merged_over_rows_are_told_and_not_guessed_at(write: Write) -> None:
    assert told(write(("Fastlege", 100, 2023), ("Legevakt", 200, 2023), merge="B5:B6")) == [
        ("B5", "cells_merged"),
        ("B6", "cells_merged"),
    ]


def test_a_row_of_formulas_only_that_are_not_calculated_is_told_and_not_left_out(write: Write) -> None:
    path = write(("Fastlege", 100, 2023), changes={"A6": "=A5", "B6": "=B5", "C6": "=C5"})
    assert sorted(told(path)) == [(cell, "formula_without_value") for cell in ("A6", "B6", "C6")]


def test_names_alike_get_ids_of_their_own_and_ids_alike_are_told(write: Write) -> None:
    path = write(("Besøk", 100, 2023), ("Besøk", 200, 2023))
    import_references(path, path.parent / "out.yaml", LAYOUT)
    assert set(read_reference_file(path.parent / "out.yaml", shown_as="r").entries) == {"besok", "besok_2"}
    assert told(path, replace(LAYOUT, id="Tjeneste")) == [("A6", "import_id_twice")]


def test_a_unit_of_its_own_column_and_columns_by_letter(write: Write) -> None:
    path = write(("Fastlege", 100, "kr"), ("Andel", "16 %", "prosent"))
    layout = replace(LAYOUT, title="A", value="B", unit="Prisår", price_year="2024", header=4)
    import_references(path, path.parent / "out.yaml", layout)
    entries = read_reference_file(path.parent / "out.yaml", shown_as="r").entries
    assert [(one.values[0].unit, one.values[0].value) for one in entries.values()] == [("kroner", 100), ("share", 0.16)]
    assert told(write(("Fastlege", 100, "kroners")), layout) == [("C5", "import_unit")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", b"a;b\n1;2\n"])
def test_a_file_that_is_no_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert [code for _, code in told(path)] == ["unreadable_workbook"]


def test_a_file_that_is_there_is_written_over_only_when_asked(write: Write, tmp_path: Path) -> None:
    path, out = write(("Fastlege", 100, 2023)), tmp_path / "references.yaml"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        import_references(path, out, LAYOUT)
    assert (caught.value.problems[0].code, out.read_text(encoding="utf-8")) == ("import_exists", "mine")
    import_references(path, out, LAYOUT, force=True)
    assert "fastlege" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["", ".", "folder", "nowhere/out.yaml", "a" * 300])
def test_a_file_that_cannot_be_written_is_told_and_nothing_is_left(write: Write, tmp_path: Path, name: str) -> None:
    path = write(("Fastlege", 100, 2023))
    (tmp_path / "folder").mkdir()
    with pytest.raises(InvalidInput) as caught:
        import_references(path, tmp_path / name if name not in {"", "."} else Path(name), LAYOUT, force=True)
    assert [problem.code for problem in caught.value.problems] == ["form_not_writable"]
    assert {one.name for one in tmp_path.iterdir()} == {"kostnader.xlsx", "folder"}


def test_the_workbook_is_never_written_over_by_what_is_read_from_it(write: Write) -> None:
    path = write(("Fastlege", 100, 2023))
    before = path.read_bytes()
    with pytest.raises(InvalidInput) as caught:
        import_references(path, path.parent / "." / path.name, LAYOUT, force=True)
    assert [problem.code for problem in caught.value.problems] == ["import_onto_itself"]
    assert path.read_bytes() == before


def test_the_command_reads_a_workbook_and_lists_values(write: Write, tmp_path: Path) -> None:
    path, out = write(("Fastlege", 100, 2023)), tmp_path / "references.yaml"
    asked = ["--title", "Tjeneste", "--value", "Kostnad (kr)", "--price-year", "2023", "--source", "DMP"]
    answer = CliRunner().invoke(
        main, ["reference", "import", str(path), "--out", str(out), "--date", "2024-02-06", *asked]
    )
    assert (answer.exit_code, out.is_file()) == (0, True), answer.output
    listed = CliRunner().invoke(main, ["reference", "list", "isf.unit_price", "--as-of", "2021-06-01", "--lang", "en"])
    assert "45,808" in listed.output
    assert "No longer valid on 1 June 2021" in listed.output.replace("\xa0", " ")
    assert "52,248" not in listed.output.replace("\xa0", " ")
    every = CliRunner().invoke(main, ["reference", "--lang", "nn"])
    assert (every.exit_code, "qaly.value" in every.output) == (0, True)
    assert CliRunner().invoke(main, ["reference", "list", "isf.unitprice"]).exit_code == 2


@given(st.text(max_size=80))
def test_an_id_is_one_the_file_takes_or_nothing(name: str) -> None:
    import re

    found = id_from(name)
    assert found == "" or re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", found)


def test_every_problem_has_its_words() -> None:
    from benefits.language import catalogue, ready

    for language in ready():
        assert [code for code in PROBLEM_CODES if f"problem.{code}.remedy" not in catalogue(language)] == []
