"""Annuities against printed factors, against a loan paid down year by year, and at rates that fall in steps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.annuity import annuity, annuity_factor
from benefits.economics.present_value import DiscountRate, RateStep, discount_factors, level

OFFICIAL = DiscountRate(steps=(RateStep(rate=0.04, last=40), RateStep(rate=0.03, last=75), RateStep(rate=0.02)))
rates = st.floats(0.001, 0.2)


@pytest.mark.parametrize(("years", "factor"), [(3, 2.7751), (5, 4.4518), (10, 8.1109), (15, 11.1184), (40, 19.7928)])
def test_four_per_cent_gives_the_factors_of_printed_tables(years: int, factor: float) -> None:
    assert annuity_factor(rate=0.04, years=years) == pytest.approx(factor, abs=5e-5)
    assert annuity_factor(rate=OFFICIAL, years=years) == pytest.approx(factor, abs=5e-5)


def test_in_steps_it_goes_on_at_the_lower_rates_and_for_ever() -> None:
    """19.79277 to year 40; then 0.208289 x (1 - 1.03**-35) / 0.03 = 4.47555; then 0.074023 / 0.02 = 3.70114."""
    assert annuity_factor(rate=OFFICIAL, years=75) == pytest.approx(24.2683, abs=5e-5)
    assert annuity_factor(rate=OFFICIAL, years=math.inf) == pytest.approx(27.9694, abs=5e-5)
    assert annuity_factor(rate=0.04, years=math.inf) == pytest.approx(25.0)


@given(st.integers(1, 90), rates)
def test_over_whole_years_it_is_the_sum_of_the_discount_factors(years: int, rate: float) -> None:
    for used in (level(rate), OFFICIAL):
        factors = discount_factors(rate=used, years=tuple(range(1, years + 1)), base_year=0)
        assert annuity_factor(rate=used, years=years) == pytest.approx(float(factors.sum()), rel=1e-9)


@given(st.floats(1_000, 1e7), st.integers(1, 40), rates, st.floats(0.0, 1.0))
def test_a_loan_paid_down_by_it_leaves_the_last_value(price: float, years: int, rate: float, share: float) -> None:
    each = float(annuity(price, rate=rate, years=years, residual=share * price))
    owed = price
    for _ in range(years):
        owed = owed * (1 + rate) - each
    assert owed == pytest.approx(share * price, abs=1e-6 * price * (1 + rate) ** years)


@given(st.floats(1, 1e7), st.floats(0.5, 80), rates)
def test_a_price_twice_as_high_costs_twice_as_much_a_year(price: float, years: float, rate: float) -> None:
    once, twice = (float(annuity(one, rate=rate, years=years)) for one in (price, 2 * price))
    assert twice == pytest.approx(2 * once)


def test_without_a_rate_it_is_the_straight_line() -> None:
    """(12 000 - 2 000) / 4 = 2 500, also for a lifetime of months: 12 000 / 2.5 = 4 800."""
    assert float(annuity(12_000.0, rate=0.0, years=4, residual=2_000.0)) == 2_500.0
    assert float(annuity(12_000.0, rate=0.0, years=30 / 12)) == pytest.approx(4_800.0)


def test_each_draw_of_an_uncertain_price_has_its_own() -> None:
    assert annuity(np.array([1_000.0, 2_000.0]), rate=0.04, years=5).tolist() == pytest.approx(
        [224.627, 449.254], abs=1e-3
    )


@pytest.mark.parametrize(("rate", "years"), [(0.04, 0.0), (0.04, -1.0), (0.04, math.nan), (0.0, math.inf)])
def test_no_time_and_a_sum_without_end_are_refused(rate: float, years: float) -> None:
    with pytest.raises(ValueError, match=r"no time|without end"):
        annuity_factor(rate=rate, years=years)
