"""Values: one number per id, no number that is not finite, and the same order always."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.results import LEVEL_VALUE, Results, Value, Values


def test_an_id_can_be_set_once_only() -> None:
    values = Values()
    values.add("benefit.g1.baseline", 2.0, unit="admissions")
    with pytest.raises(ValueError, match=r"benefit\.g1\.baseline"):
        values.add("benefit.g1.baseline", 2.0, unit="admissions")
    assert len(values) == 1


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_none_with_a_reason(number: float) -> None:
    value = Values().add("a", number, unit="hours", low=number, high=1.0)
    assert (value.value, value.low, value.high) == (None, None, 1.0)
    assert value.reason == "not_finite"


def test_a_missing_number_says_why() -> None:
    values = Values()
    assert values.add("a", None, unit="hours").reason == "missing"
    assert values.add("b", None, unit="hours", reason="no_number_is_enough").reason == "no_number_is_enough"


def test_a_suppressed_number_is_not_missing() -> None:
    value = Values().add("a", None, unit="count", suppressed=True)
    assert value.suppressed
    assert not value.reason


def test_a_number_that_is_there_has_no_reason_to_be_missing() -> None:
    assert not Values().add("a", 0, unit="hours", reason="not_stated").reason


def test_a_whole_number_is_kept_as_the_same_float() -> None:
    assert repr(Values().add("a", 3, unit="count").value) == "3.0"


@given(ids=st.lists(st.text("abcdefg.12", min_size=1), unique=True))
def test_values_come_sorted_however_they_were_added(ids: list[str]) -> None:
    values = Values()
    for id in ids:
        values.add(id, 1.0, unit="count")
    assert list(values) == sorted(ids)
    assert [value.id for value in values.values()] == sorted(ids)


@pytest.mark.parametrize(
    ("unit", "low", "high", "holds"),
    [
        ("admissions", -0.5, 0.1, True),
        ("admissions", -0.5, 0.0, True),
        ("admissions", -0.5, -0.1, False),
        ("admissions", 0.1, 0.5, False),
        ("ratio", 0.8, 1.1, True),
        ("ratio", 0.8, 0.9, False),
        ("ratio", -0.1, 0.9, False),
        ("kroner", -1.0, 1.0, True),
        ("admissions", None, 0.1, False),
        ("admissions", None, None, False),
    ],
)
def test_an_interval_holds_no_effect_when_zero_or_the_ratio_one_is_in_it(
    unit: str, low: float | None, high: float | None, holds: bool
) -> None:
    assert Value(id="a", value=0.0, unit=unit, low=low, high=high).holds_no_effect is holds  # type: ignore[arg-type]


def test_the_level_of_intervals_is_a_value_like_others(kommune: Results) -> None:
    assert kommune.values["level"] == LEVEL_VALUE


@pytest.mark.parametrize("project", ["kommune", "spread"])
def test_every_value_of_a_project_is_finite_or_says_why_and_lies_in_its_interval(
    project: str, request: pytest.FixtureRequest
) -> None:
    results: Results = request.getfixturevalue(project)
    for value in results.values.values():
        assert value.value is not None or value.reason or value.suppressed, value.id
        assert (value.low is None) == (value.high is None), value.id
        if value.low is not None and value.high is not None:
            assert value.low <= value.high, value.id
            assert value.value is None or value.low <= value.value <= value.high, value.id


@pytest.mark.parametrize("project", ["kommune", "spread"])
def test_kroner_of_flows_carry_their_price_year(project: str, request: pytest.FixtureRequest) -> None:
    results: Results = request.getfixturevalue(project)
    flows = [one for one in results.values.values() if one.id.startswith(("actor.", "layer.", "transfer."))]
    assert flows
    assert {(one.unit, one.price_year) for one in flows} == {("kroner", results.project.price_year)}


def test_a_share_is_per_nothing_whatever_it_is_a_share_of() -> None:
    values = Values()
    assert values.add("agree", 0.4, unit="share", per="contact").per == "none"
    assert values.add("minutes", 12.0, unit="minutes", per="contact").per == "contact"
