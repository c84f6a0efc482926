"""What the results rest on that differs: files, data known to a later day, and the numbers a project states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from benefits.results.comparison.earlier import Earlier
from benefits.results.comparison.model import FileChange, KnownChange
from benefits.results.model import Results
from benefits.results.values import Value

STATED = re.compile(
    r"assumption\..+|cost\..+|financing\..+|project\.volume\.\d+|project\.horizon|service\.[^.]+\.(input\..+|agreed)"
    r"|reference\..+|discount_rate\..+|benefit\.[^.]+\.baseline"
)
"""Ids of the numbers results rest on; what is worked out from them is told of by what it moved."""
LEDGER = re.compile(r"ledger\.(?P<date>\d{4}-\d\d-\d\d)\.(?P<field>[a-z_]+)")
UPTAKE = ("invited", "accepted", "started", "active", "ended")
"""What a ledger counts of patients at a date; what is of the time since the row before is of another time."""
COMPARED = ("value", "low", "high", "unit", "per", "price_year", "source", "standing")


def file_changes(earlier: Earlier, results: Results) -> Iterator[FileChange]:
    """Yield every file that differs, by its fingerprint; the reports that were held against are no inputs of theirs."""
    held = earlier.held.since.file if earlier.held.since is not None else ""
    old, new = {name: one for name, one in earlier.held.inputs.items() if name != held}, results.files
    for name in sorted({*old, *new}):
        if name not in new:
            yield FileChange(file=name, fate="gone")
        elif name not in old:
            yield FileChange(file=name, fate="new")
        elif old[name] != new[name]:
            yield FileChange(file=name, fate="changed")


def known_changes(earlier: Earlier, results: Results) -> Iterator[KnownChange]:
    """Yield the data that are known to another day than they were."""
    if earlier.held.compared_by is None:
        return
    old: Mapping[str, date | None] = earlier.held.compared_by.known_until
    new = {one.data: one.last for one in results.quality}
    for data in dict.fromkeys([*new, *old]):
        if old.get(data) != new.get(data):
            yield KnownChange(data=data, old=old.get(data), new=new.get(data))


def number_changes(old: Mapping[str, Value], new: Mapping[str, Value], *, told: frozenset[str]) -> Iterator[str]:
    """Yield the ids of stated numbers that moved, came, went, or have another source or standing.

    Parameters
    ----------
    old, new
        Values by id, then and now.
    told
        Ids that something else tells of.
    """
    for id in sorted({*old, *new} - told):
        if STATED.fullmatch(id) and _compared(old.get(id)) != _compared(new.get(id)):
            yield id


def _compared(value: Value | None) -> tuple[Any, ...] | None:
    return tuple(getattr(value, name) for name in COMPARED) if value is not None else None


def latest_row(values: Mapping[str, Value]) -> dict[str, str]:
    """Return the numbers of the last row of the ledger: Value ids by field.

    Examples
    --------
    >>> rows = ("ledger.2025-06-30.started", "ledger.2025-12-31.started", "ledger.2025-12-31.started.share")
    >>> latest_row({id: Value(id=id, value=8.0, unit="persons") for id in rows})
    {'started': 'ledger.2025-12-31.started'}
    """
    rows = [found for id in values if (found := LEDGER.fullmatch(id)) is not None]
    last = max((row["date"] for row in rows), default="")
    of_last = {row["field"]: row[0] for row in rows if row["date"] == last}
    return {field: of_last[field] for field in UPTAKE if field in of_last}
