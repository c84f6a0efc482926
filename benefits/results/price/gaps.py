"""What a report on a price lacks, beside what the plan does: the service itself, before anything else."""

from __future__ import annotations

from benefits.economics.numbers import WEIGHTS as NUMBERS
from benefits.economics.service.gaps import WEIGHTS as SERVICE_GAPS
from benefits.errors import Gap
from benefits.project.model import Project
from benefits.results.arena.gaps import WEIGHTS as ARENA_GAPS

NO_SERVICE = Gap(code="no_service", weight=96)
"""Not among the gaps of a plan: a good plan may price no service."""

OF_PRICE = frozenset(
    {
        NO_SERVICE.code,
        *SERVICE_GAPS,
        *ARENA_GAPS,
        "unusable_service",
        "no_price_year",
        "no_volume",
        "no_volume_for_cost",
        "resource_without_task",
        "unusable_cost",
        "no_after_grant",
    }
)
"""Gaps that concern a price, whatever they are about."""

OF_PRICE_LIST = frozenset({*ARENA_GAPS, *NUMBERS, "no_price_year", "no_actors", "no_as_of", "no_decision_asked"})
"""All that a price list to industry can lack, where the project has no patients and no benefits."""


def price_gaps(project: Project, gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """Return the gaps of a report on a price: first what concerns the service and its price, then the others.

    Parameters
    ----------
    project
        The project; without a service the first gap is that.
    gaps
        What its plan lacks, heaviest first.

    Examples
    --------
    >>> project = Project.model_validate({"format": 1, "id": "dho", "title": "DHO"})
    >>> [gap.code for gap in price_gaps(project, (Gap(code="no_target", weight=85), Gap(code="no_volume", weight=86)))]
    ['no_service', 'no_volume', 'no_target']
    """
    own = {name for service in project.services for name in (service.id, f"service.{service.id}")}
    own |= {cost.id for cost in project.costs if cost.service is not None}
    own |= {f"arena.{arena.id}" for arena in project.test_arenas}
    found = gaps if project.services or project.test_arenas else (NO_SERVICE, *gaps)
    if project.test_arenas and not project.services and not project.benefits:
        found = tuple(gap for gap in gaps if gap.code in OF_PRICE_LIST)
    return tuple(sorted(found, key=lambda gap: gap.code not in OF_PRICE and gap.subject not in own))
