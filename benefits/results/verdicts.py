"""Where each benefit stands at a date, judged against the target as it was frozen; and the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from benefits.activity import Panel, Series
from benefits.economics.ramp import share_reached
from benefits.measurement import Estimate
from benefits.project.benefit import Benefit
from benefits.project.freezing import Freeze
from benefits.project.model import Project
from benefits.results.values import Values
from benefits.results.verdict_rules import Measured, Reason, VerdictCode, judge
from benefits.results.verdict_seen import Seen, from_estimate, from_measurements
from benefits.results.yardstick import Yardstick, yardstick

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
    measured_from, measured_on
        First and last day of what was measured; the first is None for a value that is not a mean over time.
    values
        Value ids by name: ``baseline``; ``target``; ``share`` and ``path``, how far the plan was to be by now;
        ``without``, where that way begins when it is not at the baseline; ``level`` and ``change``, what was measured;
        ``smallest``. Only those there are.
    """

    benefit: str
    code: VerdictCode
    reason: Reason
    frozen: bool
    target_date: date | None
    measured_from: date | None
    measured_on: date | None
    values: Ids


def verdicts(
    project: Project,
    *,
    freeze: Freeze | None,
    estimates: tuple[Estimate, ...],
    refused: frozenset[str],
    shapes: Mapping[str, Series | Panel],
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
    shapes
        Data by id, as known at the date of the report.
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
        held = yardstick(project, benefit, freeze)
        seen = _seen(project, benefit, held, found.get(benefit.id), shapes, as_of, values)
        ids = _path(project, benefit, held, as_of, values) if benefit.indicator is not None else {}
        if seen is not None:
            ids |= {"level": seen.level.id} | ({"change": seen.change.id} if seen.change is not None else {})
        if f"benefit.{benefit.id}.smallest" in values:
            ids["smallest"] = f"benefit.{benefit.id}.smallest"
        code, reason = _judged(benefit, held, seen, benefit.id in refused, as_of, values)
        judged.append(
            Verdict(
                benefit=benefit.id,
                code=code,
                reason=reason,
                frozen=held.target_frozen,
                target_date=held.target.date if held.target is not None else None,
                measured_from=seen.since if seen is not None else None,
                measured_on=seen.on if seen is not None else None,
                values=ids,
            )
        )
    return tuple(judged)


def _seen(
    project: Project,
    benefit: Benefit,
    held: Yardstick,
    estimate: Estimate | None,
    shapes: Mapping[str, Series | Panel],
    as_of: date,
    values: Values,
) -> Seen | None:
    if estimate is not None:
        return from_estimate(project, benefit, held, estimate, shapes, as_of, values)
    return from_measurements(benefit, held, as_of, values)


def _path(project: Project, benefit: Benefit, held: Yardstick, as_of: date, values: Values) -> dict[str, str]:
    """The baseline, the target, and how far on the way to it the plan was to be by now, where it says so."""
    prefix, target = f"verdict.{benefit.id}", held.target
    ids = _baseline(benefit, held, values)
    if target is None:
        return ids
    values.add(f"{prefix}.target", target.value, unit=held.unit, per=held.per, basis="expected", grade="assumed")
    ids["target"] = f"{prefix}.target"
    if not target.ramp or project.go_live is None or as_of < project.go_live:
        return ids
    start, end = project.go_live.year, target.date.year
    share = share_reached(as_of.year, ramp=target.ramp, go_live_year=start, target_year=end)
    values.add(f"{prefix}.share", share, unit="share", basis="expected")
    ids["share"] = f"{prefix}.share"
    without = _without(benefit, held, values)
    if without is not None:
        planned = without + share * (target.value - without)
        values.add(f"{prefix}.path", planned, unit=held.unit, per=held.per, basis="expected", grade="assumed")
        ids["path"] = f"{prefix}.path"
        if held.chosen_in_a_bad_period and benefit.valuation is not None:
            ids["without"] = f"assumption.{benefit.valuation.expected_events}"
    return ids


def _baseline(benefit: Benefit, held: Yardstick, values: Values) -> dict[str, str]:
    own = f"benefit.{benefit.id}.baseline"
    if held.baseline is None or not held.baseline.frozen:
        return {"baseline": own} if own in values else {}
    kept = held.baseline
    values.add(
        f"verdict.{benefit.id}.baseline",
        kept.value,
        low=kept.low,
        high=kept.high,
        unit=held.unit,
        per=held.per,
        basis="measured" if kept.state == "measured" else "expected",
        grade="reported" if kept.state == "measured" else "expert",
        source=kept.source,
    )
    return {"baseline": f"verdict.{benefit.id}.baseline"}


def _without(benefit: Benefit, held: Yardstick, values: Values) -> float | None:
    """What is expected without the service: the plan's own number where persons were chosen in a bad period."""
    if not held.chosen_in_a_bad_period:
        return held.baseline.value if held.baseline is not None else None
    name = benefit.valuation.expected_events if benefit.valuation is not None else None
    expected = values.get(f"assumption.{name}")
    return expected.value if expected is not None and expected.unit == held.unit else None


def _judged(
    benefit: Benefit, held: Yardstick, seen: Seen | None, refused: bool, as_of: date, values: Values
) -> tuple[VerdictCode, Reason]:
    if benefit.indicator is None:
        return "not_measured", "no_indicator"
    if seen is None:
        return "not_measured", "refused" if refused else "no_measurement"
    target, change, smallest = held.target, seen.change, values.get(f"benefit.{benefit.id}.smallest")
    low, high = (change.low, change.high) if change is not None else (None, None)
    limit = _is_limit(held, seen)
    if limit and seen.limits is not None:
        low, high = seen.limits
    return judge(
        Measured(
            change=change.value if change is not None else None,
            low=low,
            high=high,
            needed=target.value - seen.compared_with if target is not None and seen.compared_with is not None else None,
            has_target=target is not None,
            indicator_changed=held.indicator_changed,
            limit=limit,
            direction=held.direction,
            smallest=smallest.value if smallest is not None else None,
            target_date_passed=target is not None and target.date <= as_of,
            reaches_target_date=target is not None and target.date <= seen.on,
            mean_since_start=seen.mixed,
            chosen_in_a_bad_period=seen.naive,
            occasions=_occasions(benefit, held, as_of),
        )
    )


def _is_limit(held: Yardstick, seen: Seen) -> bool:
    """Whether the target is no better than the baseline: a dis-benefit to be kept within it."""
    before = held.baseline.value if held.baseline is not None else seen.before
    if held.target is None or before is None:
        return False
    return held.target.value >= before if held.direction == "lower_is_better" else held.target.value <= before


def _occasions(benefit: Benefit, held: Yardstick, as_of: date) -> int:
    """Latest days of measurement in a row, from the target's date on, on which every value stood at the target."""
    target = held.target
    if target is None:
        return 0
    by_day: dict[date, bool] = {}
    for one in benefit.measurements:
        if target.date <= one.date <= as_of:
            at = one.value <= target.value if held.direction == "lower_is_better" else one.value >= target.value
            by_day[one.date] = at and by_day.get(one.date, True)
    run = 0
    for day in sorted(by_day, reverse=True):
        if not by_day[day]:
            break
        run += 1
    return run
