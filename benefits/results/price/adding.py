"""Adding numbers of a service to the values, each with the source and standing of the service."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benefits.economics.numbers import Numbers
from benefits.project.arena import Arena
from benefits.project.fields import Quantity
from benefits.project.model import Project
from benefits.project.service import Service
from benefits.results.spread import spread_of_draws
from benefits.results.values import Value, Values
from benefits.vocabulary import Exposure, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """Where numbers of one service, or of what several share, are added.

    Attributes
    ----------
    prefix
        How their ids begin, as ``service.dho``.
    service
        The service or test arena whose source and standing they have; None for what several services share.
    """

    project: Project
    numbers: Numbers
    values: Values
    prefix: str
    service: Service | Arena | None

    def id(self, name: str) -> str:
        """Return the id of a number."""
        return f"{self.prefix}.{name}"

    def worked_out(self, name: str, amounts: NDArray[np.float64], unit: Unit, *, per: Exposure = "none") -> Value:
        """Add mean and interval of draws."""
        found = spread_of_draws(amounts)
        return self.values.add(
            self.id(name),
            found,
            unit=unit,
            per=per,
            price_year=self._year(unit),
            basis="expected",
            standing=self.service.standing if self.service is not None else None,
            source=self._source(),
            derived=True,
        )

    def stated(self, name: str, quantity: Quantity | float, unit: Unit, *, per: Exposure = "none") -> Value:
        """Add a number as the project states it, with the source of the assumption it names."""
        written = Quantity(value=float(quantity)) if isinstance(quantity, (int, float)) else quantity
        found = self.numbers.spread(written, unit=unit)
        otherwise = self.service.standing if self.service is not None else "assumed"
        return self.values.add(
            self.id(name),
            found,
            unit=unit,
            per=per,
            price_year=self._year(unit),
            standing=self.numbers.standing(written, otherwise=otherwise),
            source=self.numbers.source(written, otherwise=self._source()),
        )

    def certain(
        self, name: str, number: float | None, unit: Unit, *, per: Exposure = "none", reason: str = ""
    ) -> Value:
        """Add a number without uncertainty, or why there is none."""
        year = self._year(unit)
        return self.values.add(
            self.id(name), number, unit=unit, per=per, price_year=year, basis="expected", reason=reason
        )

    def _year(self, unit: Unit) -> int | None:
        return self.project.price_year if unit == "kroner" else None

    def _source(self) -> str:
        return self.project.said(self.service.source) if self.service is not None else ""
