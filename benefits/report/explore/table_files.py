"""The tables of a project as files: CSV and Parquet, with a dictionary that says what each column means."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from benefits.errors import Problem
from benefits.language import catalogue
from benefits.report.explore.mistakes import told
from benefits.report.voice import voice_in
from benefits.results import Results
from benefits.results.tables import COLUMNS, tables
from benefits.vocabulary import Language, words

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

FORMATS = ("csv", "parquet")
DICTIONARY = "data-dictionary"
_FORMULA = re.compile(r"[=+\-@\t\r']")
"""How a cell begins that a spreadsheet takes for a formula, or that an apostrophe is taken away from."""


def data_dictionary(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what every column of some tables means: one row per table and column.

    Parameters
    ----------
    frames
        Name of the table -> frame, as from :func:`benefits.results.tables.tables`.

    Returns
    -------
    pandas.DataFrame
        ``table``, ``column``, ``type``, ``unit`` (a unit, or the column that holds it), ``allowed`` (words with a bar
        between them), and per language ``row_<language>``, what a row of the table is, and ``meaning_<language>``.
    """
    import pandas as pd

    rows = []
    for table, frame in frames.items():
        for name in frame.columns:
            column = COLUMNS[name]
            row = {"table": table, "column": name, "type": column.type, "unit": column.unit}
            row["allowed"] = "|".join(column.allowed)
            for language in words(Language):
                said = catalogue(cast(Language, language))
                row[f"row_{language}"] = said.text(f"data_table.{table}")
                row[f"meaning_{language}"] = said.text(f"data_column.{name}")
            rows.append(row)
    return pd.DataFrame(rows)


def write_tables(results: Results, folder: str | Path, *, formats: Collection[str] = FORMATS) -> tuple[Path, ...]:
    """Write every table of a project, and their dictionary, into a folder, and return the files in order.

    A table without rows is written with its columns. CSV is UTF-8 with one header row, comma between fields and point
    in numbers, an empty field where there is nothing. A text a spreadsheet would take for a formula begins with an
    apostrophe in CSV. A file there already is written over, when all of them could be made. The same results give the
    same bytes.

    Parameters
    ----------
    results
        One assessed project.
    folder
        Made when it is not there.
    formats
        ``csv``, ``parquet`` or both; the dictionary is always a CSV file.

    Raises
    ------
    UnusableHere
        When one of the formats is none of these, or the files cannot be written there.
    """
    wanted = (formats,) if isinstance(formats, str) else tuple(formats)
    voice = voice_in(results.project.first_language, first=results.project.first_language)
    unknown = [str(one) for one in wanted if one not in FORMATS]
    if unknown:
        said = {"known": ", ".join(FORMATS)}
        raise told((Problem(place="formats", code="unknown_format", value=", ".join(unknown), parameters=said),), voice)
    import duckdb

    frames = tables(results)
    try:
        where = Path(folder)
        where.mkdir(parents=True, exist_ok=True)
        return _written({**frames, DICTIONARY: data_dictionary(frames)}, where, wanted)
    except (OSError, ValueError, duckdb.Error):
        wrong = Problem(place="folder", code="folder_not_writable", value=str(folder))
        raise told((wrong,), voice) from None


def _written(frames: Mapping[str, pd.DataFrame], where: Path, wanted: Collection[str]) -> tuple[Path, ...]:
    import duckdb

    parts: dict[Path, Path] = {}
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            for name, frame in frames.items():
                for kind in ("csv",) if name == DICTIONARY else wanted:
                    path = where / f"{name}.{kind}"
                    if path.is_dir():
                        raise IsADirectoryError(path)
                    parts[path] = path.with_name(f".{path.name}.part")
                    if kind == "csv":
                        _without_formulas(frame).to_csv(parts[path], index=False, encoding="utf-8", lineterminator="\n")
                    else:
                        _parquet(frame, parts[path], connection)
        # Only when all are made, so that a folder never holds tables of two projects.
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return tuple(parts)


def _without_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """A project's own words, which may begin as a formula does."""
    texts = [name for name in frame.columns if name in COLUMNS and COLUMNS[name].type == "text"]
    return frame.assign(**{name: frame[name].map(_as_text, na_action="ignore") for name in texts})


def _as_text(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _parquet(frame: pd.DataFrame, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """By DuckDB: pandas would need a library more."""
    kinds = {"text": "VARCHAR", "number": "DOUBLE", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "VARCHAR"}
    chosen = ", ".join(f'CAST("{name}" AS {kinds[COLUMNS[name].type]}) AS "{name}"' for name in frame.columns)
    plain = frame.astype(object).where(frame.notna(), None)
    connection.from_df(plain).project(chosen).write_parquet(str(path))
