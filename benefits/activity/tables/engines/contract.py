"""What an engine is: it says what columns a table has, and runs a text of SQL with its values apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Protocol

import pandas as pd

from benefits.errors import InvalidInput, Problem

Kind = Literal["text", "whole", "number", "date", "time", "truth", "other"]
"""What a column holds: a time is a date with a time of day, a truth is true or false."""
Bound = str | int | float | bool | Decimal | date
"""A value given beside the text, never inside it."""
ZONE = "Europe/Oslo"
"""Where a moment in time is given its date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The little in which the engines' SQL differs; everything else is one text.

    Attributes
    ----------
    quote
        Mark around a name.
    placeholder
        Stands where a value is given beside the text.
    text
        Name of the type of texts.
    moment
        Name of the type of a time without a zone; a moment becomes one by the clock of the engine's zone.
    matches
        Says whether a text has a regular expression in it.
    percent
        How a percent sign in a name is written.
    """

    quote: str = '"'
    placeholder: str = "?"
    text: str = "varchar"
    moment: str = "timestamp"
    matches: str = "regexp_matches({value}, '{pattern}')"
    percent: str = "%"

    def name(self, name: str) -> str:
        """Quote a name, whatever stands in it.

        Examples
        --------
        >>> print(Dialect().name('sted"; drop table x; --'))
        "sted""; drop table x; --"
        """
        written = name.replace(self.quote, self.quote * 2).replace("%", self.percent)
        return f"{self.quote}{written}{self.quote}"

    def path(self, table: str) -> str:
        """Quote the name of a table, with the schema it is in before a full stop."""
        return ".".join(self.name(part) for part in table.split("."))


class Engine(Protocol):
    """Runs SQL over some tables. One that fails raises InvalidInput, without a secret or a path in it."""

    @property
    def dialect(self) -> Dialect:
        """How its SQL is written."""

    def source(self, table: str) -> str:
        """Return what stands after FROM for a table."""

    def kinds(self, table: str, *, place: str) -> Mapping[str, Kind]:
        """Return the columns of a table, in order.

        Raises
        ------
        InvalidInput
            When the table is not there, or the engine cannot be reached.
        """

    def fetch(self, text: str, values: Sequence[Bound], *, place: str) -> dict[str, pd.Series]:
        """Run a text; return the values of each column, by name, in whatever types the engine has.

        Raises
        ------
        InvalidInput
            When it cannot be run.
        """


def invalid(place: str, code: str, *, value: str = "", **parameters: str | int) -> InvalidInput:
    """Return one problem, ready to be raised."""
    return InvalidInput((Problem(place=place, code=code, value=value, parameters=parameters),))


def by_column(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, pd.Series]:
    """Turn rows into columns.

    Examples
    --------
    >>> {name: column.tolist() for name, column in by_column(["n", "unit"], [(1, "a"), (2, "b")]).items()}
    {'n': [1, 2], 'unit': ['a', 'b']}
    """
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return {
        name: pd.Series(column, dtype=None if rows else "object") for name, column in zip(names, columns, strict=True)
    }
