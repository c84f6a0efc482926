"""Numbers that follow from avoided events, as Values: in all and by year, known as well as what they are made of."""

from __future__ import annotations

from benefits.economics import Flows
from benefits.economics.events import lower_is_better
from benefits.economics.inputs import Input, joined_sources, weakest_standing
from benefits.economics.pricing import Events, Pricing, grade_of
from benefits.economics.product import Yearly, full
from benefits.project.benefit import Benefit
from benefits.results.spread import in_all_and_by_year, spread_of_draws
from benefits.results.values import Values
from benefits.vocabulary import Basis, Unit, weakest


def events_in(benefit: Benefit, basis: Basis, flows: Flows) -> Events | None:
    """The avoided events behind the first row of a benefit: that in its own unit; None where it has none."""
    own = flows.select(item=benefit.id, basis=basis, layer="capacity")
    if not len(own) or own.index[0].unit == "kroner":
        return None
    row, part, fewer = own.index[0], own.parts[0], lower_is_better(benefit)
    return Events(
        avoided=part if fewer else -part,
        unit=row.unit,
        lower_is_better=fewer,
        basis=basis,
        grade=row.grade,
        standing=row.standing,
        source=row.source,
        years=flows.years,
    )


def add_of_events(
    id: str,
    number: Yearly,
    unit: Unit,
    events: Events,
    used: tuple[Input, ...],
    pricing: Pricing,
    values: Values,
    *,
    by_year: bool = True,
) -> None:
    """Add a number in all and by year: known no better than the events and what they are multiplied by."""
    sums = in_all_and_by_year(id, events.years, full(number))
    for one, drawn in sums if by_year else [next(sums)]:
        spread = spread_of_draws(drawn)
        values.add(
            one,
            spread,
            unit=unit,
            price_year=pricing.price_year if unit == "kroner" else None,
            basis=events.basis,
            grade=weakest(events.grade, *map(grade_of, used)),
            standing=weakest_standing(events.standing, *(other.standing for other in used)),
            source="; ".join(dict.fromkeys(part for part in (events.source, joined_sources(*used)) if part)),
            derived=True,
        )
