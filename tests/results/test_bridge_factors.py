"""The factors of a plan and of what was measured lead to both ends, and say nothing of what one side does not know."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.activity import Series
from benefits.results.bridge_factors import Factors, YearAsPlanned, factors, followed_time, ratio, service_months
from benefits.results.comparison.shapley import contributions_of_draws

DRAWS = st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=2).map(np.array)
POSITIVE = st.floats(0.1, 1e3)
YEARS = st.builds(
    YearAsPlanned,
    volume=st.floats(0, 1e3).map(lambda one: one if one > 0.1 else 0.0),
    started=st.none() | POSITIVE,
    in_service=st.none() | POSITIVE,
    planned=DRAWS,
    measured=DRAWS,
    patient_years=st.floats(0, 1e3).map(lambda one: one if one > 0.1 else 0.0),
    planned_months=st.integers(0, 12).map(float),
    followed_months=st.just(0.0),
    months=st.integers(0, 12).map(float),
    ramp=st.floats(0.1, 10),
    planned_price=DRAWS,
    price=DRAWS,
)


def made(sides: tuple[Factors, Factors]) -> dict[str, float]:
    return {name: round(float(np.mean(one)), 6) for name, one in contributions_of_draws(*sides).items()}


def test_fewer_patients_for_a_shorter_time_with_a_better_effect_as_worked_by_hand() -> None:
    """Planned: 100 x 1 x 0.2 = 20. Measured: 90 x 10/12 x 0.36 = 27.

    The difference is 7. With a = 100 or 90, t = 1 or 5/6, e = 0.2 or 0.36, a factor makes its own change times the mean
    over the orders of the others: (new - old) x (2 oo + on + no + 2 nn) / 6.
    Patients: -10 x (2 x 0.2 + 0.36 + 0.2 x 5/6 + 2 x 0.36 x 5/6) / 6 = -10 x 1.526667 / 6 = -2.544444.
    Time: -1/6 x (2 x 20 + 36 + 18 + 2 x 32.4) / 6 = -1/6 x 158.8 / 6 = -4.411111.
    Effect: 0.16 x (2 x 100 + 100 x 5/6 + 90 + 2 x 75) / 6 = 0.16 x 523.333333 / 6 = 13.955556.
    """
    year = YearAsPlanned(
        volume=100.0,
        started=None,
        in_service=None,
        planned=np.array([20.0]),
        measured=np.array([27.0]),
        patient_years=75.0,
        planned_months=12.0,
        followed_months=12.0,
        months=10.0,
    )
    found = made(factors(year))
    assert found == {"volume": -2.544444, "timing": -4.411111, "effect": 13.955556}
    assert sum(found.values()) == pytest.approx(7.0, abs=1e-5)


def test_those_who_started_are_volume_and_how_long_they_stayed_is_uptake() -> None:
    """120 were to start and be in the service three quarters of the year; 150 did, for half of it."""
    year = YearAsPlanned(
        volume=90.0,
        started=120.0,
        in_service=150.0,
        planned=np.array([9.0]),
        measured=np.array([7.5]),
        patient_years=75.0,
        planned_months=12.0,
        followed_months=12.0,
        months=12.0,
    )
    old, new = factors(year)
    assert (old["volume"], old["uptake"], new["volume"], new["uptake"]) == (120.0, 0.75, 150.0, 0.5)
    # 0.1 events per patient-year on both sides: (150 - 120) x 0.625 x 0.1 and -0.25 x 135 x 0.1.
    assert made((old, new)) == {"volume": 1.875, "uptake": -3.375, "timing": 0.0, "effect": 0.0}


def test_a_phasing_in_that_was_put_off_is_timing_and_leaves_the_effect_alone() -> None:
    """Half was to be reached, and a quarter is by the plan as it stands; half as much was measured as planned."""
    year = YearAsPlanned(
        volume=100.0,
        started=None,
        in_service=None,
        planned=np.array([10.0]),
        measured=np.array([5.0]),
        patient_years=100.0,
        planned_months=12.0,
        followed_months=12.0,
        months=12.0,
        ramp=0.5,
    )
    assert made(factors(year)) == {"volume": 0.0, "timing": -5.0, "effect": 0.0}


def test_a_year_the_plan_had_and_nobody_measured_is_timing_alone() -> None:
    year = YearAsPlanned(
        volume=40.0,
        started=None,
        in_service=None,
        planned=np.array([8.0]),
        measured=np.array([0.0]),
        patient_years=0.0,
        planned_months=6.0,
        followed_months=6.0,
        months=0.0,
    )
    assert made(factors(year)) == {"volume": 0.0, "timing": -8.0, "effect": 0.0}


@given(YEARS, st.floats(0, 1))
def test_the_factors_lead_to_both_ends_and_the_causes_make_the_difference(year: YearAsPlanned, part: float) -> None:
    """In every draw, whatever is known and whatever is not."""
    within = YearAsPlanned(
        **{name: getattr(year, name) for name in YearAsPlanned.__slots__}
        | {"followed_months": part * year.planned_months}
    )
    old, new = factors(within)
    assert set(old) == set(new)
    start, end = (math.prod(side.values(), start=np.ones(2)) for side in (old, new))
    size = 1e-9 * max(1.0, *(abs(float(np.max(np.abs(one)))) for one in contributions_of_draws(old, new).values()))
    assert sum(contributions_of_draws(old, new).values()) == pytest.approx(end - start, rel=1e-9, abs=size)
    assert within.planned_price is not None
    assert within.price is not None
    whole = within.planned * within.followed_months / (within.planned_months or 12.0) * within.planned_price
    if within.volume:
        assert start == pytest.approx(whole, rel=1e-9, abs=1e-9)
    if within.patient_years and within.months:
        assert end == pytest.approx(within.measured * within.price, rel=1e-9, abs=1e-9)


def test_a_ratio_of_draws_takes_its_mean_where_there_is_nothing_to_divide_by() -> None:
    found = ratio(np.array([4.0, 0.0, 8.0]), np.array([2.0, 0.0, 2.0]))
    assert found is not None
    assert found.tolist() == [2.0, 3.0, 4.0]
    assert ratio(np.zeros(2), np.zeros(2)) is None


@pytest.mark.parametrize(
    ("start", "last", "months"),
    [(date(2024, 5, 1), None, 12.0), (date(2025, 10, 1), None, 3.0), (date(2026, 1, 1), None, 0.0),
     (date(2025, 11, 16), None, 1.5), (None, date(2025, 4, 30), 4.0), (date(2025, 3, 1), date(2025, 4, 30), 2.0)],
)  # fmt: skip
def test_months_of_a_year_are_those_from_the_start_to_the_last_day(
    start: date | None, last: date | None, months: float
) -> None:
    assert service_months(2025, start=start, last=last) == months


def test_the_months_followed_are_those_the_method_leaves_after_the_start() -> None:
    periods = pd.date_range("2024-07-01", "2025-08-01", freq="MS")
    shape = Series(pd.DataFrame({"period": periods, "unit": "", "group": "all", "count": 5, "exposure": 10.0}))
    found = followed_time(shape, go_live=date(2024, 11, 1), options={"lag_months": 1})
    assert found is not None
    assert (found.months, found.last) == ({2024: 1, 2025: 8}, date(2025, 8, 31))
    assert followed_time(shape, go_live=date(2026, 1, 1)) is None
