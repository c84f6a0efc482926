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
    "before_target_date",
    "measured_too_early",
    "mean_since_start",
    "regression_to_the_mean",
    "no_baseline",
    "no_interval",
    "at_target_twice",
    "short_of_target",
    "includes_zero",
    "below_smallest",
    "at_target",
    "target_within_interval",
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
        Target less what it is compared with; None without a target or without anything to compare with.
    has_target
        Whether there is a target.
    indicator_changed
        Whether it is measured in another unit than it was when the plan was frozen.
    limit
        Whether the target is no better than the baseline, so that it is a limit not to be passed.
    direction
        Which way is good.
    smallest
        The smallest change a year of the planned volume can show, above zero; None when it is not known.
    target_date_passed
        Whether the report is made on or after the target's date.
    reaches_target_date
        Whether what was measured reaches to that date.
    mean_since_start
        Whether it is one mean of time before that date and after it, which tells neither.
    chosen_in_a_bad_period
        Whether persons were chosen in a bad period and compared with themselves, so that they get better anyway.
    occasions
        Latest days of measurement in a row, on or after the target's date, on which the value stood at the target.
    """

    change: float | None
    low: float | None
    high: float | None
    needed: float | None
    has_target: bool
    indicator_changed: bool
    limit: bool
    direction: Direction
    smallest: float | None
    target_date_passed: bool
    reaches_target_date: bool
    mean_since_start: bool
    chosen_in_a_bad_period: bool
    occasions: int


def judge(measured: Measured) -> tuple[VerdictCode, Reason]:
    """Return where a measured benefit stands, and by which rule. The first rule that fits decides.

    1. Measured in another unit than was frozen, or no target: cannot be known.
    2. Before the target's date, measured before it only, or as one mean of before and after it: cannot be known yet.
    3. Persons chosen in a bad period compared with themselves, or nothing to compare with: cannot be known.
    4. No interval: reached when the value stood at the target on the latest two days, else cannot be known.
    5. The whole interval is short of the target: behind.
    6. The target is a limit: reached when the whole interval is within it, else cannot be known.
    7. The interval holds no change, or a change for the worse: cannot be known. The smallest change a year can show
       says only why: a change that was shown is not unshown by it.
    8. At the target or past it: reached.
    9. Short of it, with the target inside the interval: on track.

    Examples
    --------
    >>> seen = Measured(change=-0.5, low=-0.7, high=-0.3, needed=-0.4, has_target=True, indicator_changed=False,
    ...                 limit=False, direction="lower_is_better", smallest=0.2, target_date_passed=True,
    ...                 reaches_target_date=True, mean_since_start=False, chosen_in_a_bad_period=False, occasions=0)
    >>> judge(seen)
    ('reached', 'at_target')
    """
    barred = _barred(measured)
    if barred is not None:
        return "cannot_be_known_yet", barred
    change, needed = measured.change, measured.needed
    assert change is not None
    assert needed is not None
    if measured.low is None or measured.high is None:
        if measured.occasions >= OCCASIONS:
            return "reached", "at_target_twice"
        return "cannot_be_known_yet", "no_interval"
    sign = -1.0 if measured.direction == "lower_is_better" else 1.0
    gain, wanted = sign * change, sign * needed
    least, most = sorted((sign * measured.low, sign * measured.high))
    if most < wanted:
        return "behind", "short_of_target"
    if measured.limit:
        return ("reached", "within_limit") if least >= wanted else ("cannot_be_known_yet", "limit_within_interval")
    if least <= 0:
        small = measured.smallest is not None and 0 < gain < measured.smallest
        return "cannot_be_known_yet", "below_smallest" if small else "includes_zero"
    return ("reached", "at_target") if gain >= wanted else ("on_track", "target_within_interval")


def _barred(measured: Measured) -> Reason | None:
    """Why no verdict may be given on what was measured, if so."""
    if measured.indicator_changed:
        return "indicator_changed"
    if not measured.has_target:
        return "no_target"
    if not measured.target_date_passed:
        return "before_target_date"
    if not measured.reaches_target_date:
        return "measured_too_early"
    if measured.mean_since_start:
        return "mean_since_start"
    if measured.chosen_in_a_bad_period:
        return "regression_to_the_mean"
    return "no_baseline" if measured.change is None or measured.needed is None else None
