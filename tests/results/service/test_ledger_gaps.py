"""What the ledger lacks, and counts that do not fit, which stop nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.project.model import Project
from benefits.results.service.ledger_gaps import ledger_gaps

END = date(2025, 12, 31)


def codes(*rows: dict[str, Any], start: date = date(2025, 1, 1)) -> list[str]:
    plan = {"format": 1, "id": "p", "title": "P", "go_live": start, "ledger": rows}
    return [gap.code for gap in ledger_gaps(Project.model_validate(plan), as_of=END)]


def test_a_service_that_has_started_is_counted() -> None:
    assert codes() == ["no_ledger"]
    assert codes(start=date(2026, 1, 1)) == []
    assert codes({"date": END, "active": 0}) == []


@pytest.mark.parametrize(
    ("counts", "fit"),
    [
        ({"invited": 30, "accepted": 20, "started": 20, "active": 12, "ended": 8}, True),
        ({"invited": 20, "accepted": 21}, False),
        ({"accepted": 20, "started": 21}, False),
        ({"invited": 20, "started": 21}, False),
        ({"started": 20, "active": 15, "ended": 6}, False),
        ({"active": 15, "ended": 6}, True),
    ],
)
def test_counts_that_do_not_fit_are_told(counts: dict[str, int], fit: bool) -> None:
    assert ("ledger_counts_do_not_fit" not in codes({"date": END, **counts})) is fit


def test_what_was_used_needs_patient_months() -> None:
    assert codes({"date": END, "alerts": 9}) == ["ledger_without_patient_months"]
    assert codes({"date": END, "alerts": 9, "patient_months": 60}) == []
    # Estimated from none at the start and twelve at the end.
    assert codes({"date": END, "alerts": 9, "active": 12}) == []
