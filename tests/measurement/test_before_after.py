from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.activity import Panel, Series
from benefits.measurement import Estimate, InvalidOption, RateOptions, Refusal, method
from benefits.measurement.checks.data_checks import over_dispersion
from benefits.measurement.preparation import prepare

START = date(2024, 1, 1)
R = json.loads((Path(__file__).parent / "anchors" / "before_after.json").read_text(encoding="utf-8"))


def answer(data: Panel | Series, **options) -> Estimate | Refusal:
    go_live = options.pop("go_live", START)
    return method("before_after").estimate(
        data, benefit="g1", indicator="admissions", go_live=go_live, options={"min_exposure": 0, **options}
    )


def check(estimate: Estimate, code: str):
    return next(check for check in estimate.checks if check.code == code)


def test_a_series_by_hand(series):
    """24 events in 120 before (0.2), 12 in 120 after (0.1): ratio 0.5, effect -0.1; nothing varies, so dispersion 1.

    Variance of the logarithm 1/24 + 1/12 = 1/8, of which the rate after has (1/12) / (1/8) = 2/3; 22 degrees of freedom
    (t 2.0739), so the logarithm is off by x = -+2.0739 x 0.35355 = -+0.73322 at the limits of the effect:
    0.1 exp(2x/3) - 0.2 exp(-x/3) = 0.06134 - 0.25537 and 0.16304 - 0.15663.
    """
    estimate = answer(series({"all": [2] * 12 + [1] * 12}))
    assert (estimate.observed, estimate.baseline, estimate.counterfactual) == pytest.approx((0.1, 0.2, 0.2))
    assert (estimate.ratio, estimate.effect, estimate.se**2) == pytest.approx((0.5, -0.1, 1 / 8))
    assert (estimate.low, estimate.high) == pytest.approx((-0.19403, 0.00641), abs=1e-5)
    assert (estimate.df, estimate.n, estimate.exposure, estimate.grade) == (22, 24, 120, "before_after")


def test_a_difference_has_the_same_effect_and_its_own_interval(series):
    ratio, difference = (answer(series({"all": [2] * 12 + [1] * 12}), scale=scale) for scale in ("ratio", "difference"))
    assert difference.effect == pytest.approx(ratio.effect)
    assert difference.effect - difference.low == pytest.approx(difference.high - difference.effect)


def test_only_the_treated_are_looked_at(series):
    alone = answer(series({"treated": [2] * 12 + [1] * 12}))
    beside = answer(series({"treated": [2] * 12 + [1] * 12, "comparison": [9] * 24}))
    assert replace(alone, checks=()) == replace(beside, checks=())
    assert {one.code for one in beside.checks} - {one.code for one in alone.checks} == {"placebo_in_group"}


def test_a_panel_and_its_series_have_the_same_rates(simulated):
    person, period = answer(simulated(1)), answer(simulated(1).to_series())
    assert (person.effect, person.observed) == pytest.approx((period.effect, period.observed))
    assert (person.n, period.n, person.df) == (60, 24, 59)


@pytest.mark.slow
@settings(max_examples=10)
@given(st.floats(0.1, 30), st.sampled_from(["ratio", "difference"]))
def test_the_unit_of_exposure_moves_the_effect_and_not_the_ratio(simulated, factor, scale):
    rows = simulated(4)._rows
    one, other = (
        answer(Panel(rows), scale=scale),
        answer(Panel(rows.assign(exposure=rows["exposure"] * factor)), scale=scale),
    )
    assert other.ratio == pytest.approx(one.ratio)
    assert (other.effect, other.low, other.high) == pytest.approx(
        (one.effect / factor, one.low / factor, one.high / factor)
    )


def test_exchanging_before_and_after_turns_the_ratio_round(panel):
    counts = np.random.default_rng(8).poisson(1.0, size=(30, 24))
    forth, back = answer(panel({"treated": counts.tolist()})), answer(panel({"treated": counts[:, ::-1].tolist()}))
    assert (forth.ratio * back.ratio, forth.se) == pytest.approx((1, back.se))


@pytest.mark.parametrize(
    ("counts", "options", "code", "opens"),
    [
        ({"comparison": [1] * 24}, {}, "nobody_treated", "data_on_treated"),
        ({"all": [1] * 24}, {"go_live": date(2023, 1, 1)}, "nothing_before", "longer_before"),
        ({"all": [1] * 24}, {"go_live": date(2025, 1, 1)}, "nothing_after", "longer_after"),
        ({"all": [1] * 24}, {"go_live": date(2023, 2, 1)}, "too_few_periods", "longer_before"),
        ({"all": [1] * 24}, {"min_exposure": 121.0}, "too_little_exposure", "longer_before"),
        ({"all": [1] * 12 + [0] * 12}, {}, "no_events", "difference_scale_or_longer_window"),
        ({"all": [0] * 24}, {"scale": "difference"}, "no_events_at_all", "longer_window"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_would_open_it(series, counts, options, code, opens):
    refusal = answer(series(counts), **options)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.what_would_open_it, refusal.method) == (code, opens, "before_after")


def test_just_the_least_exposure_is_enough(series):
    """120 on each side."""
    assert isinstance(answer(series({"all": [1] * 24}), min_exposure=120.0), Estimate)


def test_one_person_is_too_few(panel):
    assert answer(panel({"treated": [[1] * 24]})).code == "too_few_persons"


def test_persons_who_are_all_alike_leave_no_spread_to_tell_uncertainty_by(panel):
    assert answer(panel({"treated": [[1] * 12 + [2] * 12] * 5})).code == "no_spread"


def test_a_side_without_events_is_answered_on_the_difference_scale_with_a_failed_check(series):
    estimate = answer(series({"all": [1] * 12 + [0] * 12}), scale="difference")
    assert estimate.effect == pytest.approx(-0.1)
    assert check(estimate, "events_on_every_side").passed is False
    assert estimate.grade == "reported"


def test_patients_chosen_in_a_bad_period_lower_the_grade_and_the_expected_fall_is_told(simulated):
    """Rule: 2 or more in 12 months; population 0.5 a year, shape 1: those chosen had 2.5 and return to 1.1667."""
    rule = {"selection_window_months": 12, "selection_at_least": 2}
    estimate = answer(simulated(1), **rule, population_rate=0.5, population_dispersion=1.0)
    found = check(estimate, "regression_to_the_mean")
    assert found.passed is False
    assert found.parameters["expected_drop"] == pytest.approx(1 - 1.16667 / 2.5, abs=1e-4)
    assert estimate.grade == "reported"


@pytest.mark.parametrize(("selected", "passed"), [(True, False), (False, True), (None, None)])
def test_what_nobody_has_said_about_selection_is_unknown(simulated, selected, passed):
    assert check(answer(simulated(1), selected=selected), "regression_to_the_mean").passed is passed


def test_a_peak_before_the_start_fails_the_check_also_when_nobody_was_said_to_be_chosen(series):
    estimate = answer(series({"all": [5] * 12 + [15] * 12 + [5] * 12}), selected=False, go_live=date(2025, 1, 1))
    assert check(estimate, "peak_before_start").passed is False
    assert check(estimate, "regression_to_the_mean").passed is False


def test_half_years_of_different_seasons_fail_the_check(series):
    estimate = answer(series({"all": [9, 8, 9, 8] * 6}), months_before=6, months_after=6)
    assert check(estimate, "season_balanced").passed is False


def test_a_month_left_out_at_the_start_is_told(series):
    estimate = answer(series({"all": [9, 8] * 12}), go_live=date(2024, 1, 15))
    assert check(estimate, "start_period_left_out").parameters == {"count": 1}
    assert check(estimate, "last_month_complete").parameters == {"month": "2024-12"}


def test_persons_seen_on_one_side_only_are_kept_and_counted(simulated):
    rows = simulated(1)._rows
    gone = rows[~((rows["person"] < 30) & (rows["period"] >= "2024-01-01"))]
    estimate = answer(Panel(gone))
    sides = check(estimate, "persons_on_both_sides")
    treated = rows.loc[rows["group"] == "treated", "person"]
    one_sided = int((treated.drop_duplicates() < 30).sum())
    assert sides.parameters == {"one_sided": one_sided, "persons": 60, "share": one_sided / 60}
    assert sides.passed is (one_sided / 60 <= 0.2)
    assert estimate.n == 60


def test_few_persons_and_few_periods_fail_their_checks(panel, series):
    few = answer(panel({"treated": np.random.default_rng(1).poisson(1, (19, 24)).tolist()}))
    assert check(few, "enough_persons").passed is False
    assert check(answer(series({"all": [4, 6] * 8}), months_before=8), "enough_periods").passed is False


def test_periods_that_follow_each_other_fail_the_check_on_independence(series):
    wave = [20, 24, 28, 24, 20, 16, 12, 16] * 6
    estimate = answer(series({"all": wave}), go_live=date(2025, 1, 1))
    assert check(estimate, "independent_periods").passed is False
    calm = np.random.default_rng(3).poisson(20, 48).tolist()
    assert check(answer(series({"all": calm}), go_live=date(2025, 1, 1)), "independent_periods").passed


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"lag": 3}, "unknown_option"),
        ({"scale": "log"}, "option_value"),
        ({"level": 95}, "option_value"),
        ({"level": 0.9999}, "option_value"),
        ({"level": 0.49}, "option_value"),
        ({"level": True}, "option_value"),
        ({"lag_months": -1}, "option_value"),
        ({"months_before": 0}, "option_value"),
        ({"months_after": 2.5}, "option_value"),
        ({"population_rate": 0}, "option_value"),
        ({"selected": "yes"}, "option_value"),
        ({"comparison_selected_alike": True}, "unknown_option"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_by_name(series, options, code):
    with pytest.raises(InvalidOption) as refusal:
        answer(series({"all": [1] * 24}), **options)
    assert refusal.value.code == code
    assert refusal.value.parameters["option"] == next(iter(options))


def test_the_options_used_are_told_with_their_defaults(series):
    options = answer(series({"all": [2, 3] * 12}), lag_months=1).options
    assert (options["lag_months"], options["scale"], options["level"], options["selected"]) == (1, "ratio", 0.95, None)


@pytest.mark.slow
@pytest.mark.usefixtures("interval_alone")
def test_the_interval_covers_the_truth_as_often_as_it_says(panel):
    """100 worlds of 40 persons, ratio 0.7; the share covered is within three standard errors of 0.95."""
    covered = []
    for seed in range(100):
        stream = np.random.default_rng(seed)
        rates = stream.gamma(1.0, 2.0, size=(40, 1)) / 4 * np.r_[np.ones(4), np.full(4, 0.7)]
        rows = panel({"treated": stream.poisson(rates).tolist()}, start="2023-09-01")
        estimate = answer(rows)
        half = abs(np.log(estimate.ratio / 0.7)) / estimate.se
        from scipy import stats

        covered.append(half <= stats.t.ppf(0.975, estimate.df))
    assert np.mean(covered) == pytest.approx(0.95, abs=3 * (0.95 * 0.05 / 100) ** 0.5)


def test_yearly_data_are_read_as_whole_years():
    frame = pd.DataFrame(
        {
            "period": pd.date_range("2019-01-01", periods=6, freq="YS"),
            "unit": "",
            "group": "all",
            "count": [100, 110, 90, 60, 70, 65],
            "exposure": 50.0,
        }
    )
    estimate = answer(Series(frame), go_live=date(2022, 1, 1))
    assert estimate.ratio == pytest.approx(195 / 300)
    assert check(estimate, "season_balanced").passed


def as_in_r(name: str) -> Series:
    months = pd.date_range("2023-01-01", periods=24, freq="MS")
    frame = {"period": months, "unit": "", "group": "all", "count": R[name], "exposure": np.array(R["exposure"], float)}
    return Series(pd.DataFrame(frame))


@pytest.mark.parametrize("name", ["events", "hours"])
def test_the_quasi_poisson_interval_of_a_series_is_that_of_r_also_for_amounts(name):
    found, wanted = answer(as_in_r(name), interval="quasi_poisson"), R[f"quasi_{name}"]
    assert (np.log(found.ratio), found.se) == pytest.approx((wanted["log_ratio"], wanted["se"]), abs=1e-9)
    assert found.df == 22
    told = [one.parameters["dispersion"] for one in found.checks if one.code == "over_dispersion"]
    assert told == pytest.approx([wanted["dispersion"]] if name == "events" else [])


def test_the_robust_interval_of_a_series_is_the_sandwich_of_r():
    found = answer(as_in_r("events"), interval="robust")
    assert found.se == pytest.approx(R["robust_events"]["se"], abs=1e-9)
    assert found.df == 22


def test_the_robust_interval_of_persons_is_the_clustered_sandwich_of_r(panel):
    counts = [list(pair) for pair in zip(R["person_before"], R["person_after"], strict=True)]
    found = answer(panel({"treated": counts}, start="2023-12-01"))
    wanted = R["clustered"]
    assert (np.log(found.ratio), found.se) == pytest.approx((wanted["log_ratio"], wanted["se"]), abs=1e-8)


@pytest.mark.parametrize("interval", ["auto", "robust", "quasi_poisson"])
def test_hours_and_the_same_minutes_have_the_same_ratio_and_interval(interval):
    rows = as_in_r("hours").rows()
    one = answer(Series(rows), interval=interval)
    other = answer(Series(rows.assign(count=rows["count"] * 60)), interval=interval)
    assert (one.ratio, one.se) == pytest.approx((other.ratio, other.se))
    assert (one.low * 60, one.high * 60) == pytest.approx((other.low, other.high))


def test_less_spread_than_poisson_is_chance_in_events_and_knowledge_in_amounts(series):
    """20 and 21 by turns vary a hundredth of what Poisson events would: taken as one, unless they are 20.5 hours."""
    events, hours = answer(series({"all": [20, 21] * 12})), answer(series({"all": [20.5, 21.5] * 12}))
    assert events.se == pytest.approx((2 / 246) ** 0.5)
    assert hours.se < events.se / 5


def test_quasi_poisson_is_for_periods_and_not_for_persons(panel):
    refusal = answer(panel({"treated": [[1, 2], [3, 4]]}, start="2023-12-01"), interval="quasi_poisson")
    assert (refusal.code, refusal.parameters["wants"]) == ("wrong_shape", "series")


def test_an_unknown_interval_is_refused_by_name(series):
    with pytest.raises(InvalidOption) as refusal:
        answer(series({"all": [1] * 24}), interval="wald")
    assert refusal.value.parameters["option"] == "interval"


def test_persons_with_rates_of_their_own_vary_more_and_the_interval_allows_for_it(simulated):
    """Gamma rates of mean 1.5 and shape 1: variance over mean about 1 + 1.5."""
    found = check(answer(simulated(1)), "over_dispersion")
    assert found.passed is True
    assert 1.5 < found.parameters["dispersion"] < 4


@pytest.mark.parametrize(
    ("count", "allowed_for", "passed"), [([9, 1], False, False), ([9, 1], True, True), ([5, 6], False, True)]
)
def test_over_dispersion_is_a_fault_only_in_an_interval_that_does_not_allow_for_it(series, count, allowed_for, passed):
    """9 and 1 by turns: mean 5, X2 = 24 x 16 / 5 = 76.8 with 22 degrees of freedom."""
    data = series({"all": count * 12})
    prepared = prepare(data, method="", groups=("all",), go_live=START, options=RateOptions())
    (found,) = over_dispersion(prepared, allowed_for=allowed_for)
    assert found.passed is passed
    if count == [9, 1]:
        assert found.parameters["dispersion"] == pytest.approx(76.8 / 22)


METHODS = ("before_after", "before_after_means", "before_after_shares")


@pytest.mark.parametrize("id", METHODS)
@pytest.mark.parametrize(
    "said", [{"selected": True}, {"selection_at_least": 1, "selection_window_months": 12}, {"selected": False}, {}]
)
def test_every_before_after_method_warns_whenever_a_rule_of_selection_is_declared(series, id, said):
    data = series({"all": [4, 5] * 12})
    found = method(id).estimate(data, benefit="g1", indicator="", go_live=START, options=said)
    warned = check(found, "regression_to_the_mean")
    assert (warned.passed is False) is (said not in ({"selected": False}, {}))
    assert (found.grade == "reported") is (warned.passed is False)


@pytest.mark.parametrize("id", METHODS)
def test_every_before_after_method_warns_of_a_peak_before_the_start(series, id):
    data = series({"all": [3, 4] * 6 + [8, 9] * 6 + [3, 4] * 6})
    found = method(id).estimate(data, benefit="g1", indicator="", go_live=date(2025, 1, 1), options={"selected": False})
    assert check(found, "peak_before_start").passed is False
    assert check(found, "regression_to_the_mean").passed is False


@pytest.mark.parametrize("id", ["before_after", "before_after_means"])
def test_a_peak_in_hours_is_warned_of_as_well(series, id):
    data = series({"all": [3.5, 4.0] * 6 + [8.5, 9.0] * 6 + [3.5, 4.0] * 6})
    found = method(id).estimate(data, benefit="g1", indicator="", go_live=date(2025, 1, 1), options={})
    assert check(found, "regression_to_the_mean").passed is False


def test_the_checks_on_robustness_stand_beside_the_estimate(panel):
    """Three years of 60 persons with 2 a month, then 1: nothing before, and no few persons decide it."""
    counts = np.random.default_rng(3).poisson([2.0] * 36 + [1.0] * 12, size=(60, 48)).tolist()
    beside = np.random.default_rng(4).poisson(2.0, size=(60, 48)).tolist()
    data = panel({"treated": counts, "comparison": beside}, start="2021-01-01")
    found = answer(data, lag_months=2)
    for code in ("placebo_in_time", "placebo_in_group", "heaviest_users", "missing_data"):
        assert check(found, code).passed is True
    assert check(found, "heaviest_users").parameters["left_out"] == 5
    # Months of taking up the service are left out after the real start, and not after the imagined one.
    assert check(found, "placebo_in_time") == check(answer(data), "placebo_in_time")
    assert found.effect != answer(data).effect


@pytest.mark.parametrize("id", METHODS)
@pytest.mark.parametrize(("before", "code"), [([3, 8], "dip_before_start"), ([8, 3], "dip_before_start")])
def test_a_rise_after_a_peak_is_no_regression_but_one_after_a_dip_is(series, id, before, code):
    first, last = before
    data = series({"all": [first, first + 1] * 6 + [last, last + 1] * 6 + [9, 9, 8] * 4})
    found = method(id).estimate(data, benefit="g1", indicator="", go_live=date(2025, 1, 1), options={"selected": False})
    assert found.effect > 0
    assert check(found, code).passed is (first < last)
    assert check(found, "regression_to_the_mean").passed is (first < last)
    assert "peak_before_start" not in {one.code for one in found.checks}
