"""Where the early indicator of each benefit stands: a number of the ledger against the level it was to come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from benefits.project.benefit import Benefit, EarlyTarget
from benefits.project.model import LedgerRow, Project
from benefits.results.values import Value, Values
from benefits.vocabulary import LedgerMeasure, Unit

SignState = Literal[
    "reached",
    "late",
    "slipped",
    "behind",
    "not_since",
    "ahead",
    "within",
    "under_way",
    "other_year",
    "hidden",
    "unknown",
]
"""Once its date has passed: at its level on that date and now, now only, then only, neither, or not counted since.

Before its date: there already, within it so far, not yet there. And kroner of another year than the level's, hidden
because of few persons, or not told by the ledger.
"""
STATES: tuple[SignState, ...] = get_args(SignState)
PER_PATIENT_MONTH: frozenset[LedgerMeasure] = frozenset(
    {"alerts_per_patient_month", "minutes_per_patient_month", "cost_per_patient_month"}
)
CEILINGS: frozenset[LedgerMeasure] = PER_PATIENT_MONTH | {"drop_out_share"}
"""Measures that are to stay at their level or below."""
_UNITS: Mapping[LedgerMeasure, Unit] = MappingProxyType(
    {
        "accepted_share": "share",
        "drop_out_share": "share",
        "alerts_per_patient_month": "count",
        "minutes_per_patient_month": "minutes",
        "cost_per_patient_month": "kroner",
    }
)
"""Others are persons."""
_FIELDS: Mapping[LedgerMeasure, str] = MappingProxyType(
    {
        "invited": "invited",
        "accepted": "accepted",
        "started": "started",
        "active": "active",
        "accepted_share": "accepted.share",
        "drop_out_share": "fell_out.share",
        "alerts_per_patient_month": "alerts.rate",
        "minutes_per_patient_month": "minutes.rate",
        "cost_per_patient_month": "cost.rate",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlySign:
    """The early indicator of a benefit. Values are ``early.<benefit>.now`` and ``early.<benefit>.target``.

    Attributes
    ----------
    benefit, measure
        Which.
    due
        When it was to be at its level.
    known_on
        Date of the last row of the ledger that tells; None when none does, and then there is no value of now.
    state
        Where it stands at the date of the report.
    """

    benefit: str
    measure: LedgerMeasure
    due: date
    known_on: date | None
    state: SignState


def add_early_signs(project: Project, values: Values, *, as_of: date) -> tuple[EarlySign, ...]:
    """Add the level each early indicator is at and is to come to, and return where each stands.

    It is judged by the number alone: an early indicator tells whether the service is in use as planned, not of an
    effect.

    Parameters
    ----------
    project
        With the rows of the ledger that are known at the date of the report.
    values
        Where the numbers are added; holds those of the ledger already.
    as_of
        The date of the report.
    """
    rows = sorted(project.ledger, key=lambda row: row.date)
    benefits = [one for one in project.benefits if one.early_target is not None and one.status != "dropped"]
    return tuple(_sign(benefit, rows, project, values, as_of) for benefit in benefits)


def _sign(benefit: Benefit, rows: list[LedgerRow], project: Project, values: Values, as_of: date) -> EarlySign:
    target = benefit.early_target
    assert target is not None
    named = [(row.date, f"ledger.{row.date.isoformat()}.{_FIELDS[target.measure]}") for row in rows]
    told = [(day, values[id]) for day, id in named if id in values]
    known_on, like = told[-1] if told else (None, None)
    values.add(
        f"early.{benefit.id}.target",
        target.value,
        unit=_UNITS.get(target.measure, "persons"),
        per="person_month" if target.measure in PER_PATIENT_MONTH else "none",
        price_year=project.price_year if target.measure == "cost_per_patient_month" else None,
        basis="expected",
    )
    if like is not None:
        values.add(
            f"early.{benefit.id}.now",
            like.value,
            low=like.low,
            high=like.high,
            unit=like.unit,
            per=like.per,
            price_year=like.price_year,
            basis=like.basis,
            derived=like.derived,
            suppressed=like.suppressed,
            source=like.source,
        )
    return EarlySign(
        benefit=benefit.id,
        measure=target.measure,
        due=target.date,
        known_on=known_on,
        state=_state(target, told, price_year=project.price_year, as_of=as_of),
    )


def _state(target: EarlyTarget, told: list[tuple[date, Value]], *, price_year: int | None, as_of: date) -> SignState:
    if not told:
        return "unknown"
    known_on, now = told[-1]
    if now.value is None:
        return "hidden"
    if target.measure == "cost_per_patient_month" and now.price_year != price_year:
        return "other_year"
    there, ceiling = _is_there(now, target), target.measure in CEILINGS
    if target.date > as_of:
        return ("within" if ceiling else "ahead") if there else "under_way"
    if known_on < target.date:
        return "reached" if there and not ceiling else "not_since"
    on_date = next(value for day, value in told if day >= target.date)
    was = there if on_date.value is None else _is_there(on_date, target)
    if there:
        return "reached" if was else "late"
    return "slipped" if was else "behind"


def _is_there(value: Value, target: EarlyTarget) -> bool:
    assert value.value is not None
    return value.value <= target.value if target.measure in CEILINGS else value.value >= target.value
