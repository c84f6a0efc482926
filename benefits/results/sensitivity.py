"""How sure: which numbers move the net of each actor most, and where a probability may be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from benefits.economics import Draws, Flows
from benefits.economics.inputs import Input
from benefits.economics.sensitivity.model import DRAWS, SOCIETY, Model
from benefits.economics.sensitivity.probability import Unknown, may_have_probability, share_not_below
from benefits.economics.sensitivity.tornado import Bar, tornado
from benefits.errors import Gap
from benefits.project.model import Project
from benefits.project.uncertainty import Correlated
from benefits.results.flow_values import MONEY
from benefits.results.same_comparison import hang_together
from benefits.results.values import Value, Values
from benefits.vocabulary import Standing

if TYPE_CHECKING:
    from benefits.measurement import Estimate
    from benefits.results.model import Results

MOST = 10
"""Bars of one actor that are shown."""
OF_TORNADO = 1_000
"""Draws of each scenario of a tornado: what is shown is the difference to the same draws with nothing changed."""
WEIGHTS: Mapping[str, int] = {"correlated_without_spread": 20}
"""How much each gap matters, beside those of the plan itself."""
_PLACES = {"minutes": "task", "start": "per_start", "end": "per_end", "cost_per_year": "resource"}
"""Kind of number in a service -> what its Value is called, where that is something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """What one uncertain number does to the net of one actor.

    Attributes
    ----------
    name
        Of the number.
    number
        Value id of the number itself, with its interval; empty when none is shown.
    low, high
        Value ids: net with the number at the low and at the high end of its interval.
    net
        Value id: net, with the interval it would have if this number alone were uncertain.
    standing
        How well the number holds.
    """

    name: str
    number: str
    low: str
    high: str
    net: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """How sure the net of one actor, or of all together, is.

    Attributes
    ----------
    actor
        Id, or ``society``.
    net
        Value id of its net.
    swings
        The numbers that move it most, the largest first.
    others
        Value id of how many further numbers move it less; empty when there is none.
    probability
        Value id of the share of draws in which net is not below zero; empty where it may not be shown.
    unknown
        Why not.
    """

    actor: str
    net: str
    swings: tuple[Swing, ...]
    others: str
    probability: str
    unknown: tuple[Unknown, ...]


def model_of(results: Results, *, draws: int = DRAWS) -> Model:
    """Return the calculation behind some results as a function of its inputs, with fewer draws than theirs.

    Parameters
    ----------
    results
        As ``assess`` gives them.
    draws
        Number of draws.
    """
    return Model(
        project=results.project,
        inputs=results.inputs,
        estimates={one.benefit: one for one in results.estimates if one.benefit in results.exposures},
        exposures=results.exposures,
        draws=Draws(n=draws, groups=groups_of(results)),
    )


def groups_of(results: Results) -> tuple[Correlated, ...]:
    """Return the inputs of assessed results that are high or low together."""
    return hang_together(results.project, inputs=results.inputs, estimates=results.estimates)


def add_sensitivity(
    project: Project,
    flows: Flows,
    *,
    inputs: Mapping[str, Input],
    estimates: Mapping[str, Estimate],
    draws: Draws,
    values: Values,
) -> tuple[tuple[Sensitivity, ...], tuple[Gap, ...]]:
    """Add the numbers, and return where they are, with what the plan lacks for more of them.

    Parameters
    ----------
    project, flows
        The project and all its flows.
    inputs, estimates, draws
        What the flows were made of.
    values
        Holds the nets and the numbers already.
    """
    gaps = tuple(_without_spread(project, inputs))
    for group in project.correlated:
        source = project.said(group.source)
        values.add(f"correlated.{group.id}", group.correlation, unit="ratio", standing="assumed", source=source)
    money = flows.select(unit="kroner", basis="expected", layer=MONEY)
    if not len(money):
        return (), gaps
    model = Model(project=project, inputs=inputs, draws=Draws(n=OF_TORNADO, seed=draws.seed, groups=draws.groups))
    bars = tornado(model)
    found = []
    for actor in (*dict.fromkeys(row.actor for row in money.index), SOCIETY):
        net = f"{SOCIETY}.expected.net" if actor == SOCIETY else f"actor.{actor}.expected.net"
        own = money if actor == SOCIETY else money.select(actor=actor)
        unknown = may_have_probability(project, {row.item for row in own.index}, inputs=inputs, estimates=estimates)
        probability = "" if unknown else f"sensitivity.{actor}.probability"
        if probability:
            values.add(probability, share_not_below(own.total()), unit="share", basis="expected", derived=True)
        mine = bars.get(actor, ())
        others = f"sensitivity.{actor}.others" if len(mine) > MOST else ""
        if others:
            values.add(others, len(mine) - MOST, unit="count")
        found.append(
            Sensitivity(
                actor=actor,
                net=net,
                swings=tuple(_swing(actor, bar, values[net], project, inputs, values) for bar in mine[:MOST]),
                others=others,
                probability=probability,
                unknown=unknown,
            )
        )
    return tuple(found), gaps


def _swing(actor: str, bar: Bar, net: Value, project: Project, inputs: Mapping[str, Input], values: Values) -> Swing:
    prefix, middle = f"sensitivity.{actor}.{bar.name}", net.value or 0.0
    number = number_id(bar.name, inputs)
    stated = values.get(number)
    standing: Standing = (stated.standing if stated is not None else None) or _standing(bar.name, project)
    add = partial(
        values.add, unit="kroner", price_year=project.price_year, basis="expected", standing=standing, derived=True
    )
    ends = middle + bar.low - bar.usual, middle + bar.high - bar.usual
    add(f"{prefix}.low", ends[0])
    add(f"{prefix}.high", ends[1])
    add(f"{prefix}.net", middle, low=min(ends), high=max(ends))
    return Swing(
        name=bar.name,
        number=number if stated is not None else "",
        low=f"{prefix}.low",
        high=f"{prefix}.high",
        net=f"{prefix}.net",
        standing=standing,
    )


def number_id(name: str, inputs: Mapping[str, Input]) -> str:
    """Return the Value id a number of the calculation is shown under, whether there is one or not.

    Parameters
    ----------
    name
        As its column of draws is called.
    inputs
        The assumptions by name.

    Examples
    --------
    >>> number_id("service.dho.minutes.call", {}), number_id("service.dho.fixed.platform.1", {})
    ('service.dho.input.task.call', 'service.dho.input.fixed.platform.band.2.amount')
    """
    if name in inputs:
        return f"assumption.{name}"
    head, *rest = name.split(".")
    if head == "service" and len(rest) > 2:
        service, kind, *place = rest
        prefix = f"service.{service}.input.{_PLACES.get(kind, kind)}"
        if kind == "fixed" and len(place) == 2:
            return f"{prefix}.{place[0]}.band.{int(place[1]) + 1}.amount"
        return ".".join((prefix, *place))
    if head == "shared_resources" and rest:
        kind, *place = rest
        return ".".join(("shared_resource.input", _PLACES.get(kind, kind), *place))
    return name


def _standing(name: str, project: Project) -> Standing:
    """How well a number that is written in its place holds: as what it is part of."""
    head, id, *_ = (*name.split("."), "")
    held: Mapping[str, Standing] = {}
    if head == "service":
        held = {one.id: one.standing for one in project.services}
    if head == "cost":
        held = {one.id: one.standing for one in project.costs}
    return held.get(id, "assumed")


def _without_spread(project: Project, inputs: Mapping[str, Input]) -> Iterator[Gap]:
    """A number that is certain is not high together with anything."""
    for group in project.correlated:
        for name in group.assumptions:
            one = inputs.get(name)
            if one is not None and one.low == one.high:
                yield Gap(
                    code="correlated_without_spread",
                    subject=name,
                    weight=WEIGHTS["correlated_without_spread"],
                    parameters={"name": name, "group": group.id},
                )
