"""Rules on the ledger: counts of all so far do not fall, reasons do not outnumber the ended, amounts are of a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from benefits.errors import Parameter
from benefits.project.model import LedgerRow, Project
from benefits.project.rules_common import Broken

REASONS = ("completed", "fell_out", "died", "other_reason")
CUMULATIVE = ("invited", "accepted", "started", "ended", *REASONS)
"""Counts of all up to the date."""
AMOUNTS = ("patient_months", "alerts", "minutes", "cost")
"""What is of the time since the row before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A number of a row that cannot be: which row (from zero, as given), which key, and the rule it breaks."""

    at: int
    key: str
    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


def misfits(rows: Sequence[LedgerRow], *, go_live: date | None) -> Iterator[Misfit]:
    """Yield every number of a ledger that cannot be, given the others.

    Parameters
    ----------
    rows
        In any order; those of a ledger in the project file and of a table beside it together.
    go_live
        When the service started.

    Examples
    --------
    >>> rows = [LedgerRow(date=date(2025, 6, 30), started=12), LedgerRow(date=date(2025, 12, 31), started=9)]
    >>> [(one.at, one.key, one.code) for one in misfits(rows, go_live=None)]
    [(1, 'started', 'ledger_count_falls')]
    """
    yield from _falling(rows)
    yield from _more_reasons(rows)
    yield from _without_time(rows, go_live=go_live)


def ledger_count_falls(project: Project) -> Iterator[Broken]:
    """A count of all up to a date is no lower than at an earlier date."""
    yield from _broken(project, _falling(project.ledger))


def ledger_reasons_above_ended(project: Project) -> Iterator[Broken]:
    """No more have completed, fallen out, died or ended for other reasons than have ended."""
    yield from _broken(project, _more_reasons(project.ledger))


def ledger_amount_without_time(project: Project) -> Iterator[Broken]:
    """An amount of the first row is of the time since the service started, so that start is known and earlier."""
    yield from _broken(project, _without_time(project.ledger, go_live=project.go_live))


def _broken(project: Project, found: Iterator[Misfit]) -> Iterator[Broken]:
    """A ledger with a table beside it is looked at when both have been read: the rows are one ledger."""
    if project.ledger_file is not None:
        return
    for one in found:
        loc = ("ledger", one.at, one.key)
        yield Broken(loc=loc, code=one.code, parameters=one.parameters, needs=(("go_live",),) if _of_start(one) else ())


def _of_start(one: Misfit) -> bool:
    return one.code == "ledger_amount_without_time"


def _falling(rows: Sequence[LedgerRow]) -> Iterator[Misfit]:
    ordered = _in_order(rows)
    for name in CUMULATIVE:
        stated = [(at, number) for at in ordered if (number := getattr(rows[at], name)) is not None]
        highest: tuple[int, int] | None = None
        for at, number in stated:
            if highest is not None and number < highest[1]:
                before: dict[str, Parameter] = {"before": highest[1], "date": rows[highest[0]].date.isoformat()}
                yield Misfit(at=at, key=name, code="ledger_count_falls", parameters=before)
            else:
                highest = (at, number)


def _more_reasons(rows: Sequence[LedgerRow]) -> Iterator[Misfit]:
    for at, row in enumerate(rows):
        reasons = sum(number for name in REASONS if (number := getattr(row, name)) is not None)
        if row.ended is not None and reasons > row.ended:
            numbers: dict[str, Parameter] = {"reasons": reasons, "ended": row.ended}
            yield Misfit(at=at, key="ended", code="ledger_reasons_above_ended", parameters=numbers)


def _without_time(rows: Sequence[LedgerRow], *, go_live: date | None) -> Iterator[Misfit]:
    for at in _in_order(rows)[:1]:
        for name in AMOUNTS:
            if getattr(rows[at], name) is not None and (go_live is None or rows[at].date < go_live):
                yield Misfit(at=at, key=name, code="ledger_amount_without_time")


def _in_order(rows: Sequence[LedgerRow]) -> list[int]:
    return sorted(range(len(rows)), key=lambda at: rows[at].date)
