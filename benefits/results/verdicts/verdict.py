"""Where each benefit stands at a date, judged against the target as it was frozen; and the numbers behind it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from benefits.economics.expected_rate import rate_name
from benefits.economics.ramp import share_reached
from benefits.measurement import Estimate
from benefits.project.benefit import Benefit
from benefits.project.freezing import Freeze
from benefits.project.model import Project
from benefits.results.values import Values
from benefits.results.verdicts.dates import VerdictDates, verdict_dates
from benefits.results.verdicts.known import Known
from benefits.results.verdicts.path import level_at
from benefits.results.verdicts.rules import Measured, Reason, VerdictCode, judge
from benefits.results.verdicts.seen import Seen, from_estimate, from_measurements
from benefits.results.verdicts.yardstick import Yardstick, yardstick

BEYOND = frozenset({"nothing_is_enough"})
"""Why there is no smallest change: nothing that can happen is as large."""

Ids = Mapping[str, str]
KnownOn = Callable[[date], Known]


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
    judged_on, coming
        The date of verdict it was given on, from what was known then; and the next. None where there is none.
    looks
        How many dates of verdict have come on which more was known than on the one before: each was a test.
    measured_from, measured_on
        First and last day of what was measured; the first is None for a value that is not a mean over time.
    values
        Value ids by name: ``baseline``; ``target``; ``share`` and ``path``, how far the plan was to be by now;
        ``without``, where that way begins when it is not at the baseline; ``level`` and ``change``, what was measured;
        ``due``, the level it was to be at meanwhile, where that is not the target; ``smallest``. Only those there are.
    """

    benefit: str
    code: VerdictCode
    reason: Reason
    frozen: bool
    target_date: date | None
    judged_on: date | None
    coming: date | None
    looks: int
    measured_from: date | None
    measured_on: date | None
    values: Ids


def verdicts(
    project: Project, *, freeze: Freeze | None, known_on: KnownOn, as_of: date, values: Values
) -> tuple[Verdict, ...]:
    """Judge every benefit that is not dropped, and add the numbers as ``verdict.<benefit>.*``.

    Parameters
    ----------
    project
        As it is now.
    freeze
        The plan the follow-up is held to; None when it was never frozen.
    known_on
        Gives what was known on a day, which is that of the report or earlier.
    as_of
        The date of the report.
    values
        Holds the values of estimates, baselines and measurements already.
    """
    judged: list[Verdict] = []
    for benefit in project.benefits:
        if benefit.status == "dropped":
            continue
        held = yardstick(project, benefit, freeze)
        dates = _dates(benefit, held, as_of)
        seen, refused, in_time = _seen(project, benefit, held, dates, known_on, as_of, values)
        ids = _path(project, benefit, held, as_of, values) if benefit.indicator is not None else {}
        if seen is not None:
            ids |= {"level": seen.level.id} | ({"change": seen.change.id} if seen.change is not None else {})
            ids |= _due(benefit, held, seen, dates, values)
        if f"benefit.{benefit.id}.smallest" in values:
            ids["smallest"] = f"benefit.{benefit.id}.smallest"
        code, reason = _judged(project, benefit, held, seen, dates, ids, values, refused=refused, in_time=in_time)
        judged.append(
            Verdict(
                benefit=benefit.id,
                code=code,
                reason=reason,
                frozen=held.target_frozen,
                target_date=held.target.date if held.target is not None else None,
                judged_on=dates.latest,
                coming=dates.coming,
                looks=_looks(benefit, dates, known_on),
                measured_from=seen.since if seen is not None else None,
                measured_on=seen.on if seen is not None else None,
                values=ids,
            )
        )
    return tuple(judged)


def _dates(benefit: Benefit, held: Yardstick, as_of: date) -> VerdictDates:
    by_data = benefit.method is not None and benefit.method.data is not None
    return verdict_dates(
        held.verdict_dates,
        target=held.target.date if held.target is not None else None,
        as_of=as_of,
        each=by_data and benefit.method is not None and benefit.method.id == "control_chart",
        open_ended=not by_data,
    )


def _seen(
    project: Project,
    benefit: Benefit,
    held: Yardstick,
    dates: VerdictDates,
    known_on: KnownOn,
    as_of: date,
    values: Values,
) -> tuple[Seen | None, bool, bool]:
    """What the benefit is judged by, whether its method would not answer, and whether it was known in time."""
    day = dates.latest if dates.latest is not None else as_of
    known, now = known_on(day), known_on(as_of)
    estimate = _estimate(benefit, known)
    reported = from_measurements(project, benefit, held, day, values) if estimate is None else None
    # What was judged by a value entered by hand is not judged anew because the method can answer later.
    in_time = estimate is not None or reported is not None or _estimate(benefit, now) is None
    if not in_time:
        # Too little was known on the date of verdict; what is known now is shown, and is no verdict.
        day, known, estimate = as_of, now, _estimate(benefit, now)
    if estimate is None:
        return reported, _refused(benefit, known), in_time
    seen = from_estimate(
        project,
        benefit,
        held,
        estimate,
        known.shapes,
        day,
        values,
        judged=in_time and dates.latest is not None,
        earlier=estimate is not _estimate(benefit, now),
    )
    return seen, False, in_time


def _looks(benefit: Benefit, dates: VerdictDates, known_on: KnownOn) -> int:
    """A date without new data since the one before is no new test: the estimate is the same one."""
    return len({id(one) for day in dates.past if (one := _estimate(benefit, known_on(day))) is not None})


def _estimate(benefit: Benefit, known: Known) -> Estimate | None:
    return next((one for one in known.measured.estimates if one.benefit == benefit.id), None)


def _refused(benefit: Benefit, known: Known) -> bool:
    return any(id == benefit.id for id, _ in known.measured.refusals)


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
        planned = level_at(share, target, without=without)
        values.add(f"{prefix}.path", planned, unit=held.unit, per=held.per, basis="expected", grade="assumed")
        ids["path"] = f"{prefix}.path"
        if held.chosen_in_a_bad_period and benefit.valuation is not None:
            ids["without"] = _without_id(benefit, values)
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
    expected = values.get(_without_id(benefit, values))
    return expected.value if expected is not None and expected.unit == held.unit else None


def _without_id(benefit: Benefit, values: Values) -> str:
    """As it was frozen, where the plan has moved it since."""
    frozen = f"verdict.{benefit.id}.without"
    return frozen if frozen in values else f"assumption.{rate_name(benefit)}"


def _due(benefit: Benefit, held: Yardstick, seen: Seen, dates: VerdictDates, values: Values) -> dict[str, str]:
    """The level a benefit was to be at while it was measured, where it is judged and that is not the target."""
    without = _without(benefit, held, values)
    if held.target is None or dates.latest is None or without is None or seen.due in (None, 1.0):
        return {}
    assert seen.due is not None
    level = level_at(seen.due, held.target, without=without)
    name = f"verdict.{benefit.id}.due"
    values.add(name, level, unit=held.unit, per=held.per, basis="expected", grade="assumed")
    return {"due": name}


def _judged(
    project: Project,
    benefit: Benefit,
    held: Yardstick,
    seen: Seen | None,
    dates: VerdictDates,
    ids: Ids,
    values: Values,
    *,
    refused: bool,
    in_time: bool,
) -> tuple[VerdictCode, Reason]:
    if benefit.indicator is None:
        return "not_measured", "no_indicator"
    if seen is None:
        return "not_measured", "refused" if refused else "no_measurement"
    target = held.target
    change, low, high = seen.numbers if seen.numbers is not None else (None, None, None)
    limit = _is_limit(held, seen)
    if limit and seen.limits is not None:
        low, high = seen.limits
    before_date = target is not None and dates.latest is not None and dates.latest < target.date
    on_the_way = before_date or seen.due not in (None, 1.0)
    # A limit holds at every time; and what is not to be on its way any more is to be at the target.
    level = target.value if target is not None else None
    if on_the_way and not limit and seen.due != 1.0:
        level = values[ids["due"]].value if "due" in ids else None
    if before_date:
        last = dates.before or project.go_live
        late_enough = last is None or seen.on > last
    else:
        late_enough = target is None or seen.on >= target.date
    return judge(
        Measured(
            change=change,
            low=low,
            high=high,
            needed=level - seen.compared_with if level is not None and seen.compared_with is not None else None,
            has_target=target is not None,
            against_path=on_the_way,
            indicator_changed=held.indicator_changed,
            limit=limit,
            direction=held.direction,
            smallest=_smallest(benefit, values),
            due=dates.latest is not None,
            late_enough=in_time and late_enough,
            mean_since_start=seen.mixed,
            chosen_in_a_bad_period=seen.naive,
            occasions=_occasions(benefit, held, dates.latest),
            others_chosen_otherwise=seen.unlike,
        )
    )


def _smallest(benefit: Benefit, values: Values) -> float | None:
    """The smallest change that can be shown; endless where not even the end of all events could be."""
    found = values.get(f"benefit.{benefit.id}.smallest")
    if found is None or found.suppressed:
        return None
    return math.inf if found.value is None and found.reason in BEYOND else found.value


def _is_limit(held: Yardstick, seen: Seen) -> bool:
    """Whether the target is no better than the baseline: a dis-benefit to be kept within it."""
    before = held.baseline.value if held.baseline is not None else seen.before
    if held.target is None or before is None:
        return False
    return held.target.value >= before if held.direction == "lower_is_better" else held.target.value <= before


def _occasions(benefit: Benefit, held: Yardstick, until: date | None) -> int:
    """Latest days of measurement in a row, from the target's date on, on which every value stood at the target."""
    target = held.target
    if target is None or until is None:
        return 0
    by_day: dict[date, bool] = {}
    for one in benefit.measurements:
        if target.date <= one.date <= until:
            at = one.value <= target.value if held.direction == "lower_is_better" else one.value >= target.value
            by_day[one.date] = at and by_day.get(one.date, True)
    run = 0
    for day in sorted(by_day, reverse=True):
        if not by_day[day]:
            break
        run += 1
    return run
