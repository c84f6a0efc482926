"""Rules on ids: each is given once, and each that is referred to exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.quantities import quantities
from benefits.project.rules_common import Broken, Loc, nearest
from benefits.project.valuation import Transfer

Reference = tuple[Loc, str | None]


class HasId(Protocol):
    """Anything in a list that others refer to by its id."""

    @property
    def id(self) -> str:
        """Its id."""


RESERVED_BENEFITS = frozenset({"financing", "new_activity", "pool", "service"})
"""What grants, agreed prices, new activity and pools are called, as a transfer is called by its benefit."""
SERVICE_LISTS = ("drivers", "resources", "tasks", "fixed", "per_patient_month", "per_start", "per_end", "equipment")
"""Lists of a service whose entries have ids."""
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
    yield ("shared_resources",), project.shared_resources
    if project.financing:
        yield ("financing", "sources"), project.financing.sources
    for index, service in enumerate(project.services):
        for name in SERVICE_LISTS:
            yield ("services", index, name), getattr(service, name)
    for index, benefit in enumerate(project.benefits):
        if benefit.valuation:
            yield ("benefits", index, "valuation", "transfers"), benefit.valuation.transfers
            yield ("benefits", index, "valuation", "replacements"), benefit.valuation.replacements
    yield ("pools",), project.pools
    yield ("correlated",), project.correlated
    yield ("studies",), project.studies
    yield ("new_activity",), project.new_activity
    for index, activity in enumerate(project.new_activity):
        yield ("new_activity", index, "transfers"), activity.transfers


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
        for place, party in enumerate(service.parties):
            yield ("services", index, "parties", place, "actor"), party.actor
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
    for index, activity in enumerate(project.new_activity):
        yield ("new_activity", index, "actor"), activity.actor
        yield from _actors_of_transfers(activity.transfers, ("new_activity", index))
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
        yield from _actors_of_transfers(benefit.valuation.transfers, (*loc, "valuation"))
        for place, replacement in enumerate(benefit.valuation.replacements):
            yield (*loc, "valuation", "replacements", place, "actor"), replacement.actor
        if benefit.valuation.travel:
            yield (*loc, "valuation", "travel", "traveller"), benefit.valuation.travel.traveller
            yield (*loc, "valuation", "travel", "payer"), benefit.valuation.travel.payer


def _actors_of_transfers(transfers: Sequence[Transfer], loc: Loc) -> Iterator[Reference]:
    for place, transfer in enumerate(transfers):
        for name in ("payer", "receiver", "paid_by"):
            yield (*loc, "transfers", place, name), getattr(transfer, name)


def unknown_assumptions(project: Project) -> Iterator[Broken]:
    """Wherever a number or a valuation rests on an assumption, it is one of the project's assumptions."""
    yield from _unknown(_assumptions_named(project), "unknown_assumption", ("assumptions",), list(project.assumptions))


def _assumptions_named(project: Project) -> Iterator[Reference]:
    for at, quantity in quantities(project):
        yield (*at, "assumption"), quantity.assumption
    if project.present_value:
        yield ("present_value", "tax_financing"), project.present_value.tax_financing
    for profession, name in project.full_time_years.items():
        yield ("full_time_years", profession), name
    for index, group in enumerate(project.correlated):
        for place, name in enumerate(group.assumptions):
            yield ("correlated", index, "assumptions", place), name
    names = ("expected_events", "effect", "unit_cost", "cash_share", "staff_share", "bed_days", "hours", "health_value")
    for index, benefit in enumerate(project.benefits):
        if benefit.valuation:
            loc: Loc = ("benefits", index, "valuation")
            for name in names:
                yield (*loc, name), getattr(benefit.valuation, name)
            for name in ("realisation_share", "refill_share", "hours_per_full_time_year", "avoided_growth_share"):
                yield (*loc, name), getattr(benefit.valuation, name)
            if benefit.valuation.cash_by_action:
                yield (*loc, "cash_by_action", "share"), benefit.valuation.cash_by_action.share
            yield from _assumptions_of_transfers(benefit.valuation.transfers, loc)
            if benefit.valuation.travel:
                for name in ("journeys", "cost", "reimbursement"):
                    yield (*loc, "travel", name), getattr(benefit.valuation.travel, name)
    for index, pool in enumerate(project.pools):
        yield ("pools", index, "per_year"), pool.per_year
    for index, activity in enumerate(project.new_activity):
        for name in ("per_patient_year", "unit_cost", "hours"):
            yield ("new_activity", index, name), getattr(activity, name)
        yield from _assumptions_of_transfers(activity.transfers, ("new_activity", index))


def _assumptions_of_transfers(transfers: Sequence[Transfer], loc: Loc) -> Iterator[Reference]:
    for place, transfer in enumerate(transfers):
        for name in ("amount", "weight", "share", "exempt_share"):
            yield (*loc, "transfers", place, name), getattr(transfer, name)


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


def unknown_pools(project: Project) -> Iterator[Broken]:
    """What a benefit shares with others is one of the project's pools."""
    named: Iterator[Reference] = (
        (("benefits", index, "valuation", "pool"), benefit.valuation.pool)
        for index, benefit in enumerate(project.benefits)
        if benefit.valuation
    )
    yield from _unknown(named, "unknown_pool", ("pools",), [pool.id for pool in project.pools])


def unknown_services(project: Project) -> Iterator[Broken]:
    """A cost that follows from a service, and a service that uses another, name one of the project's services."""
    named: list[Reference] = [(("costs", index, "service"), cost.service) for index, cost in enumerate(project.costs)]
    for index, service in enumerate(project.services):
        named.extend((("services", index, "uses", at, "service"), use.service) for at, use in enumerate(service.uses))
    yield from _unknown(iter(named), "unknown_service", ("services",), [service.id for service in project.services])


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


def shared_resource_ids(project: Project) -> Iterator[Broken]:
    """A service's own resource has another id than those that services share."""
    shared = {one.id: index for index, one in enumerate(project.shared_resources)}
    for index, service in enumerate(project.services):
        for place, resource in enumerate(service.resources):
            if resource.id in shared:
                first: Loc = ("shared_resources", shared[resource.id], "id")
                here: Loc = ("services", index, "resources", place, "id")
                yield Broken(loc=here, code="duplicate_id", first=first, needs=(here,))


def unknown_resources(project: Project) -> Iterator[Broken]:
    """A task uses one of its own service's resources, or one that services share."""
    shared = [resource.id for resource in project.shared_resources]
    for index, service in enumerate(project.services):
        loc: Loc = ("services", index)
        named: Iterator[Reference] = (
            ((*loc, "tasks", place, "resource"), task.resource) for place, task in enumerate(service.tasks)
        )
        known = [*(resource.id for resource in service.resources), *shared]
        for broken in _unknown(named, "unknown_resource", (*loc, "resources"), known):
            yield replace(broken, needs=(*broken.needs, ("shared_resources",)))


def unknown_drivers(project: Project) -> Iterator[Broken]:
    """Extra minutes of a task are for one of its own service's drivers."""
    for index, service in enumerate(project.services):
        loc: Loc = ("services", index)
        named: Iterator[Reference] = (
            ((*loc, "tasks", place, "extra", name), name)
            for place, task in enumerate(service.tasks)
            for name in task.extra
        )
        known = [driver.id for driver in service.drivers]
        for broken in _unknown(named, "unknown_driver", (*loc, "drivers"), known):
            # What is shown as written is the minutes; the driver is the key.
            yield replace(broken, parameters={**broken.parameters, "name": str(broken.loc[-1])})


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
