"""The chain: a project file in, Results out. Nothing else runs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from benefits.activity import Data, Panel, Series
from benefits.activity.reading.source import AnyExtract
from benefits.economics import Draws
from benefits.economics.build import flows as build_flows
from benefits.economics.inputs import Input
from benefits.economics.inputs import inputs as read_inputs
from benefits.economics.pricing import Pricing
from benefits.economics.numbers import Numbers
from benefits.errors import Gap, InvalidInput, Problem, grouped
from benefits.project import Loaded, Project, find_project, gaps, read
from benefits.project.freezing import Freeze, binding, known_on, read_freezes, write_freeze
from benefits.project.reported import Correction
from benefits.reference import Evidence, load_evidence
from benefits.results.advice import measuring_advice
from benefits.results.answers import answers, measured_until
from benefits.results.arena.values import add_arena_prices
from benefits.results.baseline_values import add_baseline_values
from benefits.results.baselines import baseline_gaps, with_baselines, work_out
from benefits.results.charting import chart
from benefits.results.data_request import requests
from benefits.results.estimate_values import add_estimate_values
from benefits.results.flow_parts import add_flow_parts
from benefits.results.flow_values import add_flow_values
from benefits.results.follow_up import follow_up
from benefits.results.frozen_inputs import as_frozen
from benefits.results.headlines import headlines, not_claimed
from benefits.results.limits import LIMITS
from benefits.results.measuring import Measured, exposure_by_year, measure, method_problems
from benefits.results.model import Results
from benefits.results.period import Period
from benefits.results.plan_values import add_plan_values, add_reference_values
from benefits.results.power.values import add_power_values
from benefits.results.price.break_even import add_break_even
from benefits.results.price.gaps import add_gap_counts
from benefits.results.price.prices import add_service_prices
from benefits.results.published import publish
from benefits.results.quality_values import qualities
from benefits.results.reading import (
    Activity,
    counted,
    in_ledger_of,
    last_whole_month,
    only_active,
    read_activity,
)
from benefits.results.references import References, add_own_beside_shipped, pinned_to, references_of, values_used
from benefits.results.referring import reference_problems
from benefits.results.reported_values import add_changes, add_corrections
from benefits.results.service.ledger_gaps import ledger_gaps
from benefits.results.service.use import add_service, ledger_known
from benefits.results.telling import in_order, not_told
from benefits.results.values import Values
from benefits.results.variation_values import add_variation
from benefits.results.verdicts.known import up_to, what_was_known
from benefits.results.worth import add_worth
from benefits.vocabulary import Audience

DRAWS = 10_000


def check(path: str | Path, *, as_of: date | None = None, period: Period | None = None) -> Project:
    """Read a project file and its data files, and return the project when a report can be made of it.

    Parameters are those of :func:`assess`.

    Raises
    ------
    InvalidInput
        With every problem of the project file, its data and its choices of method, or when it has no date.
    """
    loaded, activity, _ = _read_all(path)
    _when(loaded, activity, as_of, period)
    return loaded.project


def freeze(path: str | Path, *, as_of: date | None = None) -> str:
    """Freeze the plan of a project, and return the file it was frozen in, as a path from the project file's folder.

    Parameters
    ----------
    path
        Project file; it is not changed.
    as_of
        The date to freeze it for; None: the file's own.

    Raises
    ------
    InvalidInput
        With every problem when the project cannot be used, when no date is given, or when that date is frozen already.
    """
    loaded, activity, _ = _read_all(path)
    when = as_of or loaded.project.as_of
    if when is None:
        raise InvalidInput((Problem(place=f"{loaded.file}:1", code="no_as_of"),))
    project = with_baselines(
        loaded.project, work_out(loaded.project, counted(up_to(loaded.project, activity.shapes, when)))
    )
    return write_freeze(replace(loaded, project=project), as_of=when)


def lacks(path: str | Path, *, as_of: date | None = None) -> tuple[Project, tuple[Gap, ...]]:
    """Return a project and everything it lacks, heaviest first, as its reports say it.

    Without a date it is what its plan lacks.

    Raises
    ------
    InvalidInput
        With every problem of the project file, its data and its choices of method.
    """
    loaded, activity, frozen = _read_all(path)
    if as_of is None and loaded.project.as_of is None and not activity.shapes:
        return loaded.project, _heaviest_first(gaps(loaded.project))
    return loaded.project, _assessed(loaded, activity, frozen, as_of=as_of, period=None, draws=DRAWS).gaps


def assess(
    path: str | Path,
    *,
    as_of: date | None = None,
    period: Period | None = None,
    draws: int = DRAWS,
    audience: Audience = "public",
    references: date | None = None,
) -> Results:
    """Read a project and its data, and work out everything its reports show.

    Parameters
    ----------
    path
        Project file; a relative one is looked for from the working directory upwards.
    as_of
        Which data and reference values apply, and which freeze; None: the last day of the period, else the file's own
        date, else the last whole month in its data.
    period
        The part of time a follow-up looks at; None for none.
    draws
        Number of random draws behind every interval of kroner and quantities.
    audience
        Who it is for: ``internal`` keeps small counts, which ``public`` hides. Estimates are the same.
    references
        The day the set of reference values is of: what came later is left out. None: the project file's own choice.

    Returns
    -------
    Results

    Raises
    ------
    InvalidInput
        With every problem, when a file cannot be used or no date can be found.
    """
    loaded, activity, frozen = _read_all(path)
    return _assessed(
        loaded, activity, frozen, as_of=as_of, period=period, draws=draws, audience=audience, references=references
    )


def _assessed(
    loaded: Loaded,
    activity: Activity,
    frozen: tuple[Freeze, ...],
    *,
    as_of: date | None,
    period: Period | None,
    draws: int,
    audience: Audience = "public",
    references: date | None = None,
) -> Results:
    when = _when(loaded, activity, as_of, period)
    known = loaded.known_on(when)
    project = pinned_to(ledger_known(known.project, activity.ledger, on=when), day=references)
    values_of_reference = references_of(loaded, project, on=when)
    shapes = up_to(project, activity.shapes, when)
    files = {Path(loaded.file).name: loaded.sha256}
    files |= activity.files
    files |= {one.file: one.sha256 for one in known.reports}
    files |= values_of_reference.files
    frozen = known_on(frozen, as_of=when)
    files |= {one.file: one.sha256 for one in frozen}
    whole = counted({name: activity.shapes[name] for name in shapes})
    return _results(
        project,
        shapes,
        whole=whole,
        extracts=activity.extracts,
        when=when,
        files=files,
        draws=Draws(n=draws),
        frozen=frozen,
        period=period,
        audience=audience,
        corrections=known.corrections,
        references=values_of_reference,
    )


def _when(loaded: Loaded, activity: Activity, as_of: date | None, period: Period | None = None) -> date:
    """The date of a report: the option, else the end of the period, else the file's, else that of its data."""
    ends = period.last if period is not None else None
    when = as_of or ends or loaded.project.as_of or last_whole_month(activity.shapes)
    if when is None:
        raise InvalidInput((Problem(place=f"{loaded.file}:1", code="no_as_of"),))
    return when


def _read_all(path: str | Path) -> tuple[Loaded, Activity, tuple[Freeze, ...]]:
    found = find_project(path)
    try:
        loaded = read(found, shown_as=_shown(path, found))
    except InvalidInput as mistake:
        further: tuple[Problem, ...] = ()
        if isinstance(mistake.partial, Loaded):
            activity = read_activity(mistake.partial.project, root=found.parent, place_of=in_ledger_of(mistake.partial))
            further = (*_choices(mistake.partial), *not_told(activity.problems, mistake.problems, mistake.partial))
            further += read_freezes(mistake.partial)[1]
        raise InvalidInput(in_order((*mistake.problems, *further)), partial=mistake.partial) from None
    activity = read_activity(loaded.project, root=found.parent, place_of=in_ledger_of(loaded))
    frozen, damaged = read_freezes(loaded)
    problems = (*_choices(loaded), *activity.problems, *damaged)
    if problems:
        raise InvalidInput(in_order(problems), partial=loaded)
    return loaded, activity, frozen


def _choices(loaded: Loaded) -> tuple[Problem, ...]:
    """Problems with the methods, reference values and studies a project names."""
    return (*method_problems(loaded), *reference_problems(loaded))


def _shown(path: str | Path, found: Path) -> str:
    return Path(path).as_posix() if not Path(path).is_absolute() else found.name


def _results(
    project: Project,
    data: dict[str, Data],
    *,
    whole: dict[str, Series | Panel],
    extracts: Mapping[str, AnyExtract],
    when: date,
    files: dict[str, str],
    draws: Draws,
    frozen: tuple[Freeze, ...],
    period: Period | None,
    audience: Audience,
    corrections: tuple[Correction, ...],
    references: References,
) -> Results:
    evidence, library = load_evidence(), references.library
    shapes = counted(data)
    limit = LIMITS[audience]
    worked_out = work_out(project, shapes)
    project = with_baselines(project, worked_out)
    inputs, input_gaps = read_inputs(project, library=library, evidence=evidence, on=when)
    measured = measure(project, data, only_active=only_active(extracts, when))
    exposures = _exposures(project, measured, shapes)
    built = build_flows(
        project,
        inputs=inputs,
        estimates={estimate.benefit: estimate for estimate in measured.estimates if estimate.benefit in exposures},
        draws=draws,
        measured_exposure=exposures,
    )
    values = Values()
    add_plan_values(project, inputs, values, limit=limit)
    baselines = add_baseline_values(project, worked_out, values, limit=limit)
    add_reference_values(library, evidence.values(), when, values)
    add_estimate_values(project, (*measured.estimates, *measured.compared), values, limit=limit)
    transfers = add_flow_values(built.flows, price_year=project.price_year, values=values)
    pricing = Pricing(inputs=inputs, draws=draws, price_year=project.price_year)
    flow_parts, part_gaps = add_flow_parts(project, built, pricing=pricing, values=values)
    numbers = Numbers(draws=draws, inputs=inputs, price_year=project.price_year)
    services, service_gaps = add_service_prices(project, numbers=numbers, library=library, values=values)
    arenas, arena_gaps = add_arena_prices(project, inputs, draws, values, as_of=when)
    service_use = add_service(project, numbers, values, as_of=when)
    discounting, worth, worth_gaps = add_worth(
        project, built.flows, inputs=inputs, draws=draws, library=library, on=when, values=values
    )
    break_evens = add_break_even(project, built.flows, inputs, draws, values)
    persons = {id: one.persons for id, one in extracts.items() if one.persons is not None}
    series = add_variation(publish(project, whole, values, as_of=when, limit=limit, persons=persons), values)
    charts = chart(project, series, values, shapes=whole)
    held = binding(frozen, project=project, as_of=when)
    expected = as_frozen(project, inputs, freeze=held, library=library, evidence=evidence, on=when, values=values)
    add_power_values(project, expected, values, data=data, freeze=held, as_of=when)
    add_changes(project, held, values)
    add_corrections(project, corrections, values, limit=limit)
    followed = follow_up(
        project,
        known_on=what_was_known(project, data, extracts=extracts, measured=measured, as_of=when),
        whole=whole,
        freeze=held,
        frozen=frozen,
        series=series,
        period=period,
        as_of=when,
        values=values,
        limit=limit,
        persons=persons,
    )
    own = (*gaps(project, as_of=when), *baseline_gaps(project, worked_out), *ledger_gaps(project, as_of=when))
    lacking = (*own, *input_gaps, *built.gaps, *part_gaps, *worth_gaps, *arena_gaps, *service_gaps, *followed.gaps)
    lacks = _heaviest_first(lacking)
    values.add("count.gaps", len(grouped(lacks)), unit="count")
    add_gap_counts(project, lacks, values)
    add_own_beside_shipped(references, inputs, values)
    used = values_used(references, project, inputs, values)
    asked = requests(project, values)
    return Results(
        project=project,
        as_of=when,
        audience=audience,
        files=files,
        values=values,
        estimates=measured.estimates,
        compared=measured.compared,
        refusals=measured.refusals,
        gaps=lacks,
        inputs=inputs,
        evidence=tuple(evidence.values()),
        contrary=_contrary(evidence.values(), inputs),
        series=series,
        charts=charts,
        transfers=transfers,
        headlines=headlines(project, measured.estimates, inputs, values),
        not_claimed=not_claimed(
            project, measured.estimates, measured.compared, inputs, values, verdicts=followed.verdicts
        ),
        services=services,
        arenas=arenas,
        discounting=discounting,
        worth=worth,
        break_evens=break_evens,
        follow_up=followed,
        requests=asked,
        quality=qualities(project, extracts, values, as_of=when, limit=limit),
        flows=built.flows,
        flow_parts=flow_parts,
        baselines=baselines,
        advice=measuring_advice(project, data, asked, values, measured=measured, as_of=when, limit=limit),
        corrections=corrections,
        exposures=exposures,
        service_use=service_use,
        references=replace(references, used=used),
        answers=answers(
            project,
            freeze=held,
            in_data=measured_until(project, measured.estimates, data, as_of=when),
            as_of=when,
            values=values,
        ),
    )


def _exposures(project: Project, measured: Measured, shapes: dict[str, Series | Panel]) -> dict[str, dict[int, float]]:
    """By benefit and year; what was asked in a survey has none, and is not priced."""
    found: dict[str, dict[int, float]] = {}
    for estimate in measured.estimates:
        choice = next(one.method for one in project.benefits if one.id == estimate.benefit)
        assert choice is not None
        assert choice.data is not None
        assert project.go_live is not None
        if choice.data not in shapes:
            continue
        by_year = exposure_by_year(shapes[choice.data], go_live=project.go_live, options=estimate.options)
        # A method may leave out more than a lag and a shorter window: the effect holds for what it rests on, no more.
        share = min(1.0, estimate.exposure / sum(by_year.values()))
        found[estimate.benefit] = {year: exposure * share for year, exposure in by_year.items()}
    return found


def _contrary(known: Iterable[Evidence], inputs: dict[str, Input]) -> tuple[Evidence, ...]:
    """Studies in words only of an outcome for which the project uses another study's figures."""
    studies = tuple(known)
    used = {one.evidence_id for one in inputs.values() if one.evidence_id}
    outcomes = {study.outcome for study in studies if study.id in used}
    return tuple(study for study in studies if study.measure == "narrative" and study.outcome in outcomes)


def _heaviest_first(found: Iterable[Gap]) -> tuple[Gap, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda gap: (-gap.weight, gap.code)))
