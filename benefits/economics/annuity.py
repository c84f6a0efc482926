"""Annuity: what something that lasts for years costs a year, when it is paid for as it is bought."""

from __future__ import annotations

import math

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.present_value import DiscountRate, discounted_to, level


def annuity_factor(*, rate: DiscountRate | float, years: float) -> float:
    """Return what a krone at the end of each year is worth at the start of the first.

    Parameters
    ----------
    rate
        A real rate a year: one number, or one that falls in steps.
    years
        How many; need not be whole, and may be infinite at a rate above zero.

    Raises
    ------
    ValueError
        When years is not above zero, or the sum has no end.

    Notes
    -----
    With one rate ``(1 - (1 + r) ** -n) / r``, and ``n`` when the rate is zero. In steps it is the sum over the steps of
    ``(d_from - d_to) / r``, where ``d`` is what a krone at the start and at the end of the step is worth.

    Examples
    --------
    >>> [round(annuity_factor(rate=0.04, years=years), 4) for years in (3, 10, 40)]
    [2.7751, 8.1109, 19.7928]
    """
    if not years > 0:
        raise ValueError(f"{years} years is no time")
    steps = (rate if isinstance(rate, DiscountRate) else level(rate)).steps
    total, start = 0.0, 0.0
    for step in steps:
        end = years if step.last is None else min(float(step.last), years)
        if end > start:
            worth = discounted_to(start, steps=steps)
            left = 0.0 if math.isinf(end) else discounted_to(end, steps=steps)
            total += (worth - left) / step.rate if step.rate else worth * (end - start)
            start = end
    # A rate below zero for ever would come out as a number, and be wrong.
    if math.isinf(total) or (math.isinf(years) and not steps[-1].rate > 0):
        raise ValueError("a sum without end needs a rate above zero")
    return total


def annuity(price: Array | float, *, rate: DiscountRate | float, years: float, residual: Array | float = 0.0) -> Array:
    """Return the kroner a year, paid at the end of each year it lasts, that are worth its price less its last value.

    Parameters
    ----------
    price
        Kroner paid at the start; any shape.
    rate, years
        As in ``annuity_factor``; ``years`` is how long it lasts.
    residual
        Kroner it is worth when those years are over.

    Raises
    ------
    ValueError
        As ``annuity_factor``.

    Notes
    -----
    ``(price - residual * d) / factor``, where ``d`` is what a krone at the end of the last year is worth. With a rate
    of zero that is the straight line, ``(price - residual) / years``.

    Examples
    --------
    10 000 kroner over five years at 4 %: 10 000 / 4.4518.

    >>> round(float(annuity(10_000.0, rate=0.04, years=5)), 1)
    2246.3
    >>> float(annuity(10_000.0, rate=0.0, years=4, residual=2_000.0))
    2000.0
    """
    steps = (rate if isinstance(rate, DiscountRate) else level(rate)).steps
    factor = annuity_factor(rate=rate, years=years)
    left = 0.0 if math.isinf(years) else discounted_to(years, steps=steps)
    return frozen((np.asarray(price, dtype=np.float64) - np.asarray(residual, dtype=np.float64) * left) / factor)
