"""A table too large to read whole, or in a database: asked in SQL, so that only sums and the rows needed come out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise

import numpy as np
import pandas as pd

from benefits.activity.guard import national_ids, refused
from benefits.activity.tables.conditions import Filter, conditions_of
from benefits.activity.tables.engines.contract import Engine, Kind
from benefits.activity.tables.sql import Query, Source, daily, excluded, monthly, repeated
from benefits.activity.tables.sql_guard import counted, longer, looks_like
from benefits.activity.tables.texts import TextTable, missing_columns
from benefits.activity.tables.typed import as_texts, fingerprint, typed
from benefits.errors import InvalidInput, Parameter, Problem
from benefits.identity_numbers import has_national_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A table behind an engine.

    Attributes
    ----------
    name
        What problems and reports call it: a file's path below the project's folder, or a database and table; never an
        address, a user or a password.
    engine, table
        Where it is.
    kinds
        The table's columns, in order, and what each holds.
    sha256
        Fingerprint of the file's bytes; empty for a database.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from pathlib import Path
    >>> import duckdb
    >>> from benefits.activity.tables.engines import DuckEngine
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "a.parquet"
    ...     _ = duckdb.execute(f"copy (select 7 as pas, date '2024-01-31' as dag from range(3)) to '{file}'")
    ...     relation = relation_of(DuckEngine(files=(file,)), "", name="a.parquet")
    ...     relation.monthly({"person": "pas", "date": "dag"})[["period", "count", "persons"]].values.tolist()
    [[Timestamp('2024-01-01 00:00:00'), 3, 1]]
    """

    name: str
    engine: Engine = field(repr=False)
    table: str = ""
    kinds: Mapping[str, Kind]
    sha256: str = ""
    _read: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def fingerprint(self) -> str:
        """Sha256 of the files; of a database, of everything read from it so far."""
        return self.sha256 or sha256("".join(sorted(self._read.values())).encode()).hexdigest()

    def rows(self, columns: Mapping[str, str], filters: Iterable[Filter] = ()) -> pd.DataFrame:
        """Return the rows, sorted, under our names.

        Parameters
        ----------
        columns
            Our name -> the table's.
        filters
            Which rows.

        Returns
        -------
        pandas.DataFrame
            Types as :func:`benefits.activity.tables.typed.typed` gives them.

        Raises
        ------
        InvalidInput
            When a column is not there, a filter asks for what its column cannot hold, or the engine fails.
        """
        source = self._source(columns, filters)
        values = self._fetch(source.plain())
        found = {ours: values[f"c{place}"] for place, ours in enumerate(columns)}
        return self._kept("rows", typed(found, {ours: source.kind(ours) for ours in columns}))

    def texts(self, columns: Mapping[str, str], filters: Iterable[Filter] = (), *, decimal: str = ",") -> TextTable:
        """Return the same rows as texts under the table's own names, as a CSV file with them would be read."""
        frame = self.rows(columns, filters)
        written = {theirs: as_texts(frame[ours], decimal=decimal) for ours, theirs in columns.items()}
        return TextTable(file=self.name, table=pd.DataFrame(written, dtype="str"), sha256=self.fingerprint, header=0)

    def daily(self, columns: Mapping[str, str], filters: Iterable[Filter] = ()) -> pd.DataFrame:
        """Sum the events of each person, unit, group and day.

        Parameters
        ----------
        columns
            ``person`` and ``date``; ``unit``, ``group`` and ``count`` may be left out (one unit "", all, one a row).
        filters
            Which rows.

        Returns
        -------
        pandas.DataFrame
            person, unit, group, date, count.

        Raises
        ------
        InvalidInput
            As :meth:`rows`; and when ``date`` holds no dates, or a cell is empty or a count below zero.
        """
        source = self._events(columns, filters, wanted=("person", "date"))
        found = self._fetch(daily(source))
        return self._counts("daily", source, found, ["person", "unit", "group", "date"])

    def monthly(self, columns: Mapping[str, str], filters: Iterable[Filter] = ()) -> pd.DataFrame:
        """Sum the events of each unit, group and month; no row of a person leaves the engine.

        Parameters
        ----------
        columns
            ``date``; ``person``, ``unit``, ``group`` and ``count`` may be left out.
        filters
            Which rows.

        Returns
        -------
        pandas.DataFrame
            period, unit, group, count and, with ``person``, the number of persons.

        Raises
        ------
        InvalidInput
            As :meth:`daily`.
        """
        source = self._events(columns, filters, wanted=("date",))
        found = self._fetch(monthly(source))
        return self._counts("monthly", source, found, ["period", "unit", "group"])

    def excluded(self, filters: Iterable[Filter]) -> tuple[int, list[int]]:
        """Return how many rows the table has, and how many each filter leaves out of those the ones before it keep."""
        found = self._fetch(excluded(self._source({}, filters)))
        every, *kept = (_whole(values[0]) for values in found.values())
        return every, [before - after for before, after in pairwise([every, *kept])]

    def repeated(self, columns: Mapping[str, str], filters: Iterable[Filter] = ()) -> int:
        """Return how many rows are whole repetitions, over these columns, of a row before."""
        found = self._fetch(repeated(self._source(columns, filters)))
        surplus = found["surplus"][0]
        return 0 if surplus is None or pd.isna(surplus) else int(surplus)

    def refuse_national_ids(self, pseudonyms: Collection[str] = ()) -> None:
        """Look in every column of the table, also those nobody named.

        Parameters
        ----------
        pseudonyms
            Its columns that are declared to hold pseudonyms: these may hold a few valid numbers by chance.

        Raises
        ------
        InvalidInput
            With the name of each such column and how many numbers it holds; never one of them.
        """
        columns = {name: kind for name, kind in self.kinds.items() if kind not in {"date", "time", "truth"}}
        if not columns:
            return
        dialect, table = self.engine.dialect, self.engine.source(self.table)
        asked = [
            part
            for place, (name, kind) in enumerate(columns.items())
            for part in (
                f"count({dialect.name(name)}) as f{place}",
                f"sum(case when {looks_like(dialect.name(name), kind, dialect)} then 1 else 0 end) as n{place}",
            )
        ]
        first = self._fetch(Query(text=f"select {', '.join(asked)} from {table}"))
        problems = []
        for place, (name, kind) in enumerate(columns.items()):
            count = int(has_national_id(name))
            if _whole(first[f"n{place}"][0]):
                filled = _whole(first[f"f{place}"][0])
                count += self._national_ids(name, kind, filled=filled, pseudonym=name in pseudonyms)
            if count:
                parameters: dict[str, Parameter] = {"column": name, "count": count}
                problems.append(Problem(place=self.name, code="national_ids", parameters=parameters))
        if problems:
            raise InvalidInput(tuple(problems))

    def _national_ids(self, name: str, kind: Kind, *, filled: int, pseudonym: bool) -> int:
        dialect, table = self.engine.dialect, self.engine.source(self.table)
        column = dialect.name(name)
        found = self._fetch(Query(text=counted(table, column, kind, dialect)))
        valid, padded, ten, more = (_whole(found[code][0]) for code in ("valid", "padded", "ten", "longer"))
        if more:
            # Where in a longer text a number may stand is looked for here; the texts are not kept.
            texts = self._fetch(Query(text=longer(table, column, kind, dialect)))
            listed = zip(texts["v"], texts["times"], strict=True)
            valid += sum(int(times) for text, times in listed if national_ids([text]))
        return refused(valid, padded, short=ten, filled=filled, pseudonym=pseudonym)

    def _events(self, columns: Mapping[str, str], filters: Iterable[Filter], *, wanted: tuple[str, ...]) -> Source:
        undeclared = [ours for ours in wanted if ours not in columns]
        if undeclared:
            problems = (Problem(place=self.name, code="column_not_declared", value=ours) for ours in undeclared)
            raise InvalidInput(tuple(problems))
        kept = {ours: columns[ours] for ours in ("person", "unit", "group", "date", "count") if ours in columns}
        source = self._source(kept, filters)
        wrong = []
        if source.kind("date") not in {"date", "time"}:
            wrong.append(Problem(place=self.name, code="column_without_dates", value=columns["date"]))
        if "count" in kept and source.kind("count") not in {"whole", "number"}:
            wrong.append(Problem(place=self.name, code="column_without_numbers", value=columns["count"]))
        if wrong:
            raise InvalidInput(tuple(wrong))
        return source

    def _source(self, columns: Mapping[str, str], filters: Iterable[Filter]) -> Source:
        problems = missing_columns(list(columns.values()), list(self.kinds), place=self.name)
        if problems:
            raise InvalidInput(tuple(problems))
        return Source(
            table=self.engine.source(self.table),
            dialect=self.engine.dialect,
            columns=columns,
            kinds=self.kinds,
            conditions=conditions_of(filters, self.kinds, place=self.name),
        )

    def _fetch(self, query: Query) -> dict[str, pd.Series]:
        return self.engine.fetch(query.text, query.values, place=self.name)

    def _counts(self, what: str, source: Source, found: Mapping[str, pd.Series], keys: list[str]) -> pd.DataFrame:
        """Return the counts under our names, after looking for what no count should have."""
        inside = {"period": "month", "group": "arm", "date": "day"}
        taken = {ours: found[inside.get(ours, ours)] for ours in keys if inside.get(ours, ours) in found}
        kinds: dict[str, Kind] = {"period": "date", "date": "date", "count": "whole", "persons": "whole"}
        if "count" in source.columns:
            kinds["count"] = source.kind("count")
        _refuse_lacks(source, taken, found, place=self.name)
        counts = {"count": found["amount"], **({"persons": found["persons"]} if "persons" in found else {})}
        frame = typed({**taken, **counts}, {**dict.fromkeys(taken, "text"), **kinds})
        frame = frame.assign(**{name: value for name, value in (("unit", ""), ("group", "all")) if name not in frame})
        return self._kept(what, frame.loc[:, [*keys, *counts]])

    def _kept(self, what: str, frame: pd.DataFrame) -> pd.DataFrame:
        if not self.sha256:
            read = fingerprint(frame)
            self._read[f"{what}.{read}"] = read
        return frame


def relation_of(engine: Engine, table: str, *, name: str | None = None, sha256: str = "") -> Relation:
    """Return a table of an engine, for instance of a Spark session.

    Parameters
    ----------
    engine
        Which runs the SQL.
    table
        The table's name, with its schema before a full stop.
    name
        What problems and reports call it; the table's name when left out.
    sha256
        Fingerprint of its files; for a database left out.

    Raises
    ------
    InvalidInput
        When there is no such table, or the engine cannot be reached.
    """
    place = name or table
    return Relation(name=place, engine=engine, table=table, kinds=engine.kinds(table, place=place), sha256=sha256)


def _refuse_lacks(
    source: Source, taken: Mapping[str, pd.Series], found: Mapping[str, pd.Series], *, place: str
) -> None:
    rows = found["found"]
    empty = {"date" if ours == "period" else ours: _empty(values) for ours, values in taken.items()}
    lacking = {ours: int(rows[mask].sum()) for ours, mask in empty.items()}
    for ours, code in (("person", "nobody"), ("count", "lacking")):
        if code in found:
            lacking[ours] = int(found[code].sum())
    problems = [
        Problem(place=place, code="empty_cells", parameters={"column": source.columns[ours], "count": count})
        for ours, count in lacking.items()
        if count
    ]
    negative = int(found["negative"].sum()) if "negative" in found else 0
    if negative:
        parameters: dict[str, Parameter] = {"column": source.columns["count"], "count": negative}
        problems.append(Problem(place=place, code="negative_counts", parameters=parameters))
    if problems:
        raise InvalidInput(tuple(problems))
    if not len(rows):
        raise InvalidInput((Problem(place=place, code="nothing_left"),))


def _empty(values: pd.Series) -> np.ndarray:
    return (values.isna() | (values.astype("object") == "")).to_numpy()


def _whole(value: object) -> int:
    """A sum over no rows is nothing at all."""
    return 0 if value is None or pd.isna(value) else int(value)  # type: ignore[call-overload]
