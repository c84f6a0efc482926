"""Inputs that are high together: the correlation is there, and nothing else has moved."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, spearmanr

from benefits.economics.correlated_ranks import correlated_ranks
from benefits.economics.draws import Draws
from benefits.project.uncertainty import Correlated, lowest_correlation
from benefits.reference.distributions import Beta, Distribution, LogNormal, Normal, Triangular, Uniform

SHAPES: tuple[Distribution, ...] = (
    Normal(mean=5.0, se=2.0),
    Triangular(low=1.0, likely=2.0, high=6.0),
    Beta(alpha=2.0, beta=5.0),
    LogNormal(median=0.8, log_se=0.2),
)


def group(*names: str, correlation: float = 0.5, id: str = "g") -> Correlated:
    return Correlated(id=id, assumptions=names, correlation=correlation)


@given(names=st.sets(st.text("abcdef", min_size=1, max_size=3), min_size=2, max_size=6), n=st.integers(1, 40))
@settings(max_examples=40, deadline=None)
def test_an_input_more_or_a_group_more_changes_no_other_inputs_draws(names: set[str], n: int) -> None:
    *others, added = sorted(names)
    before = Draws(n=n)
    alone = {name: before.column(name, SHAPES[0]) for name in others}
    crowded = Draws(n=n, groups=(group(added, f"{added}-more"),))
    for name in (f"{added}-more", added, *reversed(others)):
        crowded.column(name, SHAPES[0])
    assert all(np.array_equal(crowded.column(name, SHAPES[0]), alone[name]) for name in others)


@given(correlation=st.floats(-0.3, 0.95), count=st.integers(2, 4))
@settings(max_examples=15, deadline=None)
def test_a_group_has_its_correlation_of_ranks_and_keeps_every_draw(correlation: float, count: int) -> None:
    names = [f"x{place}" for place in range(count)]
    apart, together = Draws(n=2_000), Draws(n=2_000, groups=(group(*names, correlation=correlation),))
    columns = [together.column(name, shape) for name, shape in zip(names, SHAPES, strict=False)]
    for name, shape, column in zip(names, SHAPES, columns, strict=False):
        assert np.array_equal(np.sort(column), np.sort(apart.column(name, shape)))
    for place, one in enumerate(columns):
        for other in columns[place + 1 :]:
            assert spearmanr(one, other).statistic == pytest.approx(correlation, abs=0.03)


def test_the_sum_of_two_correlated_normals_varies_as_the_closed_form_says() -> None:
    """Ranks correlated 0.6 are normals correlated 2 sin(pi 0.6 / 6) = 0.618: variance 1 + 4 + 2 x 2 x 0.618 = 7.472."""
    draws = Draws(n=20_000, groups=(group("a", "b", correlation=0.6),))
    total = draws.column("a", Normal(mean=0.0, se=1.0)) + draws.column("b", Normal(mean=0.0, se=2.0))
    assert total.var() == pytest.approx(7.472, rel=0.01)


def test_a_group_is_the_same_whichever_member_is_asked_for_first() -> None:
    one, other = (Draws(n=50, groups=(group("a", "b"),)) for _ in range(2))
    first = one.column("a", SHAPES[0]), one.column("b", SHAPES[1])
    second = other.column("b", SHAPES[1]), other.column("a", SHAPES[0])
    assert np.array_equal(first[0], second[1])
    assert np.array_equal(first[1], second[0])


def test_another_group_of_the_same_inputs_puts_them_in_another_order() -> None:
    one, other = (Draws(n=50, groups=(group("a", "b", id=id),)).column("a", SHAPES[0]) for id in ("g", "h"))
    assert not np.array_equal(one, other)


def test_an_input_is_in_one_group_and_a_correlation_must_be_possible() -> None:
    with pytest.raises(ValueError, match="one group"):
        Draws(groups=(group("a", "b"), group("b", "c", id="h")))
    impossible = Draws(n=10, groups=(group("a", "b", "c", correlation=-0.49),))
    with pytest.raises(ValueError, match="cannot have the correlation"):
        impossible.column("a", SHAPES[0])


def test_as_low_as_it_can_be_is_still_worked_out() -> None:
    ranks = correlated_ranks(n=500, count=3, correlation=-0.48, generator=np.random.default_rng(1))
    assert lowest_correlation(3) < -0.48
    assert float(np.corrcoef(ranks[:, 0], ranks[:, 1])[0, 1]) == pytest.approx(-0.48, abs=0.03)


@pytest.mark.parametrize(("count", "correlation"), [(3, 1.0), (2, -1.0)])
def test_numbers_may_go_all_the_way_together_or_two_of_them_apart(count: int, correlation: float) -> None:
    ranks = correlated_ranks(n=50, count=count, correlation=correlation, generator=np.random.default_rng(1))
    assert float(np.corrcoef(ranks[:, 0], ranks[:, -1])[0, 1]) == pytest.approx(correlation)
    assert np.array_equal(np.sort(ranks[:, -1]), np.arange(50))


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_few_draws_have_an_order_too(n: int) -> None:
    ranks = correlated_ranks(n=n, count=4, correlation=0.5, generator=np.random.default_rng(1))
    assert np.array_equal(np.sort(ranks, axis=0), np.tile(np.arange(n)[:, np.newaxis], 4))


def test_the_sum_of_ten_independent_inputs_varies_as_the_sum_of_their_variances() -> None:
    """Uniform on (0, k) varies k^2 / 12; from k = 1 to 10 the sum is 385 / 12 = 32.083."""
    draws = Draws(n=20_000)
    total = sum(draws.column(f"x{k}", Uniform(low=0.0, high=float(k))) for k in range(1, 11))
    assert np.var(total) == pytest.approx(385 / 12, rel=0.02)


def test_the_product_of_ten_independent_inputs_varies_as_the_closed_form_says() -> None:
    """Mean 1 and variance 0.01 each: E[P^2] = 1.01^10, so the variance is 1.01^10 - 1 = 0.104622."""
    draws = Draws(n=20_000)
    product = np.prod([draws.column(f"x{k}", Normal(mean=1.0, se=0.1)) for k in range(10)], axis=0)
    assert product.mean() == pytest.approx(1.0, abs=0.002)
    assert product.var() == pytest.approx(0.104622, rel=0.03)


def test_what_an_estimate_draws_is_from_the_generator_of_its_name() -> None:
    draws = Draws(n=5)
    made = draws.sampled("estimate.g1", lambda n, generator: norm.rvs(size=n, random_state=generator))
    assert np.array_equal(made, norm.rvs(size=5, random_state=draws.generator("estimate.g1")))


def test_the_distributions_that_were_asked_for_are_told_and_one_that_is_only_tried_is_not() -> None:
    draws = Draws(n=5)
    draws.column("a", SHAPES[0])
    draws.instead("a", SHAPES[1])
    assert draws.used == {"a": SHAPES[0]}
