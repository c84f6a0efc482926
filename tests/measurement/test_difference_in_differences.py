from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from benefits.activity import Panel, Series
from benefits.activity.shapes import SERIES_COLUMNS
from benefits.measurement import Estimate, InvalidOption, Refusal, apply, method

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
    """The groups do not differ in slope; of 40 worlds at most 7 may be rejected at 5 % (P(X > 7) < 0.001)."""
    assert sum(check(answer(simulated(seed, persons=30)), "pre_trend").passed is False for seed in range(40)) <= 7


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
@pytest.mark.usefixtures("interval_alone")
def test_the_interval_covers_the_truth_as_often_as_it_says(simulated):
    """60 worlds of 60 + 60 persons, true ratio 0.8 beside a drift common to both; within three standard errors."""
    covered = []
    for seed in range(60):
        estimate = answer(simulated(seed))
        covered.append(abs(np.log(estimate.ratio / 0.8)) / estimate.se <= stats.t.ppf(0.975, estimate.df))
    assert np.mean(covered) == pytest.approx(0.95, abs=3 * (0.95 * 0.05 / 60) ** 0.5)


# Units as clusters ----------------------------------------------------------------------------------------------------

ANCHOR = json.loads((Path(__file__).parent / "anchors" / "difference_in_differences.json").read_text(encoding="utf-8"))


def anchored() -> Series:
    """The rows the stored figures of R were made from: eight units, two half-years on each side."""
    rows = pd.DataFrame(ANCHOR["rows"])
    months = {(0, 1): "2023-01-01", (0, 2): "2023-07-01", (1, 1): "2024-01-01", (1, 2): "2024-07-01"}
    period = [months[cell] for cell in zip(rows["post"], rows["half"], strict=True)]
    group = np.where(rows["treated"] == 1, "treated", "comparison")
    return Series(rows.assign(period=pd.to_datetime(period), group=group)[[*SERIES_COLUMNS]])


@pytest.mark.parametrize("scale", ["ratio", "difference"])
def test_whole_units_with_the_service_are_the_clusters_and_the_error_is_that_of_r(scale):
    estimate = answer(anchored(), scale=scale)
    on_scale = np.log(estimate.ratio) if scale == "ratio" else estimate.effect
    assert (on_scale, estimate.se) == pytest.approx(tuple(ANCHOR[scale]), rel=1e-8)
    assert estimate.df == 6


@pytest.mark.parametrize("scale", ["ratio", "difference"])
def test_few_units_get_the_interval_of_the_wild_bootstrap_and_draws_from_it(scale):
    estimate = answer(anchored(), scale=scale)
    assert estimate.distribution is not None
    assert estimate.distribution.interval(0.95) == pytest.approx((estimate.low, estimate.high))
    drawn = np.quantile(estimate.draws(4000, np.random.default_rng(1)), [0.025, 0.5, 0.975])
    assert drawn == pytest.approx([estimate.low, estimate.effect, estimate.high], abs=0.02)
    assert estimate.details["wild_bootstrap_p"].value < 0.05
    assert not estimate.includes_zero
    if scale == "ratio":
        low, high = estimate.ratio_interval
        assert low < estimate.ratio < high < 1


def test_the_few_units_are_said():
    estimate = answer(anchored())
    assert check(estimate, "enough_units").parameters == {"treated": 3, "comparison": 5, "few": 6}
    assert check(estimate, "enough_units").passed is False
    assert check(estimate, "shocks_of_one_unit").passed is True
    assert estimate.grade == "before_after"


def test_periods_can_be_asked_for_and_that_units_differ_is_then_a_warning():
    estimate = answer(anchored(), cluster="period")
    assert estimate.distribution is None
    assert check(estimate, "units_as_clusters").passed is False


def test_two_units_to_compare_with_leave_periods_and_a_warning():
    rows = anchored().rows()
    estimate = answer(Series(rows[rows["unit"].isin(["a", "b", "c", "d", "e"])]))
    assert estimate.distribution is None
    assert check(estimate, "units_as_clusters").passed is False


def test_one_unit_to_compare_with_is_refused_as_clusters_and_warned_of_as_periods():
    rows = anchored().rows()
    one = Series(rows[rows["unit"].isin(["a", "b", "c", "d"])])
    assert answer(one, cluster="unit").code == "one_unit"
    estimate = answer(one)
    assert check(estimate, "shocks_of_one_unit").passed is False
    assert estimate.grade == "before_after"


def test_two_units_of_each_are_too_few_for_an_interval():
    rows = anchored().rows()
    refusal = answer(Series(rows[rows["unit"].isin(["a", "b", "d", "e"])]), cluster="unit")
    assert (refusal.code, refusal.what_would_open_it) == ("too_few_clusters", "more_units_or_persons")


def test_a_shock_of_one_unit_widens_the_interval_by_units_and_not_by_periods():
    rows = anchored().rows()
    hit = (rows["unit"] == "h") & (rows["period"] >= pd.Timestamp(START))
    shocked = Series(rows.assign(count=rows["count"].where(~hit, rows["count"] * 3)))
    before, after = (answer(data).se for data in (anchored(), shocked))
    assert after > 2 * before


def test_persons_in_units_of_one_group_only_are_the_clusters_and_the_doubt_is_said(simulated):
    rows = simulated(3).rows()
    estimate = answer(Panel(rows.assign(unit=rows["group"])))
    assert check(estimate, "shocks_of_one_unit").passed is None
    assert estimate.df == 118


@pytest.mark.parametrize(("as_panel", "cluster"), [(True, "period"), (False, "person")])
def test_clusters_that_the_data_do_not_have_are_refused(simulated, as_panel, cluster):
    data = simulated(2) if as_panel else simulated(2).to_series()
    assert answer(data, cluster=cluster).code == "wrong_shape"


@pytest.mark.parametrize(("option", "value"), [("cluster", "town"), ("measure", "sum")])
def test_an_option_outside_its_words_is_told(series, option, value):
    with pytest.raises(InvalidOption, match=option):
        answer(series(HAND), **{option: value})


# Means and amounts ----------------------------------------------------------------------------------------------------


def test_a_mean_counts_each_person_the_same_by_hand(panel):
    """Treated rates 1 and 3 before (mean 2), 1 and 1 after; comparison 2 and 2 all the time: effect 1 - 2 = -1."""
    data = panel(
        {"treated": [[1, 1, 1, 1], [3, 3, 1, 1]], "comparison": [[2, 2, 2, 2], [2, 2, 2, 2]]}, start="2023-11-01"
    )
    estimate = answer(data, measure="mean", scale="difference")
    assert (estimate.effect, estimate.baseline, estimate.observed) == pytest.approx((-1, 2, 1))
    # Persons move the contrast by (0 + 1) / 2 and (-2 + 1) / 2; the comparison not at all.
    assert estimate.se**2 == pytest.approx(4 / 3 * 7 / 4 * (0.5**2 + 0.5**2))


def test_a_mean_and_a_rate_differ_when_persons_are_seen_for_unlike_time(panel):
    """Before, one has 8 in 2 and one 2 in 1 of exposure: the rate is 10 / 3, the mean of the rates (4 + 2) / 2 = 3."""
    rows = panel({"treated": [[4] * 4, [1] * 4], "comparison": [[2] * 4, [3, 2, 2, 2]]}, start="2023-11-01").rows()
    light = (rows["group"] == "treated") & (rows["count"] == 1)
    data = Panel(rows.assign(exposure=np.where(light, 0.5, 1.0)))
    rate, mean = (answer(data, measure=measure, scale="difference").baseline for measure in ("rate", "mean"))
    assert (rate, mean) == pytest.approx((10 / 3, 3))


def test_amounts_do_not_depend_on_the_unit_they_are_counted_in(simulated):
    """Minutes and hours: the same ratio and the same error of its logarithm."""
    rows = simulated(4).to_series().rows()
    hours = Series(rows.assign(count=rows["count"] * 1.5 + 0.25))
    minutes = Series(rows.assign(count=(rows["count"] * 1.5 + 0.25) * 60.5))
    one, other = answer(hours), answer(minutes)
    assert (other.ratio, other.se) == pytest.approx((one.ratio, one.se))


# Starts of their own --------------------------------------------------------------------------------------------------


def started(data: Panel, days: list[str], *, comparison: str | None) -> Panel:
    rows = data.rows()
    day = pd.Series(pd.to_datetime(pd.Series(days))[rows["person"] % len(days)].to_numpy(), index=rows.index)
    return Panel(rows.assign(start=day.where(rows["group"] == "treated", pd.Timestamp(comparison or pd.NaT))))


def test_staggered_starts_beside_a_comparison_without_days_are_refused(simulated):
    refusal = answer(started(simulated(2), ["2024-01-01", "2024-04-01"], comparison=None))
    assert (refusal.code, refusal.what_would_open_it) == ("staggered_starts", "method_for_staggered_starts")


def test_groups_counted_from_unlike_months_fail_a_check(simulated):
    alike = answer(started(simulated(2), ["2024-01-01", "2024-03-01"], comparison="2024-02-01"))
    unlike = answer(started(simulated(2), ["2024-01-01", "2024-03-01"], comparison="2024-06-01"))
    assert check(alike, "starts_alike").passed is True
    assert check(unlike, "starts_alike").parameters == {"months_apart": pytest.approx(4)}
    assert check(unlike, "starts_alike").passed is False


# What was looked at ---------------------------------------------------------------------------------------------------


def test_every_check_on_robustness_is_there(simulated):
    codes = {one.code for one in answer(simulated(2)).checks}
    assert {"placebo_in_time", "heaviest_users", "missing_data", "over_dispersion"} <= codes
    assert "placebo_in_group" in {one.code for one in answer(anchored()).checks}


def test_an_effect_before_the_start_fails_the_placebo_and_lowers_the_grade(series):
    early = {"treated": [200] * 6 + [100] * 6 + [100] * 12, "comparison": [200] * 24}
    estimate = answer(series(early))
    assert check(estimate, "placebo_in_time").passed is False
    assert estimate.grade == "before_after"


def test_the_same_answer_twice(simulated):
    assert answer(anchored()) == answer(anchored())
    assert answer(simulated(2)) == answer(simulated(2))


def test_it_can_be_used_on_a_plain_table():
    estimate = apply("difference_in_differences", anchored().rows(), go_live=START, options={"measure": "mean"})
    assert estimate.ratio < 1
