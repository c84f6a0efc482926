"""Rules on assumptions: those instead of a reference value, those that grow, and those that cannot be below zero."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.model import Project
from benefits.project.rules_common import Broken, numbers_of
from benefits.project.valuation import Transfer


def instead_of_without_number(project: Project) -> Iterator[Broken]:
    """Only a number of the project's own stands instead of a reference value."""
    for name, one in project.assumptions.items():
        if one.instead_of is not None and not one.form:
            yield Broken(loc=("assumptions", name, "instead_of"), code="instead_of_without_number")


def growing_value_not_kroner(project: Project) -> Iterator[Broken]:
    """A value of time, life or health is kroner; what a reference value is, is not known here."""
    for name, one in project.assumptions.items():
        if one.value_of is not None and one.unit not in {None, "kroner"}:
            loc = ("assumptions", name)
            yield Broken(loc=(*loc, "value_of"), code="growing_value_not_kroner", needs=((*loc, "unit"),))


def counted_or_priced_below_zero(project: Project) -> Iterator[Broken]:
    """What events are counted and priced with is not below zero: it would turn gains into losses, unseen."""
    told: set[str] = set()
    for name in _counted_or_priced(project):
        one = project.assumptions.get(name) if name is not None else None
        if name is None or one is None or one.unit == "share" or name in told:
            continue
        told.add(name)
        for part, number in numbers_of(one):
            if number < 0:
                yield Broken(loc=("assumptions", name, part), code="too_small", parameters={"limit": "0"})
                break


def _counted_or_priced(project: Project) -> Iterator[str | None]:
    """Not effects, nor hours per event: those may go either way."""
    for benefit in project.benefits:
        valuation = benefit.valuation
        if valuation is None:
            continue
        yield from (valuation.expected_events, valuation.unit_cost, valuation.bed_days, valuation.health_value)
        yield valuation.hours_per_full_time_year
        yield from _moved(valuation.transfers)
        if valuation.travel is not None:
            travel = valuation.travel
            yield from (travel.journeys, travel.cost, travel.reimbursement)
    for pool in project.pools:
        yield pool.per_year
    for activity in project.new_activity:
        yield activity.unit_cost
        yield from _moved(activity.transfers)


def _moved(transfers: tuple[Transfer, ...]) -> Iterator[str | None]:
    for transfer in transfers:
        yield from (transfer.amount, transfer.weight, transfer.share)
