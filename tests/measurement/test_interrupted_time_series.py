"""Interrupted time series: by hand, against R on a published series, and against matrices written out here."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from benefits.activity import Responses
from benefits.measurement import Estimate, InvalidOption, Refusal, apply
from benefits.measurement.designs.interrupted_time_series import InterruptedTimeSeries

ANCHORS = Path(__file__).parent / "anchors"
METHOD = "interrupted_time_series"
START = date(2024, 1, 1)
PLAIN = {"season": "none", "min_exposure": 0}


@lru_cache
def r() -> dict:
    return json.loads((ANCHORS / f"{METHOD}.json").read_text(encoding="utf-8"))


def sicily() -> pd.DataFrame:
    read = pd.read_csv(ANCHORS / "sicily_2002_2006.csv")
    period = pd.to_datetime(read[["year", "month"]].assign(day=1))
    return pd.DataFrame({"period": period, "count": read["aces"], "exposure": read["stdpop"]})


def smoking_ban(**options) -> Estimate:
    return apply(METHOD, sicily(), go_live=date(2005, 1, 1), options=options)


def frame(counts, *, start="2022-01-01", exposure=10.0, **columns) -> pd.DataFrame:
    period = pd.date_range(start, periods=len(counts), freq="MS")
    return pd.DataFrame({"period": period, "count": counts, "exposure": exposure, **columns})


def answer(data, **options) -> Estimate | Refusal:
    go_live = options.pop("go_live", START)
    return apply(METHOD, data, go_live=go_live, options={**PLAIN, **options})


def check(estimate: Estimate, code: str):
    return next(check for check in estimate.checks if check.code == code)


def codes(estimate: Estimate) -> set[str]:
    return {check.code for check in estimate.checks}


def noisy(seed: int = 1, *, before: int = 24, after: int = 24, effect: float = 1.0, mean: float = 100.0) -> list[int]:
    stream = np.random.default_rng(seed)
    return stream.poisson(mean * np.r_[np.ones(before), np.full(after, effect)]).tolist()


# By hand --------------------------------------------------------------------------------------------------------------

LINE = [20 + month for month in range(24)] + [20 + month - 6 - (month - 24) for month in range(24, 48)]
"""One more each month up to the start; then six down, and flat: level -6, slope -1. Over 24 months the mean effect is
-6 - (0 + 1 + ... + 23) / 24 = -6 - 11.5 = -17.5 a month, -1.75 per exposure of ten."""
WOBBLE = np.tile([1, -1, -1, 1], 12)


def test_level_and_slope_and_their_mean_by_hand():
    estimate = answer(frame(LINE + WOBBLE), model="ols", scale="difference")
    assert estimate.details["level_change"].value == pytest.approx(-0.6, abs=0.05)
    assert estimate.details["slope_change"].value == pytest.approx(-0.1, abs=0.005)
    assert estimate.details["trend_before"].value == pytest.approx(0.1, abs=0.005)
    assert estimate.effect == pytest.approx(-1.75, abs=0.06)
    assert estimate.observed == pytest.approx(np.mean((LINE + WOBBLE)[24:]) / 10)
    assert (estimate.n, estimate.exposure, estimate.df) == (48, 240.0, 44)


def test_a_level_alone_is_the_jump_everywhere():
    jump = [20 + month - 6 * (month >= 24) for month in range(48)]
    estimate = answer(frame(jump + WOBBLE), model="ols", scale="difference", impact="level")
    assert estimate.effect == pytest.approx(-0.6, abs=0.02)
    assert estimate.effect == pytest.approx(estimate.details["level_change"].value)
    assert "slope_change" not in estimate.details


def test_a_slope_alone_is_nothing_in_the_first_month_and_grows():
    bend = [20 + month - 2 * max(0, month - 24) for month in range(48)]
    estimate = answer(frame(bend + WOBBLE), model="ols", scale="difference", impact="slope")
    assert estimate.details["slope_change"].value == pytest.approx(-0.2, abs=0.005)
    assert estimate.effect == pytest.approx(11.5 * estimate.details["slope_change"].value)


def test_a_temporary_change_is_spread_over_all_months_after():
    """Six months of -12 in 24 after: -12 x 6 / 24 = -3 a month, -0.3 per exposure of ten."""
    dip = np.full(48, 50) + WOBBLE - 12 * ((np.arange(48) >= 24) & (np.arange(48) < 30))
    estimate = answer(frame(dip), model="ols", scale="difference", impact="temporary", temporary_months=6)
    assert estimate.details["level_change"].value == pytest.approx(-1.2, abs=0.05)
    assert estimate.effect == pytest.approx(estimate.details["level_change"].value * 6 / 24)


def test_what_was_observed_is_what_was_counted_also_where_the_model_has_no_level():
    counts = np.r_[np.full(24, 50), np.full(24, 40)] + WOBBLE
    for options in ({"scale": "difference"}, {"scale": "ratio"}, {"model": "ols", "errors": "ar1"}):
        estimate = answer(frame(counts), impact="slope", **options)
        assert estimate.observed == pytest.approx(4.0)
        assert estimate.effect == pytest.approx(estimate.observed - estimate.counterfactual)


def test_a_lag_is_left_out_and_the_jump_is_counted_from_its_end():
    slow = np.r_[np.full(24, 50), [47, 44, 41], np.full(21, 38)] + WOBBLE
    estimate = answer(frame(slow), model="ols", scale="difference", impact="level", lag_months=3)
    assert (estimate.n, estimate.exposure) == (45, 210.0)
    assert estimate.effect == pytest.approx(-1.2, abs=0.06)
    sinking = np.r_[np.full(24, 50), [47, 44, 41], 38 - np.arange(21)] + WOBBLE
    both = answer(frame(sinking), model="ols", scale="difference", lag_months=3).details
    assert both["level_change"].value == pytest.approx(-1.2, abs=0.06)
    assert both["slope_change"].value == pytest.approx(-0.1, abs=0.01)


def test_a_panel_is_summed_over_its_persons(panel):
    counts = np.random.default_rng(3).poisson(1.0, size=(30, 48)).tolist()
    persons = panel({"all": counts}, start="2022-01-01")
    one, other = (answer(data, impact="level") for data in (persons, persons.to_series()))
    assert (one.effect, one.se) == (other.effect, other.se)
    assert (one.n, other.n) == (30, 48)


def test_amounts_are_modelled_and_their_spread_may_be_below_that_of_counts():
    hours = 50 + np.random.default_rng(2).normal(0, 0.5, 48)
    estimate = answer(frame(hours, exposure=1.0), impact="level")
    assert estimate.details["dispersion"].value < 0.1
    assert estimate.se < 0.01
    refusal = answer(frame(hours), model="poisson")
    assert (refusal.code, refusal.what_would_open_it) == ("amounts_not_counts", "model_for_amounts")


# Against R, on the published series -----------------------------------------------------------------------------------


def logs(estimate: Estimate, code: str) -> tuple[float, float]:
    detail = estimate.details[code]
    half = stats.t.ppf(0.975, estimate.df)
    return np.log1p(detail.value), (np.log1p(detail.high) - np.log1p(detail.low)) / 2 / half


@pytest.mark.parametrize(
    ("anchor", "options"),
    [
        ("poisson_level", {"model": "poisson", "impact": "level", "season": "none"}),
        ("quasi_poisson_level", {"impact": "level", "season": "none"}),
        ("quasi_poisson_level_season", {"impact": "level"}),
        ("quasi_poisson", {}),
        ("quasi_poisson_hac", {"errors": "hac", "hac_lags": 3}),
        ("negative_binomial", {"model": "negative_binomial"}),
    ],
)
def test_counts_agree_with_r(anchor, options):
    estimate, told = smoking_ban(**options), r()[anchor]
    near = 2e-5 if anchor == "negative_binomial" else 1e-8
    for code, name in {"level_change": "ban", "slope_change": "dt", "trend_before": "t"}.items():
        if name in told["coefficients"]:
            assert logs(estimate, code) == pytest.approx((told["coefficients"][name], told["se"][name]), rel=near)
    if "dispersion" in told:
        assert estimate.details["dispersion"].value == pytest.approx(told["dispersion"], rel=1e-7)
    if "shape" in told:
        assert estimate.details["negative_binomial_shape"].value == pytest.approx(told["shape"], rel=1e-3)


@pytest.mark.parametrize(
    ("anchor", "options"),
    [("ols", {"errors": "model"}), ("ols_hac", {}), ("ols_ar1", {"errors": "ar1"}), ("ols_ar1_with_gaps", {})],
)
def test_rates_agree_with_r(anchor, options):
    """R on rates per 100 000; restricted likelihood is searched for in different ways, hence the wider
    tolerance."""
    told, data = r()[anchor], sicily()
    if "left_out" in told:
        data = data.drop(index=[month - 1 for month in told["left_out"]])
        options = {"errors": "ar1"}
    data["exposure"] /= 1e5
    options = {"model": "ols", "scale": "difference", **options}
    estimate = apply(METHOD, data, go_live=date(2005, 1, 1), options={**options, "min_exposure": 0})
    near = 1e-5 if "ar1" in anchor else 1e-7
    half = stats.t.ppf(0.975, estimate.df)
    for code, name in {"level_change": "ban", "slope_change": "dt", "trend_before": "t"}.items():
        detail = estimate.details[code]
        found = (detail.value, (detail.high - detail.low) / 2 / half)
        assert found == pytest.approx((told["coefficients"][name], told["se"][name]), rel=near)
    if "rho" in told:
        assert estimate.details["autoregressive_coefficient"].value == pytest.approx(told["rho"], rel=1e-4)


def test_the_published_example_shows_a_fall_of_eleven_per_cent_beyond_its_interval():
    estimate = smoking_ban(impact="level")
    assert round(estimate.ratio, 3) == 0.885
    assert estimate.details["level_change"].value == pytest.approx(estimate.ratio - 1)
    assert not estimate.includes_zero
    assert estimate.grade == "before_after"


def test_ljung_box_agrees_with_r():
    """The smaller p value of one and of ten periods back, times two."""
    told = 2 * min(r()["ljung_box_p"], r()["ljung_box_p_one_back"])
    assert check(smoking_ban(), "autocorrelation").parameters["p"] == pytest.approx(told, rel=1e-6)


def test_time_counted_from_the_first_month_gives_the_same_fit_and_slope_but_another_level():
    """With D t and t = 1 in the first month of the data the coefficient of D is the jump at a month long before."""
    estimate, told = smoking_ban(), r()["quasi_poisson_time_from_first_month"]
    level, slope = logs(estimate, "level_change")[0], logs(estimate, "slope_change")[0]
    assert told["deviance"] == pytest.approx(r()["quasi_poisson"]["deviance"])
    assert slope == pytest.approx(told["slope"])
    assert level != pytest.approx(told["ban"], rel=0.1)
    assert level == pytest.approx(told["ban"] + 37 * told["slope"])


# Written out here -----------------------------------------------------------------------------------------------------


def test_the_effect_and_its_error_are_those_of_matrices_and_numerical_derivatives():
    """Quasi-Poisson by Newton's method; the ratio's standard error by differences of each coefficient."""
    data = sicily()
    count, exposure = data["count"].to_numpy(float), data["exposure"].to_numpy()
    t, month = np.arange(59) - 36.0, data["period"].dt.month.to_numpy()
    season = [wave(2 * np.pi * k * month / 12) for k in (1, 2) for wave in (np.sin, np.cos)]
    after = (t >= 0).astype(float)
    design = np.column_stack([np.ones(59), t, *season, after, after * t])
    beta = np.r_[np.log(count.sum() / exposure.sum()), np.zeros(7)]
    for _ in range(30):
        mean = exposure * np.exp(design @ beta)
        information = design.T @ (design * mean[:, None])
        beta = beta + np.linalg.solve(information, design.T @ (count - mean))
    spread = ((count - mean) ** 2 / mean).sum() / 51
    without = design.copy()
    without[:, -2:] = 0

    def log_ratio(at):
        return np.log((exposure * np.exp(design @ at))[36:].sum() / (exposure * np.exp(without @ at))[36:].sum())

    steps = np.eye(8) * 1e-6
    gradient = np.array([(log_ratio(beta + step) - log_ratio(beta - step)) / 2e-6 for step in steps])
    estimate = smoking_ban()
    assert estimate.se == pytest.approx((spread * gradient @ np.linalg.solve(information, gradient)) ** 0.5, rel=1e-5)
    assert np.log(estimate.ratio) == pytest.approx(log_ratio(beta), rel=1e-7)
    assert estimate.observed == pytest.approx(count[36:].sum() / exposure[36:].sum())
    assert estimate.df == 51


def test_newey_west_is_the_sum_written_out():
    """Bartlett weights 1 - l / 4 for three lags, times n / (n - k)."""
    data = frame(noisy(4))
    estimate = answer(data, model="ols", scale="difference", impact="level", hac_lags=3)
    t = np.arange(48) - 24.0
    design = np.column_stack([np.ones(48), t, t >= 0])
    rate = data["count"].to_numpy() / 10
    inverse = np.linalg.inv(design.T @ design)
    score = design * (rate - design @ inverse @ design.T @ rate)[:, None]
    middle = score.T @ score
    for lag in (1, 2, 3):
        crossed = score[lag:].T @ score[:-lag]
        middle += (1 - lag / 4) * (crossed + crossed.T)
    expected = (inverse @ middle @ inverse)[2, 2] * 48 / 45
    assert estimate.se**2 == pytest.approx(expected)


# With a comparison group ----------------------------------------------------------------------------------------------


def both(treated, comparison) -> pd.DataFrame:
    sides = {"treated": treated, "comparison": comparison}
    return pd.concat(frame(counts, unit=name, group=name) for name, counts in sides.items())


def test_with_a_control_series_least_squares_is_that_of_the_difference_of_the_series():
    """Regressing treated less comparison gives the same change, and Newey and West the same error."""
    data = both(noisy(5, effect=0.8), noisy(6))
    estimate = answer(data, model="ols", scale="difference", errors="hac", hac_lags=2)
    less = np.array(noisy(5, effect=0.8)) - np.array(noisy(6)) + 500
    alone = answer(frame(less), model="ols", scale="difference", errors="hac", hac_lags=2)
    assert (estimate.effect, estimate.se) == pytest.approx((alone.effect, alone.se))
    assert (estimate.df, alone.df) == (44, 44)


def test_with_a_control_series_the_grade_is_controlled_and_a_fall_common_to_both_is_no_effect():
    counts = noisy(11, effect=0.7)
    estimate = answer(both(counts, counts), selected=False)
    assert estimate.effect == pytest.approx(0, abs=1e-9)
    assert estimate.ratio == pytest.approx(1)
    fair = [check.code for check in estimate.checks if check.passed is False]
    assert estimate.grade == ("controlled" if not fair else "before_after")


def test_without_hac_the_groups_are_independent_so_that_their_variances_are_added():
    sides = noisy(5, effect=0.8), noisy(6)
    separate = [logs(answer(frame(counts)), "level_change") for counts in sides]
    found = logs(answer(both(*sides)), "level_change")
    assert found[0] == pytest.approx(separate[0][0] - separate[1][0])
    assert found[1] ** 2 == pytest.approx(separate[0][1] ** 2 + separate[1][1] ** 2)


def test_a_ratio_is_carried_over_from_the_control_series():
    """Counts tell of ratios: the treated fall to 0.6 and the comparison to 0.75, so 0.8 is left."""
    wave = np.tile([2, -2, -2, 2], 12)
    treated = np.r_[np.full(24, 200), np.full(24, 120)] + wave
    comparison = np.r_[np.full(24, 400), np.full(24, 300)] + wave
    estimate = answer(both(treated, comparison), impact="level")
    assert estimate.ratio == pytest.approx(0.8, rel=5e-3)
    assert estimate.counterfactual == pytest.approx(15, rel=5e-3)


def test_the_comparison_group_can_be_left_out():
    data = both(noisy(5, effect=0.8), noisy(6))
    alone = answer(data, use_comparison=False)
    treated = answer(data[data["group"] == "treated"].assign(group="all"))
    assert (alone.effect, alone.se, alone.grade) == (treated.effect, treated.se, treated.grade)
    assert "regression_to_the_mean" in codes(alone)


# Refusals -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "options", "code", "opens"),
    [
        (frame([5] * 24, group="comparison"), {}, "nobody_treated", "data_on_treated"),
        (frame([5]), {}, "nothing_after", "longer_after"),
        (frame(noisy(), start="2025-01-01"), {}, "nothing_before", "longer_before"),
        (frame(noisy()[:31]), {}, "too_few_periods_for_model", "longer_series"),
        (frame(noisy(), start="2023-06-01"), {}, "too_few_periods_for_model", "longer_series"),
        (frame([0] * 48), {}, "no_events_at_all", "longer_window"),
        (frame([0] * 48), {"model": "ols"}, "no_events_at_all", "longer_window"),
        (frame([4] * 24 + [0] * 24), {}, "no_events", "least_squares_or_longer_window"),
        (frame([5] * 48), {"model": "ols"}, "no_spread", "longer_window"),
        (frame(noisy(), exposure=0.01), {"min_exposure": 1}, "too_little_exposure", "longer_before"),
        (
            frame([*range(50, 2, -2), *[10, 12] * 12]),
            {"model": "ols"},
            "rate_not_positive",
            "difference_scale_or_longer_window",
        ),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_would_open_it(data, options, code, opens):
    refusal = answer(data, **options)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.what_would_open_it) == (code, opens)


def test_a_calendar_month_without_events_never_converges_and_says_so():
    counts = np.array(noisy(mean=20.0))
    counts[::12] = 0
    refusal = answer(frame(counts), season="month_dummies")
    assert (refusal.code, refusal.what_would_open_it) == ("did_not_converge", "simpler_model")


def test_a_model_whose_columns_follow_from_each_other_is_refused():
    """Quarters: the wave of the half year is zero in every one of them."""
    period = pd.date_range("2018-01-01", periods=32, freq="QS")
    data = pd.DataFrame({"period": period, "count": noisy(2, before=24, after=8), "exposure": 1.0})
    refusal = answer(data, season="harmonics", harmonics=2)
    assert (refusal.code, refusal.what_would_open_it) == ("collinear_design", "simpler_model")
    assert isinstance(answer(data, season="harmonics", harmonics=1), Estimate)


def test_several_starts_are_refused_and_one_of_the_units_own_is_used():
    data = frame(noisy(effect=0.8), unit="Vik")
    two = pd.concat([data.assign(start=pd.Timestamp("2024-01-01")), data.assign(unit="Nes", start="2024-03-01")])
    two["start"] = pd.to_datetime(two["start"])
    refusal = answer(two)
    assert (refusal.code, refusal.what_would_open_it) == ("staggered_starts", "method_for_staggered_starts")
    own = answer(data.assign(start=pd.Timestamp("2024-01-01")), go_live=date(2022, 6, 1))
    assert own.effect == answer(data).effect


def test_answers_to_a_survey_are_of_the_wrong_shape():
    waves = pd.DataFrame({"respondent": ["a"], "wave": pd.to_datetime(["2024-01-01"]), "item": "x", "score": 3.0})
    data = Responses(waves.assign(group="all"))
    refusal = InterruptedTimeSeries().estimate(data, benefit="", indicator="", go_live=START, options={})
    assert refusal.code == "wrong_shape"


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ({"impact": "jump"}, "impact"),
        ({"impact": "temporary"}, "temporary_months"),
        ({"temporary_months": 3}, "temporary_months"),
        ({"model": "arima"}, "model"),
        ({"errors": "ar1"}, "errors"),
        ({"season": "summer"}, "season"),
        ({"harmonics": 3}, "harmonics"),
        ({"harmonics": True}, "harmonics"),
        ({"fewest_periods": 2}, "fewest_periods"),
        ({"hac_lags": -1}, "hac_lags"),
        ({"use_comparison": 1}, "use_comparison"),
        ({"scale": "odds"}, "scale"),
    ],
)
def test_an_option_that_cannot_be_used_is_told(options, wrong):
    with pytest.raises(InvalidOption) as told:
        answer(frame(noisy()), **options)
    assert told.value.parameters["option"] == wrong


# Checks ---------------------------------------------------------------------------------------------------------------


def test_a_series_with_less_than_twelve_points_is_fitted_by_least_squares_and_says_so():
    estimate = answer(frame(noisy(before=5, after=5), start="2023-08-01"), fewest_periods=5, model="poisson")
    assert (estimate.options["model"], estimate.options["errors"]) == ("ols", "model")
    assert check(estimate, "series_length").passed is False
    assert check(estimate, "series_length").parameters == {"points": 10, "short": 12}
    assert estimate.grade == "reported"


def test_a_season_is_left_out_of_a_series_shorter_than_two_years_and_says_so():
    estimate = answer(frame(noisy(before=10, after=10), start="2023-03-01"), season="harmonics")
    assert estimate.options["season"] == "none"
    assert check(estimate, "season_in_model").passed is False
    assert check(estimate, "season_in_model").parameters == {"months": 20, "needed": 24}


def test_a_season_left_out_by_choice_is_seen_in_the_data():
    wave = 100 * (1 + 0.3 * np.sin(2 * np.pi * np.arange(48) / 12))
    assert check(answer(frame(wave.round())), "season_seen").passed is False
    assert check(answer(frame(noisy())), "season_seen").passed is True
    assert check(answer(frame(wave.round()), season="month_dummies"), "season_in_model").passed is True


def test_years_have_no_season():
    period = pd.date_range("2000-01-01", periods=30, freq="YS")
    data = pd.DataFrame({"period": period, "count": noisy(before=20, after=10), "exposure": 1.0})
    estimate = answer(data, season="harmonics", go_live=date(2020, 1, 1))
    assert estimate.options["season"] == "none"
    assert not codes(estimate) & {"season_in_model", "season_seen"}


def followed(rho: float, seed: int = 8) -> pd.DataFrame:
    stream, level = np.random.default_rng(seed), 0.0
    values = []
    for _ in range(96):
        level = rho * level + stream.normal(0, 5)
        values.append(100 + level)
    return frame(values, start="2020-01-01")


def test_neighbours_that_follow_each_other_fail_the_check_unless_the_errors_allow_for_it():
    data = followed(0.7)
    alone = answer(data, model="ols", errors="model")
    assert check(alone, "autocorrelation").passed is False
    assert check(alone, "autocorrelation").parameters["correlation"] > 0.4
    assert check(answer(data, model="ols"), "autocorrelation_allowed_for").passed is True
    autoregressive = answer(data, model="ols", errors="ar1")
    assert check(autoregressive, "autocorrelation").passed is True
    assert autoregressive.se > alone.se


def test_counts_that_spread_more_than_poisson_fail_the_check_and_nothing_is_chosen_for_anybody():
    stream = np.random.default_rng(9)
    counts = stream.poisson(stream.gamma(4, 25, size=48)).tolist()
    poisson = answer(frame(counts), model="poisson")
    assert check(poisson, "spread_as_modelled").passed is False
    assert poisson.options["model"] == "poisson"
    assert check(poisson, "spread_as_modelled").parameters["dispersion"] > 5
    wider = {model: answer(frame(counts), model=model).se for model in ("quasi_poisson", "negative_binomial")}
    assert min(wider.values()) > 2 * poisson.se
    assert check(answer(frame(counts)), "spread_from_data").passed is True


def test_a_change_at_a_made_up_start_fails_the_placebo():
    early = [100] * 12 + [60] * 12 + [60] * 24
    moved = answer(frame(np.array(early) + WOBBLE), impact="level")
    assert check(moved, "placebo_in_time").passed is False
    assert check(moved, "placebo_in_time").parameters["rate_effect"] < -3
    assert check(answer(frame(noisy()), impact="level"), "placebo_in_time").passed is True


def test_too_short_a_time_before_for_a_placebo_is_unknown():
    assert check(answer(frame(noisy(before=12), start="2023-01-01")), "placebo_in_time").passed is None


def test_missing_months_are_counted_and_many_of_them_fail():
    data = frame(noisy())
    few, many = data.drop(index=[3, 30]), data.drop(index=range(2, 46, 3))
    assert check(answer(few), "missing_data").parameters["missing"] == 2
    assert check(answer(few), "missing_data").passed is True
    assert check(answer(many), "missing_data").passed is False
    assert check(answer(data), "missing_data").parameters["missing"] == 0


def test_months_that_some_units_lack_are_missing_also_where_others_have_them():
    """Summed over units no month is without a figure; a third of the units' own months are."""
    units = pd.concat([frame(noisy(seed, mean=30), unit=f"u{seed}") for seed in range(6)], ignore_index=True)
    holes = units[(units.index // 48 + units.index) % 3 > 0]
    assert holes["period"].nunique() == 48
    told = check(answer(holes), "missing_data")
    assert (told.passed, told.parameters["missing"]) == (False, 96)
    assert check(apply("projection", holes, go_live=START, options={}), "missing_data").passed is False


def test_what_happens_to_the_only_unit_of_a_group_cannot_be_told_from_an_effect():
    """The same two units compared as a difference in differences fail the same check."""
    two = pd.concat([frame(noisy(5), group="treated", unit="Vik"), frame(noisy(6), group="comparison", unit="Nes")])
    found = answer(two)
    assert check(found, "shocks_of_one_unit").passed is False
    assert found.grade == "before_after"
    more = frame(noisy(7), group="treated", unit="Os"), frame(noisy(8), group="comparison", unit="Ski")
    assert check(answer(pd.concat([two, *more])), "shocks_of_one_unit").passed is True


def test_residuals_that_are_nothing_but_rounding_do_not_follow_each_other():
    assert check(answer(frame([7] * 48)), "autocorrelation").passed is None


def test_a_unit_that_joins_after_the_start_is_told():
    old, new = frame(noisy(), unit="Vik"), frame(noisy(2), unit="Nes")
    assert check(answer(pd.concat([old, new])), "units_on_both_sides").passed is True
    joined = answer(pd.concat([old, new.iloc[30:]]))
    assert check(joined, "units_on_both_sides").parameters == {"one_sided": 1, "units": 2}
    assert check(joined, "units_on_both_sides").passed is False
    assert "units_on_both_sides" not in codes(answer(old))


def test_a_peak_is_looked_for_beyond_the_trend():
    rising = np.array([60 + 2 * month for month in range(24)] + [108] * 24) + WOBBLE
    assert check(answer(frame(rising)), "peak_beyond_trend").passed is True
    rising[21:24] += 40
    found = answer(frame(rising))
    assert check(found, "peak_beyond_trend").passed is False
    assert check(found, "peak_beyond_trend").parameters["ratio"] > 1.3
    assert check(found, "regression_to_the_mean").passed is False


def test_a_declared_selection_is_warned_on():
    estimate = answer(frame(noisy()), selected=True)
    assert check(estimate, "regression_to_the_mean").passed is False
    alike = answer(both(noisy(5), noisy(6)), selected=True, comparison_selected_alike=True)
    assert check(alike, "comparison_selected_alike").passed is True


# What always holds ----------------------------------------------------------------------------------------------------

many = settings(max_examples=15, deadline=None)


@pytest.mark.slow
@many
@given(seed=st.integers(0, 10_000), factor=st.integers(2, 50))
def test_exposure_in_another_unit_changes_the_rates_and_not_the_ratio(seed, factor):
    data = frame(noisy(seed))
    other = data.assign(exposure=data["exposure"] * factor)
    one, two = answer(data), answer(other)
    assert (two.ratio, two.se) == pytest.approx((one.ratio, one.se), rel=1e-6)
    assert two.effect * factor == pytest.approx(one.effect, rel=1e-6, abs=1e-9)


@many
@given(seed=st.integers(0, 10_000))
def test_the_effect_is_observed_less_counterfactual_and_lies_in_its_interval_as_do_95_per_cent_of_the_draws(seed):
    estimate = answer(frame(noisy(seed)))
    assert estimate.effect == pytest.approx(estimate.observed - estimate.counterfactual)
    assert estimate.low < estimate.effect < estimate.high
    draws = estimate.draws(2_000, np.random.default_rng(1))
    assert np.mean((draws >= estimate.low) & (draws <= estimate.high)) == pytest.approx(0.95, abs=0.001)


@pytest.mark.slow
@many
@given(seed=st.integers(0, 10_000))
def test_the_order_of_rows_means_nothing(seed):
    data = frame(noisy(seed))
    assert answer(data.sample(frac=1, random_state=seed)) == answer(data)


@pytest.mark.slow
@pytest.mark.usefixtures("interval_alone")
@pytest.mark.parametrize(("options", "effect"), [({}, 1.0), ({}, 0.8), ({"errors": "hac"}, 0.8)])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(options, effect):
    """100 worlds of independent counts, 36 + 24 months. Robust errors fall short in so short a series: 85 % will do."""
    covered = 0
    for seed in range(100):
        data = frame(noisy(seed, before=36, effect=effect), start="2021-01-01")
        estimate = answer(data, impact="level", **options)
        covered += abs(np.log(estimate.ratio / effect)) <= stats.t.ppf(0.975, estimate.df) * estimate.se
    assert covered / 100 >= (0.85 if options else 0.95 - 3 * (0.95 * 0.05 / 100) ** 0.5)


def test_a_rise_after_a_peak_is_no_regression_but_one_after_a_dip_is():
    level = np.array([100] * 24 + [160] * 24) + 5 * WOBBLE
    peak, dip = level.copy(), level.copy()
    peak[21:24] += 40
    dip[21:24] -= 40
    for counts, passed in ((peak, None), (dip, False)):
        found = answer(frame(counts), impact="level")
        assert found.effect > 0
        assert check(found, "dip_beyond_trend").passed is not (passed is False)
        assert check(found, "regression_to_the_mean").passed is passed
