"""Health in kroner as Values, under an id of its own: in no actor's net, and not in society's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benefits.economics import Flows
from benefits.economics.arrays import Array
from benefits.economics.health_value import health_values
from benefits.economics.inputs import weakest_standing
from benefits.economics.pricing import Pricing
from benefits.errors import Gap
from benefits.project.model import Project
from benefits.results.spread import spread_of_draws
from benefits.results.values import Values
from benefits.vocabulary import Basis, weakest


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthLine:
    """The health of one benefit on one basis, and what it is worth.

    Attributes
    ----------
    benefit, basis
        Whose, and in which column.
    quantity, used, whole, present
        Value ids of the health itself, of what a unit is worth, and of the worth as a sum and as a present value
        (empty where nothing is discounted, or it was measured).
    growth
        Value id of the real growth of the value a year; empty when it does not grow.
    """

    benefit: str
    basis: Basis
    quantity: str
    used: str
    whole: str
    present: str
    growth: str


def add_health_values(
    project: Project,
    flows: Flows,
    *,
    weights: Array | None,
    pricing: Pricing,
    values: Values,
    gaps: list[Gap],
) -> Iterator[HealthLine]:
    """Add what health is worth, and yield what was found.

    Parameters
    ----------
    weights
        What a krone of each year of the flows is worth; None where nothing is discounted.
    gaps
        Told of a value that cannot be used.
    """
    for found in health_values(project, flows, pricing=pricing, gaps=gaps):
        prefix, row = f"health_value.{found.basis}.{found.benefit}", found.rows.index[0]
        standing = weakest_standing(row.standing, found.used.standing)
        grade = weakest(*(one.grade for one in found.rows.index))
        sums = {prefix: found.values.sum(axis=0)}
        if weights is not None and found.basis == "expected":
            sums[f"{prefix}.present"] = np.tensordot(weights, found.values, axes=1)
        for id, draws in sums.items():
            spread = spread_of_draws(draws)
            values.add(
                id,
                spread,
                unit="kroner",
                price_year=project.price_year,
                basis=found.basis,
                grade=grade,
                standing=standing,
                source="; ".join(dict.fromkeys(one for one in (row.source, found.used.source) if one)),
                derived=True,
            )
        if found.used.growth:
            values.add(f"{prefix}.growth", found.used.growth, unit="share", per="year", standing=found.used.standing)
        yield HealthLine(
            benefit=found.benefit,
            basis=found.basis,
            quantity=f"quantity.{found.basis}.{row.item}.{row.unit}",
            used=f"assumption.{found.used.name}",
            whole=prefix,
            present=f"{prefix}.present" if f"{prefix}.present" in sums else "",
            growth=f"{prefix}.growth" if found.used.growth else "",
        )
