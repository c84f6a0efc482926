"""Holds what a source printed about a table against the table itself; neither side is mended."""

from __future__ import annotations

from collections.abc import Iterable

from benefits.project.portfolio import Printed, Selection
from benefits.results.portfolio.model import Held
from benefits.results.portfolio.registry import RegistryRow
from benefits.results.values import Values
from benefits.vocabulary import Unit

PREFIX = "portfolio.printed"
_SLACK = 1e-9


def selected(rows: Iterable[RegistryRow], of: Selection) -> tuple[tuple[RegistryRow, ...], tuple[RegistryRow, ...]]:
    """Return the rows of a selection, and the rows that could have been in it.

    A row in which something that is selected on was not printed is in neither.

    Examples
    --------
    >>> printed = (50.0, 300.0, None)
    >>> rows = [RegistryRow(line=n, number=n, project="p", hours=hours) for n, hours in enumerate(printed)]
    >>> chosen, whole = selected(rows, Selection(hours_below=100))
    >>> len(chosen), len(whole)
    (1, 2)
    """
    names = [name for name in ("round", "health_region", "dho") if getattr(of, name) is not None]
    if of.on_hours:
        names.append("hours")
    whole = tuple(row for row in rows if all(getattr(row, name) is not None for name in names))
    return tuple(row for row in whole if _is_chosen(row, of)), whole


def _is_chosen(row: RegistryRow, of: Selection) -> bool:
    for name in ("round", "health_region", "dho"):
        wanted = getattr(of, name)
        if wanted is not None and getattr(row, name) != wanted:
            return False
    if not of.on_hours:
        return True
    hours = row.hours
    assert hours is not None
    return (
        (of.hours_below is None or hours < of.hours_below)
        and (of.hours_from is None or hours >= of.hours_from)
        and (of.hours_to is None or hours <= of.hours_to)
        and (of.hours_above is None or hours > of.hours_above)
    )


def hold(printed: Iterable[Printed], rows: tuple[RegistryRow, ...], values: Values, *, source: str) -> tuple[Held, ...]:
    """Return every printed statement beside what the table gives, with both as Values.

    Parameters
    ----------
    printed
        What the source says.
    rows
        The table.
    values
        Receives the numbers, as ``portfolio.printed.projects.table``.
    source
        The name of the source.
    """
    return tuple(_held(one, rows, values, source) for one in printed)


def _held(printed: Printed, rows: tuple[RegistryRow, ...], values: Values, source: str) -> Held:
    prefix = f"{PREFIX}.{printed.id}"
    unit = _unit(printed)
    table = None
    found = None
    if printed.figure is not None:
        chosen, whole = selected(rows, printed.of)
        found = _figure(printed, chosen, whole)
        table = f"{prefix}.table"
        values.add(table, found, unit=unit, reason="not_printed")
        if printed.figure == "share_of_rows":
            values.add(f"{prefix}.chosen", len(chosen), unit="count")
            values.add(f"{prefix}.whole", len(whole), unit="count")
    ids: list[str | None] = []
    agree: list[bool | None] = []
    for number, statement in enumerate(printed.statements, start=1):
        id = f"{prefix}.statement.{number}"
        if statement.value is not None:
            values.add(id, statement.value, unit=unit, source=source)
        ids.append(id if statement.value is not None else None)
        known = statement.value is not None and found is not None
        agree.append(_agrees(statement.value or 0.0, found or 0.0, statement.within) if known else None)
    return Held(printed=printed, statements=tuple(ids), table=table, agree=tuple(agree))


def _agrees(printed: float, found: float, within: float) -> bool:
    return abs(printed - found) <= within + _SLACK


def _unit(printed: Printed) -> Unit:
    if printed.figure == "share_of_rows":
        return "share"
    return "hours" if printed.figure in {"hours", "least_hours", "most_hours"} else "count"


def _figure(printed: Printed, chosen: tuple[RegistryRow, ...], whole: tuple[RegistryRow, ...]) -> float | None:
    if printed.figure == "rows":
        return len(chosen)
    if printed.figure == "share_of_rows":
        return len(chosen) / len(whole) if whole else None
    hours = [row.hours for row in chosen if row.hours is not None]
    if not hours:
        return None
    if printed.figure == "least_hours":
        return min(hours)
    return max(hours) if printed.figure == "most_hours" else sum(hours)
