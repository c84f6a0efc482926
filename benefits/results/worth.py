"""What follows from the flows as a whole: present value, payback, budgets, health, prices neither party loses at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from benefits.economics.build import Built
from benefits.economics.pricing import Pricing
from benefits.errors import Gap
from benefits.measurement import Estimate
from benefits.project.model import Project
from benefits.reference import Library
from benefits.results.budgets import Budgets, add_budgets
from benefits.results.health_values import HealthLine, add_health_values
from benefits.results.investments import Investment, add_investments
from benefits.results.model import Discounting
from benefits.results.paybacks import PaybackLine, add_paybacks
from benefits.results.present_values import add_present_values, discount_weights
from benefits.results.price_interval import ServiceInterval, add_price_intervals
from benefits.results.scenarios import Scenarios, add_scenarios
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
    price_intervals
        Of each service, the prices at which neither party loses, or why there are none.
    scenarios
        What changes with how much ISF is passed on and how many beds are filled again; None where nothing does.
    """

    paybacks: tuple[PaybackLine, ...] = ()
    investments: tuple[Investment, ...] = ()
    budgets: Budgets | None = None
    health: tuple[HealthLine, ...] = ()
    taxed: bool = False
    price_intervals: tuple[ServiceInterval, ...] = ()
    scenarios: Scenarios | None = None


def add_worth(
    project: Project,
    built: Built,
    *,
    pricing: Pricing,
    library: Library,
    on: date,
    values: Values,
    estimates: Mapping[str, Estimate],
) -> tuple[Discounting | None, Worth, tuple[Gap, ...]]:
    """Add the values, and return what present values rest on, what was found, and what is lacking.

    Parameters
    ----------
    project, built
        The project and all its flows, as they were put together.
    pricing
        The inputs the flows were made of, and their draws.
    library, on
        Where the rates are, and the date they are wanted for.
    estimates
        The measured effects, by benefit.
    """
    gaps: list[Gap] = []
    flows = built.flows
    discounted = add_present_values(project, flows, library=library, on=on, values=values)
    rate = discounted[1] if discounted is not None else None
    weights = discount_weights(project, flows, rate=rate) if rate is not None else None
    worth = Worth(
        paybacks=add_paybacks(
            project, flows, weights=weights, inputs=pricing.inputs, estimates=estimates, values=values
        ),
        investments=add_investments(project, flows, rate=rate, pricing=pricing, values=values),
        budgets=add_budgets(project, flows, as_of=on, rate=rate, pricing=pricing, values=values),
        health=tuple(add_health_values(project, flows, weights=weights, pricing=pricing, values=values, gaps=gaps)),
        taxed=add_tax_financing(project, flows, weights=weights, pricing=pricing, values=values, gaps=gaps),
        price_intervals=add_price_intervals(
            project, flows, pricing=pricing, estimates=estimates, weights=weights, values=values
        ),
        scenarios=add_scenarios(project, unmoved=built.unmoved, pricing=pricing, values=values),
    )
    return (discounted[0] if discounted is not None else None), worth, tuple(gaps)
