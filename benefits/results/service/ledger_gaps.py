"""What the ledger of a service lacks, and where its counts do not fit together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from benefits.errors import Gap
from benefits.project.model import LedgerRow, Project
from benefits.results.service.ledger_values import RATES
from benefits.results.service.time import timed

WEIGHTS: Mapping[str, int] = MappingProxyType(
    {"no_ledger": 46, "ledger_counts_do_not_fit": 41, "ledger_without_patient_months": 32}
)
"""How much each weighs among what a plan lacks."""
_WITHIN = (("invited", "accepted"), ("accepted", "started"), ("invited", "started"))


def ledger_gaps(project: Project, *, as_of: date) -> tuple[Gap, ...]:
    """Return what the ledger of a project lacks at a date.

    Counts that do not fit stop nothing: a service may take in others than those it invited.

    Parameters
    ----------
    project
        With the rows of the ledger that are known at the date.
    as_of
        The date.

    Examples
    --------
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "go_live": date(2025, 1, 1)})
    >>> [gap.code for gap in ledger_gaps(project, as_of=date(2025, 6, 30))]
    ['no_ledger']
    """
    return tuple(Gap(code=code, weight=WEIGHTS[code]) for code in _codes(project, as_of))


def _codes(project: Project, as_of: date) -> Iterator[str]:
    started = project.go_live is not None and project.go_live <= as_of
    if started and not project.ledger:
        yield "no_ledger"
    if any(not _fits(row) for row in project.ledger):
        yield "ledger_counts_do_not_fit"
    rows = timed(project.ledger, go_live=project.go_live)
    if any(one.patient_months is None and any(getattr(one.row, name) is not None for name in RATES) for one in rows):
        yield "ledger_without_patient_months"


def _fits(row: LedgerRow) -> bool:
    pairs = [(getattr(row, whole), getattr(row, part)) for whole, part in _WITHIN]
    if any(whole is not None and part is not None and part > whole for whole, part in pairs):
        return False
    return row.started is None or (row.active or 0) + (row.ended or 0) <= row.started
