"""Units (areas, kommuner) as they may be shown: one with few together with the others of its pool, or hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benefits.results.limits import LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What one unit counted.

    Attributes
    ----------
    name
        As the data say it.
    count, exposure
        Events, and what they are counted of.
    persons
        How many persons the events befell, where that is known.
    """

    name: str
    count: float
    exposure: float
    persons: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table of units: one unit, or a pool with its members.

    Attributes
    ----------
    name, count, exposure
        Of the unit, or of all members together.
    members
        Names of the units pooled; empty for one unit.
    hidden
        Whether the count, and all that follows from it, is hidden.
    """

    name: str
    count: float
    exposure: float
    members: tuple[str, ...] = ()
    hidden: bool = False


def rows_of(
    units: Iterable[Unit], *, pools: Mapping[str, str] | None = None, limit: int = LIMIT, share: bool = False
) -> tuple[Row, ...]:
    """Return the rows that may be shown, units first in their order, then pools by name.

    A unit's cell is small when its events, or the persons they befell, are at least one and fewer than the limit; for
    a share also when those left out are. When any member of a pool has a small cell, the pool stands in place of all
    its members, so that nothing follows by subtraction. What is still small is hidden. Where only one row is hidden, or
    the hidden ones together are few, the next smallest is hidden too: the sum of all units may be printed elsewhere.

    Parameters
    ----------
    units
        One for each unit.
    pools
        Unit -> name of its pool; units that are not in it stand alone.
    limit
        Smallest number, but for none, that may be shown.
    share
        Whether the exposure counts the persons of whom the count is a part.

    Examples
    --------
    >>> units = [Unit(name=name, count=count, exposure=1000) for name, count in [("A", 30), ("B", 2), ("C", 40)]]
    >>> [(row.name, row.count, row.hidden) for row in rows_of(units, pools={"A": "Nord", "B": "Nord"})]
    [('C', 40, False), ('Nord', 32, False)]
    >>> [(row.name, row.hidden) for row in rows_of(units)]
    [('A', True), ('B', True), ('C', False)]
    """
    listed = list(units)
    of = pools or {}
    needed = {of[one.name] for one in listed if one.name in of and _small(one, limit, share)}
    alone = [one for one in listed if of.get(one.name) not in needed]
    rows = [Row(name=one.name, count=one.count, exposure=one.exposure) for one in alone]
    small = {place for place, one in enumerate(alone) if _small(one, limit, share)}
    for pool in sorted(needed):
        members = [one for one in listed if of.get(one.name) == pool]
        whole = _together(pool, members)
        if _small(whole, limit, share):
            small.add(len(rows))
        names = tuple(one.name for one in members)
        rows.append(Row(name=pool, count=whole.count, exposure=whole.exposure, members=names))
    hidden = _with_others(rows, small, limit, share)
    return tuple(
        Row(name=row.name, count=row.count, exposure=row.exposure, members=row.members, hidden=place in hidden)
        for place, row in enumerate(rows)
    )


def _small(one: Unit, limit: int, share: bool) -> bool:
    few = 0 < one.count < limit or (one.persons is not None and 0 < one.persons < limit)
    return few or (share and 0 < one.exposure - one.count < limit)


def _together(name: str, members: list[Unit]) -> Unit:
    persons = [one.persons for one in members if one.persons is not None]
    return Unit(
        name=name,
        count=sum(one.count for one in members),
        exposure=sum(one.exposure for one in members),
        persons=sum(persons) if persons else None,
    )


def _with_others(rows: list[Row], small: set[int], limit: int, share: bool) -> set[int]:
    """The rows to hide: the small ones, and the next smallest while those hidden follow from a sum of all."""
    hidden = set(small)
    others = sorted((row.count, place) for place, row in enumerate(rows) if place not in small and row.count)
    for _, place in others:
        counted = sum(rows[one].count for one in hidden)
        rest = sum(rows[one].exposure - rows[one].count for one in hidden)
        if not hidden or (len(hidden) > 1 and counted >= limit and not (share and 0 < rest < limit)):
            break
        hidden.add(place)
    return hidden
