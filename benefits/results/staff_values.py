"""The staff matrix as Values: actor, profession and year, in hours and full-time years; expected and measured apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from benefits.economics.arrays import Array
from benefits.economics.flows import FlowRow
from benefits.economics.inputs import weakest_standing
from benefits.economics.numbers import Spread
from benefits.economics.pricing import grade_of
from benefits.economics.staff import NOT_STATED, RELATIVES, StaffLine
from benefits.results.spread import spread_of_draws
from benefits.results.values import Values
from benefits.vocabulary import BASES, Basis, Profession, Unit, weakest, words

ALL = "all"
"""Stands for all professions of an actor together; relatives are not among them."""
EVERYBODY = "staff_society"
"""How the ids begin of the staff of all actors together."""
NAMES = ("freed", "usable", "used", "moved", "net", "avoided_growth")
"""What there may be of each cell, in the order it is told."""
UNITS: tuple[Unit, ...] = ("hours", "full_time_years")
"""What each is told in."""
_PROFESSIONS = (*words(Profession), NOT_STATED, RELATIVES)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """One cell of the matrix: Values are ``<prefix>.<name>.<hours or full_time_years>[.<year>]``.

    Attributes
    ----------
    actor, profession, basis
        Whose time: an actor or, empty, everybody; a profession, ``not_stated``, ``relatives``, or ``all``.
    prefix
        Of its Value ids.
    names
        Which of ``NAMES`` there are in hours.
    full_time_years
        Those of them that there are in full-time years as well.
    """

    actor: str
    profession: str
    basis: Basis
    prefix: str
    names: tuple[str, ...]
    full_time_years: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMatrix:
    """The cells that there are, in the order of the project's actors, and the years; ``lines`` are what they sum."""

    rows: tuple[StaffRow, ...] = ()
    years: tuple[int, ...] = ()
    lines: tuple[StaffLine, ...] = ()

    def of(self, basis: Basis) -> tuple[StaffRow, ...]:
        """Return the cells on one basis."""
        return tuple(row for row in self.rows if row.basis == basis)


def add_staff(
    lines: Sequence[StaffLine], *, actors: Sequence[str], years: tuple[int, ...], values: Values
) -> StaffMatrix:
    """Add the staff matrix, and return where its numbers are.

    Parameters
    ----------
    lines
        Hours by actor, profession, item and basis.
    actors
        Ids of the project's actors, in its order.
    years
        The calendar years of the lines.

    Notes
    -----
    Net is what is freed and can be put to use, less what is used and what is moved; measured hours have no net, since
    nobody has measured what the service uses by profession. Avoided growth is a part of what is freed, and stands on
    its own. Full-time years are each line's hours over its own hours per full-time year, and are told only where every
    line of the sum has one.
    """
    rows: list[StaffRow] = []
    adding = _Adding(years=years, values=values)
    for basis in BASES:
        here = [line for line in lines if line.basis == basis]
        for actor in (one for one in actors if any(line.actor == one for line in here)):
            own = [line for line in here if line.actor == actor]
            staff = [line for line in own if line.profession != RELATIVES]
            for profession in (one for one in _PROFESSIONS if any(line.profession == one for line in own)):
                cell = [line for line in own if line.profession == profession]
                rows.append(adding.cell(cell, actor, profession, basis))
            if staff:
                rows.append(adding.cell(staff, actor, ALL, basis))
        everybody = [line for line in here if line.profession != RELATIVES]
        if everybody:
            rows.append(adding.cell(everybody, "", ALL, basis))
    return StaffMatrix(rows=tuple(rows), years=years, lines=tuple(lines))


def staff_frame(matrix: StaffMatrix) -> pd.DataFrame:
    """Return the hours behind the matrix as a table: one row per line and year, with mean and 95 % interval."""
    found = []
    for line in matrix.lines:
        for year, hours in zip(matrix.years, line.hours, strict=True):
            spread = spread_of_draws(hours)
            posts = None if line.per_full_time_year is None else spread_of_draws(hours / line.per_full_time_year).mean
            found.append(
                {
                    "basis": line.basis,
                    "actor": line.actor,
                    "profession": line.profession,
                    "part": line.part,
                    "item": line.item,
                    "year": year,
                    "hours": spread.mean,
                    "hours_low": spread.low,
                    "hours_high": spread.high,
                    "full_time_years": posts,
                    "grade": weakest(*(row.grade for row in _known(line))),
                    "standing": weakest_standing(*(row.standing for row in _known(line))),
                    "source": _sources(_known(line)),
                }
            )
    columns = ("basis", "actor", "profession", "part", "item", "year", "hours", "hours_low", "hours_high")
    return pd.DataFrame(found, columns=[*columns, "full_time_years", "grade", "standing", "source"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Adding:
    """Adds the numbers of one cell after the other; ``sums`` are those of the same lines, which several cells may have.

    Who has staff of one profession only has the same numbers for all of them together.
    """

    years: tuple[int, ...]
    values: Values
    sums: dict[tuple[object, ...], tuple[Spread | None, ...]] = field(default_factory=dict)

    def cell(self, lines: list[StaffLine], actor: str, profession: str, basis: Basis) -> StaffRow:
        prefix = f"staff.{basis}.{actor}.{profession}" if actor else f"{EVERYBODY}.{basis}"
        names: list[str] = []
        in_posts: list[str] = []
        for name, parts in _named(lines, basis):
            names.append(name)
            self._add(f"{prefix}.{name}", name, parts, basis, "hours")
            if all(line.per_full_time_year is not None for line, _ in parts):
                in_posts.append(name)
                self._add(f"{prefix}.{name}", name, parts, basis, "full_time_years")
        return StaffRow(
            actor=actor,
            profession=profession,
            basis=basis,
            prefix=prefix,
            names=tuple(names),
            full_time_years=tuple(in_posts),
        )

    def _add(self, id: str, name: str, parts: list[tuple[StaffLine, Array]], basis: Basis, unit: Unit) -> None:
        key = (name, basis, unit, *(line for line, _ in parts))
        if key not in self.sums:
            self.sums[key] = tuple(_spreads(parts, basis, unit))
        known = [row for line, _ in parts for row in _known(line)]
        for year, spread in zip(("", *(f".{year}" for year in self.years)), self.sums[key], strict=True):
            if spread is None:
                continue
            self.values.add(
                f"{id}.{unit}{year}",
                spread,
                unit=unit,
                basis=basis,
                grade=weakest(*(row.grade for row in known)),
                standing=weakest_standing(*(row.standing for row in known)),
                source=_sources(known),
                derived=True,
            )


def _spreads(parts: list[tuple[StaffLine, Array]], basis: Basis, unit: Unit) -> Iterator[Spread | None]:
    """The sum in all and of each year; none of a year outside the follow-up, in which nothing was measured."""
    table = np.sum([_in_posts(line, hours) if unit == "full_time_years" else hours for line, hours in parts], axis=0)
    for draws in (table.sum(axis=0), *table):
        # What was expected of a year may be nothing.
        yield None if basis == "measured" and not draws.any() else spread_of_draws(draws)


def _in_posts(line: StaffLine, hours: Array) -> Array:
    assert line.per_full_time_year is not None
    return hours / line.per_full_time_year


def _named(lines: list[StaffLine], basis: Basis) -> Iterator[tuple[str, list[tuple[StaffLine, Array]]]]:
    """Each number of a cell: its name, and the lines it sums with their hours, by sign."""
    freed = [line for line in lines if line.part == "freed"]
    if freed:
        yield "freed", [(line, line.hours) for line in freed]
        if any(line.usable for line in freed):
            yield "usable", [(line, line.counted) for line in freed]
    for part in ("used", "moved"):
        taken = [line for line in lines if line.part == part]
        if taken:
            yield part, [(line, line.counted) for line in taken]
    if basis == "expected":
        yield "net", [(line, line.counted if line.part == "freed" else -line.counted) for line in lines]
    instead = [(line, line.avoided_growth) for line in freed if line.avoided_growth is not None]
    if instead:
        yield "avoided_growth", [(line, hours) for line, hours in instead if hours is not None]


def _known(line: StaffLine) -> list[FlowRow]:
    """What is known of a line: no better than its rows, and than what they are multiplied by."""
    return [
        replace(
            row,
            grade=weakest(row.grade, *map(grade_of, line.used)),
            standing=weakest_standing(row.standing, *(one.standing for one in line.used)),
            source="; ".join(dict.fromkeys(text for text in (row.source, *(one.source for one in line.used)) if text)),
        )
        for row in line.rows
    ]


def _sources(rows: Iterable[FlowRow]) -> str:
    return "; ".join(sorted({row.source for row in rows if row.source}))
