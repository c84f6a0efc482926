"""What a report on a price lacks, beside what the plan does: the service itself, before anything else."""

from __future__ import annotations

from benefits.economics.numbers import WEIGHTS as NUMBERS
from benefits.economics.numbers import UnusableNumber
from benefits.economics.service.gaps import WEIGHTS as SERVICE_GAPS
from benefits.errors import Gap, grouped
from benefits.project.model import Project
from benefits.reference.distributions import UnusableDistribution
from benefits.results.arena.gaps import WEIGHTS as ARENA_GAPS
from benefits.results.values import Values

NO_SERVICE = Gap(code="no_service", weight=96)
"""Not among the gaps of a plan: a good plan may price no service."""

UNUSABLE_SERVICE = "unusable_service"
"""A number of a service that describes no distribution, so that it has no price."""

UNUSABLE_WEIGHT = 75
"""How much a service without a price matters, beside the gaps of the plan itself."""

UNUSABLE = frozenset({UNUSABLE_SERVICE, *NUMBERS})
"""Why a service has no price when its patients are known: a number it rests on cannot be used."""

OF_PRICE = frozenset(
    {
        NO_SERVICE.code,
        *SERVICE_GAPS,
        *ARENA_GAPS,
        UNUSABLE_SERVICE,
        "no_price_year",
        "no_volume",
        "no_volume_for_cost",
        "resource_without_task",
        "unusable_cost",
        "no_after_grant",
    }
)
"""Gaps that concern a price, whatever they are about."""

TOLD_ELSEWHERE = frozenset({"service_without_cost", "price_ends_before_plan"})
"""Gaps of a service that are no gaps of its price: of the plan's money, and what the price report says of its terms."""

OF_PRICE_LIST = frozenset(
    {*ARENA_GAPS, *NUMBERS, UNUSABLE_SERVICE, "no_price_year", "no_actors", "no_as_of", "no_decision_asked"}
)
"""All that a price list to industry can lack, where the project has no patients and no benefits."""


def unusable(refused: UnusableNumber | UnusableDistribution, subject: str) -> Gap:
    """Return what is lacking where a number of a service, a shared resource or a test arena cannot be used."""
    if isinstance(refused, UnusableNumber):
        return refused.gap(subject)
    return Gap(code=UNUSABLE_SERVICE, subject=subject, weight=UNUSABLE_WEIGHT)


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
    found = gaps if project.services or project.test_arenas else (NO_SERVICE, *gaps)
    if project.test_arenas and not project.services and not project.benefits:
        found = tuple(gap for gap in gaps if gap.code in OF_PRICE_LIST)
    return tuple(sorted(found, key=lambda gap: not concerns_price(project, gap)))


def concerns_price(project: Project, gap: Gap) -> bool:
    """Return whether a gap is of a service, a test arena or what a price is to be decided on, and not of a benefit.

    Examples
    --------
    >>> project = Project.model_validate({"format": 1, "id": "dho", "title": "DHO"})
    >>> [concerns_price(project, Gap(code=code, weight=80)) for code in ("no_volume", "no_target")]
    [True, False]
    """
    own = {name for service in project.services for name in (service.id, f"service.{service.id}")}
    own |= {f"shared_resource.{one.id}" for one in project.shared_resources}
    own |= {cost.id for cost in project.costs if cost.service is not None}
    own |= {f"arena.{arena.id}" for arena in project.test_arenas}
    if gap.code in TOLD_ELSEWHERE:
        return False
    if gap.code == "no_volume" and project.services and all(service.volume for service in project.services):
        return False
    return gap.code in OF_PRICE or gap.code in OF_PRICE_LIST - NUMBERS.keys() or gap.subject in own


def add_gap_counts(project: Project, gaps: tuple[Gap, ...], values: Values) -> None:
    """Add how many gaps a report on a price has in all, how many concern the price, and how many others there are."""
    found = price_gaps(project, gaps)
    of_price = tuple(gap for gap in found if concerns_price(project, gap))
    beside = tuple(gap for gap in found if not concerns_price(project, gap))
    for name, several in (("", found), (".of_price", of_price), (".beside", beside)):
        values.add(f"count.price_gaps{name}", len(grouped(several)), unit="count")
