"""The SQL asked of every engine: one text, made of count, count distinct, sum, case, date_trunc and group by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benefits.activity.tables.engines.contract import Bound, Dialect, Kind
from benefits.activity.tables.typed import IDENTIFIERS

NAMES = {"person": "person", "unit": "unit", "group": "arm", "date": "day", "count": "amount"}
"""Our columns -> what they are called inside the text, where none is a word of SQL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A text of SQL, and the values that go beside it, in the order of its placeholders."""

    text: str
    values: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Which rows of a table are used, of one column; its values are already of the column's kind.

    Attributes
    ----------
    column, kind
        The column as the table names it, and what it holds.
    one_of, not_one_of
        An empty cell is never one of some, and always none of them.
    at_least, at_most
        An empty cell is outside any bounds.
    """

    column: str
    kind: Kind
    one_of: tuple[Bound, ...] = ()
    not_one_of: tuple[Bound, ...] = ()
    at_least: Bound | None = None
    at_most: Bound | None = None

    def query(self, dialect: Dialect) -> Query:
        """Write it in the engine's way."""
        column = dialect.name(self.column)
        # A moment is compared by its day, and what has no kind of its own by its text.
        value = {"time": f"cast({column} as date)", "other": f"cast({column} as {dialect.text})"}.get(self.kind, column)
        mark = dialect.placeholder
        parts: list[str] = []
        values: list[Bound] = []
        if self.one_of:
            parts.append(f"{value} in ({', '.join([mark] * len(self.one_of))})")
            values += self.one_of
        if self.not_one_of:
            parts.append(f"({column} is null or {value} not in ({', '.join([mark] * len(self.not_one_of))}))")
            values += self.not_one_of
        for sign, bound in ((">=", self.at_least), ("<=", self.at_most)):
            if bound is not None:
                parts.append(f"{value} {sign} {mark}")
                values.append(bound)
        return Query(text=" and ".join(parts) or "1 = 1", values=tuple(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The rows that are asked about: some columns of a table under our names, and which of its rows.

    Attributes
    ----------
    table
        What stands after FROM.
    dialect
        How names and values are written.
    columns
        Our name -> the table's.
    kinds
        The table's columns and what they hold.
    conditions
        Rows that fulfil every one are used.
    """

    table: str
    dialect: Dialect
    columns: Mapping[str, str]
    kinds: Mapping[str, Kind]
    conditions: tuple[Condition, ...] = ()

    def kind(self, ours: str) -> Kind:
        """Return what one of our columns holds."""
        return self.kinds[self.columns[ours]]

    def query(self) -> Query:
        """Select the columns by the names of :data:`NAMES`; a day is a date, whatever the time."""
        written = []
        for ours, inside in NAMES.items():
            if ours in self.columns:
                column = self.dialect.name(self.columns[ours])
                written.append(f"cast({column} as date) as day" if ours == "date" else f"{column} as {inside}")
        return self._where(f"select {', '.join(written) or '1 as one'} from {self.table}")

    def plain(self) -> Query:
        """Select the columns as they stand, in the order of ``columns``; a name stored as a number as its text."""
        written = []
        for place, (ours, theirs) in enumerate(self.columns.items()):
            column = self.dialect.name(theirs)
            kind = self.kinds[theirs]
            # What has no kind of its own may also have no order and no equality.
            if kind == "other" or (kind == "whole" and ours in IDENTIFIERS):
                column = f"cast({column} as {self.dialect.text})"
            elif kind == "time":
                column = f"cast({column} as {self.dialect.moment})"
            written.append(f"{column} as c{place}")
        return self._where(f"select {', '.join(written)} from {self.table}")

    def _where(self, text: str) -> Query:
        queries = [condition.query(self.dialect) for condition in self.conditions]
        if not queries:
            return Query(text=text)
        values = tuple(value for query in queries for value in query.values)
        return Query(text=f"{text} where {' and '.join(query.text for query in queries)}", values=values)


def monthly(source: Source) -> Query:
    """Count events and persons per month, unit and group.

    Columns: month, unit and arm where they are there, amount, persons; then how many rows there are, and how many lack
    a person, lack an amount, or have one below zero.
    """
    keys = ["cast(date_trunc('month', day) as date) as month", *_present(source, "unit", "group")]
    sums = [f"{_amount(source)} as amount"]
    if "person" in source.columns:
        sums.append("count(distinct person) as persons")
    return _grouped(source, keys, [*sums, *_lacks(source)])


def daily(source: Source) -> Query:
    """Sum each person's events of a day; columns as for :func:`monthly`, with person and day for month and persons."""
    keys = _present(source, "person", "unit", "group", "date")
    return _grouped(source, keys, [f"{_amount(source)} as amount", *_lacks(source)])


def excluded(source: Source) -> Query:
    """Count the rows of the table, and how many of them the first condition keeps, the first two, and so on."""
    queries = [condition.query(source.dialect) for condition in source.conditions]
    counted, values = ["count(*) as every"], []
    for place in range(len(queries)):
        kept = queries[: place + 1]
        counted.append(f"sum(case when {' and '.join(query.text for query in kept)} then 1 else 0 end) as c{place}")
        values += [value for query in kept for value in query.values]
    return Query(text=f"select {', '.join(counted)} from {source.table}", values=tuple(values))


def repeated(source: Source) -> Query:
    """Count the rows that are whole repetitions of another: all but the first of each."""
    inner = source.plain()
    keys = ", ".join(f"c{place}" for place in range(len(source.columns)))
    grouped = f"select {keys}, count(*) as times from ({inner.text}) as chosen group by {keys} having count(*) > 1"
    text = f"select count(*) as which, sum(times - 1) as surplus from ({grouped}) as found"
    return Query(text=text, values=inner.values)


def _present(source: Source, *ours: str) -> list[str]:
    return [NAMES[name] for name in ours if name in source.columns]


def _amount(source: Source) -> str:
    if "count" not in source.columns:
        return "count(*)"
    # A sum of binary fractions depends on the order of the rows, which no engine promises; of decimals it does not.
    return "cast(sum(amount) as bigint)" if source.kind("count") == "whole" else "sum(cast(amount as decimal(28, 6)))"


def _lacks(source: Source) -> list[str]:
    wanted = ["count(*) as found"]
    if "person" in source.columns:
        empty = "person is null or person = ''" if source.kind("person") == "text" else "person is null"
        wanted.append(f"sum(case when {empty} then 1 else 0 end) as nobody")
    if "count" in source.columns:
        wanted.append("sum(case when amount is null then 1 else 0 end) as lacking")
        wanted.append("sum(case when amount < 0 then 1 else 0 end) as negative")
    return wanted


def _grouped(source: Source, keys: Sequence[str], sums: Sequence[str]) -> Query:
    inner = source.query()
    places = ", ".join(str(place) for place in range(1, len(keys) + 1))
    text = f"select {', '.join([*keys, *sums])} from ({inner.text}) as events group by {places}"
    return Query(text=text, values=inner.values)
