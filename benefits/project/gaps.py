"""What a plan lacks, and how much each lack weighs. Nothing here stops a report from being made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from benefits.errors import Gap
from benefits.project.benefit import Benefit
from benefits.project.model import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class _Check:
    """One thing a plan or a benefit should have: ``lacks`` says whether it does not."""

    code: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _ProjectCheck(_Check):
    lacks: Callable[[Project], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _BenefitCheck(_Check):
    lacks: Callable[[Benefit], bool]


FROM_DATA = ("n", "period")
"""What is known of a baseline as soon as it is worked out from data."""


def _has_events(benefit: Benefit) -> bool:
    return benefit.valuation is not None and benefit.valuation.unit_cost is not None


def replacement_assessed(benefit: Benefit) -> bool:
    """Return whether it is known what comes instead of a benefit's events, nothing at all included.

    True where there is nothing to ask: no valuation, a benefit that is dropped, or one nobody hopes for. What is only
    told in words is not assessed.
    """
    if benefit.valuation is None or benefit.status == "dropped" or benefit.dis_benefit:
        return True
    return bool(benefit.valuation.replacements)


def _baseline_lacks(benefit: Benefit, name: str) -> bool:
    baseline = benefit.baseline
    if baseline is None or baseline.state != "measured" or (baseline.data is not None and name in FROM_DATA):
        return False
    return getattr(baseline, name) is None


def _has_grant(project: Project) -> bool:
    own = ("own_budget", "own_contribution")
    return project.financing is not None and any(source.source not in own for source in project.financing.sources)


def _kroner_are_hidden(benefit: Benefit) -> bool:
    not_priced = benefit.realisation is not None and benefit.realisation.form == "not_priced"
    return not_priced and _has_events(benefit)


def _past_concept_without_groups(project: Project) -> bool:
    early = project.phase is None or project.phase in {"idea", "concept"}
    return bool(project.benefits) and not early and not project.affected_groups


def _volume_stops_early(project: Project) -> bool:
    named = project.patient_group.volume if project.patient_group is not None else {}
    return bool(named and project.years) and max(named) < project.years[-1]


def _is_unjudged(benefit: Benefit) -> bool:
    not_priced = benefit.realisation is not None and benefit.realisation.form == "not_priced"
    return not_priced and None in (benefit.importance, benefit.extent, benefit.consequence)


PROJECT_CHECKS: tuple[_ProjectCheck, ...] = (
    _ProjectCheck(code="no_benefits", weight=100, lacks=lambda project: not project.benefits),
    _ProjectCheck(code="no_as_of", weight=92, lacks=lambda project: project.as_of is None and not project.data),
    _ProjectCheck(code="no_go_live", weight=88, lacks=lambda project: project.go_live is None),
    _ProjectCheck(
        code="no_volume",
        weight=86,
        lacks=lambda project: (
            not (
                (project.patient_group and project.patient_group.volume)
                or any(benefit.volume for benefit in project.benefits)
            )
        ),
    ),
    _ProjectCheck(code="volume_stops_early", weight=60, lacks=_volume_stops_early),
    _ProjectCheck(code="no_actors", weight=78, lacks=lambda project: not project.actors),
    _ProjectCheck(code="no_costs", weight=72, lacks=lambda project: not project.costs),
    _ProjectCheck(
        code="no_decision_asked",
        weight=70,
        lacks=lambda project: not any(decision.state == "asked" for decision in project.decisions),
    ),
    _ProjectCheck(code="no_null_alternative", weight=65, lacks=lambda project: project.null_alternative is None),
    _ProjectCheck(
        code="no_after_grant",
        weight=58,
        lacks=lambda project: (
            _has_grant(project) and (project.financing is None or project.financing.after_grant is None)
        ),
    ),
    _ProjectCheck(
        code="no_dis_benefit",
        weight=50,
        lacks=lambda project: bool(project.benefits) and not any(benefit.dis_benefit for benefit in project.benefits),
    ),
    _ProjectCheck(
        code="no_financing",
        weight=48,
        lacks=lambda project: project.financing is None or not project.financing.sources,
    ),
    _ProjectCheck(code="no_participation", weight=35, lacks=lambda project: project.participation is None),
    _ProjectCheck(
        code="no_price_year",
        weight=33,
        lacks=lambda project: (
            project.price_year is None and bool(project.costs or project.services or project.test_arenas)
        ),
    ),
    _ProjectCheck(code="no_risks", weight=22, lacks=lambda project: not project.risks),
    _ProjectCheck(code="no_affected_groups", weight=18, lacks=_past_concept_without_groups),
    _ProjectCheck(code="no_stakeholders", weight=20, lacks=lambda project: not project.stakeholders),
)

BENEFIT_CHECKS: tuple[_BenefitCheck, ...] = (
    _BenefitCheck(code="no_indicator", weight=95, lacks=lambda benefit: benefit.indicator is None),
    _BenefitCheck(code="no_baseline", weight=90, lacks=lambda benefit: benefit.baseline is None),
    _BenefitCheck(code="no_target", weight=85, lacks=lambda benefit: benefit.target is None),
    _BenefitCheck(
        code="baseline_planned",
        weight=82,
        lacks=lambda benefit: benefit.baseline is not None and benefit.baseline.state == "planned",
    ),
    _BenefitCheck(code="no_method", weight=80, lacks=lambda benefit: benefit.method is None),
    _BenefitCheck(code="no_owner", weight=75, lacks=lambda benefit: benefit.owner is None),
    _BenefitCheck(
        code="owner_without_authority",
        weight=64,
        lacks=lambda benefit: benefit.owner is not None and not benefit.owner.line_authority,
    ),
    _BenefitCheck(code="no_realisation_form", weight=66, lacks=lambda benefit: benefit.realisation is None),
    _BenefitCheck(
        code="replacement_not_assessed",
        weight=62,
        lacks=lambda benefit: not replacement_assessed(benefit),
    ),
    _BenefitCheck(
        code="baseline_not_possible",
        weight=60,
        lacks=lambda benefit: benefit.baseline is not None and benefit.baseline.state == "not_possible",
    ),
    _BenefitCheck(code="baseline_without_n", weight=56, lacks=lambda benefit: _baseline_lacks(benefit, "n")),
    _BenefitCheck(code="baseline_without_period", weight=57, lacks=lambda benefit: _baseline_lacks(benefit, "period")),
    _BenefitCheck(code="baseline_without_source", weight=59, lacks=lambda benefit: _baseline_lacks(benefit, "source")),
    _BenefitCheck(code="no_hypothesis", weight=55, lacks=lambda benefit: benefit.hypothesis is None),
    _BenefitCheck(code="no_gaining_actor", weight=54, lacks=lambda benefit: not benefit.gains),
    _BenefitCheck(
        code="no_wrong_if",
        weight=45,
        lacks=lambda benefit: benefit.hypothesis is not None and benefit.hypothesis.wrong_if is None,
    ),
    _BenefitCheck(
        code="no_mechanism",
        weight=40,
        lacks=lambda benefit: benefit.hypothesis is not None and benefit.hypothesis.mechanism is None,
    ),
    _BenefitCheck(code="no_type", weight=38, lacks=lambda benefit: not benefit.types),
    _BenefitCheck(code="unpriced_without_judgement", weight=21, lacks=_is_unjudged),
    _BenefitCheck(code="kroner_not_shown", weight=30, lacks=_kroner_are_hidden),
    _BenefitCheck(
        code="no_measurement_cost",
        weight=25,
        lacks=lambda benefit: benefit.method is not None and benefit.method.cost is None,
    ),
    _BenefitCheck(code="no_actions", weight=24, lacks=lambda benefit: not benefit.actions),
    _BenefitCheck(
        code="no_early_indicator",
        weight=23,
        lacks=lambda benefit: benefit.early_indicator is None and benefit.early_target is None,
    ),
)

DIS_BENEFIT_CHECKS: tuple[_BenefitCheck, ...] = (
    _BenefitCheck(code="dis_benefit_without_indicator", weight=47, lacks=lambda benefit: benefit.indicator is None),
    _BenefitCheck(code="dis_benefit_without_baseline", weight=45, lacks=lambda benefit: benefit.baseline is None),
    _BenefitCheck(code="dis_benefit_without_method", weight=40, lacks=lambda benefit: benefit.method is None),
    _BenefitCheck(code="dis_benefit_without_owner", weight=37, lacks=lambda benefit: benefit.owner is None),
    _BenefitCheck(code="no_hypothesis", weight=27, lacks=lambda benefit: benefit.hypothesis is None),
)
"""Nobody hopes for a dis-benefit, takes it out or gains by it; it is watched."""

BASELINE_LATE = _Check(code="baseline_late", weight=83)
"""Instead of ``baseline_planned`` once the service has started."""

COST_WITHOUT_AMOUNT = _Check(code="cost_without_amount", weight=68)
ASSUMPTION_WITHOUT_SOURCE = _Check(code="assumption_without_source", weight=52)

GAP_CODES: frozenset[str] = frozenset(
    check.code
    for check in (
        *PROJECT_CHECKS,
        *BENEFIT_CHECKS,
        *DIS_BENEFIT_CHECKS,
        BASELINE_LATE,
        COST_WITHOUT_AMOUNT,
        ASSUMPTION_WITHOUT_SOURCE,
    )
)


def gaps(project: Project, *, as_of: date | None = None) -> tuple[Gap, ...]:
    """Return what a plan lacks, heaviest first.

    Parameters
    ----------
    project
        A project without problems, or what could be read of one.
    as_of
        The date the plan is looked at; the project's own when None. It decides whether the service has started.

    Returns
    -------
    tuple of Gap
        ``subject`` is the id of the benefit, cost or assumption, or empty for the whole project. Benefits that were
        dropped lack nothing.

    Examples
    --------
    >>> project = Project.model_validate({"format": 1, "id": "dho", "title": "DHO", "actors": ()})
    >>> [gap.code for gap in gaps(project)][:3]
    ['no_benefits', 'no_as_of', 'no_go_live']
    """
    seen = project if as_of is None else project.model_copy(update={"as_of": as_of})
    found = [*_of_project(seen), *_of_benefits(seen), *_of_numbers(seen)]
    return tuple(sorted(found, key=lambda gap: -gap.weight))


def _of_project(project: Project) -> Iterator[Gap]:
    for check in PROJECT_CHECKS:
        if check.lacks(project):
            yield Gap(code=check.code, weight=check.weight)


def _of_benefits(project: Project) -> Iterator[Gap]:
    started = project.go_live is not None and project.as_of is not None and project.go_live <= project.as_of
    for benefit in project.benefits:
        if benefit.status == "dropped":
            continue
        for check in DIS_BENEFIT_CHECKS if benefit.dis_benefit else BENEFIT_CHECKS:
            if check.lacks(benefit):
                told = BASELINE_LATE if started and check.code == "baseline_planned" else check
                yield Gap(code=told.code, subject=benefit.id, weight=told.weight)


def _of_numbers(project: Project) -> Iterator[Gap]:
    for cost in project.costs:
        if cost.amount is None and cost.service is None:
            yield Gap(code=COST_WITHOUT_AMOUNT.code, subject=cost.id, weight=COST_WITHOUT_AMOUNT.weight)
    for name, assumption in project.assumptions.items():
        if assumption.form and assumption.source is None and assumption.standing != "assumed":
            yield Gap(code=ASSUMPTION_WITHOUT_SOURCE.code, subject=name, weight=ASSUMPTION_WITHOUT_SOURCE.weight)
