"""Distributions give back the figures they were made from, and refuse figures that make no distribution."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.reference.distributions import (
    Beta,
    Distribution,
    Fixed,
    LogNormal,
    Mixture,
    Normal,
    Triangular,
    Uniform,
    UnusableDistribution,
    from_interval,
    from_low_likely_high,
    from_mean_se,
    latin_hypercube,
)

figures = st.floats(-1e4, 1e4)
widths = st.floats(1e-2, 1e4)
normals = st.builds(lambda mean, se: Normal(mean=mean, se=se), figures, widths)
lognormals = st.builds(
    lambda median, log_se: LogNormal(median=median, log_se=log_se), st.floats(0.01, 100), st.floats(0.01, 1)
)
uniforms = st.builds(lambda low, width: Uniform(low=low, high=low + width), figures, widths)
triangulars = st.builds(
    lambda low, width, at: Triangular(low=low, likely=low + at * width, high=low + width),
    figures,
    widths,
    st.floats(0, 0.99),
)
betas = st.builds(lambda alpha, beta: Beta(alpha=alpha, beta=beta), st.floats(0.5, 50), st.floats(0.5, 50))
smooth = st.one_of(normals, lognormals, uniforms, triangulars, betas)
fixed = st.builds(lambda value: Fixed(value=value), figures)
mixtures = st.lists(st.tuples(st.one_of(smooth, fixed), st.floats(0.05, 10)), min_size=1, max_size=4).map(
    lambda parts: Mixture(components=tuple(part for part, _ in parts), weights=tuple(weight for _, weight in parts))
)
GRID = np.linspace(0.001, 0.999, 101)


@given(st.one_of(smooth, fixed, mixtures))
def test_quantiles_never_fall(distribution: Distribution) -> None:
    quantiles = distribution.ppf(GRID)
    assert quantiles.shape == GRID.shape
    assert np.isfinite(quantiles).all()
    assert (np.diff(quantiles) >= 0).all()


@given(smooth)
def test_the_probability_of_a_quantile_is_the_one_it_was_asked_for(distribution: Distribution) -> None:
    np.testing.assert_allclose(distribution.cdf(distribution.ppf(GRID)), GRID, atol=1e-6)


@given(smooth)
def test_the_mean_is_the_mean_of_many_even_quantiles(distribution: Distribution) -> None:
    draws = distribution.ppf((np.arange(20_000) + 0.5) / 20_000)
    assert draws.mean() == pytest.approx(distribution.mean, abs=2e-3 * float(draws.std()) + 1e-9)


@given(mixtures)
def test_a_mixture_quantile_is_the_smallest_number_that_reaches_its_probability(mixture: Mixture) -> None:
    quantiles = mixture.ppf(GRID)
    assert (mixture.cdf(quantiles) >= GRID - 1e-8).all()
    just_below = quantiles - 1e-7 * np.maximum(1, np.abs(quantiles))
    assert (mixture.cdf(just_below) <= GRID + 1e-4).all()


@given(st.lists(st.tuples(normals, st.floats(0.05, 10)), min_size=1, max_size=4))
def test_the_distribution_of_a_mixture_of_normals_round_trips(parts: list[tuple[Normal, float]]) -> None:
    mixture = Mixture(components=tuple(part for part, _ in parts), weights=tuple(weight for _, weight in parts))
    np.testing.assert_allclose(mixture.cdf(mixture.ppf(GRID)), GRID, atol=1e-9)


def test_a_mixture_of_two_certain_values_takes_each_as_often_as_its_weight() -> None:
    """Weights 1 and 3: a quarter of the probability on 2, three quarters on 5; mean 0.25 x 2 + 0.75 x 5 = 4.25."""
    mixture = Mixture(components=(Fixed(value=2), Fixed(value=5)), weights=(1, 3))
    assert mixture.ppf(np.array([0.1, 0.25, 0.26, 0.9])).tolist() == [2, 2, 5, 5]
    assert mixture.mean == 4.25


def test_a_mixture_reaches_the_ends_of_its_parts() -> None:
    mixture = Mixture(components=(Uniform(low=0, high=1), Uniform(low=3, high=4)), weights=(1, 1))
    assert mixture.ppf(np.array([0.0, 0.5, 1.0])) == pytest.approx([0, 1, 4])
    assert mixture.ppf(np.empty(0)).shape == (0,)


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e3), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_a_difference_gives_back_its_interval(estimate: float, half: float, level: float) -> None:
    low, high = estimate - half, estimate + half
    found = from_interval(estimate=estimate, low=low, high=high, ratio=False, level=level)
    assert found.interval(level) == pytest.approx((low, high), abs=1e-9 * (abs(estimate) + half))
    assert found.mean == estimate


@given(st.floats(0.05, 20), st.floats(1.01, 20))
def test_a_ratio_gives_back_its_interval(estimate: float, factor: float) -> None:
    found = from_interval(estimate=estimate, low=estimate / factor, high=estimate * factor, ratio=True)
    assert found.interval() == pytest.approx((estimate / factor, estimate * factor), rel=1e-9)
    assert float(found.ppf(np.array([0.5]))[0]) == pytest.approx(estimate)


def test_a_published_ratio_keeps_its_printed_digits() -> None:
    """RR 0.79 (0.67; 0.94): log width ln 0.94 - ln 0.67 = 0.33860; / 3.91993 = 0.08638."""
    found = from_interval(estimate=0.79, low=0.67, high=0.94, ratio=True)
    assert isinstance(found, LogNormal)
    assert found.log_se == pytest.approx(0.08638, abs=5e-6)
    assert found.interval() == pytest.approx((0.67, 0.94), abs=0.01)


@given(st.floats(0.02, 0.98), st.floats(0.01, 0.9))
def test_a_share_keeps_its_mean_and_standard_error(mean: float, part: float) -> None:
    se = part * (mean * (1 - mean)) ** 0.5
    found = from_mean_se(mean=mean, se=se, share=True)
    assert isinstance(found, Beta)
    total = found.alpha + found.beta
    assert found.mean == pytest.approx(mean)
    assert (found.alpha * found.beta / (total**2 * (total + 1))) ** 0.5 == pytest.approx(se)


def test_a_mean_with_a_standard_error_is_normal() -> None:
    assert from_mean_se(mean=3, se=2) == Normal(mean=3, se=2)


def test_three_equal_values_are_certain() -> None:
    assert from_low_likely_high(low=4, likely=4, high=4) == Fixed(value=4)
    assert from_low_likely_high(low=1, likely=2, high=4) == Triangular(low=1, likely=2, high=4)


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("distribution_not_finite", lambda: Normal(mean=float("nan"), se=1)),
        ("distribution_not_finite", lambda: Fixed(value=float("inf"))),
        ("distribution_se_not_positive", lambda: Normal(mean=0, se=0)),
        ("distribution_se_not_positive", lambda: from_mean_se(mean=0.5, se=0, share=True)),
        ("distribution_ratio_not_positive", lambda: LogNormal(median=0, log_se=1)),
        ("distribution_ratio_not_positive", lambda: from_interval(estimate=0.5, low=0, high=1, ratio=True)),
        ("distribution_limits_reversed", lambda: Uniform(low=1, high=1)),
        ("distribution_limits_reversed", lambda: from_low_likely_high(low=3, likely=2, high=1)),
        ("distribution_likely_outside_limits", lambda: Triangular(low=0, likely=2, high=1)),
        ("distribution_shape_not_positive", lambda: Beta(alpha=0, beta=1)),
        ("distribution_share_outside_limits", lambda: from_mean_se(mean=1, se=0.1, share=True)),
        ("distribution_not_finite", lambda: from_mean_se(mean=0.5, se=1e-300, share=True)),
        ("distribution_share_too_uncertain", lambda: from_mean_se(mean=0.5, se=0.5, share=True)),
        ("distribution_estimate_outside_interval", lambda: from_interval(estimate=2, low=0, high=1, ratio=False)),
        ("distribution_level_outside_limits", lambda: Normal(mean=0, se=1).interval(95)),
        ("distribution_level_outside_limits", lambda: from_interval(estimate=1, low=0, high=2, ratio=False, level=95)),
        ("distribution_weights_do_not_match", lambda: Mixture(components=(Fixed(value=1),), weights=(1, 2))),
        ("distribution_weight_not_positive", lambda: Mixture(components=(Fixed(value=1),), weights=(0,))),
        ("distribution_too_few_draws", lambda: latin_hypercube(0, np.random.default_rng(1))),
    ],
)
def test_figures_that_make_no_distribution_are_refused(code: str, make) -> None:
    with pytest.raises(UnusableDistribution) as caught:
        make()
    assert caught.value.code == code
    assert isinstance(caught.value, ValueError)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.code, again.parameters) == (caught.value.code, caught.value.parameters)


@given(st.integers(1, 500), st.integers(0, 2**32 - 1))
def test_a_latin_hypercube_has_one_draw_in_each_slice(n: int, seed: int) -> None:
    uniforms = latin_hypercube(n, np.random.default_rng(seed))
    assert ((uniforms > 0) & (uniforms < 1)).all()
    assert sorted(np.floor(uniforms * n).astype(int).clip(0, n - 1)) == list(range(n))


def test_a_latin_hypercube_is_the_same_for_the_same_seed_and_in_random_order() -> None:
    one, same, other = (latin_hypercube(100, np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert (one == same).all()
    assert (one != other).any()
    assert (np.diff(one) < 0).any()
