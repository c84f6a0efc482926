"""What comes instead of an event that is avoided: hours and kroner at whoever provides it, and whether it is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from benefits.economics.arrays import Array
from benefits.economics.flows import Flows, Line
from benefits.economics.inputs import Input
from benefits.economics.numbers import UnusableNumber
from benefits.economics.pricing import Events, Pricing, Rows
from benefits.economics.product import Yearly
from benefits.economics.units import conversion
from benefits.errors import Gap
from benefits.project.benefit import Benefit
from benefits.project.fields import Quantity
from benefits.project.gaps import replacement_assessed
from benefits.project.model import Project
from benefits.project.valuation import Replacement
from benefits.reference.distributions import UnusableDistribution
from benefits.vocabulary import Unit

WEIGHTS: Mapping[str, int] = {
    "relatives_time_not_priced": 20,
    "replacement_not_counted": 46,
    "replacement_unusable": 60,
}
"""How much each gap matters, beside those of the plan itself."""
_Found = TypeVar("_Found")
REPLACED = "replaced"
"""What stands between the id of a benefit and that of what comes instead, among the flows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What comes instead of some events, shapes (year, draw); positive where it comes.

    Attributes
    ----------
    quantity
        In the replacement's own unit.
    hours
        Working time, or the time of relatives; None where nobody has said.
    kroner
        What it costs, with real growth; None where it is not priced.
    of_quantity, of_hours, of_kroner
        The inputs behind each.
    """

    quantity: Yearly
    hours: Yearly | None
    kroner: Yearly | None
    of_quantity: tuple[Input, ...]
    of_hours: tuple[Input, ...]
    of_kroner: tuple[Input, ...]


def item_of(benefit: str, replacement: str) -> str:
    """Return what the rows of something that comes instead are called.

    Examples
    --------
    >>> item_of("g1", "kad")
    'g1.replaced.kad'
    """
    return f"{benefit}.{REPLACED}.{replacement}"


def is_replacement(item: str) -> bool:
    """Return whether rows of the flows are of something that comes instead of an event.

    Examples
    --------
    >>> is_replacement("g1.replaced.kad"), is_replacement("g1.isf")
    (True, False)
    """
    return f".{REPLACED}." in item


def not_assessed(project: Project, flows: Flows, *, actor: str = "") -> tuple[str, ...]:
    """Return the benefits that bring an actor kroner, or anybody, and whose replacements are not assessed.

    While there is one, what is left after costs is not to be called a saving.

    Parameters
    ----------
    project, flows
        The plan and what follows from it.
    actor
        Id; empty for everybody.
    """
    money = flows.select(unit="kroner", layer=("cash", "transfer"))
    if actor:
        money = money.select(actor=actor)
    bringing = {row.item.split(".")[0] for row in money.index}
    return tuple(one.id for one in project.benefits if one.id in bringing and not replacement_assessed(one))


def replacement_lines(
    rows: Rows, benefit: Benefit, replacement: Replacement, *, pricing: Pricing, gaps: list[Gap]
) -> Iterator[Line]:
    """Yield the hours and the kroner of something that comes instead: negative, at whoever provides it."""
    found = replaced(rows.events, benefit, replacement, pricing=pricing, gaps=gaps)
    if found is None:
        return
    part = f"{REPLACED}.{replacement.id}"
    if found.hours is not None:
        known = replace(rows, events=known_as(rows.events, replacement.per_event, replacement.hours))
        yield known("hours", "capacity", -found.hours, *found.of_hours, actor=replacement.actor, part=part)
    if found.kroner is not None:
        known = replace(rows, events=known_as(rows.events, replacement.per_event, replacement.unit_cost))
        yield known("kroner", "cost", -found.kroner, *found.of_kroner, actor=replacement.actor, part=part)


def known_as(events: Events, *numbers: Quantity | None) -> Events:
    """Return the events, known no better than what they are multiplied by where that is written in its place.

    Such a number has no standing of its own, so it is assumed; one that names an assumption has the assumption's.
    """
    if any(one is not None and one.assumption is None for one in numbers):
        return replace(events, grade="assumed", standing="assumed")
    return events


def replaced(
    events: Events, benefit: Benefit, replacement: Replacement, *, pricing: Pricing, gaps: list[Gap]
) -> Replaced | None:
    """Return what comes instead of some events; None, with a gap, when it is not known how much.

    Parameters
    ----------
    events
        Avoided events.
    benefit, replacement
        Whose events, and what comes instead.
    pricing
        The project's inputs.
    gaps
        Told what cannot be used, time of relatives that is priced without being a value of time, and something that
        comes instead and has neither hours nor kroner.

    Notes
    -----
    ``avoided x per event``, and of that ``x hours`` and ``x unit cost``. What is counted in hours or minutes is its own
    hours, and what is counted in kroner its own kroner. More events than before mean less of what comes instead.
    """
    found = _usable(
        lambda: _number(benefit, replacement, "per_event", replacement.unit, pricing), benefit, replacement, gaps
    )
    if found is None:
        return None
    amount, of_amount = found
    quantity = events.avoided * amount
    in_hours = _usable(lambda: _hours(benefit, replacement, quantity, of_amount, pricing), benefit, replacement, gaps)
    hours, of_hours = in_hours or (None, ())
    in_kroner = _usable(
        lambda: _kroner(events, benefit, replacement, quantity, of_amount, pricing, gaps), benefit, replacement, gaps
    )
    kroner, of_kroner = in_kroner or (None, ())
    said = replacement.hours is not None or replacement.unit_cost is not None
    if hours is None and kroner is None and not said and bool(amount.any()):
        gaps.append(_gap("replacement_not_counted", benefit, replacement))
    return Replaced(
        quantity=quantity,
        hours=hours,
        kroner=kroner,
        of_quantity=of_amount,
        of_hours=of_hours,
        of_kroner=of_kroner,
    )


def _usable(make: Callable[[], _Found], benefit: Benefit, one: Replacement, gaps: list[Gap]) -> _Found | None:
    """What a number makes; None, with a gap, when it cannot be used: the others of the replacement stand."""
    try:
        return make()
    except UnusableNumber as unusable:
        gaps.append(unusable.gap(benefit.id))
    except UnusableDistribution:
        gaps.append(_gap("replacement_unusable", benefit, one))
    return None


def _hours(
    benefit: Benefit, one: Replacement, quantity: Yearly, of: tuple[Input, ...], pricing: Pricing
) -> tuple[Yearly | None, tuple[Input, ...]]:
    own = conversion(one.unit, "hours")
    if own is not None:
        return quantity * own, of
    if one.hours is None:
        return None, ()
    each, further = _number(benefit, one, "hours", "hours", pricing)
    return quantity * each, (*of, *further)


def _kroner(
    events: Events,
    benefit: Benefit,
    one: Replacement,
    quantity: Yearly,
    of: tuple[Input, ...],
    pricing: Pricing,
    gaps: list[Gap],
) -> tuple[Yearly | None, tuple[Input, ...]]:
    if one.unit == "kroner":
        return quantity, of
    if one.unit_cost is None:
        return None, ()
    named = pricing.find(one.unit_cost.assumption)
    if one.kind == "relatives" and (named is None or named.value_of != "time"):
        gaps.append(_gap("relatives_time_not_priced", benefit, one))
        return None, ()
    each, further = _number(benefit, one, "unit_cost", "kroner", pricing)
    kroner = quantity * each
    return (pricing.grown(kroner, named, events.years) if named is not None else kroner), (*of, *further)


def _number(
    benefit: Benefit, one: Replacement, name: str, unit: Unit, pricing: Pricing
) -> tuple[Array, tuple[Input, ...]]:
    """A number of a replacement, and the assumption it is, if it is one."""
    quantity: Quantity = getattr(one, name)
    numbers = pricing.numbers
    used = numbers.used(quantity, unit=unit)
    column = numbers.column(f"replacement.{benefit.id}.{one.id}.{name}", quantity, unit=unit)
    return column, (used,) if used is not None else ()


def _gap(code: str, benefit: Benefit, one: Replacement) -> Gap:
    return Gap(code=code, subject=benefit.id, weight=WEIGHTS[code], parameters={"name": item_of(benefit.id, one.id)})
