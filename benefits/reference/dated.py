"""A value on a date, an entry that is not filled in, and why a value is not given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from benefits.errors import BenefitsError
from benefits.reference.citation import Disagreement, Source, Texts
from benefits.vocabulary import Exposure, GrowingValue, Horizon, Standing, Unit

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
        True when the figure is past its validity on the date asked for, and a newer one is missing here.
    where_to_find
        Where a newer figure is published.
    valid_until
        Last day the figure was valid: of one that is set each year the last day of its year; None where it holds until
        it is replaced.
    entered
        Day the figure came into the library; None when it has been there from the first.
    index
        Whether it is the growth of a price or of an income in its year, by which kroner of different years can meet.
    value_of
        Whether it is a value of time, life or health, which grows in real terms; None otherwise.
    horizon
        Of a share of cost that varies: whether staff and beds have had time to follow; None of anything else.

    Examples
    --------
    >>> from benefits.reference.values import load_library
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
    valid_until: date | None = None
    entered: date | None = None
    index: bool = False
    value_of: GrowingValue | None = None
    horizon: Horizon | None = None

    def outdated(self, on: date) -> bool:
        """Say whether a date is past the last day the figure was valid."""
        return self.valid_until is not None and on > self.valid_until


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
    index, value_of
        As of a ReferenceValue.

    Examples
    --------
    >>> from benefits.reference.values import load_library
    >>> [empty.id for empty in load_library().empty() if empty.id.startswith("tax")]
    ['tax_financing_cost']
    """

    id: str
    unit: Unit
    per: Exposure | None
    standing: Standing
    titles: Texts
    where_to_find: Texts
    index: bool = False
    value_of: GrowingValue | None = None


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
        ``reference_empty`` (nothing is filled in), ``reference_starts_later`` (the date is before the first value),
        ``reference_year_missing`` (the value belongs to single years, and this year is not there) or
        ``reference_not_known`` (what is filled in was not known on the date the set is of).
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
