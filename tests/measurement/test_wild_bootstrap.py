from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from benefits.measurement.clustered import Clustered
from benefits.measurement.two_groups.group_comparison import CONTRAST, table_of
from benefits.measurement.two_groups.wild_bootstrap import WildBootstrap, multipliers, wild_bootstrap

ANCHOR = json.loads((Path(__file__).parent / "anchors" / "difference_in_differences.json").read_text(encoding="utf-8"))


def anchored(measure: str = "mean") -> Clustered:
    rows = pd.DataFrame(ANCHOR["rows"]).assign(period=pd.Timestamp("2024-01-01"))
    rows["group"] = np.where(rows["treated"] == 1, "treated", "comparison")
    return table_of(rows, level="unit", measure=measure)


def test_p_values_are_those_of_refitting_for_every_combination_of_signs_in_r():
    """lm and sandwich::vcovCL on each of 2^8 samples, restricted at eight values; stored with the anchor."""
    bootstrap = WildBootstrap(
        table=anchored(), contrast=CONTRAST, scale="difference", multipliers=multipliers(8, kind="rademacher")
    )
    assert [bootstrap.p_value(null) for null in ANCHOR["nulls"]] == pytest.approx(ANCHOR["p"], abs=1e-12)


@pytest.mark.parametrize("scale", ["difference", "ratio"])
def test_p_values_are_those_of_a_regression_written_out_with_matrices(scale):
    """Independent: scores and information of each unit as 4 x 4 matrices, a general optimiser for the restriction."""
    table = anchored("rate")
    null = -0.27
    design = np.array([[1, 0, 0, 0], [1, 0, 1, 0], [1, 1, 0, 0], [1, 1, 1, 1]], dtype=float)

    def likelihood(three):
        linear = design @ np.r_[three, null]
        if scale == "ratio":
            return float((table.exposure * np.exp(linear) - table.count * linear).sum())
        safe = np.where(table.exposure > 0, table.exposure, 1)
        return float((table.exposure * (table.count / safe - linear) ** 2).sum())

    start = np.array([0.2, 0, 0]) if scale == "ratio" else np.array([1.3, 0, 0])
    held = minimize(likelihood, start, method="BFGS", options={"gtol": 1e-9}).x
    fitted = design @ np.r_[held, null]
    mean = np.exp(fitted) if scale == "ratio" else fitted
    scores = (table.count - table.exposure * mean) @ design
    weight = table.exposure * (mean if scale == "ratio" else 1.0)
    information = np.array([design.T @ (row[:, None] * design) for row in weight])
    inverse = np.linalg.inv(information.sum(axis=0))

    def t(signs):
        off = inverse @ (signs @ scores)
        left = signs[:, None] * scores - information @ off
        return abs(off[3]) / np.sqrt((inverse @ left.T @ left @ inverse)[3, 3])

    every = multipliers(8, kind="rademacher")
    seen = t(np.ones(8))
    expected = np.mean([t(signs) >= seen * (1 - 1e-6) for signs in every])
    bootstrap = WildBootstrap(table=table, contrast=CONTRAST, scale=scale, multipliers=every)
    assert bootstrap.p_value(null) == pytest.approx(expected, abs=1e-12)
    assert 0 < expected < 1


@pytest.mark.parametrize("scale", ["difference", "ratio"])
def test_limits_are_where_the_p_value_crosses(scale):
    bootstrap = wild_bootstrap(anchored("rate"), contrast=CONTRAST, scale=scale)
    low, high = bootstrap.limits(0.95, step=0.07)
    assert low < bootstrap.estimate < high
    for limit, outwards in ((low, -1), (high, 1)):
        assert bootstrap.p_value(limit - outwards * 1e-4) > 0.05
        assert bootstrap.p_value(limit + outwards * 1e-4) <= 0.05


def test_limits_at_many_levels_lie_within_each_other_and_are_exact_at_the_one_asked_for():
    bootstrap = wild_bootstrap(anchored("rate"), contrast=CONTRAST, scale="ratio")
    limits = bootstrap.limits_by_level(0.95, step=0.07)
    assert limits(0.95) == bootstrap.limits(0.95, step=0.07)
    lows, highs = zip(*(limits(level) for level in (0.1, 0.5, 0.8, 0.95, 0.99)), strict=True)
    assert list(lows) == sorted(lows, reverse=True)
    assert list(highs) == sorted(highs)


def test_too_few_units_give_an_interval_without_end():
    """With two units a side and two-point weights, no p value is below 2 / 16."""
    table = Clustered(
        count=np.array([[0, 0, 5, 3], [0, 0, 6, 5], [4, 4, 0, 0], [5, 6, 0, 0]], dtype=float),
        exposure=np.array([[0, 0, 1, 1], [0, 0, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0]], dtype=float),
        cells=((0, 0), (0, 1), (1, 0), (1, 1)),
        observations=8,
    )
    bootstrap = WildBootstrap(
        table=table, contrast=CONTRAST, scale="difference", multipliers=multipliers(4, kind="rademacher")
    )
    assert bootstrap.limits(0.95, step=1.0) == (-np.inf, np.inf)
    assert bootstrap.limits_by_level(0.95, step=1.0) is None


@pytest.mark.parametrize(
    ("clusters", "shape", "values"), [(4, (6**4, 4), 6), (11, (4999, 11), 6), (12, (4096, 12), 2), (20, (4999, 20), 2)]
)
def test_weights_by_the_number_of_clusters(clusters, shape, values):
    """Webb's six points below twelve clusters, two from there; all of them where that is at most 4999."""
    made = multipliers(clusters)
    assert made.shape == shape
    assert len(np.unique(made)) == values
    assert np.array_equal(made, multipliers(clusters))


def test_webbs_weights_have_mean_zero_and_variance_one():
    points = np.unique(multipliers(2, kind="webb"))
    assert (points.mean(), (points**2).mean()) == pytest.approx((0, 1))


def test_no_p_value_is_zero():
    counts = np.array([[10.0, 1 + 0.01 * unit] for unit in range(20)])
    table = Clustered(count=counts, exposure=np.ones((20, 2)), cells=((0,), (1,)), observations=40)
    assert wild_bootstrap(table, contrast=np.array([-1.0, 1.0]), scale="difference").p_value(0.0) > 0


@pytest.mark.slow
def test_few_units_without_effect_are_seldom_rejected():
    """300 worlds of 4 + 6 units whose own shocks are as large as a month's spread; nominal 5 %, within three errors."""
    rejected = []
    for seed in range(300):
        stream = np.random.default_rng(seed)
        own = stream.gamma(8, 1 / 8, size=(10, 2))
        count = np.zeros((10, 4))
        for unit in range(10):
            count[unit, [2, 3] if unit < 4 else [0, 1]] = stream.poisson(60 * own[unit])
        exposure = np.where(count > 0, 60.0, 0.0)
        table = Clustered(count=count, exposure=exposure, cells=((0, 0), (0, 1), (1, 0), (1, 1)), observations=20)
        rejected.append(wild_bootstrap(table, contrast=CONTRAST, scale="ratio").p_value(0.0) < 0.05)
    assert np.mean(rejected) <= 0.05 + 3 * (0.05 * 0.95 / 300) ** 0.5
