"""The rules by which a follow-up says where a benefit stands: numbers in, verdict out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from benefits.vocabulary import Direction

VerdictCode = Literal["reached", "on_track", "behind", "cannot_be_known_yet", "not_measured"]
Reason = Literal[
    "no_indicator",
    "no_measurement",
    "refused",
    "indicator_changed",
    "no_target",
    "before_verdict_date",
    "measured_too_early",
    "mean_since_start",
    "regression_to_the_mean",
    "not_selected_alike",
    "no_baseline",
    "no_path",
    "no_interval",
    "at_target_twice",
    "short_of_target",
    "includes_zero",
    "below_smallest",
    "at_target",
    "target_within_interval",
    "on_path",
    "path_within_interval",
    "short_of_path",
    "within_limit",
    "limit_within_interval",
]
VERDICTS: tuple[VerdictCode, ...] = get_args(VerdictCode)
REASONS: tuple[Reason, ...] = get_args(Reason)
OCCASIONS = 2
"""Latest days of measurement on which a value without an interval must stand at the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a verdict looks at.

    Attributes
    ----------
    change, low, high
        Measured less what it is compared with, and its interval, in the unit of the indicator; ``change`` is None when
        there is nothing to compare with, the limits when the measurement has none.
    needed
        The level it was to be at less what it is compared with: the target, or before its date how far the plan was to
        have come; None without a target, without anything to compare with, or where the plan tells no way to it.
    has_target
        Whether there is a target.
    against_path
        Whether it is judged before the target's date, against the way to it.
    indicator_changed
        Whether it is measured in another unit than it was when the plan was frozen.
    limit
        Whether the target is no better than the baseline, so that it is a limit not to be passed.
    direction
        Which way is good.
    smallest
        The smallest change the planned analysis can show, above zero; None when it is not known.
    due
        Whether a date of verdict has come.
    late_enough
        Whether what was measured reaches to the target's date, or before it beyond the last date of verdict.
    mean_since_start
        Whether it is one mean of time before the target's date and after it, which tells neither.
    chosen_in_a_bad_period
        Whether persons were chosen in a bad period and compared with themselves, so that they get better anyway.
    others_chosen_otherwise
        Whether persons chosen in a bad period are compared with others who were not, or of whom the plan does not say
        it, so that the two come back from it to different levels.
    occasions
        Latest days of measurement in a row, on or after the target's date, on which the value stood at the target.
    """

    change: float | None
    low: float | None
    high: float | None
    needed: float | None
    has_target: bool
    against_path: bool
    indicator_changed: bool
    limit: bool
    direction: Direction
    smallest: float | None
    due: bool
    late_enough: bool
    mean_since_start: bool
    chosen_in_a_bad_period: bool
    occasions: int
    others_chosen_otherwise: bool = False


def judge(measured: Measured) -> tuple[VerdictCode, Reason]:
    """Return where a measured benefit stands, and by which rule. The first rule that fits decides.

    1. Measured in another unit than was frozen, or no target: cannot be known.
    2. No date of verdict has come, measured too early, or as one mean of before and after the target's date: cannot be
       known yet.
    3. Persons chosen in a bad period compared with themselves, or with others not chosen alike: cannot be known.
    4. No interval: reached when the value stood at the target on the latest two days, which a target that is a level
       can be without anything to compare with; else cannot be known. Nor where there is nothing to compare with, or no
       way to the target is told.
    5. The whole interval is short of the target, or of the way to it before its date: behind.
    6. The target is a limit: reached when the whole interval is within it (on track before its date), else cannot be
       known.
    7. The change that was to come is smaller than the planned analysis can show: not documented, so it cannot be known,
       unless the whole interval lies at it or past it. A change found where so little could be is likely too large.
    8. The interval holds no change, or a change for the worse: cannot be known.
    9. At the target or past it: reached. At the way to it before its date: on track.
    10. Short of it, inside the interval: on track.

    Examples
    --------
    >>> seen = Measured(change=-0.5, low=-0.7, high=-0.3, needed=-0.4, has_target=True, against_path=False,
    ...                 indicator_changed=False, limit=False, direction="lower_is_better", smallest=0.2, due=True,
    ...                 late_enough=True, mean_since_start=False, chosen_in_a_bad_period=False, occasions=0)
    >>> judge(seen)
    ('reached', 'at_target')
    """
    barred = _barred(measured)
    if barred is not None:
        return "cannot_be_known_yet", barred
    if (measured.low is None or measured.high is None) and measured.occasions >= OCCASIONS:
        return "reached", "at_target_twice"
    change, needed = measured.change, measured.needed
    if change is None:
        return "cannot_be_known_yet", "no_baseline"
    if needed is None:
        return "cannot_be_known_yet", "no_path" if measured.against_path else "no_baseline"
    if measured.low is None or measured.high is None:
        return "cannot_be_known_yet", "no_interval"
    sign = -1.0 if measured.direction == "lower_is_better" else 1.0
    gain, wanted = sign * change, sign * needed
    least, most = sorted((sign * measured.low, sign * measured.high))
    if most < wanted:
        return "behind", "short_of_path" if measured.against_path else "short_of_target"
    if measured.limit:
        kept: VerdictCode = "on_track" if measured.against_path else "reached"
        return (kept, "within_limit") if least >= wanted else ("cannot_be_known_yet", "limit_within_interval")
    if measured.smallest is not None and 0 < wanted < measured.smallest and least < wanted:
        return "cannot_be_known_yet", "below_smallest"
    if least <= 0:
        return "cannot_be_known_yet", "includes_zero"
    if measured.against_path:
        return "on_track", "on_path" if gain >= wanted else "path_within_interval"
    return ("reached", "at_target") if gain >= wanted else ("on_track", "target_within_interval")


def _barred(measured: Measured) -> Reason | None:
    """Why no verdict may be given on what was measured, if so."""
    if measured.indicator_changed:
        return "indicator_changed"
    if not measured.has_target:
        return "no_target"
    if not measured.due:
        return "before_verdict_date"
    if not measured.late_enough:
        return "measured_too_early"
    if measured.mean_since_start:
        return "mean_since_start"
    if measured.chosen_in_a_bad_period:
        return "regression_to_the_mean"
    if measured.others_chosen_otherwise:
        return "not_selected_alike"
    return None
