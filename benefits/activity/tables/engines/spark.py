"""A Spark session that the analyst has made and brings along; it is neither started nor stopped here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from benefits.activity.tables.engines.contract import Bound, Dialect, Kind, by_column, invalid

_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), "whole"),
    **dict.fromkeys(("float", "double", "decimal"), "number"),
    **dict.fromkeys(("string", "char", "varchar"), "text"),
    "date": "date",
    **dict.fromkeys(("timestamp", "timestamp_ntz"), "time"),
    "boolean": "truth",
}


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """The tables and views of a Spark session.

    Attributes
    ----------
    session
        A ``pyspark.sql.SparkSession``, version 3.5 or newer. A moment in time gets its date in the session's time zone.
    """

    session: Any = field(repr=False)

    @property
    def dialect(self) -> Dialect:
        """How its SQL is written."""
        return Dialect(quote="`", text="string", moment="timestamp_ntz", matches="({value} rlike '{pattern}')")

    def source(self, table: str) -> str:
        """Return what stands after FROM for a table."""
        return self.dialect.path(table)

    def kinds(self, table: str, *, place: str) -> Mapping[str, Kind]:
        """Return the columns of a table, in order."""
        from pyspark.errors import AnalysisException, PySparkException

        try:
            found = self.session.sql(f"select * from {self.source(table)}").schema.fields
        except AnalysisException as error:
            if "TABLE_OR_VIEW_NOT_FOUND" not in (error.getCondition() or ""):
                raise invalid(place, "query_failed") from None
            known = ", ".join(sorted(one.name for one in self.session.catalog.listTables())) or "–"
            raise invalid(place, "table_not_found", value=table, known=known) from None
        except PySparkException:
            raise invalid(place, "query_failed") from None
        return {field.name: _kind(field.dataType.simpleString()) for field in found}

    def fetch(self, text: str, values: Sequence[Bound], *, place: str) -> dict[str, pd.Series]:
        """Run a text; return the values of each column, by name."""
        from pyspark.errors import PySparkException

        try:
            found = self.session.sql(text, args=list(values))
            return by_column(list(found.columns), found.collect())
        except PySparkException:
            raise invalid(place, "query_failed") from None


def _kind(written: str) -> Kind:
    return _KINDS.get(written.partition("(")[0], "other")
