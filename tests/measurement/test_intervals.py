from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benefits.measurement import poisson_interval


@given(st.integers(1, 2000), st.floats(0.5, 0.99))
def test_the_limits_are_the_means_at_which_the_count_is_just_too_high_or_too_low(events, level):
    low, high = poisson_interval(events, level=level)
    assert stats.poisson.sf(events - 1, low) == pytest.approx((1 - level) / 2, rel=1e-6)
    assert stats.poisson.cdf(events, high) == pytest.approx((1 - level) / 2, rel=1e-6)


def test_no_event_at_all_still_has_an_upper_limit():
    """exp(-high) = 0.025, so high = -ln 0.025 = 3.689."""
    assert poisson_interval(0) == (0.0, pytest.approx(-np.log(0.025)))
