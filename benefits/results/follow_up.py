"""How it went against the plan as it was frozen: deviations, verdicts, uptake, and what one period showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from benefits.activity import Panel, Series
from benefits.errors import Gap
from benefits.measurement.intervals import proportion_interval
from benefits.project.freezing import NO_FREEZE, Freeze, should_be_frozen
from benefits.project.model import LedgerRow, Project
from benefits.results.deviations import Deviation, add_deviation_values, deviations
from benefits.results.measuring import Measured
from benefits.results.model import PublishedSeries
from benefits.results.period import Period
from benefits.results.period_values import PeriodSummary, observe
from benefits.results.reading import last_whole_month
from benefits.results.values import Values
from benefits.results.verdicts import Verdict, verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a follow-up adds to an assessed project.

    Attributes
    ----------
    freeze
        The latest frozen plan not after the date of the report; None when there is none.
    deviations
        Every difference from it.
    verdicts
        Where each benefit stands.
    period
        What was observed in the period asked for; None when none was.
    gaps
        What a follow-up lacks.
    """

    freeze: Freeze | None
    deviations: tuple[Deviation, ...]
    verdicts: tuple[Verdict, ...]
    period: PeriodSummary | None
    gaps: tuple[Gap, ...]


def follow_up(
    project: Project,
    shapes: Mapping[str, Series | Panel],
    *,
    freeze: Freeze | None,
    measured: Measured,
    series: tuple[PublishedSeries, ...],
    period: Period | None,
    as_of: date,
    values: Values,
) -> FollowUp:
    """Compare a project with its frozen plan, judge its benefits, and add the numbers.

    Parameters
    ----------
    project
        As it is now.
    shapes
        Data by id, as known at the date of the report.
    freeze
        The frozen plan that applies.
    measured, series
        What the methods found, and the data as they are published.
    period
        The part of time to look at; None for none.
    as_of
        The date of the report.
    values
        Where the numbers are added; holds those of the plan and of the estimates already.
    """
    differences = deviations(freeze, project) if freeze is not None else ()
    if freeze is not None:
        add_deviation_values(differences, freeze, project, values)
    values.add("count.deviations", len(differences), unit="count")
    for row in project.ledger:
        _uptake(project, row, values)
    ends = {name: last_whole_month({name: shape}) or as_of for name, shape in shapes.items()}
    judged = verdicts(
        project,
        freeze=freeze,
        estimates=measured.estimates,
        refused=frozenset(benefit for benefit, _ in measured.refusals),
        data_end=ends,
        as_of=as_of,
        values=values,
    )
    areas = [one.data for one in series if one.areas]
    return FollowUp(
        freeze=freeze,
        deviations=differences,
        verdicts=judged,
        period=observe(project, shapes, areas=areas, period=period, values=values) if period is not None else None,
        gaps=(NO_FREEZE,) if freeze is None and should_be_frozen(project, as_of=as_of) else (),
    )


def _uptake(project: Project, row: LedgerRow, values: Values) -> None:
    """Add the share of the invited who accepted and of the started who ended, hidden where a count of it is."""
    for name, part, whole in (("accepted", row.accepted, row.invited), ("ended", row.ended, row.started)):
        if part is None or not whole or part > whole:
            continue
        prefix, of = f"ledger.{row.date.isoformat()}", "invited" if name == "accepted" else "started"
        hidden = values[f"{prefix}.{name}"].suppressed or values[f"{prefix}.{of}"].suppressed
        low, high = proportion_interval(part, whole)
        values.add(
            f"{prefix}.{name}.share",
            None if hidden else part / whole,
            low=None if hidden else low,
            high=None if hidden else high,
            unit="share",
            basis="measured",
            suppressed=hidden,
            source=project.said(row.source),
        )
