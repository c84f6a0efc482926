from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.measurement import RateOptions, barnett, expected_drop, gamma_poisson, peak_before_start
from benefits.measurement.baselines.regression_to_the_mean import check as regression_check


@pytest.mark.parametrize(("correlation", "expected"), [(0.2, 21.578), (0.5, 13.486), (0.8, 5.394), (1.0, 0.0)])
def test_the_published_example_of_barnett_and_others(correlation, expected):
    """Mean 60, sd 15, those below 40 chosen."""
    moved = barnett(mean=60, sd=15, correlation=correlation, cutoff=40, tail="lower")
    assert moved == pytest.approx(expected, abs=5e-4)


def test_both_tails_are_alike_and_more_measurements_shrink_it():
    lower = barnett(mean=60, sd=15, correlation=0.5, cutoff=40, tail="lower")
    assert barnett(mean=60, sd=15, correlation=0.5, cutoff=80) == pytest.approx(lower)
    assert barnett(mean=60, sd=15, correlation=0.5, cutoff=80, measurements=3) < lower


def test_choosing_on_the_mean_of_two_measurements_agrees_with_a_simulation():
    stream = np.random.default_rng(4)
    true = 60 + stream.normal(0, 15 * 0.5**0.5, 400_000)
    chosen_on = true + stream.normal(0, 15 * 0.5**0.5, (2, 400_000)).mean(axis=0)
    chosen = chosen_on > 80
    moved = chosen_on[chosen] - true[chosen]
    expected = barnett(mean=60, sd=15, correlation=0.5, cutoff=80, measurements=2)
    assert expected == pytest.approx(moved.mean(), abs=3 * moved.std() / chosen.sum() ** 0.5)


@pytest.mark.parametrize("wrong", [{"sd": 0}, {"correlation": 1.1}, {"measurements": 0}])
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match="sd > 0"):
        barnett(**({"mean": 60, "sd": 15, "correlation": 0.5, "cutoff": 40} | wrong))


@pytest.mark.parametrize(
    ("rate", "shape", "window", "least"), [(0.5, 0.8, 1.0, 2), (1.2, 2.5, 0.5, 1), (0.3, 0.4, 2.0, 3)]
)
def test_counts_agree_with_a_simulation(rate, shape, window, least):
    stream = np.random.default_rng(12)
    rates = stream.gamma(shape, rate / shape, 400_000)
    counts = stream.poisson(rates * window)
    chosen = counts >= least
    expected = gamma_poisson(mean_rate=rate, dispersion=shape, window_years=window, at_least=least)
    for found, value in (
        (counts[chosen] / window, expected.expected_selected),
        (rates[chosen], expected.expected_next),
    ):
        assert value == pytest.approx(found.mean(), abs=3 * found.std() / chosen.sum() ** 0.5)
    assert expected.share_selected == pytest.approx(chosen.mean(), abs=3 * chosen.std() / 400_000**0.5)
    assert expected.drop == 1 - expected.expected_next / expected.expected_selected


def test_the_mean_of_the_rate_is_that_of_robbins_formula():
    """Conjugacy: E[L | Y = y] = (k + y) / (k / m + w), so E[L | Y >= c] = (k + E[Y | Y >= c]) / (k / m + w)."""
    fall = gamma_poisson(mean_rate=0.7, dispersion=0.9, window_years=1.5, at_least=2)
    posterior = (0.9 + fall.expected_selected * 1.5) / (0.9 / 0.7 + 1.5)
    assert fall.expected_next == pytest.approx(posterior, rel=1e-12)


@given(st.floats(0.05, 5), st.floats(0.1, 10), st.floats(0.1, 3), st.integers(1, 6))
def test_the_chosen_fall_but_not_below_everybody(rate, shape, window, least):
    fall = gamma_poisson(mean_rate=rate, dispersion=shape, window_years=window, at_least=least)
    assert fall.expected_selected > fall.expected_next >= rate * (1 - 1e-9)
    assert 0 < fall.drop < 1


def test_a_count_parameter_of_zero_is_refused():
    with pytest.raises(ValueError, match="above zero"):
        gamma_poisson(mean_rate=0.5, dispersion=0, window_years=1, at_least=2)


IMPOSSIBLE = {"selection_window_months": 1, "selection_at_least": 5000, "population_rate": 0.01}


def test_a_rule_nobody_meets_is_refused_and_gives_no_expected_drop():
    with pytest.raises(ValueError, match="nobody"):
        gamma_poisson(mean_rate=0.01, dispersion=1.0, window_years=1 / 12, at_least=5000)
    assert expected_drop(RateOptions(**IMPOSSIBLE, population_dispersion=1.0), months_before=12) is None


def test_a_longer_baseline_falls_less_than_the_window_the_persons_were_chosen_by():
    told = {
        "selection_window_months": 12,
        "selection_at_least": 2,
        "population_rate": 0.5,
        "population_dispersion": 1.0,
    }
    options = RateOptions(**told)
    assert expected_drop(options, months_before=6) == expected_drop(options, months_before=12)
    assert expected_drop(options, months_before=12) > expected_drop(options, months_before=36)
    assert expected_drop(RateOptions(**{**told, "population_rate": None}), months_before=12) is None


def frame(counts: list[int]) -> pd.DataFrame:
    period = pd.date_range("2022-01-01", periods=len(counts), freq="MS")
    return pd.DataFrame({"period": period, "count": counts, "exposure": 2.0})


def test_a_peak_by_hand():
    """1 event in 24 of exposure, then 5 in 24: given 6 events, P(5 or more of 6 at one half) = 7 / 64 = 0.109."""
    check = peak_before_start(frame([1] + [0] * 11 + [5] + [0] * 11), date(2024, 1, 1))
    assert check.parameters["p"] == pytest.approx(7 / 64)
    assert (check.parameters["rate_last"], check.parameters["rate_earlier"]) == pytest.approx((5 / 24, 1 / 24))
    assert check.passed is True


def test_a_clear_peak_fails_and_what_came_after_the_start_is_not_looked_at():
    counts = [2] * 12 + [5] * 12 + [50] * 12
    assert peak_before_start(frame(counts), date(2024, 1, 1)).passed is False
    assert peak_before_start(frame([5] * 12 + [2] * 12 + [50] * 12), date(2024, 1, 1)).passed is True


@pytest.mark.parametrize("counts", [[1] * 12, [0] * 24])
def test_without_earlier_months_or_events_a_peak_is_unknown(counts):
    go_live = date(2023, 1, 1) if len(counts) == 12 else date(2024, 1, 1)
    assert peak_before_start(frame(counts), go_live).passed is None


def test_a_dip_before_what_rose_by_hand():
    """5 events in 24 of exposure, then 1 in 24: given 6 events, P(1 or fewer of 6 at one half) = 7 / 64."""
    counts = [5] + [0] * 11 + [1] + [0] * 11
    check = peak_before_start(frame(counts), date(2024, 1, 1), rose=True)
    assert (check.code, check.parameters["p"]) == ("dip_before_start", pytest.approx(7 / 64))
    assert peak_before_start(frame([5] * 12 + [2] * 12), date(2024, 1, 1), rose=True).passed is False


def test_a_declared_rule_is_a_choice_also_where_it_is_said_that_nobody_was_chosen():
    peak = peak_before_start(frame([1] * 24), date(2024, 1, 1))
    ruled = RateOptions(selected=False, selection_window_months=12, selection_at_least=2)
    assert regression_check(ruled, peak=peak, months_before=12).passed is False
    assert regression_check(RateOptions(selected=False), peak=peak, months_before=12).passed is True
