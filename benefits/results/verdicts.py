"""Where each benefit stands at a date, judged against the target as it was frozen; and the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits.economics.ramp import share_reached
from benefits.measurement import Estimate
from benefits.project.benefit import Baseline, Benefit, Measurement, Target
from benefits.project.freezing import Freeze
from benefits.project.model import Project
from benefits.results.values import Value, Values
from benefits.results.verdict_rules import Measured, Reason, VerdictCode, judge

Ids = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Where a benefit stands, and why.

    Attributes
    ----------
    benefit
        Its id.
    code, reason
        What :func:`judge` said, and by which rule; for what is not measured, why.
    frozen
        Whether the target is that of the freeze; else the plan's own.
    target_date
        When the target is to be reached.
    measured_on
        Last day of what was measured.
    values
        Value ids by name: ``baseline``; ``target``; ``share`` and ``path``, how far the plan was to be by now;
        ``level`` and ``change``, what was measured; ``smallest``. Only those there are.
    """

    benefit: str
    code: VerdictCode
    reason: Reason
    frozen: bool
    target_date: date | None
    measured_on: date | None
    values: Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a benefit was measured at: level and change by their ids, what it is compared with, and until when."""

    level: Value
    change: Value | None
    compared_with: float | None
    on: date
    naive: bool


def verdicts(
    project: Project,
    *,
    freeze: Freeze | None,
    estimates: tuple[Estimate, ...],
    refused: frozenset[str],
    data_end: Mapping[str, date],
    as_of: date,
    values: Values,
) -> tuple[Verdict, ...]:
    """Judge every benefit that is not dropped, and add the numbers as ``verdict.<benefit>.*``.

    Parameters
    ----------
    project
        As it is now.
    freeze
        The plan the follow-up is held to; None when it was never frozen.
    estimates
        What the chosen methods found, from data.
    refused
        Ids of the benefits whose method would not answer.
    data_end
        Data id -> last day of what was known.
    as_of
        The date of the report.
    values
        Holds the values of estimates, baselines and measurements already.
    """
    found = {estimate.benefit: estimate for estimate in estimates}
    judged: list[Verdict] = []
    for benefit in project.benefits:
        if benefit.status == "dropped":
            continue
        kept = freeze.plan["benefits"].get(benefit.id, {}) if freeze is not None else {}
        target, frozen = _target(benefit, kept)
        seen = _found(project, benefit, kept, found.get(benefit.id), data_end, as_of, values)
        ids = _path(project, benefit, kept, target, as_of, values) if benefit.indicator is not None else {}
        if seen is not None:
            ids |= {"level": seen.level.id} | ({"change": seen.change.id} if seen.change is not None else {})
        if f"benefit.{benefit.id}.smallest" in values:
            ids["smallest"] = f"benefit.{benefit.id}.smallest"
        code, reason = _judged(benefit, target, seen, benefit.id in refused, as_of, values)
        judged.append(
            Verdict(
                benefit=benefit.id,
                code=code,
                reason=reason,
                frozen=frozen,
                target_date=target.date if target is not None else None,
                measured_on=seen.on if seen is not None else None,
                values=ids,
            )
        )
    return tuple(judged)


def _target(benefit: Benefit, kept: Mapping[str, Any]) -> tuple[Target | None, bool]:
    was = kept.get("target")
    if was is None:
        return benefit.target, False
    ramp = {int(year): share for year, share in was.get("ramp", {}).items()}
    return Target(value=was["value"], date=date.fromisoformat(was["date"]), ramp=ramp), True


def _path(
    project: Project, benefit: Benefit, kept: Mapping[str, Any], target: Target | None, as_of: date, values: Values
) -> dict[str, str]:
    """The baseline, the target, and how far on the way to it the plan was to be by now, where it says so."""
    assert benefit.indicator is not None
    prefix, unit, per = f"verdict.{benefit.id}", benefit.indicator.unit, benefit.indicator.per
    known: dict[str, Any] = {"unit": unit, "per": per, "basis": "expected", "grade": "assumed"}
    ids: dict[str, str] = {}
    if kept.get("baseline", {}).get("value") is not None:
        values.add(f"{prefix}.baseline", kept["baseline"]["value"], unit=unit, per=per)
        ids["baseline"] = f"{prefix}.baseline"
    elif f"benefit.{benefit.id}.baseline" in values:
        ids["baseline"] = f"benefit.{benefit.id}.baseline"
    if target is None:
        return ids
    values.add(f"{prefix}.target", target.value, **known)
    ids["target"] = f"{prefix}.target"
    if not target.ramp or project.go_live is None or as_of < project.go_live:
        return ids
    start, end = project.go_live.year, target.date.year
    share = share_reached(as_of.year, ramp=target.ramp, go_live_year=start, target_year=end)
    values.add(f"{prefix}.share", share, unit="share", basis="expected")
    ids["share"] = f"{prefix}.share"
    without = _without(benefit, kept, values)
    if without is not None:
        values.add(f"{prefix}.path", without + share * (target.value - without), **known)
        ids["path"] = f"{prefix}.path"
    return ids


def _without(benefit: Benefit, kept: Mapping[str, Any], values: Values) -> float | None:
    """What is expected without the service: the plan's own number where persons were chosen in a bad period."""
    baseline = benefit.baseline
    if baseline is None or baseline.selection is None:
        before = _baseline(benefit, kept)
        return before[0] if before is not None else None
    name = benefit.valuation.expected_events if benefit.valuation is not None else None
    expected = values.get(f"assumption.{name}")
    same = expected is not None and benefit.indicator is not None and expected.unit == benefit.indicator.unit
    return expected.value if expected is not None and same else None


def _found(
    project: Project,
    benefit: Benefit,
    kept: Mapping[str, Any],
    estimate: Estimate | None,
    data_end: Mapping[str, date],
    as_of: date,
    values: Values,
) -> _Found | None:
    if benefit.indicator is None:
        return None
    if estimate is not None:
        prefix = f"estimate.{benefit.id}.{estimate.method}"
        naive = any(one.code == "regression_to_the_mean" and one.passed is False for one in estimate.checks)
        data = benefit.method.data if benefit.method is not None else None
        return _Found(
            level=values[f"{prefix}.observed"],
            change=values[f"{prefix}.effect"],
            compared_with=estimate.counterfactual,
            on=data_end.get(data or "", as_of),
            naive=naive,
        )
    known = [(at, one) for at, one in enumerate(benefit.measurements) if one.date <= as_of]
    if not known:
        return None
    at, latest = max(known, key=lambda one: one[1].date)
    baseline = _baseline(benefit, kept)
    change = _change(benefit, latest, baseline, values) if baseline is not None else None
    return _Found(
        level=values[f"benefit.{benefit.id}.measurement.{at}"],
        change=change,
        compared_with=baseline[0] if baseline is not None else None,
        on=latest.date,
        naive=benefit.baseline is not None and benefit.baseline.selection is not None,
    )


def _baseline(benefit: Benefit, kept: Mapping[str, Any]) -> tuple[float, float, float] | None:
    """Value and limits of the baseline: the frozen one where it had a value, so that it cannot be moved afterwards."""
    held: Mapping[str, Any] = kept.get("baseline", {})
    if held.get("value") is None:
        now: Baseline | None = benefit.baseline
        held = {} if now is None else {"value": now.value, "low": now.low, "high": now.high}
    value = held.get("value")
    if value is None:
        return None
    low, high = held.get("low"), held.get("high")
    return value, value if low is None else low, value if high is None else high


def _change(benefit: Benefit, measurement: Measurement, baseline: tuple[float, float, float], values: Values) -> Value:
    """Measured less baseline; limits as far apart as those of the two allow, which is never too narrow."""
    assert benefit.indicator is not None
    value, least, most = baseline
    return values.add(
        f"verdict.{benefit.id}.change",
        measurement.value - value,
        low=measurement.low - most if measurement.low is not None and measurement.high is not None else None,
        high=measurement.high - least if measurement.low is not None and measurement.high is not None else None,
        unit=benefit.indicator.unit,
        per=benefit.indicator.per,
        basis="measured",
        grade=measurement.grade,
        source=values[f"benefit.{benefit.id}.measurement.{benefit.measurements.index(measurement)}"].source,
    )


def _judged(
    benefit: Benefit, target: Target | None, seen: _Found | None, refused: bool, as_of: date, values: Values
) -> tuple[VerdictCode, Reason]:
    if benefit.indicator is None:
        return "not_measured", "no_indicator"
    if seen is None:
        return "not_measured", "refused" if refused else "no_measurement"
    change, smallest = seen.change, values.get(f"benefit.{benefit.id}.smallest")
    return judge(
        Measured(
            change=change.value if change is not None else None,
            low=change.low if change is not None else None,
            high=change.high if change is not None else None,
            needed=target.value - seen.compared_with if target is not None and seen.compared_with is not None else None,
            has_target=target is not None,
            direction=benefit.indicator.direction,
            smallest=smallest.value if smallest is not None else None,
            target_date_passed=target is not None and target.date <= as_of,
            reaches_target_date=target is not None and target.date <= seen.on,
            chosen_in_a_bad_period=seen.naive,
            occasions=_occasions(benefit, target, as_of),
        )
    )


def _occasions(benefit: Benefit, target: Target | None, as_of: date) -> int:
    if target is None or benefit.indicator is None:
        return 0
    fewer_is_good = benefit.indicator.direction == "lower_is_better"
    at_target = {
        one.date
        for one in benefit.measurements
        if target.date <= one.date <= as_of
        and (one.value <= target.value if fewer_is_good else one.value >= target.value)
    }
    return len(at_target)
