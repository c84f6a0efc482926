"""Rules on a baseline worked out from data: whose data, over which window, and what a rule of selection rests on."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.model import Project
from benefits.project.rules_baseline import baselines
from benefits.project.rules_common import Broken, Loc
from benefits.project.rules_measuring import differences

ONLY_WITH_DATA = ("seasons", "until", "part_of_season", "interval", "per_unit")
"""Keys of a baseline that say how data are used."""


def baseline_needs_data(project: Project) -> Iterator[Broken]:
    """Keys that say how a baseline is worked out stand beside the data it is worked out from."""
    for loc, _, baseline in baselines(project):
        if baseline.data is None:
            for name in ONLY_WITH_DATA:
                if getattr(baseline, name):
                    yield Broken(loc=(*loc, name), code="baseline_needs_data", parameters={"key": name}, needs=(loc,))


def baseline_data_state(project: Project) -> Iterator[Broken]:
    """A baseline worked out from data is measured."""
    for loc, _, baseline in baselines(project):
        if baseline.data is not None and baseline.state != "measured":
            yield Broken(loc=(*loc, "state"), code="baseline_data_state")


def baseline_without_indicator(project: Project) -> Iterator[Broken]:
    """A baseline worked out from data is of an indicator, which the data count, and per the same."""
    sources = {source.id: source for source in project.data}
    for loc, benefit, baseline in baselines(project):
        if baseline.data is None:
            continue
        if benefit.indicator is None:
            whole = loc[:-1]
            needs = ((*whole, "indicator"),)
            yield Broken(loc=(*loc, "data"), code="baseline_without_indicator", needs=needs)
        elif (source := sources.get(baseline.data)) is not None:
            for key, has, wants in differences(source, benefit.indicator):
                yield Broken(
                    loc=(*loc, "data"),
                    code="data_per_differs",
                    parameters={"source": source.id, "key": key, "has": has, "wants": wants},
                    needs=(("data",), (*loc[:-1], "indicator")),
                )


def baseline_without_end(project: Project) -> Iterator[Broken]:
    """The window of a baseline ends at the start of the service, or on a day that is said."""
    periods = {source.id for source in project.data if source.period is not None}
    for loc, _, baseline in baselines(project):
        said = baseline.until is not None or baseline.period is not None or baseline.data in periods
        own = next((source for source in project.data if source.id == baseline.data), None)
        dated = own is not None and ("start" in own.columns or own.cohort is not None)
        if baseline.data is not None and project.go_live is None and not said and not dated:
            yield Broken(loc=(*loc, "data"), code="baseline_without_end", needs=(("go_live",), ("data",), loc))


def baseline_window_twice(project: Project) -> Iterator[Broken]:
    """The window of a baseline is said once: as a period, or as a number of seasons and where they end."""
    for loc, _, baseline in baselines(project):
        if baseline.data is None or baseline.period is None:
            continue
        for name in ("seasons", "until"):
            if getattr(baseline, name) is not None:
                yield Broken(loc=(*loc, name), code="baseline_window_twice", first=(*loc, "period"))


def until_after_start(project: Project) -> Iterator[Broken]:
    """The last day a baseline may reach is before the start; another window is said as a period."""
    for loc, _, baseline in baselines(project):
        late = baseline.until and project.go_live and baseline.until >= project.go_live
        if late:
            yield Broken(loc=(*loc, "until"), code="baseline_until_late", first=("go_live",))


def abnormal_backwards(project: Project) -> Iterator[Broken]:
    """An abnormal period ends on or after the day it starts."""
    for index, one in enumerate(project.abnormal_periods):
        if one.end < one.start:
            loc: Loc = ("abnormal_periods", index)
            yield Broken(loc=(*loc, "end"), code="period_backwards", first=(*loc, "start"))
