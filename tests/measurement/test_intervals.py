from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benefits.measurement import poisson_interval, proportion_interval


@given(st.integers(1, 2000), st.floats(0.5, 0.99))
def test_the_limits_are_the_means_at_which_the_count_is_just_too_high_or_too_low(events, level):
    low, high = poisson_interval(events, level=level)
    assert stats.poisson.sf(events - 1, low) == pytest.approx((1 - level) / 2, rel=1e-6)
    assert stats.poisson.cdf(events, high) == pytest.approx((1 - level) / 2, rel=1e-6)


def test_no_event_at_all_still_has_an_upper_limit():
    """exp(-high) = 0.025, so high = -ln 0.025 = 3.689."""
    assert poisson_interval(0) == (0.0, pytest.approx(-np.log(0.025)))


@given(st.integers(1, 500), st.integers(0, 500), st.floats(0.5, 0.99))
def test_the_limits_of_a_share_are_those_whose_score_test_just_rejects(of, count, level):
    """Wilson: the limits solve (share - p) / sqrt(p (1 - p) / n) = z."""
    share, count = min(count, of) / of, min(count, of)
    low, high = proportion_interval(count, of, level=level)
    z = stats.norm.ppf((1 + level) / 2)
    for limit in (low, high):
        if 1e-6 < limit < 1 - 1e-6:
            assert abs(share - limit) == pytest.approx(z * (limit * (1 - limit) / of) ** 0.5, rel=1e-6)
    assert -1e-12 <= low <= share + 1e-12 <= high + 2e-12 <= 1 + 3e-12


def test_nobody_of_ten_may_still_be_more_than_a_quarter():
    """z2 / (n + z2) = 3.8415 / 13.8415 = 0.2775."""
    assert proportion_interval(0, 10) == (pytest.approx(0.0, abs=1e-12), pytest.approx(0.2775, abs=5e-5))
