"""What a project is worth and what it takes in a budget: present value, payback, investments, budgets, health."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from benefits.economics import Flows
from benefits.economics.pricing import Pricing
from benefits.errors import Gap
from benefits.project.model import Project
from benefits.reference import Library
from benefits.results.budgets import Budgets, add_budgets
from benefits.results.health_values import HealthLine, add_health_values
from benefits.results.investments import Investment, add_investments
from benefits.results.model import Discounting
from benefits.results.paybacks import PaybackLine, add_paybacks
from benefits.results.present_values import add_present_values, discount_weights
from benefits.results.tax_values import add_tax_financing
from benefits.results.values import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What follows from the flows as a whole, by Value ids.

    Attributes
    ----------
    paybacks
        When each actor, and last society, has got back what was paid; none without years.
    investments
        What is bought to last.
    budgets
        The budget view; None where the plan's years are over, or nothing is paid in them.
    health
        Health in kroner under a value somebody names.
    taxed
        Whether tax-financing cost is counted.
    """

    paybacks: tuple[PaybackLine, ...] = ()
    investments: tuple[Investment, ...] = ()
    budgets: Budgets | None = None
    health: tuple[HealthLine, ...] = ()
    taxed: bool = False


def add_worth(
    project: Project,
    flows: Flows,
    *,
    pricing: Pricing,
    library: Library,
    on: date,
    values: Values,
) -> tuple[Discounting | None, Worth, tuple[Gap, ...]]:
    """Add the values, and return what present values rest on, what was found, and what is lacking.

    Parameters
    ----------
    project, flows
        The project and all its flows.
    pricing
        The inputs the flows were made of, and their draws.
    library, on
        Where the rates are, and the date they are wanted for.
    """
    gaps: list[Gap] = []
    discounted = add_present_values(project, flows, library=library, on=on, values=values)
    rate = discounted[1] if discounted is not None else None
    weights = discount_weights(project, flows, rate=rate) if rate is not None else None
    worth = Worth(
        paybacks=add_paybacks(project, flows, weights=weights, inputs=pricing.inputs, values=values),
        investments=add_investments(project, flows, rate=rate, pricing=pricing, values=values),
        budgets=add_budgets(project, flows, as_of=on, rate=rate, pricing=pricing, values=values),
        health=tuple(add_health_values(project, flows, weights=weights, pricing=pricing, values=values, gaps=gaps)),
        taxed=add_tax_financing(project, flows, weights=weights, pricing=pricing, values=values, gaps=gaps),
    )
    return (discounted[0] if discounted is not None else None), worth, tuple(gaps)
