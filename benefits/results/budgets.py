"""The budget view as Values: per actor and year what is paid when it is paid, and apart from it the cost a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from benefits.economics import Flows
from benefits.economics.arrays import Array
from benefits.economics.budget import (
    BudgetGroup,
    BudgetLine,
    budget_lines,
    budget_years,
    moving,
    passed_through,
)
from benefits.economics.present_value import DiscountRate
from benefits.economics.pricing import Pricing
from benefits.project.model import Project
from benefits.results.flow_values import add_spread
from benefits.results.investments import invested, yearly_cost
from benefits.results.values import Values
from benefits.vocabulary import ActorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow:
    """One line of a budget: its item and group, the prefix of its Value ids (a year comes after it), and who else."""

    item: str
    group: BudgetGroup
    prefix: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorBudget:
    """One actor's budget: its lines by group, and the cost a year where it has investments.

    Values are ``budget.<actor>.line.<layer>.<item>.<year>``, and ``budget.<actor>.<investment, running, net>.<year>``
    where it is a sum of more than one line; ``sums`` are the prefixes there are. ``annuities`` are the costs in
    ``yearly_cost.<actor>.investment.<cost>.<year>``, with ``yearly_cost.<actor>.running.<year>`` and ``.sum.<year>``;
    empty where there are none. ``through`` are lines that come in and go out again, and are not among the rows.
    """

    actor: str
    rows: tuple[BudgetRow, ...]
    through: tuple[BudgetRow, ...]
    sums: tuple[str, ...]
    annuities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgets:
    """The years of the budget view, and who has one, in the order of the project file."""

    years: tuple[int, ...]
    actors: tuple[ActorBudget, ...]


WITHOUT_BUDGET: frozenset[ActorKind] = frozenset({"patient", "relatives"})
"""Who pays and is paid, and draws up no budget."""
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
        if actor.kind in WITHOUT_BUDGET:
            continue
        lines = budget_lines(flows, actor=actor.id, investments=investments, years=years)
        if not lines:
            continue
        ordered = sorted(lines, key=lambda line: ORDER.index(line.group))
        own = moving(flows).select(actor=actor.id)
        through = passed_through(ordered)
        made = [(line, _row(line, years, project, values)) for line in ordered]
        sums = tuple(_sums(actor.id, ordered, own, years, project, values))
        each = _annuities(project, actor.id, years, rate=rate, pricing=pricing) if rate is not None else {}
        if each:
            _add_yearly_cost(actor.id, ordered, each, own, years, project, values)
        annuities = tuple(each)
        found.append(
            ActorBudget(
                actor=actor.id,
                rows=tuple(row for line, row in made if line not in through),
                through=tuple(row for line, row in made if line in through),
                sums=sums,
                annuities=annuities,
            )
        )
    return Budgets(years=years, actors=tuple(found)) if found else None


def _row(line: BudgetLine, years: tuple[int, ...], project: Project, values: Values) -> BudgetRow:
    prefix = f"budget.{line.actor}.line.{line.layer}.{line.item}"
    _add_years(prefix, line.values, line.rows, years, project, values)
    others = tuple(dict.fromkeys(row.counterpart for row in line.rows.index if row.counterpart))
    return BudgetRow(item=line.item, group=line.group, prefix=prefix, others=others)


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
    project: Project, actor: str, years: tuple[int, ...], *, rate: DiscountRate, pricing: Pricing
) -> dict[str, Array]:
    """What each of an actor's investments costs in the years it is in use, as an annuity, shape (year, draw)."""
    found = {}
    for cost, lifetime, bought in invested(project):
        used = np.array([float(any(at <= year < at + lifetime for at in bought)) for year in years])
        each = yearly_cost(cost, lifetime=lifetime, rate=rate, pricing=pricing) if cost.actor == actor else None
        if each is not None and used.any():
            found[cost.id] = -np.multiply.outer(used, each)
    return found


def _add_yearly_cost(
    actor: str,
    lines: list[BudgetLine],
    annuities: dict[str, Array],
    rows: Flows,
    years: tuple[int, ...],
    project: Project,
    values: Values,
) -> None:
    """The cost a year with investments as annuities: apart from the outlays, and never in one table with them."""
    prefix = f"yearly_cost.{actor}"
    running = [line.values for line in lines if line.group == "running"]
    if running:
        _add_years(f"{prefix}.running", np.sum(running, axis=0), rows, years, project, values)
    for id, part in annuities.items():
        _add_years(f"{prefix}.investment.{id}", part, rows, years, project, values)
    _add_years(f"{prefix}.sum", np.sum([*running, *annuities.values()], axis=0), rows, years, project, values)


def _add_years(
    prefix: str, amounts: Array, rows: Flows, years: tuple[int, ...], project: Project, values: Values
) -> None:
    for year, draws in zip(years, amounts, strict=True):
        id, price_year = f"{prefix}.{year}", project.price_year
        add_spread(id, draws, rows, "kroner", values, basis="expected", price_year=price_year)
