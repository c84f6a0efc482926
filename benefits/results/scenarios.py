"""Nets and price intervals under other rules for how much ISF is passed on and how many beds are filled again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from benefits.economics import Flows
from benefits.economics.arrays import Array
from benefits.economics.flows import Line
from benefits.economics.numbers import UnusableNumber
from benefits.economics.price_interval import NoPriceInterval, PriceInterval, months_paid, price_interval
from benefits.economics.pricing import Pricing
from benefits.economics.scenarios import Scenario, scenarios
from benefits.project.model import Project
from benefits.reference.distributions import UnusableDistribution
from benefits.results.flow_values import MONEY, add_spread
from benefits.results.spread import spread_around
from benefits.results.values import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownScenario:
    """One pair of rules, and the prefix of its Values: ``<prefix>.net.<actor>`` and ``<prefix>.<service>.<low, high>``.

    ``empty`` are the services without a price at which neither party loses.
    """

    pass_on: str
    refill: str
    as_stated: bool
    prefix: str
    empty: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenarios:
    """The pairs of rules there are, whose net changes with them, and the services with a price interval."""

    shown: tuple[ShownScenario, ...]
    actors: tuple[str, ...]
    services: tuple[str, ...]


def add_scenarios(project: Project, *, unmoved: tuple[Line, ...], pricing: Pricing, values: Values) -> Scenarios | None:
    """Add the nets and intervals under each pair of rules; None where nothing is paid for by ISF, or nothing changes.

    Each pair is worked out anew with the draws of everything else as they are, so that what differs is the rules alone;
    ``unmoved`` are the lines that no rule changes.
    """
    if not project.years:
        return None
    found = [
        (one, one.flows(draws=pricing.draws, unmoved=unmoved)) for one in scenarios(project, inputs=pricing.inputs)
    ]
    nets = [_nets(project, flows) for _, flows in found]
    changing = tuple(one.id for one in project.actors if _changes(one.id, nets))
    if not changing:
        return None
    shown: list[ShownScenario] = []
    services: dict[str, None] = {}
    months = _months(project, pricing)
    for place in _told([one for one, _ in found], nets):
        (one, flows), net = found[place], nets[place]
        prefix = f"scenario.{one.pass_on}.{one.refill}"
        for actor in changing:
            rows = flows.select(actor=actor, basis="expected", unit="kroner", layer=MONEY)
            id, year = f"{prefix}.net.{actor}", project.price_year
            if len(rows):
                add_spread(id, net[actor], rows, "kroner", values, basis="expected", price_year=year)
            else:
                values.add(id, 0.0, unit="kroner", price_year=year, basis="expected", derived=True)
        empty = set()
        for service, interval in _intervals(one, flows, pricing, months):
            services[service] = None
            _add(f"{prefix}.{service}", interval, project.price_year, values)
            empty |= {service} if interval.empty else set()
        shown.append(
            ShownScenario(
                pass_on=one.pass_on,
                refill=one.refill,
                as_stated=one.as_stated,
                prefix=prefix,
                empty=frozenset(empty),
            )
        )
    return Scenarios(shown=tuple(shown), actors=changing, services=tuple(services)) if len(shown) > 1 else None


def _nets(project: Project, flows: Flows) -> dict[str, Array]:
    money = flows.select(basis="expected", unit="kroner", layer=MONEY)
    return {one.id: money.select(actor=one.id).total() for one in project.actors}


def _changes(actor: str, nets: list[dict[str, Array]]) -> bool:
    return any(not np.array_equal(nets[0][actor], other[actor]) for other in nets[1:])


def _told(found: list[Scenario], nets: list[dict[str, Array]]) -> list[int]:
    """The places of those to tell: of rules that make no difference here, what is stated, else the first."""
    kept: list[int] = []
    for place in sorted(range(len(found)), key=lambda place: not found[place].as_stated):
        same = (other for other in kept if found[other].pass_on == found[place].pass_on)
        if not any(_alike(nets[other], nets[place]) for other in same):
            kept.append(place)
    return sorted(kept)


def _alike(one: Mapping[str, Array], other: Mapping[str, Array]) -> bool:
    return all(np.array_equal(one[actor], other[actor]) for actor in one)


def _months(project: Project, pricing: Pricing) -> dict[str, Mapping[str, Array]]:
    """The patient-months paid for by service: no rule changes them."""
    found: dict[str, Mapping[str, Array]] = {}
    for service in project.services:
        # The section on the price interval says why there is none.
        with suppress(NoPriceInterval, UnusableNumber, UnusableDistribution):
            found[service.id] = months_paid(project, service, pricing=pricing)
    return found


def _intervals(
    one: Scenario, flows: Flows, pricing: Pricing, months: Mapping[str, Mapping[str, Array]]
) -> Iterator[tuple[str, PriceInterval]]:
    for service in one.project.services:
        if service.id not in months:
            continue
        with suppress(NoPriceInterval):
            paid = months[service.id]
            yield service.id, price_interval(one.project, service, flows=flows, pricing=pricing, months=paid)


def _add(prefix: str, interval: PriceInterval, price_year: int | None, values: Values) -> None:
    for name, at_mean, draws in (("low", interval.low, interval.lows), ("high", interval.high, interval.highs)):
        values.add(
            f"{prefix}.{name}",
            spread_around(at_mean, draws),
            unit="kroner",
            per="person_month",
            price_year=price_year,
            basis="expected",
            derived=True,
        )
