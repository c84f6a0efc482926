"""Rules on avoided events: what is said once, which events are counted in what, and studies that are whole."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc, nearest
from benefits.project.study import Study
from benefits.reference.evidence import OUTCOME_UNITS, RATIOS, load_evidence
from benefits.vocabulary import EVENT_UNITS


def event_in_other_unit(project: Project) -> Iterator[Broken]:
    """An indicator counts the kind of event the valuation names."""
    for index, benefit in enumerate(project.benefits):
        kind = benefit.valuation.event if benefit.valuation else None
        unit = benefit.indicator.unit if benefit.indicator else None
        if kind is not None and unit is not None and unit not in EVENT_UNITS[kind]:
            yield Broken(
                loc=("benefits", index, "valuation", "event"),
                code="event_in_other_unit",
                parameters={"unit": unit, "units": ", ".join(EVENT_UNITS[kind])},
                first=("benefits", index, "indicator", "unit"),
                needs=(("benefits", index, "indicator"),),
            )


def expected_said_twice(project: Project) -> Iterator[Broken]:
    """The rate without the service is an assumption, or is worked out; a reason is given for the raw baseline alone."""
    for index, benefit in enumerate(project.benefits):
        valuation, loc = benefit.valuation, ("benefits", index, "valuation")
        if valuation is None:
            continue
        if valuation.expected_from != "assumption" and valuation.expected_events is not None:
            yield Broken(loc=(*loc, "expected_events"), code="expected_said_twice", first=(*loc, "expected_from"))
        if valuation.effect_from != "assumption" and valuation.effect is not None:
            yield Broken(loc=(*loc, "effect"), code="effect_said_twice", first=(*loc, "effect_from"))
        if valuation.expected_from != "raw_baseline" and valuation.raw_baseline_because is not None:
            here = (*loc, "raw_baseline_because")
            yield Broken(loc=here, code="because_of_nothing", needs=((*loc, "expected_from"),))


def study_is_whole(project: Project) -> Iterator[Broken]:
    """A study has a figure, inside its interval, or tells in words what it found."""
    for index, study in enumerate(project.studies):
        key, code = _fault_of(study)
        if code:
            loc: Loc = ("studies", index)
            looked_at = ("estimate", "low", "high", "measure", "finding", "per", "outcome")
            yield Broken(loc=(*loc, key), code=code, needs=tuple((*loc, name) for name in looked_at))


def _fault_of(study: Study) -> tuple[str, str]:
    """What is wrong with the figures of a study, at which key; empty when they are whole."""
    figures = {name: getattr(study, name) for name in ("estimate", "low", "high")}
    given = [name for name, figure in figures.items() if figure is not None]
    if study.measure == "narrative":
        if given:
            return given[0], "study_with_figure"
        return ("measure", "study_without_finding") if study.finding is None else ("", "")
    if study.estimate is None:
        return "measure", "study_without_figure"
    if (study.low is None) != (study.high is None):
        return ("low" if study.low is not None else "high"), "study_interval"
    below = [name for name in given if figures[name] <= 0]
    if study.measure in RATIOS and below:
        return below[0], "study_ratio_not_positive"
    if study.low is not None and study.high is not None and not study.low < study.estimate < study.high:
        return "estimate", "study_interval"
    # A difference found in half a year is half of that of a year, and nobody can see which it is.
    if study.measure == "mean_difference" and study.per == "none" and study.outcome in OUTCOME_UNITS:
        return "measure", "study_without_per"
    if study.measure == "odds_ratio" and study.baseline_risk is not None and not 0 < study.baseline_risk < 1:
        return "baseline_risk", "study_risk_of_none_or_all"
    return "", ""


def study_id_taken(project: Project) -> Iterator[Broken]:
    """An own study does not go by the name of one that comes with the package."""
    shipped = frozenset(load_evidence())
    for index, study in enumerate(project.studies):
        if study.id in shipped:
            yield Broken(loc=("studies", index, "id"), code="study_id_taken")


def unknown_evidence(project: Project) -> Iterator[Broken]:
    """Every study an assumption names comes with the package, or is one of the project's own."""
    known = sorted({*load_evidence(), *(study.id for study in project.studies)})
    for name, assumption in project.assumptions.items():
        loc: Loc = ("assumptions", name)
        named: list[tuple[Loc, str | None]] = [((*loc, "evidence"), assumption.evidence)]
        named += [((*loc, "mix", place, "evidence"), one.evidence) for place, one in enumerate(assumption.mix)]
        for at, id in named:
            if id is not None and id not in known:
                said = {"nearest": nearest(id, known)}
                yield Broken(loc=at, code="unknown_evidence", parameters=said, needs=(("studies",),))
