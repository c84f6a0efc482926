"""How it went against the plan as it was frozen: deviations, verdicts, uptake, and what one period showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from benefits.activity import Panel, Series
from benefits.errors import Gap
from benefits.project.freezing import NO_FREEZE, Freeze, should_be_frozen, start_of
from benefits.project.model import Project
from benefits.results.deviations import Deviation, add_deviation_values, deviations
from benefits.results.limits import LIMIT
from benefits.results.model import PublishedSeries
from benefits.results.period import Period
from benefits.results.period_values import PeriodSummary, observe
from benefits.results.published import NO_PERSONS
from benefits.results.values import Values
from benefits.results.verdicts.realised import Realised, realised
from benefits.results.verdicts.tests_made import add_tests_made
from benefits.results.verdicts.verdict import KnownOn, Verdict, verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a follow-up adds to an assessed project.

    Attributes
    ----------
    freeze
        The frozen plan that applies (see :func:`benefits.project.freezing.binding`); None when there is none.
    late
        The start of the service, where the plan was frozen after it; else None.
    later
        Days the plan was frozen again after it, which changes nothing it is held to.
    deviations
        Every difference from it.
    verdicts
        Where each benefit stands.
    period
        What was observed in the period asked for; None when none was.
    gaps
        What a follow-up lacks.
    realised
        Whether each benefit is realised, and what is lacking.
    """

    freeze: Freeze | None
    late: date | None
    later: tuple[date, ...]
    deviations: tuple[Deviation, ...]
    verdicts: tuple[Verdict, ...]
    period: PeriodSummary | None
    gaps: tuple[Gap, ...]
    realised: tuple[Realised, ...]


def follow_up(
    project: Project,
    *,
    known_on: KnownOn,
    whole: Mapping[str, Series | Panel],
    freeze: Freeze | None,
    frozen: tuple[Freeze, ...],
    series: tuple[PublishedSeries, ...],
    period: Period | None,
    as_of: date,
    values: Values,
    limit: int = LIMIT,
    persons: Mapping[str, pd.DataFrame] = NO_PERSONS,
) -> FollowUp:
    """Compare a project with its frozen plan, judge its benefits, and add the numbers.

    Parameters
    ----------
    project
        As it is now.
    known_on
        Gives what was known on a day.
    whole
        The data, counts over time, with what came after that date, which decide how finely they may be shown.
    freeze
        The frozen plan that applies.
    frozen
        Every frozen plan not after the date of the report.
    series
        The data as they are published.
    period
        The part of time to look at; None for none.
    as_of
        The date of the report.
    values
        Where the numbers are added; holds those of the plan and of the estimates already.
    limit
        Smallest number of persons, or of events in a small group, that may be shown.
    persons
        Data id -> how many persons the events of each cell befell, where that is known.
    """
    differences = deviations(freeze, project) if freeze is not None else ()
    if freeze is not None:
        add_deviation_values(differences, freeze, project, values)
    values.add("count.deviations", len(differences), unit="count")
    found = known_on(as_of).measured
    judged = verdicts(
        project,
        freeze=freeze,
        known_on=known_on,
        as_of=as_of,
        values=values,
    )
    add_tests_made(judged, estimates=found.estimates, compared=found.compared, values=values)
    areas, observed = [one.data for one in series if one.areas], None
    if period is not None:
        observed = observe(
            project, whole, areas=areas, period=period, as_of=as_of, values=values, limit=limit, persons=persons
        )
    return FollowUp(
        freeze=freeze,
        late=_late(freeze, project),
        later=tuple(one.as_of for one in frozen if freeze is not None and one.as_of > freeze.as_of),
        deviations=differences,
        verdicts=judged,
        period=observed,
        realised=realised(project, as_of=as_of, values=values),
        gaps=(NO_FREEZE,) if freeze is None and should_be_frozen(project, as_of=as_of) else (),
    )


def _late(freeze: Freeze | None, project: Project) -> date | None:
    """The start, where the plan was frozen after it: as frozen or as it is told now, whichever is the earlier."""
    if freeze is None:
        return None
    starts = [start for start in (start_of(freeze, project), project.go_live) if start is not None]
    return min((start for start in starts if start < freeze.as_of), default=None)
