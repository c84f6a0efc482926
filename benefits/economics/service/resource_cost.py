"""What one whole unit of a resource costs in a year, part by part, and what a minute of it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.service.means import Columns
from benefits.economics.service.volumes import MONTHS
from benefits.project.service import Pay, Resource, Service

PayKind = Literal["monthly", "holiday_pay", "pension", "payroll_tax", "other"]
_SHARED = "shared_resources"
"""How the names of the columns of what several services share begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPart:
    """One part of what an employee costs in a year: kroner, shape (draw,)."""

    kind: PayKind
    amount: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOfResource:
    """What one whole unit of a resource costs in a year: kroner, arrays of shape (draw,).

    Attributes
    ----------
    pay
        What an employee costs, part by part; empty when the yearly cost is stated.
    stated
        The yearly cost as stated; None when it is built up from pay.
    overhead
        What comes on top.
    total
        All of it.
    """

    pay: tuple[PayPart, ...]
    stated: Array | None
    overhead: Array
    total: Array


def prefix_of(service: Service | None) -> str:
    """Return how the names of a service's columns begin; None stands for what several services share."""
    return _SHARED if service is None else f"service.{service.id}"


def cost_of_unit(resource: Resource, *, numbers: Columns, prefix: str) -> UnitOfResource:
    """Return what one whole unit of a resource costs in a year.

    Parameters
    ----------
    resource
        With a yearly cost or pay, and overhead on top.
    numbers
        Where uncertain numbers get their draws.
    prefix
        How the names of its columns begin, as ``service.dho``; see ``prefix_of``.

    Notes
    -----
    ``(12 x monthly x (1 + holiday_pay + pension) x (1 + payroll_tax) + other) x (1 + overhead)``. No rate is built in:
    holiday pay, pension and payroll tax differ between employers and zones, and are inputs.

    Examples
    --------
    >>> from benefits.economics.draws import Draws
    >>> from benefits.economics.numbers import Numbers
    >>> nurse = Resource.model_validate({"id": "n", "title": "N", "hours_per_year": 1400.0, "overhead": 0.1, "pay": {
    ...     "monthly": 50_000.0, "holiday_pay": 0.12, "pension": 0.13, "payroll_tax": 0.141, "other": 4_250.0}})
    >>> unit = cost_of_unit(nurse, numbers=Numbers(draws=Draws(n=1), inputs={}), prefix="service.dho")
    >>> [(part.kind, round(part.amount[0])) for part in unit.pay[:4]]
    [('monthly', 600000), ('holiday_pay', 72000), ('pension', 78000), ('payroll_tax', 105750)]
    >>> round(unit.total[0])
    946000
    """
    n = numbers.draws.n
    if resource.pay is not None:
        pay, stated = _pay(resource.pay, numbers=numbers, name=f"{prefix}.pay.{resource.id}"), None
        cost = frozen(np.sum([part.amount for part in pay], axis=0))
    else:
        pay = ()
        quantity = resource.cost_per_year
        name = f"{prefix}.cost_per_year.{resource.id}"
        cost = frozen(np.zeros(n)) if quantity is None else numbers.column(name, quantity, unit="kroner")
        stated = cost
    overhead = frozen(cost * resource.overhead)
    return UnitOfResource(pay=pay, stated=stated, overhead=overhead, total=frozen(cost + overhead))


def _pay(pay: Pay, *, numbers: Columns, name: str) -> tuple[PayPart, ...]:
    year = MONTHS * numbers.column(f"{name}.monthly", pay.monthly, unit="kroner")
    holiday = year * numbers.column(f"{name}.holiday_pay", pay.holiday_pay, unit="share")
    pension = year * numbers.column(f"{name}.pension", pay.pension, unit="share")
    tax = (year + holiday + pension) * numbers.column(f"{name}.payroll_tax", pay.payroll_tax, unit="share")
    parts = [
        PayPart(kind="monthly", amount=frozen(year)),
        PayPart(kind="holiday_pay", amount=frozen(holiday)),
        PayPart(kind="pension", amount=frozen(pension)),
        PayPart(kind="payroll_tax", amount=frozen(tax)),
    ]
    if pay.other:
        parts.append(PayPart(kind="other", amount=frozen(np.full(numbers.draws.n, pay.other))))
    return tuple(parts)


def cost_per_minute(resource: Resource, *, numbers: Columns, prefix: str) -> Array | None:
    """Return what a minute of a resource costs: its yearly cost over its practical capacity; kroner, shape (draw,).

    None when no capacity is stated, as for one that follows the number of patients alone.

    References
    ----------
    Kaplan RS, Anderson SR. Time-driven activity-based costing. Harvard Business Review 2004;82(11):131-138.

    Examples
    --------
    >>> from benefits.economics.draws import Draws
    >>> from benefits.economics.numbers import Numbers
    >>> nurse = Resource.model_validate({"id": "n", "title": "N", "cost_per_year": 840_000.0, "hours_per_year": 1400.0})
    >>> cost_per_minute(nurse, numbers=Numbers(draws=Draws(n=1), inputs={}), prefix="service.dho").tolist()
    [10.0]
    """
    if not resource.hours:
        return None
    return frozen(cost_of_unit(resource, numbers=numbers, prefix=prefix).total / (resource.hours * 60))
