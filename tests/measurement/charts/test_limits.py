"""Limits of each type of chart: worked by hand, as published, and as the R package qicharts2 has them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.measurement.charts import Kind, Limits, limits_of
from benefits.measurement.charts.limits import moving_ranges

ANCHOR = json.loads((Path(__file__).parents[1] / "anchors" / "control_chart.json").read_text(encoding="utf-8"))
CALM = [4.0, 6.0] * 6
"""Mean 5, every moving range 2: sigma 2 / 1.128, limits 5 +- 5.319."""


def ones(points: list[float]) -> list[float]:
    return [1.0] * len(points)


def test_limits_of_individuals_are_two_point_sixty_six_mean_moving_ranges_from_the_mean() -> None:
    low, high = limits_of("xmr", count=CALM, exposure=ones(CALM), screen=False).around(1)
    assert high - 5 == pytest.approx(2.66 * 2, abs=1e-3)
    assert 5 - low == pytest.approx(2.66 * 2, abs=1e-3)


def test_a_published_chart_of_individuals_is_found_again() -> None:
    """Montgomery, Introduction to Statistical Quality Control, 6th ed., table 6.6: viscosity of 15 batches of primer.

    Printed: mean 33.52, mean moving range 0.48, limits 34.80 and 32.24.
    """
    viscosity = [
        *(33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27),
        *(33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84),
    ]
    limits = limits_of("xmr", count=viscosity, exposure=ones(viscosity), screen=False)
    low, high = limits.around(1)
    assert (round(limits.mean, 2), round(moving_ranges(viscosity, screen=False)[0], 2)) == (33.52, 0.48)
    assert (high, low) == (pytest.approx(34.80, abs=0.01), pytest.approx(32.24, abs=0.01))


@pytest.mark.parametrize(
    ("kind", "count", "exposure", "mean", "sigma"),
    [
        # 40 of 200 is 0.2; sqrt(0.2 x 0.8 / 100) = 0.04.
        ("p", [10, 30], [100, 100], 0.2, 0.04),
        # 50 events in 200 is 0.25; sqrt(0.25 / 100) = 0.05.
        ("u", [20, 30], [100, 100], 0.25, 0.05),
        # Mean 25, its root 5.
        ("c", [20, 30], [100, 100], 25.0, 5.0),
        # Mean 8; sqrt(8 x 9) = 8.485.
        ("g", [6, 10], [100, 100], 8.0, 72**0.5),
    ],
)
def test_limits_of_counts_follow_from_their_mean(
    kind: Kind, count: list[float], exposure: list[float], mean: float, sigma: float
) -> None:
    limits = limits_of(kind, count=count, exposure=exposure, screen=False)
    assert limits.mean == pytest.approx(mean)
    assert limits.sigma_of(100) == pytest.approx(sigma)


def test_the_centre_of_a_g_chart_is_the_median_and_its_limits_lie_around_the_mean() -> None:
    """0, 2, 10: median 2, mean 4, sigma sqrt(4 x 5)."""
    limits = limits_of("g", count=[0, 2, 10], exposure=[1, 1, 1], screen=False)
    assert limits.centre == 2
    assert limits.around(1) == (0.0, pytest.approx(4 + 3 * 20**0.5))


def test_screening_leaves_large_moving_ranges_out_once() -> None:
    """Nine ranges of 1 and one of 20: mean 2.9, bound 9.474; without the 20 the mean is 1."""
    points = [0, 1, 0, 1, 0, 20, 21, 20, 21, 20, 21]
    assert moving_ranges(points, screen=False) == (pytest.approx(2.9), 10, 0)
    assert moving_ranges(points, screen=True) == (pytest.approx(1.0), 9, 1)


def test_more_exposure_gives_narrower_limits_and_none_beyond_what_a_share_can_be() -> None:
    limits = limits_of("p", count=[1, 3], exposure=[20, 20], screen=False)
    (low, high), (lower, higher) = limits.around(20), limits.around(2000)
    assert (low, lower > 0) == (0.0, True)
    assert high - limits.mean > higher - limits.mean
    assert Limits(centre=0.9, mean=0.9, sigma=0.3, sized=True, lowest=0.0, highest=1.0).around(4)[1] == 1.0


def test_one_point_has_no_limits() -> None:
    with pytest.raises(ValueError, match="two points"):
        limits_of("xmr", count=[1], exposure=[1], screen=False)


@pytest.mark.parametrize("kind", ["xmr", "p", "u", "c", "g", "p_prime", "u_prime"])
def test_every_type_has_the_limits_of_the_r_package(kind: Kind) -> None:
    told = ANCHOR["plain"][kind]
    held, count, exposure = ANCHOR["freeze"], ANCHOR["count"], ANCHOR["n"]
    if kind == "g":
        held, count, exposure = 14, ANCHOR["between"], ones(ANCHOR["between"])
    if kind == "c":
        exposure = ones(count)
    limits = limits_of(kind, count=count[:held], exposure=exposure[:held], screen=False)
    around = [limits.around(of) for of in exposure]
    assert limits.centre == pytest.approx(told["centre"], rel=1e-12)
    assert [low for low, _ in around] == pytest.approx(told["low"], rel=1e-12)
    assert [high for _, high in around] == pytest.approx(told["high"], rel=1e-12)


@pytest.mark.parametrize("kind", ["xmr", "p_prime", "u_prime"])
def test_screened_limits_are_those_of_the_r_package(kind: Kind) -> None:
    told, held = ANCHOR["screened"][kind], ANCHOR["freeze"]
    limits = limits_of(kind, count=ANCHOR["wild"][:held], exposure=ANCHOR["n"][:held], screen=True)
    around = [limits.around(of) for of in ANCHOR["n"]]
    assert limits.screened > 0
    assert [high for _, high in around] == pytest.approx(told["high"], rel=1e-12)
    assert [low for low, _ in around] == pytest.approx(told["low"], rel=1e-12)


@pytest.mark.parametrize(
    ("kind", "variance"), [("p_prime", lambda mean: mean * (1 - mean)), ("u_prime", lambda mean: mean)]
)
def test_laney_is_worked_out_again_from_arrays(kind: Kind, variance: object) -> None:
    count, n = np.array(ANCHOR["count"][:13], float), np.array(ANCHOR["n"][:13], float)
    mean = count.sum() / n.sum()
    sigma = np.sqrt(variance(mean) / n)  # type: ignore[operator]
    sigma_z = np.abs(np.diff((count / n - mean) / sigma)).mean() / 1.128
    limits = limits_of(kind, count=count.tolist(), exposure=n.tolist(), screen=False)
    assert limits.sigma_z == pytest.approx(sigma_z)
    assert [limits.sigma_of(of) for of in n] == pytest.approx((sigma * sigma_z).tolist())


@given(st.lists(st.integers(0, 50), min_size=3, max_size=30), st.integers(2, 9))
def test_rates_per_another_unit_have_limits_per_that_unit(counts: list[int], per: int) -> None:
    one = limits_of("xmr", count=counts, exposure=[1.0] * len(counts), screen=False)
    many = limits_of("xmr", count=counts, exposure=[float(per)] * len(counts), screen=False)
    assert many.sigma * per == pytest.approx(one.sigma)
    assert many.mean * per == pytest.approx(one.mean)
