"""What the chosen return to by themselves, and what it does to a baseline to leave the peak out of it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.measurement import barnett, gamma_poisson
from benefits.measurement.baselines.adjusted_baseline import adjusted_mean, adjusted_rate, peak_months
from benefits.measurement.baselines.baseline import baseline

RATE, SHAPE, LEAST = 0.5, 0.8, 2
PERSONS = 400_000


@pytest.fixture(scope="module")
def world() -> tuple[np.ndarray, np.ndarray]:
    """Rates that stay as they are, and events in 36 months of each person: a year before, the year looked at, after."""
    stream = np.random.default_rng(20)
    rate = stream.gamma(SHAPE, RATE / SHAPE, PERSONS)
    return rate, stream.poisson(np.repeat(rate[:, None] / 12, 36, axis=1)).astype(np.int8)


def per_year(counts: np.ndarray) -> tuple[float, float]:
    """Mean events a year, and its standard error."""
    each = counts.sum(axis=1) * 12 / counts.shape[1]
    return float(each.mean()), float(each.std() / len(each) ** 0.5)


def test_hand_worked_from_the_posterior_of_one_person():
    """k 0.8, m 0.5, one year with 3 events: (0.8 + 3) / (0.8 / 0.5 + 1) = 3.8 / 2.6."""
    found = adjusted_rate(3.0, years=1, population_rate=RATE, population_dispersion=SHAPE)
    assert found == pytest.approx(3.8 / 2.6)


@given(st.floats(0.05, 5), st.floats(0.1, 10), st.floats(0.1, 3), st.integers(1, 6))
def test_for_the_rule_at_least_it_is_the_expected_rate_after(rate, shape, window, least):
    fall = gamma_poisson(mean_rate=rate, dispersion=shape, window_years=window, at_least=least)
    found = adjusted_rate(fall.expected_selected, years=window, population_rate=rate, population_dispersion=shape)
    assert found == pytest.approx(fall.expected_next, rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule",
    [lambda seen: seen >= 2, lambda seen: seen == 4, lambda seen: (seen >= 1) & (seen <= 2)],
    ids=["at least two", "exactly four", "one or two"],
)
def test_it_holds_for_any_rule_that_looks_at_the_window_alone(world, rule):
    _, events = world
    chosen = rule(events[:, 12:24].sum(axis=1))
    during, _ = per_year(events[chosen, 12:24])
    after, error = per_year(events[chosen, 24:])
    found = adjusted_rate(during, years=1, population_rate=RATE, population_dispersion=SHAPE)
    assert found == pytest.approx(after, abs=4 * error)
    assert abs(during - after) > 20 * error


def test_a_longer_baseline_that_holds_the_window_is_adjusted_too(world):
    _, events = world
    chosen = events[:, 12:24].sum(axis=1) >= LEAST
    both, _ = per_year(events[chosen, :24])
    after, error = per_year(events[chosen, 24:])
    found = adjusted_rate(both, years=2, population_rate=RATE, population_dispersion=SHAPE)
    assert found == pytest.approx(after, abs=4 * error)


def test_months_before_the_window_are_right_when_the_rule_looks_at_nothing_else(world):
    """No correction is left to make: the earlier year is expected at exactly what follows."""
    _, events = world
    chosen = events[:, 12:24].sum(axis=1) >= LEAST
    (before, one), (after, other) = per_year(events[chosen, :12]), per_year(events[chosen, 24:])
    assert before == pytest.approx(after, abs=4 * (one**2 + other**2) ** 0.5)
    fall = gamma_poisson(mean_rate=RATE, dispersion=SHAPE, window_years=1, at_least=LEAST)
    assert before == pytest.approx(fall.expected_next, abs=4 * one)


def test_months_before_the_window_correct_too_much_for_those_who_meet_the_rule_for_the_first_time(world):
    """They did not meet it the year before, so that year is low: an effect is hidden, and none looks like harm."""
    _, events = world
    first_time = (events[:, :12].sum(axis=1) < LEAST) & (events[:, 12:24].sum(axis=1) >= LEAST)
    (before, one), (after, other) = per_year(events[first_time, :12]), per_year(events[first_time, 24:])
    assert after - before > 20 * (one**2 + other**2) ** 0.5
    # Both years at once are what the formula takes, whatever the rule made of them.
    both, _ = per_year(events[first_time, :24])
    found = adjusted_rate(both, years=2, population_rate=RATE, population_dispersion=SHAPE)
    assert found == pytest.approx(after, abs=4 * other)


def test_leaving_out_each_persons_worst_month_corrects_too_much(world):
    _, events = world
    chosen = events[:, 12:24].sum(axis=1) >= LEAST
    window = np.sort(events[chosen, 12:24], axis=1)[:, :-2]
    (rest, one), (after, other) = per_year(window), per_year(events[chosen, 24:])
    assert after - rest > 20 * (one**2 + other**2) ** 0.5


def test_leaving_out_a_part_of_the_window_leaves_the_rest_too_high(world):
    _, events = world
    chosen = events[:, 12:24].sum(axis=1) >= LEAST
    (rest, one), (after, other) = per_year(events[chosen, 12:21]), per_year(events[chosen, 24:])
    assert rest - after > 20 * (one**2 + other**2) ** 0.5


def test_the_baseline_itself_is_what_is_adjusted(world):
    """Through the baseline of a panel: 400 chosen persons, adjusted within four standard errors of the year after."""
    _, events = world
    chosen = events[events[:, 12:24].sum(axis=1) >= LEAST][:400]
    months = pd.date_range("2020-01-01", periods=36, freq="MS")
    frame = pd.DataFrame({"person": np.repeat(np.arange(400), 36), "period": np.tile(months, 400)})
    frame = frame.assign(count=chosen.astype(np.int64).ravel(), exposure=1 / 12, group="treated")
    found = baseline(frame, go_live=date(2022, 1, 1))
    adjusted = adjusted_rate(found.value, years=1, population_rate=RATE, population_dispersion=SHAPE)
    after, error = per_year(chosen[:, 24:])
    assert adjusted == pytest.approx(after, abs=4 * error)


@pytest.mark.parametrize("measurements", [1, 2, 5])
def test_the_mean_moves_as_far_back_as_barnett_and_others_say(measurements):
    """Those beyond a cut-off: their mean lies spread x C(z) out, and moves back by equation 1."""
    mean, sd, correlation, cutoff = 60.0, 15.0, 0.6, 80.0
    spread = sd * (correlation + (1 - correlation) / measurements) ** 0.5
    stream = np.random.default_rng(measurements)
    true = stream.normal(mean, sd * correlation**0.5, 1_000_000)
    seen = true + stream.normal(0, sd * ((1 - correlation) / measurements) ** 0.5, 1_000_000)
    chosen = seen > cutoff
    found = adjusted_mean(seen[chosen].mean(), mean=mean, correlation=correlation, measurements=measurements)
    told = barnett(mean=mean, sd=sd, correlation=correlation, cutoff=cutoff, measurements=measurements)
    assert seen[chosen].mean() - found == pytest.approx(told, rel=0.01)
    assert found == pytest.approx(true[chosen].mean(), abs=4 * spread / chosen.sum() ** 0.5)


@pytest.mark.parametrize("wrong", [{"years": 0}, {"population_rate": 0}, {"population_dispersion": -1}])
def test_parameters_not_above_zero_are_refused(wrong):
    with pytest.raises(ValueError, match="above zero"):
        adjusted_rate(1.0, **({"years": 1, "population_rate": 1, "population_dispersion": 1} | wrong))


def test_a_negative_rate_and_an_impossible_correlation_are_refused():
    with pytest.raises(ValueError, match="above zero"):
        adjusted_rate(-1.0, years=1, population_rate=1, population_dispersion=1)
    with pytest.raises(ValueError, match="correlation"):
        adjusted_mean(1.0, mean=0.0, correlation=1.2)


@given(st.floats(0, 50), st.floats(0.05, 5), st.floats(0.1, 10), st.floats(0.1, 3))
def test_it_lies_between_what_was_seen_and_the_population(rate, population, shape, years):
    found = adjusted_rate(rate, years=years, population_rate=population, population_dispersion=shape)
    assert min(rate, population) - 1e-9 <= found <= max(rate, population) + 1e-9


def test_the_months_left_out_are_told_as_they_are():
    told = {gap: peak_months(window_months=12, gap_months=gap) for gap in (0, 5, 12, 30)}
    assert {gap: (one.passed, one.parameters["months"]) for gap, one in told.items()} == {
        0: (True, 0),
        5: (False, 5),
        12: (None, 12),
        30: (None, 12),
    }
    assert peak_months(window_months=None, gap_months=3).passed is None
    assert peak_months(window_months=12, gap_months=0, left_out_within=4).passed is False
