"""Rules on test arenas: ids that are told apart, offers that hold something, and costs that can be worked out."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.arena import Arena, Facility
from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc, nearest, point_of

MOST_ADDED = 3.0
"""Overhead and margin above this share, and an interest rate above 1, are taken to be written as per cent."""
BOOKED = ("staff", "premises", "equipment")


def _arenas(project: Project) -> Iterator[tuple[Loc, Arena]]:
    for index, arena in enumerate(project.test_arenas):
        yield ("test_arenas", index), arena


def _facilities(project: Project) -> Iterator[tuple[Loc, Facility]]:
    for loc, arena in _arenas(project):
        for name in BOOKED[1:]:
            for index, facility in enumerate(getattr(arena, name)):
                yield (*loc, name, index), facility


def arena_ids(project: Project) -> Iterator[Broken]:
    """An arena, an offer of an arena, and what is booked by the hour in it each has an id of its own."""
    groups: list[list[tuple[Loc, str]]] = [[((*loc, "id"), arena.id) for loc, arena in _arenas(project)]]
    for loc, arena in _arenas(project):
        groups.append([((*loc, "offers", index, "id"), offer.id) for index, offer in enumerate(arena.offers)])
        groups.append(
            [((*loc, name, index, "id"), one.id) for name in BOOKED for index, one in enumerate(getattr(arena, name))]
        )
    for group in groups:
        seen: dict[str, Loc] = {}
        for here, id in group:
            if id in seen:
                yield Broken(loc=here, code="duplicate_id", first=seen[id], needs=(here,))
            else:
                seen[id] = here


def arena_hours(project: Project) -> Iterator[Broken]:
    """An offer takes hours, more than none, of the arena's own staff, premises and equipment."""
    for loc, arena in _arenas(project):
        known, needs = list(arena.titles), tuple((*loc, name) for name in BOOKED)
        for index, offer in enumerate(arena.offers):
            for name, hours in offer.hours.items():
                here = (*loc, "offers", index, "hours", name)
                if name in known:
                    if hours == 0:
                        yield Broken(loc=here, code="arena_zero_hours", parameters={"name": name})
                elif known:
                    parameters = {"name": name, "nearest": nearest(name, known), "known": ", ".join(known)}
                    yield Broken(loc=here, code="arena_unknown_hours", parameters=parameters, needs=needs)
                else:
                    yield Broken(loc=here, code="nothing_to_refer_to", parameters={"section": "staff"}, needs=needs)


def arena_offer_empty(project: Project) -> Iterator[Broken]:
    """An offer takes hours, or purchases, or both."""
    for loc, arena in _arenas(project):
        for index, offer in enumerate(arena.offers):
            here = (*loc, "offers", index)
            if not offer.hours and offer.purchases is None:
                yield Broken(
                    loc=(*here, "id"), code="arena_offer_empty", needs=((*here, "hours"), (*here, "purchases"))
                )


def facility_cost(project: Project) -> Iterator[Broken]:
    """A room or piece of equipment has a yearly cost, or a price with the years it lasts, and a last value below it."""
    for loc, one in _facilities(project):
        needs = tuple((*loc, name) for name in ("cost_per_year", "price", "lifetime_years"))
        if one.cost_per_year is None and one.price is None:
            yield Broken(loc=(*loc, "id"), code="facility_without_cost", needs=needs)
        if one.price is not None and one.lifetime_years is None:
            yield Broken(loc=(*loc, "price"), code="facility_without_lifetime", needs=needs)
        if one.price is None:
            for name in ("lifetime_years", "residual"):
                if name in one.model_fields_set and one.cost_per_year is not None and getattr(one, name):
                    yield Broken(loc=(*loc, name), code="facility_without_price", needs=needs)
            continue
        price = point_of(one.price)
        if price is not None and one.residual > price:
            yield Broken(loc=(*loc, "residual"), code="facility_residual_above_price", first=(*loc, "price"))


def arena_as_percent(project: Project) -> Iterator[Broken]:
    """Overhead, margin and interest are shares: 25 per cent is 0.25."""
    for loc, arena in _arenas(project):
        limits: list[tuple[Loc, float | None, float]] = [
            ((*loc, "overhead"), arena.overhead, MOST_ADDED),
            ((*loc, "margin"), arena.margin, MOST_ADDED),
            ((*loc, "capital_rate"), arena.capital_rate, 1.0),
        ]
        limits += [
            ((*loc, "staff", index, "overhead"), one.overhead, MOST_ADDED) for index, one in enumerate(arena.staff)
        ]
        for here, share, most in limits:
            if share is not None and share > most:
                parameters = {"limit": f"{most:g}", "suggestion": f"{share / 100:g}"}
                yield Broken(loc=here, code="arena_as_percent", parameters=parameters)


def arena_patients_per_unit(project: Project) -> Iterator[Broken]:
    """An arena's staff follow hours sold, not patients."""
    for loc, arena in _arenas(project):
        for index, one in enumerate(arena.staff):
            if one.patients_per_unit is not None:
                yield Broken(loc=(*loc, "staff", index, "patients_per_unit"), code="arena_patients_per_unit")
