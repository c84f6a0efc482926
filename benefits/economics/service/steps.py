"""Where a service needs one more of what comes in steps: whole units of a resource, started steps, bands of volume."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.numbers import Numbers
from benefits.economics.refusals import WithoutVolume
from benefits.economics.service.capacity import resource_uses
from benefits.economics.service.items import band_of, steps_started
from benefits.economics.service.means import AtMeans
from benefits.economics.service.price import at_volume
from benefits.economics.service.volumes import Situation, largest_year
from benefits.project.model import Project
from benefits.project.service import Service

StepKind = Literal["resource", "shared_resource", "step", "band"]
SHARES = (0.25, 0.5, 0.75, 1.25, 1.5, 2.0)
"""Volumes tried, as shares of the planned one."""
_FARTHEST = 40
_AT_ONCE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The next volume at which a service needs one more of something.

    Attributes
    ----------
    kind, id
        Of what: a whole unit of a resource, own or shared; a started step of a fixed cost; its next band.
    service
        The service it is in: the one priced, or one it uses.
    volume
        The lowest whole number of patients of the service priced at which one more is needed.
    """

    kind: StepKind
    id: str
    service: str
    volume: int


def next_steps(
    project: Project, service: Service, *, numbers: Numbers, year: int | None = None, volume: float | None = None
) -> tuple[Step, ...]:
    """Return the next step of everything in a service that comes in steps, the nearest first.

    Parameters
    ----------
    project, service, numbers, year, volume
        As for ``price``. Every number is taken at its mean.

    Returns
    -------
    tuple
        One for each resource that comes in whole units and is used, for each fixed cost by steps, and for each by bands
        that has a band left; those of the services it uses among them.

    Raises
    ------
    WithoutVolume
        When there is no volume to start from.

    Examples
    --------
    A nurse has 1 600 hours: 96 000 minutes, or 80 patients at 12 x 100.

    >>> from benefits.economics.draws import Draws
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "services": (
    ...     {"id": "dho", "title": "DHO", "provider": "k",
    ...      "resources": ({"id": "nurse", "title": "N", "cost_per_year": 800_000.0, "hours_per_year": 1600.0},),
    ...      "tasks": ({"id": "follow", "title": "F", "resource": "nurse", "minutes": 100.0},)},)})
    >>> steps = next_steps(project, project.services[0], numbers=Numbers(draws=Draws(n=1), inputs={}), volume=70)
    >>> [(step.kind, step.id, step.volume) for step in steps]
    [('resource', 'nurse', 81)]
    """
    means = AtMeans(numbers=numbers)
    in_year = year if year is not None else largest_year(service, project, numbers=means)
    now = at_volume(project, service, numbers=means, year=in_year, volume=volume)
    if not np.all(now.patients[service.id] > 0):
        raise WithoutVolume("service_without_volume", service=service.id)
    start = float(now.patients[service.id].mean())

    def levels(volumes: Iterable[float]) -> dict[tuple[str, str, str], Array]:
        patients = np.array(list(volumes), dtype=np.float64)[:, np.newaxis]
        at = at_volume(project, service, numbers=means, year=in_year, volume=patients)
        return {key: np.broadcast_to(level, patients.shape)[:, 0] for key, level in _levels(service, at)}

    # Doubling finds a stretch that holds the step, of whatever size the service is; then the stretch is made narrower.
    first = math.floor(start) + 1
    ends = [first - 1 + 2**power for power in range(_FARTHEST)]
    begun = levels([start])
    steps: list[Step] = []
    for key, found in levels(ends).items():
        beyond = np.flatnonzero(found > begun[key][0])
        if not beyond.size:
            continue
        high = ends[int(beyond[0])]
        low = ends[int(beyond[0]) - 1] if beyond[0] else first - 1
        while high - low > 1:
            tried = sorted({low + max(1, (high - low) * part // _AT_ONCE) for part in range(1, _AT_ONCE)})
            above = [one for one, level in zip(tried, levels(tried)[key], strict=True) if level > begun[key][0]]
            high = min([*above, high])
            low = max([low, *(one for one in tried if one < high)])
        kind, id, where = key
        steps.append(Step(kind=_kind(kind), id=id, service=where, volume=high))
    return tuple(sorted(steps, key=lambda step: (step.volume, step.service, step.kind, step.id)))


def volumes_around(planned: float, *, steps: Iterable[int] = ()) -> tuple[float, ...]:
    """Return volumes to price: the planned one, round ones around it, and both sides of each step.

    Parameters
    ----------
    planned
        Mean number of patients over a year, above zero.
    steps
        Numbers of patients at which something more is needed.

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
    # At enormous volumes a step may lie so near the planned one that the two are written alike.
    others = {volume for volume in {*tried, *both_sides} if volume > 0 and f"{volume:.12g}" != f"{planned:.12g}"}
    return tuple(sorted({*others, float(planned)}))


def _kind(word: str) -> StepKind:
    kinds: tuple[StepKind, ...] = ("resource", "shared_resource", "step", "band")
    return next(kind for kind in kinds if kind == word)


def _levels(service: Service, at: Situation) -> Iterator[tuple[tuple[str, str, str], Array]]:
    """How many of each thing that comes in steps a service pays for; none of them falls when the patients grow."""
    stepwise = {one.id for one in (*service.resources, *at.project.shared_resources) if one.stepwise}
    for id, use in resource_uses(service, at).items():
        if id in stepwise:
            kind = "shared_resource" if use.shared else "resource"
            yield (kind, id, "" if use.shared else service.id), use.units
    patients = at.patients[service.id]
    for cost in service.fixed:
        if cost.bands:
            yield ("band", cost.id, service.id), band_of(cost, patients)
        elif cost.every is not None:
            yield ("step", cost.id, service.id), steps_started(cost.every, patients)
    for used in dict.fromkeys(use.service for use in service.uses):
        other = next(one for one in at.project.services if one.id == used)
        yield from _levels(other, at)
