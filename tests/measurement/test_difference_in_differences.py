from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy import stats

from benefits.activity import Panel, Series
from benefits.measurement import Estimate, Refusal, method

START = date(2024, 1, 1)


def answer(data: Panel | Series, **options) -> Estimate | Refusal:
    go_live = options.pop("go_live", START)
    return method("difference_in_differences").estimate(
        data, benefit="g1", indicator="admissions", go_live=go_live, options={"min_exposure": 0, **options}
    )


def check(estimate: Estimate, code: str):
    return next(check for check in estimate.checks if check.code == code)


HAND = {"treated": [20] * 12 + [12] * 12, "comparison": [20] * 12 + [15] * 12}
"""Exposure 10 a month: treated 2.0 -> 1.2, comparison 2.0 -> 1.5."""


def test_a_ratio_by_hand(series):
    """Ratio of ratios (1.2 / 2.0) / (1.5 / 2.0) = 0.8, counterfactual 2.0 x 0.75 = 1.5, effect -0.3.

    Variance of the logarithm: the sum of one over events in each cell, 1/240 + 1/144 + 1/240 + 1/180.
    """
    estimate = answer(series(HAND))
    assert (estimate.ratio, estimate.counterfactual, estimate.effect) == pytest.approx((0.8, 1.5, -0.3))
    assert (estimate.baseline, estimate.observed) == pytest.approx((2.0, 1.2))
    assert estimate.se**2 == pytest.approx(1 / 240 + 1 / 144 + 1 / 240 + 1 / 180)
    assert (estimate.df, estimate.n, estimate.exposure) == (44, 24, 120)


def test_a_difference_by_hand(series):
    """Counterfactual 2.0 + (1.5 - 2.0) = 1.5, effect -0.3; variance (2.0 + 1.2 + 2.0 + 1.5) / 120."""
    estimate = answer(series(HAND), scale="difference")
    assert (estimate.effect, estimate.counterfactual, estimate.se**2) == pytest.approx((-0.3, 1.5, 6.7 / 120))
    assert (estimate.low + estimate.high) / 2 == pytest.approx(-0.3)


def test_a_fall_common_to_both_groups_is_no_effect(series):
    estimate = answer(series({group: [20] * 12 + [10] * 12 for group in ("treated", "comparison")}))
    assert estimate.effect == pytest.approx(0)
    assert estimate.includes_zero


def test_exchanging_the_groups_turns_the_ratio_round(simulated):
    rows = simulated(5)._rows
    names = {"treated": "comparison", "comparison": "treated"}
    forth, back = answer(Panel(rows)), answer(Panel(rows.assign(group=rows["group"].map(names))))
    assert (forth.ratio * back.ratio, forth.se) == pytest.approx((1, back.se))


def test_a_panel_and_its_series_have_the_same_effect(simulated):
    person, period = answer(simulated(2)), answer(simulated(2).to_series())
    assert person.effect == pytest.approx(period.effect)
    assert (person.df, person.n) == (118, 60)


@pytest.mark.parametrize(
    ("counts", "code", "opens"),
    [
        ({"all": [1] * 24}, "nobody_treated", "data_on_treated"),
        ({"treated": [1] * 24}, "no_comparison", "comparison_group"),
        ({"treated": [1] * 24, "comparison": [1] * 12}, "nothing_after", "longer_after"),
        ({"treated": [1] * 24, "comparison": [1] * 12 + [0] * 12}, "no_events", "difference_scale_or_longer_window"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_would_open_it(series, counts, code, opens):
    refusal = answer(series(counts))
    assert (refusal.code, refusal.what_would_open_it) == (code, opens)


def test_groups_already_moving_apart_fail_the_check_on_trends(series):
    apart = {"treated": list(range(240, 0, -10)), "comparison": [150] * 24}
    estimate = answer(series(apart))
    found = check(estimate, "pre_trend")
    assert found.passed is False
    assert found.parameters["ratio_per_year"] < 0.9
    assert estimate.grade == "before_after"


@pytest.mark.parametrize("as_panel", [True, False])
def test_groups_moving_alike_pass_the_check_on_trends(simulated, as_panel):
    data = simulated(2) if as_panel else simulated(2).to_series()
    assert check(answer(data), "pre_trend").passed is True


def test_two_periods_before_cannot_tell_of_a_trend(series):
    estimate = answer(series({"treated": [9, 8, 9, 7], "comparison": [9, 8, 9, 9]}, start="2023-11-01"))
    assert check(estimate, "pre_trend").passed is None


@pytest.mark.slow
def test_the_check_on_trends_rejects_as_seldom_as_it_says(simulated):
    """The groups do not differ in slope; of 60 worlds at most 8 may be rejected at 5 % (P(X > 8) < 0.002)."""
    assert sum(check(answer(simulated(seed, persons=30)), "pre_trend").passed is False for seed in range(60)) <= 8


@pytest.mark.parametrize(
    ("options", "passed"),
    [
        ({"selected": True, "comparison_selected_alike": True}, True),
        ({"selected": True, "comparison_selected_alike": False}, False),
        ({"selected": True}, None),
        ({"selection_at_least": 2, "comparison_selected_alike": True}, True),
        ({"selected": False}, True),
        ({}, None),
    ],
)
def test_a_comparison_chosen_by_the_same_rule_answers_regression_to_the_mean(series, options, passed):
    assert check(answer(series(HAND), **options), "comparison_selected_alike").passed is passed


def test_a_season_carried_by_the_comparison_does_not_lower_the_grade(series):
    estimate = answer(series(HAND), months_after=6)
    assert check(estimate, "season_balanced").passed is None


def test_the_smaller_group_decides_whether_persons_are_few(simulated):
    rows = simulated(2)._rows
    treated = rows.loc[rows["group"] == "treated", "person"].unique()[:19]
    estimate = answer(Panel(rows[rows["person"].isin(treated) | (rows["group"] == "comparison")]))
    assert check(estimate, "enough_persons").parameters == {"treated": 19, "comparison": 60, "few": 20}
    assert check(estimate, "enough_persons").passed is False
    assert estimate.grade == "before_after"


@pytest.mark.slow
def test_the_interval_covers_the_truth_as_often_as_it_says(simulated):
    """100 worlds of 60 + 60 persons, true ratio 0.8 beside a drift common to both; within three standard errors."""
    covered = []
    for seed in range(100):
        estimate = answer(simulated(seed))
        covered.append(abs(np.log(estimate.ratio / 0.8)) / estimate.se <= stats.t.ppf(0.975, estimate.df))
    assert np.mean(covered) == pytest.approx(0.95, abs=3 * (0.95 * 0.05 / 100) ** 0.5)
