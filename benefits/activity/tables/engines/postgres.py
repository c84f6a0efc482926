"""A PostgreSQL server: each question in a transaction that can only read, and a password from the environment alone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from benefits.activity.tables.engines.contract import ZONE, Bound, Dialect, Kind, by_column, invalid

if TYPE_CHECKING:
    import psycopg

PASSWORD = "BENEFITS_DATABASE_PASSWORD"
"""Where the password is looked for; where it is not set, libpq's own PGPASSWORD and password file are."""

_SECONDS_TO_CONNECT = 10
# The numbers PostgreSQL has given its types; they never change.
_KINDS: Mapping[int, Kind] = {
    16: "truth",
    **dict.fromkeys((20, 21, 23), "whole"),
    **dict.fromkeys((700, 701, 1700), "number"),
    **dict.fromkeys((19, 25, 1042, 1043), "text"),
    1082: "date",
    **dict.fromkeys((1114, 1184), "time"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresEngine:
    """A database on a PostgreSQL server.

    Attributes
    ----------
    settings
        What libpq is told: host, port, dbname, user, sslmode and such; never a password.
    """

    settings: Mapping[str, str] = field(repr=False)

    @property
    def dialect(self) -> Dialect:
        """How its SQL is written."""
        return Dialect(placeholder="%s", text="text", matches="({value} ~ '{pattern}')", percent="%%")

    def source(self, table: str) -> str:
        """Return what stands after FROM for a table."""
        return self.dialect.path(table)

    def kinds(self, table: str, *, place: str) -> Mapping[str, Kind]:
        """Return the columns of a table, in order."""
        with self._cursor(place) as cursor:
            import psycopg

            try:
                cursor.execute(f"select * from {self.source(table)} limit 0".encode(), [])
            except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
                raise invalid(place, "table_not_found", value=table, known=self._tables(place)) from None
            except psycopg.errors.InsufficientPrivilege:
                raise invalid(place, "table_not_allowed", value=table) from None
            return {column.name: _KINDS.get(column.type_code, "other") for column in cursor.description or ()}

    def fetch(self, text: str, values: Sequence[Bound], *, place: str) -> dict[str, pd.Series]:
        """Run a text; return the values of each column, by name."""
        with self._cursor(place) as cursor:
            cursor.execute(text.encode(), list(values))
            return by_column([column.name for column in cursor.description or ()], cursor.fetchall())

    @contextmanager
    def _cursor(self, place: str) -> Iterator[psycopg.Cursor[Any]]:
        try:
            import psycopg
        except ImportError:
            raise invalid(place, "database_driver_missing") from None
        try:
            with self._connected(place) as connection, connection.cursor() as cursor:
                yield cursor
        except psycopg.Error:
            # What the server says may quote a value; it is left out of the problem, and of the chain of exceptions.
            raise invalid(place, "query_failed") from None

    def _connected(self, place: str) -> psycopg.Connection[Any]:
        import psycopg

        password = os.environ.get(PASSWORD)
        secret = {"password": password} if password else {}
        try:
            connection = psycopg.connect(
                **{**self.settings, **secret},  # type: ignore[arg-type]
                connect_timeout=_SECONDS_TO_CONNECT,
                application_name="benefits",
                options=f"-c timezone={ZONE} -c default_transaction_read_only=on",
            )
        except psycopg.Error as error:
            raise _not_connected(error, place) from None
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return connection

    def _tables(self, place: str) -> str:
        text = (
            "select table_schema, table_name from information_schema.tables "
            "where table_schema not in ('information_schema', 'pg_catalog') order by 1, 2 limit 20"
        )
        schemas, tables = self.fetch(text, [], place=place).values()
        listed = zip(schemas, tables, strict=True)
        return ", ".join(name if schema == "public" else f"{schema}.{name}" for schema, name in listed) or "–"


def _not_connected(error: psycopg.Error, place: str) -> Exception:
    """Tell from how far the connection came what was wrong; the server's own words are in its own language."""
    if error.pgconn is not None and error.pgconn.needs_password:
        return invalid(place, "database_needs_password")
    if error.pgconn is not None and error.pgconn.used_password:
        return invalid(place, "database_refuses")
    return invalid(place, "database_unreachable")
