"""From what was planned to what was measured, taken apart by cause so that the parts make up the difference exactly."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from benefits.activity import Panel, Series
from benefits.economics import Draws, Flows
from benefits.economics.arrays import Array
from benefits.economics.build import flows as build_flows
from benefits.economics.events import lower_is_better
from benefits.economics.inputs import Input
from benefits.economics.inputs import inputs as read_inputs
from benefits.economics.units import PER_PATIENT_YEAR
from benefits.measurement import Estimate
from benefits.project.benefit import Benefit
from benefits.project.freezing import Freeze
from benefits.project.frozen_valuation import as_planned
from benefits.project.model import Project
from benefits.reference.evidence import Evidence
from benefits.reference.values import Library
from benefits.results.bridge_factors import (
    Cause,
    Factors,
    Followed,
    YearAsPlanned,
    factors,
    followed_time,
    headcounts,
    ramp_moved,
    ratio,
    service_months,
)
from benefits.results.comparison.shapley import contributions_of_draws
from benefits.results.spread import spread_of_draws
from benefits.results.values import Values
from benefits.vocabulary import Basis, Grade, Unit, weakest

CAUSES: tuple[Cause, ...] = ("volume", "uptake", "timing", "effect", "price")
"""In the order they are shown; price is of kroner alone."""
OF_EVENTS = CAUSES[:-1]
REASONS = ("not_multiplied", "plan_uses_measured", "nothing_planned", "not_patient_time", "not_followed")
"""Codes of why there is no bridge."""
MONTHS = 12
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """A bridge in Value ids: where it starts and ends, what lies between, and what each cause makes of that."""

    start: str
    end: str
    difference: str
    causes: tuple[tuple[Cause, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBridge:
    """What was planned and what was measured of one benefit over the same time.

    Attributes
    ----------
    benefit
        Its id.
    quantity, cash
        Bridges of avoided events and of the kroner that can leave a budget; None where there is none.
    years, last
        Calendar years it covers, and the last day followed.
    freeze
        Date of the frozen plan it starts from; None: the plan as it stands.
    not_frozen
        Which of ``volume``, ``effect`` and ``price`` the frozen plan does not hold, and are as the plan stands.
    time, hoped
        Value ids of the patient-months the measured effect holds for, and of the change per patient-year the plan
        expected in the time followed, with its sign.
    together
        Whether volume and uptake cannot be told apart, so that the volume is of both.
    reason
        Code of why there is none; empty when there is.
    """

    benefit: str
    quantity: Steps | None = None
    cash: Steps | None = None
    years: tuple[int, ...] = ()
    last: date | None = None
    freeze: date | None = None
    not_frozen: tuple[str, ...] = ()
    time: str = ""
    hoped: str = ""
    together: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What every bridge of a project is made of."""

    project: Project
    planned: Project
    flows: Flows
    of_plan: Flows
    exposures: Mapping[str, Mapping[int, float]]
    shapes: Mapping[str, Series | Panel]
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The flows of one benefit: its events and its cash, as measured and as planned."""

    measured: Flows
    hoped: Flows
    cash: Flows
    hoped_cash: Flows


def plan_bridges(
    project: Project,
    *,
    flows: Flows,
    inputs: Mapping[str, Input],
    estimates: Mapping[str, Estimate],
    exposures: Mapping[str, Mapping[int, float]],
    shapes: Mapping[str, Series | Panel],
    freeze: Freeze | None,
    library: Library,
    evidence: Mapping[str, Evidence],
    on: date,
    draws: Draws,
    values: Values,
) -> tuple[PlanBridge, ...]:
    """Return a bridge for every benefit with a measured effect, and add its numbers.

    The two ends are never added: one is expected and one is measured. In each year and draw both are a product::

        patients x share of the time they are in the service x part of the year x effect per patient-year (x kroner)

    and what lies between is shared among the factors by Shapley's value, so that no order among them decides. The plan
    is counted from its own start to the last day followed. Of the phasing in only what was moved since the plan was
    frozen is timing: how far it has really come is not seen apart from the effect.

    Parameters
    ----------
    project
        As it is now.
    flows
        All flows of the project.
    inputs
        Its inputs by name.
    estimates, exposures, shapes
        What was measured, the time it holds for by year, and the data, by benefit and by data source.
    freeze
        The frozen plan that applies; None: the plan as it stands.
    library, evidence, on
        As the inputs were read with.
    draws
        The draws behind the flows.
    values
        Where ``bridge.<benefit>.<quantity, cash>.<start, end, difference or cause>`` are added.

    References
    ----------
    Shorrocks AF. Decomposition procedures for distributional analysis: a unified framework based on the Shapley value.
    Journal of Economic Inequality 2013;11(1):99-126.
    """
    counted = [one for one in project.benefits if one.valuation is not None and one.id in estimates]
    if not counted:
        return ()
    planned, lacking = (project, frozenset[str]()) if freeze is None else as_planned(project, freeze.plan)
    moved = {name: one for name, one in planned.assumptions.items() if one != project.assumptions.get(name)}
    held_then = planned.model_copy(update={"assumptions": moved})
    found, _ = read_inputs(held_then, library=library, evidence=evidence, on=on)
    lacking |= _unread(planned, moved.keys() - found.keys())
    given = _Given(
        project=project,
        planned=planned,
        flows=flows,
        of_plan=flows if planned is project else _flows_of_plan(planned, {**inputs, **found}, draws),
        exposures=exposures,
        shapes=shapes,
        values=values,
    )
    held = freeze.as_of if freeze is not None else None
    not_frozen = tuple(name for name in CAUSES if name in lacking)
    return tuple(_bridge(one, estimates[one.id], given, freeze=held, not_frozen=not_frozen) for one in counted)


def _unread(planned: Project, names: Collection[str]) -> frozenset[str]:
    """What of a plan cannot be read any more, as a number of a study the project file has no longer."""
    effects = {one.valuation.effect for one in planned.benefits if one.valuation is not None}
    return frozenset("effect" if name in effects else "price" for name in names)


def _flows_of_plan(planned: Project, inputs: Mapping[str, Input], draws: Draws) -> Flows:
    """The flows of the benefits as they were planned."""
    alone = planned.model_copy(update={"costs": (), "services": (), "new_activity": (), "financing": None})
    return build_flows(alone, inputs=inputs, estimates={}, draws=draws).flows


def _bridge(
    benefit: Benefit, estimate: Estimate, given: _Given, *, freeze: date | None, not_frozen: tuple[str, ...]
) -> PlanBridge:
    """Take one benefit apart, or say why it cannot be."""
    planned = next(one for one in given.planned.benefits if one.id == benefit.id)
    unit: Unit = benefit.indicator.unit if benefit.indicator is not None else "count"
    rows = _Rows(
        measured=given.flows.select(item=benefit.id, unit=unit, basis="measured"),
        hoped=given.of_plan.select(item=benefit.id, unit=unit, basis="expected"),
        cash=given.flows.select(item=benefit.id, unit="kroner", layer="cash", basis="measured"),
        hoped_cash=given.of_plan.select(item=benefit.id, unit="kroner", layer="cash", basis="expected"),
    )
    per = _patient_years(benefit, given.project)
    shape, go_live = given.shapes.get(_data(benefit)), given.project.go_live
    followed = None
    if shape is not None and go_live is not None:
        followed = followed_time(shape, go_live=go_live, options=estimate.options)
    reason = _reason(planned, rows, per=per, followed=followed)
    if reason or followed is None or per is None:
        return PlanBridge(benefit=benefit.id, freeze=freeze, reason=reason)
    begins = min(one.go_live.year for one in (given.project, given.planned) if one.go_live is not None)
    years = tuple(range(begins, followed.last.year + 1))
    counts = headcounts(benefit, given.project, years, last=followed.last, values=given.values)
    exposure = {year: given.exposures.get(benefit.id, {}).get(year, 0.0) / per for year in years}
    apart = [
        factors(_year(year, benefit, planned, rows, followed, given, counts=counts.get(year), time=exposure[year]))
        for year in years
    ]
    head = f"bridge.{benefit.id}"
    months = given.values.add(
        f"{head}.patient_months", MONTHS * sum(exposure.values()), unit="patient_months", basis="measured", derived=True
    )
    priced = all("price" in side for sides in apart for side in sides)
    of_events = [_events(sides) for sides in apart]
    return PlanBridge(
        benefit=benefit.id,
        quantity=_steps(f"{head}.quantity", of_events, rows, given, unit=unit),
        cash=_steps(f"{head}.cash", apart, rows, given, unit="kroner") if priced else None,
        years=years,
        last=followed.last,
        freeze=freeze,
        not_frozen=not_frozen,
        time=months.id,
        hoped=_hoped(benefit, [old for old, _ in of_events], rows, given, unit=unit),
        together=not counts,
    )


def _hoped(benefit: Benefit, planned: Sequence[Factors], rows: _Rows, given: _Given, *, unit: Unit) -> str:
    """Add the change per patient-year the plan expected in the time followed, with its sign, and return its id."""
    n = rows.hoped.n
    time, events = 0.0, np.zeros(n)
    for side in planned:
        time += math.prod(float(one) for name, one in side.items() if name != "effect")
        events = events + math.prod(side.values(), start=np.ones(n))
    if not time:
        return ""
    # What is good is counted up: fewer events where those are feared.
    found = spread_of_draws(events / time * (-1.0 if lower_is_better(benefit) else 1.0))
    return given.values.add(
        f"bridge.{benefit.id}.hoped",
        found,
        unit=unit,
        per="person_year",
        basis="expected",
        grade=weakest(*(row.grade for row in rows.hoped.index)),
        derived=True,
    ).id


def _reason(planned: Benefit, rows: _Rows, *, per: float | None, followed: Followed | None) -> str:
    """Return why there is no bridge; empty when there is one."""
    if not len(rows.measured):
        return "not_multiplied"
    if planned.valuation is not None and planned.valuation.effect_from == "measured":
        return "plan_uses_measured"
    if not len(rows.hoped):
        return "nothing_planned"
    if per is None:
        return "not_patient_time"
    return "" if followed is not None else "not_followed"


def _data(benefit: Benefit) -> str:
    return (benefit.method.data if benefit.method is not None else None) or ""


def _patient_years(benefit: Benefit, project: Project) -> float | None:
    """How much exposure makes a patient-year; None where it is not time with patients."""
    return next((PER_PATIENT_YEAR.get(one.per) for one in project.data if one.id == _data(benefit)), None)


def _year(
    year: int,
    benefit: Benefit,
    planned: Benefit,
    rows: _Rows,
    followed: Followed,
    given: _Given,
    *,
    counts: tuple[float, float] | None,
    time: float,
) -> YearAsPlanned:
    start = given.planned.go_live
    hoped, measured = _of(rows.hoped, year), _of(rows.measured, year)
    planned_price = ratio(_of(rows.hoped_cash, year), hoped) if len(rows.hoped_cash) else None
    price = ratio(_of(rows.cash, year), measured) if len(rows.cash) else None
    if planned_price is not None and price is not None and np.allclose(price, planned_price, rtol=_ROUNDING, atol=0.0):
        price = planned_price
    started, in_service = counts if counts is not None else (None, None)
    return YearAsPlanned(
        volume=given.planned.volume(year, planned),
        started=started,
        in_service=in_service,
        planned=hoped,
        measured=measured,
        patient_years=time,
        planned_months=service_months(year, start=start),
        followed_months=service_months(year, start=start, last=followed.last),
        months=float(followed.months.get(year, 0)),
        ramp=ramp_moved(benefit, planned, project=given.project, as_planned=given.planned, year=year),
        planned_price=planned_price,
        price=price,
    )


def _of(flows: Flows, year: int) -> Array:
    """Draws of one year; nothing in a year there are no flows of."""
    return np.asarray(flows.total((year,))) if year in flows.years else np.zeros(flows.n)


def _events(sides: tuple[Factors, Factors]) -> tuple[Factors, Factors]:
    """The factors of the events: all but the price."""
    old, new = ({name: side[name] for name in OF_EVENTS if name in side} for side in sides)
    return old, new


def _steps(head: str, apart: Sequence[tuple[Factors, Factors]], rows: _Rows, given: _Given, *, unit: Unit) -> Steps:
    """Add the numbers of one bridge, each with its interval over the draws, and return their ids."""
    n = rows.measured.n
    causes: dict[Cause, Array] = {}
    ends = [np.zeros(n), np.zeros(n)]
    for sides in apart:
        for name, made in contributions_of_draws(*sides).items():
            causes[name] = causes.get(name, np.zeros(n)) + made
        ends = [end + math.prod(side.values(), start=np.ones(n)) for end, side in zip(ends, sides, strict=True)]
    hoped = weakest(*(row.grade for row in (*rows.hoped.index, *rows.hoped_cash.index)))
    measured = weakest(*(row.grade for row in (*rows.measured.index, *(rows.cash.index if unit == "kroner" else ()))))

    def add(name: str, draws: Array, *, basis: Basis | None, grade: Grade) -> str:
        found, id = spread_of_draws(draws), f"{head}.{name}"
        given.values.add(
            id,
            found,
            unit=unit,
            price_year=given.project.price_year if unit == "kroner" else None,
            basis=basis,
            grade=grade,
            derived=True,
        )
        return id

    both = weakest(hoped, measured)
    return Steps(
        start=add("start", ends[0], basis="expected", grade=hoped),
        end=add("end", ends[1], basis="measured", grade=measured),
        difference=add("difference", ends[1] - ends[0], basis=None, grade=both),
        causes=tuple((name, add(name, causes[name], basis=None, grade=both)) for name in CAUSES if name in causes),
    )
