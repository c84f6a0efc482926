from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.activity import read_panel, read_series
from benefits.activity.reading.columns import NumberFormat
from benefits.errors import InvalidInput, Problem

PANEL = {"person": "id", "group": "gruppe", "period": "maaned", "count": "antall", "exposure": "tid"}
SERIES = {"period": "maaned", "count": "antall", "exposure": "tid"}
HEADER = "id;gruppe;maaned;antall;tid"


def problems_of(
    folder: Path, content: str | bytes, *, reader=read_panel, columns=PANEL, **options
) -> tuple[Problem, ...]:
    (folder / "a.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InvalidInput) as refusal:
        reader(root=folder, file="a.csv", columns=columns, **options)
    assert str(folder) not in str(refusal.value)
    return refusal.value.problems


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.place, problem.code) for problem in problems]


def test_a_file_is_read_with_its_fingerprint(tmp_path):
    content = f"{HEADER}\nA;treated;2024-01;1;0,5\n\nB;comparison;2024-02-01;2;0,25\n".encode()
    (tmp_path / "a.csv").write_bytes(content)
    extract = read_panel(root=tmp_path, file="a.csv", columns=PANEL)
    assert (extract.rows, extract.sha256) == (2, sha256(content).hexdigest())
    assert extract.shape.to_frame()[["group", "persons", "count", "exposure"]].values.tolist() == [
        ["treated", 1, 1, 0.5],
        ["comparison", 1, 2, 0.25],
    ]


def test_units_and_groups_may_be_the_same_for_the_whole_file(tmp_path):
    (tmp_path / "a.csv").write_text("maaned;antall;tid\n2024-01;3;10\n")
    extract = read_series(root=tmp_path, file="a.csv", columns=SERIES, unit="Vik", group="treated")
    assert extract.shape._rows[["unit", "group", "count"]].values.tolist() == [["Vik", "treated", 3]]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_norwegian_letters_are_read_in_the_declared_encoding(tmp_path, encoding):
    (tmp_path / "a.csv").write_bytes("måned;antall;tid;sted\n2024-01;3;10;Bodø\n".encode(encoding))
    columns = {"period": "måned", "count": "antall", "exposure": "tid", "unit": "sted"}
    extract = read_series(root=tmp_path, file="a.csv", columns=columns, encoding=encoding)
    assert extract.shape._rows["unit"].tolist() == ["Bodø"]


def test_a_byte_order_mark_is_not_part_of_the_first_column(tmp_path):
    (tmp_path / "a.csv").write_bytes("maaned;antall;tid\n2024-01;3;10\n".encode("utf-8-sig"))
    assert read_series(root=tmp_path, file="a.csv", columns=SERIES).rows == 1


@pytest.mark.parametrize(("written", "declared"), [("cp1252", "utf-8"), ("utf-8", "cp1252")])
def test_another_encoding_than_declared_is_refused_with_its_line(tmp_path, written, declared):
    content = "maaned;antall;tid;sted\n2024-01;3;10;Vik\n2024-02;3;10;Bodø\n".encode(written)
    problems = problems_of(tmp_path, content, reader=read_series, columns=SERIES, encoding=declared)
    assert codes(problems) == [("a.csv:3", "wrong_encoding")]
    assert problems[0].parameters["other"] == written


def test_an_encoding_nobody_supports_is_refused(tmp_path):
    assert codes(problems_of(tmp_path, HEADER, encoding="utf-16")) == [("a.csv", "unknown_encoding")]


@pytest.mark.parametrize(
    ("row", "code", "value"),
    [
        ("A;treated;2024-01;-1;1", "negative_count", "-1"),
        ("A;treated;2024-01;1,5;1", "cell_not_a_whole_number", "1,5"),
        ("A;treated;2024-01;to;1", "cell_not_a_number", "to"),
        ("A;treated;2024-01;1;0.5", "cell_not_a_number", "0.5"),
        ("A;treated;2024-01;1;1.234,5", "cell_not_a_number", "1.234,5"),
        ("A;treated;2024-01;1;0", "exposure_not_positive", "0"),
        ("A;treated;2024-01;1;−1", "exposure_not_positive", "−1"),
        ("A;treated;01.02.2024;1;1", "date_not_iso", "01.02.2024"),
        ("A;treated;2024-13;1;1", "date_not_iso", "2024-13"),
        ("A;treated;2024-02-30;1;1", "date_not_iso", "2024-02-30"),
        ("A;tiltak;2024-01;1;1", "unknown_group", "tiltak"),
        ("A;treated;;1;1", "empty_cell", ""),
        (";treated;2024-01;1;1", "empty_cell", ""),
        ("A;treated;2024-01;1", "wrong_number_of_cells", ""),
    ],
)
def test_a_wrong_cell_is_refused_with_its_line_and_value(tmp_path, row, code, value):
    problems = problems_of(tmp_path, f"{HEADER}\nB;treated;2024-01;1;1\n\n{row}\n")
    assert codes(problems) == [("a.csv:4", code)]
    assert problems[0].value == value


def test_every_problem_is_reported_at_once_in_the_order_of_lines(tmp_path):
    rows = ["A;treated;2024-01;-1;0", "A;treated;2024-01;1;1", "A;comparison;2024-02;1;1"]
    problems = problems_of(tmp_path, "\n".join([HEADER, *rows]))
    assert codes(problems) == [
        ("a.csv:2", "exposure_not_positive"),
        ("a.csv:2", "negative_count"),
        ("a.csv:3", "repeated_row"),
        ("a.csv:4", "person_changes_group"),
    ]
    assert problems[2].parameters == {"first": 2}


def test_of_one_rule_twenty_rows_are_listed_and_the_rest_counted(tmp_path):
    rows = [f"A{number};treated;2024-01;-1;1" for number in range(30)]
    problems = problems_of(tmp_path, "\n".join([HEADER, *rows]))
    assert [problem.code for problem in problems] == ["negative_count"] * 20 + ["more_of_the_same"]
    assert problems[-1].parameters == {"code": "negative_count", "column": "antall", "count": 10}


def test_a_missing_column_is_named_with_the_nearest_there_is(tmp_path):
    problems = problems_of(tmp_path, "ident;gruppe;mnd;antall;tid\nA;treated;2024-01;1;1\n")
    assert [(problem.code, problem.value) for problem in problems] == [
        ("missing_column", "id"),
        ("missing_column", "maaned"),
    ]
    assert problems[0].parameters["nearest"].startswith(("ident", "tid"))


def test_a_column_nobody_declared_is_named(tmp_path):
    columns = {name: column for name, column in PANEL.items() if name != "exposure"}
    assert [problem.code for problem in problems_of(tmp_path, HEADER, columns=columns)] == ["column_not_declared"]


def test_a_comma_file_declared_as_semicolon_is_refused_as_that(tmp_path):
    problems = problems_of(tmp_path, HEADER.replace(";", ",") + "\nA,treated,2024-01,1,1\n")
    assert codes(problems) == [("a.csv:1", "wrong_delimiter")]
    assert (problems[0].parameters["declared"], problems[0].parameters["found"]) == (";", ",")


def test_the_same_column_twice_is_refused(tmp_path):
    assert codes(problems_of(tmp_path, HEADER + ";tid\nA;treated;2024-01;1;1;1\n")) == [("a.csv:1", "column_twice")]


@pytest.mark.parametrize(("content", "code"), [("", "empty_file"), (" \n", "empty_file"), (HEADER + "\n", "no_rows")])
def test_a_file_without_rows_is_refused(tmp_path, content, code):
    assert [problem.code for problem in problems_of(tmp_path, content)] == [code]


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(InvalidInput) as refusal:
        read_panel(root=tmp_path, file="none.csv", columns=PANEL)
    assert codes(refusal.value.problems) == [("none.csv", "file_not_found")]


def test_a_national_identity_number_in_any_column_stops_everything_and_is_not_repeated(tmp_path, synthetic_id):
    number = synthetic_id("158171")
    problems = problems_of(tmp_path, f"{HEADER};merknad\nA;treated;2024-01;-1;1;{number}\n")
    assert codes(problems) == [("a.csv", "national_ids")]
    assert problems[0].parameters == {"column": "merknad", "count": 1}
    assert number not in repr(problems)


def test_a_line_break_inside_quotes_does_not_move_the_line_numbers(tmp_path):
    problems = problems_of(tmp_path, f'{HEADER}\n"A\nB";treated;2024-01;1;1\nC;treated;2024-01;-1;1\n')
    assert codes(problems) == [("a.csv:4", "negative_count")]


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=99), st.sampled_from(" .\u00a0"))
def test_a_number_grouped_by_thousands_is_read_as_it_is_written(whole, hundredths, mark):
    import pandas as pd

    text = f"{whole:,}".replace(",", mark) + f",{hundredths:02d}"
    thousands = "." if mark == "." else " "
    if mark == ".":
        text = text.replace(".", "\u00a0")
        thousands = " "
    read = NumberFormat(decimal=",", thousands=thousands).numbers(pd.Series([text], dtype="str")).iloc[0]
    assert read == pytest.approx(whole + hundredths / 100, rel=1e-15)
