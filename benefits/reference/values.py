"""The library of dated, cited values: prices, rates and shares, looked up by name and date."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, cast

from benefits.reference.citation import (
    Texts,
    disagreements_of,
    entries,
    optional_texts_of,
    own_text,
    source_of,
    texts_of,
)
from benefits.reference.dated import EmptyReference, NoValueYet, ReferenceValue, UnknownReference, Yearly
from benefits.vocabulary import Standing, Unit

__all__ = [
    "EmptyReference",
    "Entry",
    "Library",
    "NoValueYet",
    "ReferenceValue",
    "UnknownReference",
    "Yearly",
    "entry_of",
    "load_library",
    "read_library",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """All that is known under one name.

    Attributes
    ----------
    empty
        What is said of it when it has no value: where one is found.
    values
        Its values, sorted by date.
    yearly
        Whether each value belongs to its own year.
    not_known
        First day of a value that was left out, because it was not known on the date the set is of; None when none was.
    """

    empty: EmptyReference | None
    values: tuple[ReferenceValue, ...]
    yearly: Yearly | None
    not_known: date | None = None


class Library:
    """All reference values, looked up by name and date.

    The date is always given by the caller; nothing here knows what day it is.

    Examples
    --------
    >>> library = load_library()
    >>> library.at("isf.unit_price", date(2024, 1, 1)).value
    52248.0
    >>> later = library.at("isf.unit_price", date(2025, 6, 1))
    >>> later.value, later.price_year, later.carried_forward
    (52248.0, 2024, True)
    """

    __slots__ = ("_entries",)

    def __init__(self, found: Mapping[str, Entry]) -> None:
        self._entries = dict(sorted(found.items()))

    def at(self, id: str, on: date) -> ReferenceValue:
        """Return the value of ``id`` that is valid on a date: the latest one that starts on it or before.

        Parameters
        ----------
        id
            Name of the value.
        on
            The date the value is wanted for.

        Raises
        ------
        UnknownReference
            When there is no such name.
        NoValueYet
            When the entry is empty, when the date is before its first value, when the value belongs to single years
            and the year asked for is missing, or when none was known on the date the set is of.
        """
        entry = self._entry(id)
        if not entry.values:
            where = entry.empty.where_to_find if entry.empty is not None else None
            code = "reference_empty" if entry.not_known is None else "reference_not_known"
            raise NoValueYet(code, id, on, entry.not_known, where)
        first = entry.values[0]
        position = bisect_right([value.valid_from for value in entry.values], on)
        if position == 0:
            raise NoValueYet("reference_starts_later", id, on, first.valid_from, first.where_to_find)
        value = entry.values[position - 1]
        if entry.yearly == "exact" and value.valid_from.year != on.year:
            raise NoValueYet("reference_year_missing", id, on, first.valid_from, first.where_to_find)
        return replace(value, carried_forward=True) if value.outdated(on) else value

    def as_known(self, day: date) -> Library:
        """Return the set that was known on a day: values valid from that day or before, and in the library by then.

        What comes into the library later changes nothing in it, so that an old report can be made again.

        Examples
        --------
        >>> [value.valid_from.year for value in load_library().as_known(date(2020, 6, 1)).history("isf.unit_price")]
        [2018, 2020]
        """
        return Library({id: _as_known(entry, day) for id, entry in self._entries.items()})

    def with_own(self, own: Mapping[str, Entry]) -> Library:
        """Return the library with other entries added; one with the name of an entry here stands instead of it."""
        return Library({**self._entries, **own})

    def ids(self) -> tuple[str, ...]:
        """Return every name, empty entries included, sorted."""
        return tuple(self._entries)

    def indices(self) -> tuple[str, ...]:
        """Return the names of the entries by which kroner of different years can meet, sorted.

        Examples
        --------
        >>> "cpi.growth" in load_library().indices()
        True
        """
        return tuple(id for id, entry in self._entries.items() if _is_index(entry))

    def history(self, id: str) -> tuple[ReferenceValue, ...]:
        """Return all values of ``id``, oldest first; none for an empty entry.

        Raises
        ------
        UnknownReference
            When there is no such name.

        Examples
        --------
        >>> [value.valid_from.year for value in load_library().history("cpi.growth")]
        [2017, 2018, 2021, 2022, 2023, 2024]
        """
        return self._entry(id).values

    def missing_years(self, id: str) -> tuple[int, ...]:
        """Return the years between the first and the last value of ``id`` that have none; only of what is set yearly.

        Examples
        --------
        >>> load_library().missing_years("isf.unit_price")
        (2019, 2021, 2022, 2023)
        """
        entry = self._entry(id)
        years = {value.valid_from.year for value in entry.values} if entry.yearly is not None else set()
        return tuple(year for year in range(min(years), max(years)) if year not in years) if years else ()

    def empty_entry(self, id: str) -> EmptyReference | None:
        """Return what is said of ``id`` when no value of it was ever filled in; None when one was."""
        entry = self._entry(id)
        return entry.empty if not entry.values else None

    def where_to_find(self, id: str) -> Texts | None:
        """Return where a value, or a newer value, of ``id`` is published; None where that is not stated."""
        entry = self._entry(id)
        return entry.values[-1].where_to_find if entry.values else entry.empty.where_to_find if entry.empty else None

    def empty(self) -> tuple[EmptyReference, ...]:
        """Return the entries that are not filled in, sorted by name."""
        return tuple(entry.empty for entry in self._entries.values() if entry.empty is not None and not entry.values)

    def _entry(self, id: str) -> Entry:
        if id not in self._entries:
            from difflib import get_close_matches

            raise UnknownReference(id, tuple(get_close_matches(id, self._entries, n=3)))
        return self._entries[id]


def _as_known(entry: Entry, day: date) -> Entry:
    known = tuple(
        value for value in entry.values if value.valid_from <= day and (value.entered is None or value.entered <= day)
    )
    left_out = next((value.valid_from for value in entry.values if value not in known), entry.not_known)
    if known or not entry.values:
        return replace(entry, values=known, not_known=left_out)
    return replace(entry, values=(), not_known=left_out, empty=entry.empty or _as_empty(entry.values[0]))


def _as_empty(value: ReferenceValue) -> EmptyReference | None:
    if value.where_to_find is None:
        return None
    return EmptyReference(
        id=value.id,
        unit=value.unit,
        per=value.per,
        standing=value.standing,
        titles=value.titles,
        where_to_find=value.where_to_find,
        index=value.index,
        value_of=value.value_of,
    )


def _is_index(entry: Entry) -> bool:
    return any(value.index for value in entry.values) or (entry.empty is not None and entry.empty.index)


def read_library(text: str) -> Library:
    """Return the library written in ``text``, in the format of this room's own data file.

    Parameters
    ----------
    text
        YAML: a list of entries ``{id, titles, unit, per?, standing, population?, warning?, where_to_find?, yearly?,
        index?, value_of?, horizon?, values: [{date, value, price_year?, source, derived?, disagrees?,
        entered?, valid_until?}]}``.

    Returns
    -------
    Library
        The values of each entry sorted by date.
    """
    return Library({raw["id"]: entry_of(raw) for raw in entries(text)})


@cache
def load_library() -> Library:
    """Return the library that comes with the package; it is read once.

    Examples
    --------
    >>> load_library().at("vsl", date(2024, 1, 1)).price_year
    2012
    """
    return read_library(own_text("values.yaml"))


def entry_of(raw: Mapping[str, Any]) -> Entry:
    """Return one entry of a data file, given as plain data with its texts in all three languages."""
    titles = texts_of(raw["titles"])
    where_to_find = optional_texts_of(raw.get("where_to_find"))
    values: Iterable[ReferenceValue] = (
        _value_of(raw, dated, titles, where_to_find) for dated in raw.get("values") or ()
    )
    in_order = tuple(sorted(values, key=lambda value: value.valid_from))
    empty = None
    if not in_order:
        empty = EmptyReference(
            id=raw["id"],
            unit=cast(Unit, raw["unit"]),
            per=raw.get("per"),
            standing=cast(Standing, raw["standing"]),
            titles=titles,
            where_to_find=texts_of(raw["where_to_find"]),
            index=bool(raw.get("index")),
            value_of=raw.get("value_of"),
        )
    return Entry(empty=empty, values=in_order, yearly=cast(Yearly | None, raw.get("yearly")))


def _value_of(
    raw: Mapping[str, Any], dated: Mapping[str, Any], titles: Texts, where_to_find: Texts | None
) -> ReferenceValue:
    first: date = dated["date"]
    end_of_year = date(first.year, 12, 31) if raw.get("yearly") else None
    return ReferenceValue(
        id=raw["id"],
        value=float(dated["value"]),
        unit=cast(Unit, raw["unit"]),
        per=raw.get("per"),
        price_year=dated.get("price_year"),
        valid_from=first,
        standing=cast(Standing, raw["standing"]),
        source=source_of(dated["source"]),
        titles=titles,
        population=optional_texts_of(raw.get("population")),
        warning=optional_texts_of(raw.get("warning")),
        derived=optional_texts_of(dated.get("derived")),
        disagreements=disagreements_of(dated.get("disagrees")),
        where_to_find=where_to_find,
        valid_until=dated.get("valid_until") or end_of_year,
        entered=dated.get("entered"),
        index=bool(raw.get("index")),
        value_of=raw.get("value_of"),
        horizon=raw.get("horizon"),
    )
