"""What flows are made of beside their sums: how long effects count, freed time, new activity and the financing gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from benefits.economics import Flows
from benefits.economics.arrays import Array
from benefits.economics.budget import moving
from benefits.economics.build import Built
from benefits.economics.financing import PARTS, financing_gaps
from benefits.economics.freed_time import FreedTime, freed_time
from benefits.economics.inputs import weakest_standing
from benefits.economics.new_activity import item_of, quantity
from benefits.economics.payback import cumulative
from benefits.economics.persistence import Carried
from benefits.economics.pricing import Events, Pricing, grade_of
from benefits.economics.product import full
from benefits.economics.staff import staff_lines
from benefits.errors import Gap
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.results.capacity_values import add_capacity
from benefits.results.flow_values import add_spread
from benefits.results.spread import in_all_and_by_year, spread_of_draws
from benefits.results.staff_values import StaffMatrix, add_staff
from benefits.results.values import Values
from benefits.vocabulary import Unit, weakest


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowParts:
    """What sections on flows show, by Value ids.

    Attributes
    ----------
    carried
        How much of each expected effect is counted by year: ``carried.<benefit>.<year>`` where it is not all, or
        rests on a stated persistence.
    new_activity
        Ids of new activity with numbers: ``new_activity.<id>.quantity.<year>``.
    financed
        Actors with a financing gap: ``financing_gap.<actor>.<part>[.<year>]``, and the parts that are not nought.
    running
        Actors with a running sum: ``actor.<id>.expected.cumulative.<year>``.
    staff
        Hours and full-time years by actor and profession.
    """

    carried: tuple[Carried, ...] = ()
    new_activity: tuple[str, ...] = ()
    financed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    running: tuple[str, ...] = ()
    staff: StaffMatrix = field(default_factory=StaffMatrix)


def add_flow_parts(
    project: Project, built: Built, *, pricing: Pricing, values: Values
) -> tuple[FlowParts, tuple[Gap, ...]]:
    """Add the numbers of these parts, and return where they are, with what the plan lacks for more of them."""
    gaps: list[Gap] = []
    flows = built.flows
    for one in built.carried:
        for year, share in one.shares.items():
            assumed = one.assumed_from is not None and year >= one.assumed_from
            if (share < 1.0 or assumed) and project.volume(year, _benefit(project, one.benefit)):
                values.add(f"carried.{one.benefit}.{year}", share, unit="share", basis="expected", grade="assumed")
    freed = tuple(freed_time(project, flows, pricing=pricing, gaps=gaps))
    staff = staff_lines(project, flows, freed=freed, pricing=pricing, gaps=gaps)
    actors = tuple(dict.fromkeys((*(one.id for one in project.actors), *(line.actor for line in staff))))
    add_capacity(flows, staff, values)
    for line in freed:
        _add_freed(line, values)
    found = FlowParts(
        carried=built.carried,
        new_activity=tuple(_new_activity(project, flows, pricing, values)),
        financed=tuple(_financed(project, flows, values)),
        running=tuple(_running(project, flows, values)),
        staff=add_staff(staff, actors=actors, years=flows.years, values=values),
    )
    return found, tuple(dict.fromkeys(gaps))


def _benefit(project: Project, id: str) -> Benefit:
    return next(one for one in project.benefits if one.id == id)


def _add_freed(one: FreedTime, values: Values) -> None:
    """Time one benefit frees on one basis: ``freed_time.<basis>.<benefit>.<hours, usable, full_time_years>``."""
    prefix = f"freed_time.{one.basis}.{one.benefit}"
    counted: list[tuple[str, Array, Unit]] = [("hours", one.hours, "hours")]
    if one.usable is not None:
        counted.append(("usable", one.usable, "hours"))
    if one.full_time_years is not None:
        counted.append(("full_time_years", one.full_time_years, "full_time_years"))
    years = tuple(year for at, year in enumerate(one.rows.years) if one.hours[at].any())
    # Hours are as the rows they are of; what is multiplied by further inputs is known no better than those.
    index = [
        replace(
            row,
            grade=weakest(row.grade, *map(grade_of, one.used)),
            standing=weakest_standing(row.standing, *(used.standing for used in one.used)),
        )
        for row in one.rows.index
    ]
    for name, draws, unit in counted:
        rows = one.rows.index if name == "hours" else tuple(index)
        grade, standing = weakest(*(row.grade for row in rows)), weakest_standing(*(row.standing for row in rows))
        source = "; ".join(sorted({row.source for row in rows if row.source}))
        places = [one.rows.years.index(year) for year in years]
        for id, drawn in in_all_and_by_year(f"{prefix}.{name}", years, draws[places]):
            spread = spread_of_draws(drawn)
            values.add(
                id,
                spread,
                unit=unit,
                basis=one.basis,
                grade=grade,
                standing=standing,
                source=source,
                derived=True,
            )


def _new_activity(project: Project, flows: Flows, pricing: Pricing, values: Values) -> Iterator[str]:
    for activity in project.new_activity:
        events = quantity(activity, project=project, years=project.years, pricing=pricing, gaps=[])
        if events is not None:
            _quantities(f"{item_of(activity)}.quantity", events, values)
            _cost_of(item_of(activity), project, flows, values)
            yield activity.id


def _cost_of(item: str, project: Project, flows: Flows, values: Values) -> None:
    """What it costs, positive, in all and by year."""
    own = flows.select(item=item, layer="cost", unit="kroner")
    if not len(own):
        return
    for id, draws in in_all_and_by_year(f"{item}.cost", own.years, -own.by_year()):
        add_spread(id, draws + 0.0, own, "kroner", values, basis="expected", price_year=project.price_year)


def _quantities(prefix: str, events: Events, values: Values) -> None:
    """More of them: what is not avoided, with its sign turned."""
    for id, draws in in_all_and_by_year(prefix, events.years, -full(events.avoided)):
        spread = spread_of_draws(draws)
        values.add(
            id,
            spread,
            unit=events.unit,
            basis=events.basis,
            grade=events.grade,
            standing=events.standing,
            source=events.source,
            derived=True,
        )


def _financed(project: Project, flows: Flows, values: Values) -> Iterator[tuple[str, tuple[str, ...]]]:
    places = [flows.years.index(year) for year in project.years]
    for one in financing_gaps(project, flows):
        shown = tuple(name for name in PARTS if one.parts[name][places].any())
        for name, table in (*((name, one.parts[name]) for name in shown), ("gap", one.gap)):
            whole = f"financing_gap.{one.actor}.{name}"
            for id, draws in in_all_and_by_year(whole, project.years, table[places]):
                add_spread(id, draws, one.rows, "kroner", values, basis="expected", price_year=project.price_year)
        yield one.actor, shown


def _running(project: Project, flows: Flows, values: Values) -> Iterator[str]:
    money, years = moving(flows), project.years
    places = [flows.years.index(year) for year in years]
    for actor in dict.fromkeys(row.actor for row in money.index):
        own = money.select(actor=actor)
        for year, draws in zip(years, cumulative(own.by_year()[places]), strict=True):
            id = f"actor.{actor}.expected.cumulative.{year}"
            add_spread(id, draws, own, "kroner", values, basis="expected", price_year=project.price_year)
        yield actor
