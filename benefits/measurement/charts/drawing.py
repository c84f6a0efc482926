"""From a table of counts over time to a control chart, or the reason why there can be none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

import pandas as pd

from benefits.measurement.charts.limits import limits_of
from benefits.measurement.charts.model import ControlChart, Kind, Limits, RuleSet, Segment, Signal
from benefits.measurement.charts.rules import signals
from benefits.measurement.contract import Refusal
from benefits.measurement.tables import unusable

METHOD = "control_chart"
FEWEST = 12
"""Points the limits need (Making Data Count)."""
SHARES: frozenset[Kind] = frozenset({"p", "p_prime"})
EQUAL: frozenset[Kind] = frozenset({"c", "g"})
"""Kinds whose points must all be of the same size."""


def chart(
    frame: pd.DataFrame,
    *,
    kind: Kind = "xmr",
    baseline: int | date | None = None,
    rules: RuleSet = "making_data_count",
    screen: bool = False,
    rebase: Mapping[date, str] | None = None,
) -> ControlChart | Refusal:
    """Return the control chart of a table with one row per point.

    Parameters
    ----------
    frame
        Columns ``period`` (dates, or texts of ISO dates; the rows are put in order of time), ``count`` (events; on a g
        chart what lies between two events) and optionally ``exposure`` (of how much; 1 a row).
    kind
        xmr (any rate, mean or share), p (shares of ``exposure``), u (events per ``exposure``), c (events, the same
        exposure throughout), g (between rare events), p_prime and u_prime (p and u of large counts, Laney).
    baseline
        Limits are frozen after so many points, or before the first point that begins on or after this day; None: limits
        from all points. Leave a period the day falls within out of the table.
    rules
        Name of the rule set: see :func:`benefits.measurement.charts.signals`.
    screen
        Leave moving ranges above 3.267 times their mean out of the limits, once.
    rebase
        Day -> stated cause: new limits from the first point that begins on or after the day.

    Returns
    -------
    ControlChart or Refusal
        Refused with fewer than twelve points for any limits, points all alike, a rebase without a cause, a count above
        what it is a share of, or a table that cannot be used.

    Raises
    ------
    ValueError
        When the baseline is a number of points and there are not so many.

    Examples
    --------
    Hand-worked: moving ranges of 4, 6, 4, 6 ... are 2, so the limits are 5 +- 3 x 2 / 1.128.

    >>> frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=14, freq="MS"),
    ...                       "count": [4, 6] * 6 + [1, 11]})
    >>> drawn = chart(frame, baseline=12)
    >>> round(drawn.centre[0], 2), round(drawn.low[0], 2), round(drawn.high[0], 2)
    (5.0, -0.32, 10.32)
    >>> [(signal.rule, drawn.periods[signal.first].isoformat()) for signal in drawn.signals]
    [('outside', '2024-02-01')]
    """
    given = frame if "exposure" in frame else frame.assign(exposure=1.0)
    refusal = unusable(given, method=METHOD, numbers=("count", "exposure"), above_zero=("exposure",), key=("period",))
    if refusal is not None:
        return refusal
    periods = given["period"]
    if periods.dtype.kind != "M":
        periods = pd.to_datetime(periods.astype("str"), format="ISO8601", errors="coerce")
    if periods.isna().any():
        return Refusal(method=METHOD, code="period_no_date", what_would_open_it="periods_as_dates")
    rows = given.assign(period=periods).sort_values("period", ignore_index=True)
    starts = tuple(one.date() for one in rows["period"])
    refusal = _wrong_for(kind, rows) or _without_cause(rebase or {})
    if refusal is not None:
        return refusal
    base = _before(starts, baseline)
    if baseline is not None and base == 0:
        return _too_few(0, starts[0])
    count, exposure = rows["count"].tolist(), rows["exposure"].tolist()
    segments = []
    for first, end, cause in _stretches(starts, rebase or {}):
        held = base if first < base < end else end
        if held - first < FEWEST:
            return _too_few(held - first, starts[first])
        limits = limits_of(kind, count=count[first:held], exposure=exposure[first:held], screen=screen)
        if not limits.sigma > 0:
            return Refusal(method=METHOD, code="no_spread", what_would_open_it="longer_window")
        quiet = not _signals(kind, count[first:held], exposure[first:held], limits, rules, first)
        segments.append(
            Segment(first=first, last=end - 1, cause=cause, baseline=held - first, limits=limits, stable=quiet)
        )
    return _drawn(kind, rules, screen, starts, count, exposure, tuple(segments), base)


def _drawn(
    kind: Kind,
    rules: RuleSet,
    screen: bool,
    starts: tuple[date, ...],
    count: list[float],
    exposure: list[float],
    segments: tuple[Segment, ...],
    base: int,
) -> ControlChart:
    found: list[Signal] = []
    around: list[tuple[float, float]] = []
    for one in segments:
        around += [one.limits.around(exposure[place]) for place in range(one.first, one.last + 1)]
        begins = max(one.first, base)
        part = slice(begins, one.last + 1)
        found += _signals(kind, count[part], exposure[part], one.limits, rules, begins)
    return ControlChart(
        kind=kind,
        rules=rules,
        screened=screen,
        periods=starts,
        points=tuple(_points(kind, count, exposure)),
        exposure=tuple(exposure),
        centre=tuple(one.limits.centre for one in segments for _ in range(one.first, one.last + 1)),
        low=tuple(low for low, _ in around),
        high=tuple(high for _, high in around),
        segments=segments,
        baseline=base,
        signals=tuple(found),
    )


def _points(kind: Kind, count: Sequence[float], exposure: Sequence[float]) -> list[float]:
    if kind in EQUAL:
        return [float(events) for events in count]
    return [events / of for events, of in zip(count, exposure, strict=True)]


def _signals(
    kind: Kind, count: Sequence[float], exposure: Sequence[float], limits: Limits, rules: RuleSet, start: int
) -> tuple[Signal, ...]:
    return signals(_points(kind, count, exposure), exposure=exposure, limits=limits, rules=rules, start=start)


def _wrong_for(kind: Kind, rows: pd.DataFrame) -> Refusal | None:
    above = int((rows["count"] > rows["exposure"]).sum())
    if kind in SHARES and above:
        return Refusal(
            method=METHOD,
            code="count_above_whole",
            parameters={"count": above},
            what_would_open_it="counts_within_the_whole",
        )
    if kind in EQUAL and rows["exposure"].nunique() > 1:
        return Refusal(method=METHOD, code="exposure_varies", what_would_open_it="u_chart")
    return None


def _too_few(points: int, since: date) -> Refusal:
    return Refusal(
        method=METHOD,
        code="too_few_points",
        parameters={"points": points, "fewest": FEWEST, "from": since.isoformat()},
        what_would_open_it="twelve_points",
    )


def _without_cause(rebase: Mapping[date, str]) -> Refusal | None:
    silent = [day for day, cause in rebase.items() if not cause.strip()]
    if not silent:
        return None
    return Refusal(
        method=METHOD,
        code="rebase_without_cause",
        parameters={"date": min(silent).isoformat()},
        what_would_open_it="stated_cause",
    )


def _before(starts: Sequence[date], baseline: int | date | None) -> int:
    if baseline is None:
        return 0
    if isinstance(baseline, date):
        return sum(start < baseline for start in starts)
    if not 0 <= baseline <= len(starts):
        raise ValueError("the baseline is longer than the points")
    return baseline


def _stretches(starts: Sequence[date], rebase: Mapping[date, str]) -> list[tuple[int, int, str]]:
    """First place, place after the last, and cause of each stretch; a rebase before or after all points makes none."""
    begins = {0: ""}
    for day, cause in sorted(rebase.items()):
        place = sum(start < day for start in starts)
        if 0 < place < len(starts):
            begins[place] = cause.strip()
    places = [*begins, len(starts)]
    return [(first, end, begins[first]) for first, end in pairwise(places)]
