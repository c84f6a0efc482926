"""Health in kroner under a value somebody names: never anybody's money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benefits.economics.arrays import Array, frozen
from benefits.economics.flows import Flows
from benefits.economics.inputs import Input
from benefits.economics.pricing import Pricing
from benefits.economics.product import full
from benefits.errors import Gap
from benefits.project.model import Project
from benefits.vocabulary import BASES, Basis, Unit

HEALTH_UNITS: tuple[Unit, ...] = ("qaly", "points")
"""What health is counted in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthValue:
    """What the health a benefit brings is worth, in kroner of the price year.

    Attributes
    ----------
    benefit, basis
        Whose, and in which column.
    used
        The value a unit is given.
    rows
        The rows of the flows that hold the health itself.
    values
        Kroner, shape (year, draw), along the years of the flows.
    """

    benefit: str
    basis: Basis
    used: Input
    rows: Flows
    values: Array


def health_values(project: Project, flows: Flows, *, pricing: Pricing, gaps: list[Gap]) -> Iterator[HealthValue]:
    """Yield the health of each benefit in kroner, where it is counted as such and a value is named.

    The value grows in real terms where its input does: ``value * (1 + g) ** (year - price year)``.

    Parameters
    ----------
    project, flows
        The project and all its flows.
    pricing
        Inputs and their draws.
    gaps
        Told of a value that cannot be used, as one in kroner of another year.
    """
    for benefit, valuation in project.valued:
        if valuation.health_value is None:
            continue
        used = pricing.kroner(valuation.health_value, benefit.id, gaps)
        if used is None:
            continue
        for basis in BASES:
            rows = flows.select(item=benefit.id, unit=HEALTH_UNITS, basis=basis)
            if len(rows):
                kroner = pricing.grown(rows.by_year() * pricing.column(used), used, flows.years)
                yield HealthValue(benefit=benefit.id, basis=basis, used=used, rows=rows, values=frozen(full(kroner)))
