"""The tables of a project as files: CSV and Parquet, with a dictionary that says what each column means."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from benefits.errors import BenefitsError
from benefits.language import catalogue
from benefits.results import Results
from benefits.results.tables import COLUMNS, tables
from benefits.vocabulary import Language, words

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

FORMATS = ("csv", "parquet")
DICTIONARY = "data-dictionary"


class UnknownFormat(BenefitsError):
    """Tables were asked for in a kind of file there is none of; names those there are."""


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
    in numbers, an empty field where there is nothing. A file there already is written over. The same results give the
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
    UnknownFormat
        When one of the formats is none of these.
    """
    wanted = (formats,) if isinstance(formats, str) else tuple(formats)
    unknown = [one for one in wanted if one not in FORMATS]
    if unknown:
        raise UnknownFormat(f"{unknown[0]!r}: {', '.join(FORMATS)}")
    where = Path(folder)
    where.mkdir(parents=True, exist_ok=True)
    frames = tables(results)
    return tuple(_written(frames, where, wanted))


def _written(frames: Mapping[str, pd.DataFrame], where: Path, wanted: Collection[str]) -> Iterator[Path]:
    import duckdb

    with duckdb.connect(config={"threads": 1}) as connection:
        for name, frame in {**frames, DICTIONARY: data_dictionary(frames)}.items():
            for kind in ("csv",) if name == DICTIONARY else wanted:
                path = where / f"{name}.{kind}"
                part = path.with_name(f".{path.name}.part")
                if kind == "csv":
                    frame.to_csv(part, index=False, encoding="utf-8", lineterminator="\n")
                else:
                    _parquet(frame, part, connection)
                part.replace(path)
                yield path


def _parquet(frame: pd.DataFrame, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """By DuckDB: pandas would need a library more."""
    kinds = {"text": "VARCHAR", "number": "DOUBLE", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "VARCHAR"}
    chosen = ", ".join(f'CAST("{name}" AS {kinds[COLUMNS[name].type]}) AS "{name}"' for name in frame.columns)
    plain = frame.astype(object).where(frame.notna(), None)
    connection.from_df(plain).project(chosen).write_parquet(str(path))
