"""A distribution told by its quantiles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benefits.reference.quantiles import Quantiles, from_limits
from benefits.reference.shapes import UnusableDistribution

LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])


def test_between_two_quantiles_it_goes_straight_and_beyond_the_ends_it_stops() -> None:
    """(0.25, 1), (0.75, 3): at 0.5 halfway, 2; below 0.25 it is 1, above 0.75 it is 3."""
    told = Quantiles(probabilities=(0.25, 0.75), values=(1.0, 3.0))
    assert told.ppf(np.array([0.1, 0.25, 0.5, 0.75, 0.9])).tolist() == [1, 1, 2, 3, 3]
    assert told.cdf(np.array([0.5, 1.0, 2.0, 3.0])).tolist() == [0, 0.25, 0.5, 1]


def test_the_mean_weighs_the_ends_by_what_lies_beyond_them() -> None:
    """A quarter at 1, half spread evenly from 1 to 3, a quarter at 3: mean 2."""
    assert Quantiles(probabilities=(0.25, 0.75), values=(1.0, 3.0)).mean == pytest.approx(2.0)


@given(centre=st.floats(-5, 5), spread=st.floats(0.1, 10), level=LEVELS)
def test_the_interval_at_the_level_asked_for_is_the_one_given(centre: float, spread: float, level: float) -> None:
    def limits(one: float) -> tuple[float, float]:
        low, high = stats.norm.interval(one, loc=centre, scale=spread)
        return float(low), float(high)

    assert from_limits(centre=centre, limits=limits, level=level).interval(level) == pytest.approx(limits(level))


def test_the_draws_of_a_normal_told_by_its_limits_have_its_spread() -> None:
    """Straight lines between quantiles widen the middle a little and cut the tails: within three per cent."""
    told = from_limits(centre=0.0, limits=lambda level: tuple(map(float, stats.norm.interval(level))))
    draws = told.ppf((np.arange(20_000) + 0.5) / 20_000)
    assert draws.mean() == pytest.approx(0, abs=1e-9)
    assert draws.std() == pytest.approx(1, rel=0.03)


@pytest.mark.parametrize(
    ("probabilities", "values"),
    [((), ()), ((0.5,), (1.0, 2.0)), ((0.5, 0.4), (1.0, 2.0)), ((0.4, 0.5), (2.0, 1.0)), ((0.0, 0.5), (1.0, 2.0))],
)
def test_quantiles_that_do_not_rise_or_match_are_refused(probabilities, values) -> None:
    with pytest.raises(UnusableDistribution):
        Quantiles(probabilities=probabilities, values=values)
