"""The financing gap: what an actor pays for a project in a year, less what others and it have set aside for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.flows import Flows
from benefits.economics.investment import is_residual
from benefits.project.model import Project

PARTS = ("cost", "price_paid", "grants", "own", "price_received")
"""What a gap is made of: the first two are paid, the others pay for them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FinancingGap:
    """What one actor pays and what it is paid with, in kroner of the price year.

    Attributes
    ----------
    actor
        Who.
    rows
        The rows of the flows it is made of.
    parts
        By name, shape (year, draw), none of them negative but where money goes the other way: ``cost``;
        ``price_paid`` for services bought; ``grants`` received, less grants given; ``own``, money set aside by the
        actor itself; and ``price_received`` for services sold.
    """

    actor: str
    rows: Flows
    parts: dict[str, Array]

    @property
    def gap(self) -> Array:
        """What nobody has said how to pay, shape (year, draw); negative when more has come in than is paid."""
        paid = self.parts["cost"] + self.parts["price_paid"]
        return paid - self.parts["grants"] - self.parts["own"] - self.parts["price_received"]


def financing_gaps(project: Project, flows: Flows) -> Iterator[FinancingGap]:
    """Yield the gap of each actor that has a cost or pays for a service, in the order of the project's actors.

    What is saved when events are avoided is no financing: it comes later, and may not come. What an investment is
    worth at the end is nobody's payment.
    """
    planned = flows.select(basis="expected", unit="kroner")
    for actor in dict.fromkeys((*(one.id for one in project.actors), *(row.actor for row in planned.index))):
        mine = planned.select(actor=actor)
        items = tuple(dict.fromkeys(row.item for row in mine.index))
        costs = mine.select(layer="cost", item=[item for item in items if not is_residual(item)])
        prices = mine.select(layer="transfer", item=[item for item in items if item.startswith("service.")])
        grants = mine.select(layer="transfer", item=[item for item in items if item.startswith("financing.")])
        sold = [line for line in prices.lines() if float(np.asarray(line.values).sum()) > 0.0]
        bought = [line for line in prices.lines() if float(np.asarray(line.values).sum()) <= 0.0]
        if not len(costs) and not bought:
            continue
        shape = (len(flows.years), flows.n)
        whole = mine.select(item=[row.item for part in (costs, prices, grants) for row in part.index])
        yield FinancingGap(
            actor=actor,
            rows=whole.select(layer=("cost", "transfer")),
            parts={
                "cost": -costs.by_year() if len(costs) else np.zeros(shape),
                "price_paid": -sum((np.asarray(line.values) for line in bought), np.zeros(shape)),
                "grants": grants.by_year() if len(grants) else np.zeros(shape),
                "own": np.repeat(_set_aside(project, actor, flows.years)[:, np.newaxis], flows.n, axis=1),
                "price_received": sum((np.asarray(line.values) for line in sold), np.zeros(shape)),
            },
        )


def _set_aside(project: Project, actor: str, years: tuple[int, ...]) -> Array:
    """Own money by year: no flow, since it stays with the same actor."""
    own = [one for one in project.financing.sources if one.payer == actor == one.receiver] if project.financing else []
    return np.array([sum(one.amounts.get(year, 0.0) for one in own) for year in years])
