"""Benefits that free the same thing share what there is of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.build import Built
from benefits.economics.pools import share_left

Plan = dict[str, Any]
Build = Callable[..., Built]


@pytest.fixture
def two(plan: Plan, valuation: Plan) -> Plan:
    """One admission a year avoided by each of two benefits at the same hospital: ten bed-days, of eight there are."""
    valuation["pool"] = "beds"
    second = {**plan["benefits"][0], "id": "g2", "valuation": {**valuation}}
    plan["benefits"] = (plan["benefits"][0], second)
    plan["assumptions"]["beds"] = {"value": 8.0, "unit": "bed_days"}
    plan["pools"] = ({"id": "beds", "title": "Senger", "unit": "bed_days", "per_year": "beds"},)
    return plan


def days(built: Built) -> list[float]:
    found = built.flows.select(unit="bed_days", basis="expected")
    return [float(np.asarray(line.values)[0, 0]) for line in found.lines()]


def test_what_is_freed_beyond_what_there_is_is_scaled_down_alike(two: Plan, build: Build) -> None:
    """5 + 5 bed-days of 8: 4 each, and four fifths of the kroner: 0.8 x 8 359.68 = 6 687.744 in cash."""
    built = build(two)
    assert days(built) == pytest.approx([4.0, 4.0])
    cash = built.flows.select(layer="cash", item="g1", basis="expected")
    assert cash.by_year()[0, 0] == pytest.approx(6_687.744)
    assert [(gap.code, gap.subject, dict(gap.parameters)) for gap in built.gaps] == [
        ("pool_exceeded", "pool.beds", {"year": 2025})
    ]


def test_a_pool_that_is_large_enough_changes_nothing(two: Plan, build: Build) -> None:
    two["assumptions"]["beds"]["value"] = 10.0
    built = build(two)
    assert days(built) == pytest.approx([5.0, 5.0])
    assert built.gaps == ()


def test_one_that_takes_up_more_is_not_scaled(two: Plan, build: Build) -> None:
    """More admissions in the second take five days up; the first frees 5 of the 4 there are."""
    two["assumptions"]["worse"] = {"value": 1.1, "unit": "ratio"}
    two["assumptions"]["beds"]["value"] = 4.0
    two["benefits"][1]["valuation"]["effect"] = "worse"
    assert days(build(two)) == pytest.approx([4.0, -5.0])


def test_without_a_pool_two_that_free_the_same_are_told_of(two: Plan, build: Build) -> None:
    del two["benefits"][1]["valuation"]["pool"]
    built = build(two)
    assert days(built) == pytest.approx([5.0, 5.0])
    assert [(gap.code, gap.subject, dict(gap.parameters)) for gap in built.gaps] == [
        ("same_admissions", "g2", {"name": "g1"}),
        ("same_bed_days", "g2", {"name": "g1"}),
    ]


@pytest.mark.parametrize(("unit", "there_is"), [("hours", 1.5), ("minutes", 90.0)])
@pytest.mark.parametrize(("per_event", "written_in"), [(60.0, "minutes"), (1.0, "hours")])
def test_minutes_and_hours_are_each_others(
    two: Plan, build: Build, unit: str, there_is: float, per_event: float, written_in: str
) -> None:
    """One admission each, of an hour's work: 2 hours, of the one and a half there is."""
    for benefit in two["benefits"]:
        benefit["valuation"]["hours"] = "work"
    two["assumptions"]["work"] = {"value": per_event, "unit": written_in, "per": "event"}
    two["assumptions"]["staff_hours"] = {"value": there_is, "unit": unit}
    two["pools"] = ({**two["pools"][0], "unit": unit, "per_year": "staff_hours"},)
    built = build(two)
    admissions = built.flows.select(unit="admissions", basis="expected")
    assert [float(np.asarray(line.values)[0, 0]) for line in admissions.lines()] == pytest.approx([0.75, 0.75])
    assert "pool_exceeded" in [gap.code for gap in built.gaps]


@pytest.mark.parametrize(("unit", "code"), [("bed_days", "pool_in_other_unit"), ("hours", "pool_without_number")])
def test_a_pool_that_cannot_be_checked_says_so(two: Plan, valuation: Plan, build: Build, unit: str, code: str) -> None:
    del valuation["bed_days"]
    two["pools"] = ({**two["pools"][0], "unit": unit},)
    assert code in [gap.code for gap in build(two).gaps]


@given(
    freed=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=4),
    there_is=st.floats(0, 1e6),
)
def test_what_is_left_is_never_more_than_there_is_nor_than_was_claimed(freed: Sequence[float], there_is: float) -> None:
    left = share_left([np.array([[one]]) for one in freed], there_is=np.array([there_is]))[0, 0]
    claimed = sum(max(one, 0.0) for one in freed)
    assert 0.0 <= left <= 1.0
    assert left * claimed <= there_is * (1 + 1e-9) + 1e-9
    assert left == 1.0 or left * claimed == pytest.approx(there_is)
