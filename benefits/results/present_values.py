"""Expected cost and net per actor as present values, with the rate in steps and with each other rate there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benefits.economics import Flows
from benefits.economics.present_value import (
    STEPS,
    DiscountRate,
    KnownRates,
    discount_factors,
    known_rates,
    level,
    present_value,
)
from benefits.project.model import Project
from benefits.reference import Library, NoValueYet
from benefits.results.flow_values import MONEY, add_spread
from benefits.results.model import Discounting, DiscountStep
from benefits.results.values import Values

SOCIETY = "society"


def add_present_values(
    project: Project, flows: Flows, *, library: Library, on: date, values: Values
) -> Discounting | None:
    """Add present values, and return what they rest on; None where nothing can be discounted.

    A real rate belongs to kroner of one price year, so a project without a price year has no present values. The base
    year is the first year of the analysis. Only what is expected is discounted: what was measured has happened.

    Parameters
    ----------
    project, flows
        The project and all its flows.
    library, on
        Where the rates are, and the date they are wanted for; the project's own date for references goes before.
    """
    money = flows.select(unit="kroner", basis="expected", layer=MONEY)
    if not project.years or project.price_year is None or not len(money):
        return None
    chosen = project.reference.date if project.reference is not None else None
    try:
        known = known_rates(library, on=chosen or on)
    except NoValueYet:
        return None
    # Years of a follow-up beyond the plan hold nothing that is expected.
    base, years = project.years[0], project.years
    for value in known.values:
        source = value.source.title
        values.add(value.id, value.value, unit=value.unit, per="year", standing=value.standing, source=source)
    steps = tuple(_steps(known, base=base, last=years[-1]))
    others = tuple(value.id for value in known.values if value.id != steps[0].rate)
    rates: dict[str, DiscountRate] = {"": known.stepwise}
    rates |= {f".{value.id}": level(value.value) for value in known.values if value.id in others}
    places = [flows.years.index(year) for year in years]
    actors = tuple(dict.fromkeys(row.actor for row in money.index))
    for actor in (*actors, SOCIETY):
        own = money if actor == SOCIETY else money.select(actor=actor)
        for name in ("cost", "net"):
            part = own.select(layer="cost") if name == "cost" else own
            if not len(part):
                continue
            for rate, used in rates.items():
                factors = discount_factors(rate=used, years=years, base_year=base)
                id = f"present_value.{actor}.expected.{name}{rate}"
                draws = present_value(part.by_year()[places], factors=factors)
                add_spread(id, draws, part, "kroner", values, basis="expected", price_year=project.price_year)
    return Discounting(base_year=base, last_year=years[-1], steps=steps, others=others, actors=actors)


def _steps(known: KnownRates, *, base: int, last: int) -> Iterator[DiscountStep]:
    """The steps that come into use within the years of the project, each with the last calendar year it holds for."""
    for value, end in zip(known.values, STEPS.values(), strict=True):
        final = end is None or base + end >= last
        yield DiscountStep(rate=value.id, last_year=None if final or end is None else base + end)
        if final:
            return
