"""The exact comparison of two counts: R's figures, its own definition, and when it does not hold."""

from __future__ import annotations

import json
from datetime import date
from math import inf
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from benefits.measurement import Estimate, InvalidOption, Refusal, method
from benefits.measurement.one_group.exact_rates import TwoCounts, surplus

R = json.loads((Path(__file__).parent / "anchors" / "before_after.json").read_text(encoding="utf-8"))
START = date(2024, 1, 1)


def answer(data, **options) -> Estimate | Refusal:
    return method("before_after").estimate(
        data, benefit="g1", indicator="admissions", go_live=START, options={"interval": "exact", **options}
    )


def counts(before: int, after: int, exposure_before: float = 20.0, exposure_after: float = 18.0) -> TwoCounts:
    return TwoCounts(before=before, after=after, exposure_before=exposure_before, exposure_after=exposure_after)


def test_the_ratio_its_interval_and_p_value_are_those_of_r() -> None:
    wanted = R["exact"]
    found = counts(10, 3)
    assert found.ratio == pytest.approx(wanted["ratio"], abs=1e-9)
    assert found.ratio_interval() == pytest.approx((wanted["low"], wanted["high"]), abs=1e-9)
    assert found.p_value == pytest.approx(wanted["p"], abs=1e-9)


def test_no_event_after_has_an_answer_as_in_r() -> None:
    wanted = R["none_after"]
    found = counts(5, 0, exposure_after=20.0)
    assert found.ratio_interval() == pytest.approx((0.0, wanted["high"]), abs=1e-9)
    assert found.p_value == pytest.approx(wanted["p"], abs=1e-9)


def test_no_event_before_has_no_highest_ratio_but_a_highest_effect() -> None:
    """Five events after in 18: at an infinite ratio all five happened there: 5/18."""
    found = counts(0, 5)
    assert found.ratio is None
    assert found.ratio_interval()[1] == inf
    assert found.effect_interval()[1] == pytest.approx(5 / 18)


@given(st.integers(0, 25), st.integers(0, 25), st.floats(0.1, 50), st.floats(0.1, 50), st.sampled_from([0.8, 0.95]))
def test_at_each_limit_the_events_seen_are_just_as_far_out_as_the_level_allows(before, after, one, other, level):
    """Independent of how the limits are found: the tail probability of the conditional binomial at them is exact."""
    assume(before + after > 0)
    low, high = counts(before, after, one, other).ratio_interval(level)
    if after > 0:
        share = low * other / (one + low * other)
        assert stats.binom.sf(after - 1, before + after, share) == pytest.approx((1 - level) / 2, rel=1e-6)
    if before > 0:
        share = high * other / (one + high * other)
        assert stats.binom.cdf(after, before + after, share) == pytest.approx((1 - level) / 2, rel=1e-6)


@given(st.integers(0, 25), st.integers(0, 25), st.floats(0.1, 50), st.floats(0.1, 50))
def test_zero_is_in_the_interval_of_the_effect_exactly_when_one_is_in_that_of_the_ratio(before, after, one, other):
    assume(before + after > 0)
    found = counts(before, after, one, other)
    ratios, effects = found.ratio_interval(), found.effect_interval()
    assert (ratios[0] <= 1 <= ratios[1]) == (effects[0] <= 0 <= effects[1])
    assert effects[0] <= after / other - before / one + 1e-12
    assert after / other - before / one <= effects[1] + 1e-12


def test_the_method_gives_the_exact_interval_and_draws_that_lie_in_it(series) -> None:
    found = answer(series({"all": [1, 0, 1, 1, 2, 0, 1, 1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]}))
    wanted = TwoCounts(before=10, after=3, exposure_before=120.0, exposure_after=120.0)
    assert found.ratio_interval == pytest.approx(wanted.ratio_interval())
    assert (found.low, found.high) == pytest.approx(wanted.effect_interval())
    assert found.effect == pytest.approx(-7 / 120)
    draws = found.draws(40_000, np.random.default_rng(1))
    assert np.quantile(draws, [0.025, 0.5, 0.975]) == pytest.approx([found.low, found.effect, found.high], abs=1e-4)
    assert found.details["exact_p"].value == pytest.approx(wanted.p_value)


def test_a_side_without_events_is_answered_also_as_a_ratio(series) -> None:
    found = answer(series({"all": [1, 0] * 6 + [0] * 12}))
    assert (found.ratio, found.effect) == pytest.approx((0.0, -6 / 120))
    assert found.ratio_interval[0] == 0.0
    assert (found.high < 0) == (stats.binom.cdf(0, 6, 0.5) < 0.025)
    none_before = answer(series({"all": [0] * 12 + [1, 0] * 6}))
    assert none_before.ratio is None
    assert none_before.ratio_interval is None
    assert none_before.effect == pytest.approx(6 / 120)


def test_no_event_at_all_is_refused(series) -> None:
    assert answer(series({"all": [0] * 24})).code == "no_events_at_all"


def test_events_that_come_in_clusters_are_refused_with_the_interval_that_allows_for_it(series) -> None:
    """Twelve a year, all in one month: X2 = 2 x (11^2 + 11) / 1 = 264 with 22 degrees of freedom."""
    refusal = answer(series({"all": ([12] + [0] * 11) * 2}))
    assert (refusal.code, refusal.what_would_open_it) == ("over_dispersed", "interval_with_spread")
    assert refusal.parameters["dispersion"] == pytest.approx(12.0)


def test_persons_may_have_rates_of_their_own_but_not_swing_between_the_sides(panel) -> None:
    """Rates 1 to 8 a year, halved after, are no obstacle; persons with all their events on one side are."""
    steady = [[rate] + [0] * 11 + [rate // 2] + [0] * 11 for rate in (2, 2, 4, 4, 8, 8)]
    assert isinstance(answer(panel({"treated": steady})), Estimate)
    swinging = [[8] + [0] * 23, [0] * 12 + [8] + [0] * 11] * 3
    assert answer(panel({"treated": swinging})).code == "over_dispersed"


def test_amounts_have_no_exact_interval(series) -> None:
    refusal = answer(series({"all": [1.5, 0.5] * 12}))
    assert (refusal.code, refusal.what_would_open_it) == ("counts_not_whole", "interval_for_amounts")


def test_a_difference_has_no_exact_interval_and_the_option_says_so(series) -> None:
    with pytest.raises(InvalidOption) as wrong:
        answer(series({"all": [1] * 24}), scale="difference")
    assert wrong.value.parameters["option"] == "scale"


def test_the_surplus_of_persons_is_one_when_they_are_poisson() -> None:
    stream = np.random.default_rng(5)
    rates = stream.gamma(1.0, 4.0, size=400)
    frame = pd.DataFrame(
        {
            "cluster": np.tile(np.arange(400), 2),
            "treated": 1,
            "post": np.repeat([0, 1], 400),
            "count": np.concatenate([stream.poisson(rates), stream.poisson(rates * 0.7)]),
            "exposure": 1.0,
        }
    )
    found, p = surplus(frame, persons=True)
    assert found == pytest.approx(1.0, abs=0.2)
    assert p > 0.05
    assert surplus(frame, persons=False)[0] > 3


@pytest.mark.slow
def test_the_exact_interval_covers_at_least_as_often_as_it_says() -> None:
    """Few events: 6 expected before, 3 after; 2 000 worlds; three standard errors below 0.95 would be 0.935."""
    stream = np.random.default_rng(2)
    pairs = zip(stream.poisson(6, 2000), stream.poisson(3, 2000), strict=True)
    seen = [counts(int(b), int(a), 1.0, 1.0).ratio_interval() for b, a in pairs if b + a > 0]
    assert np.mean([low <= 0.5 <= high for low, high in seen]) > 0.95
