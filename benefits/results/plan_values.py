"""The numbers a project file states, and those that follow from it without data, as Values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from benefits.economics import Draws, Input
from benefits.economics.numbers import Numbers, UnusableNumber
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.reference import Evidence, Library, NoDistribution, NoValueYet
from benefits.results.limits import LIMIT
from benefits.results.power.rates import POWER
from benefits.results.reported_values import add_measurements
from benefits.results.service.ledger_values import add_ledger_values
from benefits.results.values import LEVEL_VALUE, Values
from benefits.vocabulary import Exposure, Grade


def add_plan_values(
    project: Project,
    inputs: dict[str, Input],
    values: Values,
    *,
    limit: int = LIMIT,
) -> None:
    """Add counts, volumes, baselines, targets, assumptions and amounts.

    Parameters
    ----------
    limit
        Smallest number of persons that may be shown.
    """
    values.add(LEVEL_VALUE.id, LEVEL_VALUE.value, unit=LEVEL_VALUE.unit)
    values.add("power", POWER, unit="share")
    _counts(project, values)
    _volumes(project, values)
    add_ledger_values(project, values, limit=limit)
    for benefit in project.benefits:
        _baseline_and_target(project, benefit, values, limit)
    for name, one in inputs.items():
        certain = one.low == one.high
        values.add(
            f"assumption.{name}",
            one.mean,
            low=None if certain else one.low,
            high=None if certain else one.high,
            unit=one.unit,
            per=one.per,
            price_year=one.price_year,
            grade=one.grade if one.evidence_id else None,
            elsewhere=bool(one.evidence_id),
            standing=one.standing,
            source=one.source,
        )
    _financing(project, values)
    _costs(project, Numbers(draws=Draws(n=1), inputs=inputs, price_year=project.price_year), values)


def add_reference_values(library: Library, evidence: Iterable[Evidence], on: date, values: Values) -> None:
    """Add the published figures shown beside the project's own: marginal shares, and effects found elsewhere."""
    for id in library.ids():
        if id.startswith("marginal_share."):
            try:
                one = library.at(id, on)
            except NoValueYet:
                continue
            standing, source = one.standing, one.source.title
            values.add(f"reference.{id}", one.value, unit=one.unit, standing=standing, source=source)
    for study in evidence:
        if study.estimate is not None:
            ratio = study.measure in {"odds_ratio", "risk_ratio", "rate_ratio"}
            values.add(
                f"evidence.{study.id}",
                study.estimate,
                low=study.low,
                high=study.high,
                unit="ratio" if ratio else "points",
                per="none" if ratio else study.per or "none",
                grade=study.grade,
                elsewhere=True,
                standing="study",
                source=study.source.title,
            )
        if study.n is not None:
            values.add(f"evidence.{study.id}.n", study.n, unit="persons", source=study.source.title)
        if study.follow_up_months is not None:
            id = f"evidence.{study.id}.follow_up"
            values.add(id, study.follow_up_months, unit="months", source=study.source.title)
        if study.measure == "odds_ratio" and study.baseline_risk is not None:
            _add_converted(study, values)


def _add_converted(study: Evidence, values: Values) -> None:
    """The risk ratio an odds ratio means at the risk in its own comparison group, and that risk."""
    source = study.source.title
    values.add(f"evidence.{study.id}.baseline_risk", study.baseline_risk, unit="share", source=source)
    try:
        found = study.distribution()
    except NoDistribution:
        return
    (middle,), (low, high) = found.ppf(np.array([0.5])), found.interval()
    values.add(
        f"evidence.{study.id}.risk_ratio",
        float(middle),
        low=low,
        high=high,
        unit="ratio",
        grade=study.grade,
        elsewhere=True,
        standing="study",
        source=source,
        derived=True,
    )


def _costs(project: Project, numbers: Numbers, values: Values) -> None:
    """Each cost as stated; one that comes from a service's price is stated there, one without a number nowhere."""
    per: dict[str, Exposure] = {"year": "year", "patient_month": "person_month", "patient_year": "person_year"}
    for cost in project.costs:
        if cost.amount is None:
            continue
        try:
            found = numbers.spread(cost.amount, unit="kroner")
        except UnusableNumber:
            continue
        values.add(
            f"cost.{cost.id}",
            found,
            unit="kroner",
            per=per.get(cost.per, "none"),
            price_year=project.price_year,
            basis="expected",
            standing=numbers.standing(cost.amount, otherwise=cost.standing),
            source=numbers.source(cost.amount, otherwise=project.said(cost.source)),
        )


def _counts(project: Project, values: Values) -> None:
    wanted = [benefit for benefit in project.benefits if not benefit.dis_benefit]
    values.add("count.benefits", len(wanted), unit="count")
    values.add("count.dis_benefits", len(project.benefits) - len(wanted), unit="count")
    values.add("project.horizon", project.horizon_years, unit="years")
    if project.milestones is not None:
        for name in ("m1", "m2", "m3"):
            states = getattr(project.milestones, name).items.values()
            relevant = [state for state in states if state != "not_relevant"]
            values.add(f"milestone.{name}.done", sum(state == "done" for state in relevant), unit="count")
            values.add(f"milestone.{name}.items", len(relevant), unit="count")
            values.add(f"milestone.{name}.blank", sum(state is None for state in relevant), unit="count")


def _volumes(project: Project, values: Values) -> None:
    for year in project.years:
        if project.volume(year):
            values.add(f"project.volume.{year}", project.volume(year), unit="persons", basis="expected")


def _baseline_and_target(project: Project, benefit: Benefit, values: Values, limit: int) -> None:
    if benefit.indicator is None:
        return
    unit, per = benefit.indicator.unit, benefit.indicator.per
    baseline, target = benefit.baseline, benefit.target
    if baseline is not None and baseline.value is not None:
        grades: dict[str, Grade] = {"measured": "reported", "estimated": "expert"}
        values.add(
            f"benefit.{benefit.id}.baseline",
            baseline.value,
            low=baseline.low,
            high=baseline.high,
            unit=unit,
            per=per,
            basis="measured" if baseline.state == "measured" else "expected",
            grade=grades.get(baseline.state, "assumed"),
            source=project.said(baseline.source),
        )
        if baseline.n is not None:
            few = 0 < baseline.n < limit
            values.add(f"benefit.{benefit.id}.baseline.n", None if few else baseline.n, unit="persons", suppressed=few)
    if baseline is not None and baseline.selection is not None:
        chosen, source = baseline.selection, project.said(baseline.selection.source)
        prefix = f"benefit.{benefit.id}.selection"
        values.add(f"{prefix}.rate", chosen.population_rate, unit=unit, per=per, source=source)
        values.add(f"{prefix}.dispersion", chosen.population_dispersion, unit="ratio", source=source)
    if target is not None:
        values.add(f"benefit.{benefit.id}.target", target.value, unit=unit, per=per, basis="expected", grade="assumed")
    add_measurements(project, benefit, values, limit=limit)


def _financing(project: Project, values: Values) -> None:
    for source in project.financing.sources if project.financing else ():
        for year, amount in source.amounts.items():
            id = f"financing.{source.id}.{year}"
            year_of = project.price_year
            values.add(id, amount, unit="kroner", price_year=year_of, basis="expected", standing="assumed")
