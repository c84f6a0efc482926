"""The table of a portfolio: what is printed is kept, an empty cell is unknown, a wrong one is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from benefits.errors import InvalidInput
from benefits.project.portfolio import Registry
from benefits.results.portfolio.registry import RegistryTable, read_registry

COLUMNS = {
    "project": "navn",
    "round": "runde",
    "owner": "eier",
    "hours": "timer",
    "phase_start": "fra",
    "phase_end": "til",
    "health_region": "region",
    "dho": "dho",
}
HEADER = "navn;runde;eier;timer;fra;til;region;dho\n"
WORDS = {
    "phases": {"Konsept": "concept"},
    "health_regions": {"Vest": "helse_vest"},
    "truths": {"ja": True, "nei": False},
}


def table(folder: Path, rows: str, *, encoding: str = "utf-8", header: str = HEADER, **more: object) -> RegistryTable:
    (folder / "rader.csv").write_bytes((header + rows).encode(encoding))
    settings = {"file": "rader.csv", "columns": COLUMNS, "encoding": encoding} | WORDS | more
    return read_registry(Registry.model_validate(settings), root=folder)


def problems(folder: Path, rows: str, **more: object) -> list[tuple[str, str, str]]:
    with pytest.raises(InvalidInput) as refused:
        table(folder, rows, **more)  # type: ignore[arg-type]
    return [(one.place, one.code, one.value) for one in refused.value.problems]


def test_a_row_keeps_what_is_printed(tmp_path: Path) -> None:
    (row,) = table(tmp_path, "Ung Arena +;S1;Vik;1 250,5;Konsept;realise;Vest;ja\n").rows
    assert (row.line, row.number, row.project, row.round, row.owner) == (2, 1, "Ung Arena +", "S1", "Vik")
    assert (row.hours, row.phase_start, row.phase_end) == (1250.5, "concept", "realise")
    assert (row.health_region, row.dho) == ("helse_vest", True)


def test_an_empty_cell_is_unknown_and_never_zero_or_no(tmp_path: Path) -> None:
    (row,) = table(tmp_path, "DHO Bergen;;;;;;;\n").rows
    assert (row.round, row.owner, row.hours, row.phase_start, row.phase_end, row.health_region, row.dho) == (None,) * 7


def test_zero_hours_that_were_printed_are_zero(tmp_path: Path) -> None:
    (row,) = table(tmp_path, "A;;;0;;;;\n").rows
    assert row.hours == 0.0


def test_a_table_in_the_encoding_of_old_spreadsheets_is_read(tmp_path: Path) -> None:
    (row,) = table(tmp_path, "Sømløst forløp;;Sørlandet;10;;;;\n", encoding="cp1252").rows
    assert (row.project, row.owner) == ("Sømløst forløp", "Sørlandet")


def test_a_table_with_names_only_is_a_table(tmp_path: Path) -> None:
    found = table(tmp_path, "A\nB\n", header="navn\n", columns={"project": "navn"})
    assert [(row.project, row.hours) for row in found.rows] == [("A", None), ("B", None)]


@pytest.mark.parametrize(
    ("row", "code", "value"),
    [
        (";S1;;;;;;", "row_without_project", ""),
        ("A;S1;;-5;;;;", "negative_hours", "-5"),
        ("A;S1;;mange;;;;", "cell_not_a_number", "mange"),
        ("A;S1;;1.5;;;;", "cell_not_a_number", "1.5"),
        ("A;S1;;;Koncept;;;", "cell_not_one_of", "Koncept"),
        ("A;S1;;;;;Øst;", "cell_not_one_of", "Øst"),
        ("A;S1;;;;;;kanskje", "cell_not_one_of", "kanskje"),
    ],
)
def test_a_wrong_cell_is_one_problem_with_its_line(tmp_path: Path, row: str, code: str, value: str) -> None:
    assert problems(tmp_path, f"B;S1;;1;;;;\n{row}\n") == [("rader.csv:3", code, value)]


def test_a_project_stands_once_in_a_round_and_may_stand_in_two(tmp_path: Path) -> None:
    assert len(table(tmp_path, "A;S1;;;;;;\nA;S2;;;;;;\n").rows) == 2
    assert problems(tmp_path, "A;S1;;;;;;\nB;S1;;;;;;\na;S1;;;;;;\n") == [("rader.csv:4", "project_row_twice", "a")]


def test_all_wrong_cells_are_told_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, ";;;-1;Nei;;;\nA;;;x;;;Sør;\n")
    assert sorted(code for _, code, _ in found) == [
        "cell_not_a_number",
        "cell_not_one_of",
        "cell_not_one_of",
        "negative_hours",
        "row_without_project",
    ]


def test_a_column_that_is_not_in_the_file_is_told_with_those_that_are(tmp_path: Path) -> None:
    found = problems(tmp_path, "A;;;;;;;\n", columns={"project": "navn", "owner": "eigar"})
    assert found == [("rader.csv:1", "missing_column", "eigar")]


def test_a_table_with_national_identity_numbers_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"A{number};;01010012356;;;;;\n" for number in range(3))
    assert [code for _, code, _ in problems(tmp_path, rows)] == ["national_ids"]


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    assert [code for _, code, _ in problems(tmp_path, "")] == ["no_rows"]
