"""What comes instead of avoided events, as Values: how many, hours and kroner; positive where it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benefits.economics.inputs import Input
from benefits.economics.pricing import Events, Pricing
from benefits.economics.product import Yearly
from benefits.economics.replacements import Replaced, known_as, replaced
from benefits.project.benefit import Benefit
from benefits.project.valuation import Replacement, Valuation
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
    benefit: Benefit, valuation: Valuation, events: Events, pricing: Pricing, values: Values
) -> Iterator[ReplacedLine]:
    """Add what comes instead of the events of a benefit, and yield where it is."""
    for one in valuation.replacements:
        found = replaced(events, benefit, one, pricing=pricing, gaps=[])
        if found is None:
            continue
        if (id := f"replacement.{benefit.id}.{one.id}.per_event") not in values:
            spread = pricing.numbers.spread(one.per_event, unit=one.unit)
            values.add(id, spread.mean, low=spread.low, high=spread.high, unit=one.unit, source=_source(one, pricing))
        prefix = f"replaced.{events.basis}.{benefit.id}.{one.id}"
        shown = list(_numbers(found, one.unit))
        further = {"quantity": None, "hours": one.hours, "kroner": one.unit_cost}
        for name, number, unit, used in shown:
            known = known_as(events, one.per_event, further[name])
            add_of_events(f"{prefix}.{name}", number, unit, known, used, pricing, values)
        names = tuple(name for name, *_ in shown)
        yield ReplacedLine(benefit=benefit.id, replacement=one.id, basis=events.basis, names=names)


def _source(one: Replacement, pricing: Pricing) -> str:
    named = pricing.find(one.per_event.assumption)
    return named.source if named is not None else ""


def _numbers(found: Replaced, unit: Unit) -> Iterator[tuple[str, Yearly, Unit, tuple[Input, ...]]]:
    if unit not in {"hours", "minutes", "kroner"}:
        yield "quantity", found.quantity, unit, found.of_quantity
    if found.hours is not None:
        yield "hours", found.hours, "hours", found.of_hours
    if found.kroner is not None:
        yield "kroner", found.kroner, "kroner", found.of_kroner
