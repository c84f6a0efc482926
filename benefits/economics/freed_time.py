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
from benefits.project.valuation import Valuation
from benefits.vocabulary import Basis, Unit

WEIGHTS: Mapping[str, int] = {"no_hours_per_full_time_year": 24}
"""How much each gap matters, beside those of the plan itself."""
_OF_TIME: tuple[Unit, ...] = ("hours", "minutes")


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
    used: tuple[Input, ...]


def freed_time(project: Project, flows: Flows, *, pricing: Pricing, gaps: list[Gap]) -> Iterator[FreedTime]:
    """Yield the time each benefit frees on each basis.

    Hours are the rows in hours or minutes of the flows. A benefit whose indicator is hours of which more are hoped for
    frees none. The hours of a full-time year are an input that is seen: net of holiday and absence, so no figure is
    assumed, and without it there are hours only, with a gap.
    """
    for benefit in project.benefits:
        valuation = benefit.valuation
        if valuation is None or _hoped_for_more(benefit):
            continue
        for basis in ("expected", "measured"):
            own = flows.select(item=benefit.id, basis=basis, layer="capacity", unit=_OF_TIME)
            if len(own):
                yield _of(benefit, valuation, own, basis, pricing, gaps)


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


def _hoped_for_more(benefit: Benefit) -> bool:
    indicator = benefit.indicator
    return indicator is not None and indicator.unit in _OF_TIME and indicator.direction == "higher_is_better"


def _of(
    benefit: Benefit, valuation: Valuation, own: Flows, basis: Basis, pricing: Pricing, gaps: list[Gap]
) -> FreedTime:
    units = dict.fromkeys(row.unit for row in own.index)
    hours: Array = np.sum(
        [own.select(unit=unit).by_year() * (conversion(unit, "hours") or 1.0) for unit in units], axis=0
    )
    share = pricing.in_unit(valuation.realisation_share, ("share",), benefit.id, gaps)
    usable = hours * pricing.column(share) if share is not None else None
    year = pricing.in_unit(valuation.hours_per_full_time_year, ("hours",), benefit.id, gaps)
    positions = None
    if year is not None and year.low > 0.0:
        whole = pricing.column(year)
        if whole.min() > 0.0:
            positions = in_full_time_years(hours if usable is None else usable, hours_per_full_time_year=whole)
    if positions is None and not benefit.dis_benefit:
        code = "no_hours_per_full_time_year"
        gaps.append(Gap(code=code, subject=benefit.id, weight=WEIGHTS[code]))
    return FreedTime(
        benefit=benefit.id,
        actor=valuation.actor,
        basis=basis,
        rows=own,
        hours=hours,
        usable=usable,
        full_time_years=positions,
        used=tuple(one for one in (share, year) if one is not None),
    )
