"""Innfasing year by year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.ramp import share_reached

YEAR = st.integers(2000, 2050)


@pytest.mark.parametrize(
    ("year", "ramp", "expected"),
    [
        (2026, {2026: 0.4}, 0.4),
        (2024, {}, 0.0),
        (2024, {2024: 0.1}, 0.1),
        (2027, {2026: 0.4}, 0.4),
        (2025, {2026: 0.4}, 0.0),
        (2025, {}, 1.0),
        (2028, {2026: 0.4}, 0.4),
        (2029, {2026: 0.4}, 1.0),
        (2029, {2026: 0.4, 2029: 0.6}, 0.6),
    ],
)
def test_the_first_rule_that_answers_decides(year: int, ramp: dict[int, float], expected: float) -> None:
    assert share_reached(year, ramp=ramp, go_live_year=2025, target_year=2028) == expected


def test_without_dates_the_latest_named_share_holds() -> None:
    assert share_reached(2040, ramp={2026: 0.4}, go_live_year=None, target_year=None) == 0.4


@given(YEAR, st.dictionaries(YEAR, st.floats(0, 1)), st.none() | YEAR, st.none() | YEAR)
def test_it_is_always_a_share(year: int, ramp: dict[int, float], go_live: int | None, target: int | None) -> None:
    assert 0.0 <= share_reached(year, ramp=ramp, go_live_year=go_live, target_year=target) <= 1.0
