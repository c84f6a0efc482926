from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.measurement import exposure_needed, smallest_detectable_difference


def test_the_whole_system_demonstrator_needs_489_person_years_in_each_arm():
    """Emergency admissions per head 0.68 and 0.54: (1.95996 + 0.84162)^2 x 1.22 / 0.14^2 = 488.5."""
    assert exposure_needed(rate=0.68, difference=0.14) == pytest.approx(488.5, abs=0.1)
    assert smallest_detectable_difference(rate=0.68, exposure_treated=488.54) == pytest.approx(0.14, abs=1e-4)


@given(st.floats(0.05, 5), st.floats(0.01, 1), st.floats(1, 4), st.floats(0.8, 0.99), st.floats(0.5, 0.95))
def test_the_two_answers_are_each_others_inverse(rate, share, dispersion, level, power):
    rest = {"dispersion": dispersion, "level": level, "power": power}
    exposure = exposure_needed(rate=rate, difference=rate * share, **rest)
    found = smallest_detectable_difference(rate=rate, exposure_treated=exposure, **rest)
    assert found == pytest.approx(rate * share, rel=1e-9)


@given(st.floats(0.1, 3), st.floats(5, 500))
def test_more_spread_a_smaller_comparison_or_more_cells_need_a_larger_effect(rate, exposure):
    plain = smallest_detectable_difference(rate=rate, exposure_treated=exposure)
    more = [{"dispersion": 1.5}, {"exposure_comparison": exposure / 2}, {"further_exposures": (exposure, exposure)}]
    assert all(smallest_detectable_difference(rate=rate, exposure_treated=exposure, **one) > plain for one in more)


def test_a_small_volume_could_not_even_show_the_end_of_all_events():
    assert smallest_detectable_difference(rate=0.5, exposure_treated=16) < 0.5
    assert smallest_detectable_difference(rate=0.5, exposure_treated=7) > 0.5


def test_a_simulation_shows_the_effect_as_often_as_promised():
    """4000 trials of the size promised for 80 %; a test on the difference of rates rejects within 3 s.e. plus 0.02."""
    exposure, rate = 300.0, 1.0
    fall = smallest_detectable_difference(rate=rate, exposure_treated=exposure)
    stream = np.random.default_rng(6)
    treated = stream.poisson((rate - fall) * exposure, 4000)
    comparison = stream.poisson(rate * exposure, 4000)
    shown = (comparison - treated) / np.sqrt(comparison + treated) > 1.959964
    assert shown.mean() == pytest.approx(0.80, abs=3 * (0.16 / 4000) ** 0.5 + 0.02)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rate": 0.0},
        {"rate": float("nan")},
        {"exposure_treated": 0.0},
        {"exposure_comparison": -1.0},
        {"dispersion": 0.0},
        {"level": 1.0},
        {"power": 0.0},
        {"further_exposures": (0.0,)},
    ],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        smallest_detectable_difference(**({"rate": 0.5, "exposure_treated": 100.0} | wrong))


def test_a_fall_larger_than_the_rate_is_refused():
    with pytest.raises(ValueError, match="more than itself"):
        exposure_needed(rate=0.5, difference=0.6)
