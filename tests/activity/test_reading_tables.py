"""The same data give the same answer from every kind of table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from benefits.activity.reading.source import AnyExtract, read_source
from benefits.activity.tables.opened import Tables
from benefits.errors import InvalidInput
from benefits.project.data import DataSource

pytestmark = pytest.mark.slow

EVENTS = pd.DataFrame(
    {
        "id": ["A", "A", "A", "B", "C", "X", "A"],
        "dag": pd.to_datetime(["2023-12-24", "2024-02-03", "2024-02-03", "2024-04-01", "2024-06-30", "2024-01-01"] * 2)[
            :7
        ],
        "sted": ["Vik", "Vik", "Vik", "Os", "Os", "Eid", "Vik"],
        "type": [1, 1, 1, 2, 1, 1, 3],
    }
)
MEMBERS = pd.DataFrame(
    {
        "id": ["A", "B", "C"],
        "gruppe": ["treated", "treated", "comparison"],
        "fra": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-01-15"]),
        "til": pd.to_datetime([None, "2024-03-31", "2024-05-01"]),
        "grunn": [None, "died", "stopped"],
    }
)
PEOPLE = pd.DataFrame({"sted": ["Vik", "Os", "Eid"], "aar": ["2023", "2023", "2023"], "antall": [1200, 2400, 600]})
PEOPLE = pd.concat([PEOPLE, PEOPLE.assign(aar="2024")])
TABLES = {"hendelser": EVENTS, "kohort": MEMBERS, "folketall": PEOPLE}


def as_csv(folder: Path) -> dict[str, dict[str, Any]]:
    for name, frame in TABLES.items():
        frame.to_csv(folder / f"{name}.csv", sep=";", index=False)
    return {name: {"file": f"{name}.csv"} for name in TABLES}


def as_workbook(folder: Path) -> dict[str, dict[str, Any]]:
    with pd.ExcelWriter(folder / "uttrekk.xlsx", engine="openpyxl") as book:
        for name, frame in TABLES.items():
            frame.to_excel(book, sheet_name=name, index=False)
    return {name: {"file": "uttrekk.xlsx", "sheet": name} for name in TABLES}


def as_parquet(folder: Path) -> dict[str, dict[str, Any]]:
    for name, frame in TABLES.items():
        duckdb.from_df(frame).write_parquet(str(folder / f"{name}.parquet"))
    return {name: {"file": f"{name}.parquet"} for name in TABLES}


def as_database(folder: Path) -> dict[str, dict[str, Any]]:
    with duckdb.connect(str(folder / "uttrekk.duckdb")) as base:
        for name, frame in TABLES.items():
            base.register("frame", frame)
            base.execute(f"create table {name} as select * from frame")
    return {name: {"database": "duckdb:uttrekk.duckdb", "table": name} for name in TABLES}


KINDS = [as_csv, as_workbook, as_parquet, as_database]
COHORT = {"person": "id", "group": "gruppe", "included": "fra", "ended": "til", "reason": "grunn"}


def read(folder: Path, said: dict[str, Any]) -> AnyExtract:
    return read_source(DataSource.model_validate({"id": "npr", **said}), tables=Tables(folder), unit="admissions")


def with_cohort(where: dict[str, dict[str, Any]]) -> dict[str, Any]:
    filters = ({"column": "type", "not_one_of": (3,)},)
    return {
        **where["hendelser"],
        "shape": "events",
        "columns": {"person": "id", "date": "dag"},
        "filters": filters,
        "cohort": {**where["kohort"], "columns": COHORT},
        "secondary": "only_active",
    }


def with_population(where: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        **where["hendelser"],
        "shape": "events",
        "columns": {"person": "id", "date": "dag", "unit": "sted"},
        "filters": ({"column": "type", "one_of": (1, 2)},),
        "population": {**where["folketall"], "columns": {"unit": "sted", "period": "aar", "exposure": "antall"}},
    }


def in_groups(where: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        **where["hendelser"],
        "shape": "events",
        "per": "none",
        "columns": {"date": "dag", "unit": "sted"},
        "groups": {"treated": ("Vik",), "comparison": ("Os",)},
        "period": {"start": pd.Timestamp("2024-01-01").date(), "end": pd.Timestamp("2024-06-30").date()},
    }


def _shared(extract: AnyExtract) -> list[tuple[str, dict[str, Any]]]:
    """Filters are counted one after the other in a file and each alone in a database; the rest is the same."""
    shared = {"events_of_others", "events_outside_observation", "repeated_rows_kept", "events_outside_period"}
    return [(one.code, dict(one.parameters)) for one in extract.findings if one.code in shared]


@pytest.mark.parametrize("said", [with_cohort, with_population, in_groups])
@pytest.mark.parametrize("kind", KINDS[1:], ids=lambda kind: kind.__name__)
def test_every_kind_of_table_gives_the_rows_a_csv_file_gives(tmp_path, kind, said):
    (tmp_path / "csv").mkdir()
    expected = read(tmp_path / "csv", said(as_csv(tmp_path / "csv")))
    other = read(tmp_path, said(kind(tmp_path)))
    pd.testing.assert_frame_equal(other.shape.rows(), expected.shape.rows())
    assert _shared(other) == _shared(expected)
    if expected.members is not None and other.members is not None:
        assert other.members.counts() == expected.members.counts()
    if expected.secondary is not None and other.secondary is not None:
        pd.testing.assert_frame_equal(other.secondary.rows(), expected.secondary.rows())
    if expected.persons is not None and other.persons is not None:
        pd.testing.assert_frame_equal(other.persons, expected.persons)


@pytest.mark.parametrize("kind", [as_parquet, as_database], ids=lambda kind: kind.__name__)
def test_repetitions_may_be_dropped_or_refused_in_every_kind(tmp_path, kind):
    where = kind(tmp_path)
    dropped = read(tmp_path, {**in_groups(where), "repeated": "drop"})
    assert dropped.shape.rows()["count"].sum() == 3
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, {**in_groups(where), "repeated": "refuse"})
    assert [problem.code for problem in refused.value.problems] == ["repeated_rows"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_file_behind_the_data_has_its_fingerprint(tmp_path, kind):
    where = kind(tmp_path)
    files = read(tmp_path, with_cohort(where)).files
    assert all(len(one) == 64 for one in files.values())
    assert files == read(tmp_path, with_cohort(where)).files
