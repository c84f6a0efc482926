"""The titles a project gives what it names by id."""

from __future__ import annotations

from benefits.project.fields import Text
from benefits.project.model import Project


def titles(project: Project) -> dict[str, Text]:
    """Return the titles of benefits, costs, grants, services, assumptions and transfers, each by the id used of it.

    A grant is ``financing.<id>``, a service ``service.<id>``, what several share
    ``shared_resource.<id>``, a test arena ``arena.<id>``, what is booked in it
    ``arena.<id>.<its id>``, an offer ``arena.<id>.offer.<offer>``, a transfer ``<benefit>.<id>`` and what comes instead
    of an event ``<benefit>.replaced.<id>``, as flows and values call them. What has no title is not there.

    Examples
    --------
    >>> benefit = {"id": "g1", "title": "Færre innleggelser"}
    >>> project = Project.model_validate({"format": 1, "id": "dho", "title": "DHO", "benefits": (benefit,)})
    >>> {id: title.plain for id, title in titles(project).items()}
    {'g1': 'Færre innleggelser'}
    """
    found: dict[str, Text | None] = {cost.id: cost.title for cost in project.costs}
    found |= {f"financing.{one.id}": one.title for one in (project.financing.sources if project.financing else ())}
    found |= {f"service.{one.id}": one.title for one in project.services}
    found |= {f"shared_resource.{one.id}": one.title for one in project.shared_resources}
    for arena in project.test_arenas:
        found[f"arena.{arena.id}"] = arena.title
        found |= {f"arena.{arena.id}.{id}": title for id, title in arena.titles.items()}
        found |= {f"arena.{arena.id}.offer.{offer.id}": offer.title for offer in arena.offers}
    found |= {name: one.title for name, one in project.assumptions.items()}
    for benefit in project.benefits:
        for transfer in benefit.valuation.transfers if benefit.valuation else ():
            found[f"{benefit.id}.{transfer.id}"] = transfer.title
        for one in benefit.valuation.replacements if benefit.valuation else ():
            found[f"{benefit.id}.replaced.{one.id}"] = one.title
    for activity in project.new_activity:
        found[f"new_activity.{activity.id}"] = activity.title
        found |= {f"new_activity.{activity.id}.{one.id}": one.title for one in activity.transfers}
    found |= {f"pool.{pool.id}": pool.title for pool in project.pools}
    for service in project.services:
        found |= {f"service.{service.id}.{party.actor}": service.title for party in service.parties}
    found |= {benefit.id: benefit.title for benefit in project.benefits}
    return {id: title for id, title in found.items() if title is not None}
