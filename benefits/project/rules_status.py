"""Rules on where a benefit stands: what must be documented before it may be called measured or realised."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc

OCCASIONS = 2


def _benefits(project: Project, status: str) -> Iterator[tuple[Loc, Benefit]]:
    for index, benefit in enumerate(project.benefits):
        if benefit.status == status:
            yield ("benefits", index), benefit


def realised_without_authority(project: Project) -> Iterator[Broken]:
    """A realised benefit has an owner with line authority."""
    for loc, benefit in _benefits(project, "realised"):
        if benefit.owner is None or not benefit.owner.line_authority:
            yield Broken(loc=(*loc, "status"), code="realised_without_authority", needs=((*loc, "owner"),))


def realised_without_documentation(project: Project) -> Iterator[Broken]:
    """A realised benefit is documented: a budget decision, a changed roster, another use of the time."""
    for loc, benefit in _benefits(project, "realised"):
        if benefit.realisation is None or benefit.realisation.documentation is None:
            yield Broken(loc=(*loc, "status"), code="realised_without_documentation", needs=((*loc, "realisation"),))


def measured_without_measurement(project: Project) -> Iterator[Broken]:
    """A measured benefit has a method that measures it, or a measurement somebody has reported."""
    for loc, benefit in _benefits(project, "measured"):
        if benefit.method is None and not benefit.measurements:
            needs = ((*loc, "method"), (*loc, "measurements"))
            yield Broken(loc=(*loc, "status"), code="measured_without_measurement", needs=needs)


def quality_not_confirmed(project: Project) -> Iterator[Broken]:
    """A quality gain is realised when it was measured at the target on two days at or after the target's date."""
    for loc, benefit in _benefits(project, "realised"):
        if "quality" in benefit.types and _occasions_at_target(benefit) < OCCASIONS:
            needs = ((*loc, "measurements"), (*loc, "target"), (*loc, "indicator"))
            parameters = {"found": _occasions_at_target(benefit), "needed": OCCASIONS}
            yield Broken(loc=(*loc, "status"), code="quality_not_confirmed", parameters=parameters, needs=needs)


def _occasions_at_target(benefit: Benefit) -> int:
    if benefit.target is None or benefit.indicator is None:
        return 0
    target, fewer_is_good = benefit.target, benefit.indicator.direction == "lower_is_better"
    days = {
        measurement.date
        for measurement in benefit.measurements
        if measurement.date >= target.date
        and (measurement.value <= target.value if fewer_is_good else measurement.value >= target.value)
    }
    return len(days)
