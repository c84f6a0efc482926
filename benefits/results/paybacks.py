"""When each actor has got back what was paid: as sums and as present values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benefits.economics import Flows, Input
from benefits.economics.arrays import Array
from benefits.economics.budget import moving
from benefits.economics.payback import Payback, payback, share_paid_back
from benefits.economics.sensitivity.probability import may_have_probability
from benefits.measurement import Estimate
from benefits.project.model import Project
from benefits.results.budgets import WITHOUT_BUDGET
from benefits.results.values import Values

SOCIETY = "society"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaybackLine:
    """When one actor, or society, has caught up.

    Attributes
    ----------
    actor
        Id, or ``society``.
    plain, discounted
        On the sums of each year, and on their present values; None where nothing is discounted.
    share
        Value id of the share of draws in which it has caught up; empty where effects are not known well enough.
    """

    actor: str
    plain: Payback
    discounted: Payback | None
    share: str


def add_paybacks(
    project: Project,
    flows: Flows,
    *,
    weights: Array | None,
    inputs: Mapping[str, Input],
    estimates: Mapping[str, Estimate],
    values: Values,
) -> tuple[PaybackLine, ...]:
    """Return when each actor has caught up and, where effects are well known, add how surely it does.

    Parameters
    ----------
    project, flows
        The project and all its flows. What an investment is worth at last is left out: nobody is paid it.
    weights
        What a krone of each year of the flows is worth; None where nothing is discounted.
    inputs, estimates
        The project's assumptions and its measured effects, which say how well effects are known.
    """
    money = moving(flows)
    years = project.years
    places = [flows.years.index(year) for year in years]
    found = []
    kinds = {actor.id: actor.kind for actor in project.actors}
    paying = dict.fromkeys(row.actor for row in money.index if kinds.get(row.actor) not in WITHOUT_BUDGET)
    for actor in (*paying, SOCIETY) if years and len(money) else ():
        own = money if actor == SOCIETY else money.select(actor=actor)
        net = own.by_year()[places]
        mean = net.mean(axis=1)
        plain = payback(mean, years=years)
        share = ""
        items = {row.item for row in own.index}
        if plain.behind and not may_have_probability(project, items, inputs=inputs, estimates=estimates):
            share = f"payback.{actor}.share"
            values.add(share, share_paid_back(net), unit="share", basis="expected", derived=True)
        found.append(
            PaybackLine(
                actor=actor,
                plain=plain,
                discounted=payback(mean * weights[places], years=years) if weights is not None else None,
                share=share,
            )
        )
    return tuple(found)
