"""From which volume an agreed price covers what the service costs, and the stretches above it where it does not."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from benefits.economics.numbers import Numbers
from benefits.economics.service.means import AtMeans
from benefits.economics.service.saw_tooth import costs_of_a_year
from benefits.economics.service.volumes import MONTHS, largest_year, total_volumes
from benefits.project.model import Project
from benefits.project.service import Service

LEAST = 1_000
MOST = 100_000
TIMES_THE_PLANNED = 10
# A price of exactly the cost covers it, also when the cost ended a hair above.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """Where an agreed price covers the cost, over whole volumes from 1 to ``up_to``, at mean numbers.

    Attributes
    ----------
    agreed
        Kroner per patient-month.
    lowest
        The lowest volume at which it covers the cost; None when none up to ``up_to`` does.
    losing
        First and last volume of each stretch above ``lowest`` where it does not, in order; a stretch that ends at
        ``up_to`` may go on.
    always_from
        The volume from which it covers the cost at every one up to ``up_to``; None when it does not at the last.
    up_to
        The largest volume tried.
    """

    agreed: float
    lowest: int | None
    losing: tuple[tuple[int, int], ...]
    always_from: int | None
    up_to: int


def covering(
    project: Project,
    service: Service,
    *,
    numbers: Numbers,
    agreed: float | None = None,
    year: int | None = None,
    up_to: int | None = None,
) -> Covering | None:
    """Return where a price covers the cost of a service; None when no price is agreed.

    Parameters
    ----------
    project, service, numbers, year
        As for ``price``; every number is taken at its mean.
    agreed
        Kroner per patient-month; None: the service's own agreed price.
    up_to
        The largest volume tried; None: ten times the planned one, and at least 1 000.

    Examples
    --------
    A nurse of 800 000 kroner for each 80 patients, at 1 000 kroner a month: one is covered from 67 patients
    (800 000 / 12 000 = 66.7), two from 134.

    >>> from benefits.economics.draws import Draws
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "services": (
    ...     {"id": "dho", "title": "DHO", "provider": "k", "agreed_price": 1000.0,
    ...      "resources": ({"id": "nurse", "title": "N", "cost_per_year": 800_000.0, "patients_per_unit": 80.0},)},)})
    >>> found = covering(project, project.services[0], numbers=Numbers(draws=Draws(n=1), inputs={}), up_to=400)
    >>> found.lowest, found.losing, found.always_from
    (67, ((81, 133), (161, 199), (241, 266), (321, 333)), 334)
    """
    charged = service.agreed_price if agreed is None else agreed
    if charged is None:
        return None
    means = AtMeans(numbers=numbers)
    in_year = year if year is not None else largest_year(service, project, numbers=means)
    planned = float(total_volumes(project, year=in_year, numbers=means)[service.id].mean())
    last = up_to if up_to is not None else min(max(LEAST, math.ceil(planned * TIMES_THE_PLANNED)), MOST)
    volumes = np.arange(1, last + 1, dtype=np.float64)
    cost = costs_of_a_year(project, service, numbers=means, year=in_year, volumes=volumes)
    income = charged * MONTHS * volumes
    covers = income >= cost * (1 - _ROUNDING)
    if not covers.any():
        return Covering(agreed=charged, lowest=None, losing=(), always_from=None, up_to=last)
    lowest = int(np.argmax(covers)) + 1
    losing = _stretches(~covers[lowest - 1 :], first=lowest)
    always = None if not covers[-1] else (losing[-1][1] + 1 if losing else lowest)
    return Covering(agreed=charged, lowest=lowest, losing=losing, always_from=always, up_to=last)


def _stretches(where: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], *, first: int) -> tuple[tuple[int, int], ...]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], where, [False]]).astype(np.int8)))
    starts, ends = edges[::2] + first, edges[1::2] + first - 1
    return tuple((int(start), int(end)) for start, end in zip(starts, ends, strict=True))
