"""Flows: what each actor gains or loses, per item, layer, basis, unit, year and draw."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from benefits.economics.arrays import Array
from benefits.economics.product import Product, Yearly, add, full, is_finite
from benefits.economics.refusals import MixedFlows
from benefits.vocabulary import Basis, Grade, Layer, Standing, Unit

MONEY_THAT_MOVES: frozenset[Layer] = frozenset({"cost", "cash", "transfer"})
"""The layers that may stand in one total: kroner that enter or leave an account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """What one row of Flows is about.

    Attributes
    ----------
    actor
        Id of the actor who gains (positive) or loses (negative).
    item
        Id of the benefit, cost, grant or service; ``g1.isf`` is the transfer ``isf`` of the benefit ``g1``.
    layer, basis, unit
        Which kind of money or capacity, which column, and in what: kroner of the price year, or a physical unit.
    grade
        How well the effect behind the row is known.
    standing
        The weakest standing of the inputs the row is made of.
    source
        Their sources, or the method of a measured effect.
    counterpart
        The other actor of a transfer; empty otherwise.
    """

    actor: str
    item: str
    layer: Layer
    basis: Basis
    unit: Unit
    grade: Grade
    standing: Standing
    source: str = ""
    counterpart: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes a row one row."""
        return self.actor, self.item, self.layer, self.basis, self.unit, self.counterpart


_FIELDS = frozenset(field.name for field in fields(FlowRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row with its values, shape (year, draw)."""

    row: FlowRow
    values: Yearly


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flows:
    """An index of rows, the years, and the values of each row by year and draw. Only rows that exist are held.

    ``from_lines`` and ``from_array`` make them. A row is held as it was made: as a ``Product`` of years and draws where
    it is one, so that many draws take little room and sums cost little, and as a table otherwise.

    Attributes
    ----------
    index, years
        What each row is about, and the calendar years.
    parts
        The values of each row, read-only, shape (year, draw).
    n
        Number of draws.

    Raises
    ------
    ValueError
        When shape and index do not agree, a year is repeated or out of order, or two rows have the same actor, item,
        layer, basis, unit and counterpart.

    Examples
    --------
    >>> row = FlowRow(actor="kommune", item="platform", layer="cost", basis="expected", unit="kroner",
    ...               grade="assumed", standing="assumed")
    >>> flows = from_array(index=(row,), years=(2025, 2026), values=np.full((1, 2, 3), -10.0))
    >>> flows.total().tolist()
    [-20.0, -20.0, -20.0]
    >>> flows.to_frame()[["item", "year", "mean"]].values.tolist()
    [['platform', 2025, -10.0], ['platform', 2026, -10.0]]
    """

    index: tuple[FlowRow, ...]
    years: tuple[int, ...]
    parts: tuple[Yearly, ...]
    n: int

    def __post_init__(self) -> None:
        for part in self.parts:
            if tuple(part.shape) != (len(self.years), self.n):
                raise ValueError(f"{len(self.years)} years of {self.n} draws do not fit a row {tuple(part.shape)}")
        if len(self.parts) != len(self.index) or self.n < 1:
            raise ValueError(f"{len(self.index)} rows do not fit {len(self.parts)} parts of {self.n} draws")
        if list(self.years) != sorted(set(self.years)):
            raise ValueError("years are given once each, in order")
        keys = [row.key for row in self.index]
        if len(set(keys)) != len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"the row {twice} is given twice")

    def __len__(self) -> int:
        return len(self.index)

    @property
    def values(self) -> Array:
        """All values in one read-only array, shape (row, year, draw); made anew each time it is asked for."""
        values = np.empty((len(self.parts), len(self.years), self.n))
        for place, part in enumerate(self.parts):
            values[place] = full(part)
        values.setflags(write=False)
        return values

    def lines(self) -> Iterator[Line]:
        """Each row with its values, a table of shape (year, draw)."""
        return (Line(row=row, values=full(part)) for row, part in zip(self.index, self.parts, strict=True))

    def select(self, **criteria: str | Collection[str]) -> Flows:
        """Return the rows whose named fields have the given value, or one of the given values.

        Raises
        ------
        TypeError
            When a row has no such field.
        """
        unknown = sorted(set(criteria) - _FIELDS)
        if unknown:
            raise TypeError(f"rows of Flows have no field {unknown[0]!r}")
        wanted = {name: {value} if isinstance(value, str) else set(value) for name, value in criteria.items()}
        kept = [
            place
            for place, row in enumerate(self.index)
            if all(getattr(row, name) in values for name, values in wanted.items())
        ]
        index, parts = tuple(self.index[place] for place in kept), tuple(self.parts[place] for place in kept)
        return Flows(index=index, parts=parts, years=self.years, n=self.n)

    def by_year(self) -> Array:
        """Return the sum over the rows, shape (year, draw).

        Raises
        ------
        MixedFlows
            When the rows differ in unit or basis, or hold layers that are never added: cost, cash and transfer may
            stand in one sum, capacity and what is not avoided stand alone.
        """
        self._refuse_mixture()
        products, tables = self._apart()
        # Year by year, so that what is worked on fits in the processor's nearest memory.
        total = np.zeros((len(self.years), self.n))
        for of_year, weights in zip(total, np.eye(len(self.years)), strict=True):
            add(products, weights, to=of_year)
        for table in tables:
            total += table
        total.setflags(write=False)
        return total

    def weighted(self, weights: Array) -> Array:
        """Return the sum over rows and years, each year times its weight, shape (draw,).

        With discount factors as weights it is the present value, draw by draw; a transfer and its other end cancel to
        exactly zero.

        Parameters
        ----------
        weights
            One number for each of ``years``.

        Raises
        ------
        MixedFlows
            As ``by_year``.
        ValueError
            When the weights do not fit the years.

        Examples
        --------
        100 kr now and 104 kr in a year, at 4 %: 100 + 104 / 1.04 = 200.

        >>> row = FlowRow(actor="k", item="c", layer="cost", basis="expected", unit="kroner", grade="assumed",
        ...               standing="assumed")
        >>> found = from_array(index=(row,), years=(2025, 2026), values=[[[100.0], [104.0]]])
        >>> found.weighted(np.array([1.0, 1 / 1.04])).tolist()
        [200.0]
        """
        self._refuse_mixture()
        if weights.shape != (len(self.years),):
            raise ValueError(f"{weights.shape} weights do not fit {len(self.years)} years")
        products, tables = self._apart()
        total = np.zeros(self.n)
        add(products, weights, to=total)
        for table in tables:
            total += weights @ table
        total.setflags(write=False)
        return total

    def total(self, years: Collection[int] | None = None) -> Array:
        """Return the sum over rows and years, shape (draw,); zero when no row is held.

        Parameters
        ----------
        years
            The years to count; all when None.

        Raises
        ------
        MixedFlows
            As ``by_year``.
        ValueError
            When a year is not among the years of these flows.
        """
        unknown = sorted(set(years or ()) - set(self.years))
        if unknown:
            raise ValueError(f"{unknown[0]} is not a year of these flows")
        return self.weighted(np.array([float(years is None or year in years) for year in self.years]))

    def _apart(self) -> tuple[list[Product], list[Array]]:
        """The rows that are products, and those that are tables."""
        products = [part for part in self.parts if isinstance(part, Product)]
        return products, [part for part in self.parts if not isinstance(part, Product)]

    def _refuse_mixture(self) -> None:
        for name in ("unit", "basis"):
            found = sorted({getattr(row, name) for row in self.index})
            if len(found) > 1:
                raise MixedFlows(f"mixed_{name}", first=found[0], second=found[1])
        layers = {row.layer for row in self.index}
        if len(layers) > 1 and not layers <= MONEY_THAT_MOVES:
            alone, *_ = sorted(layers - MONEY_THAT_MOVES)
            raise MixedFlows("mixed_layer", first=alone, second=min(layers - {alone}))

    def to_frame(self) -> pd.DataFrame:
        """Return mean, 2.5, 50 and 97.5 per cent of the draws, one line per row and year."""
        lines: list[dict[str, Any]] = []
        for row, part in zip(self.index, self.parts, strict=True):
            values = full(part)
            limits = np.quantile(values, (0.025, 0.5, 0.975), axis=1)
            spread = {"mean": values.mean(axis=1), "p2_5": limits[0], "p50": limits[1], "p97_5": limits[2]}
            for then, year in enumerate(self.years):
                lines.append({**asdict(row), "year": year, **{name: float(of[then]) for name, of in spread.items()}})
        columns = [*(field.name for field in fields(FlowRow)), "year", "mean", "p2_5", "p50", "p97_5"]
        return pd.DataFrame(lines, columns=columns)


def from_lines(lines: Iterable[Line], *, years: tuple[int, ...], n: int) -> Flows:
    """Return Flows of the lines, in their order; years and draws are given so that no line at all is fine too.

    Raises
    ------
    ValueError
        When a value is not a finite number, and as ``Flows``.
    """
    held = tuple(lines)
    parts = tuple(_own(line.values) for line in held)
    return Flows(index=tuple(line.row for line in held), parts=parts, years=years, n=n)


def from_array(*, index: tuple[FlowRow, ...], years: tuple[int, ...], values: Any) -> Flows:
    """Return Flows of an array of shape (row, year, draw), which is copied.

    Raises
    ------
    ValueError
        When the array does not fit the index and the years, a value is not a finite number, and as ``Flows``.
    """
    given = np.asarray(values, dtype=np.float64)
    if given.ndim != 3 or given.shape[:2] != (len(index), len(years)) or given.shape[2] < 1:
        raise ValueError(f"{len(index)} rows and {len(years)} years do not fit an array {given.shape}")
    return Flows(index=index, years=years, parts=tuple(_own(table) for table in given), n=given.shape[2])


def _own(values: Yearly) -> Yearly:
    """The values, read-only and known to be finite; a table is copied."""
    if not is_finite(values):
        raise ValueError("a flow is not a finite number")
    if isinstance(values, Product):
        values.years.setflags(write=False)
        values.draws.setflags(write=False)
        return values
    # Adding zero turns a negative zero, as of a cost in a year without one, into zero.
    table: Array = values + 0.0
    table.setflags(write=False)
    return table
