"""What depends on the year times what depends on the draw: two short vectors that stand for a whole table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benefits.economics.arrays import Array

_BLOCK = 16_384
"""Draws that are summed at a time: so few that the sum stays in the processor's own memory."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Product:
    """A table (year, draw) held as one number per year and one per draw.

    Most of what an actor gains or loses is of this form: patients and how far the effect has come depend on the year,
    rates and prices on the draw. Ten years of 100 000 draws are then 100 010 numbers and not a million. What is not of
    this form, as a cost with steps, is held as the table itself.

    Attributes
    ----------
    years, draws
        One number per year and one per draw, shapes (year,) and (draw,).

    Examples
    --------
    >>> kroner = Product(years=np.array([1.0, 2.0]), draws=np.array([10.0, 20.0, 30.0])) * 5.0
    >>> kroner.full().tolist()
    [[50.0, 100.0, 150.0], [100.0, 200.0, 300.0]]
    >>> (-kroner).draws is kroner.draws
    True
    """

    years: Array
    draws: Array
    # An array on the left of ``*`` leaves the product to ``__rmul__``.
    __array_priority__ = 1000.0

    @property
    def shape(self) -> tuple[int, int]:
        """Number of years and of draws."""
        return len(self.years), len(self.draws)

    def full(self) -> Array:
        """Return the table, shape (year, draw)."""
        # Adding zero turns a negative zero, as of a cost in a year without one, into zero.
        return np.multiply.outer(self.years, self.draws) + 0.0

    def over(self, by_year: Array) -> Product:
        """Return it times one number per year, shape (year,): growth, or what is left of an effect."""
        return Product(years=self.years * by_year, draws=self.draws)

    def __mul__(self, factor: Array | float) -> Product:
        """Times a number, or one number per draw, shape (draw,)."""
        return Product(years=self.years, draws=self.draws * factor)

    __rmul__ = __mul__

    def __neg__(self) -> Product:
        """The same with its sign turned; the draws are shared, so that the two ends of a transfer cancel exactly."""
        return Product(years=-self.years, draws=self.draws)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        """Numpy reads it as the table."""
        return self.full() if dtype is None else self.full().astype(dtype)


Yearly = Array | Product
"""Numbers by year and draw, whichever way they are held."""


def full(values: Yearly) -> Array:
    """Return the table of some numbers, shape (year, draw)."""
    return values.full() if isinstance(values, Product) else values


def is_finite(values: Yearly) -> bool:
    """Return whether every number of the table is finite.

    Examples
    --------
    >>> is_finite(Product(years=np.array([1e200]), draws=np.array([1.0, 1e200])))
    False
    """
    if not isinstance(values, Product):
        return bool(np.isfinite(values).all())
    # The largest of each, which a NaN is as well: no table is made to be looked through.
    largest = [
        max(abs(float(one.min(initial=0.0))), abs(float(one.max(initial=0.0)))) for one in (values.years, values.draws)
    ]
    return bool(np.isfinite(largest[0] * largest[1]))


def add(products: Iterable[Product], weights: Array, *, to: Array) -> None:
    """Add the sum of products over the years, each year times its weight, to an array of shape (draw,).

    Products that share their draws are added as numbers first, so that what cancels is exactly zero.

    Parameters
    ----------
    products
        All of the same shape.
    weights
        One number per year.
    to
        What is added to, in place.

    Examples
    --------
    >>> paid = Product(years=np.array([1.0, 3.0]), draws=np.array([0.1, 0.7]))
    >>> total = np.zeros(2)
    >>> add([paid, -paid], np.array([1.0, 0.96]), to=total)
    >>> total.tolist()
    [0.0, 0.0]
    """
    columns: dict[int, tuple[Array, float]] = {}
    for product in products:
        # Draws are known by what they are, not by what they hold: that is looked up at once and cannot be wrong.
        _, before = columns.get(id(product.draws), (product.draws, 0.0))
        columns[id(product.draws)] = product.draws, before + float(weights @ product.years)
    part = np.empty(min(len(to), _BLOCK))
    counted = [(draws, weight) for draws, weight in columns.values() if weight]
    for start in range(0, len(to), _BLOCK):
        block = to[start : start + _BLOCK]
        for draws, weight in counted:
            block += np.multiply(draws[start : start + _BLOCK], weight, out=part[: len(block)])


def placed(values: Yearly, *, places: Sequence[int], length: int) -> Yearly:
    """Return the same numbers among more years, zero in the years there are none for.

    Parameters
    ----------
    values
        Shape (year, draw).
    places
        Where each of its years goes.
    length
        Number of years to be.

    Examples
    --------
    >>> full(placed(np.array([[7.0, 8.0]]), places=[1], length=2)).tolist()
    [[0.0, 0.0], [7.0, 8.0]]
    """
    held = values.years if isinstance(values, Product) else values
    among = np.zeros((length, *held.shape[1:]))
    among[list(places)] = held
    return Product(years=among, draws=values.draws) if isinstance(values, Product) else among
