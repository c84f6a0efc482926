"""How much of the change of a product each of its factors makes: the mean over every order they may change in."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Name = TypeVar("Name", bound=str)
CITATION = (
    "Shorrocks AF. Decomposition procedures for distributional analysis: a unified framework based on the Shapley "
    "value. Journal of Economic Inequality 2013;11(1):99-126."
)
"""Where the way of sharing is from."""


def contributions(old: Mapping[str, float], new: Mapping[str, float]) -> dict[str, float]:
    """Share the change of a product among its factors, so that no order among them decides.

    Parameters
    ----------
    old, new
        The factors by name, before and now; both have the same names.

    Returns
    -------
    dict of str to float
        What each factor makes of the change; together exactly the change but for rounding. To swap the two turns every
        sign, and a factor that stands still makes nothing.

    Raises
    ------
    ValueError
        When the two do not have the same factors.

    Notes
    -----
    Shapley's value: a factor's contribution is the mean, over all orders in which the factors may be changed one by
    one, of what the product moves by when that factor is changed.

    References
    ----------
    Shorrocks AF. Decomposition procedures for distributional analysis: a unified framework based on the Shapley value.
    Journal of Economic Inequality 2013;11(1):99-126.

    Examples
    --------
    100 patients with 0.2 fewer admissions each become 150 with 0.3: 45 less 20 is 25. Patients first makes 50 x 0.2 =
    10, patients last 50 x 0.3 = 15: the mean is 12.5, and the effect makes the other 12.5.

    >>> made = contributions({"patients": 100.0, "effect": 0.2}, {"patients": 150.0, "effect": 0.3})
    >>> {name: round(one, 9) for name, one in made.items()}
    {'patients': 12.5, 'effect': 12.5}
    """
    if set(old) != set(new):
        raise ValueError("the two products have other factors")
    moved = [name for name in old if old[name] != new[name]]
    still = math.prod(old[name] for name in old if name not in moved)
    return {name: still * _share(name, moved, old, new) if name in moved else 0.0 for name in old}


def contributions_of_draws(
    old: Mapping[Name, NDArray[np.float64] | float], new: Mapping[Name, NDArray[np.float64] | float]
) -> dict[Name, NDArray[np.float64]]:
    """Share the change of a product among its factors in each draw, as :func:`contributions` does.

    Parameters
    ----------
    old, new
        The factors by name, before and now: numbers, or one number per draw, shape (draw,).

    Returns
    -------
    dict of str to numpy.ndarray
        Shape (draw,). Together they are in every draw the change of the product, but for rounding.

    Raises
    ------
    ValueError
        When the two do not have the same factors.

    Examples
    --------
    >>> made = contributions_of_draws({"patients": 100.0, "effect": np.array([0.2, 0.0])},
    ...                               {"patients": 150.0, "effect": np.array([0.3, 0.3])})
    >>> {name: one.round(9).tolist() for name, one in made.items()}
    {'patients': [12.5, 7.5], 'effect': [12.5, 37.5]}
    """
    if set(old) != set(new):
        raise ValueError("the two products have other factors")
    n = len(old)
    found: dict[Name, NDArray[np.float64]] = {}
    for name in old:
        others = [one for one in old if one != name]
        total: NDArray[np.float64] | float = 0.0
        for before in _subsets(others):
            weight = math.factorial(len(before)) * math.factorial(n - len(before) - 1) / math.factorial(n)
            of_others = math.prod((new[one] if one in before else old[one] for one in others), start=weight)
            total = total + of_others
        found[name] = np.asarray((new[name] - old[name]) * total, dtype=np.float64)
    return found


def _share(name: str, moved: list[str], old: Mapping[str, float], new: Mapping[str, float]) -> float:
    """Return what one factor makes, weighed over which of the others have been changed before it."""
    others, n = [one for one in moved if one != name], len(moved)
    terms: list[float] = []
    for before in _subsets(others):
        weight = math.factorial(len(before)) * math.factorial(n - len(before) - 1) / math.factorial(n)
        terms.append(weight * math.prod(new[one] if one in before else old[one] for one in others))
    return (new[name] - old[name]) * math.fsum(terms)


def _subsets(names: list[Name]) -> Iterator[frozenset[Name]]:
    for size in range(len(names) + 1):
        yield from map(frozenset, combinations(names, size))
