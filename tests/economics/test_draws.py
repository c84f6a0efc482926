"""Draws: one stratified column per input, untouched by the others."""

from __future__ import annotations

import numpy as np
import pytest

from benefits.economics.draws import Draws
from benefits.reference.distributions import Fixed, Normal, Uniform


def test_a_column_holds_one_draw_in_every_slice() -> None:
    column = Draws(n=1000).column("a", Uniform(low=0.0, high=1000.0))
    assert sorted(np.floor(column)) == list(range(1000))


def test_another_input_before_it_does_not_change_a_column() -> None:
    alone = Draws(n=100).column("effect", Normal(mean=0.0, se=1.0))
    crowded = Draws(n=100)
    crowded.column("aaa", Normal(mean=5.0, se=1.0))
    crowded.generator("bbb").random(50)
    assert np.array_equal(alone, crowded.column("effect", Normal(mean=0.0, se=1.0)))


def test_two_names_and_two_seeds_give_independent_columns() -> None:
    spread = Uniform(low=0.0, high=1.0)
    one, other = Draws(n=10_000).column("a", spread), Draws(n=10_000).column("b", spread)
    reseeded = Draws(n=10_000, seed=2).column("a", spread)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.05
    assert not np.array_equal(one, reseeded)


def test_a_changed_distribution_is_read_at_the_same_probabilities() -> None:
    draws = Draws(n=50)
    first = draws.column("a", Uniform(low=0.0, high=1.0))
    assert np.allclose(draws.column("a", Uniform(low=10.0, high=12.0)), 10.0 + 2.0 * first, rtol=0, atol=1e-12)


def test_a_column_cannot_be_written_to_and_is_made_once() -> None:
    draws = Draws(n=5)
    column = draws.column("a", Fixed(value=3.0))
    assert column is draws.column("a", Fixed(value=3.0))
    with pytest.raises(ValueError, match="read-only"):
        column[0] = 1.0


def test_the_separator_keeps_seed_and_name_apart() -> None:
    assert Draws(seed=1).generator("2a").random() != Draws(seed=12).generator("a").random()


def test_no_draws_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Draws(n=0)


def test_ten_thousand_draws_is_the_default() -> None:
    assert Draws().n == 10_000
