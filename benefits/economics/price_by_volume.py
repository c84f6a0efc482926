"""The price of a service at other volumes than the planned one, and where another whole resource is needed."""

from __future__ import annotations

import math
from collections.abc import Iterable

from benefits.economics.arrays import Array, frozen
from benefits.economics.draws import Draws
from benefits.economics.inputs import distribution_of
from benefits.economics.service_price import ServicePrice, price
from benefits.project.service import Resource, Service, Task

SHARES = (0.25, 0.5, 0.75, 1.25, 1.5, 2.0)
"""Volumes tried, as shares of the planned one."""


def volumes_around(planned: float, *, steps: Iterable[int] = ()) -> tuple[float, ...]:
    """Return volumes to price: the planned one, round ones around it, and both sides of each step.

    Parameters
    ----------
    planned
        Mean number of patients over a year, above zero.
    steps
        Numbers of patients at which another whole resource is needed.

    Examples
    --------
    >>> volumes_around(150, steps=[153])
    (40.0, 75.0, 115.0, 150.0, 152.0, 153.0, 190.0, 225.0, 300.0)
    >>> volumes_around(2)
    (1.0, 2.0, 3.0, 4.0)
    """
    unit = max(1.0, 10.0 ** math.floor(math.log10(planned)) / 20)
    tried = {math.floor(planned * share / unit + 0.5) * unit for share in SHARES}
    both_sides = {float(volume) for step in steps for volume in (step - 1, step)}
    return tuple(sorted(volume for volume in {*tried, *both_sides, float(planned)} if volume > 0))


def prices_at(service: Service, *, volumes: Iterable[float], draws: Draws) -> tuple[ServicePrice, ...]:
    """Return the price of a service at each volume, with the same draws, so that only the volume differs.

    Raises
    ------
    WithoutVolume
        When a volume is not above zero.
    """
    return tuple(price(service, volume=volume, draws=draws) for volume in volumes)


def cost_per_minute(service: Service, resource: Resource, *, draws: Draws) -> Array:
    """Return what a minute of a resource costs: its yearly cost over its practical capacity; kroner, shape (draw,).

    References
    ----------
    Kaplan RS, Anderson SR. Time-driven activity-based costing. Harvard Business Review 2004;82(11):131-138.

    Examples
    --------
    >>> from benefits.project.fields import Quantity, Text
    >>> nurse = Resource(id="n", title=Text(nb="N"), cost_per_year=Quantity(value=840_000.0), hours_per_year=1_400.0)
    >>> dho = Service(id="dho", title=Text(nb="DHO"), provider="k", resources=(nurse,))
    >>> cost_per_minute(dho, nurse, draws=Draws(n=1)).tolist()
    [10.0]
    """
    # The same column as the price itself is drawn from.
    assert resource.cost_per_year is not None
    name = f"service.{service.id}.cost_per_year.{resource.id}"
    return frozen(draws.column(name, distribution_of(resource.cost_per_year)) / (resource.hours * 60))


def cost_of_task(service: Service, task: Task, *, draws: Draws) -> Array:
    """Return what a task costs per patient-month: its minutes at the cost per minute; kroner, shape (draw,).

    Raises
    ------
    ValueError
        When the service has no such resource.
    """
    resource = next((one for one in service.resources if one.id == task.resource), None)
    if resource is None:
        raise ValueError(f"{task.resource} is no resource of {service.id}")
    minutes = draws.column(f"service.{service.id}.minutes.{task.id}", distribution_of(task.minutes))
    return frozen(minutes * cost_per_minute(service, resource, draws=draws))
