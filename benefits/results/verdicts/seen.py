"""What a benefit was measured at when it is judged: by its method in data, or as somebody measured it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from benefits.activity import Panel, Series
from benefits.measurement import Estimate
from benefits.project.benefit import Benefit, Measurement, Target
from benefits.project.model import Project
from benefits.results.values import Value, Values
from benefits.results.verdicts.dates import year_before
from benefits.results.verdicts.path import share_over
from benefits.results.verdicts.windows import Window, since, window_of
from benefits.results.verdicts.yardstick import Before, Yardstick

Numbers = tuple[float, float | None, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was measured.

    Attributes
    ----------
    level, change
        Values; the change is None without anything in the same unit to compare with.
    numbers
        The change and its interval, also where they may not be shown; None without a change.
    compared_with, before
        The level the change is from, and the level before the start.
    since, on
        First and last day measured; the first for a mean over time only.
    limits
        The interval of the level, less what it is compared with; None where the level has none.
    due
        How far on the way to the target it was to be in that time, as a share; None where the plan does not say.
    mixed
        Whether the target's date lies within the time it is a mean of, and the plan tells no way to it.
    naive
        Whether persons chosen in a bad period are compared with themselves.
    unlike
        Whether they are compared with others who were not chosen so, or of whom the plan does not say it.
    """

    level: Value
    change: Value | None
    numbers: Numbers | None
    compared_with: float | None
    before: float | None
    since: date | None
    on: date
    limits: tuple[float, float] | None
    due: float | None
    mixed: bool
    naive: bool
    unlike: bool


def from_estimate(
    project: Project,
    benefit: Benefit,
    held: Yardstick,
    estimate: Estimate,
    shapes: Mapping[str, Series | Panel],
    day: date,
    values: Values,
    *,
    judged: bool,
    earlier: bool,
) -> Seen:
    """Return what a method found: since the start, or in the part of that time that is to be judged.

    Parameters
    ----------
    project, benefit, held
        What is measured, and what it is held to.
    estimate
        What the method found, in the data known on the day.
    shapes
        Data by id, as known on the day.
    day
        The date of verdict; that of the report where none has come.
    values
        Where level and change are added as ``verdict.<benefit>.*``, unless they are those of the report's estimate.
    judged
        Whether the day is a date of verdict.
    earlier
        Whether the estimate is of less data than the report's own.
    """
    assert benefit.method is not None
    assert benefit.method.data is not None
    assert project.go_live is not None, "no method answers without a start"
    # Answers to a survey have no periods of their own.
    shape, target = shapes.get(benefit.method.data), held.target
    window = None
    if shape is not None:
        window = window_of(shape, go_live=project.go_live, options=estimate.options)
    part = None
    if judged and target is not None and shape is not None and window is not None:
        part = _part(estimate, shape, window, target, go_live=project.go_live, day=day)
    if part is not None:
        estimate, window = part
    first, last = (window.first, window.last) if window is not None else (project.go_live, day)
    prefix = f"estimate.{benefit.id}.{estimate.method}"
    if part is not None or earlier:
        level, change = _add(estimate, held, values.get(f"{prefix}.observed"), values)
    else:
        level, change = values[f"{prefix}.observed"], values[f"{prefix}.effect"]
    if shape is None:
        due = _due(project, held, day)
    else:
        due = share_over(target, go_live=project.go_live, first=first, last=last) if target is not None else None
    # What a plan said of its selection when it was frozen holds, also where the file no longer tells the method.
    told = [one for one in estimate.checks if one.code == "regression_to_the_mean"]
    others = [one for one in estimate.checks if one.code == "comparison_selected_alike"]
    return Seen(
        level=level,
        change=change,
        numbers=(estimate.effect, estimate.low, estimate.high),
        compared_with=estimate.counterfactual,
        before=estimate.baseline,
        since=first,
        on=last,
        limits=None,
        due=due,
        mixed=target is not None and due is None and first < target.date <= last,
        naive=any(held.chosen_in_a_bad_period or one.passed is False for one in told),
        unlike=any(one.passed is False or (held.chosen_in_a_bad_period and one.passed is None) for one in others),
    )


def _part(
    estimate: Estimate, shape: Series | Panel, window: Window, target: Target, *, go_live: date, day: date
) -> tuple[Estimate, Window] | None:
    """Return what is found in the time that is judged; None where that is all of it, or too little to be told apart.

    It is the time from the target's date on, where a year of it is known; else, where the plan tells the way to the
    target, the last year: what was long ago says little of how far it has come.
    """
    if window.first < target.date <= day:
        after = since(estimate, shape, go_live=go_live, day=target.date)
        if after is not None:
            return after
    last_year = year_before(window.last)
    if not target.ramp or window.first >= last_year:
        return None
    return since(estimate, shape, go_live=go_live, day=last_year)


def from_measurements(project: Project, benefit: Benefit, held: Yardstick, day: date, values: Values) -> Seen | None:
    """Return the latest value entered by hand and known on the day; None when there is none."""
    known = [(at, one) for at, one in enumerate(benefit.measurements) if one.date <= day]
    if benefit.indicator is None or not known:
        return None
    at, latest = max(known, key=lambda one: one[1].date)
    level, before = values[f"benefit.{benefit.id}.measurement.{at}"], held.baseline
    limits = None
    if before is not None and latest.low is not None and latest.high is not None:
        limits = (latest.low - before.value, latest.high - before.value)
    numbers = _numbers(latest, before) if before is not None and not held.indicator_changed else None
    return Seen(
        level=level,
        change=_change(benefit, latest, numbers, level, values) if numbers is not None else None,
        numbers=numbers,
        compared_with=before.value if before is not None else None,
        before=before.value if before is not None else None,
        since=None,
        on=latest.date,
        limits=limits,
        due=_due(project, held, latest.date),
        mixed=False,
        naive=held.chosen_in_a_bad_period,
        unlike=False,
    )


def _due(project: Project, held: Yardstick, day: date) -> float | None:
    """How far a value of one day was to be on the way: all of it from the target's date on."""
    if held.target is None or day >= held.target.date:
        return 1.0
    return share_over(held.target, go_live=project.go_live, first=day, last=day)


def _add(estimate: Estimate, held: Yardstick, like: Value | None, values: Values) -> tuple[Value, Value]:
    """Add level and change of the time that is judged, in the unit and with the source of the report's own estimate."""
    prefix, source = f"verdict.{estimate.benefit}", like.source if like is not None else ""
    unit, per = (like.unit, like.per) if like is not None else (held.unit, held.per)
    level = values.add(f"{prefix}.level", estimate.observed, unit=unit, per=per, basis="measured", source=source)
    change = values.add(
        f"{prefix}.change",
        estimate.effect,
        low=estimate.low,
        high=estimate.high,
        unit=unit,
        per=per,
        basis="measured",
        grade=estimate.grade,
        source=source,
    )
    return level, change


def _numbers(latest: Measurement, before: Before) -> Numbers:
    """Measured less baseline; limits as far apart as those of the two allow, and none where one of the two has none."""
    low = high = None
    if None not in (latest.low, latest.high, before.low, before.high):
        assert latest.low is not None
        assert latest.high is not None
        assert before.low is not None
        assert before.high is not None
        low, high = latest.low - before.high, latest.high - before.low
    return latest.value - before.value, low, high


def _change(benefit: Benefit, latest: Measurement, numbers: Numbers, level: Value, values: Values) -> Value:
    """Add the change; hidden where the level is, which would follow from it."""
    change, low, high = (None, None, None) if level.suppressed else numbers
    return values.add(
        f"verdict.{benefit.id}.change",
        change,
        low=low,
        high=high,
        unit=level.unit,
        per=level.per,
        basis="measured",
        grade=latest.grade,
        suppressed=level.suppressed,
        source=level.source,
    )
