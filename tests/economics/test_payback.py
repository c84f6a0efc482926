"""The year the money has been earned back, and how surely."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.payback import cumulative, payback, share_paid_back

YEARS = (2025, 2026, 2027, 2028)


@pytest.mark.parametrize(
    ("net", "year"),
    [
        # -100, -40, 20, 80
        ([-100.0, 60.0, 60.0, 60.0], 2027),
        # -100, -40, 20, -30: bought anew, and never caught up
        ([-100.0, 60.0, 60.0, -50.0], None),
        # -100, 10, -50, 10: the year that counts is the last one
        ([-100.0, 110.0, -60.0, 60.0], 2028),
        # exactly zero is earned back
        ([-100.0, 50.0, 50.0, 0.0], 2027),
        ([-100.0, 0.0, 0.0, 0.0], None),
    ],
)
def test_it_is_the_first_year_from_which_the_sum_stays_up(net: list[float], year: int | None) -> None:
    found = payback(np.array(net), years=YEARS)
    assert (found.behind, found.year, found.lowest, found.lowest_year) == (True, year, -100.0, 2025)


def test_who_is_never_behind_has_nothing_to_earn_back() -> None:
    assert not payback(np.array([0.0, 10.0, -10.0, 5.0]), years=YEARS).behind


def test_rounding_is_not_a_debt() -> None:
    """-0.3 + 0.1 + 0.2 is a hair below zero."""
    assert payback(np.array([-0.3, 0.1, 0.2, 0.0]), years=YEARS).year == 2027


def test_years_and_amounts_must_fit() -> None:
    for net, years in (([1.0], YEARS), ([], ())):
        with pytest.raises(ValueError, match="do not fit"):
            payback(np.array(net), years=years)


def test_the_share_is_of_draws_that_end_at_zero_or_above() -> None:
    """Sums over the years: -10, 0, 30, 50."""
    net = np.array([[-100.0, -100.0, -100.0, -100.0], [90.0, 100.0, 130.0, 150.0]])
    assert share_paid_back(net) == 0.75


amounts = st.lists(st.integers(-1_000_000, 1_000_000), min_size=1, max_size=30)


@given(amounts)
def test_kroner_twice_as_many_are_earned_back_in_the_same_year(yearly: list[int]) -> None:
    years = tuple(range(2025, 2025 + len(yearly)))
    once, twice = (payback(factor * np.array(yearly, dtype=float), years=years) for factor in (1.0, 2.0))
    assert (once.year, once.lowest_year) == (twice.year, twice.lowest_year)
    assert twice.lowest == 2 * once.lowest
    assert cumulative(np.array(yearly, dtype=float))[-1] == sum(yearly)
    assert (once.year is not None) == (sum(yearly) >= 0)
