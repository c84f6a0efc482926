"""A product of years and draws is the table it stands for, whatever is done with it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benefits.economics.product import Product, add, full, is_finite, placed

NUMBER = st.floats(-1e6, 1e6, allow_nan=False)
YEARS, DRAWS = arrays(float, 3, elements=NUMBER), arrays(float, 4, elements=NUMBER)


@given(YEARS, DRAWS, DRAWS, YEARS)
def test_what_is_done_to_the_factors_is_done_to_the_table(
    years: np.ndarray, draws: np.ndarray, price: np.ndarray, growth: np.ndarray
) -> None:
    one = Product(years=years, draws=draws)
    table = np.outer(years, draws)
    for product, wanted in (
        (one * price, table * price),
        (price * one, table * price),
        (-one, -table),
        (one * 0.5, table * 0.5),
        (one.over(growth), table * growth[:, np.newaxis]),
    ):
        assert isinstance(product, Product)
        assert product.shape == (3, 4)
        assert np.allclose(full(product), wanted, rtol=1e-12, atol=1e-300)


def test_numpy_reads_it_as_the_table() -> None:
    one = Product(years=np.array([1.0, 2.0]), draws=np.array([3.0, -4.0]))
    assert np.minimum(one, 0.0).tolist() == [[0.0, -4.0], [0.0, -8.0]]
    assert np.asarray(one).tolist() == [[3.0, -4.0], [6.0, -8.0]]


def test_a_table_has_no_negative_zero() -> None:
    assert not np.signbit(full(Product(years=np.array([-0.0, 0.0]), draws=np.array([1.0, -1.0])))).any()


def test_a_sum_over_years_weighs_each_and_cancels_what_is_the_same_with_its_sign_turned() -> None:
    """2 x 1 + 0.5 x 4 = 4 of each draw; with its own negative in the years the other has, nothing at all."""
    one = Product(years=np.array([1.0, 4.0]), draws=np.array([0.1, 0.3]))
    total = np.zeros(2)
    add([one], np.array([2.0, 0.5]), to=total)
    assert total.tolist() == [0.4, 1.2]
    # Whatever stands between them: added one by one, a small number is lost in a large one.
    large, alone = Product(years=np.array([1.0, 1.0]), draws=np.array([1e17, 3e17])), np.zeros(2)
    add([large], np.array([1 / 3, 1 / 7]), to=alone)
    both = np.zeros(2)
    add([one, large, -one], np.array([1 / 3, 1 / 7]), to=both)
    assert both.tolist() == alone.tolist()
    add([-large, large, one, -one], np.array([1 / 3, 1 / 7]), to=total)
    assert total.tolist() == [0.4, 1.2]


def test_a_sum_of_more_draws_than_are_taken_at_a_time_is_the_same_sum() -> None:
    rng = np.random.default_rng(3)
    years, columns = rng.normal(size=(4, 2)), rng.normal(size=(4, 40_001))
    weights, total = np.array([1.0, 0.9]), np.zeros(40_001)
    add([Product(years=one, draws=column) for one, column in zip(years, columns, strict=True)], weights, to=total)
    assert np.allclose(total, (years @ weights) @ columns, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("product", [True, False])
def test_more_years_are_years_of_nothing(product: bool) -> None:
    held = Product(years=np.array([1.0, 2.0]), draws=np.array([5.0])) if product else np.array([[5.0], [10.0]])
    wider = placed(held, places=[0, 2], length=4)
    assert isinstance(wider, Product) is product
    assert full(wider).tolist() == [[5.0], [0.0], [10.0], [0.0]]


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("where", ["years", "draws", "table"])
def test_a_number_that_is_none_is_found_in_either_factor(wrong: float, where: str) -> None:
    held = {"years": np.array([0.0, 1.0]), "draws": np.array([1.0, 2.0, 0.0])}
    assert is_finite(Product(**held))
    if where == "table":
        assert not is_finite(np.array([[0.0, wrong]]))
    else:
        held[where][-1] = wrong
        assert not is_finite(Product(**held))
