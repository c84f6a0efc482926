"""What a benefit is judged by: target, baseline, direction and unit as they were frozen, else as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits.project.benefit import Benefit, Target
from benefits.project.freezing import Freeze
from benefits.project.model import Project
from benefits.vocabulary import BaselineState, Direction, Exposure, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A baseline with a value: its limits, where it has any, where it is from, and whether it was frozen."""

    value: float
    low: float | None
    high: float | None
    state: BaselineState
    source: str
    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What a benefit is held to.

    Attributes
    ----------
    target, target_frozen
        The target, and whether it is that of the freeze.
    baseline
        None where no value is known.
    direction, unit, per
        Of the indicator; a benefit without one is not measured.
    indicator_changed
        Whether the indicator now counts in another unit, or per something else, than when it was frozen.
    chosen_in_a_bad_period
        Whether the plan says, or said when it was frozen, that persons were chosen by their own bad period.
    verdict_dates
        The dates it is judged on, as the plan names them; empty where it names none.
    """

    target: Target | None
    target_frozen: bool
    baseline: Before | None
    direction: Direction
    unit: Unit
    per: Exposure
    indicator_changed: bool
    chosen_in_a_bad_period: bool
    verdict_dates: tuple[date, ...]


def yardstick(project: Project, benefit: Benefit, freeze: Freeze | None) -> Yardstick:
    """Return what a benefit is held to, so that nothing of it can be moved once the plan is frozen.

    Parameters
    ----------
    project, benefit
        As they are now.
    freeze
        The plan the follow-up is held to; None when it was never frozen.
    """
    kept: Mapping[str, Any] = freeze.plan["benefits"].get(benefit.id, {}) if freeze is not None else {}
    now = benefit.indicator.model_dump() if benefit.indicator is not None else {}
    held = kept.get("indicator") or now
    was, selected = kept.get("target"), benefit.baseline is not None and benefit.baseline.selection is not None
    return Yardstick(
        target=_target(was) if was is not None else benefit.target,
        target_frozen=was is not None,
        baseline=_before(project, benefit, kept.get("baseline", {}), freeze),
        direction=held.get("direction", "lower_is_better"),
        unit=held.get("unit", "count"),
        per=held.get("per", "none"),
        indicator_changed=any(held.get(name) != now.get(name) for name in ("unit", "per")),
        chosen_in_a_bad_period=selected or "selection" in kept.get("baseline", {}),
        verdict_dates=_verdict_dates(benefit, kept),
    )


def _verdict_dates(benefit: Benefit, kept: Mapping[str, Any]) -> tuple[date, ...]:
    """As they were frozen, also when none was; those of the plan for a benefit that was not."""
    if "method" in kept:
        return tuple(date.fromisoformat(day) for day in kept["method"].get("verdict_dates", ()))
    return benefit.method.verdict_dates if benefit.method is not None else ()


def _target(was: Mapping[str, Any]) -> Target:
    ramp = {int(year): share for year, share in was.get("ramp", {}).items()}
    return Target(value=was["value"], date=date.fromisoformat(was["date"]), ramp=ramp)


def _before(project: Project, benefit: Benefit, kept: Mapping[str, Any], freeze: Freeze | None) -> Before | None:
    """The frozen baseline where it had a value, else the one measured since."""
    now = benefit.baseline
    if kept.get("value") is None:
        if now is None or now.value is None:
            return None
        source = project.said(now.source)
        return Before(value=now.value, low=now.low, high=now.high, state=now.state, source=source, frozen=False)
    assert freeze is not None
    same = now is not None and now.value == kept["value"]
    source = project.said(now.source) if now is not None and same else freeze.file
    return Before(
        value=kept["value"],
        low=kept.get("low"),
        high=kept.get("high"),
        state=kept["state"],
        source=source or freeze.file,
        frozen=True,
    )
