"""From a project and its data, as they are read, to everything its reports show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from benefits.activity import Data, Panel, Series
from benefits.activity.reading.source import AnyExtract
from benefits.economics import Draws
from benefits.economics.build import flows as build_flows
from benefits.economics.inputs import Input
from benefits.economics.inputs import inputs as read_inputs
from benefits.economics.pricing import Pricing
from benefits.errors import Gap, grouped
from benefits.project import Project, gaps
from benefits.project.freezing import Freeze, binding
from benefits.project.reported import Correction
from benefits.project.study import evidence_of
from benefits.reference import Evidence, load_evidence
from benefits.results.advice import measuring_advice
from benefits.results.answers import answers, measured_until
from benefits.results.arena.values import add_arena_prices
from benefits.results.avoided_claims import avoided_claims
from benefits.results.baseline_values import add_baseline_values
from benefits.results.baselines import baseline_gaps, with_baselines, work_out
from benefits.results.charting import chart
from benefits.results.data_request import requests
from benefits.results.estimate_values import add_estimate_values
from benefits.results.expected_rates import Known, with_worked_out
from benefits.results.flow_parts import add_flow_parts
from benefits.results.flow_values import add_flow_values
from benefits.results.follow_up import follow_up
from benefits.results.frozen_inputs import as_frozen
from benefits.results.headlines import headlines, not_claimed
from benefits.results.layer_values import add_layer_values
from benefits.results.limits import LIMITS
from benefits.results.measuring import Measured, exposure_by_year, measure
from benefits.results.model import Results
from benefits.results.period import Period
from benefits.results.plan_bridge import plan_bridges
from benefits.results.plan_values import add_plan_values, add_reference_values
from benefits.results.power.values import add_power_values
from benefits.results.price.break_even import add_break_even
from benefits.results.price.gaps import add_gap_counts
from benefits.results.price.prices import add_service_prices
from benefits.results.published import publish
from benefits.results.published_ranges import add_published_ranges
from benefits.results.quality_values import qualities
from benefits.results.reading import counted, only_active
from benefits.results.references import References, add_own_beside_shipped, values_used
from benefits.results.reported_values import add_changes, add_corrections
from benefits.results.same_comparison import hang_together
from benefits.results.sensitivity import add_sensitivity
from benefits.results.service.ledger_gaps import ledger_gaps
from benefits.results.service.use import add_service
from benefits.results.values import Values
from benefits.results.variation_values import add_variation
from benefits.results.verdicts.known import what_was_known
from benefits.results.worth import add_worth
from benefits.vocabulary import Audience


def results_of(
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
    """Work out everything the reports of a project show, of files that are read.

    Parameters
    ----------
    project
        As it is known on the day.
    data
        What its data files hold, up to the day.
    whole
        The same as far as it is counted, of whole periods.
    extracts
        How each data file was read, and what was left out.
    when
        The day the report is of.
    files
        Path and SHA-256 of every file read.
    draws
        The random draws behind every interval.
    frozen
        The freezes known on the day.
    period
        The part of time a follow-up looks at; None for none.
    audience
        Who it is for; it decides which small counts are hidden.
    corrections
        Of reported values, known on the day.
    references
        The reference values the report reads.
    """
    library = references.library
    evidence = load_evidence().with_own(evidence_of(one, first=project.first_language) for one in project.studies)
    shapes = counted(data)
    limit = LIMITS[audience]
    worked_out = work_out(project, shapes)
    project = with_baselines(project, worked_out)
    inputs, input_gaps = read_inputs(project, library=library, evidence=evidence, on=when)
    measured = measure(project, data, only_active=only_active(extracts, when))
    known = Known(shapes=shapes, measured=measured, baselines={one.benefit: one for one in worked_out})
    inputs, worked_out_gaps = with_worked_out(project, inputs, known)
    draws = replace(draws, groups=hang_together(project, inputs=inputs, estimates=measured.estimates))
    exposures = _exposures(project, measured, shapes)
    estimates = {one.benefit: one for one in measured.estimates}
    multiplied = {id: one for id, one in estimates.items() if id in exposures}
    built = build_flows(
        project,
        inputs=inputs,
        estimates=multiplied,
        draws=draws,
        measured_exposure=exposures,
    )
    values = Values()
    add_plan_values(project, inputs, values, limit=limit)
    baselines = add_baseline_values(project, worked_out, values, limit=limit)
    add_reference_values(library, evidence.values(), when, values)
    published_ranges, range_gaps = add_published_ranges(project, inputs, evidence.values(), values)
    add_estimate_values(project, (*measured.estimates, *measured.compared), values, limit=limit)
    transfers = add_flow_values(built.flows, price_year=project.price_year, values=values)
    pricing = Pricing(inputs=inputs, draws=draws, price_year=project.price_year)
    flow_parts, part_gaps = add_flow_parts(project, built, pricing=pricing, values=values)
    layer_parts = add_layer_values(
        project,
        built.flows,
        estimates=estimates,
        exposures=exposures,
        pricing=pricing,
        library=library,
        on=when,
        values=values,
    )
    numbers = pricing.numbers
    services, service_gaps = add_service_prices(project, numbers=numbers, library=library, values=values)
    arenas, arena_gaps = add_arena_prices(project, numbers=numbers, values=values, as_of=when)
    service_use = add_service(project, numbers, values, as_of=when)
    discounting, worth, worth_gaps = add_worth(
        project,
        built,
        pricing=pricing,
        library=library,
        on=when,
        values=values,
        estimates=estimates,
    )
    break_evens = add_break_even(project, built.flows, inputs, draws, values)
    sensitivity, sensitivity_gaps = add_sensitivity(
        project,
        built.flows,
        inputs=inputs,
        estimates=estimates,
        draws=draws,
        values=values,
    )
    persons = {id: one.persons for id, one in extracts.items() if one.persons is not None}
    series = add_variation(publish(project, whole, values, as_of=when, limit=limit, persons=persons), values)
    charts = chart(project, series, values, shapes=whole)
    held = binding(frozen, project=project, as_of=when)
    expected = as_frozen(project, inputs, freeze=held, library=library, evidence=evidence, on=when, values=values)
    add_power_values(project, expected, values, data=data, freeze=held, as_of=when)
    bridges = plan_bridges(
        project,
        flows=built.flows,
        inputs=inputs,
        estimates=multiplied,
        exposures=exposures,
        shapes=shapes,
        freeze=held,
        library=library,
        evidence=evidence,
        on=when,
        draws=draws,
        values=values,
    )
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
    lacking = (
        *own,
        *input_gaps,
        *worked_out_gaps,
        *range_gaps,
        *built.gaps,
        *part_gaps,
        *worth_gaps,
        *arena_gaps,
        *service_gaps,
        *followed.gaps,
        *sensitivity_gaps,
    )
    lacks = heaviest_first(lacking)
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
            project,
            measured.estimates,
            measured.compared,
            inputs,
            values,
            verdicts=followed.verdicts,
            further=avoided_claims(project, worked_out_gaps, published_ranges, values),
        ),
        services=services,
        arenas=arenas,
        published_ranges=published_ranges,
        discounting=discounting,
        worth=worth,
        break_evens=break_evens,
        sensitivity=sensitivity,
        follow_up=followed,
        requests=asked,
        quality=qualities(project, extracts, values, as_of=when, limit=limit),
        flows=built.flows,
        flow_parts=flow_parts,
        layer_parts=layer_parts,
        baselines=baselines,
        advice=measuring_advice(project, data, asked, values, measured=measured, as_of=when, limit=limit),
        corrections=corrections,
        exposures=exposures,
        plan_bridges=bridges,
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
    used = {id for one in inputs.values() for id in one.studies}
    outcomes = {study.outcome for study in studies if study.id in used}
    return tuple(study for study in studies if study.measure == "narrative" and study.outcome in outcomes)


def heaviest_first(found: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return gaps without repetition, the heaviest first, as reports say them."""
    return tuple(sorted(dict.fromkeys(found), key=lambda gap: (-gap.weight, gap.code)))
