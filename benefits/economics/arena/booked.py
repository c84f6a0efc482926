"""What an hour of a test arena's staff, rooms and equipment costs: its yearly cost over the hours it can be booked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from benefits.economics.annuity import annuity
from benefits.economics.arrays import Array, frozen
from benefits.economics.numbers import Numbers
from benefits.economics.service.resource_cost import UnitOfResource, cost_of_unit
from benefits.project.arena import Arena, Facility

BookedKind = Literal["staff", "premises", "equipment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """Something that is booked by the hour; kroner as arrays of shape (draw,).

    Attributes
    ----------
    id, kind
        Which it is.
    hours
        Hours a year that one of it can be booked.
    year
        What one of it costs in a year: ``running`` and ``capital`` of a room or equipment, or a position.
    hour
        What an hour costs: ``year`` over ``hours``.
    running, capital
        The yearly cost stated, and what the price comes to in a year; zero for staff.
    position
        What a position is made up of; None for rooms and equipment.
    by_use
        Paid for by the hours used, so that none is idle.
    """

    id: str
    kind: BookedKind
    hours: float
    year: Array
    hour: Array
    running: Array
    capital: Array
    position: UnitOfResource | None = None
    by_use: bool = False


def booked(arena: Arena, *, numbers: Numbers) -> dict[str, Booked]:
    """Return everything an arena has that is booked by the hour, by id: staff, premises, equipment, as in the file.

    Parameters
    ----------
    arena
        Each of its staff has a capacity above zero.
    numbers
        Where its numbers get their draws.

    Raises
    ------
    UnusableNumber
        When a number names an assumption that cannot stand there.

    References
    ----------
    Kaplan RS, Anderson SR. Time-driven activity-based costing. Harvard Business Review 2004;82(11):131-138.

    Examples
    --------
    A room of 210 000 kroner a year that can be booked 1 400 hours.

    >>> from benefits.economics.draws import Draws
    >>> room = {"id": "room", "title": "R", "cost_per_year": 210_000.0, "hours_per_year": 1400.0}
    >>> arena = Arena.model_validate({"id": "lab", "title": "L", "provider": "hf", "premises": (room,)})
    >>> booked(arena, numbers=Numbers(draws=Draws(n=1), inputs={}))["room"].hour.tolist()
    [150.0]
    """
    prefix, found = f"arena.{arena.id}", {}
    nothing = frozen(np.zeros(numbers.draws.n))
    for one in arena.staff:
        unit = cost_of_unit(one, numbers=numbers, prefix=prefix)
        found[one.id] = Booked(
            id=one.id,
            kind="staff",
            hours=one.hours,
            year=unit.total,
            hour=frozen(unit.total / one.hours),
            running=nothing,
            capital=nothing,
            position=unit,
            by_use=not one.stepwise,
        )
    kinds: tuple[tuple[BookedKind, tuple[Facility, ...]], ...] = (
        ("premises", arena.premises),
        ("equipment", arena.equipment),
    )
    for kind, facilities in kinds:
        for facility in facilities:
            running, capital = _parts(facility, numbers=numbers, prefix=prefix, rate=arena.capital_rate or 0.0)
            year = frozen(running + capital)
            found[facility.id] = Booked(
                id=facility.id,
                kind=kind,
                hours=facility.hours_per_year,
                year=year,
                hour=frozen(year / facility.hours_per_year),
                running=running,
                capital=capital,
            )
    return found


def _parts(facility: Facility, *, numbers: Numbers, prefix: str, rate: float) -> tuple[Array, Array]:
    """What it costs to have, and what its price less its last value comes to in each year it lasts."""
    nothing = frozen(np.zeros(numbers.draws.n))
    running = capital = nothing
    if facility.cost_per_year is not None:
        running = numbers.column(f"{prefix}.cost_per_year.{facility.id}", facility.cost_per_year, unit="kroner")
    if facility.price is not None and facility.lifetime_years is not None:
        price = numbers.column(f"{prefix}.price.{facility.id}", facility.price, unit="kroner")
        capital = annuity(price, rate=rate, years=facility.lifetime_years, residual=facility.residual)
    return running, capital
