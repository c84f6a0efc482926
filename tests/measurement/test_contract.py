from __future__ import annotations

import pickle
from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.measurement import Check, Estimate, effect_at, graded, lowered
from benefits.measurement.contract import interval_of


def estimate(
    scale: str,
    *,
    observed: float = 0.8,
    counterfactual: float = 1.0,
    se: float = 0.15,
    df: float = 60,
    observed_share: float = 0.4,
):
    rates = {"observed": observed, "counterfactual": counterfactual, "observed_share": observed_share}
    low, high = interval_of(scale=scale, **rates, se=se, df=df, level=0.95)
    return Estimate(
        benefit="g1",
        indicator="admissions",
        method="before_after",
        options={"scale": scale},
        scale=scale,
        effect=observed - counterfactual,
        low=low,
        high=high,
        level=0.95,
        se=se,
        df=df,
        n=50,
        exposure=50.0,
        observed=observed,
        baseline=counterfactual,
        counterfactual=counterfactual,
        ratio=observed / counterfactual,
        grade="before_after",
        checks=(),
        observed_share=observed_share,
    )


positive = st.floats(0.05, 5)


@given(st.sampled_from(["ratio", "difference"]), positive, positive, st.floats(0.01, 0.6), st.integers(3, 400))
def test_the_interval_is_where_the_draws_lie(scale, observed, counterfactual, se, df):
    answer = estimate(scale, observed=observed, counterfactual=counterfactual, se=se, df=df)
    draws = answer.draws(4000, np.random.default_rng(1))
    assert np.mean(draws < answer.low) == pytest.approx(0.025, abs=1 / 4000)
    assert np.mean(draws > answer.high) == pytest.approx(0.025, abs=1 / 4000)
    assert np.mean(draws < answer.effect) == pytest.approx(0.5, abs=1 / 4000)


@pytest.mark.parametrize("scale", ["ratio", "difference"])
def test_the_same_stream_gives_the_same_draws_and_every_stratum_one(scale):
    answer = estimate(scale)
    draws = answer.draws(1000, np.random.default_rng(5))
    assert draws.shape == (1000,)
    assert np.array_equal(draws, answer.draws(1000, np.random.default_rng(5)))
    halves = answer.draws(1000, np.random.default_rng(6))
    assert np.sum(halves < answer.effect) == np.sum(draws < answer.effect) == 500


@given(positive, positive, st.floats(0.01, 0.8), st.integers(2, 200), st.floats(0, 1))
def test_zero_is_in_the_interval_exactly_when_one_is_in_that_of_the_ratio(observed, counterfactual, se, df, share):
    from scipy import stats

    rates = {"observed": observed, "counterfactual": counterfactual, "observed_share": share}
    answer = estimate("ratio", **rates, se=se, df=df)
    half = stats.t.ppf(0.975, df) * se
    assert answer.includes_zero == (abs(np.log(answer.ratio)) <= half)


@given(st.floats(0.1, 3), st.floats(0.01, 0.3), st.floats(0.01, 0.3))
def test_the_spread_is_that_of_the_delta_method_less_what_leaves_the_ratio_unmoved(
    ratio, se_observed, se_counterfactual
):
    """For two independent rates o = ratio and c = 1 with standard errors a and b of their logarithms.

    Delta method: var(o - c) = o^2 a^2 + c^2 b^2. Of it, what moves both logarithms alike has variance
    (o - c)^2 a^2 b^2 / (a^2 + b^2) and leaves the ratio where it is.
    """
    square = se_observed**2 + se_counterfactual**2
    step = 1e-6
    moved = effect_at(
        np.array([-step, step]),
        scale="ratio",
        observed=ratio,
        counterfactual=1.0,
        observed_share=se_observed**2 / square,
    )
    slope = (moved[1] - moved[0]) / (2 * step)
    delta = (ratio * se_observed) ** 2 + se_counterfactual**2
    unmoved = ((ratio - 1) * se_observed * se_counterfactual) ** 2 / square
    assert slope**2 * square == pytest.approx(delta - unmoved, rel=1e-6)


def test_an_effect_of_fewer_events_is_negative_and_a_clear_one_leaves_zero_out():
    assert estimate("ratio", se=0.05).high < 0
    assert not estimate("ratio", se=0.05).includes_zero
    assert estimate("ratio", se=0.15).includes_zero


def test_a_failed_check_lowers_the_grade_by_one_step_however_many_fail():
    failed = Check(code="season_balanced", passed=False)
    unknown = replace(failed, passed=None)
    assert graded("before_after", (unknown, replace(failed, passed=True))) == "before_after"
    assert graded("before_after", (failed, failed)) == lowered("before_after") == "reported"
    assert lowered("assumed") == "assumed"


def test_an_estimate_can_be_sent_to_another_process_and_taken_apart():
    answer = estimate("ratio")
    assert pickle.loads(pickle.dumps(answer)) == answer
    assert asdict(answer)["options"] == {"scale": "ratio"}
