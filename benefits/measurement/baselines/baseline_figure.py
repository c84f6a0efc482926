"""The figure of a baseline from the rows of its window: value, interval, spread, and the checks on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from benefits.measurement.baselines import baseline_spread as spread
from benefits.measurement.baselines.baseline_spread import Dispersion, IntervalKind, Kind
from benefits.measurement.baselines.baseline_window import YEAR, BaselineWindow
from benefits.measurement.contract import Check, Refusal

NAME = "baseline"
"""Stands where a refusal names its method."""
RateInterval = Literal["exact", "quasi_poisson", "clustered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineFigure:
    """A value before, with its interval and everything a reader needs to judge it.

    Attributes
    ----------
    kind
        ``rate`` of events per exposure, ``mean`` of an amount or a score, or ``share`` of the exposure.
    value, low, high, level
        With the interval and its coverage; no limits where one measurement, or no spread, tells of none.
    interval
        How the interval was made.
    n
        Persons or respondents; None where the data hold none.
    events, exposure
        Sums over the window (of scores: their sum and how many).
    sd
        Standard deviation between the periods, or between respondents; None with fewer than two.
    dispersion
        How much more events vary than independent ones, between persons or periods; None where it cannot be told.
    measurements
        Number of periods, or of waves.
    first, last
        First and last day of the window.
    months, lacking
        Months asked for, and how many the data lack.
    left_out
        Months left out as abnormal, as ``2020-03``.
    with_abnormal
        The same had nothing been left out; None when nothing was.
    before_start
        Whether all of it lies before the start; None when no start is known.
    checks
        What was looked at.
    """

    kind: Kind
    value: float
    low: float | None
    high: float | None
    level: float
    interval: IntervalKind
    n: int | None
    events: float
    exposure: float
    sd: float | None
    dispersion: float | None
    measurements: int
    first: date
    last: date
    months: int
    lacking: int
    left_out: tuple[str, ...]
    with_abnormal: BaselineFigure | None
    before_start: bool | None
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How a window is answered from: what does not change between one with abnormal months and one without.

    Attributes
    ----------
    persons
        Whether the rows are those of a panel.
    kind, interval, level, part_of_season
        As :func:`benefits.measurement.baselines.baseline.baseline` has them; the kind decided.
    whole
        Whether the counts are whole events.
    begins
        The start each row is measured against; None when none is known.
    step
        Length of a period in months.
    """

    persons: bool
    kind: Kind
    interval: RateInterval | None
    level: float
    part_of_season: bool
    whole: bool
    begins: pd.Series | None
    step: int

    def answer(self, window: BaselineWindow) -> BaselineFigure | Refusal:
        """Return the figure, or why there is none."""
        rows = window.rows
        if rows.empty or ((window.lacking or window.unbalanced or window.months % YEAR) and not self.part_of_season):
            lacking = window.lacking or -window.months % YEAR
            return Refusal(
                method=NAME,
                code="part_of_a_season",
                parameters={"lacking": lacking, "months": window.months},
                what_would_open_it="longer_before",
            )
        if self.kind == "rate" and not self.whole:
            return Refusal(method=NAME, code="events_not_whole", what_would_open_it="whole_events")
        if self.interval == "clustered" and not self.persons:
            return Refusal(method=NAME, code="interval_needs_persons", what_would_open_it="data_on_persons")
        if self.kind == "share" and (rows["count"] > rows["exposure"] * (1 + 1e-9)).any():
            return Refusal(method=NAME, code="share_above_one", what_would_open_it="counts_within_exposure")
        return self._figure(window)

    def _figure(self, window: BaselineWindow) -> BaselineFigure:
        rows = window.rows
        periods = rows.groupby("period", sort=True, as_index=False)[["count", "exposure"]].sum()
        cells = rows.groupby("person", sort=True)[["count", "exposure"]].sum() if self.persons else periods
        varies = (
            spread.dispersion_between_persons(cells) if self.persons else spread.dispersion_between_periods(periods)
        )
        events, exposure = float(rows["count"].sum()), float(rows["exposure"].sum())
        how, limits = self._limits(cells, periods, varies, events, exposure)
        rates = periods["count"] / periods["exposure"]
        first, last = periods["period"].iloc[0], periods["period"].iloc[-1] + pd.DateOffset(months=self.step)
        before = self._before_start(rows)
        return BaselineFigure(
            kind=self.kind,
            value=events / exposure,
            low=limits[0] if limits else None,
            high=limits[1] if limits else None,
            level=self.level,
            interval=how,
            n=int(rows["person"].nunique()) if self.persons else None,
            events=events,
            exposure=exposure,
            sd=float(rates.std(ddof=1)) if len(rates) > 1 else None,
            dispersion=varies.ratio if varies is not None and self.kind == "rate" else None,
            measurements=len(periods),
            first=first.date(),
            last=(last - timedelta(days=1)).date(),
            months=window.months,
            lacking=window.lacking,
            left_out=window.left_out,
            with_abnormal=None,
            before_start=before,
            checks=self._checks(window, how, varies, before),
        )

    def _limits(
        self,
        cells: pd.DataFrame,
        periods: pd.DataFrame,
        varies: Dispersion | None,
        events: float,
        exposure: float,
    ) -> tuple[IntervalKind, tuple[float, float] | None]:
        if self.kind == "share":
            return "wilson", spread.share_limits(events, exposure, level=self.level)
        if self.kind == "mean":
            if len(cells) < 2 or cells["count"].nunique() == 1 == cells["exposure"].nunique():
                return "none", None
            return "t", spread.mean_limits(cells, level=self.level)
        wanted = self.interval
        if wanted is None:
            clusters = varies is not None and varies.events_cluster
            wanted = ("clustered" if self.persons else "quasi_poisson") if clusters else "exact"
        if wanted == "quasi_poisson" and self.persons:
            varies = spread.dispersion_between_periods(periods)
        if wanted == "exact" or varies is None or not events or len(cells) < 2:
            return "exact", spread.exact_limits(events, exposure, level=self.level)
        if wanted == "clustered":
            return "clustered", spread.clustered_limits(cells, level=self.level)
        limits = spread.quasi_poisson_limits(events, exposure, dispersion=varies, level=self.level)
        return "quasi_poisson", limits

    def _before_start(self, rows: pd.DataFrame) -> bool | None:
        if self.begins is None:
            return None
        begins = self.begins[rows.index]
        return bool((rows["period"] + pd.DateOffset(months=self.step) <= begins).all())

    def _checks(
        self, window: BaselineWindow, how: IntervalKind, varies: Dispersion | None, before: bool | None
    ) -> tuple[Check, ...]:
        lacking = window.lacking or -window.months % YEAR
        whole = not lacking and not window.unbalanced
        parameters = {"months": window.months, "lacking": lacking}
        checks = [
            Check(code="baseline_whole_seasons", passed=whole, parameters=parameters),
            Check(code="baseline_before_start", passed=before),
        ]
        if how == "exact" and varies is not None:
            wide = Check(
                code="baseline_interval_wide_enough",
                passed=not varies.events_cluster,
                parameters={"dispersion": varies.ratio},
            )
            checks.append(wide)
        return tuple(checks)
