"""Present value with a rate in steps, against tables of annuities and arithmetic done another way."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.present_value import (
    DiscountRate,
    RateStep,
    discount_factors,
    known_rates,
    level,
    present_value,
)
from benefits.reference.values import NoValueYet, load_library

OFFICIAL = DiscountRate(steps=(RateStep(rate=0.04, last=40), RateStep(rate=0.03, last=75), RateStep(rate=0.02)))


def annuity(rate: DiscountRate, years: int) -> float:
    """A krone at the end of each year, the first a year after the base year."""
    return float(discount_factors(rate=rate, years=tuple(range(2001, 2001 + years)), base_year=2000).sum())


@pytest.mark.parametrize(("years", "factor"), [(3, 2.7751), (5, 4.4518), (10, 8.1109), (15, 11.1184), (40, 19.7928)])
def test_four_per_cent_gives_the_annuities_of_printed_tables(years: int, factor: float) -> None:
    assert annuity(level(0.04), years) == pytest.approx(factor, abs=5e-5)
    assert annuity(OFFICIAL, years) == pytest.approx(factor, abs=5e-5)


def test_the_steps_give_the_annuity_worked_out_step_by_step() -> None:
    """40 years at 4 %, 19.79277; 35 at 3 %, (1 - 1.03**-35) / 0.03 = 21.48722, times 1.04**-40 = 0.208289: 4.47556."""
    assert annuity(OFFICIAL, 75) == pytest.approx(19.79277 + 21.48722 * 0.208289, abs=1e-4)
    assert annuity(OFFICIAL, 75) == pytest.approx(24.2683, abs=5e-5)


def test_year_forty_is_the_last_at_four_per_cent_and_year_seventy_five_the_last_at_three() -> None:
    factors = discount_factors(rate=OFFICIAL, years=(40, 41, 75, 76), base_year=0)
    assert factors[0] == pytest.approx(0.20829, abs=5e-6)
    assert factors[1] == pytest.approx(factors[0] / 1.03)
    assert factors[3] == pytest.approx(factors[2] / 1.02)


def test_when_the_first_year_is_discounted_each_rate_ends_a_year_earlier() -> None:
    """The first year is year 1: calendar year 39 is the fortieth, the last at 4 %; 74 the last at 3 %."""
    years = (0, 39, 40, 74, 75)
    early = discount_factors(rate=OFFICIAL, years=years, base_year=0, discount_first_year=True)
    later = discount_factors(rate=OFFICIAL, years=tuple(year + 1 for year in years), base_year=0)
    assert early.tolist() == later.tolist()
    assert early[0] == pytest.approx(1 / 1.04)
    assert early[2] == pytest.approx(early[1] / 1.03)
    assert early[4] == pytest.approx(early[3] / 1.02)


def test_the_base_year_is_not_discounted_and_years_may_be_left_out() -> None:
    """100 now, 104 in a year and 1.04**3 x 100 = 112.4864 in three years are worth 100 each."""
    factors = discount_factors(rate=OFFICIAL, years=(2024, 2025, 2027), base_year=2024)
    amounts = np.array([[100.0], [104.0], [112.4864]])
    assert present_value(amounts, factors=factors).tolist() == pytest.approx([300.0])


def test_nothing_is_discounted_backwards() -> None:
    with pytest.raises(ValueError, match="before the base year"):
        discount_factors(rate=OFFICIAL, years=(2023, 2024), base_year=2024)


def test_amounts_and_factors_must_be_of_the_same_years() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        present_value(np.ones((3, 2)), factors=np.ones(2))


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (RateStep(rate=0.04, last=40),),
        (RateStep(rate=0.04), RateStep(rate=0.03)),
        (RateStep(rate=0.04, last=75), RateStep(rate=0.03, last=40), RateStep(rate=0.02)),
        (RateStep(rate=-1.0),),
    ],
)
def test_steps_that_do_not_follow_each_other_are_refused(steps: Any) -> None:
    with pytest.raises(ValueError, match=r"do not follow|above minus one"):
        DiscountRate(steps=steps)


def test_the_library_gives_the_circular_of_its_date_with_its_source() -> None:
    known = known_rates(load_library(), on=date(2024, 12, 31))
    assert known.stepwise == OFFICIAL
    assert {value.valid_from for value in known.values} == {date(2021, 6, 25)}
    assert all("R-109/21" in value.source.title and value.warning is not None for value in known.values)
    assert {one.valid_from.year for one in known_rates(load_library(), on=date(2020, 1, 1)).values} == {2014}
    with pytest.raises(NoValueYet):
        known_rates(load_library(), on=date(2010, 1, 1))


amounts = st.lists(st.integers(-1_000_000, 1_000_000), min_size=1, max_size=90)


@given(amounts)
def test_the_sum_is_that_of_exact_fractions(yearly: list[int]) -> None:
    """Worked backwards, as one pays off: what stands at the end of a year is divided by that year's rate."""
    worth = Fraction(0)
    for year in range(len(yearly) - 1, -1, -1):
        worth += yearly[year]
        if year:
            worth /= 1 + (Fraction(4, 100) if year <= 40 else Fraction(3, 100) if year <= 75 else Fraction(2, 100))
    factors = discount_factors(rate=OFFICIAL, years=tuple(range(len(yearly))), base_year=0)
    found = present_value(np.array(yearly, dtype=float)[:, np.newaxis], factors=factors)[0]
    assert found == pytest.approx(float(worth), rel=1e-9, abs=1e-3)


@given(amounts, st.floats(0.0, 0.2))
def test_each_draw_is_discounted_by_itself(yearly: list[int], rate: float) -> None:
    years = tuple(range(len(yearly)))
    factors = discount_factors(rate=level(rate), years=years, base_year=0)
    draws = np.outer(yearly, [1.0, -0.5, 0.0])
    expected = sum(amount / (1 + rate) ** year for year, amount in enumerate(yearly))
    found = present_value(draws, factors=factors)
    assert found.tolist() == pytest.approx([expected, -0.5 * expected, 0.0], rel=1e-9, abs=1e-3)


@given(amounts)
def test_without_a_rate_the_present_value_is_the_sum(yearly: list[int]) -> None:
    factors = discount_factors(rate=level(0.0), years=tuple(range(len(yearly))), base_year=0)
    assert present_value(np.array(yearly, dtype=float)[:, np.newaxis], factors=factors)[0] == sum(yearly)
