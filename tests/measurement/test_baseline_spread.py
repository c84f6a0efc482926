"""The spread and the intervals of a baseline, against R and by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benefits.measurement.baselines import baseline_spread as spread
from benefits.measurement.baselines.population import estimate_population

ANCHOR = json.loads((Path(__file__).parent / "anchors" / "baseline.json").read_text())


def monthly() -> pd.DataFrame:
    months = pd.date_range("2022-01-01", periods=24, freq="MS")
    return pd.DataFrame({"period": months, "count": ANCHOR["events"], "exposure": ANCHOR["exposure"]})


def persons() -> pd.DataFrame:
    return pd.DataFrame({"count": ANCHOR["persons"], "exposure": ANCHOR["time"]})


def test_the_exact_interval_is_that_of_r():
    low, high = spread.exact_limits(sum(ANCHOR["events"]), sum(ANCHOR["exposure"]), level=0.95)
    assert (low, high) == pytest.approx((ANCHOR["exact"]["low"], ANCHOR["exact"]["high"]), rel=1e-9)


def test_the_exact_interval_is_where_the_tails_hold_a_fortieth_each():
    low, high = spread.exact_limits(10, 2.0, level=0.95)
    assert stats.poisson.sf(9, 2 * low) == pytest.approx(0.025)
    assert stats.poisson.cdf(10, 2 * high) == pytest.approx(0.025)


def test_the_dispersion_is_that_of_a_model_in_r_with_a_rate_for_each_calendar_month():
    assert spread.dispersion_between_periods(monthly()).ratio == pytest.approx(
        ANCHOR["dispersion"]["seasonal"], rel=1e-7
    )


def test_with_one_season_the_dispersion_is_around_one_rate():
    found = spread.dispersion_between_periods(monthly().iloc[:12])
    count, exposure = monthly()["count"][:12].to_numpy(), monthly()["exposure"][:12].to_numpy()
    expected = exposure * count.sum() / exposure.sum()
    assert (found.ratio, found.df) == (pytest.approx(max(1, ((count - expected) ** 2 / expected).sum() / 11)), 11)


def test_the_quasi_poisson_standard_error_is_that_of_r():
    """R's plain model has the dispersion around one rate; the interval's half width on the logarithm is t times se."""
    dispersion = spread.Dispersion(ratio=ANCHOR["dispersion"]["plain"], df=23, events_cluster=True)
    events, exposure = sum(ANCHOR["events"]), sum(ANCHOR["exposure"])
    low, high = spread.quasi_poisson_limits(events, exposure, dispersion=dispersion, level=0.95)
    half = np.log(high / low) / 2
    assert half == pytest.approx(stats.t.ppf(0.975, 23) * ANCHOR["quasi_se"], rel=1e-8)
    assert (low * high) ** 0.5 == pytest.approx(ANCHOR["exact"]["rate"])


def test_the_interval_by_person_is_that_of_r_with_a_sandwich():
    low, high = spread.clustered_limits(persons(), level=0.95)
    assert (low, high) == pytest.approx((ANCHOR["clustered"]["low"], ANCHOR["clustered"]["high"]), rel=1e-8)


def test_the_interval_of_a_share_and_of_a_mean_are_those_of_r():
    assert spread.share_limits(81, 263, level=0.95) == pytest.approx(tuple(ANCHOR["wilson"]), rel=1e-8)
    minutes = pd.DataFrame({"count": ANCHOR["minutes"], "exposure": 1.0})
    assert spread.mean_limits(minutes, level=0.95) == pytest.approx(tuple(ANCHOR["t"]), rel=1e-10)


def test_the_standard_error_with_unequal_exposure_is_that_of_a_bootstrap():
    """20 000 resamples of persons; within three per cent (linearised, and the bootstrap divides by n, not n - 1)."""
    cells = persons()
    stream = np.random.default_rng(3)
    drawn = stream.integers(0, len(cells), (20_000, len(cells)))
    count, exposure = cells["count"].to_numpy(dtype=float), cells["exposure"].to_numpy()
    rates = count[drawn].sum(axis=1) / exposure[drawn].sum(axis=1)
    found = spread.ratio_standard_error(count, exposure)
    assert found * (14 / 15) ** 0.5 == pytest.approx(rates.std(), rel=0.05)


@given(st.lists(st.integers(0, 30), min_size=3, max_size=40).filter(sum), st.floats(0.1, 50))
def test_in_another_unit_of_exposure_the_limits_are_the_same_rate(counts, factor):
    cells = pd.DataFrame({"count": counts, "exposure": 1.0})
    scaled = cells.assign(exposure=factor)
    if len(set(counts)) > 1:
        one, other = (spread.clustered_limits(table, level=0.95) for table in (cells, scaled))
        assert tuple(factor * limit for limit in other) == pytest.approx(one)
    assert spread.dispersion_between_persons(scaled).ratio == pytest.approx(
        spread.dispersion_between_persons(cells).ratio
    )


@given(st.lists(st.integers(0, 30), min_size=2, max_size=40).filter(sum))
def test_the_limits_hold_the_rate(counts):
    cells = pd.DataFrame({"count": counts, "exposure": 1.0})
    rate = sum(counts) / len(counts)
    assert spread.exact_limits(sum(counts), len(counts), level=0.95)[0] < rate
    low, high = spread.clustered_limits(cells, level=0.95)
    assert low <= rate * (1 + 1e-9)
    assert high >= rate * (1 - 1e-9)


def test_no_events_tell_no_spread():
    assert spread.dispersion_between_persons(pd.DataFrame({"count": [0, 0], "exposure": 1.0})) is None


def test_the_spread_in_a_population_is_that_of_r():
    """glm.nb of MASS on 430 persons with unequal time, rate, theta and both standard errors."""
    found = estimate_population(ANCHOR["population"], ANCHOR["observed"])
    told = ANCHOR["negative_binomial"]
    assert found.rate == pytest.approx(told["rate"], rel=1e-6)
    assert found.dispersion == pytest.approx(told["theta"], rel=1e-5)
    assert found.dispersion_se == pytest.approx(told["theta_se"], rel=1e-3)
    assert found.rate_se / found.rate == pytest.approx(told["log_rate_se"], rel=1e-4)


def test_the_spread_of_a_simulated_population_is_found_again():
    stream = np.random.default_rng(8)
    rates = stream.gamma(0.8, 0.5 / 0.8, 20_000)
    found = estimate_population(stream.poisson(rates))
    assert found.rate == pytest.approx(0.5, abs=3 * found.rate_se)
    assert found.dispersion == pytest.approx(0.8, abs=3 * found.dispersion_se)


@pytest.mark.parametrize("counts", [[0] * 100, [1] * 100, [3] * 20, [0, 1] * 60])
def test_a_population_without_more_spread_than_chance_is_not_estimated(counts):
    assert estimate_population(counts) is None


@pytest.mark.parametrize("wrong", [[-1] * 60, [0.5] * 60, [np.nan] * 60])
def test_counts_that_are_no_counts_are_refused(wrong):
    with pytest.raises(ValueError, match="whole numbers"):
        estimate_population(wrong)


def test_time_must_be_above_zero():
    with pytest.raises(ValueError, match="above zero"):
        estimate_population([1] * 60, 0.0)
