"""Dated, cited values: prices, rates and shares, each with the first day it is valid, its source and its standing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal, cast

from benefits.errors import BenefitsError
from benefits.reference.citation import (
    Disagreement,
    Source,
    Texts,
    disagreements_of,
    entries,
    optional_texts_of,
    own_text,
    source_of,
    texts_of,
)
from benefits.vocabulary import Exposure, Standing, Unit

Yearly = Literal["carry", "exact"]
"""``carry``: set each year, the latest known is used later and says so; ``exact``: belongs to its own year only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceValue:
    """One value on one date.

    Attributes
    ----------
    id
        Dotted, stable name, as ``isf.unit_price``.
    value
        The figure, unrounded, in ``unit`` per ``per``.
    unit
        Unit of the figure; shares and rates are fractions of one, never per cent.
    per
        What the figure is counted per, as a code (``bed_day``, ``drg_point``, ``full_time_month``), or None.
    price_year
        Year of the kroner; None where the figure is not money.
    valid_from
        First day the figure was valid.
    standing
        How far it can be trusted.
    source
        Where it was read.
    titles
        Name of the value.
    population
        Whom or what it describes, where that is not evident.
    warning
        What a reader must be told wherever the figure is used.
    derived
        How it follows from what the source says, where the source does not print it.
    disagreements
        Other figures for the same thing.
    carried_forward
        True when the figure belongs to an earlier year than the one asked for, and a newer one is missing here.
    where_to_find
        Where a newer figure is published.

    Examples
    --------
    >>> price = load_library().at("discharge_ready.day_price", date(2024, 6, 30))
    >>> price.value, price.unit, price.per, price.price_year, price.standing
    (5745.0, 'kroner', 'bed_day', 2024, 'official')
    """

    id: str
    value: float
    unit: Unit
    per: Exposure | None
    price_year: int | None
    valid_from: date
    standing: Standing
    source: Source
    titles: Texts
    population: Texts | None = None
    warning: Texts | None = None
    derived: Texts | None = None
    disagreements: tuple[Disagreement, ...] = ()
    carried_forward: bool = False
    where_to_find: Texts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyReference:
    """A value that a project may need and that is not filled in, because no source has been read.

    Attributes
    ----------
    id
        Dotted, stable name.
    unit, per
        What the figure must be given in.
    standing
        The standing it has once it is taken from where it is published.
    titles
        Name of the value.
    where_to_find
        Where the figure is published or who has it.

    Examples
    --------
    >>> [empty.id for empty in load_library().empty() if empty.id.startswith("pay.")]
    ['pay.hours_per_full_time_year', 'pay.social_cost_factor']
    """

    id: str
    unit: Unit
    per: Exposure | None
    standing: Standing
    titles: Texts
    where_to_find: Texts


class UnknownReference(BenefitsError, KeyError):
    """There is no reference value of that name.

    Attributes
    ----------
    code
        ``unknown_reference``.
    id
        The name that was asked for.
    nearest
        Names that resemble it, best first; may be empty.
    """

    code = "unknown_reference"

    def __init__(self, id: str, nearest: tuple[str, ...]) -> None:
        super().__init__(id, nearest)
        self.id = id
        self.nearest = nearest

    def __str__(self) -> str:
        return f"{self.code}: {self.id} (nearest: {', '.join(self.nearest)})"

    @property
    def parameters(self) -> dict[str, str]:
        """Return the values that go into the sentences."""
        return {"id": self.id, "nearest": ", ".join(self.nearest)}


class NoValueYet(BenefitsError, LookupError):
    """The reference is known, but has no value on that date.

    Attributes
    ----------
    code
        ``reference_empty`` (nothing is filled in), ``reference_starts_later`` (the date is before the first value) or
        ``reference_year_missing`` (the value belongs to single years, and this year is not there).
    id
        The name that was asked for.
    date
        The date that was asked for.
    first
        First day that has a value; None for an empty entry.
    where_to_find
        Where the figure is published; None where that is not stated.
    """

    def __init__(self, code: str, id: str, on: date, first: date | None, where_to_find: Texts | None) -> None:
        super().__init__(code, id, on, first, where_to_find)
        self.code = code
        self.id = id
        self.date = on
        self.first = first
        self.where_to_find = where_to_find

    def __str__(self) -> str:
        return f"{self.code}: {self.id} on {self.date.isoformat()}"

    @property
    def parameters(self) -> dict[str, str]:
        """Return the values that go into the sentences."""
        first = {} if self.first is None else {"first": self.first.isoformat()}
        return {"id": self.id, "date": self.date.isoformat(), **first}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    empty: EmptyReference | None
    values: tuple[ReferenceValue, ...]
    yearly: Yearly | None


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

    def __init__(self, found: Mapping[str, _Entry]) -> None:
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
            When the entry is empty, when the date is before its first value, or when the value belongs to single years
            and the year asked for is missing.
        """
        entry = self._entry(id)
        if entry.empty is not None:
            raise NoValueYet("reference_empty", id, on, None, entry.empty.where_to_find)
        first = entry.values[0]
        position = bisect_right([value.valid_from for value in entry.values], on)
        if position == 0:
            raise NoValueYet("reference_starts_later", id, on, first.valid_from, first.where_to_find)
        value = entry.values[position - 1]
        if value.valid_from.year == on.year or entry.yearly is None:
            return value
        if entry.yearly == "exact":
            raise NoValueYet("reference_year_missing", id, on, first.valid_from, first.where_to_find)
        return replace(value, carried_forward=True)

    def ids(self) -> tuple[str, ...]:
        """Return every name, empty entries included, sorted."""
        return tuple(self._entries)

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

    def empty(self) -> tuple[EmptyReference, ...]:
        """Return the entries that are not filled in, sorted by name."""
        return tuple(entry.empty for entry in self._entries.values() if entry.empty is not None)

    def _entry(self, id: str) -> _Entry:
        if id not in self._entries:
            from difflib import get_close_matches

            raise UnknownReference(id, tuple(get_close_matches(id, self._entries, n=3)))
        return self._entries[id]


def read_library(text: str) -> Library:
    """Return the library written in ``text``, in the format of this room's own data file.

    Parameters
    ----------
    text
        YAML: a list of entries ``{id, titles, unit, per?, standing, population?, warning?, where_to_find?, yearly?,
        values: [{date, value, price_year?, source, derived?, disagrees?}]}``.

    Returns
    -------
    Library
        The values of each entry sorted by date.
    """
    return Library({raw["id"]: _entry_of(raw) for raw in entries(text)})


@cache
def load_library() -> Library:
    """Return the library that comes with the package; it is read once.

    Examples
    --------
    >>> load_library().at("vsl", date(2024, 1, 1)).price_year
    2012
    """
    return read_library(own_text("values.yaml"))


def _entry_of(raw: Mapping[str, Any]) -> _Entry:
    titles = texts_of(raw["titles"])
    where_to_find = optional_texts_of(raw.get("where_to_find"))
    values = [_value_of(raw, dated, titles, where_to_find) for dated in raw.get("values", ())]
    empty = None
    if not values:
        empty = EmptyReference(
            id=raw["id"],
            unit=cast(Unit, raw["unit"]),
            per=raw.get("per"),
            standing=cast(Standing, raw["standing"]),
            titles=titles,
            where_to_find=texts_of(raw["where_to_find"]),
        )
    return _Entry(
        empty=empty,
        values=tuple(sorted(values, key=lambda value: value.valid_from)),
        yearly=cast(Yearly | None, raw.get("yearly")),
    )


def _value_of(
    raw: Mapping[str, Any], dated: Mapping[str, Any], titles: Texts, where_to_find: Texts | None
) -> ReferenceValue:
    return ReferenceValue(
        id=raw["id"],
        value=float(dated["value"]),
        unit=cast(Unit, raw["unit"]),
        per=raw.get("per"),
        price_year=dated.get("price_year"),
        valid_from=dated["date"],
        standing=cast(Standing, raw["standing"]),
        source=source_of(dated["source"]),
        titles=titles,
        population=optional_texts_of(raw.get("population")),
        warning=optional_texts_of(raw.get("warning")),
        derived=optional_texts_of(dated.get("derived")),
        disagreements=disagreements_of(dated.get("disagrees")),
        where_to_find=where_to_find,
    )
