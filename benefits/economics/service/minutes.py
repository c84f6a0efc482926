"""Minutes of each task as a time equation, for all patients and for those in each group."""

from __future__ import annotations

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.service.means import Columns
from benefits.economics.service.volumes import MONTHS, Situation
from benefits.project.service import Service, Task

NO_GROUP = ""
"""Stands for patients in none of the groups."""
_ROUNDING = 1e-9


def minutes_of_task(service: Service, task: Task, *, numbers: Columns, group: str | None = None) -> Array:
    """Return the minutes of a task, per what it is per; shape (draw,).

    ``minutes + sum(extra[d] x amount of driver d)``: for a driver that is a group the amount is the share of patients
    in it.

    Parameters
    ----------
    service, task
        The service whose drivers count, and the task.
    numbers
        Where uncertain numbers get their draws.
    group
        Minutes for a patient in this group, or with ``""`` for one in no group; None: the mean of all patients.

    References
    ----------
    Kaplan RS, Anderson SR. Time-driven activity-based costing. Harvard Business Review 2004;82(11):131-138.

    Examples
    --------
    20 minutes, 6 more for each of 5 alerts, and 30 more for the tenth of patients who are followed closely.

    >>> from benefits.economics.draws import Draws
    >>> from benefits.economics.numbers import Numbers
    >>> service = Service.model_validate({"id": "s", "title": "S", "provider": "k", "drivers": (
    ...     {"id": "alerts", "title": "A", "amount": 5.0}, {"id": "close", "title": "C", "amount": 0.1, "group": True}),
    ...     "tasks": ({"id": "t", "title": "T", "resource": "n", "minutes": 20.0,
    ...                "extra": {"alerts": 6.0, "close": 30.0}},)})
    >>> numbers = Numbers(draws=Draws(n=1), inputs={})
    >>> [minutes_of_task(service, service.tasks[0], numbers=numbers, group=one).tolist() for one in (None, "close", "")]
    [[53.0], [80.0], [50.0]]
    """
    prefix = f"service.{service.id}"
    total = numbers.column(f"{prefix}.minutes.{task.id}", task.minutes, unit="minutes")
    for driver in service.drivers:
        if driver.id not in task.extra:
            continue
        extra = numbers.column(f"{prefix}.minutes.{task.id}.{driver.id}", task.extra[driver.id], unit="minutes")
        if driver.group and group is not None:
            amount: Array | float = 1.0 if driver.id == group else 0.0
        else:
            amount = amount_of_driver(service, driver.id, numbers=numbers)
        total = total + extra * amount
    return frozen(total)


def amount_of_driver(service: Service, driver: str, *, numbers: Columns) -> Array:
    """Return the amount of a driver: a share of patients when it is a group; shape (draw,)."""
    one = next(each for each in service.drivers if each.id == driver)
    return numbers.column(f"service.{service.id}.driver.{driver}", one.amount, unit="share" if one.group else None)


def groups_of(service: Service, *, numbers: Columns) -> dict[str, Array]:
    """Return the share of patients in each group, and under ``""`` in none; empty when there are no groups."""
    shares = {one.id: amount_of_driver(service, one.id, numbers=numbers) for one in service.drivers if one.group}
    if not shares:
        return {}
    left = 1.0 - np.sum(list(shares.values()), axis=0)
    return shares if left.mean() < _ROUNDING else {**shares, NO_GROUP: frozen(left)}


def hours_with_patients(service: Service, resource: str, at: Situation, *, group: str | None = None) -> Array:
    """Return the hours of a resource a year that follow the patients of a service and those who start and end."""
    patients = at.patients[service.id]
    times = {"patient_month": MONTHS * patients, "start": at.starting(service), "end": at.ending(service)}
    hours: Array = np.zeros(at.numbers.draws.n)
    for task in service.tasks:
        if task.resource == resource and task.per in times:
            hours = hours + minutes_of_task(service, task, numbers=at.numbers, group=group) * times[task.per] / 60
    return hours


def hours_of_the_year(service: Service, resource: str, at: Situation) -> Array:
    """Return the hours of a resource a year that a service takes however many patients it has."""
    hours: Array = np.zeros(at.numbers.draws.n)
    for task in service.tasks:
        if task.resource == resource and task.per == "year":
            hours = hours + minutes_of_task(service, task, numbers=at.numbers) / 60
    return hours
