"""Break-even: how many events must be avoided before the cost is covered, against how many are expected at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.benefit_lines import lines_of
from benefits.economics.draws import Draws
from benefits.economics.events import events_at_all, lower_is_better
from benefits.economics.expected_rate import rate_of
from benefits.economics.flows import Flows, Line
from benefits.economics.inputs import Input
from benefits.economics.pricing import Events, Pricing
from benefits.economics.product import full
from benefits.economics.replacements import is_replacement
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.rules_references import RESERVED_BENEFITS
from benefits.project.valuation import Valuation


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """Events that must be avoided in a mean year, and events expected in one had nothing been done.

    Attributes
    ----------
    benefit, actor
        Whose events, and for whom the cost is to be covered; the actor is empty for society.
    cost, cost_low, cost_high
        Kroner a year to cover, with its 95 % interval; zero or less when grants and agreed prices cover it already.
    net_per_event
        Kroner of cash and transfers the actor is left with per avoided event; may be negative.
    events_needed
        Avoided events a year; None when no number is enough, since each brings the actor nothing or a loss.
    events_expected
        Events expected a year with no service; None when the plan does not say.
    possible
        Whether the events needed are no more than those expected; None when the plan does not say how many those are
        and some number would be enough.
    """

    benefit: str
    actor: str
    cost: float
    cost_low: float
    cost_high: float
    net_per_event: float
    events_needed: float | None
    events_expected: float | None
    possible: bool | None


def break_even(
    *,
    cost: float,
    net_per_event: float,
    events_expected: float | None,
    cost_interval: tuple[float, float] | None = None,
    benefit: str = "",
    actor: str = "",
) -> BreakEven:
    """Return the events needed: cost over net per event.

    Parameters
    ----------
    cost
        Kroner a year to cover, positive.
    net_per_event
        Kroner the actor is left with per avoided event.
    events_expected
        Events a year with no service; None when unknown.
    cost_interval
        Limits of the cost; the cost itself when it is certain.
    benefit, actor
        Ids, for the record.

    Examples
    --------
    1 000 000 kr a year over 8 359.68 kr per avoided admission is 119.6 admissions, of 54.4 expected at all.

    >>> found = break_even(cost=1_000_000.0, net_per_event=8_359.68, events_expected=54.4)
    >>> round(found.events_needed, 1), found.possible
    (119.6, False)
    """
    if cost <= 0:
        needed: float | None = 0.0
    elif net_per_event > 0:
        needed = cost / net_per_event
    else:
        needed = None
    if needed is None:
        possible: bool | None = False
    elif events_expected is None:
        possible = True if needed == 0 else None
    else:
        possible = needed <= events_expected
    return BreakEven(
        benefit=benefit,
        actor=actor,
        cost=cost,
        cost_low=cost_interval[0] if cost_interval else cost,
        cost_high=cost_interval[1] if cost_interval else cost,
        net_per_event=net_per_event,
        events_needed=needed,
        events_expected=events_expected,
        possible=possible,
    )


def break_even_of(
    benefit: Benefit,
    *,
    project: Project,
    flows: Flows,
    inputs: Mapping[str, Input],
    draws: Draws,
    actor: str = "",
) -> BreakEven | None:
    """Return the break-even of one benefit alone, for an actor or for society, in a mean year from go-live on.

    The cost to cover is all the actor's costs over the horizon, less the grants and agreed prices that reach it (plus
    those it pays), over the years from go-live; for society it is the costs alone. What an event brings is its cash
    and transfers for that actor, less what comes instead of it, as the flows would hold them for one event in each of
    those years, so that an action counts from the day it is due. Means over the draws are used, and other
    benefits are not counted.

    Parameters
    ----------
    benefit
        The benefit. Its event is one that is avoided, or one more where higher is better: that one costs money.
    project, flows, inputs, draws
        As they went into, and came out of, the building of the flows.
    actor
        Id; empty for society.

    Returns
    -------
    BreakEven or None
        None when the benefit is dropped or has no kroner, so that it cannot cover a cost; when there is no cost to
        cover, the actor's own or, for society, anybody's; or when there is no date of go-live.
    """
    operating = [year for year in project.years if project.go_live is not None and year >= project.go_live.year]
    if benefit.valuation is None or benefit.status == "dropped" or not operating:
        return None
    if not len(_standing(flows, actor)):
        return None
    lines = _of_one_event(benefit, benefit.valuation, project, inputs, draws, tuple(operating))
    kroner = [line for line in lines if _is_kroner(line)]
    if not any(line.row.layer != "cost" for line in kroner):
        return None
    # A cost of an event is what comes instead of it.
    brought = [
        line for line in kroner if line.row.layer in {"cash", "cost"} or (actor and line.row.layer == "transfer")
    ]
    mine = [float(full(line.values).mean()) for line in brought if not actor or line.row.actor == actor]
    cost = -_standing_money(flows, actor) / len(operating)
    low, high = (float(limit) for limit in np.quantile(cost, (0.025, 0.975)))
    return break_even(
        cost=float(cost.mean()),
        cost_interval=(low, high),
        net_per_event=sum(mine),
        events_expected=_expected(benefit, project, inputs, operating),
        benefit=benefit.id,
        actor=actor,
    )


def _of_one_event(
    benefit: Benefit,
    valuation: Valuation,
    project: Project,
    inputs: Mapping[str, Input],
    draws: Draws,
    years: tuple[int, ...],
) -> Iterator[Line]:
    """Yield the rows of one avoided event in each of some years."""
    fewer = lower_is_better(benefit)
    one = Events(
        avoided=np.full((len(years), draws.n), 1.0 if fewer else -1.0),
        # Of an event that is a day, what is paid per day needs no days per event.
        unit="bed_days" if benefit.indicator is not None and benefit.indicator.unit == "bed_days" else "count",
        lower_is_better=fewer,
        basis="expected",
        grade="assumed",
        standing="assumed",
        source="",
        years=years,
    )
    pricing = Pricing(inputs=inputs, draws=draws, price_year=project.price_year)
    return lines_of(benefit, valuation, events=one, pricing=pricing, gaps=[])


def _is_kroner(line: Line) -> bool:
    return line.row.unit == "kroner"


def _standing_money(flows: Flows, actor: str) -> Array:
    """Costs, grants and agreed prices over all years, shape (draw,): what happens whatever events do."""
    return _standing(flows, actor).total()


def _standing(flows: Flows, actor: str) -> Flows:
    """The rows of costs, grants, agreed prices and new activity of an actor; for society the costs alone."""
    whatever = {row.item for row in flows.index if not is_replacement(row.item)}
    planned = flows.select(basis="expected", unit="kroner", layer=("cost", "transfer"), item=whatever)
    if not actor:
        return planned.select(layer="cost")
    own = planned.select(actor=actor)
    items = {row.item for row in own.index if row.layer == "cost" or row.item.split(".")[0] in RESERVED_BENEFITS}
    return own.select(item=items)


def _expected(benefit: Benefit, project: Project, inputs: Mapping[str, Input], years: list[int]) -> float | None:
    rate = rate_of(benefit, inputs)
    if rate is None or (benefit.indicator is not None and rate.unit != benefit.indicator.unit):
        return None
    yearly = [events_at_all(benefit, rate, project=project, year=year) for year in years]
    known = [one for one in yearly if one is not None]
    return sum(known) / len(years) if len(known) == len(years) else None
