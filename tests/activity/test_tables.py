"""The same rows give the same data, whichever kind of table a project file names."""

from __future__ import annotations

from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

from benefits.activity.reading.source import read_source
from benefits.activity.tables.opened import Tables
from benefits.activity.tables.opening import open_table
from benefits.activity.tables.relations import Relation
from benefits.activity.tables.texts import TextTable
from benefits.errors import InvalidInput
from benefits.project.data import DataSource

EVENTS = pd.DataFrame(
    {
        "pasient": [7, 7, 8, 8, 9, 9, 9],
        "sted": ["Bodø", "Bodø", "Vik", "Vik", "Vik", "Vik", "Vik"],
        "dato": pd.to_datetime(
            ["2024-01-31", "2024-02-01", "2024-01-01", "2024-03-31", "2024-02-29", "2024-02-29", "2024-04-02"]
        ),
        "antall": [1, 2, 1, 1, 3, 1, 9],
        "type": ["akutt", "akutt", "akutt", "plan", "akutt", "akutt", "akutt"],
    }
)
SERIES = pd.DataFrame(
    {
        "måned": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"]),
        "antall": [1200, 1340, 1280],
        "tid": [10.5, 10.25, 11.0],
    }
)
KINDS = ("csv", "xlsx", "parquet", "duckdb")


def written(folder: Path, frame: pd.DataFrame, kind: str) -> dict[str, str]:
    """Write a table as one kind of file; return what a project file says of where it is."""
    file = folder / f"data.{kind}"
    if kind == "csv":
        frame.to_csv(file, sep=";", decimal=",", index=False, date_format="%Y-%m-%d", encoding="utf-8")
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(list(frame.columns))
        for row in frame.itertuples(index=False):
            book.active.append(list(row))
        book.save(file)
    elif kind == "parquet":
        duckdb.execute(f"copy frame to '{file}' (format parquet)")
    else:
        with duckdb.connect(str(file)) as connection:
            connection.execute("create table rader as select * from frame")
        return {"database": f"duckdb:{file.name}", "table": "rader"}
    return {"file": file.name}


def read(folder: Path, where: dict[str, str], **said: object):
    source = DataSource.model_validate({"id": "d", **where, **said}, strict=False)
    return read_source(source, tables=Tables(folder), unit="count")


@pytest.mark.parametrize("kind", KINDS)
def test_a_series_is_the_same_from_every_kind_of_table(tmp_path, kind):
    columns = {"period": "måned", "count": "antall", "exposure": "tid"}
    extract = read(tmp_path, written(tmp_path, SERIES, kind), shape="series", columns=columns)
    rows = extract.shape.rows()
    assert rows[["count", "exposure"]].values.tolist() == [[1200, 10.5], [1340, 10.25], [1280, 11.0]]
    assert rows["period"].tolist() == SERIES["måned"].tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_events_are_counted_the_same_from_every_kind_of_table(tmp_path, kind):
    """Acute events until March: Bodø 1 and 2; Vik 1, then 3 + 1 in February. One was planned, and one in April."""
    extract = read(
        tmp_path,
        written(tmp_path, EVENTS, kind),
        shape="events",
        columns={"person": "pasient", "unit": "sted", "date": "dato", "count": "antall"},
        filters=[{"column": "type", "one_of": ["akutt"]}],
        period={"start": "2024-01-01", "end": "2024-03-31"},
        per="none",
    )
    rows = extract.shape.rows()
    assert rows.pivot_table(index="unit", columns="period", values="count").values.tolist() == [[1, 2, 0], [1, 4, 0]]
    assert {one.code: dict(one.parameters).get("count") for one in extract.findings if "out" in one.code} == {
        "filtered_out": 1,
        "events_outside_period": 1,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_an_identity_number_stops_every_kind_of_table(tmp_path, kind, synthetic_numbers):
    frame = EVENTS.assign(merknad=[f"ring {synthetic_numbers[12]}", *[""] * 6])
    with pytest.raises(InvalidInput) as refusal:
        read(tmp_path, written(tmp_path, frame, kind), shape="events", columns={"date": "dato"}, per="none")
    (problem,) = refusal.value.problems
    assert (problem.code, dict(problem.parameters)) == ("national_ids", {"column": "merknad", "count": 1})


@pytest.mark.parametrize("kind", KINDS)
def test_negative_counts_and_missing_columns_are_told_of_every_kind_of_table(tmp_path, kind):
    columns = {"date": "dato", "count": "antall"}
    where = written(tmp_path, EVENTS.assign(antall=[1, -2, 1, 1, 1, 1, 1]), kind)
    with pytest.raises(InvalidInput) as refusal:
        read(tmp_path, where, shape="events", columns=columns, per="none")
    assert refusal.value.problems[0].code in {"negative_count", "negative_counts"}
    with pytest.raises(InvalidInput) as refusal:
        read(tmp_path, where, shape="events", columns={**columns, "date": "datoen"}, per="none")
    assert [problem.code for problem in refusal.value.problems] == ["missing_column"]


@pytest.mark.parametrize(("kind", "type_"), [("csv", TextTable), ("xlsx", TextTable), ("parquet", Relation)])
def test_what_is_opened_follows_from_the_name_of_the_file(tmp_path, kind, type_):
    assert isinstance(open_table(root=tmp_path, **written(tmp_path, SERIES, kind)), type_)


@pytest.mark.parametrize("file", ["../a.csv", "/a.xlsx", "C:\\a.csv", "~/a.parquet"])
def test_no_file_outside_the_folder_is_opened(tmp_path, file):
    with pytest.raises(InvalidInput) as refusal:
        open_table(root=tmp_path, file=file)
    assert [problem.code for problem in refusal.value.problems] == ["data_file_outside"]


def test_a_table_must_be_named():
    with pytest.raises(InvalidInput) as refusal:
        open_table(root=Path())
    assert [problem.code for problem in refusal.value.problems] == ["file_or_database"]


def test_a_heading_with_a_quotation_mark_that_never_ends_is_told_of(tmp_path):
    (tmp_path / "a.csv").write_text('maaned;"antall\n2024-01;1\n', encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        TextTable.of(root=tmp_path, file="a.csv", encoding="utf-8", delimiter=";")
    assert [(one.place, one.code) for one in refused.value.problems] == [("a.csv:1", "unreadable_row")]
