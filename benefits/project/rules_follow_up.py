"""Rules on following up: dates of verdict and of measurement, the end of the project, periods of measurements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc

Dates = Iterator[tuple[Loc, tuple[date, ...]]]


def ends_before_start(project: Project) -> Iterator[Broken]:
    """A project ends after its service started."""
    if project.ends is not None and project.go_live is not None and project.ends <= project.go_live:
        yield Broken(loc=("ends",), code="ends_before_start", first=("go_live",))


def follow_up_before_start(project: Project) -> Iterator[Broken]:
    """Nothing is judged or measured as a result before the service starts."""
    for loc, days in _dates(project):
        for place, day in enumerate(days):
            if project.go_live is not None and day <= project.go_live:
                yield Broken(loc=(*loc, place), code="follow_up_before_start", first=("go_live",))


def follow_up_twice(project: Project) -> Iterator[Broken]:
    """A date stands once in a list of dates."""
    for loc, days in _dates(project):
        seen: dict[date, Loc] = {}
        for place, day in enumerate(days):
            if day in seen:
                yield Broken(loc=(*loc, place), code="follow_up_twice", first=seen[day])
            else:
                seen[day] = (*loc, place)


def measured_backwards(project: Project) -> Iterator[Broken]:
    """The time a value was measured over ends on its date, so it begins no later."""
    for index, benefit in enumerate(project.benefits):
        for place, measurement in enumerate(benefit.measurements):
            if measurement.start is not None and measurement.start > measurement.date:
                loc: Loc = ("benefits", index, "measurements", place)
                yield Broken(loc=(*loc, "start"), code="measured_backwards", first=(*loc, "date"))


def reported_too_early(project: Project) -> Iterator[Broken]:
    """A value is reported when the days it is of are over."""
    for index, benefit in enumerate(project.benefits):
        for place, measurement in enumerate(benefit.measurements):
            if measurement.reported_on is not None and measurement.date > measurement.reported_on:
                loc: Loc = ("benefits", index, "measurements", place)
                yield Broken(loc=(*loc, "date"), code="reported_too_early", first=(*loc, "reported_on"))


def _dates(project: Project) -> Dates:
    for index, benefit in enumerate(project.benefits):
        if benefit.method is not None:
            loc: Loc = ("benefits", index, "method")
            yield (*loc, "verdict_dates"), benefit.method.verdict_dates
            yield (*loc, "measurement_dates"), benefit.method.measurement_dates
