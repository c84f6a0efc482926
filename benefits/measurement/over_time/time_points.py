"""One group's series as points in time, with time zero at the start, or the reason why there are too few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benefits.activity import Panel, Series
from benefits.activity.shapes import START
from benefits.measurement.contract import Refusal
from benefits.measurement.options import RateOptions
from benefits.measurement.windows import Windows, divide, month_numbers, starts, step_in_months


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """The periods of one group, in order, summed over units and persons.

    Attributes
    ----------
    time
        Months from the start to each period's first day; zero is the first month used after it. Shape (n,).
    month
        Calendar month each period begins in, 1 to 12.
    step
        Months in a period.
    count, exposure
        Sums of each period.
    """

    time: NDArray[np.float64]
    month: NDArray[np.int64]
    step: int
    count: NDArray[np.float64]
    exposure: NDArray[np.float64]

    @property
    def n(self) -> int:
        """How many periods there are."""
        return len(self.time)

    @property
    def after(self) -> NDArray[np.bool_]:
        """Which periods lie after the start."""
        return self.time >= 0

    @property
    def rate(self) -> NDArray[np.float64]:
        """Count per exposure of each period."""
        return self.count / self.exposure

    @property
    def place(self) -> NDArray[np.int64]:
        """Number of steps from the first period; a missing period leaves a number out."""
        return np.asarray((self.time - self.time[0]) // self.step, dtype=np.int64)

    def part(self, kept: NDArray[np.bool_], *, zero: float = 0.0) -> Points:
        """Return some of the periods, with time counted from another month."""
        return Points(
            time=self.time[kept] - zero,
            month=self.month[kept],
            step=self.step,
            count=self.count[kept],
            exposure=self.exposure[kept],
        )

    def before_without(self, months: int) -> Points:
        """Return the periods before the start, with time counted from the last so many months of them."""
        return self.part(~self.after, zero=float(self.time[~self.after][-1]) + self.step - months)

    def mean_rate(self, kept: NDArray[np.bool_]) -> float:
        """Return counts over exposure of some of the periods."""
        return float(self.count[kept].sum() / self.exposure[kept].sum())


def one_start(rows: pd.DataFrame, *, go_live: date, method: str) -> date | Refusal:
    """Return the day that parts before from after, or refuse when the rows have several.

    Parameters
    ----------
    rows
        Of the treated.
    go_live
        First day of the service, for rows without a start of their own.
    method
        Id of the method that asks.
    """
    days = starts(rows, go_live=go_live).unique()
    if len(days) > 1:
        return Refusal(
            method=method,
            code="staggered_starts",
            parameters={"starts": len(days)},
            what_would_open_it="method_for_staggered_starts",
        )
    return pd.Timestamp(days[0]).date() if len(days) else go_live


def split(data: Panel | Series, *, group: str, start: date, options: RateOptions) -> Windows:
    """Return the rows of one group within the windows, divided at one day common to all."""
    every = data.rows()
    rows = every[every["group"] == group].drop(columns=START, errors="ignore")
    return divide(rows, go_live=start, options=options)


def points(rows: pd.DataFrame, *, start: date, options: RateOptions) -> Points:
    """Return one point per period of divided rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=4, freq="MS"), "count": [4, 2, 1, 1],
    ...                      "exposure": 2.0})
    >>> laid = points(rows, start=date(2024, 3, 1), options=RateOptions())
    >>> laid.time.tolist(), laid.rate.tolist()
    ([-2.0, -1.0, 0.0, 1.0], [2.0, 1.0, 0.5, 0.5])
    """
    sums = rows.groupby("period", sort=True, as_index=False)[["count", "exposure"]].sum()
    zero = start.year * 12 + start.month - 1 + (start.day > 1) + options.lag_months
    return Points(
        time=(month_numbers(sums["period"]) - zero).to_numpy(dtype=np.float64),
        month=sums["period"].dt.month.to_numpy(dtype=np.int64),
        step=step_in_months(sums["period"]),
        count=sums["count"].to_numpy(dtype=np.float64),
        exposure=sums["exposure"].to_numpy(dtype=np.float64),
    )


def too_little(
    laid: Points, *, method: str, group: str, options: RateOptions, fewest_before: int, fewest_after: int
) -> Refusal | None:
    """Refuse a series without points enough, or without exposure enough, on one of the sides."""
    sides = (("before", ~laid.after, fewest_before), ("after", laid.after, fewest_after))
    if not (~laid.after).any():
        return Refusal(
            method=method, code="nothing_before", parameters={"group": group}, what_would_open_it="longer_before"
        )
    if not laid.after.any():
        return Refusal(
            method=method, code="nothing_after", parameters={"group": group}, what_would_open_it="longer_after"
        )
    for side, kept, fewest in sides:
        found = int(kept.sum())
        if found < fewest:
            return Refusal(
                method=method,
                code="too_few_periods_for_model",
                parameters={"group": group, "side": side, "periods": found, "fewest": fewest},
                what_would_open_it="longer_series",
            )
        exposure = float(laid.exposure[kept].sum())
        if exposure < options.min_exposure:
            return Refusal(
                method=method,
                code="too_little_exposure",
                parameters={"group": group, "side": side, "exposure": exposure, "least": options.min_exposure},
                what_would_open_it="longer_before" if side == "before" else "longer_after",
            )
    return None
