"""Whether a benefit is realised at the date of a report, and what is lacking: a stricter thing than being measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.rules_status import OCCASIONS, occasions_at_target
from benefits.results.values import Values

RealisedCode = Literal["documented", "confirmed_twice", "no"]
Lacking = Literal["", "not_claimed", "decided_later", "project_goes_on", "occasions", "confirmation"]
REALISED: tuple[RealisedCode, ...] = get_args(RealisedCode)
LACKING: tuple[Lacking, ...] = get_args(Lacking)


@dataclass(frozen=True, slots=True, kw_only=True)
class Realised:
    """Whether one benefit is realised.

    Attributes
    ----------
    benefit
        Its id.
    code
        ``documented``: the gevinstansvarlig has line authority and has documented how it was taken out;
        ``confirmed_twice``: a quality gain measured at the target on two occasions after the project, and confirmed;
        ``no``.
    lacking
        What it takes, where the code is ``no``: nobody says it is realised; it was decided after the report; the
        project goes on; fewer than two occasions; nobody has confirmed. Empty otherwise.
    on
        When it was decided, or the second occasion; None where that is not told.
    """

    benefit: str
    code: RealisedCode
    lacking: Lacking = ""
    on: date | None = None


def realised(project: Project, *, as_of: date, values: Values) -> tuple[Realised, ...]:
    """Say of every benefit that is not dropped whether it is realised, and add ``realised.<benefit>.occasions``.

    Parameters
    ----------
    project
        With what was reported; its rules hold.
    as_of
        The date of the report. What was decided or measured later is not known.
    values
        Where the number of occasions is added, for quality gains with a target.
    """
    return tuple(_one(project, one, as_of, values) for one in project.benefits if one.status != "dropped")


def _one(project: Project, benefit: Benefit, as_of: date, values: Values) -> Realised:
    if "quality" in benefit.types and benefit.indicator is not None and benefit.target is not None:
        return _quality(project, benefit, as_of, values)
    decided = benefit.realisation.decided if benefit.realisation is not None else None
    if benefit.status != "realised":
        return Realised(benefit=benefit.id, code="no", lacking="not_claimed")
    if decided is not None and decided > as_of:
        return Realised(benefit=benefit.id, code="no", lacking="decided_later")
    return Realised(benefit=benefit.id, code="documented", on=decided)


def _quality(project: Project, benefit: Benefit, as_of: date, values: Values) -> Realised:
    known = [one for one in occasions_at_target(benefit, ends=project.ends) if one.date <= as_of]
    days = sorted({one.date for one in known})
    values.add(f"realised.{benefit.id}.occasions", len(days), unit="count", basis="realised")
    if project.ends is not None and as_of <= project.ends:
        return Realised(benefit=benefit.id, code="no", lacking="project_goes_on")
    if len(days) < OCCASIONS:
        return Realised(benefit=benefit.id, code="no", lacking="occasions")
    if not any(one.confirmed for one in known):
        return Realised(benefit=benefit.id, code="no", lacking="confirmation")
    return Realised(benefit=benefit.id, code="confirmed_twice", on=days[OCCASIONS - 1])
