"""The smallest change an analysis can show, what that rests on, and what it would take to show what is hoped for."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.economics.expected_rate import rate_name
from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Paragraph
from benefits.report.sections.method_names import method_name
from benefits.report.voice import Voice
from benefits.results import Results, Value
from benefits.results.power.frozen_analysis import BESIDE, COUNTED, MODELLED, PAST, FrozenAnalysis, frozen_analysis

INDEPENDENT = 1.005
"""A dispersion that is printed as one, and is said to be none."""


def is_told(benefit: Benefit, results: Results) -> bool:
    """Whether anything is said of what can be shown: the smallest change, a signal, or what is lacking for it."""
    if benefit.indicator is None or is_counted(benefit):
        return True
    return any(f"benefit.{benefit.id}.{name}" in results.values for name in ("smallest", "signal.points"))


def is_counted(benefit: Benefit) -> bool:
    """Whether its indicator is a rate of events, for which a plan alone is enough."""
    indicator = benefit.indicator
    return indicator is not None and indicator.per == "person_year" and indicator.unit in COUNTED


def smallest(benefit: Benefit, results: Results, voice: Voice) -> list[Block]:
    """Say the smallest change, what it rests on, and what is hoped for; of events without one, what is lacking."""
    values, prefix = results.values, f"benefit.{benefit.id}"
    points = values.get(f"{prefix}.signal.points")
    if points is not None:
        return [Paragraph(voice.say("smallest.signal", points=points))]
    if f"{prefix}.smallest" not in values:
        return [Paragraph(_lacking(benefit, results, voice))] if is_counted(benefit) else []
    said = [_least(benefit, results, voice), *_resting_on(benefit, results, voice)]
    least, hoped = values[f"{prefix}.smallest"].value, values.get(f"{prefix}.hoped")
    if least is not None and hoped is not None and hoped.value is not None and hoped.value >= least > 0:
        said.append(voice.say("smallest.enough", hoped=hoped))
    return [Paragraph(Markup(" ").join(said)), *too_small(benefit.id, results, voice)]


def short(benefit: Benefit, results: Results, voice: Voice) -> list[Paragraph]:
    """Say the same in short: what cannot be shown and what it would take, else the smallest change; and its spread."""
    values, prefix = results.values, f"benefit.{benefit.id}.smallest"
    if prefix not in values:
        return []
    analysis = _analysis(benefit, results)
    method = analysis.method if analysis is not None else ""
    told = too_small(benefit.id, results, voice)
    said = [told[0].words if told else _least(benefit, results, voice)]
    said += _spread(prefix, method, f"{prefix}.months" not in values, results, voice)
    return [Paragraph(Markup(" ").join(said), tone=told[0].tone if told else "plain")]


def too_small(benefit: str, results: Results, voice: Voice) -> list[Paragraph]:
    """Warn when what is hoped for is less than can be shown, and say how long or how many it would take."""
    least, hoped = (results.values.get(f"benefit.{benefit}.{name}") for name in ("smallest", "hoped"))
    if least is None or hoped is None or not hoped.value:
        return []
    if least.value is not None and hoped.value >= least.value:
        return []
    nothing = least.value is None
    key = "smallest.too_small.nothing" if nothing else "smallest.too_small"
    said = [voice.say(key, hoped=hoped, smallest="" if nothing else least), *_needed(benefit, results, voice)]
    return [Paragraph(Markup(" ").join(said), tone="warning")]


def _least(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    values, prefix = results.values, f"benefit.{benefit.id}.smallest"
    least, persons, months = values[prefix], values.get(f"{prefix}.exposure"), values.get(f"{prefix}.months")
    if least.reason == "method_refuses":
        return voice.say("smallest.refused", months=months)
    nothing = least.value is None
    if months is None:
        key = "smallest.nothing.measured" if nothing else "smallest.shown.measured"
    elif persons is None:
        key = "smallest.nothing.any" if nothing else "smallest.shown.any"
    else:
        key = "smallest.nothing" if nothing else "smallest.shown"
    return voice.say(key, smallest="" if nothing else least, persons=persons, months=months)


def _resting_on(benefit: Benefit, results: Results, voice: Voice) -> Iterator[Markup]:
    values, prefix = results.values, f"benefit.{benefit.id}.smallest"
    analysis = _analysis(benefit, results)
    method = analysis.method if analysis is not None else ""
    # A rate has a length of follow-up, something measured before and after has none.
    certain = {"power": values["power"], "level": values["level"]}
    measured = f"{prefix}.months" not in values
    if analysis is None or (method not in {*PAST, *BESIDE} and not measured and f"{prefix}.error" not in values):
        yield voice.say("smallest.analysis.none", **certain)
    else:
        key = "smallest.analysis.frozen" if analysis.frozen else "smallest.analysis.planned"
        yield voice.say(key, method=method_name(method, voice), **certain)
        yield from _against(benefit, analysis, values.get(f"{prefix}.dispersion") is not None, voice)
    yield from _spread(prefix, method, measured, results, voice)


def _analysis(benefit: Benefit, results: Results) -> FrozenAnalysis | None:
    return frozen_analysis(results.project, benefit, freeze=results.follow_up.freeze, as_of=results.as_of)


def _against(benefit: Benefit, analysis: FrozenAnalysis, from_data: bool, voice: Voice) -> Iterator[Markup]:
    if analysis.method in BESIDE:
        yield voice.say("smallest.against.group" if from_data else "smallest.against.same_size")
    elif analysis.method in PAST:
        said = benefit.baseline
        known = from_data or (said is not None and said.period is not None and bool(said.n))
        yield voice.say("smallest.against.before" if known else "smallest.against.before.unknown")


def _spread(prefix: str, method: str, measured: bool, results: Results, voice: Voice) -> Iterator[Markup]:
    values = results.values
    if measured:
        sd, together = values.get(f"{prefix}.sd"), values.get(f"{prefix}.correlation")
        if sd is not None:
            yield voice.say("smallest.sd", sd=sd)
        yield voice.say("smallest.unpaired" if together is None else "smallest.paired", correlation=together)
        return
    dispersion = values.get(f"{prefix}.dispersion")
    if dispersion is None:
        yield voice.say("smallest.independent")
    elif dispersion.unit != "ratio":
        yield voice.say("smallest.dispersed.amount")
    elif (dispersion.value or 0.0) < INDEPENDENT:
        yield voice.say("smallest.dispersed.not")
    else:
        yield voice.say("smallest.dispersed", dispersion=dispersion)
    if method in MODELLED and f"{prefix}.error" not in values and values[prefix].value is not None:
        yield voice.say("smallest.approximate")
    clusters, error = (values.get(f"{prefix}.{name}") for name in ("clusters", "error"))
    if clusters is not None:
        yield voice.say("smallest.clusters", clusters=clusters)
    elif method in BESIDE:
        yield voice.say("smallest.no_clusters")
    if error is not None:
        yield voice.say("smallest.simulated", error=error)


def _needed(benefit: str, results: Results, voice: Voice) -> Iterator[Markup]:
    months, patients = (results.values.get(f"benefit.{benefit}.needed.{name}") for name in ("months", "patients"))
    if months is not None:
        key = "smallest.needed.never" if months.value is None else "smallest.needed.months"
        yield voice.say(key, months=_number(months), horizon=results.values["project.horizon"])
    if patients is None:
        return
    if patients.value is None:
        yield voice.say("smallest.needed.more_never")
    else:
        beside = f"benefit.{benefit}.smallest.group" in results.values
        together = "smallest.needed.patients.group" if beside else "smallest.needed.patients"
        yield voice.say("smallest.needed.measured" if months is None else together, patients=patients)


def _number(value: Value) -> Value | str:
    return value if value.value is not None else ""


def _lacking(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    project, values = results.project, results.values
    before = values.get(f"benefit.{benefit.id}.baseline")
    rate = (before is not None and bool(before.value)) or f"assumption.{rate_name(benefit)}" in values
    volume = any(project.volume(year, benefit) > 0 for year in project.years)
    if rate:
        return voice.say("smallest.no_volume")
    return voice.say("smallest.no_rate" if volume else "smallest.no_volume_or_rate")
