"""Flows: what each actor gains or loses, per item, layer, basis, unit, year and draw."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from benefits.economics.arrays import Array, frozen
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
    values: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flows:
    """An index of rows, the years, and one read-only array (row, year, draw). Only rows that exist are held.

    Raises
    ------
    ValueError
        When shape and index do not agree, a value is not finite, a year is repeated or out of order, or two rows have
        the same actor, item, layer, basis, unit and counterpart.

    Examples
    --------
    >>> row = FlowRow(actor="kommune", item="platform", layer="cost", basis="expected", unit="kroner",
    ...               grade="assumed", standing="assumed")
    >>> flows = Flows(index=(row,), years=(2025, 2026), values=np.full((1, 2, 3), -10.0))
    >>> flows.total().tolist()
    [-20.0, -20.0, -20.0]
    >>> flows.to_frame()[["item", "year", "mean"]].values.tolist()
    [['platform', 2025, -10.0], ['platform', 2026, -10.0]]
    """

    index: tuple[FlowRow, ...]
    years: tuple[int, ...]
    values: Array

    def __post_init__(self) -> None:
        values = frozen(self.values)
        if values.ndim != 3 or values.shape[:2] != (len(self.index), len(self.years)) or values.shape[2] < 1:
            raise ValueError(f"{len(self.index)} rows and {len(self.years)} years do not fit an array {values.shape}")
        if not np.isfinite(values).all():
            raise ValueError("a flow is not a finite number")
        if list(self.years) != sorted(set(self.years)):
            raise ValueError("years are given once each, in order")
        keys = [row.key for row in self.index]
        if len(set(keys)) != len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"the row {twice} is given twice")
        object.__setattr__(self, "values", values)

    def __len__(self) -> int:
        return len(self.index)

    @property
    def n(self) -> int:
        """Number of draws."""
        return int(self.values.shape[2])

    def lines(self) -> Iterator[Line]:
        """Each row with its values, shape (year, draw)."""
        return (Line(row=row, values=self.values[place]) for place, row in enumerate(self.index))

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
        return Flows(index=tuple(self.index[place] for place in kept), years=self.years, values=self.values[kept])

    def by_year(self) -> Array:
        """Return the sum over the rows, shape (year, draw).

        Raises
        ------
        MixedFlows
            When the rows differ in unit or basis, or hold layers that are never added: cost, cash and transfer may
            stand in one sum, capacity and what is not avoided stand alone.
        """
        self._refuse_mixture()
        return frozen(self.values.sum(axis=0))

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
        counted = [place for place, year in enumerate(self.years) if years is None or year in years]
        return frozen(self.by_year()[counted].sum(axis=0))

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
        low, middle, high = np.quantile(self.values, (0.025, 0.5, 0.975), axis=2)
        mean = self.values.mean(axis=2)
        lines: list[dict[str, Any]] = []
        for at, row in enumerate(self.index):
            for then, year in enumerate(self.years):
                spread = {"mean": mean, "p2_5": low, "p50": middle, "p97_5": high}
                lines.append(
                    {**asdict(row), "year": year, **{name: float(of[at, then]) for name, of in spread.items()}}
                )
        columns = [*(field.name for field in fields(FlowRow)), "year", "mean", "p2_5", "p50", "p97_5"]
        return pd.DataFrame(lines, columns=columns)


def from_lines(lines: Iterable[Line], *, years: tuple[int, ...], n: int) -> Flows:
    """Return Flows of the lines, in their order; years and draws are given so that no line at all is fine too."""
    held = tuple(lines)
    values = np.empty((len(held), len(years), n))
    for place, line in enumerate(held):
        # Adding zero turns a negative zero, as of a cost in a year without one, into zero.
        values[place] = line.values + 0.0
    return Flows(index=tuple(line.row for line in held), years=years, values=values)
