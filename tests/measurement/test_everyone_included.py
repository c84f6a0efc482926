from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from benefits.measurement import Estimate
from benefits.measurement.applying import apply
from benefits.measurement.checks.everyone_included import everyone_included
from benefits.measurement.contract import Check


@pytest.fixture(scope="module")
def estimate() -> Estimate:
    frame = pd.DataFrame(
        {"period": pd.date_range("2023-01-01", periods=24, freq="MS"), "count": [2, 3] * 6 + [1, 2] * 6}
    )
    answer = apply("before_after", frame, go_live=date(2024, 1, 1))
    assert isinstance(answer, Estimate)
    return replace(answer, checks=(Check(code="season_balanced", passed=True),), grade="before_after")


def test_with_everyone_only_the_check_is_added(estimate):
    answer = everyone_included(estimate, only_active=False)
    assert answer == replace(estimate, checks=answer.checks)
    assert answer.checks[-1] == Check(code="everyone_included", passed=True)


def test_of_the_active_only_it_has_a_name_of_its_own_and_is_weaker(estimate):
    answer = everyone_included(estimate, only_active=True)
    assert (answer.method, answer.grade) == ("before_after.only_active", "reported")
    assert answer.checks[-1].passed is False


def test_a_grade_is_lowered_once_however_many_checks_fail(estimate):
    failed = replace(estimate, checks=(Check(code="season_balanced", passed=False),), grade="reported")
    assert everyone_included(failed, only_active=True).grade == "reported"
