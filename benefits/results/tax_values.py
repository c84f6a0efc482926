"""Tax-financing cost as Values of society alone, where a project asks for it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benefits.economics import Flows
from benefits.economics.arrays import Array
from benefits.economics.budget import moving
from benefits.economics.pricing import Pricing
from benefits.economics.tax_financing import tax_financing_cost
from benefits.errors import Gap
from benefits.project.model import Project
from benefits.results.flow_values import add_spread
from benefits.results.values import Values

WEIGHTS: Mapping[str, int] = {"tax_financing_without_number": 60, "tax_financing_not_share": 60}
"""How much each gap matters, beside those of the plan itself."""


def add_tax_financing(
    project: Project,
    flows: Flows,
    *,
    weights: Array | None,
    pricing: Pricing,
    values: Values,
    gaps: list[Gap],
) -> bool:
    """Add the cost and society's net with it, and return whether it is counted: only when the project says so.

    It is no actor's, and stands beside society's net, which is the same with it and without it.

    Parameters
    ----------
    weights
        What a krone of each year of the flows is worth; None where nothing is discounted.
    gaps
        Told when it is asked for and has no number, or one that is no share.
    """
    name = project.present_value.tax_financing if project.present_value is not None else None
    if name is None:
        return False
    used = pricing.find(name)
    if used is None or used.unit != "share":
        code = "tax_financing_without_number" if used is None else "tax_financing_not_share"
        gaps.append(Gap(code=code, weight=WEIGHTS[code], parameters={"name": name}))
        return False
    cost = tax_financing_cost(project, flows, share=pricing.column(used))
    if cost is None:
        return False
    money = moving(flows)
    all_of_it = flows.select(unit="kroner", basis="expected", layer={row.layer for row in money.index})
    planned = np.array([float(year in project.years) for year in flows.years])
    for prefix, each in (("", planned), ("present_value.", weights)):
        if each is None:
            continue
        taxed = np.tensordot(each, cost, axes=1)
        for id, draws in (("tax_financing", taxed), ("net_with_tax", taxed + all_of_it.weighted(each))):
            _add(f"{prefix}society.expected.{id}", draws, all_of_it, project, values)
    return True


def _add(id: str, draws: Array, rows: Flows, project: Project, values: Values) -> None:
    add_spread(id, draws, rows, "kroner", values, basis="expected", price_year=project.price_year)
