from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from benefits.activity import Panel
from benefits.measurement import Estimate, InvalidOption, Refusal, apply
from benefits.measurement.designs.weighted_comparison import compare_weighted
from benefits.measurement.two_groups.person_history import persons_of

pytestmark = pytest.mark.slow

START = date(2024, 1, 1)


def answer(data: Panel, **options) -> Estimate | Refusal:
    return apply("weighted_comparison", data, go_live=START, options={"min_exposure": 0, **options})


def check(estimate: Estimate, code: str):
    return next(check for check in estimate.checks if check.code == code)


def world(seed: int, *, ratio: float = 0.8, apart: float = 1.3, persons: int = 150) -> Panel:
    """Persons with rates of their own; the treated's are higher by ``apart``, and their change is ``ratio``."""
    stream = np.random.default_rng(seed)
    frames = []
    for group, level in (("treated", apart), ("comparison", 1.0)):
        size = persons if group == "treated" else 2 * persons
        rates = level * stream.gamma(3.0, 1 / 3, size=size)[:, None] * 0.5
        change = np.r_[np.ones(12), np.full(12, ratio if group == "treated" else 1.0)]
        counts = stream.poisson(rates * change)
        frames.append(
            pd.DataFrame(
                {
                    "person": np.repeat([f"{group}{number}" for number in range(size)], 24),
                    "unit": "",
                    "group": group,
                    "period": np.tile(pd.date_range("2023-01-01", periods=24, freq="MS"), size),
                    "count": counts.ravel(),
                    "exposure": 1.0,
                }
            )
        )
    return Panel(pd.concat(frames))


def test_weights_take_away_what_the_groups_differed_in_beforehand():
    """Without weights the treated look worse; with them the fall is seen. The truth is a ratio of 0.8."""
    data = world(1)
    rows = data.rows()
    after = rows[rows["period"] >= pd.Timestamp(START)].groupby("group")["count"].mean()
    estimate = answer(data)
    assert after["treated"] / after["comparison"] > 0.95
    low, high = estimate.ratio_interval
    assert low < 0.8 < high < 1


@pytest.mark.parametrize("weights", ["entropy", "propensity"])
def test_balance_overlap_and_effective_size_are_told(weights):
    estimate = answer(world(1), weights=weights)
    balanced = check(estimate, "covariates_balanced")
    assert balanced.passed is True
    assert balanced.parameters["largest_before"] > 0.1 >= balanced.parameters["largest_after"]
    assert estimate.details["largest_difference_before"].value == balanced.parameters["largest_before"]
    assert 20 < estimate.details["effective_sample_size"].value < 300
    assert 1 / 300 < estimate.details["largest_weight"].value < 0.1
    assert ("weights_trimmed" in {one.code for one in estimate.checks}) is (weights == "propensity")


def test_entropy_and_propensity_weights_nearly_agree():
    one, other = (answer(world(2, apart=1.0), weights=weights).ratio for weights in ("entropy", "propensity"))
    assert one == pytest.approx(other, rel=0.03)


def test_groups_of_unlike_kinds_fail_a_check_because_they_go_back_to_their_own_level():
    """Twice the level, no effect: those weighted up had a bad year by chance, and fall back as if there were one."""
    estimate = answer(world(3, ratio=1.0, apart=2.0))
    assert check(estimate, "same_population").passed is False
    assert estimate.grade == "before_after"
    assert estimate.ratio > 1.05


def test_a_false_start_in_the_history_finds_nothing_where_nothing_was_done():
    assert check(answer(world(4, apart=1.0)), "placebo_start").passed is True


def test_a_fall_in_the_last_part_of_the_history_fails_the_false_start():
    rows = world(4, apart=1.0).rows()
    hit = (rows["group"] == "treated") & (rows["period"] >= pd.Timestamp("2023-07-01"))
    estimate = answer(Panel(rows.assign(count=rows["count"].where(~hit, rows["count"] // 2))))
    assert check(estimate, "placebo_start").passed is False


def test_with_one_part_there_is_no_earlier_history_for_a_false_start():
    assert check(answer(world(4), history_parts=1), "placebo_start").passed is None


def test_persons_without_a_history_are_left_out_and_counted():
    rows = world(5).rows()
    late = (rows["person"] % 3 == 0) & (rows["period"] < pd.Timestamp(START))
    found = check(answer(Panel(rows[~late])), "persons_with_history")
    assert (found.passed, found.parameters["left_out"], found.parameters["persons"]) == (False, 150, 450)


def test_persons_who_leave_after_the_start_still_count_in_the_weights():
    """Who is there after must not decide who is like whom before."""
    rows = world(5).rows()
    gone = (rows["person"] % 4 == 0) & (rows["period"] >= pd.Timestamp(START)) & (rows["group"] == "comparison")
    one, other = answer(world(5)), answer(Panel(rows[~gone]))
    assert one.details["effective_sample_size"].value == pytest.approx(other.details["effective_sample_size"].value)


def test_a_part_without_observation_has_the_persons_other_rate():
    rows = pd.DataFrame(
        {
            "person": [0, 0, 0, 1, 1],
            "unit": "",
            "group": "treated",
            "period": pd.to_datetime(["2023-09-01", "2023-12-01", "2024-01-01", "2023-12-01", "2024-01-01"]),
            "count": [4, 2, 1, 3, 1],
            "exposure": 1.0,
            "post": [0, 0, 1, 0, 1],
        }
    )
    frame = persons_of(rows, go_live=START, parts=2).frame
    assert frame[["history_1", "history_2"]].values.tolist() == [[2.0, 4.0], [3.0, 3.0]]


def test_covariates_from_columns_are_balanced_too():
    rows = world(6, apart=1.0, persons=60).rows().drop(columns="unit")
    stream = np.random.default_rng(0)
    age = stream.normal(70, 8, size=rows["person"].nunique()) + 4 * (
        rows.groupby("person")["group"].first() == "treated"
    )
    sex = pd.Series(stream.choice(["k", "m"], size=len(age)), index=age.index)
    frame = rows.assign(age=rows["person"].map(age), sex=rows["person"].map(sex))
    without = apply("weighted_comparison", rows, go_live=START)
    estimate = compare_weighted(frame, covariates=["age", "sex"], go_live=START)
    assert check(estimate, "covariates_balanced").parameters["largest_before"] > 0.3
    assert check(estimate, "covariates_balanced").parameters["largest_after"] < 1e-4
    assert estimate.details["effective_sample_size"].value < without.details["effective_sample_size"].value


@pytest.mark.parametrize(
    ("change", "code", "opens"),
    [
        (lambda frame: frame.drop(columns="age"), "covariate_not_there", "column_of_that_name"),
        (lambda frame: frame.assign(age=frame["age"].mask(frame.index == 3)), "covariate_blank", "complete_covariates"),
        (lambda frame: frame.assign(age=frame.index.to_numpy()), "covariate_changes", "one_value_per_person"),
    ],
)
def test_a_covariate_that_cannot_be_used_is_refused(change, code, opens):
    frame = world(6, persons=10).rows().assign(age=70.0)
    refusal = compare_weighted(change(frame), covariates=["age"], go_live=START)
    assert (refusal.code, refusal.parameters, refusal.what_would_open_it) == (code, {"column": "age"}, opens)


def test_groups_without_overlap_are_refused(panel):
    data = panel({"treated": [[9] * 24, [8] * 24], "comparison": [[1] * 24, [2] * 24, [1, 0] * 12]})
    refusal = answer(data)
    assert (refusal.code, refusal.what_would_open_it) == ("no_overlap", "comparison_more_alike")


def test_a_series_has_no_persons_to_weight(series):
    refusal = apply("weighted_comparison", series({"treated": [1] * 24, "comparison": [1] * 24}), go_live=START)
    assert refusal.code == "wrong_shape"


@pytest.mark.parametrize(
    ("option", "value"), [("weights", "equal"), ("history_parts", 0), ("trim", 0.2), ("cluster", "period")]
)
def test_an_option_outside_its_bounds_is_told(option, value):
    with pytest.raises(InvalidOption, match=option):
        answer(world(1, persons=10), **{option: value})


@pytest.mark.slow
@pytest.mark.usefixtures("interval_alone")
@pytest.mark.parametrize("weights", ["entropy", "propensity"])
def test_the_interval_covers_the_truth_as_often_as_it_says(weights):
    """100 worlds of 100 and 200 alike persons, true ratio 0.8; within three standard errors of 95 %."""
    covered = []
    for seed in range(100):
        low, high = answer(world(seed, apart=1.0, persons=100), weights=weights).ratio_interval
        covered.append(low < 0.8 < high)
    assert np.mean(covered) == pytest.approx(0.95, abs=3 * (0.95 * 0.05 / 100) ** 0.5)
