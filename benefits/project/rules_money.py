"""Rules on valuation, costs and financing: shares that are shares, parties that differ, events counted once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc, numbers_of, point_of
from benefits.project.valuation import Valuation

EVENT_UNITS = ("admissions", "bed_days")
GRANTS = ("helseteknologiordningen", "rhf_funds")
_ROUNDING = 1e-9


def _valuations(project: Project) -> Iterator[tuple[Loc, Valuation]]:
    for index, benefit in enumerate(project.benefits):
        if benefit.valuation:
            yield ("benefits", index, "valuation"), benefit.valuation


def funding_same_actor(project: Project) -> Iterator[Broken]:
    """A grant is paid by somebody else than the one who receives it."""
    for index, source in enumerate(project.financing.sources if project.financing else ()):
        if source.source in GRANTS and source.payer == source.receiver:
            yield Broken(loc=("financing", "sources", index, "receiver"), code="funding_same_actor")


def share_outside(project: Project) -> Iterator[Broken]:
    """An assumption in the unit share lies from 0 to 1."""
    shares = {name for name, assumption in project.assumptions.items() if assumption.unit == "share"}
    for name in sorted(shares):
        assumption = project.assumptions[name]
        for part, number in numbers_of(assumption):
            if not 0 <= number <= 1:
                yield Broken(loc=("assumptions", name, part), code="share_outside")


def shares_above_one(project: Project) -> Iterator[Broken]:
    """What can leave a budget and what is staff time are parts of the same average cost."""
    for loc, valuation in _valuations(project):
        cash, staff = (
            point_of(project.assumptions[name]) if name in project.assumptions else None
            for name in (valuation.cash_share, valuation.staff_share)
        )
        if cash is not None and staff is not None and cash + staff > 1 + _ROUNDING:
            yield Broken(
                loc=(*loc, "staff_share"),
                code="shares_above_one",
                parameters={"cash_share": cash, "staff_share": staff},
                first=(*loc, "cash_share"),
                needs=(("assumptions",),),
            )


def effect_not_positive(project: Project) -> Iterator[Broken]:
    """An effect given as a ratio is above zero."""
    seen = set()
    for _, valuation in _valuations(project):
        name = valuation.effect
        if valuation.effect_scale != "ratio" or name not in project.assumptions or name in seen:
            continue
        seen.add(name)
        for part, number in numbers_of(project.assumptions[name]):
            if number <= 0:
                yield Broken(loc=("assumptions", name, part), code="effect_not_positive")
                break


def counted_twice(project: Project) -> Iterator[Broken]:
    """An admission is priced once: not also through its bed-days, nor by a second benefit on the same events.

    Two that count the same events may share a pool, and are then scaled down to what there is of them.
    """
    priced = [
        (index, benefit)
        for index, benefit in enumerate(project.benefits)
        if not benefit.dis_benefit and benefit.status != "dropped" and _priced_events(benefit)
    ]
    for (first, one), (second, other) in combinations(priced, 2):
        if _same_events(one, other):
            yield Broken(
                loc=("benefits", second, "valuation", "unit_cost"),
                code="counted_twice",
                parameters={"other": one.id, "benefit": other.id},
                first=("benefits", first, "valuation", "unit_cost"),
                needs=(("benefits", first, "id"), ("benefits", second, "id")),
            )


def _priced_events(benefit: Benefit) -> bool:
    counted = benefit.indicator is not None and benefit.indicator.unit in EVENT_UNITS
    return counted and benefit.valuation is not None and benefit.valuation.unit_cost is not None


def _same_events(one: Benefit, other: Benefit) -> bool:
    if one.valuation is None or other.valuation is None or one.indicator is None or other.indicator is None:
        return False
    if one.valuation.actor != other.valuation.actor:
        return False
    if one.indicator.unit != other.indicator.unit:
        return True
    if one.valuation.pool is not None and one.valuation.pool == other.valuation.pool:
        return False
    same_data = one.method and other.method and one.method.data and one.method.data == other.method.data
    events = one.valuation.expected_events
    return bool(same_data) or (events is not None and events == other.valuation.expected_events)


def cost_years_backwards(project: Project) -> Iterator[Broken]:
    """A cost's last year is not before its first."""
    for index, cost in enumerate(project.costs):
        if cost.first_year and cost.last_year and cost.last_year < cost.first_year:
            loc: Loc = ("costs", index)
            yield Broken(loc=(*loc, "last_year"), code="cost_years_backwards", first=(*loc, "first_year"))


def cost_said_twice(project: Project) -> Iterator[Broken]:
    """A cost is an amount, or follows from a service, not both."""
    for index, cost in enumerate(project.costs):
        if cost.amount is not None and cost.service is not None:
            loc: Loc = ("costs", index)
            yield Broken(loc=(*loc, "service"), code="cost_said_twice", first=(*loc, "amount"))
