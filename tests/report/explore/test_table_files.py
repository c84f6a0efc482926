"""Tables as CSV and Parquet that read back as they were, with a dictionary of every column."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from benefits.report.explore import data_dictionary, write_tables
from benefits.report.explore.mistakes import UnusableHere
from benefits.report.explore.table_files import _without_formulas
from benefits.results import Results
from benefits.results.tables import TABLES, tables


@pytest.fixture(scope="module")
def folder(kommune: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("tables")
    write_tables(kommune, where)
    return where


def test_every_table_is_there_in_both_formats_and_nothing_half_made(folder: Path) -> None:
    wanted = {f"{name}.{kind}" for name in TABLES for kind in ("csv", "parquet")} | {"data-dictionary.csv"}
    assert {path.name for path in folder.iterdir()} == wanted


def test_the_numbers_read_back_as_they_were(kommune: Results, folder: Path) -> None:
    for name, frame in tables(kommune).items():
        csv = pd.read_csv(folder / f"{name}.csv")
        parquet = duckdb.sql(f"SELECT * FROM '{(folder / f'{name}.parquet').as_posix()}'").df()
        assert list(csv.columns) == list(parquet.columns) == list(frame.columns)
        assert len(csv) == len(parquet) == len(frame)
        for column in ("value", "mean"):
            if column in frame.columns:
                for read in (csv, parquet):
                    pd.testing.assert_series_equal(read[column].astype("float64"), frame[column], check_names=False)


def test_a_table_without_rows_keeps_its_columns_and_their_types(folder: Path) -> None:
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{(folder / 'arenas.parquet').as_posix()}'").fetchall()
    assert ("value", "DOUBLE") in [row[:2] for row in described]
    assert len(pd.read_csv(folder / "arenas.csv")) == 0


def test_the_dictionary_has_every_column_of_every_table_in_three_languages(kommune: Results, folder: Path) -> None:
    written = pd.read_csv(folder / "data-dictionary.csv", keep_default_na=False)
    frames = tables(kommune)
    assert [*zip(written["table"], written["column"], strict=True)] == [
        (table, column) for table, frame in frames.items() for column in frame.columns
    ]
    for language in ("nb", "nn", "en"):
        assert (written[f"meaning_{language}"].str.len() > 5).all()
        assert (written[f"row_{language}"].str.len() > 5).all()
    assert len(data_dictionary(frames)) == len(written)


def test_the_same_results_give_the_same_bytes(kommune: Results, folder: Path, tmp_path: Path) -> None:
    for path in write_tables(kommune, tmp_path):
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_a_format_there_is_none_of_is_told(kommune: Results, tmp_path: Path) -> None:
    with pytest.raises(UnusableHere, match="csv, parquet"):
        write_tables(kommune, tmp_path, formats=("xlsx",))
    assert [path.name for path in tmp_path.iterdir()] == []


def test_nothing_is_written_where_one_file_cannot_be(kommune: Results, tmp_path: Path) -> None:
    (tmp_path / "values.csv").mkdir()
    with pytest.raises(UnusableHere, match="folder"):
        write_tables(kommune, tmp_path, formats="csv")
    assert [path.name for path in tmp_path.iterdir()] == ["values.csv"]


def test_a_text_that_begins_as_a_formula_is_text_to_a_spreadsheet() -> None:
    frame = pd.DataFrame({"id": ["=cmd()", "a=b", None], "value": [-1.0, 2.0, 3.0]})
    kept = _without_formulas(frame)
    assert kept["id"].tolist()[:2] == ["'=cmd()", "a=b"]
    assert kept["value"].tolist() == [-1.0, 2.0, 3.0]
