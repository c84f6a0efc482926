"""Numbers of a project file as draws: a number written in its place, or the assumption it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benefits.economics.arrays import Array
from benefits.economics.draws import Draws
from benefits.economics.inputs import LEVEL, Input, distribution_of
from benefits.economics.refusals import CannotCompute
from benefits.economics.units import conversion
from benefits.errors import Gap
from benefits.project.fields import Quantity
from benefits.reference.distributions import Distribution
from benefits.vocabulary import Standing, Unit

WEIGHTS: Mapping[str, int] = {
    "assumption_without_number": 70,
    "project_without_price_year": 80,
    "input_without_price_year": 65,
    "other_price_year": 65,
    "other_unit": 65,
}
"""How much each gap matters, beside those of the plan itself."""


class UnusableNumber(CannotCompute):
    """A number names an assumption that cannot stand in its place.

    Attributes
    ----------
    code
        ``assumption_without_number``, ``other_unit``, ``project_without_price_year``, ``input_without_price_year`` or
        ``other_price_year``.
    parameters
        ``name`` of the assumption; ``has`` and ``wants`` where two things differ.

    Examples
    --------
    >>> UnusableNumber("assumption_without_number", name="lisenspris").gap("dho").weight
    70
    """

    def gap(self, subject: str) -> Gap:
        """Return what the plan lacks: the gap of this refusal, about the service, cost or benefit ``subject``."""
        return Gap(code=self.code, subject=subject, weight=WEIGHTS[self.code], parameters=self.parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Mean and 95 % interval of a number; no limits where it is certain."""

    mean: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Where every part of the calculation gets the numbers of the project file.

    A number written in its place has a column of its own, under the name the caller gives it. One that names an
    assumption is that assumption's column, so that it is the same draws wherever it is used.

    Parameters
    ----------
    draws
        Where uncertain numbers get their draws.
    inputs
        The project's assumptions by name.
    price_year
        Year of the kroner the project counts in.

    Examples
    --------
    >>> numbers = Numbers(draws=Draws(n=2), inputs={}, price_year=2025)
    >>> numbers.column("service.dho.fixed.licence", Quantity(value=1200.0), unit="kroner").tolist()
    [1200.0, 1200.0]
    """

    draws: Draws
    inputs: Mapping[str, Input]
    price_year: int | None = None

    def column(self, name: str, quantity: Quantity, *, unit: Unit | None = None) -> Array:
        """Return the draws of a number, shape (draw,).

        Parameters
        ----------
        name
            What the column is called when the number is written in its place, as ``cost.lead``.
        quantity
            The number.
        unit
            The unit it is used in; an assumption in another is refused, but hours and minutes are each other's. Kroner
            written in their place are of the project's price year. None: any unit.

        Raises
        ------
        UnusableNumber
            When it names an assumption that has no number, is in another unit, or is kroner of another year.
        UnusableDistribution
            When the numbers written in their place describe no distribution.
        """
        used = self.used(quantity, unit=unit)
        if used is None:
            return self.draws.column(name, distribution_of(quantity, share=unit == "share"))
        factor = _factor(used.unit, unit)
        column = self.draws.column(used.name, used.distribution)
        return column if factor == 1.0 else column * factor

    def spread(self, quantity: Quantity, *, unit: Unit | None = None) -> Spread:
        """Return mean and 95 % interval of a number, for showing it; raises as ``column`` does."""
        used = self.used(quantity, unit=unit)
        distribution = distribution_of(quantity, share=unit == "share") if used is None else used.distribution
        factor = 1.0 if used is None else _factor(used.unit, unit)
        return spread_of(distribution, factor=factor)

    def used(self, quantity: Quantity, *, unit: Unit | None = None) -> Input | None:
        """Return the input a number names, once it is known to fit; None when the number is written in its place.

        Raises
        ------
        UnusableNumber
            As ``column`` does.
        """
        if quantity.assumption is None:
            return None
        name = quantity.assumption
        one = self.inputs.get(name)
        if one is None:
            raise UnusableNumber("assumption_without_number", name=name)
        if unit is not None and conversion(one.unit, unit) is None:
            raise UnusableNumber("other_unit", name=name, has=one.unit, wants=unit)
        if one.unit == "kroner" and self.price_year is None:
            raise UnusableNumber("project_without_price_year", name=name)
        if one.unit == "kroner" and one.price_year is None:
            raise UnusableNumber("input_without_price_year", name=name)
        if one.unit == "kroner" and one.price_year is not None and one.price_year != self.price_year:
            raise UnusableNumber("other_price_year", name=name, has=one.price_year, wants=self.price_year or 0)
        return one

    def standing(self, quantity: Quantity, *, otherwise: Standing = "assumed") -> Standing:
        """Return how well a number holds: as the assumption it names, else as what it is part of."""
        one = self.inputs.get(quantity.assumption) if quantity.assumption is not None else None
        return otherwise if one is None else one.standing

    def source(self, quantity: Quantity, *, otherwise: str = "") -> str:
        """Return where a number is from: the source of the assumption it names, else of what it is part of."""
        one = self.inputs.get(quantity.assumption) if quantity.assumption is not None else None
        return otherwise if one is None else one.source


def spread_of(distribution: Distribution, *, factor: float = 1.0) -> Spread:
    """Return mean and 95 % interval of a distribution times a factor above zero; no limits where it is certain.

    Examples
    --------
    >>> from benefits.reference.distributions import Normal
    >>> round(spread_of(Normal(mean=10.0, se=1.0)).low, 3)
    8.04
    """
    low, high = distribution.interval(LEVEL)
    mean = float(distribution.mean) * factor
    return Spread(mean=mean) if low == high else Spread(mean=mean, low=low * factor, high=high * factor)


def _factor(has: Unit, wants: Unit | None) -> float:
    return (conversion(has, wants) if wants is not None else None) or 1.0
