"""What is expected, measured and realised of a benefit: three cells that are never added."""

from __future__ import annotations

from markupsafe import Markup

from benefits.project.benefit import Benefit, Measurement
from benefits.report.voice import Voice
from benefits.results import Results, Value


def expected(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    """Say the target and its date."""
    target = results.values.get(f"benefit.{benefit.id}.target")
    if target is None or benefit.target is None:
        return voice.say("blank")
    return voice.say("measured.target", target=target, date=benefit.target.date)


def measured_change(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    """Say the change its method found; else the latest value somebody measured, which is no change."""
    estimate = results.estimate(benefit.id)
    if estimate is not None:
        return voice.interval(results.values[f"estimate.{benefit.id}.{estimate.method}.effect"])
    found = _latest(benefit, results)
    if found is None:
        return voice.say("measured.not_yet")
    value, latest = found
    words = {"value": voice.interval(value), "grade": voice.word("grade", latest.grade)}
    return voice.say("follow_up.reported", date=latest.date, **words)


def latest_value(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    """Say the latest value somebody measured, with its grade and source; or that nobody has."""
    found = _latest(benefit, results)
    if found is None:
        return voice.say("measured.not_yet")
    value, latest = found
    grade, source = voice.word("grade", latest.grade), voice.text(latest.source)
    return voice.say("measured.reported", value=voice.interval(value), date=latest.date, grade=grade, source=source)


def _latest(benefit: Benefit, results: Results) -> tuple[Value | None, Measurement] | None:
    known = [(one.date, at) for at, one in enumerate(benefit.measurements) if one.date <= results.as_of]
    if not known:
        return None
    _, at = max(known, key=lambda one: one[0])
    return results.values.get(f"benefit.{benefit.id}.measurement.{at}"), benefit.measurements[at]


def realised(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    """Say whether it was taken out and by what that is known; or what that takes."""
    found = next((one for one in results.follow_up.realised if one.benefit == benefit.id), None)
    if found is None:
        return voice.say("realised.lacking.not_claimed")
    if found.code == "no":
        occasions = voice.number(results.values.get(f"realised.{benefit.id}.occasions"))
        return voice.say(f"realised.lacking.{found.lacking}", occasions=occasions)
    documentation = benefit.realisation.documentation if benefit.realisation is not None else None
    return voice.say(f"realised.{found.code}", documentation=voice.text(documentation))
