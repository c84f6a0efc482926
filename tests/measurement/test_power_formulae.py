"""Formulae for power: R's own functions find the same, closed forms and limits hold, and nonsense is refused."""

from __future__ import annotations

import json
from math import inf, log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.power import TTestIndPower

from benefits.measurement.power import (
    cross_sections_effect,
    design_effect,
    intracluster_correlation,
    months_needed,
    persons_for_mean_difference,
    persons_for_share_difference,
    smallest_detectable_difference,
    smallest_detectable_ratio,
    smallest_mean_difference,
    smallest_paired_difference,
    smallest_paired_share_difference,
    smallest_share_difference,
    times_needed,
)

R = json.loads((Path(__file__).parent / "anchors" / "power.json").read_text(encoding="utf-8"))
K = 1.9599640 + 0.8416212
"""Quantiles of the normal distribution for a level of 95 % and a power of 80 %."""


@pytest.mark.parametrize(("n", "sd", "power", "level", "delta"), R["two_means"])
def test_two_means_are_those_of_r(n, sd, power, level, delta):
    found = smallest_mean_difference(sd=sd, n_after=n, power=power, level=level)
    assert found == pytest.approx(delta, rel=1e-8)


@pytest.mark.parametrize(("n", "sd", "power", "level", "delta"), R["paired_means"])
def test_pairs_are_those_of_r(n, sd, power, level, delta):
    """R asks for the standard deviation of the difference, which a correlation of one half makes that of each."""
    found = smallest_paired_difference(sd=sd, correlation=0.5, n=n, power=power, level=level)
    assert found == pytest.approx(delta, rel=1e-8)


@pytest.mark.parametrize(("n", "before", "power", "level", "after"), R["two_shares"])
def test_two_shares_are_those_of_r(n, before, power, level, after):
    found = smallest_share_difference(share=before, n_after=n, rises=True, power=power, level=level)
    assert found == pytest.approx(after - before, rel=1e-7)


def test_persons_needed_are_those_of_r():
    for difference, sd, power, n in R["persons_for_means"]:
        assert persons_for_mean_difference(difference=difference, sd=sd, power=power) == pytest.approx(n, rel=1e-7)
    for before, after, power, n in R["persons_for_shares"]:
        assert persons_for_share_difference(before=before, after=after, power=power) == pytest.approx(n, rel=1e-7)


def test_two_means_of_unlike_size_are_those_of_statsmodels():
    library = TTestIndPower().solve_power(nobs1=12, ratio=30 / 12, alpha=0.05, power=0.8)
    # It counts both tails of the noncentral t; the far one holds less than a millionth here.
    assert smallest_mean_difference(sd=3.0, n_after=12, n_before=30) == pytest.approx(3.0 * library, rel=1e-5)


@given(st.floats(0.1, 3), st.floats(20, 500), st.floats(20, 500), st.floats(1, 3), st.booleans())
def test_the_ratio_found_is_as_many_standard_errors_of_its_logarithm_from_one_as_asked(rate, t1, t0, spread, rises):
    asked = {"rate": rate, "exposure_treated": t1, "exposure_comparison": t0, "dispersion": spread, "rises": rises}
    found = smallest_detectable_ratio(**asked)
    if found is None:
        best = max(-log(r) / (spread * (1 / (rate * r * t1) + 1 / (rate * t0))) ** 0.5 for r in np.geomspace(1e-4, 1))
        assert best < K
        return
    se = (spread * (1 / (rate * found * t1) + 1 / (rate * t0))) ** 0.5
    assert abs(log(found)) / se == pytest.approx(K, rel=1e-5)
    assert (found > 1) == rises


def test_with_many_events_ratio_and_difference_agree():
    asked = {"rate": 2.0, "exposure_treated": 50_000.0}
    ratio = smallest_detectable_ratio(**asked)
    assert ratio is not None
    assert 2.0 * (1 - ratio) == pytest.approx(smallest_detectable_difference(**asked), rel=0.01)


def test_a_rise_is_more_uncertain_than_a_fall_of_the_same_size():
    """d = k sqrt((2 r + d) / T): at r = 1 and T = 100, d = 0.437, and with the minus sign 0.358."""
    rise, fall = (smallest_detectable_difference(rate=1.0, exposure_treated=100, rises=one) for one in (True, False))
    assert rise == pytest.approx(K * ((2 + rise) / 100) ** 0.5, rel=1e-6)
    assert rise > fall == pytest.approx(K * ((2 - fall) / 100) ** 0.5, rel=1e-6)


def test_few_degrees_of_freedom_take_a_larger_change():
    """Eight clusters, six degrees of freedom: t 2.447 + 0.906 = 3.353 against 2.802."""
    plain, few = (smallest_detectable_difference(rate=1.0, exposure_treated=1e6, df=df) for df in (inf, 6))
    assert few / plain == pytest.approx((stats.t.ppf(0.975, 6) + stats.t.ppf(0.8, 6)) / K, rel=1e-3)


@given(st.floats(0.2, 0.8), st.floats(40, 1000), st.booleans())
def test_pairs_without_correlation_show_what_two_groups_do_at_the_most(share, n, rises):
    alone = smallest_share_difference(share=share, n_after=n, rises=rises)
    paired = smallest_paired_share_difference(share=share, correlation=0.0, n=n, rises=rises)
    if alone is not None and paired is not None:
        assert paired == pytest.approx(alone, rel=0.15)
    more = smallest_paired_share_difference(share=share, correlation=0.5, n=n, rises=rises)
    if paired is not None and more is not None:
        assert more <= paired * (1 + 1e-9)


def test_not_even_everybody_is_enough_with_four_persons():
    assert smallest_share_difference(share=0.8, n_after=4, rises=True) is None
    assert smallest_paired_share_difference(share=0.8, correlation=0.0, n=4, rises=True) is None


def test_mcnemar_shows_the_change_found_as_often_as_promised():
    """3000 trials of 60 pairs without correlation; McNemar's test without correction, within 3 s.e. plus 0.03."""
    n, share = 60, 0.4
    change = smallest_paired_share_difference(share=share, correlation=0.0, n=n, rises=True)
    assert change is not None
    stream = np.random.default_rng(5)
    before, after = (stream.random((3000, n)) < one for one in (share, share + change))
    up, down = (before < after).sum(axis=1), (before > after).sum(axis=1)
    shown = ((up - down) / np.sqrt(up + down) > 1.959964).mean()
    assert shown == pytest.approx(0.8, abs=3 * (0.16 / 3000) ** 0.5 + 0.03)


def test_a_design_effect_is_the_variance_of_means_of_clusters_over_that_of_persons():
    """Clusters of 5, 15 and 40 with icc 0.1: sum m (1 + (m - 1) 0.1) / 60 = (7 + 36 + 196) / 60 = 3.9833."""
    sizes = np.array([5, 15, 40])
    by_hand = float((sizes * (1 + (sizes - 1) * 0.1)).sum()) / 60
    spread = float(sizes.std()) / 20
    assert design_effect(size=20, icc=0.1, spread=spread) == pytest.approx(by_hand) == pytest.approx(3.98333, abs=1e-4)


@given(st.floats(1, 200), st.floats(0, 1), st.floats(0, 1))
def test_what_two_times_share_falls_out_of_a_change(size, icc, autocorrelation):
    alone = design_effect(size=size, icc=icc)
    change = cross_sections_effect(size=size, icc=icc, autocorrelation=autocorrelation)
    assert change <= alone
    # With everything shared only what varies between persons is left.
    assert cross_sections_effect(size=size, icc=icc, autocorrelation=1.0) == pytest.approx(1 - icc, abs=1e-9)


def test_a_known_intracluster_correlation_is_found_again():
    stream = np.random.default_rng(3)
    clusters = np.repeat(np.arange(400), stream.integers(2, 12, 400))
    values = stream.normal(0, 0.5, 400)[clusters] + stream.normal(0, 1, len(clusters))
    assert intracluster_correlation(values, clusters) == pytest.approx(0.25 / 1.25, abs=0.04)
    assert intracluster_correlation(np.array([1.0, 2.0]), np.array([1, 2])) is None
    assert intracluster_correlation(np.ones(4), np.array([1, 1, 2, 2])) is None


@given(st.floats(0.01, 2), st.integers(1, 120), st.integers(1, 12))
def test_the_months_found_are_the_first_that_are_enough(target, horizon, step):
    def smallest(months):
        return None if months < 3 else 3 / months**0.5

    found = months_needed(smallest, target=target, horizon=horizon, step=step)
    enough = [m for m in range(step, horizon + 1, step) if smallest(m) is not None and smallest(m) <= target]
    assert found == (enough[0] if enough else None)


def test_no_volume_shows_what_others_blur():
    """Not even endless patients: the smallest change never falls below a half."""
    assert times_needed(lambda times: 0.5 + 1 / times, target=0.4) is None
    assert times_needed(lambda times: 0.5 + 1 / times, target=0.75) == pytest.approx(4.0)
    assert times_needed(lambda times: 0.1, target=0.75) == 1.0


@pytest.mark.parametrize(
    "call",
    [
        lambda: smallest_mean_difference(sd=0.0, n_after=10),
        lambda: smallest_mean_difference(sd=1.0, n_after=1),
        lambda: smallest_paired_difference(sd=1.0, correlation=1.0, n=10),
        lambda: smallest_share_difference(share=1.0, n_after=10),
        lambda: smallest_paired_share_difference(share=0.5, correlation=-0.1, n=10),
        lambda: persons_for_share_difference(before=0.5, after=1.5),
        lambda: persons_for_mean_difference(difference=0.0, sd=1.0),
        lambda: design_effect(size=10, icc=1.1),
        lambda: cross_sections_effect(size=10, icc=0.1, autocorrelation=2.0),
        lambda: smallest_detectable_ratio(rate=-1.0, exposure_treated=10),
    ],
)
def test_nonsense_is_refused(call):
    with pytest.raises(ValueError, match=r"must be|persons or more"):
        call()


def test_a_share_that_does_not_change_needs_endlessly_many():
    assert persons_for_share_difference(before=0.3, after=0.3) == inf
