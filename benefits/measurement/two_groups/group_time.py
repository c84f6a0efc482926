"""Effects per starting month and period, each against those not yet started: the arithmetic of staggered starts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benefits.measurement.contract import Scale

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
FEWEST_CONTROLS = 2
NEVER = 10**9
"""Month of start of those who never start."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Histories:
    """Counts and exposure of each person, or unit, in each period.

    Attributes
    ----------
    count, exposure
        Shape (histories, periods); exposure is zero where nothing was observed.
    months
        Number of the first month of each period.
    step
        Months to a period.
    before
        Per history, the month before which every period that has ended is untouched; ``NEVER`` for those who never
        start.
    after
        Per history, the first month counted as after; ``NEVER`` for those who never start.
    """

    count: Numbers
    exposure: Numbers
    months: Whole
    step: int
    before: Whole
    after: Whole

    def untouched(self, period: int) -> NDArray[np.bool_]:
        """Return which histories have not started by the end of a period."""
        return np.asarray(self.months[period] + self.step <= self.before)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupTime:
    """All effects of starting months and periods, put together by the exposure of the treated.

    Attributes
    ----------
    observed, counterfactual, baseline
        Rates of the treated after, had nothing been done, and before.
    moved_observed, moved_counterfactual
        How much each history moves the first two.
    cells
        (month of start, period as an index, exposure, observed rate, counterfactual rate) of each effect.
    exposure
        Of the treated after, where there was a clean comparison.
    left_out
        Exposure of the treated after without a clean comparison or a time before.
    """

    observed: float
    counterfactual: float
    baseline: float
    moved_observed: Numbers
    moved_counterfactual: Numbers
    cells: tuple[tuple[int, int, float, float, float], ...]
    exposure: float
    left_out: float


def group_time(
    histories: Histories,
    *,
    scale: Scale,
    never_only: bool = False,
    months_before: int | None = None,
    months_after: int | None = None,
    earlier: int = 0,
) -> GroupTime | None:
    """Return the effect of each starting month in each period since, against those who had not started by its end.

    The counterfactual of those who started in a month g, in a period t, is their rate before g moved as the rate of the
    histories untouched at t moved from the same months before g to t: by difference or by ratio. Nobody who has
    started is ever compared with. The effects are weighted by the exposure of the treated in the period.

    Parameters
    ----------
    histories
        Of everybody.
    scale
        Move by difference or by ratio.
    never_only
        Compare only with those who never start.
    months_before, months_after
        Months used on each side of each start; None for all.
    earlier
        Pretend that everybody started so many months earlier, and look only at the months until they did: a placebo.

    Returns
    -------
    GroupTime or None
        None when no treated period has a clean comparison.

    References
    ----------
    Callaway and Sant'Anna (2021), Journal of Econometrics 225:200-230. Wooldridge (2023), Econometrics Journal
    26:C31-C66 (ratios).

    Examples
    --------
    Hand-worked: A starts in month 2 and has 5, 5, 3, 3; B in month 3 and has 4, 4, 6, 5; C and D never, and have 10
    each month until it is 12 in the last two. A in month 2 against B, C and D: they go from 8 to (6 + 12 + 12) / 3 =
    10, so A would have had 7. A in month 3 against C and D: 5 + 2 = 7. B, from (4 + 4 + 6) / 3, against C and D from
    32 / 3 to 12: 14 / 3 + 4 / 3 = 6. Effects 3 - 7, 3 - 7, 5 - 6: mean -3.

    >>> histories = Histories(count=np.array([[5.0, 5, 3, 3], [4, 4, 6, 5], [10, 10, 12, 12], [10, 10, 12, 12]]),
    ...                       exposure=np.ones((4, 4)), months=np.arange(4), step=1,
    ...                       before=np.array([2, 3, NEVER, NEVER]), after=np.array([2, 3, NEVER, NEVER]))
    >>> found = group_time(histories, scale="difference")
    >>> [(start, period, round(seen - expected, 6)) for start, period, _, seen, expected in found.cells]
    [(2, 2, -4.0), (2, 3, -4.0), (3, 3, -1.0)]
    >>> round(found.observed - found.counterfactual, 6)
    -3.0
    """
    cells: list[_Cell] = []
    left_out = 0.0
    for start, first in sorted({*zip(histories.before.tolist(), histories.after.tolist(), strict=True)}):
        if start == NEVER:
            continue
        who = (histories.before == start) & (histories.after == first)
        base = histories.months + histories.step <= start - earlier
        if months_before is not None:
            base &= histories.months >= start - earlier - months_before
        for period in _periods_after(histories, start=start, first=first, months_after=months_after, earlier=earlier):
            controls = (histories.before == NEVER) if never_only else histories.untouched(period) & ~who
            size = float(histories.exposure[who, period].sum())
            cell = _cell(histories, who, controls, base, period, first=first, scale=scale) if size else None
            if cell is None:
                left_out += size
            else:
                cells.append(cell)
    return _together(histories, cells, left_out=left_out) if cells else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Cell:
    """One starting month in one period: who, their rates, and how much each history moves the counterfactual."""

    first: int
    period: int
    who: NDArray[np.bool_]
    size: float
    observed: float
    before: float
    counterfactual: float
    moved: Numbers


def _cell(
    histories: Histories,
    who: NDArray[np.bool_],
    controls: NDArray[np.bool_],
    base: NDArray[np.bool_],
    period: int,
    *,
    first: int,
    scale: Scale,
) -> _Cell | None:
    """Return the effect of one starting month in one period; None without a clean comparison or a time before."""
    count, exposure = histories.count[:, period], histories.exposure[:, period]
    base_count, base_exposure = histories.count[:, base].sum(axis=1), histories.exposure[:, base].sum(axis=1)
    if not _clean(controls, who, base_exposure, exposure):
        return None
    before, other_before = (_rate(some, base_count, base_exposure) for some in (who, controls))
    other = _rate(controls, count, exposure)
    if scale == "ratio":
        if other_before == 0:
            return None
        counterfactual = before * other / other_before
        slopes = (other / other_before, before / other_before, -counterfactual / other_before)
    else:
        counterfactual, slopes = before + other - other_before, (1.0, 1.0, -1.0)
    return _Cell(
        first=first,
        period=period,
        who=who,
        size=float(exposure[who].sum()),
        observed=_rate(who, count, exposure),
        before=before,
        counterfactual=counterfactual,
        moved=slopes[0] * _moved(who, base_count, base_exposure)
        + slopes[1] * _moved(controls, count, exposure)
        + slopes[2] * _moved(controls, base_count, base_exposure),
    )


def _together(histories: Histories, cells: list[_Cell], *, left_out: float) -> GroupTime:
    """Put the effects together by the exposure of the treated, which is itself taken to vary from sample to sample."""
    sizes = np.array([cell.size for cell in cells])
    total = float(sizes.sum())

    def mean(name: str) -> float:
        return float(sizes @ np.array([getattr(cell, name) for cell in cells])) / total

    observed, counterfactual = mean("observed"), mean("counterfactual")
    seen, expected = np.zeros(len(histories.count)), np.zeros(len(histories.count))
    for cell in cells:
        exposure = np.where(cell.who, histories.exposure[:, cell.period], 0.0)
        seen += np.where(cell.who, histories.count[:, cell.period], 0.0) - observed * exposure
        expected += (cell.counterfactual - counterfactual) * exposure + cell.size * cell.moved
    return GroupTime(
        observed=observed,
        counterfactual=counterfactual,
        baseline=mean("before"),
        moved_observed=seen / total,
        moved_counterfactual=expected / total,
        cells=tuple((cell.first, cell.period, cell.size, cell.observed, cell.counterfactual) for cell in cells),
        exposure=total,
        left_out=left_out,
    )


def _periods_after(
    histories: Histories, *, start: int, first: int, months_after: int | None, earlier: int
) -> list[int]:
    months = histories.months
    if earlier:
        chosen = (months >= start - earlier) & (months + histories.step <= start)
    else:
        chosen = months >= first
        if months_after is not None:
            chosen &= months < first + months_after
    return [int(period) for period in np.flatnonzero(chosen)]


def _clean(controls: NDArray[np.bool_], who: NDArray[np.bool_], before: Numbers, now: Numbers) -> bool:
    """Whether both sides have a time before, and at least two untouched histories are seen in the period."""
    return bool(
        before[who].sum() > 0 and before[controls].sum() > 0 and np.count_nonzero(now[controls] > 0) >= FEWEST_CONTROLS
    )


def _rate(who: NDArray[np.bool_], count: Numbers, exposure: Numbers) -> float:
    return float(count[who].sum() / exposure[who].sum())


def _moved(who: NDArray[np.bool_], count: Numbers, exposure: Numbers) -> Numbers:
    """How much each history moves the rate of some of them."""
    return np.asarray(np.where(who, count - _rate(who, count, exposure) * exposure, 0.0) / exposure[who].sum())
