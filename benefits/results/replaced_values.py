"""What comes instead of avoided events, as Values: how many, hours and kroner; positive where it comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from benefits.economics.inputs import Input
from benefits.economics.numbers import UnusableNumber
from benefits.economics.pricing import Events, Pricing
from benefits.economics.product import Yearly
from benefits.economics.replacements import Replaced, known_as, replaced
from benefits.project.benefit import Benefit
from benefits.project.fields import Quantity
from benefits.project.model import Project
from benefits.project.valuation import Replacement, Valuation
from benefits.reference.distributions import UnusableDistribution
from benefits.results.event_values import add_of_events
from benefits.results.values import Values
from benefits.vocabulary import Basis, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedLine:
    """Something that comes instead, on one basis: ``replaced.<basis>.<benefit>.<replacement>.<name>[.<year>]``.

    ``names`` are those of quantity, hours and kroner that there are.
    """

    benefit: str
    replacement: str
    basis: Basis
    names: tuple[str, ...]


def add_replaced(
    benefit: Benefit, valuation: Valuation, events: Events, project: Project, pricing: Pricing, values: Values
) -> Iterator[ReplacedLine]:
    """Add what comes instead of the events of a benefit, and yield where it is.

    The numbers it is made of are ``replacement.<benefit>.<replacement>.<per_event, unit_cost, hours>``, as the columns
    of their draws are called; what names an assumption is that assumption, but the number per event is always there.
    """
    for one in valuation.replacements:
        found = replaced(events, benefit, one, pricing=pricing, gaps=[])
        if found is None:
            continue
        _add_stated(benefit, one, project, pricing, values)
        prefix = f"replaced.{events.basis}.{benefit.id}.{one.id}"
        shown = list(_numbers(found, one.unit))
        further = {"quantity": None, "hours": one.hours, "kroner": one.unit_cost}
        for name, number, unit, used in shown:
            known = known_as(events, one.per_event, further[name])
            add_of_events(f"{prefix}.{name}", number, unit, known, used, pricing, values)
        names = tuple(name for name, *_ in shown)
        yield ReplacedLine(benefit=benefit.id, replacement=one.id, basis=events.basis, names=names)


def _add_stated(benefit: Benefit, one: Replacement, project: Project, pricing: Pricing, values: Values) -> None:
    """Add the numbers as they are written, once for both bases; one that cannot be used is told of as a gap."""
    numbers: tuple[tuple[str, Quantity | None, Unit], ...] = (
        ("per_event", one.per_event, one.unit),
        ("unit_cost", one.unit_cost, "kroner"),
        ("hours", one.hours, "hours"),
    )
    for name, quantity, unit in numbers:
        id = f"replacement.{benefit.id}.{one.id}.{name}"
        if quantity is None or id in values or (name != "per_event" and quantity.assumption is not None):
            continue
        with suppress(UnusableNumber, UnusableDistribution):
            spread = pricing.numbers.spread(quantity, unit=unit)
            values.add(
                id,
                spread,
                unit=unit,
                price_year=pricing.price_year if unit == "kroner" else None,
                standing=pricing.numbers.standing(quantity),
                source=pricing.numbers.source(quantity, otherwise=project.said(one.source)),
            )


def _numbers(found: Replaced, unit: Unit) -> Iterator[tuple[str, Yearly, Unit, tuple[Input, ...]]]:
    if unit not in {"hours", "minutes", "kroner"}:
        yield "quantity", found.quantity, unit, found.of_quantity
    if found.hours is not None:
        yield "hours", found.hours, "hours", found.of_hours
    if found.kroner is not None:
        yield "kroner", found.kroner, "kroner", found.of_kroner
