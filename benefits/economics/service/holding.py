"""How much of a year an agreed price holds for: months it holds of the months the service runs."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from benefits.project.model import Project
from benefits.project.service import Service


def months_between(first: date, last: date) -> float:
    """Return the months from one day to another, both days counted; a part of a month by its days, none backwards.

    Examples
    --------
    July to December are six months. From 16 April half of April's thirty days are left, and then May.

    >>> months_between(date(2026, 7, 1), date(2026, 12, 31)), months_between(date(2026, 4, 16), date(2026, 5, 31))
    (6.0, 1.5)
    >>> months_between(date(2026, 7, 1), date(2026, 6, 30))
    0.0
    """
    if last < first:
        return 0.0
    days_first, days_last = monthrange(first.year, first.month)[1], monthrange(last.year, last.month)[1]
    whole = (last.year - first.year) * 12 + last.month - first.month
    return whole + last.day / days_last - (first.day - 1) / days_first


def held_in(service: Service, year: int) -> tuple[date, date] | None:
    """Return the first and the last day of a year that the price of a service holds; None when it holds on none."""
    first, last = _whole(year)
    if service.valid_from is not None:
        first = max(first, service.valid_from)
    if service.valid_until is not None:
        last = min(last, service.valid_until)
    return (first, last) if first <= last else None


def part_held(service: Service, project: Project, year: int, *, starts: date | None = None) -> float:
    """Return how much of what a service does in a year it does while its price holds, between 0 and 1.

    Months the price holds divided by months the service runs: the volume of a year is a mean over the whole calendar
    year, so a service that itself begins on the day its price does has all its patient-months while the price holds.

    Parameters
    ----------
    service, project, year
        The service runs from the day the project goes live, where that is within the year, to the end of it.
    starts
        The first day of a party that comes later, whose patients are there from that day.

    Examples
    --------
    A price from 1 July of a service that runs all year; and of a party that comes on that day.

    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "go_live": date(2025, 1, 1), "services":
    ...     ({"id": "dho", "title": "D", "provider": "k", "valid_from": date(2026, 7, 1)},)})
    >>> service = project.services[0]
    >>> [part_held(service, project, year) for year in (2025, 2026, 2027)]
    [0.0, 0.5, 1.0]
    >>> part_held(service, project, 2026, starts=date(2026, 7, 1))
    1.0
    """
    held = held_in(service, year)
    if held is None:
        return 0.0
    first, last = _whole(year)
    running = first
    for begins in (project.go_live, starts):
        # What begins after the year, and has patients in it all the same, is taken to run from its first day.
        if begins is not None and running < begins <= last:
            running = begins
    return months_between(max(held[0], running), held[1]) / months_between(running, last)


def held_whole_years(service: Service, years: tuple[int, ...]) -> tuple[int, ...]:
    """Return the years in which the price of a service holds from the first day to the last."""
    return tuple(year for year in years if held_in(service, year) == _whole(year))


def _whole(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
