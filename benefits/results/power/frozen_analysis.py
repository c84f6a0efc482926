"""Which analysis a benefit will be judged by, of how long a time: as it was frozen, else as the plan has it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from benefits.activity.shapes import START
from benefits.measurement import UnknownMethod, UnusableMethod, method
from benefits.project.benefit import Benefit, MethodChoice, Target
from benefits.project.freezing import Freeze, start_of
from benefits.project.model import Project
from benefits.results.verdicts.dates import VerdictDates, verdict_dates
from benefits.results.verdicts.windows import FEWEST_MONTHS, first_month
from benefits.results.verdicts.yardstick import Yardstick, yardstick
from benefits.vocabulary import Design, Unit, words

COUNTED: frozenset[Unit] = frozenset({"admissions", "consultations", "contacts", "visits", "journeys"})
"""Units of events that come one by one; bed-days come many to a stay, and hours and points are no counts."""
PAST: frozenset[str] = frozenset({"before_after", "interrupted_time_series", "projection"})
"""Designs that compare rates with the patients' own past."""
FOUR_CELLS: frozenset[str] = frozenset(
    {"difference_in_differences", "repeated_cross_sections", "event_study", "staggered_starts", "weighted_comparison"}
)
"""Designs that set a change against the change in a group that does not get the service."""
BESIDE: frozenset[str] = FOUR_CELLS | {"matched_comparison", "randomised"}
"""Designs that compare with a group that does not get the service."""
MODELLED: frozenset[str] = frozenset(
    {"interrupted_time_series", "projection", "event_study", "staggered_starts", "weighted_comparison"}
)
"""Designs without a formula for what they can show."""
CHART = "control_chart"
YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenAnalysis:
    """The analysis of one benefit, and the time it will rest on.

    Attributes
    ----------
    method
        Id of the design, its options and its data; the id is empty when the plan names none.
    held
        Target, baseline and direction.
    start
        First day of the service.
    lag
        Months after it that are left out.
    months
        Months of follow-up that are judged on the date of verdict that was passed last, else the next: all up to it,
        those from the target's date on, or the last year of the way to it. A year without such a date.
    judged
        The date of verdict that was passed last; None before the first.
    rises
        Whether the change that is looked for is a rise.
    frozen
        Whether the method is that of a frozen plan.
    """

    method: str
    options: Mapping[str, Any]
    data: str | None
    held: Yardstick
    start: date
    lag: int
    months: int
    judged: date | None
    rises: bool
    frozen: bool

    @property
    def modelled(self) -> bool:
        """Whether no formula tells what it can show, so that its method is tried on made-up data."""
        return self.method in MODELLED or (self.registered and self.data is not None)

    @property
    def registered(self) -> bool:
        """Whether the method is another package's."""
        return bool(self.method) and self.method not in words(Design)

    def lasting(self, months: int) -> FrozenAnalysis:
        """Return the same analysis after another length of follow-up."""
        return replace(self, months=months)


def frozen_analysis(project: Project, benefit: Benefit, *, freeze: Freeze | None, as_of: date) -> FrozenAnalysis | None:
    """Return the analysis a benefit is held to; None before a start is known.

    Parameters
    ----------
    project, benefit
        As they are now.
    freeze
        The plan the follow-up is held to; None when it was never frozen.
    as_of
        The date of the report.
    """
    kept: Mapping[str, Any] = freeze.plan["benefits"].get(benefit.id, {}) if freeze is not None else {}
    start = start_of(freeze, project) if freeze is not None else project.go_live
    if start is None:
        return None
    held = yardstick(project, benefit, freeze)
    choice, frozen = benefit.method, "method" in kept
    if frozen:
        choice = MethodChoice.model_validate(
            {name: value for name, value in kept["method"].items() if name in {"id", "data", "options"}}
        )
    options: Mapping[str, Any] = dict(choice.options) if choice is not None else {}
    lag = options.get("lag_months", 0)
    lag = lag if isinstance(lag, int) else 0
    target = held.target.date if held.target is not None else None
    days = verdict_dates(held.verdict_dates, target=target, as_of=as_of, each=False, open_ended=False)
    return FrozenAnalysis(
        method=choice.id if choice is not None else "",
        options=options,
        data=choice.data if choice is not None else None,
        held=held,
        start=start,
        lag=lag,
        months=_months(days, options, start=start, lag=lag, target=held.target if _in_parts(project, choice) else None),
        judged=days.latest,
        rises=_rises(benefit, held),
        frozen=frozen,
    )


def _months(days: VerdictDates, options: Mapping[str, Any], *, start: date, lag: int, target: Target | None) -> int:
    day = days.latest or days.coming
    if day is None:
        return YEAR
    # A verdict on the last day of a month rests on that month.
    whole, longest = _whole_months(start, day) - lag, options.get("months_after")
    months = max(1, min(whole, longest) if isinstance(longest, int) else whole)
    if target is None:
        return months
    early = whole - _whole_months(target.date, day) if target.date <= day else 0
    if early > 0 and months - early >= FEWEST_MONTHS:
        return months - early
    return min(months, FEWEST_MONTHS) if target.ramp else months


def _in_parts(project: Project, choice: MethodChoice | None) -> bool:
    """Whether the analysis can be made of a part of the time after the start, which a verdict then rests on."""
    source = next((one for one in project.data if choice is not None and one.id == choice.data), None)
    if choice is None or source is None or source.cohort is not None or START in source.columns:
        return False
    try:
        return "lag_months" in {one.name for one in fields(method(choice.id).options)}
    except (UnknownMethod, UnusableMethod):
        return False


def _whole_months(start: date, end: date) -> int:
    """Whole calendar months from the first that begins on a day or after it, to a day that counts itself."""
    following = date.fromordinal(end.toordinal() + 1)
    return following.year * YEAR + following.month - 1 - first_month(start)


def _rises(benefit: Benefit, held: Yardstick) -> bool:
    """Towards the target; without one in the good direction, or the bad one for something that is feared."""
    target, before = held.target, held.baseline
    if target is not None and before is not None and target.value != before.value and not held.chosen_in_a_bad_period:
        return target.value > before.value
    return (held.direction == "higher_is_better") != benefit.dis_benefit
