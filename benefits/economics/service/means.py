"""Numbers as the service price asks for them: their draws, or each at its mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from benefits.economics.arrays import Array, frozen
from benefits.economics.draws import Draws
from benefits.economics.numbers import Numbers, Spread
from benefits.project.fields import Quantity
from benefits.vocabulary import Unit


class Columns(Protocol):
    """Where a number of the project file gets its draws."""

    @property
    def draws(self) -> Draws:
        """How many there are."""

    def column(self, name: str, quantity: Quantity, *, unit: Unit | None = None) -> Array:
        """Return the draws of a number, shape (draw,)."""

    def spread(self, quantity: Quantity, *, unit: Unit | None = None) -> Spread:
        """Return mean and interval of a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMeans:
    """Every number at its mean, as one draw: for what is said as one number, as the volume of the next step.

    Examples
    --------
    >>> numbers = Numbers(draws=Draws(n=100), inputs={})
    >>> AtMeans(numbers=numbers).column("minutes", Quantity(low=60.0, likely=75.0, high=105.0)).tolist()
    [80.0]
    """

    numbers: Numbers
    draws: Draws = field(default_factory=lambda: Draws(n=1))

    def column(self, name: str, quantity: Quantity, *, unit: Unit | None = None) -> Array:
        """Return the mean of a number, shape (1,)."""
        return frozen([self.numbers.spread(quantity, unit=unit).mean])

    def spread(self, quantity: Quantity, *, unit: Unit | None = None) -> Spread:
        """Return mean and interval of a number."""
        return self.numbers.spread(quantity, unit=unit)
