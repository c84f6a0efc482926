"""What each factor makes of the change of a product, whatever the order they are changed in."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.results.comparison.shapley import contributions

NUMBERS = st.floats(min_value=-1e3, max_value=1e3, allow_nan=False).map(lambda one: round(one, 3))
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=5)


def sides(pairs: list[tuple[float, float]]) -> tuple[dict[str, float], dict[str, float]]:
    return {str(at): one for at, (one, _) in enumerate(pairs)}, {str(at): one for at, (_, one) in enumerate(pairs)}


def near(one: float, other: float, pairs: list[tuple[float, float]]) -> bool:
    size = math.prod(1 + max(abs(old), abs(new)) for old, new in pairs)
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12 * size)


def test_three_factors_worked_by_hand() -> None:
    """2 x 3 x 5 = 30 becomes 4 x 3 x 10 = 120.

    The first alone makes 2 x 3 x 5 = 30 before the third and 2 x 3 x 10 = 60 after it, 45 in the mean; the third makes
    2 x 3 x 5 = 30 before and 4 x 3 x 5 = 60 after, 45 too.
    """
    assert contributions({"a": 2.0, "b": 3.0, "c": 5.0}, {"a": 4.0, "b": 3.0, "c": 10.0}) == {
        "a": 45.0,
        "b": 0.0,
        "c": 45.0,
    }


@given(PAIRS)
def test_the_shares_make_the_whole_change(pairs: list[tuple[float, float]]) -> None:
    old, new = sides(pairs)
    whole = math.prod(new.values()) - math.prod(old.values())
    assert near(math.fsum(contributions(old, new).values()), whole, pairs)


@given(PAIRS)
def test_swapped_they_are_the_opposite(pairs: list[tuple[float, float]]) -> None:
    old, new = sides(pairs)
    there, back = contributions(old, new), contributions(new, old)
    assert all(near(there[name], -back[name], pairs) for name in old)


@given(PAIRS.filter(lambda pairs: len(pairs) < 5))
def test_each_is_the_mean_over_every_order(pairs: list[tuple[float, float]]) -> None:
    old, new = sides(pairs)
    made = dict.fromkeys(old, 0.0)
    orders = list(permutations(old))
    for order in orders:
        now = dict(old)
        for name in order:
            before = math.prod(now.values())
            now[name] = new[name]
            made[name] += (math.prod(now.values()) - before) / len(orders)
    assert all(near(one, made[name], pairs) for name, one in contributions(old, new).items())


def test_two_products_of_other_factors_are_refused() -> None:
    with pytest.raises(ValueError, match="other factors"):
        contributions({"a": 1.0}, {"b": 1.0})
