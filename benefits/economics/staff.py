"""Staff time: whose hours are freed, used by a service, or taken by what comes instead, by actor and profession."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.cost_lines import years_with_cost
from benefits.economics.flows import FlowRow, Flows
from benefits.economics.freed_time import OF_TIME, FreedTime, full_time_year, in_hours, is_unpaid
from benefits.economics.inputs import Input
from benefits.economics.new_activity import item_of
from benefits.economics.pricing import Pricing
from benefits.economics.refusals import CannotCompute
from benefits.economics.replacements import item_of as item_of_replacement
from benefits.economics.service.capacity import resource_uses
from benefits.economics.service.volumes import priced_years, situation
from benefits.errors import Gap
from benefits.project.model import Project
from benefits.project.service import Resource, Service
from benefits.reference.distributions import UnusableDistribution
from benefits.vocabulary import Basis, Profession

WEIGHTS: Mapping[str, int] = {"profession_without_hours": 30}
"""How much each gap matters, beside those of the plan itself."""
StaffPart = Literal["freed", "used", "moved"]
"""What a line is of: time freed by a benefit, used by a service, or taken by what comes instead and by new activity."""
NOT_STATED = "not_stated"
"""The profession of time of which the plan does not say whose it is."""
RELATIVES = "relatives"
"""Stands for relatives and patients in the place of a profession: their time is nobody's working time."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StaffLine:
    """Hours of one profession at one actor, on account of one item, on one basis.

    Attributes
    ----------
    actor, profession
        Whose time: a word of ``Profession``, ``not_stated``, or ``relatives`` for those who are no staff.
    part, basis, item
        Freed, used or moved; which column; and the benefit, service, replacement or new activity behind it.
    hours
        Hours, shape (year, draw): as many as are freed, or as are taken.
    counted
        The hours that count in the net: of what is freed, what can be put to use where a share is stated.
    usable
        Whether such a share is stated.
    per_full_time_year
        Hours of a full-time year, shape (draw,); None when nobody has said what one is.
    avoided_growth
        The part of what is freed that stands instead of new posts, shape (year, draw); None when none is stated.
    rows
        What is known of the hours, as in the flows.
    used
        The further inputs behind what counts and behind full-time years.
    """

    actor: str
    profession: str
    part: StaffPart
    basis: Basis
    item: str
    hours: Array
    counted: Array
    usable: bool = False
    per_full_time_year: Array | None
    avoided_growth: Array | None = None
    rows: tuple[FlowRow, ...]
    used: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What takes time instead of an event, or as new activity: its item in the flows, and whose time it is."""

    item: str
    profession: Profession | None


def staff_lines(
    project: Project, flows: Flows, *, freed: Sequence[FreedTime], pricing: Pricing, gaps: list[Gap]
) -> tuple[StaffLine, ...]:
    """Return all hours of staff and of relatives: freed, used by services, and taken by what comes instead.

    Parameters
    ----------
    project
        Whose time each is of, and what a full-time year is for each profession.
    flows
        All flows of the project.
    freed
        The time its benefits free.
    pricing
        The inputs and their draws.
    gaps
        Told whose full-time year is not given, and where a profession is given for no hours.

    Notes
    -----
    Time that something undesired takes, as more contacts with a GP, is work that is moved. What a service uses is the
    minutes of its tasks times its patients, at its provider; what other services use it for is among them, and so are
    the hours of a year without patients that its cost is counted in. It is expected only: nobody has measured it by
    profession.
    """
    lines = [
        *(_freed(one, project, pricing, gaps) for one in freed),
        *_taken(project, flows, pricing, gaps),
        *_used(project, flows.years, pricing, gaps),
    ]
    gaps += _without_hours(project)
    return tuple(line for line in lines if line.hours.any())


def _freed(one: FreedTime, project: Project, pricing: Pricing, gaps: list[Gap]) -> StaffLine:
    benefit = next(each for each in project.benefits if each.id == one.benefit)
    valuation = benefit.valuation
    assert valuation is not None
    taken = benefit.dis_benefit
    counted = one.hours if one.usable is None else one.usable
    share = pricing.in_unit(valuation.avoided_growth_share, ("share",), benefit.id, gaps)
    return StaffLine(
        actor=one.actor,
        profession=_whose(valuation.profession, unpaid=is_unpaid(one.actor, project)),
        part="moved" if taken else "freed",
        basis=one.basis,
        item=one.benefit,
        hours=-one.hours if taken else one.hours,
        counted=-one.hours if taken else counted,
        usable=one.usable is not None and not taken,
        per_full_time_year=one.per_full_time_year,
        avoided_growth=None if share is None or taken else counted * pricing.column(share),
        rows=one.rows.index,
        used=(*one.used, *(() if share is None else (share,))),
    )


def _taken(project: Project, flows: Flows, pricing: Pricing, gaps: list[Gap]) -> Iterator[StaffLine]:
    """Time taken by what comes instead of avoided events, and by new activity."""
    for work in _works(project):
        own = flows.select(item=work.item, layer="capacity", unit=OF_TIME)
        for actor, basis in dict.fromkeys((row.actor, row.basis) for row in own.index):
            part = own.select(actor=actor, basis=basis)
            unpaid = is_unpaid(actor, project)
            name = project.full_time_years.get(work.profession) if work.profession is not None else None
            year, whole = full_time_year(name, work.item, pricing=pricing, gaps=[] if unpaid else gaps)
            hours = -in_hours(part)
            yield StaffLine(
                actor=actor,
                profession=_whose(work.profession, unpaid=unpaid),
                part="moved",
                basis=basis,
                item=work.item,
                hours=hours,
                counted=hours,
                per_full_time_year=None if unpaid else whole,
                rows=part.index,
                used=() if year is None else (year,),
            )


def _works(project: Project) -> Iterator[_Work]:
    for activity in project.new_activity:
        yield _Work(item=item_of(activity), profession=activity.profession)
    for benefit in project.benefits:
        for one in benefit.valuation.replacements if benefit.valuation is not None else ():
            yield _Work(item=item_of_replacement(benefit.id, one.id), profession=one.profession)


def _used(project: Project, years: tuple[int, ...], pricing: Pricing, gaps: list[Gap]) -> Iterator[StaffLine]:
    numbers = pricing.numbers
    for service in project.services:
        tables: dict[str, Array] = {}
        for year in {*priced_years(service, project), *years_with_cost(service, project)} & set(project.years):
            try:
                uses = resource_uses(service, situation(project, numbers=numbers, year=year))
            except (CannotCompute, UnusableDistribution):
                # The price of the service says which number cannot be used.
                tables = {}
                break
            for id, use in uses.items():
                table = tables.setdefault(id, np.zeros((len(years), numbers.draws.n)))
                table[years.index(year)] = use.used_hours
        known = {one.id: one for one in (*project.shared_resources, *service.resources)}
        for id in sorted(tables):
            yield _of_resource(known[id], service, tables[id], project, pricing, gaps)


def _of_resource(
    resource: Resource, service: Service, hours: Array, project: Project, pricing: Pricing, gaps: list[Gap]
) -> StaffLine:
    item = f"service.{service.id}"
    used: tuple[Input, ...] = ()
    whole: Array | None = np.full(pricing.draws.n, resource.hours)
    if not resource.hours:
        named = project.full_time_years.get(resource.profession) if resource.profession is not None else None
        year, whole = full_time_year(named, item, pricing=pricing, gaps=gaps if hours.any() else [])
        used = () if year is None else (year,)
    row = FlowRow(
        actor=service.provider,
        item=item,
        layer="capacity",
        basis="expected",
        unit="hours",
        grade="assumed",
        standing=service.standing,
        source=project.said(service.source),
    )
    return StaffLine(
        actor=service.provider,
        profession=_whose(resource.profession, unpaid=False),
        part="used",
        basis="expected",
        item=item,
        hours=hours,
        counted=hours,
        per_full_time_year=whole,
        rows=(row,),
        used=used,
    )


def _whose(profession: Profession | None, *, unpaid: bool) -> str:
    return RELATIVES if unpaid else profession or NOT_STATED


def _without_hours(project: Project) -> Iterator[Gap]:
    """Where it is said whose time something is, or what becomes of it, and the plan has no hours for it."""
    without: list[str] = []
    for benefit, valuation in project.valued:
        if valuation.hours is not None:
            continue
        counted_in_time = benefit.indicator is not None and benefit.indicator.unit in OF_TIME
        said = valuation.profession is not None or valuation.avoided_growth_share is not None
        without += [benefit.id] if said and not counted_in_time else []
    without += [item_of(one) for one in project.new_activity if one.profession is not None and one.hours is None]
    code = "profession_without_hours"
    for item in without:
        yield Gap(code=code, subject=item, weight=WEIGHTS[code])
