"""What a benefit was measured at when it is judged: by its method in data, or as somebody measured it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from benefits.activity import Panel, Series
from benefits.measurement import Estimate
from benefits.project.benefit import Benefit, Measurement
from benefits.project.model import Project
from benefits.results.values import Value, Values
from benefits.results.verdict_windows import since, window_of
from benefits.results.yardstick import Before, Yardstick


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was measured.

    Attributes
    ----------
    level, change
        Values; the change is None without anything in the same unit to compare with.
    compared_with, before
        The level the change is from, and the level before the start.
    since, on
        First and last day measured; the first for a mean over time only.
    limits
        The interval of the level, less what it is compared with; None where the level has none.
    mixed
        Whether the target's date lies within the time it is a mean of.
    naive
        Whether persons chosen in a bad period are compared with themselves.
    """

    level: Value
    change: Value | None
    compared_with: float | None
    before: float | None
    since: date | None
    on: date
    limits: tuple[float, float] | None
    mixed: bool
    naive: bool


def from_estimate(
    project: Project,
    benefit: Benefit,
    held: Yardstick,
    estimate: Estimate,
    shapes: Mapping[str, Series | Panel],
    as_of: date,
    values: Values,
) -> Seen:
    """Return what a method found: since the start, or since the target's date where a year of it is known."""
    assert benefit.method is not None
    assert benefit.method.data is not None
    assert project.go_live is not None, "no method answers without a start"
    # Answers to a survey have no periods of their own.
    shape, prefix = shapes.get(benefit.method.data), f"estimate.{benefit.id}.{estimate.method}"
    level, change = values[f"{prefix}.observed"], values[f"{prefix}.effect"]
    window = None
    if shape is not None:
        window = window_of(shape, go_live=project.go_live, options=estimate.options)
    first, last = (window.first, window.last) if window is not None else (project.go_live, as_of)
    mixed = False
    if shape is not None and held.target is not None and first < held.target.date <= min(last, as_of):
        later = since(estimate, shape, go_live=project.go_live, day=held.target.date)
        mixed = later is None
        if later is not None:
            estimate, first, last = later[0], later[1].first, later[1].last
            level, change = _add(estimate, level, values)
    # What a plan said of its selection when it was frozen holds, also where the file no longer tells the method.
    told = [one for one in estimate.checks if one.code == "regression_to_the_mean"]
    return Seen(
        level=level,
        change=change,
        compared_with=estimate.counterfactual,
        before=estimate.baseline,
        since=first,
        on=last,
        limits=None,
        mixed=mixed,
        naive=any(held.chosen_in_a_bad_period or one.passed is False for one in told),
    )


def from_measurements(benefit: Benefit, held: Yardstick, as_of: date, values: Values) -> Seen | None:
    """Return the latest value entered by hand and known at the date; None when there is none."""
    known = [(at, one) for at, one in enumerate(benefit.measurements) if one.date <= as_of]
    if benefit.indicator is None or not known:
        return None
    at, latest = max(known, key=lambda one: one[1].date)
    level, before = values[f"benefit.{benefit.id}.measurement.{at}"], held.baseline
    limits = None
    if before is not None and latest.low is not None and latest.high is not None:
        limits = (latest.low - before.value, latest.high - before.value)
    comparable = before is not None and not held.indicator_changed
    return Seen(
        level=level,
        change=_change(benefit, latest, before, level, values) if before is not None and comparable else None,
        compared_with=before.value if before is not None else None,
        before=before.value if before is not None else None,
        since=None,
        on=latest.date,
        limits=limits,
        mixed=False,
        naive=held.chosen_in_a_bad_period,
    )


def _add(estimate: Estimate, like: Value, values: Values) -> tuple[Value, Value]:
    """Add level and change of the time after the target's date."""
    prefix, unit, per, source = f"verdict.{estimate.benefit}", like.unit, like.per, like.source
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


def _change(benefit: Benefit, latest: Measurement, before: Before, level: Value, values: Values) -> Value:
    """Measured less baseline; limits as far apart as those of the two allow, and none where one of the two has none."""
    low = high = None
    if None not in (latest.low, latest.high, before.low, before.high):
        assert latest.low is not None
        assert latest.high is not None
        assert before.low is not None
        assert before.high is not None
        low, high = latest.low - before.high, latest.high - before.low
    return values.add(
        f"verdict.{benefit.id}.change",
        latest.value - before.value,
        low=low,
        high=high,
        unit=level.unit,
        per=level.per,
        basis="measured",
        grade=latest.grade,
        source=level.source,
    )
