"""The price of a service at every number of patients: it falls as fixed costs are shared, and jumps at every step."""

from __future__ import annotations

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.numbers import Numbers
from benefits.economics.service.items import items_of
from benefits.economics.service.means import AtMeans, Columns
from benefits.economics.service.price import at_volume
from benefits.economics.service.volumes import MONTHS
from benefits.project.model import Project
from benefits.project.service import Service

BETWEEN = 40
"""About how many volumes are kept between the jumps."""
# A price that ends a hair above the one before has not jumped.
_ROUNDING = 1e-9


def costs_of_a_year(project: Project, service: Service, *, numbers: Columns, year: int | None, volumes: Array) -> Array:
    """Return what a service costs in a year at each volume, kroner, shape (volume,).

    Parameters
    ----------
    project, service, year
        As for ``price``.
    numbers
        Where every number is taken at its mean.
    volumes
        Mean numbers of patients, above zero, shape (volume,).
    """
    at = at_volume(project, service, numbers=numbers, year=year, volume=volumes[:, np.newaxis])
    cost: Array = np.broadcast_to(sum(item.amount for item in items_of(service, at)), (len(volumes), 1))[:, 0]
    return cost


def saw_tooth(
    project: Project, service: Service, *, numbers: Numbers, year: int | None, first: int, last: int
) -> tuple[tuple[int, float], ...]:
    """Return whole volumes and the price at each, kroner per patient-month: both sides of every jump, and some between.

    Parameters
    ----------
    project, service, numbers, year
        As for ``price``; every number is taken at its mean, so that a step comes at one volume.
    first, last
        The volumes to begin and to end at, 1 or more.

    Examples
    --------
    A nurse of 960 000 kroner for each 80 patients: 1 000 kroner at 80, and two nurses at 81.

    >>> from benefits.economics.draws import Draws
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "services": (
    ...     {"id": "dho", "title": "DHO", "provider": "k",
    ...      "resources": ({"id": "nurse", "title": "N", "cost_per_year": 960_000.0, "patients_per_unit": 80.0},)},)})
    >>> found = dict(saw_tooth(project, project.services[0], numbers=Numbers(draws=Draws(n=1), inputs={}), year=None,
    ...                        first=40, last=160))
    >>> found[40], found[80], round(found[81]), found[160]
    (2000.0, 1000.0, 1975, 1000.0)
    """
    volumes = np.arange(first, last + 1, dtype=np.float64)
    costs = costs_of_a_year(project, service, numbers=AtMeans(numbers=numbers), year=year, volumes=volumes)
    prices = costs / (MONTHS * volumes)
    after = np.flatnonzero(prices[1:] > prices[:-1] * (1 + _ROUNDING)) + 1
    evenly = np.linspace(0, len(volumes) - 1, num=min(BETWEEN, len(volumes))).round().astype(np.int64)
    kept = np.unique(np.concatenate([evenly, after - 1, after]))
    return tuple((int(volumes[place]), float(prices[place])) for place in kept)
