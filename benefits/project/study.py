"""Published effects a project adds to those that come with the package, as a study nobody has entered yet."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from benefits.project.fields import Amount, Part, Positive, Share, Text, Year
from benefits.reference.evidence import Certainty, Measure, Outcome
from benefits.vocabulary import Condition, Exposure, Grade


class Study(Part):
    """One published effect, on the scale it was published on; the fields are those of the shipped evidence.

    ``id`` is what an assumption names under ``evidence``. An odds ratio needs the risk in its own comparison group.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$")]
    title: Text
    outcome: Outcome
    measure: Measure
    estimate: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    per: Exposure = "none"
    baseline_risk: Share | None = None
    n: Annotated[int, Field(ge=1)]
    follow_up_months: Positive | None = None
    population: Text
    conditions: tuple[Condition, ...] = ()
    year: Year
    grade: Grade
    certainty: Certainty = "not_stated"
    finding: Text | None = None
    caution: Text | None = None
    source: Text
    address: str | None = None
