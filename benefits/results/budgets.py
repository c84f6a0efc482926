"""The budget view as Values: per actor and year what is paid when it is paid, and apart from it the cost a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from benefits.economics import Flows
from benefits.economics.arrays import Array
from benefits.economics.budget import BudgetGroup, BudgetLine, budget_lines, budget_years, moving
from benefits.economics.pricing import Pricing
from benefits.economics.present_value import DiscountRate
from benefits.project.model import Project
from benefits.results.flow_values import add_spread
from benefits.results.investments import invested, yearly_cost
from benefits.results.values import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow:
    """One line of a budget: its item and group, and the prefix of its Value ids; a year comes after it."""

    item: str
    group: BudgetGroup
    prefix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorBudget:
    """One actor's budget: its lines by group, and the cost a year where it has investments.

    Values are ``budget.<actor>.line.<layer>.<item>.<year>``, and ``budget.<actor>.<investment, running, net>.<year>``
    where there is more than one line. ``annuities`` are the investments in ``yearly_cost.<actor>.<cost>.<year>``, with
    ``yearly_cost.<actor>.running.<year>`` and ``.sum.<year>``; empty where there are none.
    """

    actor: str
    rows: tuple[BudgetRow, ...]
    sums: tuple[str, ...]
    annuities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgets:
    """The years of the budget view, and who has one, in the order of the project file."""

    years: tuple[int, ...]
    actors: tuple[ActorBudget, ...]


ORDER: tuple[BudgetGroup, ...] = ("investment", "running", "cash", "transfer_in", "transfer_out")


def add_budgets(
    project: Project, flows: Flows, *, as_of: date, rate: DiscountRate | None, pricing: Pricing, values: Values
) -> Budgets | None:
    """Add every number of the budget view, and return it; None where nothing moves in its years.

    Parameters
    ----------
    project, flows
        The project and all its flows.
    as_of
        The date the plan is looked at: the view begins in its year, or with the plan where that begins later.
    rate, pricing
        What annuities are worked out with.
    """
    years = budget_years(project.years, as_of=as_of)
    investments = {cost.id for cost in project.costs if cost.lifetime_years is not None}
    found = []
    for actor in project.actors if years else ():
        lines = budget_lines(flows, actor=actor.id, investments=investments, years=years)
        if not lines:
            continue
        ordered = sorted(lines, key=lambda line: ORDER.index(line.group))
        rows = tuple(_row(line, years, project, values) for line in ordered)
        sums = tuple(_sums(actor.id, ordered, moving(flows).select(actor=actor.id), years, project, values))
        annuities = _annuities(project, actor.id, ordered, years=years, rate=rate, pricing=pricing, values=values)
        found.append(ActorBudget(actor=actor.id, rows=rows, sums=sums, annuities=annuities))
    return Budgets(years=years, actors=tuple(found)) if found else None


def _row(line: BudgetLine, years: tuple[int, ...], project: Project, values: Values) -> BudgetRow:
    prefix = f"budget.{line.actor}.line.{line.layer}.{line.item}"
    _add_years(prefix, line.values, line.rows, years, project, values)
    return BudgetRow(item=line.item, group=line.group, prefix=prefix)


def _sums(
    actor: str, lines: list[BudgetLine], rows: Flows, years: tuple[int, ...], project: Project, values: Values
) -> Iterable[str]:
    """The sums that say something more than a line of the table."""
    wanted: tuple[tuple[str, tuple[BudgetGroup, ...]], ...] = (
        ("investment", ("investment",)),
        ("running", ("running",)),
        ("net", ORDER),
    )
    for name, groups in wanted:
        parts = [line.values for line in lines if line.group in groups]
        if len(parts) > 1:
            prefix = f"budget.{actor}.{name}"
            _add_years(prefix, np.sum(parts, axis=0), rows, years, project, values)
            yield prefix


def _annuities(
    project: Project,
    actor: str,
    lines: list[BudgetLine],
    *,
    years: tuple[int, ...],
    rate: DiscountRate | None,
    pricing: Pricing,
    values: Values,
) -> tuple[str, ...]:
    """The cost a year with investments as annuities: apart from the outlays, and never beside them."""
    own = [one for one in invested(project) if one[0].actor == actor]
    parts: dict[str, Array] = {}
    for cost, lifetime, bought in own:
        each = yearly_cost(cost, lifetime=lifetime, rate=rate, pricing=pricing) if rate is not None else None
        if each is not None:
            used = [float(any(at <= year < at + lifetime for at in bought)) for year in years]
            parts[cost.id] = -np.multiply.outer(used, each)
    parts = {id: part for id, part in parts.items() if part.any()}
    if not parts:
        return ()
    rows = pricing_rows(lines)
    running = [line.values for line in lines if line.group == "running"]
    if running:
        _add_years(f"yearly_cost.{actor}.running", np.sum(running, axis=0), rows, years, project, values)
    for id, part in parts.items():
        _add_years(f"yearly_cost.{actor}.investment.{id}", part, rows, years, project, values)
    _add_years(f"yearly_cost.{actor}.sum", np.sum([*running, *parts.values()], axis=0), rows, years, project, values)
    return tuple(parts)


def _add_years(
    prefix: str, amounts: Array, rows: Flows, years: tuple[int, ...], project: Project, values: Values
) -> None:
    for year, draws in zip(years, amounts, strict=True):
        id, price_year = f"{prefix}.{year}", project.price_year
        add_spread(id, draws, rows, "kroner", values, basis="expected", price_year=price_year)
