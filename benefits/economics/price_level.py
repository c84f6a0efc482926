"""Kroner of one year in kroner of another: only through a named index of which every year between them is known."""

from __future__ import annotations

import math

from benefits.economics.refusals import CannotCompute
from benefits.errors import Parameter
from benefits.reference.dated import ReferenceValue, UnknownReference
from benefits.reference.distributions import (
    Distribution,
    Fixed,
    LogNormal,
    Mixture,
    Normal,
    Triangular,
    Uniform,
)
from benefits.reference.values import Library


class NoIndex(CannotCompute):
    """Kroner cannot be brought from one year to another.

    Attributes
    ----------
    code
        ``index_unknown`` (no reference value of that name), ``not_an_index`` (it is no yearly growth) or
        ``index_years_missing``.
    parameters
        ``index``, ``has``, ``wants``, and ``years`` that are missing, as text.
    """


def factor(library: Library, index: str, *, from_year: int, to_year: int) -> float:
    """Return how many kroner of one year a krone of another is.

    Parameters
    ----------
    library
        Reference values.
    index
        Name of a yearly growth, as ``cpi.growth``.
    from_year, to_year
        The year the kroner are of, and the year they are wanted in; earlier or later.

    Raises
    ------
    NoIndex
        When there is no such index, or one of the years between lacks a value.

    Examples
    --------
    1.035 x 1.058 x 1.055 x 1.031 = 1.1911

    >>> from benefits.reference.values import load_library
    >>> round(factor(load_library(), "cpi.growth", from_year=2020, to_year=2024), 4)
    1.1911
    """
    used = growth(library, index, from_year=from_year, to_year=to_year)
    chain = math.prod(1 + one.value for one in used)
    return chain if to_year >= from_year else 1 / chain


def growth(library: Library, index: str, *, from_year: int, to_year: int) -> tuple[ReferenceValue, ...]:
    """Return the yearly growth between two years, one value for each year after the earlier.

    Raises
    ------
    NoIndex
        As ``factor`` does.
    """
    asked: dict[str, Parameter] = {"index": index, "has": from_year, "wants": to_year}
    if from_year == to_year:
        return ()
    try:
        history = library.history(index)
    except UnknownReference:
        raise NoIndex("index_unknown", **asked) from None
    if index not in library.indices():
        raise NoIndex("not_an_index", **asked)
    known = {one.valid_from.year: one for one in history}
    years = range(min(from_year, to_year) + 1, max(from_year, to_year) + 1)
    missing = [str(year) for year in years if year not in known]
    if missing:
        raise NoIndex("index_years_missing", **(asked | {"years": ", ".join(missing)}))
    return tuple(known[year] for year in years)


def scaled(distribution: Distribution, by: float) -> Distribution:
    """Return the distribution of a number times a factor above zero: the same shape, every quantile times the factor.

    Raises
    ------
    TypeError
        For a distribution that no number times a factor has, as a share.

    Examples
    --------
    >>> scaled(Triangular(low=10.0, likely=20.0, high=60.0), 0.5)
    Triangular(low=5.0, likely=10.0, high=30.0)
    """
    match distribution:
        case Fixed(value=value):
            return Fixed(value=value * by)
        case Normal(mean=mean, se=se):
            return Normal(mean=mean * by, se=se * by)
        case LogNormal(median=median, log_se=log_se):
            return LogNormal(median=median * by, log_se=log_se)
        case Uniform(low=low, high=high):
            return Uniform(low=low * by, high=high * by)
        case Triangular(low=low, likely=likely, high=high):
            return Triangular(low=low * by, likely=likely * by, high=high * by)
        case Mixture():
            return Mixture(
                components=tuple(scaled(one, by) for one in distribution.components), weights=distribution.weights
            )
    raise TypeError(f"{type(distribution).__name__} cannot be scaled")
