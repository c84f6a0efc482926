"""Rules on avoided events: what is said once, which events are counted in what, and studies that are whole."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc
from benefits.reference.evidence import RATIOS
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
            yield Broken(loc=(*loc, "raw_baseline_because"), code="because_of_nothing")


def study_is_whole(project: Project) -> Iterator[Broken]:
    """A study has a figure, inside its interval, or tells in words what it found."""
    for index, study in enumerate(project.studies):
        loc: Loc = ("studies", index)
        figures = {name: getattr(study, name) for name in ("estimate", "low", "high")}
        given = [name for name, figure in figures.items() if figure is not None]
        if study.measure == "narrative":
            if given:
                yield Broken(loc=(*loc, given[0]), code="study_with_figure")
            elif study.finding is None:
                yield Broken(loc=(*loc, "measure"), code="study_without_finding")
            continue
        if study.estimate is None:
            yield Broken(loc=(*loc, "measure"), code="study_without_figure")
            continue
        if (study.low is None) != (study.high is None):
            yield Broken(loc=(*loc, "low" if study.low is not None else "high"), code="study_interval")
            continue
        if study.measure in RATIOS and min(figures[name] for name in given) <= 0:
            below = next(name for name in given if figures[name] <= 0)
            yield Broken(loc=(*loc, below), code="study_ratio_not_positive")
        elif study.low is not None and study.high is not None and not study.low < study.estimate < study.high:
            yield Broken(loc=(*loc, "estimate"), code="study_interval")
