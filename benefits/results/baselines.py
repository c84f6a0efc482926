"""Baselines worked out from data, and the project with them put in: what every later step compares with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from benefits.activity import Panel, Series
from benefits.errors import Gap
from benefits.measurement import Check, Refusal
from benefits.measurement.baselines.baseline import baseline, by_unit
from benefits.measurement.baselines.baseline_figure import BaselineFigure
from benefits.measurement.baselines.baseline_spread import Kind
from benefits.measurement.baselines.baseline_window import Abnormal, normal
from benefits.measurement.baselines.population import Population, estimate_population
from benefits.measurement.checks.amount_peak import peak_of
from benefits.measurement.windows import month_numbers, starts
from benefits.project.benefit import Baseline, Benefit, Indicator, Period
from benefits.project.data import DataSource
from benefits.project.model import Project
from benefits.results.limits import LIMIT, persons_by_group
from benefits.vocabulary import Exposure, Unit

EVENTS: frozenset[Unit] = frozenset(
    {"admissions", "consultations", "contacts", "visits", "journeys", "persons", "count"}
)
"""Units that are counted one by one, with a rate; a share is a share, and anything else has a mean."""
HEADS: frozenset[Exposure] = frozenset({"person", "patient", "inhabitant"})
PANDEMIC = (date(2020, 1, 1), date(2021, 12, 31))
"""Two years in which services were used otherwise.

References
----------
Helse Midt-Norge RHF, Prosjektgruppe for koordinering av utviklingsplaner: Framtidsnotater temaområder, note to the
steering group 10.9.2021: 2019 is taken as the last normal year, since 2020 is seen as not representative.
"""
IN_PANDEMIC = "baseline_in_pandemic"
NOT_WORKED_OUT = "baseline_not_worked_out"
WEIGHTS: Mapping[str, int] = MappingProxyType({NOT_WORKED_OUT: 84, IN_PANDEMIC: 61})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedOut:
    """What data gave for the baseline of one benefit.

    Attributes
    ----------
    benefit, data
        Ids.
    figure, refusal
        One of them.
    stated
        The value a person wrote beside the data; None when none.
    units
        Unit -> its own figure or refusal, where asked for.
    peak
        Whether the last months before the start were worse than the time before; None where it is not looked at.
    population
        The spread of rates between persons, where the project has data of everybody.
    """

    benefit: str
    data: str | None
    figure: BaselineFigure | None = None
    refusal: Refusal | None = None
    stated: float | None = None
    units: Mapping[str, BaselineFigure | Refusal] = field(default_factory=dict)
    peak: Check | None = None
    population: Population | None = None


def work_out(project: Project, shapes: Mapping[str, Series | Panel]) -> tuple[WorkedOut, ...]:
    """Return what data give for every baseline that names some.

    Parameters
    ----------
    project
        As its file has it.
    shapes
        Data by id, as known at the date of the report.
    """
    found: list[WorkedOut] = []
    for benefit in project.benefits:
        said = benefit.baseline
        if said is None or benefit.indicator is None:
            continue
        population = _population(project, said, shapes)
        shape = shapes.get(said.data or "")
        if said.data is None or shape is None:
            if population is not None:
                found.append(WorkedOut(benefit=benefit.id, data=None, population=population))
            continue
        source = next(one for one in project.data if one.id == said.data)
        found.append(_worked_out(project, benefit.id, said, benefit.indicator, source, shape, population))
    return tuple(found)


def with_baselines(project: Project, found: tuple[WorkedOut, ...]) -> Project:
    """Return the project with every baseline as it was worked out, in place of what the file says or lacks."""
    by_id = {one.benefit: one for one in found}
    changed = tuple(
        _filled(project, benefit, by_id[benefit.id]) if benefit.id in by_id else benefit for benefit in project.benefits
    )
    return project.model_copy(update={"benefits": changed})


def baseline_gaps(project: Project, found: tuple[WorkedOut, ...]) -> tuple[Gap, ...]:
    """Return what is to be said of baselines: those that could not be worked out, and those from an abnormal time.

    Parameters
    ----------
    project
        With its baselines put in.
    found
        What data gave.
    """
    gaps = [
        Gap(code=NOT_WORKED_OUT, subject=one.benefit, weight=WEIGHTS[NOT_WORKED_OUT])
        for one in found
        if one.refusal is not None
    ]
    first, last = PANDEMIC
    named = any(one.start <= last and first <= one.end for one in project.abnormal_periods)
    for benefit in project.benefits:
        said = benefit.baseline
        if benefit.status == "dropped" or said is None or said.period is None or said.value is None or named:
            continue
        if said.period.start <= last and first <= said.period.end:
            gaps.append(Gap(code=IN_PANDEMIC, subject=benefit.id, weight=WEIGHTS[IN_PANDEMIC]))
    return tuple(gaps)


def kind_of(unit: Unit) -> Kind:
    """Return what a baseline in a unit is: a rate of events, a share, or a mean.

    Examples
    --------
    >>> kind_of("admissions"), kind_of("share"), kind_of("bed_days")
    ('rate', 'share', 'mean')
    """
    return "rate" if unit in EVENTS else "share" if unit == "share" else "mean"


def _worked_out(
    project: Project,
    benefit: str,
    said: Baseline,
    indicator: Indicator,
    source: DataSource,
    shape: Series | Panel,
    population: Population | None,
) -> WorkedOut:
    persons = persons_by_group(shape, per=source.per)
    if min(persons.values(), default=LIMIT) < LIMIT:
        refusal = Refusal(method="baseline", code="too_few_to_show", what_would_open_it="more_persons")
        return WorkedOut(benefit=benefit, data=source.id, refusal=refusal, stated=said.value, population=population)
    window = said.period or (source.period if said.seasons is None and said.until is None else None)
    abnormal = tuple(Abnormal(start=one.start, end=one.end) for one in project.abnormal_periods)
    asked = {
        "go_live": project.go_live,
        "until": said.until,
        "seasons": said.seasons or 1,
        "period": (window.start, window.end) if window is not None else None,
        "kind": kind_of(indicator.unit),
        "abnormal": abnormal,
        "part_of_season": said.part_of_season,
        "interval": said.interval,
    }
    answer = baseline(shape, **asked)  # type: ignore[arg-type]
    figure = answer if isinstance(answer, BaselineFigure) else None
    peak = None
    if figure is not None and figure.kind == "rate" and project.go_live is not None:
        rows = shape.rows()
        # Against an abnormally low time, any usual year looks like a peak.
        treated = normal(rows[rows["group"] != "comparison"], abnormal)
        better_up = indicator.direction == "higher_is_better"
        # What should rise is badly off in a dip.
        peak = peak_of(treated, project.go_live, whole=shape.whole, rose=better_up)
    return WorkedOut(
        benefit=benefit,
        data=source.id,
        figure=figure,
        refusal=answer if isinstance(answer, Refusal) else None,
        stated=said.value,
        units=by_unit(shape, **asked) if said.per_unit and figure is not None else {},
        peak=peak,
        population=population,
    )


def _population(project: Project, said: Baseline, shapes: Mapping[str, Series | Panel]) -> Population | None:
    """The spread between everybody the rule was applied to, over the months it looks at before the start."""
    rule = said.selection
    shape = shapes.get(rule.population_data or "") if rule is not None else None
    if rule is None or rule.window_months is None or project.go_live is None or not isinstance(shape, Panel):
        return None
    rows = shape.rows()
    back = month_numbers(starts(rows, go_live=project.go_live)) - month_numbers(rows["period"])
    seen = rows[(back >= 1) & (back <= rule.window_months)].groupby("person")[["count", "exposure"]].sum()
    return estimate_population(seen["count"], seen["exposure"]) if shape.whole else None


def _filled(project: Project, benefit: Benefit, found: WorkedOut) -> Benefit:
    said = benefit.baseline
    assert said is not None, "only benefits with a baseline are worked out"
    update: dict[str, object] = {}
    figure = found.figure
    if figure is not None:
        source = next(one for one in project.data if one.id == found.data)
        update = {
            "value": figure.value,
            "low": figure.low,
            "high": figure.high,
            "n": figure.n or _persons(figure, source) or said.n,
            "period": Period(start=figure.first, end=figure.last),
            "before_start": figure.before_start if figure.before_start is not None else said.before_start,
            "source": said.source or source.source,
            "extracted": said.extracted or source.extracted,
        }
    rule = said.selection
    if rule is not None and found.population is not None:
        known = {"population_rate": found.population.rate, "population_dispersion": found.population.dispersion}
        unsaid = {name: value for name, value in known.items() if getattr(rule, name) is None}
        update["selection"] = rule.model_copy(update=unsaid)
    return benefit.model_copy(update={"baseline": said.model_copy(update=update)})


def _persons(figure: BaselineFigure, source: DataSource) -> int | None:
    """How many persons the exposure is, where it is persons and seen once."""
    return round(figure.exposure) if source.per in HEADS and figure.measurements == 1 else None


def gap_months(project: Project, figure: BaselineFigure) -> int:
    """Return how many whole months lie between the end of a baseline and the start; zero when no start is known."""
    if project.go_live is None:
        return 0
    after = figure.last + timedelta(days=1)
    return max(0, (project.go_live.year - after.year) * 12 + project.go_live.month - after.month)
