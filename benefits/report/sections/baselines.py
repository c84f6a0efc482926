"""What stands behind a baseline: what it rests on, what was left out, what was looked at, and each unit's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from benefits.measurement import Check
from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Bullets, Paragraph, Table
from benefits.report.sections.check_list import check_list
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.baseline_values import ShownBaseline
from benefits.results.baselines import WorkedOut


def refused(benefit: Benefit, results: Results, voice: Voice) -> Markup | None:
    """Say why a baseline could not be worked out from its data; None where it was, or nobody asked."""
    shown = results.baselines.get(benefit.id)
    refusal = shown.found.refusal if shown is not None else None
    if refusal is None:
        return None
    reason = voice.say(f"refusal.{refusal.code}")
    said = voice.say("value_before.refused", reason=reason, opens=voice.say(f"opens.{refusal.what_would_open_it}"))
    lacking = results.values.get(f"benefit.{benefit.id}.baseline.lacking")
    if lacking is None:
        return said
    months = voice.number(results.values[f"benefit.{benefit.id}.baseline.months"])
    return Markup(" ").join((said, voice.say("value_before.lacking", count=lacking, months=months)))


def behind(benefit: Benefit, results: Results, voice: Voice) -> list[Block]:
    """Everything a reader needs to judge a baseline that was worked out, or of persons chosen in a bad period."""
    shown = results.baselines.get(benefit.id)
    if shown is None:
        return []
    blocks: list[Block] = []
    cannot = refused(benefit, results, voice)
    if cannot is not None and f"benefit.{benefit.id}.baseline" in results.values:
        # The value is the one a person wrote; that the data do not give it has not been said yet.
        blocks.append(Paragraph(cannot, tone="missing"))
    facts = tuple(_facts(benefit, shown.found, results, voice))
    if facts:
        blocks.append(Bullets(facts))
    if shown.checks:
        blocks.append(Paragraph(voice.say("value_before.checks")))
        blocks += check_list(((check.passed, _check(benefit, check, results, voice)) for check in shown.checks), voice)
    if any(check.code == "regression_to_the_mean" and check.passed is False for check in shown.checks):
        adjusted = f"benefit.{benefit.id}.baseline.adjusted" in results.values
        key = "value_before.sound_method" if adjusted else "value_before.sound_method.no_adjusted"
        blocks.append(Paragraph(voice.say(key), tone="warning"))
    if shown.units:
        blocks.append(_units(benefit, shown, results, voice))
    return blocks


def _facts(benefit: Benefit, found: WorkedOut, results: Results, voice: Voice) -> Iterator[Markup]:
    values, prefix, figure = results.values, f"benefit.{benefit.id}.baseline", found.figure
    if figure is not None and benefit.indicator is not None:
        source = next(one for one in results.project.data if one.id == found.data)
        per = benefit.indicator.per
        rests_on = {
            "data": voice.text(source.title if source.title is not None else source.id),
            "events": values[f"{prefix}.events"],
            "count": values[f"{prefix}.measurements"],
        }
        if per == "none":
            yield voice.say("value_before.rests_on.no_exposure", **rests_on)
        else:
            exposure, what = voice.number(values[f"{prefix}.exposure"]), voice.say(f"exposure.{per}")
            yield voice.say("value_before.rests_on", exposure=exposure, what=what, **rests_on)
        go_live = results.project.go_live
        if figure.before_start and go_live is not None and figure.last >= go_live:
            yield voice.say("value_before.own_starts")
        yield voice.say(f"value_before.interval.{figure.interval}")
        if f"{prefix}.sd" in values:
            yield voice.say("value_before.sd", sd=values[f"{prefix}.sd"])
        if f"{prefix}.dispersion" in values:
            yield voice.say("value_before.dispersion", dispersion=values[f"{prefix}.dispersion"])
        if benefit.baseline is not None and benefit.baseline.extracted is not None:
            yield voice.say("value_before.extracted", date=benefit.baseline.extracted)
    if figure is not None and f"{prefix}.with_abnormal" in values:
        both = voice.interval(values[f"{prefix}.with_abnormal"])
        spans = voice.listed(_spans(figure.left_out, voice))
        left_out = values[f"{prefix}.left_out"]
        yield voice.say("value_before.left_out", count=left_out, listed=spans, with_abnormal=both)
        titles = voice.listed(voice.text(one.title) for one in results.project.abnormal_periods)
        yield voice.say("value_before.why", titles=titles)
    if f"{prefix}.stated" in values:
        stated, difference = values[f"{prefix}.stated"], values[f"{prefix}.stated.difference"]
        yield voice.say("value_before.stated", stated=stated, difference=difference)
    persons = values.get(f"benefit.{benefit.id}.selection.persons")
    if persons is not None:
        yield voice.say("value_before.population", persons=persons)
    if f"{prefix}.expected_move" in values:
        yield voice.say("value_before.expected_move", move=values[f"{prefix}.expected_move"])
    if f"{prefix}.adjusted" in values:
        yield voice.say("value_before.adjusted", adjusted=voice.interval(values[f"{prefix}.adjusted"]))


def _spans(months: tuple[str, ...], voice: Voice) -> Iterator[Markup]:
    """Months in a row as one span."""
    days = [date.fromisoformat(f"{one}-01") for one in months]
    begins = 0
    for place, day in enumerate(days):
        after = days[place + 1] if place + 1 < len(days) else None
        if after is not None and (after.year - day.year) * 12 + after.month - day.month == 1:
            continue
        first, last = voice.month(days[begins]), voice.month(day)
        yield first if begins == place else voice.say("value_before.span", first=first, last=last)
        begins = place + 1


def _check(benefit: Benefit, check: Check, results: Results, voice: Voice) -> Markup:
    state = {True: "passed", False: "failed", None: "unknown"}[check.passed]
    prefix = f"benefit.{benefit.id}.baseline.check.{check.code}."
    words = {name: results.values[prefix + name] for name in check.parameters if prefix + name in results.values}
    key = f"check.{check.code}.{state}"
    if state == "failed" and check.code == "regression_to_the_mean" and "expected_drop" in words:
        key += ".sized"
    return voice.say(key, **words)


def _units(benefit: Benefit, shown: ShownBaseline, results: Results, voice: Voice) -> Table:
    values = results.values
    first = next((values[one.id] for one in shown.units if values[one.id].value is not None), values[shown.units[0].id])
    rows = tuple(
        (
            voice.text(one.name),
            voice.number(values.get(f"{one.id}.events")),
            voice.number(values.get(f"{one.id}.exposure")),
            voice.short_interval(values[one.id]),
        )
        for one in shown.units
    )
    share = first.unit == "share"
    word = voice.say("value_before.units.share" if share else "areas.rate.word")
    number = voice.say("areas.count", unit=voice.say(f"axis.{first.unit}", count=2))
    rate = voice.say(f"per.{first.per}", amount=word) if first.per != "none" else word
    header = (
        voice.say("value_before.units.unit"),
        voice.say("value_before.units.number") if share else number,
        voice.say("areas.inhabitants" if first.per == "ten_thousand_inhabitants" else "areas.exposure"),
        rate if first.low is None else voice.say("areas.rate", rate=rate),
    )
    caption = voice.say("value_before.units.caption", title=voice.text(benefit.title))
    note = voice.say("value_before.units.note")
    return Table(caption=caption, header=header, rows=rows, numeric=frozenset({1, 2, 3}), note=note)
