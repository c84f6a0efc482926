"""Sums of flows as Values: events, layers, transfers with both ends, and net per actor and year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benefits.economics import Flows
from benefits.economics.inputs import weakest_standing
from benefits.results.model import TransferLine
from benefits.results.spread import spread_of_draws
from benefits.results.values import Values
from benefits.vocabulary import BASES, Basis, Unit, weakest

MONEY = ("cost", "cash", "transfer")
"""The layers that make an actor's net: kroner that move. Capacity and what is not avoided stand apart."""


def add_flow_values(flows: Flows, *, price_year: int | None, values: Values) -> tuple[TransferLine, ...]:
    """Add every sum a report shows, and return the transfers as pairs.

    Parameters
    ----------
    flows
        All flows of a project.
    price_year
        The year of all kroner among them.
    """
    for basis in BASES:
        here = flows.select(basis=basis)
        if len(here):
            _physical(here, basis, values)
            _layers(here, basis, price_year, values)
            _actors(here, basis, price_year, values)
            _society(here, basis, price_year, values)
    return _transfers(flows, price_year, values)


def _physical(flows: Flows, basis: Basis, values: Values) -> None:
    rows = [row for row in flows.index if row.unit != "kroner"]
    for item, unit in dict.fromkeys((row.item, row.unit) for row in rows):
        part = flows.select(item=item, unit=unit)
        _add_total(f"quantity.{basis}.{item}.{unit}", part, unit, values, basis=basis, by_year=True)


def _layers(flows: Flows, basis: Basis, price_year: int | None, values: Values) -> None:
    whole = ("cash", "capacity", "not_avoided")
    money = flows.select(unit="kroner", layer=whole)
    # A journey that is spared is cash as a whole; what has layers says what is not avoided.
    for item in dict.fromkeys(row.item for row in money.index if row.layer == "not_avoided"):
        parts = [money.select(item=item, layer=layer) for layer in whole]
        for layer, part in zip(whole, parts, strict=True):
            id = f"layer.{basis}.{item}.{layer}"
            _add_total(id, part, "kroner", values, basis=basis, price_year=price_year, by_year=True)
        total = np.sum([part.total() for part in parts if len(part)], axis=0)
        rows = money.select(item=item)
        add_spread(f"layer.{basis}.{item}.whole", total, rows, "kroner", values, basis=basis, price_year=price_year)


def _actors(flows: Flows, basis: Basis, price_year: int | None, values: Values) -> None:
    for actor in dict.fromkeys(row.actor for row in flows.index):
        own = flows.select(actor=actor, unit="kroner")
        for layer in (*MONEY, "capacity"):
            part = own.select(layer=layer)
            if len(part):
                id = f"actor.{actor}.{basis}.{layer}"
                _add_total(id, part, "kroner", values, basis=basis, price_year=price_year, by_year=True)
        moving = own.select(layer=MONEY)
        if len(moving):
            id = f"actor.{actor}.{basis}.net"
            _add_total(id, moving, "kroner", values, basis=basis, price_year=price_year, by_year=True)


def _society(flows: Flows, basis: Basis, price_year: int | None, values: Values) -> None:
    """Everybody together, where every transfer is zero."""
    moving = flows.select(unit="kroner", layer=MONEY)
    for name, layers in (*((layer, (layer,)) for layer in MONEY), ("net", MONEY)):
        part, id = moving.select(layer=layers), f"society.{basis}.{name}"
        if len(part):
            _add_total(id, part, "kroner", values, basis=basis, price_year=price_year, by_year=True)


def _transfers(flows: Flows, price_year: int | None, values: Values) -> tuple[TransferLine, ...]:
    lines: list[TransferLine] = []
    moved = flows.select(layer="transfer")
    seen: set[tuple[str, str, frozenset[str]]] = set()
    for row in moved.index:
        key = (row.item, row.basis, frozenset({row.actor, row.counterpart}))
        if key in seen:
            continue
        seen.add(key)
        ends = {}
        for actor, other in ((row.actor, row.counterpart), (row.counterpart, row.actor)):
            part = moved.select(item=row.item, basis=row.basis, actor=actor, counterpart=other)
            id = f"transfer.{row.basis}.{row.item}.{actor}"
            _add_total(id, part, "kroner", values, basis=row.basis, price_year=price_year, by_year=True)
            ends[actor] = id
        lines.append(
            TransferLine(
                item=row.item,
                basis=row.basis,
                first=row.actor,
                second=row.counterpart,
                first_id=ends[row.actor],
                second_id=ends[row.counterpart],
            )
        )
    return tuple(lines)


def _add_total(
    id: str,
    part: Flows,
    unit: Unit,
    values: Values,
    *,
    basis: Basis,
    price_year: int | None = None,
    by_year: bool = False,
) -> None:
    """Add the sum of some rows; of no row at all, that it is not stated rather than zero."""
    if not len(part):
        values.add(id, None, unit=unit, price_year=price_year, basis=basis, reason="not_stated")
        return
    add_spread(id, part.total(), part, unit, values, basis=basis, price_year=price_year)
    if by_year:
        for year in part.years:
            total = part.total((year,))
            # Nothing was measured in a year outside the follow-up; what was expected of a year may be nothing.
            if basis == "expected" or total.any():
                add_spread(f"{id}.{year}", total, part, unit, values, basis=basis, price_year=price_year)


def add_spread(
    id: str,
    draws: NDArray[np.float64],
    part: Flows,
    unit: Unit,
    values: Values,
    *,
    basis: Basis,
    price_year: int | None,
) -> None:
    """Add mean and interval of draws made of some rows: known as the weakest of them is, and from all their sources."""
    found = spread_of_draws(draws)
    values.add(
        id,
        found,
        unit=unit,
        price_year=price_year if unit == "kroner" else None,
        basis=basis,
        grade=weakest(*(row.grade for row in part.index)),
        standing=weakest_standing(*(row.standing for row in part.index)),
        source="; ".join(sorted({row.source for row in part.index if row.source})),
        derived=True,
    )
