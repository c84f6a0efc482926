"""The table of a ledger: read as people save it, every cell that cannot be told of with its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from benefits.activity.reading.ledger import HEADINGS, LedgerRead, read_ledger
from benefits.language import catalogue, ready
from benefits.project.model import LedgerRow, Project

TABLE = "Dato;Invitert;Takket ja;Startet;Pasientmåneder;Kostnad, kr;Kilde\n"


def project(file: str | None, *rows: dict[str, Any], **keys: Any) -> Project:
    plan = {"format": 1, "id": "p", "title": "P", "go_live": date(2025, 1, 1), "ledger": rows, **keys}
    return Project.model_validate(plan if file is None else {**plan, "ledger_file": file})


def read(root: Path, content: str | bytes, *rows: dict[str, Any], name: str = "ledger.csv", **keys: Any) -> LedgerRead:
    (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_ledger(project(name, *rows, **keys), root=root, place_of=lambda at, key: f"project.yaml {at} {key}")


def problems(found: LedgerRead) -> list[tuple[str, str, str]]:
    return [(one.place, one.code, one.value) for one in found.problems]


def test_a_table_is_read_as_a_norwegian_excel_saves_it(tmp_path: Path) -> None:
    text = TABLE + "30.06.2025;27;21;21;94,5;1 250 000,50;Sykepleierens liste\n2025-12-31;34;;27;;;\n"
    found = read(tmp_path, text.encode("cp1252"))
    assert found.problems == ()
    first, second = found.rows
    assert (first.date, first.invited, first.patient_months, first.cost) == (date(2025, 6, 30), 27, 94.5, 1_250_000.5)
    assert first.source is not None
    assert first.source.in_language("nb", first="nb")[0] == "Sykepleierens liste"
    assert second == LedgerRow(date=date(2025, 12, 31), invited=34, started=27)
    assert list(found.files) == ["ledger.csv"]


def test_columns_may_be_named_by_our_keys_and_stand_between_commas(tmp_path: Path) -> None:
    found = read(tmp_path, "date,active,patient_months\n2025-06-30,16,94.5\n")
    assert found.rows == (LedgerRow(date=date(2025, 6, 30), active=16, patient_months=94.5),)


def test_a_sheet_of_a_workbook_is_read_and_its_cells_named(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tjenesten"
    for row in (["Dato", "Aktive", "Minutter"], [date(2025, 6, 30), 16, 80.5], [date(2025, 12, 31), 17.5, "mange"]):
        sheet.append(row)
    book.save(tmp_path / "ledger.xlsx")
    found = read(tmp_path, (tmp_path / "ledger.xlsx").read_bytes(), name="ledger.xlsx")
    assert problems(found) == [
        ("ledger.xlsx Tjenesten!C3", "ledger_not_a_number", "mange"),
        ("ledger.xlsx Tjenesten!B3", "ledger_not_whole", "17,5"),
    ]


def test_every_cell_that_cannot_be_is_told_of_at_once(tmp_path: Path) -> None:
    text = "Dato;Invitert;Minutter\n31.02.2025;27;1.5\n;-3;\n2025-06-30;2,5;-1\n"
    assert problems(read(tmp_path, text)) == [
        ("ledger.csv:2", "ledger_not_a_day", "31.02.2025"),
        ("ledger.csv:2", "ledger_not_a_number", "1.5"),
        ("ledger.csv:3", "empty_cell", ""),
        ("ledger.csv:3", "negative_count", "-3"),
        ("ledger.csv:4", "ledger_not_whole", "2,5"),
        ("ledger.csv:4", "negative_count", "-1"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Dato;Merknad;Aktive\n2025-06-30;x;y\n",
            [("ledger.csv:1", "ledger_unknown_column", "Merknad"), ("ledger.csv:2", "ledger_not_a_number", "y")],
        ),
        ("Aktive\n16\n", [("ledger.csv:1", "ledger_without_date", "")]),
        ("Dato;Aktive;active\n2025-06-30;16;16\n", [("ledger.csv:1", "column_twice", "active")]),
        ("Dato;Aktive\n", [("ledger.csv", "ledger_no_rows", "")]),
        ("", [("ledger.csv", "empty_file", "")]),
        ("Dato;Aktive\n2025-06-30\n", [("ledger.csv:2", "wrong_number_of_cells", "")]),
    ],
)
def test_a_table_that_is_none_is_told_of(tmp_path: Path, text: str, found: list[tuple[str, str, str]]) -> None:
    assert problems(read(tmp_path, text)) == found


def test_a_file_that_is_no_table_is_not_asked_for_a_key_the_project_file_does_not_have(tmp_path: Path) -> None:
    assert problems(read(tmp_path, b"\x81\x8d\x8f\x90")) == [("ledger.csv", "ledger_not_a_table", "")]


def test_rows_of_the_project_file_and_of_the_table_are_one_ledger(tmp_path: Path) -> None:
    found = read(tmp_path, "Dato;Startet\n2025-12-31;27\n", {"date": date(2025, 6, 30), "started": 21})
    assert [row.started for row in found.rows] == [21, 27]


def test_the_rules_hold_across_the_two(tmp_path: Path) -> None:
    """Thirty started by June in the table, fewer by December in the project file; and a date both have."""
    text = "Dato;Startet;Falt fra;Avsluttet\n30.06.2025;30;;\n30.06.2026;31;9;8\n"
    rows = ({"date": date(2025, 12, 31), "started": 27}, {"date": date(2025, 6, 30), "invited": 40})
    assert problems(read(tmp_path, text, *rows)) == [
        ("project.yaml 0 started", "ledger_count_falls", "27"),
        ("ledger.csv:3", "ledger_reasons_above_ended", "8"),
        ("ledger.csv:2", "ledger_date_twice", "2025-06-30"),
    ]


def test_an_amount_is_of_the_time_since_the_row_before_in_either(tmp_path: Path) -> None:
    row = {"date": date(2025, 12, 31), "alerts": 9}
    assert problems(read(tmp_path, "Dato;Startet\n2025-06-30;9\n", row, go_live=None)) == []
    assert [code for _, code, _ in problems(read(tmp_path, "Dato;Startet\n2026-06-30;9\n", row, go_live=None))] == [
        "ledger_amount_without_time"
    ]


def test_a_table_with_a_national_identity_number_is_not_read(
    tmp_path: Path, synthetic_id: Callable[[str], str]
) -> None:
    found = read(tmp_path, f"Dato;Kilde\n2025-06-30;{synthetic_id('418171')}\n")
    assert [(one.code, one.value) for one in found.problems] == [("national_ids", "")]
    assert found.rows == ()


def test_a_project_without_a_table_has_its_own_rows_only(tmp_path: Path) -> None:
    plan = project(None, {"date": date(2025, 6, 30), "active": 9})
    found = read_ledger(plan, root=tmp_path, place_of=lambda at, key: "")
    assert (found.rows, found.problems, found.files) == (plan.ledger, (), {})


@pytest.mark.parametrize("language", ready())
def test_a_column_may_be_named_as_reports_name_it(language: Any) -> None:
    words = catalogue(language)
    for key in LedgerRow.model_fields:
        word = words.text("column.date" if key == "date" else f"ledger.{key}") if key != "source" else "Kilde"
        assert HEADINGS[word.casefold()] == key


def test_words_people_write_are_known_and_any_other_is_told_of_in_its_own_cell(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tjenesten"
    for row in (["Dato", "Inviterte", "Frafall", "Kroner", "Merknad"], [date(2025, 6, 30), 20, 0, 60_000, "x"]):
        sheet.append(row)
    book.save(tmp_path / "ledger.xlsx")
    found = read(tmp_path, (tmp_path / "ledger.xlsx").read_bytes(), name="ledger.xlsx")
    assert problems(found) == [("ledger.xlsx Tjenesten!E1", "ledger_unknown_column", "Merknad")]


def test_a_workbook_of_several_sheets_is_told_of_and_one_with_the_others_hidden_is_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet, other = book.active, book.create_sheet("Annet")
    assert sheet is not None
    for row in (["Dato", "Startet"], [date(2025, 6, 30), 20]):
        sheet.append(row)
    other.append(["x"])
    for state, expected in (("visible", [("ledger.xlsx", "ledger_several_sheets", "")]), ("hidden", [])):
        other.sheet_state = state
        book.save(tmp_path / "ledger.xlsx")
        found = read(tmp_path, (tmp_path / "ledger.xlsx").read_bytes(), name="ledger.xlsx")
        assert problems(found) == expected


@pytest.mark.parametrize("language", ready())
def test_an_unknown_column_is_answered_with_the_words_of_the_reader(language: Any) -> None:
    words = catalogue(language)
    remedy = words.text("problem.ledger_unknown_column.remedy")
    for key in set(LedgerRow.model_fields) - {"date", "source", "cost"}:
        assert words.text(f"ledger.{key}") in remedy
