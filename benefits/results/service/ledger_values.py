"""Counts and amounts of the ledger, by its dates, as Values; those a few persons could be told from are hidden."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from benefits.activity.cells import FEW_PERSONS
from benefits.measurement.intervals import proportion_interval
from benefits.project.model import Project
from benefits.results.limits import LIMIT
from benefits.results.service.ledger_cells import COUNTS, hidden_counts
from benefits.results.service.time import RowTime, timed
from benefits.results.values import Values
from benefits.vocabulary import Unit

AMOUNTS: Mapping[str, Unit] = MappingProxyType(
    {"patient_months": "patient_months", "alerts": "count", "minutes": "minutes", "cost": "kroner"}
)
"""What a row says of the time since the row before."""
RATES = ("alerts", "minutes", "cost")
"""Amounts told per patient-month."""
SHARES = (("accepted", "invited"), ("ended", "started"), ("fell_out", "started"))
"""A count, and what it is a share of."""


def add_ledger_values(project: Project, values: Values, *, limit: int = LIMIT) -> None:
    """Add every number of the ledger as ``ledger.<date>.<field>``, its shares and its amounts per patient-month.

    A share has its Wilson interval, and is hidden where either of its counts is. Patient-months are hidden where they
    would tell of fewer than ``limit`` in the service, and with them what is told per patient-month: minutes over
    minutes per patient-month are patient-months. Minutes and kroner themselves are about staff and accounts.
    """
    hidden = hidden_counts(project.ledger, limit=limit)
    concealed_on = {row.date: one for row, one in zip(project.ledger, hidden, strict=True)}
    for one in timed(project.ledger, go_live=project.go_live):
        concealed = concealed_on[one.row.date]
        before = concealed_on[one.before.date] if one.before is not None else frozenset()
        _add_counts(one, concealed, project, values)
        _add_shares(one, concealed, project, values)
        _add_amounts(one, project, values, limit=limit, uncertain="active" in concealed | before)


def id_of(one: RowTime) -> str:
    """Return how the ids of a row's values begin."""
    return f"ledger.{one.row.date.isoformat()}"


def few_in_service(one: RowTime, *, limit: int = LIMIT) -> bool:
    """Say whether the patient-months of a row would tell of fewer persons than may be shown.

    Examples
    --------
    >>> from datetime import date
    >>> from benefits.project.model import LedgerRow
    >>> few_in_service(timed([LedgerRow(date=date(2025, 12, 31), patient_months=36)], go_live=date(2025, 1, 1))[0])
    True
    """
    actives = [row.active for row in (one.before, one.row) if row is not None]
    mean = one.patient_months / one.months if one.patient_months and one.months else None
    return any(0 < number < limit for number in (*actives, mean) if number is not None)


def _add_counts(one: RowTime, concealed: frozenset[str], project: Project, values: Values) -> None:
    for field in (*COUNTS, "units"):
        number, few = getattr(one.row, field), field in concealed
        if number is not None:
            values.add(
                f"{id_of(one)}.{field}",
                None if few else number,
                unit="count" if field == "units" else "persons",
                basis="measured",
                source=project.said(one.row.source),
                suppressed=few,
            )


def _add_shares(one: RowTime, concealed: frozenset[str], project: Project, values: Values) -> None:
    for name, of in SHARES:
        part, whole = getattr(one.row, name), getattr(one.row, of)
        if part is None or not whole or part > whole:
            continue
        few = bool(concealed & {name, of})
        low, high = (None, None) if few else proportion_interval(part, whole)
        values.add(
            f"{id_of(one)}.{name}.share",
            None if few else part / whole,
            low=low,
            high=high,
            unit="share",
            basis="measured",
            suppressed=few,
            source=project.said(one.row.source),
        )


def _add_amounts(one: RowTime, project: Project, values: Values, *, limit: int, uncertain: bool) -> None:
    """Add what was used since the row before. Patient-months may tell how many were active, and are hidden as they."""
    few = few_in_service(one, limit=limit) or (uncertain and (one.estimated or _as_many_as_active(one)))
    source = project.said(one.row.source)
    year = one.row.date.year if one.start is not None and one.start.year == one.row.date.year else None
    for field, unit in AMOUNTS.items():
        number = one.patient_months if field == "patient_months" else getattr(one.row, field)
        if number is None:
            continue
        hide = few if field == "patient_months" else field == "alerts" and _few_alerts(one, number, limit=limit)
        values.add(
            f"{id_of(one)}.{field}",
            None if hide else number,
            unit=unit,
            price_year=year if unit == "kroner" else None,
            basis="measured",
            grade="assumed" if field == "patient_months" and one.estimated else None,
            derived=field == "patient_months" and one.estimated,
            source=source,
            suppressed=hide,
        )
        if field in RATES and one.patient_months:
            concealed = few or hide
            values.add(
                f"{id_of(one)}.{field}.rate",
                None if concealed else number / one.patient_months,
                unit=unit,
                per="person_month",
                price_year=year if unit == "kroner" else None,
                basis="measured",
                derived=True,
                source=source,
                suppressed=concealed,
            )


def _as_many_as_active(one: RowTime) -> bool:
    """Say whether those in the service at a time are as many as those active at one end of it, but for less than one.

    In a month in which nobody starts or ends, patient-months are those active.
    """
    mean = one.patient_months / one.months if one.patient_months is not None and one.months else None
    actives = [row.active for row in (one.before, one.row) if row is not None and row.active is not None]
    return mean is not None and any(abs(mean - active) < 1 for active in actives)


def _few_alerts(one: RowTime, number: float, *, limit: int) -> bool:
    """Events are held to the limit where the group is not large."""
    mean = one.patient_months / one.months if one.patient_months is not None and one.months else 0.0
    return 0 < number < limit and mean < FEW_PERSONS
