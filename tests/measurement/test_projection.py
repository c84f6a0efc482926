"""Projection: by hand, against R, and what it says of months that are known."""

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
from benefits.measurement.designs.projection import Projection

pytestmark = pytest.mark.slow

ANCHORS = Path(__file__).parent / "anchors"
START = date(2024, 1, 1)
POPULATION = {"counterfactual_from": "population"}
NEGATIVE = {"variation": "negative_binomial"}


@lru_cache
def r() -> dict:
    return json.loads((ANCHORS / "projection.json").read_text(encoding="utf-8"))


def sicily(**options) -> Estimate:
    read = pd.read_csv(ANCHORS / "sicily_2002_2006.csv")
    period = pd.to_datetime(read[["year", "month"]].assign(day=1))
    data = pd.DataFrame({"period": period, "count": read["aces"], "exposure": read["stdpop"]})
    return apply("projection", data, go_live=date(2005, 1, 1), options=options)


def frame(counts, *, start="2021-01-01", exposure=10.0, **columns) -> pd.DataFrame:
    period = pd.date_range(start, periods=len(counts), freq="MS")
    return pd.DataFrame({"period": period, "count": counts, "exposure": exposure, **columns})


def ages(after=(300, 100)) -> pd.DataFrame:
    """Two months a side: the young 5 of 50 a month, the old 20 of 100."""
    sides = [("young", [4, 6, 10, 10], [50, 50, after[0] / 2, after[0] / 2])]
    sides.append(("old", [18, 22, 9, 6], [100, 100, after[1] / 2, after[1] / 2]))
    parts = [frame(counts, start="2023-11-01", exposure=people, unit=unit) for unit, counts, people in sides]
    return pd.concat(parts, ignore_index=True)


def answer(data, **options) -> Estimate | Refusal:
    go_live = options.pop("go_live", START)
    return apply("projection", data, go_live=go_live, options={"min_exposure": 0, **options})


def check(estimate: Estimate, code: str):
    return next(check for check in estimate.checks if check.code == code)


def noisy(seed: int = 1, *, before: int = 36, after: int = 12, effect: float = 1.0, growth: float = 0.0) -> list[int]:
    stream = np.random.default_rng(seed)
    months = np.arange(before + after)
    mean = 100 * np.exp(growth * months) * (1 + 0.2 * np.sin(2 * np.pi * (months % 12 + 1) / 12))
    return stream.poisson(mean * np.r_[np.ones(before), np.full(after, effect)]).tolist()


# By population --------------------------------------------------------------------------------------------------------


def test_rates_held_meet_the_population_by_hand():
    """Rates 10 / 100 and 40 / 200 person-months; 300 and 100 after: 30 + 20 expected, 35 seen among 400.

    Variance of the expected: 3^2 x 10 + 0.5^2 x 40 = 100; of the logarithm of 35 / 50: 100 / 50^2 + 1 / 35. Pearson's
    X2 is 0.4 + 0.4 + 0 + 0.6 = 1.4 on 8 - 4 degrees of freedom, below one, so the spread is Poisson's.
    """
    estimate = answer(ages(), **POPULATION)
    assert (estimate.observed, estimate.counterfactual) == pytest.approx((35 / 400, 50 / 400))
    assert (estimate.effect, estimate.ratio) == pytest.approx((-15 / 400, 0.7))
    assert estimate.se**2 == pytest.approx(100 / 50**2 + 1 / 35)
    assert estimate.details["dispersion"].value == pytest.approx(1.4 / 4)
    assert (estimate.df, estimate.exposure, estimate.baseline) == (4, 400, 50 / 300)


def test_on_the_difference_scale_variances_are_added():
    estimate = answer(ages(), **POPULATION, scale="difference")
    assert estimate.se**2 == pytest.approx((35 + 100) / 400**2)
    assert estimate.low == pytest.approx(-15 / 400 - stats.t.ppf(0.975, 4) * estimate.se)


def test_the_interval_of_prediction_holds_what_is_unknown_and_chance():
    """Variance 100 of the expected number, and 50 of a count around it."""
    expected = answer(ages(), **POPULATION).details["expected_count"]
    half = stats.t.ppf(0.975, 4) * 150**0.5
    assert (expected.value, expected.low, expected.high) == pytest.approx((50, 50 - half, 50 + half))


def test_an_older_population_is_expected_to_need_more():
    younger, older = (
        answer(ages(after), **POPULATION).details["expected_count"].value for after in [(300, 100), (100, 300)]
    )
    assert (younger, older) == pytest.approx((50, 70))


def test_population_agrees_with_r():
    told = r()["population"]
    table = pd.DataFrame(told["data"])
    months = pd.date_range("2023-10-01", periods=6, freq="MS")
    data = table.assign(period=np.tile(months, 2)).drop(columns="post")
    estimate = answer(data, **POPULATION)
    spread = max(1.0, told["dispersion"])
    assert estimate.details["dispersion"].value == pytest.approx(told["dispersion"])
    assert estimate.details["expected_count"].value == pytest.approx(told["expected"])
    seen = table.loc[table["post"] == 1, "count"].sum()
    assert estimate.se**2 == pytest.approx(spread * (told["variance"] / told["expected"] ** 2 + 1 / seen))


def test_one_period_on_each_side_tells_nothing_of_the_spread_and_says_so():
    """Years: 80 before and 60 after in the same population; 1 / 80 + 1 / 60."""
    period = pd.to_datetime(["2023-01-01", "2024-01-01"])
    years = pd.DataFrame({"period": period, "count": [80, 60], "exposure": 100.0})
    estimate = answer(years, **POPULATION)
    assert estimate.se**2 == pytest.approx(1 / 80 + 1 / 60)
    assert check(estimate, "spread_from_data").passed is None
    assert "dispersion" not in estimate.details
    assert answer(years.assign(count=[80.5, 60.0]), **POPULATION).code == "no_spread"


def test_a_unit_without_time_before_is_refused_and_one_that_is_gone_is_named():
    data = ages()
    refusal = answer(data.drop(index=[4, 5]), **POPULATION)
    assert (refusal.code, refusal.what_would_open_it) == ("unit_without_time_before", "same_units_before")
    gone = answer(data.drop(index=[6, 7]), **POPULATION)
    assert check(gone, "units_on_both_sides").parameters == {"one_sided": 1, "units": 2}
    assert check(gone, "units_on_both_sides").passed is False
    assert check(answer(data, **POPULATION), "units_on_both_sides").passed is True


# By trend and season --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anchor", "options"),
    [("quasi_poisson", {}), ("damped", {"trend": "damped"}), ("negative_binomial", {"variation": "negative_binomial"})],
)
def test_trend_and_season_agree_with_r(anchor, options):
    estimate, told = sicily(**options), r()[anchor]
    near = 1e-6 if anchor == "negative_binomial" else 1e-8
    expected = estimate.details["expected_count"]
    assert expected.value == pytest.approx(told["expected"], rel=near)
    seen = estimate.details["observed_count"].value
    spread = r()["quasi_poisson"]["dispersion"]
    if "shape" in told:
        # The variance of a sum of counts of nearly the same mean: m + shape m^2 each.
        spread = 1 + told["shape"] * told["expected"] / 23
    variance = told["variance"] / told["expected"] ** 2 + spread / seen
    assert estimate.se**2 == pytest.approx(variance, rel=1e-3 if "shape" in told else 1e-7)
    assert estimate.df == 30


def test_the_months_that_are_known_are_predicted_as_r_predicts_them():
    told = r()["backcast"]
    found = check(sicily(), "backcast").parameters
    assert found["ratio"] == pytest.approx(told["observed"] / told["expected"])
    assert 0 <= found["within"] <= 1


def test_a_trend_that_goes_on_is_no_effect_and_a_fall_is_found():
    still, fallen = (answer(frame(noisy(3, growth=0.01, effect=effect))) for effect in (1.0, 0.8))
    assert still.includes_zero
    assert fallen.ratio == pytest.approx(0.8, abs=0.06)
    assert not fallen.includes_zero


def test_without_a_trend_the_growth_is_taken_for_an_effect():
    growing = frame(noisy(3, growth=0.01))
    without, damped, going_on = (answer(growing, trend=trend).ratio for trend in ("none", "damped", "linear"))
    assert without > 1.2
    assert going_on < damped < without


def test_a_damped_trend_moves_as_its_formula_says():
    """Kept 0.5: the months ahead count as 0.5, 0.75 and 0.875 after the last one before."""
    data = frame(100 * 1.02 ** np.arange(27) * (1 + np.tile([1e-4, -1e-4, -1e-4], 9)), exposure=1.0)
    estimate = answer(data, go_live=date(2023, 1, 1), trend="damped", damping=0.5, season="none")
    last, trend = 100 * 1.02**23, 1.02
    by_hand = sum(last * trend**step for step in (0.5, 0.75, 0.875))
    assert estimate.details["expected_count"].value == pytest.approx(by_hand, rel=1e-3)


@pytest.mark.parametrize(
    ("data", "options", "code", "opens"),
    [
        (
            frame(noisy()[:23] + [90] * 3),
            {"go_live": date(2022, 12, 1)},
            "season_needs_two_years",
            "longer_before_or_simpler",
        ),
        (
            frame([5] * 14),
            {"go_live": date(2021, 12, 1), "season": "none"},
            "trend_needs_a_year",
            "longer_before_or_simpler",
        ),
        (frame([5]), {}, "nothing_after", "longer_after"),
        (frame(noisy(), start="2025-01-01"), {}, "nothing_before", "longer_before"),
        (frame([0] * 48), {}, "no_events", "longer_before"),
        (frame([0] * 48), POPULATION, "no_events", "longer_before"),
        (frame([9] * 36 + [0] * 12), {}, "no_events", "difference_scale_or_longer_window"),
        (frame([5] * 48, group="comparison"), {}, "nobody_treated", "data_on_treated"),
        (
            frame(np.linspace(1.5, 2.5, 48)),
            {"variation": "negative_binomial"},
            "amounts_not_counts",
            "model_for_amounts",
        ),
        (frame(noisy(), exposure=1e-4), {"min_exposure": 1}, "too_little_exposure", "longer_before"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_would_open_it(data, options, code, opens):
    refusal = answer(data, **options)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.what_would_open_it) == (code, opens)


def test_no_event_after_can_be_answered_as_a_difference():
    estimate = answer(frame([9, 11] * 18 + [0] * 12), scale="difference")
    assert estimate.effect == pytest.approx(-1.0, abs=0.1)
    assert estimate.se > 0


def test_several_starts_and_answers_to_a_survey_are_refused():
    data = frame(noisy())
    two = pd.concat(
        [data.assign(unit=unit, start=pd.Timestamp(day)) for unit, day in [("a", START), ("b", "2023-06-01")]]
    )
    assert answer(two).code == "staggered_starts"
    waves = pd.DataFrame({"respondent": ["a"], "wave": pd.to_datetime(["2024-01-01"]), "item": "x", "score": 3.0})
    data = Responses(waves.assign(group="all"))
    assert Projection().estimate(data, benefit="", indicator="", go_live=START, options={}).code == "wrong_shape"


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ({"counterfactual_from": "hope"}, "counterfactual_from"),
        ({"trend": "quadratic"}, "trend"),
        ({"damping": 1.0}, "damping"),
        ({"damping": "0,9"}, "damping"),
        ({"variation": "poisson"}, "variation"),
        ({**POPULATION, "variation": "negative_binomial"}, "variation"),
        ({"season": "summer"}, "season"),
        ({"harmonics": 0}, "harmonics"),
    ],
)
def test_an_option_that_cannot_be_used_is_told(options, wrong):
    with pytest.raises(InvalidOption) as told:
        answer(frame(noisy()), **options)
    assert told.value.parameters["option"] == wrong


# Checks ---------------------------------------------------------------------------------------------------------------


def test_a_projection_that_misses_months_that_are_known_fails_its_check():
    broken = np.array(noisy(2, before=48))
    broken[36:] = broken[36:] * 2
    estimate = answer(frame(broken, start="2020-01-01"))
    found = check(estimate, "backcast")
    assert found.passed is False
    assert found.parameters["ratio"] > 1.7
    assert found.parameters["within"] < 0.3
    assert estimate.grade == "reported"
    assert check(answer(frame(noisy(2, before=48), start="2020-01-01")), "backcast").passed is True


def test_two_years_before_are_too_few_to_try_a_season_on():
    data = frame(noisy(before=24), start="2022-01-01")
    assert check(answer(data), "backcast").passed is None
    assert check(answer(data, season="none", trend="none"), "backcast").passed is not None


def test_a_projection_further_than_its_past_fails_its_check():
    long = frame(noisy(before=24, after=36), start="2022-01-01")
    assert check(answer(long), "horizon").passed is False
    assert check(answer(long), "horizon").parameters == {"before": 24, "ahead": 36}
    assert check(answer(long, months_after=12), "horizon").passed is True


def test_unlike_seasons_are_told_where_rates_are_held():
    assert check(answer(frame(noisy()[:40]), **POPULATION), "season_balanced").passed is False


@pytest.mark.parametrize("way", [POPULATION, {"season": "none", "trend": "none"}])
def test_months_that_follow_each_other_fail_their_check(way):
    stream, level, counts = np.random.default_rng(4), 0.0, []
    for _ in range(48):
        level = 0.8 * level + stream.normal(0, 10)
        counts.append(round(200 + level))
    assert check(answer(frame(counts), **way), "autocorrelation").passed is False
    independent = np.random.default_rng(5).poisson(200, 48)
    assert check(answer(frame(independent), **way), "autocorrelation").passed is True


def test_a_declared_selection_is_warned_on():
    for way in ({}, POPULATION):
        assert check(answer(frame(noisy()), selected=True, **way), "regression_to_the_mean").passed is False


# What always holds ----------------------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), way=st.sampled_from([{}, POPULATION, {"trend": "none"}]))
def test_the_effect_lies_in_its_interval_as_do_95_per_cent_of_the_draws_and_exposure_may_be_in_any_unit(seed, way):
    data = frame(noisy(seed))
    estimate = answer(data, **way)
    assert estimate.effect == pytest.approx(estimate.observed - estimate.counterfactual)
    draws = estimate.draws(2_000, np.random.default_rng(1))
    assert np.mean((draws >= estimate.low) & (draws <= estimate.high)) == pytest.approx(0.95, abs=0.001)
    other = answer(data.assign(exposure=data["exposure"] * 7), **way)
    assert (other.effect * 7, other.se) == pytest.approx((estimate.effect, estimate.se))


@pytest.mark.slow
@pytest.mark.usefixtures("interval_alone")
@pytest.mark.parametrize("way", [{}, {"trend": "none"}, POPULATION])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(way):
    """100 worlds of independent counts without growth, a fall to 0.8; within three standard errors of 95 %."""
    covered = 0
    for seed in range(100):
        estimate = answer(frame(noisy(seed, effect=0.8)), **way)
        covered += abs(np.log(estimate.ratio / 0.8)) <= stats.t.ppf(0.975, estimate.df) * estimate.se
    assert covered / 100 >= 0.95 - 3 * (0.95 * 0.05 / 100) ** 0.5
