"""The flows of a project, put together from its costs, its financing and its benefits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benefits.economics.benefit_lines import Events, Pricing, lines_of
from benefits.economics.cost_lines import agreed_price_lines, cost_lines, grant_lines
from benefits.economics.draws import Draws
from benefits.economics.events import expected_events, measured_events
from benefits.economics.flows import Flows, Line, from_lines
from benefits.economics.inputs import Input
from benefits.errors import Gap
from benefits.measurement.contract import Estimate
from benefits.project.benefit import Benefit, Valuation
from benefits.project.model import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The flows of a project, and what the plan lacks for more of them."""

    flows: Flows
    gaps: tuple[Gap, ...] = ()


def flows(
    project: Project,
    *,
    inputs: Mapping[str, Input],
    estimates: Mapping[str, Estimate],
    draws: Draws,
    measured_exposure: Mapping[str, Mapping[int, float]] | None = None,
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

    Returns
    -------
    Built
        Flows over the years of the project and of its follow-up, and gaps: a benefit without an expected effect has no
        rows rather than rows of zeros, and kroner of another price year are left out.

    Raises
    ------
    ValueError
        When a benefit with a valuation has an estimate and no exposure, or more exposure than the estimate rests on.

    Notes
    -----
    Pure: the same arguments give the same numbers, and a row does not depend on any other item of the project.

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
    years = tuple(sorted({*project.years, *(year for exposure in exposures.values() for year in exposure)}))
    pricing = Pricing(inputs=inputs, draws=draws, price_year=project.price_year)
    gaps: list[Gap] = []
    lines: list[Line] = [
        *cost_lines(project, years=years, draws=draws, gaps=gaps),
        *grant_lines(project, years=years, draws=draws),
        *agreed_price_lines(project, years=years, draws=draws),
    ]
    for benefit in project.benefits:
        valuation = benefit.valuation
        if valuation is None or benefit.status == "dropped":
            continue
        expected = (
            expected_events(benefit, valuation, project=project, years=years, pricing=pricing, gaps=gaps)
            if project.years
            else None
        )
        measured = None
        if benefit.id in estimates:
            measured = measured_events(
                benefit,
                estimates[benefit.id],
                exposure=_exposure_of(benefit, exposures),
                years=years,
                draws=draws,
                gaps=gaps,
            )
        lines += _benefit_lines(benefit, valuation, (expected, measured), pricing, gaps)
    return Built(flows=from_lines(lines, years=years, n=draws.n), gaps=_each_once(gaps))


def _exposure_of(benefit: Benefit, exposures: Mapping[str, Mapping[int, float]]) -> Mapping[int, float]:
    if benefit.id not in exposures:
        raise ValueError(f"the estimate of {benefit.id} has no exposure by year")
    return exposures[benefit.id]


def _benefit_lines(
    benefit: Benefit, valuation: Valuation, found: tuple[Events | None, ...], pricing: Pricing, gaps: list[Gap]
) -> Iterator[Line]:
    for events in found:
        if events is not None:
            yield from lines_of(benefit, valuation, events=events, pricing=pricing, gaps=gaps)


def _each_once(gaps: list[Gap]) -> tuple[Gap, ...]:
    kept: list[Gap] = []
    for one in gaps:
        if one not in kept:
            kept.append(one)
    return tuple(kept)
