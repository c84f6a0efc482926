"""What each task of a service costs, and how its minutes differ between groups of patients."""

from __future__ import annotations

from collections.abc import Mapping

from benefits.economics.arrays import Array, frozen
from benefits.economics.service.means import Columns
from benefits.economics.service.minutes import groups_of, minutes_of_task
from benefits.economics.service.resource_cost import cost_per_minute, prefix_of
from benefits.project.model import Project
from benefits.project.service import Service, Task


def cost_of_task(project: Project, service: Service, task: Task, *, numbers: Columns) -> Array | None:
    """Return what a task costs, its minutes at the cost per minute, per what it is per; kroner, shape (draw,).

    None when its resource has no capacity in hours.

    Raises
    ------
    ValueError
        When neither the service nor the project has such a resource.

    Examples
    --------
    >>> from benefits.economics.draws import Draws
    >>> from benefits.economics.numbers import Numbers
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P",
    ...     "shared_resources": ({"id": "n", "title": "N", "cost_per_year": 840_000.0, "hours_per_year": 1400.0},),
    ...     "services": ({"id": "s", "title": "S", "provider": "k",
    ...                   "tasks": ({"id": "t", "title": "T", "resource": "n", "minutes": 15.0},)},)})
    >>> service = project.services[0]
    >>> cost_of_task(project, service, service.tasks[0], numbers=Numbers(draws=Draws(n=1), inputs={})).tolist()
    [150.0]
    """
    own = {one.id: one for one in service.resources}
    shared = {one.id: one for one in project.shared_resources}
    if task.resource not in {*own, *shared}:
        raise ValueError(f"{task.resource} is no resource of {service.id}")
    resource = own.get(task.resource) or shared[task.resource]
    prefix = prefix_of(service if task.resource in own else None)
    minute = cost_per_minute(resource, numbers=numbers, prefix=prefix)
    return None if minute is None else frozen(minute * minutes_of_task(service, task, numbers=numbers))


def minutes_by_group(service: Service, task: Task, *, numbers: Columns) -> Mapping[str, Array]:
    """Return the minutes of a task for a patient in each group, and under ``""`` for one in none; shape (draw,).

    Empty without groups.
    """
    groups = groups_of(service, numbers=numbers)
    return {group: minutes_of_task(service, task, numbers=numbers, group=group) for group in groups}
