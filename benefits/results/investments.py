"""What is bought to last: when, what is left at the end, and what it costs a year as an annuity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benefits.economics import CannotCompute, Flows
from benefits.economics.annuity import annuity
from benefits.economics.arrays import Array
from benefits.economics.investment import purchases, residual_item
from benefits.economics.present_value import DiscountRate
from benefits.economics.pricing import Pricing
from benefits.project.model import Project
from benefits.project.money import Cost
from benefits.reference.distributions import UnusableDistribution
from benefits.results.flow_values import add_spread
from benefits.results.values import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Investment:
    """One cost that lasts for years.

    Attributes
    ----------
    cost, actor
        Ids.
    bought
        The years of the plan it is bought in.
    lifetime, residual, annuity
        Value ids of how long it lasts, what it is worth when the plan's years end (empty when nothing), and what it
        costs a year as an annuity (empty where there is no rate).
    """

    cost: str
    actor: str
    bought: tuple[int, ...]
    lifetime: str
    residual: str
    annuity: str


def invested(project: Project) -> Iterator[tuple[Cost, float, tuple[int, ...]]]:
    """Yield each cost that is an investment, with its lifetime in years and the years it is bought in."""
    years = project.years
    for cost in project.costs if years and project.go_live is not None else ():
        if cost.lifetime_years is None or project.go_live is None:
            continue
        first = cost.first_year if cost.first_year is not None else project.go_live.year
        bought = tuple(year for year in purchases(cost, first=first, last=years[-1]) if year in years)
        if bought:
            yield cost, cost.lifetime_years, bought


def yearly_cost(cost: Cost, *, lifetime: float, rate: DiscountRate, pricing: Pricing) -> Array | None:
    """Return what an investment costs a year as an annuity over its lifetime, shape (draw,); None without a number."""
    if cost.amount is None:
        return None
    try:
        price = pricing.numbers.column(f"cost.{cost.id}", cost.amount, unit="kroner")
    except (CannotCompute, UnusableDistribution):
        return None
    return annuity(price, rate=rate, years=lifetime)


def add_investments(
    project: Project, flows: Flows, *, rate: DiscountRate | None, pricing: Pricing, values: Values
) -> tuple[Investment, ...]:
    """Add lifetime, last value and annuity of each investment, and return them in the order of the project file.

    Parameters
    ----------
    project, flows
        The project and all its flows.
    rate
        The real rate; None where there is none.
    pricing
        Inputs and their draws.
    """
    found = []
    for cost, lifetime, bought in invested(project):
        prefix = f"investment.{cost.id}"
        rows = flows.select(item=cost.id, layer="cost")
        if not len(rows):
            continue
        source = project.said(cost.source)
        values.add(f"{prefix}.lifetime", lifetime, unit="years", standing=cost.standing, source=source)
        left = flows.select(item=residual_item(cost.id))
        if len(left):
            _add(f"{prefix}.residual", left.total(), left, project, values)
        each = yearly_cost(cost, lifetime=lifetime, rate=rate, pricing=pricing) if rate is not None else None
        if each is not None:
            _add(f"{prefix}.annuity", each, rows, project, values)
        found.append(
            Investment(
                cost=cost.id,
                actor=cost.actor,
                bought=bought,
                lifetime=f"{prefix}.lifetime",
                residual=f"{prefix}.residual" if len(left) else "",
                annuity=f"{prefix}.annuity" if each is not None else "",
            )
        )
    return tuple(found)


def _add(id: str, draws: Array, rows: Flows, project: Project, values: Values) -> None:
    add_spread(id, draws, rows, "kroner", values, basis="expected", price_year=project.price_year)
