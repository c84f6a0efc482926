"""Rules on ids: each is given once, and each that is referred to exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc, nearest

Reference = tuple[Loc, str | None]


class HasId(Protocol):
    """Anything in a list that others refer to by its id."""

    @property
    def id(self) -> str:
        """Its id."""


RESERVED_BENEFITS = frozenset({"financing", "service"})
"""What grants and agreed prices are called among the flows, as a transfer is called by its benefit."""
RESERVED_ACTORS = frozenset({"society"})
"""What all actors together are called."""


def reserved_ids(project: Project) -> Iterator[Broken]:
    """No benefit and no actor has an id that results use for something else."""
    held: tuple[tuple[str, Sequence[HasId], frozenset[str]], ...] = (
        ("actors", project.actors, RESERVED_ACTORS),
        ("benefits", project.benefits, RESERVED_BENEFITS),
    )
    for section, items, reserved in held:
        for index, item in enumerate(items):
            if item.id in reserved:
                yield Broken(loc=(section, index, "id"), code="reserved_id")


def duplicate_ids(project: Project) -> Iterator[Broken]:
    """Within one list, an id is given once."""
    for loc, items in _lists(project):
        seen: dict[str, Loc] = {}
        for index, item in enumerate(items):
            here = (*loc, index, "id")
            if item.id in seen:
                yield Broken(loc=here, code="duplicate_id", first=seen[item.id], needs=(here,))
            else:
                seen[item.id] = here


def _lists(project: Project) -> Iterator[tuple[Loc, Sequence[HasId]]]:
    yield ("actors",), project.actors
    yield ("costs",), project.costs
    yield ("data",), project.data
    yield ("benefits",), project.benefits
    yield ("services",), project.services
    if project.financing:
        yield ("financing", "sources"), project.financing.sources
    for index, service in enumerate(project.services):
        for name in ("resources", "tasks", "fixed", "per_patient_month", "equipment"):
            yield ("services", index, name), getattr(service, name)
    for index, benefit in enumerate(project.benefits):
        if benefit.valuation:
            yield ("benefits", index, "valuation", "transfers"), benefit.valuation.transfers


def unknown_actors(project: Project) -> Iterator[Broken]:
    """Wherever an actor is named, it is one of the project's actors."""
    yield from _unknown(_actors_named(project), "unknown_actor", ("actors",), [actor.id for actor in project.actors])


def _actors_named(project: Project) -> Iterator[Reference]:
    if project.owner:
        yield ("owner", "actor"), project.owner.actor
    for index, cost in enumerate(project.costs):
        yield ("costs", index, "actor"), cost.actor
    for index, service in enumerate(project.services):
        yield ("services", index, "provider"), service.provider
        yield ("services", index, "payer"), service.payer
    for index, arena in enumerate(project.test_arenas):
        yield ("test_arenas", index, "provider"), arena.provider
    if project.financing:
        for index, source in enumerate(project.financing.sources):
            yield ("financing", "sources", index, "payer"), source.payer
            yield ("financing", "sources", index, "receiver"), source.receiver
        if project.financing.after_grant:
            yield ("financing", "after_grant", "actor"), project.financing.after_grant.actor
    for index, effect in enumerate(project.unexpected_effects):
        yield ("unexpected_effects", index, "actor"), effect.actor
    for index, benefit in enumerate(project.benefits):
        yield from _actors_of(benefit, ("benefits", index))


def _actors_of(benefit: Benefit, loc: Loc) -> Iterator[Reference]:
    for place, actor in enumerate(benefit.gains):
        yield (*loc, "gains", place), actor
    for place, actor in enumerate(benefit.pays):
        yield (*loc, "pays", place), actor
    if benefit.owner:
        yield (*loc, "owner", "actor"), benefit.owner.actor
    if benefit.valuation:
        yield (*loc, "valuation", "actor"), benefit.valuation.actor
        for place, transfer in enumerate(benefit.valuation.transfers):
            yield (*loc, "valuation", "transfers", place, "payer"), transfer.payer
            yield (*loc, "valuation", "transfers", place, "receiver"), transfer.receiver


def unknown_assumptions(project: Project) -> Iterator[Broken]:
    """Wherever a valuation rests on an assumption, it is one of the project's assumptions."""
    yield from _unknown(_assumptions_named(project), "unknown_assumption", ("assumptions",), list(project.assumptions))


def _assumptions_named(project: Project) -> Iterator[Reference]:
    names = ("expected_events", "effect", "unit_cost", "cash_share", "staff_share", "bed_days", "hours")
    for index, benefit in enumerate(project.benefits):
        if benefit.valuation:
            loc: Loc = ("benefits", index, "valuation")
            for name in names:
                yield (*loc, name), getattr(benefit.valuation, name)
            for place, transfer in enumerate(benefit.valuation.transfers):
                yield (*loc, "transfers", place, "amount"), transfer.amount
                yield (*loc, "transfers", place, "share"), transfer.share


def unknown_data(project: Project) -> Iterator[Broken]:
    """A method, a baseline and a population are in one of the project's data sources."""
    named: list[Reference] = []
    for index, benefit in enumerate(project.benefits):
        at: Loc = ("benefits", index)
        if benefit.method:
            named.append(((*at, "method", "data"), benefit.method.data))
        if benefit.baseline:
            named.append(((*at, "baseline", "data"), benefit.baseline.data))
        if benefit.baseline and benefit.baseline.selection:
            here = (*at, "baseline", "selection", "population_data")
            named.append((here, benefit.baseline.selection.population_data))
    yield from _unknown(iter(named), "unknown_data", ("data",), [source.id for source in project.data])


def unknown_services(project: Project) -> Iterator[Broken]:
    """A cost that follows from a service names one of the project's services."""
    named: Iterator[Reference] = (
        (("costs", index, "service"), cost.service) for index, cost in enumerate(project.costs)
    )
    yield from _unknown(named, "unknown_service", ("services",), [service.id for service in project.services])


def unknown_main_indicator(project: Project) -> Iterator[Broken]:
    """The main indicator is that of one of the project's benefits."""
    named: Iterator[Reference] = iter([(("main_indicator",), project.main_indicator)])
    yield from _unknown(named, "unknown_benefit", ("benefits",), [benefit.id for benefit in project.benefits])


def unknown_benefits(project: Project) -> Iterator[Broken]:
    """An unexpected effect that belongs to a benefit belongs to one of the project's."""
    named: Iterator[Reference] = (
        (("unexpected_effects", index, "benefit"), effect.benefit)
        for index, effect in enumerate(project.unexpected_effects)
    )
    yield from _unknown(named, "unknown_benefit", ("benefits",), [benefit.id for benefit in project.benefits])


def unknown_resources(project: Project) -> Iterator[Broken]:
    """A task uses one of its own service's resources."""
    for index, service in enumerate(project.services):
        loc: Loc = ("services", index)
        named: Iterator[Reference] = (
            ((*loc, "tasks", place, "resource"), task.resource) for place, task in enumerate(service.tasks)
        )
        known = [resource.id for resource in service.resources]
        yield from _unknown(named, "unknown_resource", (*loc, "resources"), known)


def _unknown(named: Iterator[Reference], code: str, section: Loc, known: list[str]) -> Iterator[Broken]:
    for loc, name in named:
        if name is None or name in known:
            continue
        if known:
            parameters = {"nearest": nearest(name, known), "known": ", ".join(known)}
            yield Broken(loc=loc, code=code, parameters=parameters, needs=(section,))
        else:
            yield Broken(
                loc=loc, code="nothing_to_refer_to", parameters={"section": str(section[-1])}, needs=(section,)
            )
