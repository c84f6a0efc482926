"""The flows of a project, put together from its costs, its financing and its benefits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benefits.economics.benefit_lines import lines_of
from benefits.economics.cost_lines import cost_lines, grant_lines, service_price_lines
from benefits.economics.draws import Draws
from benefits.economics.events import expected_events, measured_events
from benefits.economics.flows import Flows, Line, from_lines
from benefits.economics.inputs import Input
from benefits.economics.new_activity import new_activity_lines
from benefits.economics.persistence import Carried
from benefits.economics.pools import Claim, shared
from benefits.economics.pricing import Pricing
from benefits.economics.product import placed
from benefits.errors import Gap
from benefits.measurement.contract import Estimate
from benefits.project.model import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The flows of a project, what the plan lacks for more of them, and how long each expected effect is counted.

    ``unmoved`` are the lines that no effect and no rule for what an event is paid by changes: costs, grants and
    payments for services, over the years of the plan.
    """

    flows: Flows
    gaps: tuple[Gap, ...] = ()
    carried: tuple[Carried, ...] = ()
    unmoved: tuple[Line, ...] = ()


def flows(
    project: Project,
    *,
    inputs: Mapping[str, Input],
    estimates: Mapping[str, Estimate],
    draws: Draws,
    measured_exposure: Mapping[str, Mapping[int, float]] | None = None,
    unmoved: tuple[Line, ...] | None = None,
) -> Built:
    """Return what every actor gains and loses, on the basis of what is expected and of what was measured.

    Parameters
    ----------
    project
        Costs, financing, services and benefits with a valuation; a dropped benefit has no rows.
    inputs
        The project's assumptions by name.
    estimates
        Measured effects by benefit.
    draws
        Where uncertain numbers get their draws.
    measured_exposure
        By benefit: exposure of the treated in each calendar year of the follow-up, in the estimate's unit of exposure.
    unmoved
        As ``Built`` of the same project holds them, where they are known already; None: they are worked out.

    Returns
    -------
    Built
        Flows over the years of the project and of its follow-up, and gaps: a benefit without an expected effect has no
        rows rather than rows of zeros, kroner of another price year are left out, and so is an effect measured without
        a comparison group on patients chosen in a bad period.

    Raises
    ------
    ValueError
        When a benefit with a valuation has an estimate and no exposure, or more exposure than the estimate rests on.

    Notes
    -----
    A row is, in each year and draw::

        patients x innfasing x what is carried x events per patient x (1 - ratio), or x -difference
        x value per event x (1 + real growth)^(year - price year) x realisation share

    - patients: mean number in the service in the year (``Project.volume``); measured effects: their exposure.
    - innfasing: the share of the target reached (``ramp.share_reached``).
    - what is carried: nothing beyond the follow-up of the evidence but for a stated persistence (``persistence``).
    - value per event: kroner, bed-days or hours; of a transfer amount x weight x share (``transfers``).
    - real growth: nought, unless the value is of time, life or health.
    - realisation share: of cash and capacity in kroner only; what it leaves is not avoided (``avoided.split``).

    Pure: the same arguments give the same numbers, and a row does not depend on any other item of the project, but for
    benefits that name the same pool, which share what there is (``pools.shared``).

    Examples
    --------
    >>> from datetime import date
    >>> from benefits.project.fields import Quantity, Text
    >>> from benefits.project.money import Cost
    >>> cost = Cost(id="lead", title=Text(nb="Leder"), kind="running", actor="k", amount=Quantity(value=500_000.0))
    >>> project = Project(format=1, id="dho", title=Text(nb="DHO"), go_live=date(2025, 1, 1), horizon_years=2,
    ...                   costs=(cost,))
    >>> flows(project, inputs={}, estimates={}, draws=Draws(n=1)).flows.values.tolist()
    [[[-500000.0], [-500000.0]]]
    """
    exposures = measured_exposure or {}
    horizon = project.years
    years = tuple(sorted({*horizon, *(year for exposure in exposures.values() for year in exposure)}))
    pricing = Pricing(inputs=inputs, draws=draws, price_year=project.price_year)
    gaps: list[Gap] = []
    told: list[Carried] = []
    if unmoved is None:
        unmoved = tuple(_unmoved(project, pricing, gaps)) if horizon else ()
    planned = [*unmoved, *_effects(project, pricing, gaps, told)] if horizon else []
    measured = _measured(project, estimates, exposures, years, pricing, gaps)
    lines = [*(_over(line, horizon, years) for line in planned), *measured]
    found = from_lines(lines, years=years, n=draws.n)
    return Built(flows=found, gaps=tuple(dict.fromkeys(gaps)), carried=tuple(told), unmoved=unmoved)


def _unmoved(project: Project, pricing: Pricing, gaps: list[Gap]) -> Iterator[Line]:
    years = project.years
    yield from cost_lines(project, years=years, pricing=pricing, gaps=gaps)
    yield from grant_lines(project, years=years, draws=pricing.draws, gaps=gaps)
    yield from service_price_lines(project, years=years, pricing=pricing, gaps=gaps)


def _effects(project: Project, pricing: Pricing, gaps: list[Gap], told: list[Carried]) -> Iterator[Line]:
    years = project.years
    yield from new_activity_lines(project, years=years, pricing=pricing, gaps=gaps)
    claims: list[Claim] = []
    for benefit, valuation in project.valued:
        events = expected_events(benefit, valuation, project=project, years=years, pricing=pricing, gaps=gaps)
        if events is not None:
            claims.append(Claim(benefit=benefit, valuation=valuation, events=events))
            told += [events.carried] if events.carried is not None else []
    yield from _claimed(project, claims, pricing, gaps)


def _measured(
    project: Project,
    estimates: Mapping[str, Estimate],
    exposures: Mapping[str, Mapping[int, float]],
    years: tuple[int, ...],
    pricing: Pricing,
    gaps: list[Gap],
) -> Iterator[Line]:
    claims: list[Claim] = []
    for benefit, valuation in project.valued:
        if benefit.id not in estimates:
            continue
        if benefit.id not in exposures:
            raise ValueError(f"the estimate of {benefit.id} has no exposure by year")
        events = measured_events(
            benefit,
            estimates[benefit.id],
            exposure=exposures[benefit.id],
            years=years,
            draws=pricing.draws,
            gaps=gaps,
        )
        if events is not None:
            claims.append(Claim(benefit=benefit, valuation=valuation, events=events))
    yield from _claimed(project, claims, pricing, gaps)


def _claimed(project: Project, claims: list[Claim], pricing: Pricing, gaps: list[Gap]) -> Iterator[Line]:
    for claim in shared(claims, project.pools, pricing=pricing, gaps=gaps):
        yield from lines_of(claim.benefit, claim.valuation, events=claim.events, pricing=pricing, gaps=gaps)


def _over(line: Line, horizon: tuple[int, ...], years: tuple[int, ...]) -> Line:
    """The same row over more years: nothing is expected beyond the horizon of the plan."""
    if horizon == years:
        return line
    places = [years.index(year) for year in horizon]
    return Line(row=line.row, values=placed(line.values, places=places, length=len(years)))
