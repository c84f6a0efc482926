"""The staff matrix as Values: actor, profession and year, in hours and full-time years; expected and measured apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from benefits.economics.arrays import Array
from benefits.economics.flows import FlowRow
from benefits.economics.inputs import weakest_standing
from benefits.economics.pricing import grade_of
from benefits.economics.staff import NOT_STATED, RELATIVES, StaffLine
from benefits.results.spread import in_all_and_by_year, spread_of_draws
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
    for basis in BASES:
        here = [line for line in lines if line.basis == basis]
        for actor in (one for one in actors if any(line.actor == one for line in here)):
            own = [line for line in here if line.actor == actor]
            staff = [line for line in own if line.profession != RELATIVES]
            for profession in (one for one in _PROFESSIONS if any(line.profession == one for line in own)):
                cell = [line for line in own if line.profession == profession]
                rows.append(_cell(cell, actor, profession, basis, years, values))
            if staff:
                rows.append(_cell(staff, actor, ALL, basis, years, values))
        everybody = [line for line in here if line.profession != RELATIVES]
        if everybody:
            rows.append(_cell(everybody, "", ALL, basis, years, values))
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


def _cell(
    lines: list[StaffLine], actor: str, profession: str, basis: Basis, years: tuple[int, ...], values: Values
) -> StaffRow:
    prefix = f"staff.{basis}.{actor}.{profession}" if actor else f"{EVERYBODY}.{basis}"
    names: list[str] = []
    in_posts: list[str] = []
    for name, parts in _named(lines, basis):
        names.append(name)
        used = [line for line, _ in parts]
        hours = np.sum([table for _, table in parts], axis=0)
        _add(f"{prefix}.{name}.hours", hours, used, basis, "hours", years, values)
        if all(line.per_full_time_year is not None for line in used):
            in_posts.append(name)
            each = [table / line.per_full_time_year for line, table in parts if line.per_full_time_year is not None]
            posts = np.sum(each, axis=0)
            _add(f"{prefix}.{name}.full_time_years", posts, used, basis, "full_time_years", years, values)
    return StaffRow(
        actor=actor,
        profession=profession,
        basis=basis,
        prefix=prefix,
        names=tuple(names),
        full_time_years=tuple(in_posts),
    )


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


def _add(
    id: str,
    table: Array,
    lines: list[StaffLine],
    basis: Basis,
    unit: Unit,
    years: tuple[int, ...],
    values: Values,
) -> None:
    known = [row for line in lines for row in _known(line)]
    for each, draws in in_all_and_by_year(id, years, table):
        # Nothing was measured in a year outside the follow-up; what was expected of a year may be nothing.
        if basis == "measured" and not draws.any():
            continue
        spread = spread_of_draws(draws)
        values.add(
            each,
            spread.mean,
            low=spread.low,
            high=spread.high,
            unit=unit,
            basis=basis,
            grade=weakest(*(row.grade for row in known)),
            standing=weakest_standing(*(row.standing for row in known)),
            source=_sources(known),
            derived=True,
        )


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
