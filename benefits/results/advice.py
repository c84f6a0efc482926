"""Advice on how each benefit is measured: from its data, else from what the plan says will have been collected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from benefits.activity import Data
from benefits.measurement import Refusal
from benefits.measurement.advice import Admissible, Advice, Opening, Situation, advice_on, opening_for
from benefits.measurement.checks.data_checks import FEW_PERSONS
from benefits.measurement.checks.everyone_included import ONLY_ACTIVE
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.results.data_request import BY_JUDGEMENT, Requests
from benefits.results.limits import LIMIT
from benefits.results.measuring import Measured
from benefits.results.planned_situation import from_data, from_plan, verdict_by
from benefits.results.values import Values
from benefits.vocabulary import GRADES, Unit

Fit = Literal["answers", "refuses", "not_chosen", "by_judgement", "not_known"]
"""Whether the method a plan has chosen answers; it may have chosen none, somebody's judgement, or one nobody knows."""
Basis = Literal["data", "plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuringAdvice:
    """How one benefit is measured, whether that will do, and what would do better.

    Attributes
    ----------
    benefit
        Its id.
    basis
        Whether the advice is about data that are here, or about what the plan says there will be.
    fit
        Whether the chosen method answers.
    chosen
        Its id; empty when none is chosen.
    refusal
        Why it does not answer.
    opening
        The one thing that would make it answer, where one would.
    advice
        On all methods.
    by
        The date the plan's data are to be there by; None with data.
    few
        Whether there are, or will be, too few patients for an interval to be trusted.
    """

    benefit: str
    basis: Basis
    fit: Fit
    chosen: str
    refusal: Refusal | None
    opening: Opening | None
    advice: Advice
    by: date | None
    few: bool

    @property
    def better(self) -> Admissible | None:
        """The method to offer in place of the chosen one: it answers where that does not, or gives better knowledge."""
        offered, now = self.advice.offered, self.advice.of(self.chosen)
        # With few patients one chart is as good as another method: only what does not answer is replaced.
        if offered is None or self.fit == "not_known" or (self.few and self.fit == "answers"):
            return None
        if not isinstance(now, Admissible):
            return offered
        return offered if GRADES.index(offered.grade) > GRADES.index(now.grade) else None


def measuring_advice(
    project: Project,
    shapes: Mapping[str, Data],
    requests: Requests,
    values: Values,
    *,
    measured: Measured,
    as_of: date,
    limit: int = LIMIT,
) -> tuple[MeasuringAdvice, ...]:
    """Return the advice on every benefit with an indicator that has not been dropped, and add its numbers.

    They are, for each benefit, ``advice.<benefit>.before`` and ``.after`` (months), ``.persons``, and
    ``.opening.<change>`` (how much more of it).

    Parameters
    ----------
    project
        The plan.
    shapes
        Data by id, as known at the date of the report.
    requests
        What the plan asks to have pulled.
    values
        Where the numbers are added.
    measured
        What the methods found, and would not.
    as_of
        Date of the report.
    limit
        Smallest number of persons that may be shown.
    """
    answered = {(one.benefit, one.method) for one in measured.estimates}
    refused = [(id, one) for id, one in measured.refusals if not one.method.endswith(ONLY_ACTIVE)]
    pages = {page.benefit: page for page in requests.pages}
    found = []
    for benefit in project.benefits:
        if benefit.indicator is None or benefit.status == "dropped":
            continue
        here = shapes.get(benefit.method.data or "") if benefit.method is not None else None
        by = None if here is not None else verdict_by(benefit, as_of)
        situation = (
            from_data(benefit, here, go_live=project.go_live)
            if here is not None and project.go_live is not None
            else from_plan(project, benefit, pages.get(benefit.id), by=by, as_of=as_of)
        )
        met = tuple(one for id, one in refused if id == benefit.id)
        one = _advised(benefit, situation, met, answered=answered, by=by, data=here is not None)
        _add(one, values, limit=limit, data=here is not None)
        found.append(one)
    return tuple(found)


def _advised(
    benefit: Benefit,
    situation: Situation,
    met: tuple[Refusal, ...],
    *,
    answered: set[tuple[str, str]],
    by: date | None,
    data: bool,
) -> MeasuringAdvice:
    chosen = benefit.method.id if benefit.method is not None else ""
    advice = advice_on(situation, refused=met)
    said = advice.of(chosen)
    refusal = said if isinstance(said, Refusal) else None
    fit: Fit = "not_known"
    if not chosen:
        fit = "not_chosen"
    elif chosen in BY_JUDGEMENT:
        fit = "by_judgement"
    elif refusal is not None:
        fit = "refuses"
    elif said is not None or (benefit.id, chosen) in answered:
        fit = "answers"
    return MeasuringAdvice(
        benefit=benefit.id,
        basis="data" if data else "plan",
        fit=fit,
        chosen=chosen,
        refusal=refusal,
        opening=opening_for(chosen, situation) if refusal is not None else None,
        advice=advice,
        by=by,
        # Those who are timed are staff, and timed many times each.
        few=0 < situation.persons < FEW_PERSONS and situation.kind != "minutes",
    )


def _add(one: MeasuringAdvice, values: Values, *, limit: int, data: bool) -> None:
    prefix, at = f"advice.{one.benefit}", one.advice.situation
    hidden = data and 0 < at.persons < limit
    if at.rows in {"series", "panel"}:
        values.add(f"{prefix}.before", at.months_before, unit="months")
        values.add(f"{prefix}.after", at.months_after, unit="months")
    if at.persons:
        values.add(f"{prefix}.persons", None if hidden else at.persons, unit="persons", suppressed=hidden)
    amounts = [(f"opening.{opening.change}", opening) for opening in one.advice.plain_openings]
    amounts += [(f"needs.{one.opening.change}", one.opening)] if one.opening is not None else []
    for name, opening in amounts:
        if opening.amount:
            # How many more persons are needed would tell how many there are.
            few = hidden and opening.change == "more_persons"
            shown = None if few else opening.amount
            values.add(f"{prefix}.{name}", shown, unit=_unit(opening.change), suppressed=few)


def _unit(change: str) -> Unit:
    return "persons" if change == "more_persons" else "months"
