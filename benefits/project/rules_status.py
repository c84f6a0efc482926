"""Rules on where a benefit stands: what must be documented before it may be called measured or realised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benefits.project.benefit import Benefit, Measurement
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
    """A quality gain is realised when it was measured at the target on two days after the project, and confirmed."""
    for loc, benefit in _benefits(project, "realised"):
        if "quality" not in benefit.types:
            continue
        at_target = occasions_at_target(benefit, ends=project.ends)
        confirmed = any(one.confirmed for one in at_target)
        if len({one.date for one in at_target}) < OCCASIONS or not confirmed:
            needs = ((*loc, "measurements"), (*loc, "target"), (*loc, "indicator"))
            parameters = {"found": len({one.date for one in at_target}), "needed": OCCASIONS}
            code = "quality_not_confirmed" if confirmed or parameters["found"] < OCCASIONS else "quality_without_word"
            yield Broken(loc=(*loc, "status"), code=code, parameters=parameters, needs=needs)


def occasions_at_target(benefit: Benefit, *, ends: date | None) -> tuple[Measurement, ...]:
    """Return the measurements that stood at the target after the project's end, and on or after the target's date.

    A project without an end is judged from the target's date.

    Examples
    --------
    >>> occasions_at_target(Benefit.model_validate({"id": "g1", "title": "Tryggere pasienter"}), ends=None)
    ()
    """
    if benefit.target is None or benefit.indicator is None:
        return ()
    target, fewer_is_good = benefit.target, benefit.indicator.direction == "lower_is_better"
    return tuple(
        one
        for one in benefit.measurements
        if one.date >= target.date
        and (ends is None or one.date > ends)
        and (one.value <= target.value if fewer_is_good else one.value >= target.value)
    )
