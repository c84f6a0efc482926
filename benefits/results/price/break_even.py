"""How many avoided events would cover the cost: for each actor that pays, and for all together."""

from __future__ import annotations

from functools import partial

from benefits.economics import BreakEven, Draws, Flows, Input
from benefits.economics.break_even import break_even_of
from benefits.project.model import Project
from benefits.results.values import Values
from benefits.vocabulary import Unit


def add_break_even(
    project: Project, flows: Flows, inputs: dict[str, Input], draws: Draws, values: Values
) -> tuple[BreakEven, ...]:
    """Add, for every benefit with kroner, the events that would cover the cost: for each that pays, and for all.

    More of what is feared covers no cost, so dis-benefits are left out.
    """
    found: list[BreakEven] = []
    if not project.costs:
        return ()
    payers = dict.fromkeys(cost.actor for cost in project.costs)
    for benefit in project.benefits:
        if benefit.valuation is None or benefit.indicator is None or benefit.dis_benefit:
            continue
        actors = dict.fromkeys(["", *payers, benefit.valuation.actor])
        for actor in actors:
            one = break_even_of(benefit, project=project, flows=flows, inputs=inputs, draws=draws, actor=actor)
            if one is None:
                continue
            _add_one_break_even(one, benefit.indicator.unit, project.price_year, values)
            found.append(one)
    return tuple(found)


def _add_one_break_even(one: BreakEven, unit: Unit, price_year: int | None, values: Values) -> None:
    prefix = f"break_even.{one.benefit}.{one.actor or 'society'}"
    limits = (one.cost_low, one.cost_high) if one.cost_high > one.cost_low else (None, None)
    low, high = limits
    add = partial(values.add, unit="kroner", price_year=price_year, basis="expected", derived=True)
    add(f"{prefix}.cost", one.cost, low=low, high=high)
    add(f"{prefix}.net_per_event", one.net_per_event)
    needed: list[float | None] = [None, None]
    if one.events_needed and one.net_per_event > 0:
        needed = [max(0.0, limit) / one.net_per_event if limit is not None else None for limit in limits]
    values.add(
        f"{prefix}.events_needed",
        one.events_needed,
        low=needed[0],
        high=needed[1],
        unit=unit,
        basis="expected",
        reason="no_number_is_enough",
    )
    values.add(f"{prefix}.events_expected", one.events_expected, unit=unit, basis="expected", reason="not_stated")
