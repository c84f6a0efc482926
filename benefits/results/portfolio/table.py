"""What the table of a portfolio holds: rows and hours by region, phase and kind, and how much was not printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from benefits.results.portfolio.registry import RegistryRow
from benefits.results.values import Values
from benefits.vocabulary import HealthRegion, Phase, words

COLUMNS = ("round", "owner", "hours", "phase_start", "phase_end", "health_region", "dho")
"""Columns in which a cell may be empty."""
PREFIX = "portfolio.registry"


def add_table_values(
    rows: tuple[RegistryRow, ...], columns: frozenset[str], values: Values, *, source: str = ""
) -> None:
    """Add counts and sums of a table.

    Parameters
    ----------
    rows
        The table.
    columns
        The columns it has; of the others nothing is said.
    values
        Receives the numbers, as ``portfolio.registry.rows``.
    source
        Where the table was printed.
    """
    if not rows:
        return

    def count(id: str, chosen: Iterable[RegistryRow]) -> None:
        values.add(f"{PREFIX}.{id}", len(list(chosen)), unit="count", source=source)

    count("rows", rows)
    for column in COLUMNS:
        if column in columns:
            count(f"not_printed.{column}", (row for row in rows if getattr(row, column) is None))
    if "hours" in columns:
        count("rows_with_hours", (row for row in rows if row.hours is not None))
        _hours("hours", rows, values, source)
        for row in rows:
            if row.hours is not None:
                values.add(f"{PREFIX}.row.{row.number}.hours", row.hours, unit="hours", source=source)
    if "health_region" in columns:
        for region in (*words(HealthRegion), None):
            chosen = [row for row in rows if row.health_region == region]
            if chosen or region is not None:
                count(f"region.{region or 'blank'}.rows", chosen)
                if "hours" in columns:
                    count(f"region.{region or 'blank'}.rows_with_hours", _with_hours(chosen))
                    _hours(f"region.{region or 'blank'}.hours", chosen, values, source)
    if {"phase_start", "phase_end"} <= columns:
        for phase in words(Phase):
            count(f"phase.{phase}.start", (row for row in rows if row.phase_start == phase))
            count(f"phase.{phase}.end", (row for row in rows if row.phase_end == phase))
        for name, holds in MOVES.items():
            count(f"phase.{name}", (row for row in rows if holds(row)))
    if "dho" in columns:
        count("dho", (row for row in rows if row.dho))


def _steps(row: RegistryRow) -> int | None:
    """How many phases a project moved on; none when a phase was not printed."""
    if row.phase_start is None or row.phase_end is None:
        return None
    order = words(Phase)
    return order.index(row.phase_end) - order.index(row.phase_start)


MOVES: dict[str, Callable[[RegistryRow], bool]] = {
    "further": lambda row: (_steps(row) or 0) > 0,
    "same": lambda row: _steps(row) == 0,
    "back": lambda row: (_steps(row) or 0) < 0,
    "blank": lambda row: _steps(row) is None,
}
"""Where a project stood at the end, seen from where it started."""


def _with_hours(rows: Iterable[RegistryRow]) -> list[RegistryRow]:
    return [row for row in rows if row.hours is not None]


def _hours(id: str, rows: Iterable[RegistryRow], values: Values, source: str) -> None:
    """The hours printed, added; of rows without any, that none were printed rather than zero."""
    printed = [row.hours for row in rows if row.hours is not None]
    total = sum(printed) if printed else None
    values.add(f"{PREFIX}.{id}", total, unit="hours", source=source, reason="not_printed")
