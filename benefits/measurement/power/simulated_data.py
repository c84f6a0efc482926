"""Made-up activity data of the shape a plan will have, under an effect that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from benefits.activity import Panel, Series
from benefits.activity.shapes import START

GO_LIVE = date(2020, 1, 1)
"""Day the made-up service starts; any would do."""
LEAST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Data that an analysis will have: how long, of how many, and how they vary. Periods are months.

    Attributes
    ----------
    months_before, months_after
        Whole months on each side of the start.
    rate
        Events, or amount, per unit of exposure when nothing is done.
    exposure
        Of all the treated together, in a month.
    comparison
        The same of a group that does not get the service; None without one.
    persons
        How many the treated are, when it is a panel; None for a series. The comparison has as many for its exposure.
    units
        Units of each group.
    starts
        Months after the first start that each treated unit begins, for staggered starts; empty when all begin at once.
    dispersion
        Variance over mean of every count; in its own unit for an amount.
    whole
        Whether events are counted; False for an amount, such as hours.

    Raises
    ------
    ValueError
        When a number is outside its bounds.
    """

    months_before: int
    months_after: int
    rate: float
    exposure: float
    comparison: float | None = None
    persons: int | None = None
    units: int = 1
    starts: tuple[int, ...] = ()
    dispersion: float = 1.0
    whole: bool = True

    def __post_init__(self) -> None:
        counts = (self.months_before, self.months_after, self.units, 1 if self.persons is None else self.persons)
        amounts = (self.rate, self.exposure, self.dispersion, 1.0 if self.comparison is None else self.comparison)
        if min(counts) < 1 or not all(0 < one < float("inf") for one in amounts):
            raise ValueError("months, units, persons, rate, exposure and dispersion must be above zero")
        if self.whole and self.dispersion < 1:
            raise ValueError("events vary at least as much as independent ones: dispersion must be one or more")
        if self.starts and len(self.starts) != self.units:
            raise ValueError("starts must say one for each unit")

    @property
    def rows(self) -> int:
        """How many rows the data have: what a simulation costs."""
        groups = 1.0 if self.comparison is None else 1.0 + self.comparison / self.exposure
        return round((self.months_before + self.months_after) * groups * (self.persons or self.units))


def drawn(planned: Planned, *, effect: float, seed: tuple[int, ...]) -> Series | Panel:
    """Return data in which the treated's rate is moved by an effect after the start.

    The same seed gives the same luck under every effect: each count is the quantile of its own fixed uniform number, so
    that two effects are told apart by nothing else.

    Parameters
    ----------
    planned
        The shape.
    effect
        Added to the rate of the treated after the start; a rate does not fall below nothing.
    seed
        Of the generator.

    Examples
    --------
    >>> planned = Planned(months_before=12, months_after=12, rate=2.0, exposure=10.0)
    >>> drawn(planned, effect=0.0, seed=(1,))
    Series(24 periods 2019-01..2020-12, 1 units, ... events in 240 exposure)
    """
    stream = np.random.default_rng(seed)
    months = pd.date_range(GO_LIVE, periods=planned.months_after, freq="MS")
    before = pd.date_range(
        end=pd.Timestamp(GO_LIVE) - pd.DateOffset(months=1), periods=planned.months_before, freq="MS"
    )
    periods = pd.DatetimeIndex([*before, *months])
    alone = planned.comparison is None
    groups = [("all" if alone and not planned.starts else "treated", planned.exposure)]
    if planned.comparison is not None:
        groups.append(("comparison", planned.comparison))
    frames = [_group(planned, name, exposure, periods, effect, stream) for name, exposure in groups]
    frame = pd.concat(frames, ignore_index=True)
    return Series(frame) if planned.persons is None else Panel(frame)


def _group(
    planned: Planned,
    group: str,
    exposure: float,
    periods: pd.DatetimeIndex,
    effect: float,
    stream: np.random.Generator,
) -> pd.DataFrame:
    """Return one row per member (person or unit) and month of a group."""
    many = planned.units
    if planned.persons is not None:
        many = max(1, round(planned.persons * exposure / planned.exposure))
    member = np.repeat(np.arange(many), len(periods))
    month = np.tile(np.arange(len(periods)) - planned.months_before, many)
    unit = member % planned.units
    starts = np.array(planned.starts or (0,) * planned.units)
    after = (month >= starts[unit]) & (group != "comparison")
    each = exposure / many
    mean = np.maximum(planned.rate + effect * after, 0.0) * each
    frame = pd.DataFrame(
        {
            "period": periods.to_numpy()[month + planned.months_before],
            "unit": [f"{group} {number}" for number in unit],
            "group": group,
            "count": _counts(stream.random(len(mean)), mean, planned),
            "exposure": each,
        }
    )
    if planned.persons is not None:
        frame["person"] = [f"{group} {number}" for number in member]
    if planned.starts:
        days = pd.DatetimeIndex([pd.Timestamp(GO_LIVE) + pd.DateOffset(months=int(one)) for one in starts])
        frame[START] = days.to_numpy()[unit] if group != "comparison" else pd.NaT
        frame[START] = pd.to_datetime(frame[START])
    return frame


def _counts(luck: NDArray[np.float64], mean: NDArray[np.float64], planned: Planned) -> NDArray[np.float64]:
    """Quantiles of counts with these means, whose variance is the dispersion times the mean.

    Poisson; negative binomial of the kind whose variance is proportional to the mean, so that sums are of it too; gamma
    for an amount.
    """
    at = np.maximum(mean, LEAST)
    if not planned.whole:
        drawn_amount = stats.gamma.ppf(luck, at / planned.dispersion, scale=planned.dispersion)
        return np.where(mean > 0, drawn_amount, 0.0)
    if planned.dispersion < 1 + LEAST:
        return np.asarray(stats.poisson.ppf(luck, at), dtype=float)
    return np.asarray(stats.nbinom.ppf(luck, at / (planned.dispersion - 1), 1 / planned.dispersion), dtype=float)
