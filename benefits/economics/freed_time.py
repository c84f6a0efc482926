"""Freed time: minutes become hours, what can be put to use of them, and full-time years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.flows import Flows
from benefits.economics.inputs import Input
from benefits.economics.pricing import Pricing
from benefits.economics.units import conversion
from benefits.errors import Gap
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.rules_staff import UNPAID
from benefits.project.valuation import Valuation
from benefits.vocabulary import Basis, Unit

NO_FULL_TIME_YEAR = "no_hours_per_full_time_year"
"""The gap where hours cannot be told in full-time years."""
WEIGHTS: Mapping[str, int] = {NO_FULL_TIME_YEAR: 24}
"""How much each gap matters, beside those of the plan itself."""
OF_TIME: tuple[Unit, ...] = ("hours", "minutes")
"""The units of time in the flows."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FreedTime:
    """The time one benefit frees, on one basis; negative where it takes time.

    Attributes
    ----------
    benefit, actor, basis
        Whose time, and which column it belongs to.
    rows
        The rows of the flows it is made of.
    hours
        Hours freed, shape (year, draw).
    usable
        Of these, what can be put to use; None when no share is stated.
    full_time_years
        What can be put to use, else all that is freed, in full-time years; None when nobody has said what one is.
    per_full_time_year
        Hours of a full-time year, shape (draw,); None when nobody has said.
    used
        The inputs behind the last two.
    """

    benefit: str
    actor: str
    basis: Basis
    rows: Flows
    hours: Array
    usable: Array | None
    full_time_years: Array | None
    per_full_time_year: Array | None
    used: tuple[Input, ...]


def freed_time(project: Project, flows: Flows, *, pricing: Pricing, gaps: list[Gap]) -> Iterator[FreedTime]:
    """Yield the time each benefit frees on each basis.

    Hours are the rows in hours or minutes of the flows. A benefit whose indicator is hours of which more are hoped for
    frees none. The hours of a full-time year are an input that is seen: net of holiday and absence, so no figure is
    assumed, and without it there are hours only, with a gap. Those of the benefit go before those of the profession.
    """
    for benefit in project.benefits:
        valuation = benefit.valuation
        if valuation is None or _hoped_for_more(benefit):
            continue
        for basis in ("expected", "measured"):
            own = flows.select(item=benefit.id, basis=basis, layer="capacity", unit=OF_TIME)
            if len(own):
                yield _of(benefit, valuation, own, basis, project, pricing, gaps)


def in_full_time_years(hours: Array, *, hours_per_full_time_year: Array) -> Array:
    """Return hours as full-time years, element by element over the draws.

    Examples
    --------
    850 hours at 1700 hours worked in a full-time year:

    >>> in_full_time_years(np.array([[850.0]]), hours_per_full_time_year=np.array([1700.0])).tolist()
    [[0.5]]
    """
    found: Array = hours / hours_per_full_time_year
    return found


def in_hours(flows: Flows) -> Array:
    """Return the sum of rows in hours or minutes, in hours, shape (year, draw)."""
    total = np.zeros((len(flows.years), flows.n))
    for unit in dict.fromkeys(row.unit for row in flows.index):
        total = total + flows.select(unit=unit).by_year() * (conversion(unit, "hours") or 1.0)
    return total


def is_unpaid(actor: str, project: Project) -> bool:
    """Whether an actor is relatives or patients, whose time is nobody's working time."""
    return any(one.id == actor and one.kind in UNPAID for one in project.actors)


def full_time_year(
    name: str | None, subject: str, *, pricing: Pricing, gaps: list[Gap]
) -> tuple[Input | None, Array | None]:
    """Return the input of the hours of a full-time year with its draws; neither, with a gap, when it has none above 0.

    Parameters
    ----------
    name
        The assumption; None where none is named.
    subject
        What the hours are of, for the gap.
    """
    year = pricing.in_unit(name, ("hours",), subject, gaps)
    if year is not None and year.low > 0.0:
        whole = pricing.column(year)
        if whole.min() > 0.0:
            return year, whole
    gaps.append(Gap(code=NO_FULL_TIME_YEAR, subject=subject, weight=WEIGHTS[NO_FULL_TIME_YEAR]))
    return None, None


def _hoped_for_more(benefit: Benefit) -> bool:
    indicator = benefit.indicator
    return indicator is not None and indicator.unit in OF_TIME and indicator.direction == "higher_is_better"


def _of(
    benefit: Benefit,
    valuation: Valuation,
    own: Flows,
    basis: Basis,
    project: Project,
    pricing: Pricing,
    gaps: list[Gap],
) -> FreedTime:
    hours = in_hours(own)
    share = pricing.in_unit(valuation.realisation_share, ("share",), benefit.id, gaps)
    usable = hours * pricing.column(share) if share is not None else None
    name = valuation.hours_per_full_time_year
    if name is None and valuation.profession is not None:
        name = project.full_time_years.get(valuation.profession)
    # Relatives and patients have no full-time years to be told in.
    told: list[Gap] = [] if benefit.dis_benefit or is_unpaid(valuation.actor, project) else gaps
    year, whole = full_time_year(name, benefit.id, pricing=pricing, gaps=told)
    positions = None
    if whole is not None:
        positions = in_full_time_years(hours if usable is None else usable, hours_per_full_time_year=whole)
    return FreedTime(
        benefit=benefit.id,
        actor=valuation.actor,
        basis=basis,
        rows=own,
        hours=hours,
        usable=usable,
        full_time_years=positions,
        per_full_time_year=whole,
        used=tuple(one for one in (share, year) if one is not None),
    )
