"""The control chart as a method: its effect worked by hand, its checks one by one, and when it will not answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from statistics import fmean
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from benefits.activity import Panel, Responses, Series
from benefits.measurement import Estimate, InvalidOption, Refusal, apply, method
from benefits.measurement.charts.options import ChartOptions
from benefits.measurement.designs.control_chart import ranges_df

MakeSeries = Callable[..., Series]
START = date(2024, 1, 1)
CALM = [40, 60] * 6
"""In ten person-years a month: rates 4 and 6, mean 5, moving ranges 2."""


def answer(data: Any, *, go_live: date = START, **options: Any) -> Estimate:
    found = apply("control_chart", data, go_live=go_live, options=options, benefit="g1", indicator="g1")
    assert isinstance(found, Estimate), found
    return found


def refusal(data: Any, *, go_live: date = START, **options: Any) -> str:
    found = apply("control_chart", data, go_live=go_live, options=options)
    assert isinstance(found, Refusal)
    return found.code


def checks(found: Estimate) -> dict[str, bool | None]:
    return {one.code: one.passed for one in found.checks}


def test_the_effect_is_the_mean_after_minus_the_frozen_centre(series: MakeSeries) -> None:
    """Mean 5 and then 3; sigma 2 / 1.128, se sigma sqrt(1/12 + 1/12)."""
    found = answer(series({"all": [*CALM, *[20, 40] * 6]}))
    assert (found.effect, found.observed, found.counterfactual) == (pytest.approx(-2.0), pytest.approx(3.0), 5.0)
    assert found.se == pytest.approx(2 / 1.128 * (1 / 6) ** 0.5)
    half = float(stats.t.ppf(0.975, ranges_df(11))) * found.se
    assert (found.low, found.high) == (pytest.approx(-2 - half), pytest.approx(-2 + half))
    assert (found.n, found.exposure, found.scale, found.ratio) == (12, 120.0, "difference", pytest.approx(0.6))


@pytest.mark.parametrize(
    ("kind", "effect", "se"),
    [
        # 600 events in 1200 and 360 in 1200: 0.5 and 0.3; sqrt(0.25 / 1200 + 0.25 / 1200).
        ("p", -0.2, (0.25 * 2 / 1200) ** 0.5),
        # The same rates as events: sqrt(0.5 / 1200 + 0.5 / 1200).
        ("u", -0.2, (0.5 * 2 / 1200) ** 0.5),
        # Mean 50 a month, of 100: sqrt(50 / 12 + 50 / 12) / 100.
        ("c", -0.2, (50 * 2 / 12) ** 0.5 / 100),
        # Mean 50 between events: sqrt(50 x 51 / 12 x 2) / 100.
        ("g", -0.2, (50 * 51 * 2 / 12) ** 0.5 / 100),
    ],
)
def test_each_type_of_chart_has_the_uncertainty_of_its_counts(
    kind: str, effect: float, se: float, series: MakeSeries
) -> None:
    found = answer(series({"all": [*CALM, *[20, 40] * 6]}, exposure=100.0), kind=kind)
    assert (found.effect, found.se, found.df) == (pytest.approx(effect), pytest.approx(se), float("inf"))


def test_an_independent_recomputation_from_the_rows_agrees(series: MakeSeries) -> None:
    stream = np.random.default_rng(5)
    counts = stream.poisson([30] * 18 + [22] * 14).tolist()
    data = series({"all": counts}, start="2022-07-01")
    before, after = ([count / 10 for count in part] for part in (counts[:18], counts[18:]))
    sigma = fmean(abs(later - earlier) for earlier, later in pairwise(before)) / 1.128
    found = answer(data)
    assert found.effect == pytest.approx(fmean(after) - fmean(before))
    assert found.se == pytest.approx(sigma * (1 / 18 + 1 / 14) ** 0.5)


def test_moving_ranges_are_worth_six_tenths_of_their_number() -> None:
    """Simulated: the squared coefficient of variation of a mean moving range is 1 / (2 df)."""
    stream = np.random.default_rng(1)
    for ranges in (11, 23):
        means = np.abs(np.diff(stream.normal(size=(40_000, ranges + 1)))).mean(axis=1)
        assert 1 / (2 * means.var() / means.mean() ** 2) == pytest.approx(ranges_df(ranges), rel=0.03)
        assert means.mean() == pytest.approx(1.128, abs=0.005)


@pytest.mark.slow
@pytest.mark.usefixtures("interval_alone")
def test_the_interval_covers_what_it_should_when_periods_are_independent(series: MakeSeries) -> None:
    """150 replications of 24 and 12 months; three Monte Carlo standard errors of 95 % are 5.3 %."""
    covered = 0
    for seed in range(150):
        stream = np.random.default_rng(seed)
        counts = stream.poisson([50] * 24 + [40] * 12).tolist()
        found = answer(series({"all": counts}, start="2022-01-01"))
        covered += found.low <= -1.0 <= found.high
    assert covered / 150 == pytest.approx(0.95, abs=0.053)


def test_a_fall_signals_and_a_calm_year_does_not(series: MakeSeries) -> None:
    assert checks(answer(series({"all": [*CALM, *[20, 40] * 6]})))["signal_after_start"] is True
    assert checks(answer(series({"all": [*CALM, *CALM]})))["signal_after_start"] is None


def test_a_baseline_that_was_changing_lowers_the_grade(series: MakeSeries) -> None:
    calm, wild = answer(series({"all": CALM * 2})), answer(series({"all": [*[40, 60] * 3, *[140, 160] * 3, *CALM]}))
    assert (checks(calm)["baseline_stable"], checks(wild)["baseline_stable"]) == (True, False)
    assert (wild.grade, answer(series({"all": CALM * 2}), selected=False).grade) == ("reported", "before_after")


def test_limits_from_under_twenty_points_are_said_to_be_provisional(series: MakeSeries) -> None:
    assert checks(answer(series({"all": CALM * 2})))["baseline_points"] is None
    data = series({"all": [*CALM, *CALM[:8], *CALM]}, start="2022-05-01")
    assert checks(answer(data))["baseline_points"] is True


def test_a_comparison_group_that_signals_too_speaks_against_the_service(series: MakeSeries) -> None:
    fall = [*CALM, *[20, 40] * 6]
    assert checks(answer(series({"treated": fall, "comparison": fall})))["signal_in_comparison"] is False
    assert checks(answer(series({"treated": fall, "comparison": CALM * 2})))["signal_in_comparison"] is True
    assert checks(answer(series({"treated": fall})))["signal_in_comparison"] is None
    short = series({"treated": fall}).rows()
    lone = short.tail(13).assign(group="comparison", unit="other")
    assert checks(answer(Series(pd.concat([short, lone]))))["signal_in_comparison"] is None


def test_screening_is_said_with_how_many_were_left_out(series: MakeSeries) -> None:
    counts = [*[40, 42] * 5, 100, 102, *CALM]
    plain, screened = answer(series({"all": counts})), answer(series({"all": counts}), screen=True)
    assert "moving_ranges_screened" not in checks(plain)
    said = next(one for one in screened.checks if one.code == "moving_ranges_screened")
    assert said.parameters == {"screened": 1}
    assert screened.se < plain.se


def test_months_that_follow_one_another_fail_a_check(series: MakeSeries) -> None:
    slow = [50 + round(20 * np.sin(at / 4)) for at in range(24)]
    assert checks(answer(series({"all": slow})))["independent_periods"] is False
    assert checks(answer(series({"all": CALM * 2})))["independent_periods"] is True


def test_shares_that_vary_more_than_chance_fail_a_check_of_a_p_chart(series: MakeSeries) -> None:
    """Twenty and eighty of a hundred by turns: X2 = 12 x 36, far beyond 11 degrees of freedom."""
    wild, calm = series({"all": [20, 80] * 12}, exposure=100.0), series({"all": [48, 52] * 12}, exposure=100.0)
    assert checks(answer(wild, kind="p"))["chart_dispersion"] is False
    assert checks(answer(calm, kind="p"))["chart_dispersion"] is True
    assert answer(wild, kind="p_prime").se > answer(wild, kind="p").se
    assert "chart_dispersion" not in checks(answer(wild, kind="p_prime"))


def test_persons_chosen_in_a_bad_period_are_warned_of(series: MakeSeries) -> None:
    found = answer(series({"all": [*CALM, *[20, 40] * 6]}), selected=True)
    assert checks(found)["regression_to_the_mean"] is False
    assert found.grade == "reported"


def test_new_limits_before_the_start_are_what_the_effect_is_against(series: MakeSeries) -> None:
    data = series({"all": [*[200, 220] * 6, *CALM, *CALM]}, start="2022-01-01")
    found = answer(data, rebase="2023-01-01 New coding")
    assert (found.effect, found.counterfactual) == (pytest.approx(0.0), 5.0)
    assert checks(found)["rebased"] is True
    seasons = next(one for one in found.checks if one.code == "season_balanced")
    assert seasons.parameters == {"months_before": 12, "months_after": 12}
    assert checks(found)["baseline_stable"] is True


def test_what_comes_after_later_new_limits_is_another_process(series: MakeSeries) -> None:
    data = series({"all": [*CALM, *[20, 40] * 3, *[900] * 6]})
    found = answer(data, rebase="2024-07-01 New coding")
    assert (found.n, found.effect) == (6, pytest.approx(-2.0))
    assert answer(data, rebase="2024-06-15 New coding").n == 5
    assert refusal(data, rebase="2024-01-15 New coding") == "nothing_after"


def test_a_panel_is_charted_as_the_sum_of_its_persons(panel: Callable[..., Panel]) -> None:
    persons = [[2, 3] * 6 + [1] * 12] * 20
    found = answer(panel({"treated": persons}))
    assert (found.effect, found.n) == (pytest.approx(-1.5), 12)


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ([40, 60] * 5 + [40] + [20] * 13, "too_few_points"),
        ([50] * 24, "no_spread"),
        ([0] * 24, "no_spread"),
        (CALM, "nothing_after"),
    ],
)
def test_it_will_not_answer_from(counts: list[int], code: str, series: MakeSeries) -> None:
    start = date(2023, 12, 1) if code == "too_few_points" else START
    assert refusal(series({"all": counts}), go_live=start) == code


def test_it_will_not_answer_without_a_before_a_treated_or_a_common_start(series: MakeSeries) -> None:
    data = series({"all": CALM * 2})
    assert refusal(data, go_live=date(2023, 1, 1)) == "nothing_before"
    assert refusal(series({"comparison": CALM * 2})) == "nobody_treated"
    own = Series(data.rows().assign(start=pd.Timestamp("2024-01-01")))
    assert refusal(own) == "starts_of_their_own"
    answers = pd.DataFrame({"respondent": ["a"], "wave": pd.to_datetime(["2024-01-01"]), "item": "q", "score": 1.0})
    assert refusal(Responses(answers.assign(group="all"))) == "wrong_shape"


@pytest.mark.parametrize(
    "options",
    [
        {"kind": "x"},
        {"rules": "nelson"},
        {"screen": "yes"},
        {"scale": "ratio"},
        {"rebase": "2024-01-01"},
        {"rebase": "2024-13-01 New coding"},
        {"rebase": "2024-01-01 New coding; "},
        {"rebase": 2024},
        {"kinds": "p"},
        {"level": 2},
    ],
)
def test_options_that_cannot_be_used_are_told(options: dict[str, Any], series: MakeSeries) -> None:
    with pytest.raises(InvalidOption):
        apply("control_chart", series({"all": CALM * 2}), go_live=START, options=options)


def test_several_new_limits_are_read_in_order() -> None:
    both = ChartOptions(rebase="2025-01-01 New ward; 2024-03-01 New coding").rebased
    assert list(both.items()) == [(date(2024, 3, 1), "New coding"), (date(2025, 1, 1), "New ward")]


def test_it_is_registered() -> None:
    assert method("control_chart").grade == "before_after"


def test_months_that_are_missing_fail_a_check(series: MakeSeries) -> None:
    data = series({"all": CALM * 4}, start="2022-01-01").rows()
    dropped = Series(data.drop(index=range(2, 46, 3)))
    found = answer(dropped)
    assert checks(found)["missing_data"] is False
    assert found.grade == "reported"
    assert checks(answer(Series(data)))["missing_data"] is True


def test_a_start_that_was_none_is_tried_a_year_earlier(series: MakeSeries) -> None:
    """Two calm years before: nothing is found at a pretended start. A fall a year too early is found there."""
    calm = answer(series({"all": [*CALM, *CALM, *[20, 40] * 6]}, start="2022-01-01"))
    early = answer(series({"all": [*CALM, *[10, 20] * 6, *[10, 20] * 6]}, start="2022-01-01"))
    assert checks(calm)["placebo_in_time"] is True
    assert checks(early)["placebo_in_time"] is False
    assert checks(answer(series({"all": CALM * 2})))["placebo_in_time"] is None


def test_the_heaviest_users_are_left_out_in_a_check_of_a_panel(panel: Callable[..., Panel]) -> None:
    many = [[1, 2] * 6 + [1] * 12] * 25
    assert checks(answer(panel({"treated": many})))["heaviest_users"] is True
    few = answer(panel({"treated": [*many, *[[40, 60] * 6 + [0] * 12] * 5]}))
    assert few.effect < 0
    assert "heaviest_users" in checks(few)
    assert "heaviest_users" not in checks(answer(Series(panel({"treated": many}).to_series().rows())))


def test_hours_are_no_counts_when_a_peak_is_looked_for(series: MakeSeries) -> None:
    """Hours 400 and 430 with a spread of 60: as Poisson counts of minutes they would be far apart."""
    data = series({"all": [400.5, 340.5, 460.5, 400.5] * 3 + [430.5, 370.5, 490.5, 430.5] * 3 + [390.5, 350.5] * 6})
    found = {one.code: one for one in answer(data, go_live=date(2025, 1, 1)).checks}
    assert found["peak_before_start"].passed is True
    assert found["peak_before_start"].parameters["p"] == pytest.approx(
        stats.ttest_ind([430.5, 370.5, 490.5, 430.5] * 3, [400.5, 340.5, 460.5, 400.5] * 3, equal_var=False,
                        alternative="greater").pvalue
    )  # fmt: skip


def test_a_rise_after_a_peak_is_no_regression(series: MakeSeries) -> None:
    found = checks(answer(series({"all": [40, 50] * 6 + [70, 80] * 6 + [90, 95] * 6}), go_live=date(2025, 1, 1)))
    assert (found["dip_before_start"], found["regression_to_the_mean"]) == (True, None)
