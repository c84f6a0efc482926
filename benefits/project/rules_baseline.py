"""Rules on a benefit's baseline and target: what must stand together, and in which order in time."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.benefit import Baseline, Benefit
from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc


def baselines(project: Project) -> Iterator[tuple[Loc, Benefit, Baseline]]:
    """Yield every baseline with its place and its benefit."""
    for index, benefit in enumerate(project.benefits):
        if benefit.baseline:
            yield ("benefits", index, "baseline"), benefit, benefit.baseline


def baseline_without_value(project: Project) -> Iterator[Broken]:
    """A baseline that is measured or estimated has a value, or is worked out from data."""
    for loc, _, baseline in baselines(project):
        if baseline.state in ("measured", "estimated") and baseline.value is None and baseline.data is None:
            yield Broken(loc=(*loc, "state"), code="baseline_without_value", needs=(loc,))


def baseline_with_value(project: Project) -> Iterator[Broken]:
    """A baseline that is only planned, or not possible, has no value."""
    for loc, _, baseline in baselines(project):
        if baseline.state in ("planned", "not_possible") and baseline.value is not None:
            yield Broken(loc=(*loc, "value"), code="baseline_with_value", parameters={"state": baseline.state})


def baseline_without_reason(project: Project) -> Iterator[Broken]:
    """A baseline that is not possible says why."""
    for loc, _, baseline in baselines(project):
        if baseline.state == "not_possible" and baseline.reason is None:
            yield Broken(loc=(*loc, "state"), code="baseline_without_reason", needs=(loc,))


def baseline_interval(project: Project) -> Iterator[Broken]:
    """A baseline's value lies between its low and its high."""
    for loc, _, baseline in baselines(project):
        order = [number for number in (baseline.low, baseline.value, baseline.high) if number is not None]
        if order != sorted(order):
            name = "value" if baseline.value is not None else "low"
            yield Broken(loc=(*loc, name), code="baseline_interval")


def period_backwards(project: Project) -> Iterator[Broken]:
    """A baseline period ends on or after the day it starts."""
    for loc, _, baseline in baselines(project):
        if baseline.period and baseline.period.end < baseline.period.start:
            yield Broken(loc=(*loc, "period", "end"), code="period_backwards", first=(*loc, "period", "start"))


def extracted_too_early(project: Project) -> Iterator[Broken]:
    """Data cannot be drawn before the period they describe has ended."""
    for loc, _, baseline in baselines(project):
        if baseline.period and baseline.extracted and baseline.extracted < baseline.period.end:
            yield Broken(loc=(*loc, "extracted"), code="extracted_too_early", first=(*loc, "period", "end"))


def baseline_after_start(project: Project) -> Iterator[Broken]:
    """A baseline from before the start covers no day after go-live."""
    for loc, _, baseline in baselines(project):
        late = baseline.period and project.go_live and baseline.period.end > project.go_live
        if baseline.before_start and late:
            yield Broken(loc=(*loc, "before_start"), code="baseline_after_start", first=("go_live",))


def target_before_baseline(project: Project) -> Iterator[Broken]:
    """A target is to be reached after the baseline period."""
    for loc, benefit, baseline in baselines(project):
        if benefit.target and baseline.period and benefit.target.date <= baseline.period.end:
            here = (*loc[:-1], "target", "date")
            yield Broken(loc=here, code="target_before_baseline", first=(*loc, "period", "end"))


def measurement_interval(project: Project) -> Iterator[Broken]:
    """A measured value lies between its low and its high."""
    for index, benefit in enumerate(project.benefits):
        for place, measurement in enumerate(benefit.measurements):
            order = [number for number in (measurement.low, measurement.value, measurement.high) if number is not None]
            if order != sorted(order):
                yield Broken(loc=("benefits", index, "measurements", place, "value"), code="measurement_interval")
