"""Present value: yearly amounts of one price year, discounted with a real rate that falls in steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.reference.values import Library, ReferenceValue

STEPS: Mapping[str, int | None] = {
    "discount_rate.years_0_40": 40,
    "discount_rate.years_40_75": 75,
    "discount_rate.after_75": None,
}
"""Reference value of each step, and the last year after the base year it holds for; None: it never ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateStep:
    """A real rate a year, and the last year after the base year it holds for; None: it never ends."""

    rate: float
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscountRate:
    """A rate that may change in steps; the last step never ends.

    Raises
    ------
    ValueError
        When there is no step, a step before the last never ends, the last one ends, the years are not in order, or a
        rate is not above -1.

    Examples
    --------
    >>> DiscountRate(steps=(RateStep(rate=0.04, last=40), RateStep(rate=0.03))).at(41)
    0.03
    """

    steps: tuple[RateStep, ...]

    def __post_init__(self) -> None:
        ends = [step.last for step in self.steps]
        named = [end for end in ends if end is not None]
        if not ends or ends[-1] is not None or len(named) != len(ends) - 1 or named != sorted(set(named)):
            raise ValueError(f"steps that end in {ends} do not follow each other")
        if any(not step.rate > -1 for step in self.steps):
            raise ValueError("a rate must be above minus one")

    def at(self, year: int) -> float:
        """Return the rate of a year, counted from the base year."""
        return next(step.rate for step in self.steps if step.last is None or year <= step.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRates:
    """What the reference library says on a date: the rate in steps, and each of its values."""

    stepwise: DiscountRate
    values: tuple[ReferenceValue, ...]


def known_rates(library: Library, *, on: date) -> KnownRates:
    """Return the rate in steps that holds on a date.

    Raises
    ------
    NoValueYet
        When the library has no rate on that date.

    References
    ----------
    Finansdepartementet, rundskriv R-109/21, Prinsipper og krav ved utarbeidelse av samfunnsøkonomiske analyser.

    Examples
    --------
    >>> from benefits.reference.values import load_library
    >>> [step.rate for step in known_rates(load_library(), on=date(2024, 6, 30)).stepwise.steps]
    [0.04, 0.03, 0.02]
    """
    values = tuple(library.at(id, on) for id in STEPS)
    steps = tuple(RateStep(rate=value.value, last=last) for value, last in zip(values, STEPS.values(), strict=True))
    return KnownRates(stepwise=DiscountRate(steps=steps), values=values)


def level(rate: float) -> DiscountRate:
    """Return the same rate in all years."""
    return DiscountRate(steps=(RateStep(rate=rate),))


def discounted_to(years: float, *, steps: tuple[RateStep, ...]) -> float:
    """Return what a krone is worth so many years before it is paid; the years need not be whole.

    Examples
    --------
    >>> steps = (RateStep(rate=0.04, last=40), RateStep(rate=0.03))
    >>> round(discounted_to(0.5, steps=steps), 5), round(discounted_to(41, steps=steps), 5)
    (0.98058, 0.20222)
    """
    growth, start = 1.0, 0.0
    for step in steps:
        end = years if step.last is None else min(float(step.last), years)
        if end > start:
            growth *= (1 + step.rate) ** (end - start)
            start = end
    return 1 / growth


def discount_factors(
    *, rate: DiscountRate, years: tuple[int, ...], base_year: int, discount_first_year: bool = False
) -> Array:
    """Return what a krone of each year is worth, shape (year,).

    Parameters
    ----------
    rate
        A real rate, for amounts in the kroner of one price year.
    years
        Calendar years, none before the base year.
    base_year
        The first year.
    discount_first_year
        Whether the base year is discounted by a whole year, as when all is paid at the end of a year and worth is
        counted from the start of the first. Every year then counts for one more, and each rate ends a year earlier.

    Raises
    ------
    ValueError
        When a year is before the base year.

    Notes
    -----
    Whole years: the base year counts in full, and the year ``t`` years later is divided by ``(1 + r_1) ... (1 + r_t)``,
    where ``r_k`` is the rate of the step that year ``k`` is in. With one rate that is ``(1 + r) ** -t``. When the first
    year is discounted, the base year is year 1.

    Examples
    --------
    >>> rate = DiscountRate(steps=(RateStep(rate=0.04, last=40), RateStep(rate=0.03)))
    >>> [round(float(factor), 5) for factor in discount_factors(rate=rate, years=(2025, 2035, 2066), base_year=2025)]
    [1.0, 0.67556, 0.20222]
    """
    if any(year < base_year for year in years):
        raise ValueError(f"{min(years)} is before the base year {base_year}")
    zero = base_year - int(discount_first_year)
    growth = np.ones(max(years, default=zero) - zero + 1)
    for year in range(1, len(growth)):
        growth[year] = growth[year - 1] * (1 + rate.at(year))
    return frozen([1 / growth[year - zero] for year in years])


def present_value(amounts: Array, *, factors: Array) -> Array:
    """Return the present value of yearly amounts.

    Parameters
    ----------
    amounts
        Kroner of one price year, shape (year, draw).
    factors
        As ``discount_factors`` gives them, shape (year,).

    Returns
    -------
    Array
        Shape (draw,), so that its uncertainty is that of the amounts together over the years.

    Raises
    ------
    ValueError
        When the years do not fit.

    Examples
    --------
    >>> present_value(np.array([[100.0], [104.0]]), factors=np.array([1.0, 1 / 1.04])).tolist()
    [200.0]
    """
    if factors.shape != amounts.shape[:1]:
        raise ValueError(f"{factors.shape[0]} factors do not fit {amounts.shape[0]} years")
    return frozen(np.tensordot(factors, amounts, axes=1))
