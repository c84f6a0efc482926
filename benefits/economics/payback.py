"""Payback: from which year what an actor has gained is no less than what it has paid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array, frozen

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Payback:
    """How far behind an actor is at most, and when it has caught up.

    Attributes
    ----------
    lowest, lowest_year
        The lowest running sum in kroner, and its year.
    behind
        Whether the running sum is ever below zero; when it is not, there is nothing to pay back.
    year
        The first year from which the running sum is not below zero, and stays so; None when that is not reached.
    """

    lowest: float
    lowest_year: int
    behind: bool
    year: int | None


def cumulative(net: Array) -> Array:
    """Return the running sum over the years, the first axis.

    Examples
    --------
    >>> cumulative(np.array([-100.0, 60.0, 60.0])).tolist()
    [-100.0, -40.0, 20.0]
    """
    return frozen(np.cumsum(net, axis=0))


def payback(net: Array, *, years: tuple[int, ...]) -> Payback:
    """Return when yearly amounts have paid back what was paid.

    Parameters
    ----------
    net
        Kroner a year, expected, shape (year,): as they are, or discounted.
    years
        Calendar years, in order.

    Raises
    ------
    ValueError
        When there is no year, or the years do not fit.

    Notes
    -----
    A year in which the running sum is above zero does not count when it falls below again, as when something is bought
    anew. Less than a billionth of the largest amount is rounding.

    Examples
    --------
    >>> payback(np.array([-100.0, 60.0, 60.0]), years=(2025, 2026, 2027))
    Payback(lowest=-100.0, lowest_year=2025, behind=True, year=2027)
    """
    if not years or net.shape != (len(years),):
        raise ValueError(f"{net.shape} amounts do not fit {len(years)} years")
    held = cumulative(net)
    below = held < -_ROUNDING * float(np.abs(net).max())
    at = int(held.argmin())
    after = int(np.flatnonzero(below)[-1]) + 1 if below.any() else 0
    return Payback(
        lowest=float(held[at]),
        lowest_year=years[at],
        behind=bool(below.any()),
        year=years[after] if after < len(years) else None,
    )


def share_paid_back(net: Array) -> float:
    """Return the share of draws in which the sum over the years is not below zero.

    Parameters
    ----------
    net
        Kroner a year, shape (year, draw).

    Examples
    --------
    >>> share_paid_back(np.array([[-100.0, -100.0], [150.0, 50.0]]))
    0.5
    """
    return float((net.sum(axis=0) >= -_ROUNDING * float(np.abs(net).max(initial=0.0))).mean())
