"""What a patient-month costs while a service grows to its largest volume, taken over all those years together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.numbers import Numbers
from benefits.economics.service.price import ServicePrice, price
from benefits.economics.service.volumes import MONTHS, largest_year, priced_years, total_volumes
from benefits.project.model import Project
from benefits.project.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class RampUp:
    """The years up to and with that of the largest volume, and what they cost.

    Attributes
    ----------
    years
        In order; those without patients are left out.
    by_year
        The price of each.
    price
        The cost of all of them over all their patient-months: kroner, shape (draw,).
    """

    years: tuple[int, ...]
    by_year: Mapping[int, ServicePrice]
    price: Array


def ramp_up(project: Project, service: Service, *, numbers: Numbers) -> RampUp | None:
    """Return what the years of growth cost together; None when no year has patients.

    Parameters
    ----------
    project, service, numbers
        As for ``price``.

    Examples
    --------
    120 000 kroner a year for 10 patients, then 40: 1 000 and 250 a month, 240 000 / 600 = 400 together.

    >>> from benefits.economics.draws import Draws
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "services": (
    ...     {"id": "s", "title": "S", "provider": "k", "volume": {2026: 10.0, 2027: 40.0, 2028: 40.0},
    ...      "fixed": ({"id": "platform", "title": "P", "amount": 120_000.0},)},)})
    >>> found = ramp_up(project, project.services[0], numbers=Numbers(draws=Draws(n=1), inputs={}))
    >>> found.years, float(found.price[0])
    ((2026, 2027), 400.0)
    """
    last = largest_year(service, project, numbers=numbers)
    if last is None:
        return None
    years = tuple(year for year in priced_years(service, project) if year <= last)
    by_year = {year: price(project, service, numbers=numbers, year=year) for year in years}
    months = {year: MONTHS * total_volumes(project, year=year, numbers=numbers)[service.id] for year in years}
    cost = np.sum([by_year[year].full * months[year] for year in years], axis=0)
    return RampUp(years=years, by_year=by_year, price=frozen(cost / np.sum(list(months.values()), axis=0)))
