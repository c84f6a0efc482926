"""Rules on staff time: what a full-time year is, and whose time has a profession."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc, numbers_of

LEAST_HOURS = 100.0
"""Below this, what is given as a full-time year is hours of a day, a week or a month."""
MOST_HOURS = 8784.0
"""Hours there are in a leap year."""
UNPAID = frozenset({"patient", "relatives"})
"""Actors whose time is nobody's working time."""


def full_time_year_hours(project: Project) -> Iterator[Broken]:
    """What is given as a full-time year is the hours of a year, not of a week, and not minutes."""
    told: set[str] = set()
    for name in _full_time_years(project):
        one = project.assumptions.get(name)
        if one is None or name in told:
            continue
        told.add(name)
        parameters = {"limit": int(LEAST_HOURS), "most": int(MOST_HOURS)}
        if one.unit not in {None, "hours"}:
            yield Broken(loc=("assumptions", name, "unit"), code="full_time_year_hours", parameters=parameters)
            continue
        for part, number in numbers_of(one):
            if not LEAST_HOURS <= number <= MOST_HOURS:
                yield Broken(loc=("assumptions", name, part), code="full_time_year_hours", parameters=parameters)
                break


def profession_of_relatives(project: Project) -> Iterator[Broken]:
    """The time of relatives and patients, who are named as actors, is no working time and has no profession."""
    unpaid = {actor.id for actor in project.actors if actor.kind in UNPAID}
    for index, benefit in enumerate(project.benefits):
        valuation = benefit.valuation
        if valuation is None:
            continue
        if valuation.profession is not None and valuation.actor in unpaid:
            yield _broken(("benefits", index, "valuation", "profession"))
    for index, activity in enumerate(project.new_activity):
        if activity.profession is not None and activity.actor in unpaid:
            yield _broken(("new_activity", index, "profession"))


def _full_time_years(project: Project) -> Iterator[str]:
    yield from project.full_time_years.values()
    for benefit in project.benefits:
        if benefit.valuation is not None and benefit.valuation.hours_per_full_time_year is not None:
            yield benefit.valuation.hours_per_full_time_year


def _broken(loc: Loc) -> Broken:
    return Broken(loc=loc, code="profession_of_relatives", needs=(("actors",),))
