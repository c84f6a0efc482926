"""Expected cost and net per actor as present values, with the rate in steps and with each other rate there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benefits.economics import Flows
from benefits.economics.arrays import Array, frozen
from benefits.economics.present_value import (
    STEPS,
    DiscountRate,
    KnownRates,
    discount_factors,
    known_rates,
    level,
)
from benefits.project.model import Project
from benefits.reference import Library, NoValueYet
from benefits.results.flow_values import MONEY, add_spread
from benefits.results.model import Discounting, DiscountStep
from benefits.results.values import Values

SOCIETY = "society"


def add_present_values(
    project: Project, flows: Flows, *, library: Library, on: date, values: Values
) -> tuple[Discounting, DiscountRate] | None:
    """Add present values, and return what they rest on, and the rate; None where nothing can be discounted.

    A real rate belongs to kroner of one price year, so a project without a price year has no present values. The base
    year is the first year of the analysis, and counts in full unless the project says that it is discounted too. Only
    what is expected is discounted: what was measured has happened.

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
    early = project.present_value is not None and project.present_value.discount_first_year
    others = tuple(value.id for value in known.values[1:])
    rates: dict[str, DiscountRate] = {"": known.stepwise}
    rates |= {f".{value.id}": level(value.value) for value in known.values if value.id in others}
    actors = tuple(dict.fromkeys(row.actor for row in money.index))
    for actor in (*actors, SOCIETY):
        own = money if actor == SOCIETY else money.select(actor=actor)
        for name in ("cost", "net"):
            part = own.select(layer="cost") if name == "cost" else own
            if not len(part):
                continue
            for rate, used in rates.items():
                id = f"present_value.{actor}.expected.{name}{rate}"
                weights = discount_weights(project, flows, rate=used)
                draws = part.weighted(weights)
                add_spread(id, draws, part, "kroner", values, basis="expected", price_year=project.price_year)
    discounting = Discounting(
        base_year=base,
        last_year=years[-1],
        steps=tuple(_steps(known, base=base - int(early))),
        others=others,
        actors=actors,
        discount_first_year=early,
    )
    return discounting, known.stepwise


def discount_weights(project: Project, flows: Flows, *, rate: DiscountRate) -> Array:
    """Return what a krone of each year of the flows is worth: nothing outside the years of the plan."""
    years = project.years
    early = project.present_value is not None and project.present_value.discount_first_year
    factors = discount_factors(rate=rate, years=years, base_year=years[0], discount_first_year=early)
    by_year = dict(zip(years, factors.tolist(), strict=True))
    return frozen([by_year.get(year, 0.0) for year in flows.years])


def _steps(known: KnownRates, *, base: int) -> Iterator[DiscountStep]:
    """Each step with the last calendar year it holds for, whether the plan reaches so far or not."""
    for value, end in zip(known.values, STEPS.values(), strict=True):
        yield DiscountStep(rate=value.id, last_year=None if end is None else base + end)
