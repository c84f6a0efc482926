"""DuckDB in this process, over Parquet files or the tables of a DuckDB file; nothing else on the disk is in reach."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd

from benefits.activity.tables.engines.contract import ZONE, Bound, Dialect, Kind, invalid

if TYPE_CHECKING:
    import duckdb

_CONFIG: Mapping[str, str] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
_WHOLE = frozenset({"tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint"})
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(_WHOLE, "whole"),
    **dict.fromkeys(("float", "double", "decimal", "hugeint", "uhugeint"), "number"),
    **dict.fromkeys(("timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns"), "time"),
    "timestamp with time zone": "time",
    "date": "date",
    "varchar": "text",
    "boolean": "truth",
}
_ATTACHED = "kilde"


@dataclass(frozen=True, slots=True, kw_only=True)
class DuckEngine:
    """DuckDB in memory, reading some Parquet files as one table, or the tables of a DuckDB file.

    Attributes
    ----------
    files
        Parquet files with the same columns; their one table has the empty name.
    database
        A DuckDB file, read only.
    threads, memory
        At most so many threads, and so much memory (``"2GB"``) before it writes to a folder of its own. When left out:
        what the environment says in BENEFITS_DUCKDB_THREADS and BENEFITS_DUCKDB_MEMORY, else every core and 3 GB.
    """

    files: tuple[Path, ...] = field(default=(), repr=False)
    database: Path | None = field(default=None, repr=False)
    threads: int | None = None
    memory: str | None = None

    @property
    def dialect(self) -> Dialect:
        """How its SQL is written."""
        return Dialect()

    def source(self, table: str) -> str:
        """Return what stands after FROM for a table."""
        if self.database is not None:
            return f"{_ATTACHED}.{self.dialect.path(table)}"
        return f"read_parquet([{', '.join(_text(_literally(file)) for file in self.files)}])"

    def kinds(self, table: str, *, place: str) -> Mapping[str, Kind]:
        """Return the columns of a table, in order."""
        import duckdb

        with self._connection(place) as connection:
            try:
                described = connection.execute(f"describe select * from {self.source(table)}").fetchall()
            except duckdb.CatalogException:
                raise _no_table(connection, table, place) from None
            except duckdb.Error:
                raise _unusable(self, place) from None
            kinds: dict[str, Kind] = {str(row[0]): _kind(str(row[1])) for row in described}
            self._refuse_other_columns(connection, kinds, place)
        return kinds

    def fetch(self, text: str, values: Sequence[Bound], *, place: str) -> dict[str, pd.Series]:
        """Run a text; return the values of each column, by name."""
        import duckdb

        with self._connection(place) as connection:
            try:
                found = connection.execute(text, list(values)).df()
                return {str(name): found[name] for name in found.columns}
            except duckdb.OutOfMemoryException:
                raise invalid(place, "query_needs_memory") from None
            except duckdb.Error:
                raise invalid(place, "query_failed") from None

    @contextmanager
    def _connection(self, place: str) -> Iterator[duckdb.DuckDBPyConnection]:
        import duckdb

        threads = self.threads or os.environ.get("BENEFITS_DUCKDB_THREADS")
        memory = self.memory or os.environ.get("BENEFITS_DUCKDB_MEMORY") or "3GB"
        with TemporaryDirectory(prefix="benefits-") as spill:
            connection = duckdb.connect(config={**_CONFIG})
            try:
                try:
                    connection.execute(f"set memory_limit = {_text(memory)}")
                    if threads:
                        connection.execute(f"set threads = {int(threads)}")
                except (ValueError, duckdb.Error):
                    raise invalid(place, "engine_setting") from None
                connection.execute(f"set temp_directory = {_text(spill)}")
                connection.execute(f"set timezone = {_text(ZONE)}")
                connection.execute("set preserve_insertion_order = false")
                self._shut_in(connection, place)
                yield connection
            finally:
                connection.close()

    def _shut_in(self, connection: duckdb.DuckDBPyConnection, place: str) -> None:
        """Let the connection reach these files and no other: a view in a file might read anything else."""
        import duckdb

        if self.database is not None:
            try:
                connection.execute(f"attach {_text(str(self.database))} as {_ATTACHED} (read_only)")
            except duckdb.Error:
                raise invalid(place, "unreadable_database_file") from None
        paths = [_text(path) for file in self.files for path in (str(file), _literally(file))]
        connection.execute(f"set allowed_paths = [{', '.join(paths)}]")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")

    def _refuse_other_columns(
        self, connection: duckdb.DuckDBPyConnection, kinds: Mapping[str, Kind], place: str
    ) -> None:
        """Refuse files that do not all have the columns of the first: some of their rows could not be read."""
        import duckdb

        for file in self.files[1:]:
            try:
                one = f"describe select * from read_parquet([{_text(_literally(file))}])"
                described = {str(row[0]): _kind(str(row[1])) for row in connection.execute(one).fetchall()}
            except duckdb.Error:
                raise _unusable(self, place) from None
            if described != dict(kinds):
                raise invalid(place, "parquet_files_differ", value=file.name, first=self.files[0].name)


def _kind(written: str) -> Kind:
    return _KINDS.get(written.lower().partition("(")[0], "other")


def _unusable(engine: DuckEngine, place: str) -> Exception:
    return invalid(place, "query_failed") if engine.database is not None else invalid(place, "unreadable_parquet")


def _no_table(connection: duckdb.DuckDBPyConnection, table: str, place: str) -> Exception:
    listed = connection.execute(
        "select schema_name, table_name from duckdb_tables() union select schema_name, view_name from duckdb_views() "
        "where not internal order by 1, 2"
    ).fetchall()
    known = [name if schema == "main" else f"{schema}.{name}" for schema, name in listed]
    return invalid(place, "table_not_found", value=table, known=", ".join(known) or "–")


def _literally(file: Path) -> str:
    """Write a path so that no mark in it is taken for a pattern."""
    return glob.escape(str(file))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
