"""Investments: when something with a lifetime is bought, and what it is worth when the horizon ends."""

from __future__ import annotations

import math

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.flows import FlowRow, Line
from benefits.economics.product import Product
from benefits.project.money import Cost
from benefits.vocabulary import Standing

_FIRST, _LAST = "investment.", ".residual"


def residual_item(cost: str) -> str:
    """Return the item of the flow that holds what an investment is worth at last.

    Examples
    --------
    >>> residual_item("sensors"), is_residual("investment.sensors.residual"), is_residual("g1.residual")
    ('investment.sensors.residual', True, False)
    """
    return f"{_FIRST}{cost}{_LAST}"


def is_residual(item: str) -> bool:
    """Whether an item of the flows is a last value: worth something, and nobody's payment."""
    return item.startswith(_FIRST) and item.endswith(_LAST)


def purchases(cost: Cost, *, first: int, last: int) -> tuple[int, ...]:
    """Return the years an investment is bought in, from its first year to the last of the horizon.

    Parameters
    ----------
    cost
        A cost with a lifetime. ``last_year``, when stated, is the last year it may be bought in.
    first
        The year it is bought first.
    last
        The last year of the horizon.

    Notes
    -----
    It is bought at the start of a year and again in the year its lifetime is over, ``first + floor(k * lifetime)``,
    since the service needs it as long as it runs. A lifetime is a year or more.

    Examples
    --------
    >>> from benefits.project.fields import Quantity, Text
    >>> sensors = Cost(id="sensors", title=Text(nb="Sensorer"), kind="introduction", actor="vik", per="once",
    ...                amount=Quantity(value=100_000.0), lifetime_years=3.0)
    >>> purchases(sensors, first=2025, last=2030)
    (2025, 2028)
    """
    if cost.lifetime_years is None:
        return (first,)
    end = last if cost.last_year is None else min(last, cost.last_year)
    times = range(math.floor(max(end - first, -1) / cost.lifetime_years) + 2)
    return tuple(year for year in (first + math.floor(time * cost.lifetime_years) for time in times) if year <= end)


def residual_value(
    amount: Array | float, *, bought: int, lifetime: float, last: int, stated: float | None = None
) -> Array:
    """Return what an investment is worth at the end of the horizon, in kroner; the shape of ``amount``.

    Parameters
    ----------
    amount
        What it cost, positive.
    bought
        The year it was last bought in, at its start.
    lifetime
        Years it lasts.
    last
        The last year of the horizon, at the end of which it is valued.
    stated
        Kroner the project states instead.

    Notes
    -----
    What is left in a straight line: ``amount * (1 - used / lifetime)`` with ``used = last - bought + 1`` years, and
    nothing when its lifetime is over.

    Examples
    --------
    100 000 kroner for five years, bought in 2026: after 2028 two of five years are left.

    >>> float(residual_value(100_000.0, bought=2026, lifetime=5.0, last=2028))
    40000.0
    """
    price = np.asarray(amount, dtype=np.float64)
    if stated is not None:
        return frozen(np.full_like(price, stated))
    left = max(0.0, 1.0 - (last - bought + 1) / lifetime)
    return frozen(price * left)


def residual_line(
    cost: Cost, *, amount: Array, first: int, years: tuple[int, ...], standing: Standing, source: str
) -> Line | None:
    """Return the row of what an investment is worth at the end of the horizon; None when that is nothing.

    It is a cost that is got back, in the last year, under an item of its own: nobody is paid it.

    Parameters
    ----------
    cost
        A cost with or without a lifetime.
    amount
        What it costs each time it is bought, positive, shape (draw,).
    first, years
        The year it is bought first, and the years of the horizon.
    standing, source
        As of the row of the cost itself.
    """
    if cost.lifetime_years is None or not years:
        return None
    bought = purchases(cost, first=first, last=years[-1])
    if not bought:
        return None
    worth = residual_value(
        amount, bought=bought[-1], lifetime=cost.lifetime_years, last=years[-1], stated=cost.residual
    )
    if not worth.any():
        return None
    row = FlowRow(
        actor=cost.actor,
        item=residual_item(cost.id),
        layer="cost",
        basis="expected",
        unit="kroner",
        grade="assumed",
        standing=standing,
        source=source,
    )
    at_last = np.array([float(year == years[-1]) for year in years])
    return Line(row=row, values=Product(years=at_last, draws=worth))
