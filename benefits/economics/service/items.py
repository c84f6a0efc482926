"""Everything a service costs in a year, one item at a time, each with what of it follows use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from benefits.economics.annuity import annuity
from benefits.economics.arrays import Array
from benefits.economics.service.capacity import ROUNDING, resource_uses
from benefits.economics.service.volumes import MONTHS, Situation, amount_used
from benefits.project.service import Equipment, FixedCost, Service, UnitCost, Vat

ItemKind = Literal[
    "fixed",
    "step",
    "per_patient_month",
    "equipment",
    "start",
    "end",
    "vat",
    "used_capacity",
    "idle_capacity",
    "other_service",
    "other_service_idle",
]
IDLE: frozenset[ItemKind] = frozenset({"idle_capacity", "other_service_idle"})
"""What is paid for and not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing a service costs: kroner a year, arrays that go with shape (draw,).

    Attributes
    ----------
    id, kind
        Which, among those of its kind.
    of
        Of merverdiavgift: the kind of what it is on; else as ``kind``.
    amount
        All of it.
    by_use
        The part that follows the patients; the rest is there whatever their number.
    marginal
        What follows the patients as long as nothing further that comes in steps is needed.
    """

    id: str
    kind: ItemKind
    of: ItemKind
    amount: Array
    by_use: Array
    marginal: Array


def items_of(service: Service, at: Situation) -> tuple[Item, ...]:
    """Return everything a service costs in a year at the patients it has then."""
    return tuple(_items(service, at))


def _items(service: Service, at: Situation) -> Iterator[Item]:
    patients = at.patients[service.id]
    for fixed in service.fixed:
        kind: ItemKind = "fixed" if fixed.every is None and not fixed.bands else "step"
        yield from _with_vat(fixed.id, kind, _fixed(service, fixed, at), fixed.vat, follows=False)
    unit_costs: tuple[tuple[ItemKind, tuple[UnitCost, ...], Array], ...] = (
        ("per_patient_month", service.per_patient_month, MONTHS * patients),
        ("start", service.per_start, at.starting(service)),
        ("end", service.per_end, at.ending(service)),
    )
    for kind, costs, times in unit_costs:
        for cost in costs:
            amount = at.numbers.column(f"service.{service.id}.{kind}.{cost.id}", cost.amount, unit="kroner")
            yield from _with_vat(cost.id, kind, amount * times, cost.vat, follows=True)
    for equipment in service.equipment:
        yield from _equipment(service, equipment, at)
    for id, use in resource_uses(service, at).items():
        marginal_of_used = np.minimum(use.marginal, use.used_cost)
        yield Item(
            id=id, kind="used_capacity", of="used_capacity", amount=use.used_cost, by_use=use.by_use,
            marginal=marginal_of_used,
        )  # fmt: skip
        yield Item(
            id=id, kind="idle_capacity", of="idle_capacity", amount=use.idle_cost, by_use=np.zeros_like(use.idle_cost),
            marginal=use.marginal - marginal_of_used,
        )  # fmt: skip
    for used in dict.fromkeys(use.service for use in service.uses):
        yield from _other_service(service, used, at)


def _fixed(service: Service, cost: FixedCost, at: Situation) -> Array:
    name = f"service.{service.id}.fixed.{cost.id}"
    times = MONTHS if cost.per == "month" else 1
    patients = at.patients[service.id]
    if cost.bands:
        place = band_of(cost, patients)
        bands = [
            at.numbers.column(f"{name}.{index}", band.amount, unit="kroner") * (place == index)
            for index, band in enumerate(cost.bands)
        ]
        by_band: Array = times * sum(bands[1:], bands[0])
        return by_band
    if cost.amount is None:
        return np.zeros(at.numbers.draws.n)
    amount = times * at.numbers.column(name, cost.amount, unit="kroner")
    return amount if cost.every is None else amount * steps_started(cost.every, patients)


def band_of(cost: FixedCost, patients: Array) -> Array:
    """Return which band a number of patients is in, counted from zero."""
    starts = np.array([band.from_patients for band in cost.bands])
    place = np.searchsorted(starts, np.asarray(patients) + ROUNDING, side="right") - 1
    return np.asarray(np.maximum(place, 0), dtype=np.float64)


def steps_started(every: float, patients: Array) -> Array:
    """Return how many steps of ``every`` patients are started; none without patients."""
    started: Array = np.maximum(np.ceil(patients / every - ROUNDING), 0.0)
    return started


def _equipment(service: Service, equipment: Equipment, at: Situation) -> Iterator[Item]:
    """Price less what it is worth at last over its months, and what is lost; or the same as an annuity.

    Merverdiavgift is paid on the price, and comes back neither when something is lost nor when it is sold.
    """
    price = at.numbers.column(f"service.{service.id}.equipment.{equipment.id}", equipment.price, unit="kroner")
    times = MONTHS * at.patients[service.id]

    def a_month(paid: Array, residual: float) -> Array:
        lost = paid * equipment.lost_per_year / MONTHS
        if service.capital_rate is None:
            return (paid - residual) / equipment.lifetime_months + lost
        years = equipment.lifetime_months / MONTHS
        return annuity(paid, rate=service.capital_rate, years=years, residual=residual) / MONTHS + lost

    yield _following(equipment.id, "equipment", a_month(price, equipment.residual) * times)
    if equipment.vat is not None and not equipment.vat.compensated:
        amount = a_month(price * equipment.vat.rate, 0.0) * times
        yield _following(equipment.id, "vat", amount, of="equipment")


def _other_service(service: Service, used: str, at: Situation) -> Iterator[Item]:
    """What is fixed in the other service stays fixed, and what is idle stays idle, in the price of this one."""
    other = next(one for one in at.project.services if one.id == used)
    taken = at.patients[service.id] * amount_used(service, used, numbers=at.numbers)
    all_of_it = at.patients[used]
    shape = np.broadcast(taken, all_of_it).shape
    share = np.divide(taken, all_of_it, out=np.zeros(shape), where=all_of_it > 0)
    items: tuple[Item, ...] = at.worked_out.get(used) or at.worked_out.setdefault(used, items_of(other, at))
    kinds: tuple[tuple[ItemKind, bool], ...] = (("other_service", False), ("other_service_idle", True))
    for kind, idle in kinds:
        there = [one for one in items if (one.kind in IDLE) is idle]
        amount, by_use, marginal = (
            share * sum((getattr(one, name) for one in there), np.zeros(at.numbers.draws.n))
            for name in ("amount", "by_use", "marginal")
        )
        yield Item(id=used, kind=kind, of=kind, amount=amount, by_use=by_use, marginal=marginal)


def _with_vat(id: str, kind: ItemKind, amount: Array, vat: Vat | None, *, follows: bool) -> Iterator[Item]:
    make = _following if follows else _standing
    yield make(id, kind, amount)
    if vat is not None and not vat.compensated:
        yield make(id, "vat", amount * vat.rate, of=kind)


def _following(id: str, kind: ItemKind, amount: Array, *, of: ItemKind | None = None) -> Item:
    return Item(id=id, kind=kind, of=of or kind, amount=amount, by_use=amount, marginal=amount)


def _standing(id: str, kind: ItemKind, amount: Array, *, of: ItemKind | None = None) -> Item:
    nothing = np.zeros_like(amount)
    return Item(id=id, kind=kind, of=of or kind, amount=amount, by_use=nothing, marginal=nothing)
