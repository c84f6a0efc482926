"""Published effects a project adds to those that come with the package, as a study nobody has entered yet."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from benefits.project.fields import Amount, Part, Positive, Share, Text, Year
from benefits.reference.citation import Source, Texts
from benefits.reference.evidence import Certainty, Evidence, Measure, Outcome
from benefits.vocabulary import Condition, Exposure, Grade, Language


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


def evidence_of(study: Study, *, first: Language) -> Evidence:
    """Return a study as evidence, to be used and shown as that which comes with the package.

    Parameters
    ----------
    study
        As the project file has it; its texts may be in fewer languages than reports are.
    first
        The language plain texts are in; a text that lacks a language is shown in one it has.

    Examples
    --------
    >>> told = Study(id="vik_2024.admissions", title=Text(nb="Vik"), outcome="admissions", measure="rate_ratio",
    ...              estimate=0.9, low=0.7, high=1.2, n=400, population=Text(nb="Kols"), year=2024, grade="controlled",
    ...              source=Text(nb="Vik 2024"))
    >>> found = evidence_of(told, first="nb")
    >>> round(found.distribution().median, 2), found.own, found.titles.en
    (0.9, True, 'Vik')
    """
    return Evidence(
        id=study.id,
        titles=_texts(study.title, first),
        outcome=study.outcome,
        measure=study.measure,
        estimate=study.estimate,
        low=study.low,
        high=study.high,
        interval_published=study.low is not None,
        per=study.per,
        baseline_risk=study.baseline_risk,
        n=study.n,
        follow_up_months=study.follow_up_months,
        population=_texts(study.population, first),
        conditions=study.conditions,
        year=study.year,
        grade=study.grade,
        certainty=study.certainty,
        finding=None if study.finding is None else _texts(study.finding, first),
        caution=None if study.caution is None else _texts(study.caution, first),
        source=Source(title=study.source.in_language(first, first=first)[0], address=study.address or ""),
        own=True,
    )


def _texts(text: Text, first: Language) -> Texts:
    return Texts(
        nb=text.in_language("nb", first=first)[0],
        nn=text.in_language("nn", first=first)[0],
        en=text.in_language("en", first=first)[0],
    )
