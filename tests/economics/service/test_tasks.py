"""Time equations, and what a task costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benefits.economics.draws import Draws
from benefits.economics.numbers import Numbers
from benefits.economics.service import cost_of_task, minutes_by_group, minutes_of_task, price
from benefits.project.model import Project

Of = Callable[..., Project]

DRIVERS = (
    {"id": "alerts", "title": "A", "amount": {"low": 2, "likely": 4, "high": 9}},
    {"id": "close", "title": "C", "amount": 0.1, "group": True},
    {"id": "lightly", "title": "L", "amount": 0.5, "group": True},
)
TASK = {
    "id": "follow",
    "title": "F",
    "resource": "nurse",
    "minutes": 20.0,
    "extra": {"alerts": 6.0, "close": 30.0, "lightly": 5.0},
}


def project_of(of: Of, **changes: Any) -> Project:
    nurse = {"id": "nurse", "title": "N", "cost_per_year": 840_000.0, "hours_per_year": 1_400.0}
    plain = {"id": "s", "title": "S", "provider": "k", "drivers": DRIVERS, "tasks": (TASK,), "resources": (nurse,)}
    return of({**plain, **changes})


def test_the_minutes_are_a_time_equation_in_every_draw(of: Of) -> None:
    """20 + 6 x alerts + 30 x 0.1 + 5 x 0.5; a patient in a group takes all of its minutes and none of the other's."""
    numbers = Numbers(draws=Draws(n=30), inputs={})
    service = project_of(of).services[0]
    alerts = numbers.column("service.s.driver.alerts", service.drivers[0].amount)
    assert minutes_of_task(service, service.tasks[0], numbers=numbers) == pytest.approx(25.5 + 6 * alerts)
    groups = minutes_by_group(service, service.tasks[0], numbers=numbers)
    assert list(groups) == ["close", "lightly", ""]
    assert groups["close"] == pytest.approx(50 + 6 * alerts)
    assert groups["lightly"] == pytest.approx(25 + 6 * alerts)
    assert groups[""] == pytest.approx(20 + 6 * alerts)


def test_when_every_patient_is_in_a_group_there_is_nobody_outside(of: Of, one: Numbers) -> None:
    drivers = ({**DRIVERS[1], "amount": 0.5}, DRIVERS[2])
    service = project_of(of, drivers=drivers, tasks=({**TASK, "extra": {"close": 30.0}},)).services[0]
    assert list(minutes_by_group(service, service.tasks[0], numbers=one)) == ["close", "lightly"]


def test_the_tasks_are_the_used_capacity_in_the_price(of: Of) -> None:
    """The same draws: task by task or resource by resource, the time used costs the same in every draw."""
    numbers = Numbers(draws=Draws(n=30), inputs={})
    project = project_of(of)
    service = project.services[0]
    cost = cost_of_task(project, service, service.tasks[0], numbers=numbers)
    found = price(project, service, numbers=numbers, volume=90)
    used = next(part.amount for part in found.parts if part.kind == "used_capacity")
    assert cost is not None
    assert cost.tolist() == pytest.approx(used.tolist())


def test_the_cost_of_a_shared_resource_is_the_same_draws_for_task_and_price(of: Of) -> None:
    numbers = Numbers(draws=Draws(n=30), inputs={})
    cost = {"low": 700_000, "likely": 840_000, "high": 900_000}
    shared = {"id": "nurse", "title": "N", "cost_per_year": cost, "hours_per_year": 1_400.0}
    plain = {"id": "s", "title": "S", "provider": "k", "drivers": DRIVERS, "tasks": (TASK,)}
    project = of(plain, shared_resources=(shared,))
    service = project.services[0]
    found = price(project, service, numbers=numbers, volume=90)
    used = next(part.amount for part in found.parts if part.kind == "used_capacity")
    task = cost_of_task(project, service, service.tasks[0], numbers=numbers)
    assert task is not None
    assert task.tolist() == pytest.approx(used.tolist())


def test_a_task_without_its_resource_has_no_cost(of: Of, one: Numbers) -> None:
    project = project_of(of, resources=())
    with pytest.raises(ValueError, match="no resource"):
        cost_of_task(project, project.services[0], project.services[0].tasks[0], numbers=one)
