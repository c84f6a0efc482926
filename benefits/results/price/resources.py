"""What resources cost a year and a minute, and what each task takes and costs; needs no volume."""

from __future__ import annotations

from benefits.economics.service import cost_of_task, cost_of_unit, cost_per_minute, minutes_of_task, prefix_of
from benefits.project.service import Resource, Service
from benefits.results.price.adding import Adding
from benefits.results.price.stated import per_of


def add_unit(resource: Resource, adding: Adding, *, service: Service | None) -> None:
    """Add the yearly cost of one unit, part by part where it is built up, and the cost of a minute.

    ``service`` is None for what several services share.
    """
    columns = prefix_of(service)
    unit = cost_of_unit(resource, numbers=adding.numbers, prefix=columns)
    for part in unit.pay:
        adding.worked_out(f"unit.{resource.id}.{part.kind}", part.amount, "kroner", per="year")
    if resource.overhead:
        adding.worked_out(f"unit.{resource.id}.overhead", unit.overhead, "kroner", per="year")
    adding.worked_out(f"unit.{resource.id}.total", unit.total, "kroner", per="year")
    rate = cost_per_minute(resource, numbers=adding.numbers, prefix=columns)
    if rate is not None:
        adding.worked_out(f"rate.{resource.id}", rate, "kroner")


def add_tasks(service: Service, adding: Adding) -> None:
    """Add minutes and cost of each task, with what makes it take longer."""
    for task in service.tasks:
        per = per_of(task)
        if task.extra:
            minutes = minutes_of_task(service, task, numbers=adding.numbers)
            adding.worked_out(f"minutes.{task.id}", minutes, "minutes", per=per)
        cost = cost_of_task(adding.project, service, task, numbers=adding.numbers)
        if cost is not None:
            adding.worked_out(f"task_cost.{task.id}", cost, "kroner", per=per)
