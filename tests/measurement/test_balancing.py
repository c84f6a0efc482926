from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.measurement.two_groups.balance import balance_table, largest
from benefits.measurement.two_groups.balancing import entropy_weights, propensity_weights

ANCHOR = json.loads((Path(__file__).parent / "anchors" / "weighted_comparison.json").read_text(encoding="utf-8"))


def anchored() -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    persons = pd.DataFrame(ANCHOR["persons"])
    values = persons[["age", "visits"]].to_numpy(dtype=float)
    treated = (persons["treated"] == 1).to_numpy()
    return persons[~treated], values[~treated], values[treated]


def test_entropy_weights_and_their_rate_are_those_of_raking_in_r():
    """survey::calibrate (raking) and svyratio, which takes the treated's means as known; stored."""
    others, comparison, treated = anchored()
    found = entropy_weights(comparison, treated)
    assert found.weights == pytest.approx(ANCHOR["entropy"], rel=1e-6)
    count, exposure = others["count"].to_numpy(dtype=float), others["exposure"].to_numpy()
    rate, moved, _ = found.moved(count, exposure)
    assert rate == pytest.approx(ANCHOR["entropy_rate"], rel=1e-7)
    # survey takes residuals from a regression with the weights before raking; done so here, its error comes out.
    off = (count - rate * exposure) / (found.weights @ exposure)
    design = np.column_stack([np.ones(60), comparison])
    left = found.weights * (off - design @ np.linalg.lstsq(design, off)[0])
    assert (60 / 59 * ((left - left.mean()) ** 2).sum()) ** 0.5 == pytest.approx(ANCHOR["entropy_error"], rel=1e-6)
    # Ours are from the weights used, which is how the rate does move: see the test after the next.
    assert (60 / 59 * (moved**2).sum()) ** 0.5 == pytest.approx(ANCHOR["entropy_error"], rel=0.05)


def test_propensity_weights_are_the_odds_of_a_logistic_regression_in_r():
    _, comparison, treated = anchored()
    assert propensity_weights(comparison, treated, trim=1.0).weights == pytest.approx(ANCHOR["propensity"], rel=1e-6)


@pytest.mark.parametrize("kind", ["entropy", "propensity"])
def test_each_person_moves_the_rate_as_much_as_giving_it_a_little_more_weight_does(kind):
    """The infinitesimal jackknife, with the weights estimated anew each time by a general optimiser."""
    from scipy.optimize import minimize

    others, comparison, treated = anchored()
    count, exposure = others["count"].to_numpy(dtype=float), others["exposure"].to_numpy()

    def rate_at(mine: np.ndarray, theirs: np.ndarray) -> float:
        spread = np.vstack([comparison, treated]).std(axis=0)
        if kind == "entropy":
            off = (comparison - np.average(treated, axis=0, weights=theirs)) / spread
            tilt = minimize(
                lambda one: np.log(mine @ np.exp(off @ one)),
                np.zeros(2),
                jac=lambda one: (mine * np.exp(off @ one)) @ off / (mine @ np.exp(off @ one)),
                method="BFGS",
                options={"gtol": 1e-10},
            ).x
            weights = mine * np.exp(off @ tilt)
        else:
            both = (np.vstack([comparison, treated]) - comparison.mean(axis=0)) / spread
            design, group = np.column_stack([np.ones(len(both)), both]), np.r_[np.zeros(60), np.ones(30)]
            every = np.r_[mine, theirs]
            fitted = minimize(
                lambda one: every @ (np.logaddexp(0, design @ one) - group * (design @ one)),
                np.zeros(3),
                jac=lambda one: (every * (1 / (1 + np.exp(-design @ one)) - group)) @ design,
                method="BFGS",
                options={"gtol": 1e-9},
            ).x
            weights = mine * np.exp(design[:60] @ fitted)
        return float(weights @ count / (weights @ exposure))

    found = (
        entropy_weights(comparison, treated) if kind == "entropy" else propensity_weights(comparison, treated, trim=1.0)
    )
    rate, own, others_own = found.moved(count, exposure)
    assert rate == pytest.approx(rate_at(np.ones(60), np.ones(30)), rel=1e-6)
    step = 1e-3
    for person in (0, 7, 31):
        up, down = np.ones(60), np.ones(60)
        up[person] += step
        down[person] -= step
        derivative = (rate_at(up, np.ones(30)) - rate_at(down, np.ones(30))) / (2 * step)
        assert own[person] == pytest.approx(derivative, abs=2e-5)
    for person in (2, 19):
        up, down = np.ones(30), np.ones(30)
        up[person] += step
        down[person] -= step
        derivative = (rate_at(np.ones(60), up) - rate_at(np.ones(60), down)) / (2 * step)
        assert others_own[person] == pytest.approx(derivative, abs=2e-5)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6), covariates=st.integers(1, 3))
def test_entropy_weights_give_the_treateds_means_exactly_or_there_are_none(seed, covariates):
    stream = np.random.default_rng(seed)
    comparison, treated = stream.normal(size=(40, covariates)), stream.normal(0.5, 1, size=(15, covariates))
    found = entropy_weights(comparison, treated)
    if found is None:
        inside = (treated.mean(axis=0) < comparison.max(axis=0)) & (treated.mean(axis=0) > comparison.min(axis=0))
        assert covariates > 1 or not inside.all()
        return
    assert found.weights @ comparison == pytest.approx(treated.mean(axis=0), abs=1e-5)
    assert found.weights.sum() == pytest.approx(1)
    assert (found.weights > 0).all()
    assert 1 <= found.effective <= 40 + 1e-9


def test_means_outside_the_comparison_group_have_no_weights():
    comparison = np.array([[0.0], [1.0], [2.0]])
    assert entropy_weights(comparison, np.array([[3.0], [4.0]])) is None


def test_groups_told_apart_completely_have_no_propensity():
    comparison = np.arange(10.0)[:, None]
    assert propensity_weights(comparison, comparison + 20, trim=0.99) is None


def test_the_largest_propensity_weights_are_cut_down_and_counted():
    _, comparison, treated = anchored()
    free, cut = (propensity_weights(comparison, treated, trim=trim) for trim in (1.0, 0.9))
    assert (free.trimmed, cut.trimmed) == (0, 6)
    assert cut.weights.max() < free.weights.max()
    assert cut.weights.sum() == pytest.approx(1)


def test_a_covariate_alike_for_everybody_changes_nothing():
    _, comparison, treated = anchored()
    more = entropy_weights(np.c_[comparison, np.ones(60)], np.c_[treated, np.ones(30)])
    assert more.weights == pytest.approx(entropy_weights(comparison, treated).weights, rel=1e-6)


def test_a_covariate_that_only_the_groups_differ_in_is_infinitely_apart():
    same = np.ones((3, 1))
    table = balance_table(treated=same, comparison=same * 2, weights=np.ones(3), names=("age",))
    assert largest(table["before"]) == np.inf
    assert largest(balance_table(treated=same, comparison=same, weights=np.ones(3), names=("age",))["after"]) == 0
