"""What several benefits free of the same thing: no more than there is of it, and not the same thing twice unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.pricing import Events, Pricing
from benefits.economics.product import full
from benefits.economics.units import conversion
from benefits.errors import Gap
from benefits.project.benefit import Benefit
from benefits.project.valuation import Pool, Valuation
from benefits.vocabulary import Unit

WEIGHTS: Mapping[str, int] = {
    "pool_exceeded": 58,
    "pool_without_number": 50,
    "pool_in_other_unit": 50,
    "same_admissions": 57,
    "same_bed_days": 57,
    "same_hours": 57,
}
"""How much each gap matters, beside those of the plan itself."""

COUNTED: Mapping[Unit, str] = {"admissions": "same_admissions", "bed_days": "same_bed_days", "hours": "same_hours"}
"""What two benefits may free the same of, and the gap that tells of it; minutes are hours."""


def item_of(pool: str) -> str:
    """Return what a pool is called where things of all sorts are named."""
    return f"pool.{pool}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The events of one benefit, which may share what they free with those of others."""

    benefit: Benefit
    valuation: Valuation
    events: Events


def shared(claims: Sequence[Claim], pools: Sequence[Pool], *, pricing: Pricing, gaps: list[Gap]) -> tuple[Claim, ...]:
    """Return the same claims, scaled down where those of a pool together free more than there is of it.

    In a year and draw where they do, each that frees something is scaled by what there is over what they free, all
    alike; one that takes up more is left as it is. Claims of another pool, or of none, are not touched.

    Parameters
    ----------
    claims
        Events of the benefits on one basis, in their order.
    pools
        The pools of the project.
    gaps
        Told which pool is exceeded and from which year, a pool without a number, a benefit that frees nothing in the
        pool's unit, and two benefits that free the same unit of the same actor without sharing a pool.
    """
    found = {claim.benefit.id: claim for claim in claims}
    for pool in pools:
        members = [claim for claim in claims if claim.valuation.pool == pool.id]
        if members:
            found |= _within(pool, members, pricing, gaps)
    _tell_of_the_same(claims, gaps)
    return tuple(found[claim.benefit.id] for claim in claims)


def share_left(freed: Sequence[Array], *, there_is: Array) -> Array:
    """Return what is left of each claim on a pool, shape (year, draw): 1 where there is enough for all.

    Parameters
    ----------
    freed
        What each claim would free, shapes (year, draw); negative where it takes up more.
    there_is
        What there is in a year, shape (draw,).

    Examples
    --------
    Two teams' 600 and 900 hours of the 1000 there are: two thirds is left of each.

    >>> share_left([np.array([[600.0]]), np.array([[900.0]])], there_is=np.array([1000.0])).round(4).tolist()
    [[0.6667]]
    """
    wanted = np.sum([np.maximum(one, 0.0) for one in freed], axis=0)
    enough = wanted <= there_is
    return np.where(enough, 1.0, there_is / np.where(enough, 1.0, wanted))


def freed_in(claim: Claim, unit: Unit, pricing: Pricing) -> Array | None:
    """Return what a claim frees in a unit, shape (year, draw); None when it does not say. Minutes are hours."""
    freed = full(claim.events.avoided)
    own = conversion(claim.events.unit, unit)
    if own is not None:
        return freed * own
    one = pricing.find(_per_event(claim.valuation, unit))
    each = conversion(one.unit, unit) if one is not None else None
    return None if one is None or each is None else freed * (pricing.column(one) * each)


def _within(pool: Pool, members: list[Claim], pricing: Pricing, gaps: list[Gap]) -> dict[str, Claim]:
    there = pricing.find(pool.per_year)
    if there is None or there.unit != pool.unit:
        gaps.append(_gap("pool_without_number", item_of(pool.id)))
        return {}
    counted: list[tuple[Claim, Array]] = []
    for claim in members:
        freed = freed_in(claim, pool.unit, pricing)
        if freed is None:
            gaps.append(_gap("pool_in_other_unit", claim.benefit.id, name=item_of(pool.id)))
        else:
            counted.append((claim, freed))
    if not counted:
        return {}
    left = share_left([freed for _, freed in counted], there_is=np.maximum(pricing.column(there), 0.0))
    short = (left < 1.0).any(axis=1)
    if not short.any():
        return {}
    years = counted[0][0].events.years
    gaps.append(_gap("pool_exceeded", item_of(pool.id), year=years[int(np.argmax(short))]))
    scaled: dict[str, Claim] = {}
    for claim, freed in counted:
        avoided = full(claim.events.avoided) * np.where(freed > 0.0, left, 1.0)
        scaled[claim.benefit.id] = replace(claim, events=replace(claim.events, avoided=avoided))
    return scaled


def _tell_of_the_same(claims: Sequence[Claim], gaps: list[Gap]) -> None:
    hoped = [claim for claim in claims if not claim.benefit.dis_benefit]
    for one, other in combinations(hoped, 2):
        apart = one.valuation.actor != other.valuation.actor
        pooled = one.valuation.pool is not None and one.valuation.pool == other.valuation.pool
        if apart or pooled:
            continue
        for unit, code in COUNTED.items():
            if _frees(one, unit) and _frees(other, unit):
                gaps.append(_gap(code, other.benefit.id, name=one.benefit.id))


def _frees(claim: Claim, unit: Unit) -> bool:
    return conversion(claim.events.unit, unit) is not None or _per_event(claim.valuation, unit) is not None


def _per_event(valuation: Valuation, unit: Unit) -> str | None:
    """The assumption of how much of a unit follows an event."""
    return {"hours": valuation.hours, "minutes": valuation.hours, "bed_days": valuation.bed_days}.get(unit)


def _gap(code: str, subject: str, **parameters: str | int) -> Gap:
    return Gap(code=code, subject=subject, weight=WEIGHTS[code], parameters=parameters)
