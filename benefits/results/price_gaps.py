"""What a report on a price lacks, beside what the plan does: the service itself, before anything else."""

from __future__ import annotations

from benefits.errors import Gap
from benefits.project.model import Project

NO_SERVICE = Gap(code="no_service", weight=96)
"""Not among the gaps of a plan: a good plan may price no service."""

OF_PRICE = frozenset(
    {
        NO_SERVICE.code,
        "no_price_year",
        "no_volume",
        "no_volume_for_cost",
        "resource_without_task",
        "unusable_cost",
        "no_after_grant",
    }
)
"""Gaps that concern a price, whatever they are about."""


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
    found = gaps if project.services else (NO_SERVICE, *gaps)
    return tuple(sorted(found, key=lambda gap: gap.code not in OF_PRICE and gap.subject not in own))
