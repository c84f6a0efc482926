"""How long an effect is counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.build import Built
from benefits.economics.persistence import carried, covered

Plan = dict[str, Any]
Build = Callable[..., Built]


def events(built: Built) -> list[float]:
    return [round(float(value), 9) for value in built.flows.select(unit="admissions").by_year().mean(axis=1)]


@pytest.fixture
def long(plan: Plan) -> Plan:
    """One admission a year for four years: 2025 to 2028; the target is of 2026."""
    plan["horizon_years"] = 4
    plan["patient_group"]["volume"] = dict.fromkeys(range(2025, 2029), 10.0)
    return plan


def test_an_own_assumption_lasts_to_the_end_of_the_year_of_its_target(long: Plan, build: Build) -> None:
    built = build(long)
    assert events(built) == [1.0, 1.0, 0.0, 0.0]
    assert [(gap.code, dict(gap.parameters)) for gap in built.gaps] == [("effect_not_carried", {"year": 2027})]


def test_a_ramp_that_names_a_later_year_carries_it_there(long: Plan, build: Build) -> None:
    long["benefits"][0]["target"]["ramp"] = {2025: 0.5, 2027: 1.0}
    assert events(build(long)) == [0.5, 0.5, 1.0, 0.0]


def test_without_a_target_it_lasts_the_year_of_go_live(long: Plan, build: Build) -> None:
    del long["benefits"][0]["target"]
    assert events(build(long)) == [1.0, 0.0, 0.0, 0.0]


def test_a_study_of_twelve_months_covers_half_of_two_years_from_midsummer(long: Plan, build: Build) -> None:
    """From 1 July 2025: the months of 2025 with a service are covered, and half of 2026, whatever the target says.

    0.18 fewer (odds 0.82) x 10 patients; the ratio's mean is a little above 0.82, so only proportions are compared.
    """
    long["go_live"] = date(2025, 7, 1)
    long["assumptions"]["effect"] = {"evidence": "wsd_2012.persons_admitted"}
    built = build(long, n=200)
    first, second, *rest = events(built)
    assert first > 0
    assert second == pytest.approx(first / 2)
    assert rest == [0.0, 0.0]
    cut = [gap for gap in built.gaps if gap.code == "effect_not_carried"]
    assert [dict(gap.parameters) for gap in cut] == [{"year": 2026}]


def test_a_short_study_covers_its_part_of_the_months_with_a_service() -> None:
    """Three months of the six in 2025 with a service, none of 2026."""
    found = [covered(year, go_live=date(2025, 7, 1), months=3.0, last_year=2030) for year in (2025, 2026)]
    assert found == [0.5, 0.0]


def test_what_the_project_says_is_left_is_counted_and_said_to_be_assumed(
    long: Plan, valuation: Plan, build: Build
) -> None:
    """80 % is left in 2027; nothing is said of 2028, so nothing is counted."""
    valuation["persistence"] = {2027: 0.8}
    built = build(long)
    assert events(built) == [1.0, 1.0, 0.8, 0.0]
    assert [(gap.code, dict(gap.parameters)) for gap in built.gaps] == [
        ("effect_not_carried", {"year": 2028}),
        ("effect_carried", {"year": 2027}),
    ]
    assert [(one.assumed_from, one.cut_from) for one in built.carried] == [(2027, 2028)]


def test_persistence_for_a_year_that_is_covered_or_never_comes_is_said(
    long: Plan, valuation: Plan, build: Build
) -> None:
    valuation["persistence"] = {2026: 0.5, 2027: 1.0, 2028: 1.0, 2040: 1.0}
    built = build(long)
    assert events(built) == [1.0, 1.0, 1.0, 1.0]
    assert ("persistence_unused", {"year": 2026}) in [(gap.code, dict(gap.parameters)) for gap in built.gaps]


def test_a_harm_that_is_cut_flatters_the_plan_and_says_so(long: Plan, build: Build) -> None:
    long["benefits"][0]["dis_benefit"] = True
    assert [gap.code for gap in build(long).gaps] == ["dis_benefit_not_carried"]


def test_a_study_whose_follow_up_is_not_known_is_told_of(long: Plan, build: Build) -> None:
    long["assumptions"]["effect"] = {"evidence": "cochrane_hf_2010.heart_failure_admissions"}
    assert "follow_up_unknown" in [gap.code for gap in build(long).gaps]


YEARS = st.integers(2020, 2040)


@given(
    year=YEARS,
    start=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    months=st.none() | st.floats(0, 120),
    last=st.none() | YEARS,
    stated=st.dictionaries(YEARS, st.floats(0, 1)),
)
def test_what_is_carried_lies_between_what_is_covered_and_all(
    year: int, start: date, months: float | None, last: int | None, stated: dict[int, float]
) -> None:
    known = covered(year, go_live=start, months=months, last_year=last)
    found = carried(year, go_live=start, months=months, last_year=last, persistence=stated)
    assert 0.0 <= known <= found + 1e-12 <= 1.0 + 1e-9
    assert found == pytest.approx(known + (1 - known) * stated.get(year, 0.0))
    later = covered(year + 1, go_live=start, months=months, last_year=last)
    assert later <= known + 1e-12 or year < start.year
    assert np.isfinite(found)
