"""The constructed kommune, where the truth is known: what its measured money rests on, and what it does not."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from benefits.results import Results, assess

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).resolve().parents[2] / "params" / "eksempel-kommune"
TRUE_RATIO = 0.80
"""What make_data.py multiplies the rate of those with the service by."""


@pytest.fixture(scope="module")
def kommune() -> Results:
    return assess(EXAMPLE / "project.yaml", draws=2_000)


@pytest.fixture(scope="module")
def with_the_service() -> int:
    """Admissions in 2025 of those who got the service."""
    with (EXAMPLE / "data" / "innleggelser.csv").open(encoding="utf-8") as stream:
        rows = csv.DictReader(stream, delimiter=";")
        return sum(int(row["innleggelser"]) for row in rows if row["gruppe"] == "treated" and row["maaned"][:4] == "2025")


def test_the_interval_of_avoided_admissions_covers_the_truth(kommune: Results, with_the_service: int) -> None:
    """124 with the service are 0.80 of what would have been: 155, so 31 were avoided."""
    truth = with_the_service / TRUE_RATIO - with_the_service
    avoided = kommune.values["quantity.measured.innleggelser.admissions"]
    assert (with_the_service, truth) == (124, pytest.approx(31))
    assert avoided.low is not None
    assert avoided.high is not None
    assert avoided.low < truth < avoided.high


def test_what_before_and_after_would_have_avoided_is_far_off_and_goes_into_nothing(kommune: Results) -> None:
    """1.11 an admission a year over 145 years of observation is 162; no row of flows is nearer to it than to 43."""
    naive = kommune.values["estimate.innleggelser.before_after.effect"]
    rate, exposure = kommune.values["estimate.innleggelser.difference_in_differences.observed"], 145.4
    assert rate.value is not None
    assert naive.value is not None
    assert naive.high is not None
    assert -naive.value * exposure == pytest.approx(162, abs=2)
    assert -naive.high * exposure > 31
    measured = kommune.flows.select(basis="measured", unit="admissions")
    assert measured.total().mean() == pytest.approx(42.8, abs=0.2)
    assert float(np.quantile(measured.total(), 0.975)) < -naive.high * exposure


def test_closing_beds_is_no_money_while_nobody_has_it_to_do(kommune: Results) -> None:
    """Half of the beds are filled again, so 8 per cent of the whole is cash; a fifth more waits for an owner and a date."""
    whole, cash = (kommune.values[f"layer.measured.innleggelser.{part}"].value or 0 for part in ("whole", "cash"))
    assert cash == pytest.approx(0.08 * whole, rel=1e-2)
    codes = {gap.code for gap in kommune.gaps if gap.subject == "innleggelser"}
    assert {"cash_without_owner", "cash_without_due"} <= codes
    assert "replacement_not_assessed" not in {gap.code for gap in kommune.gaps}


@pytest.mark.parametrize("quantity", ["quantity", "cash"])
def test_the_bridge_from_plan_to_what_was_measured_sums_exactly(kommune: Results, quantity: str) -> None:
    (bridge,) = kommune.plan_bridges
    steps = bridge.quantity if quantity == "quantity" else bridge.cash
    assert steps is not None
    of = kommune.values
    causes = sum(of[id].value or 0 for _, id in steps.causes)
    assert (of[steps.start].value or 0) + causes == pytest.approx(of[steps.end].value, abs=1e-9, rel=1e-12)
    measured = "quantity.measured.innleggelser.admissions" if quantity == "quantity" else "layer.measured.innleggelser.cash"
    assert of[steps.end].value == pytest.approx(of[measured].value, rel=1e-9)
