"""A rate as a gamma distribution: its mean is the rate, and its interval is near that it was made from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benefits.measurement.intervals import poisson_interval
from benefits.reference import UnusableDistribution
from benefits.reference.gamma import Gamma, rate_from_limits


def test_its_quantiles_are_those_of_an_independent_library() -> None:
    found, u = Gamma(shape=7.5, scale=0.3), np.array([0.025, 0.5, 0.975])
    assert found.ppf(u) == pytest.approx(stats.gamma(7.5, scale=0.3).ppf(u))
    assert found.cdf(found.ppf(u)) == pytest.approx(u)


@given(st.integers(20, 5_000), st.floats(1.0, 10_000.0))
def test_the_rate_is_the_mean_and_lies_within_an_interval_near_the_exact_one(events: int, exposure: float) -> None:
    low, high = (limit / exposure for limit in poisson_interval(events))
    rate = events / exposure
    found = rate_from_limits(rate=rate, low=low, high=high)
    below, above = found.interval()
    assert found.mean == pytest.approx(rate)
    assert 0 < below < rate < above
    assert (below, above) == pytest.approx((low, high), rel=0.12)


@pytest.mark.parametrize(("rate", "low", "high"), [(0.2, 0.2, 0.3), (0.2, 0.1, 0.2), (0.0, -0.1, 0.1)])
def test_figures_that_are_no_rate_within_limits_are_refused(rate: float, low: float, high: float) -> None:
    with pytest.raises(UnusableDistribution):
        rate_from_limits(rate=rate, low=low, high=high)


def test_a_gamma_without_a_positive_shape_is_refused() -> None:
    with pytest.raises(UnusableDistribution):
        Gamma(shape=0.0, scale=1.0)
