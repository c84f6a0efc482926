"""XmR chart (individuals chart): limits from the points before the start, and which later points they signal.

A signal says that something changed, never why or by how much: it is no estimate of an effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

FEWEST = 12
"""Points the limits need (Making Data Count)."""
RUN = 7
"""Points on one side of the centre, or in one direction, that make a signal (Making Data Count)."""
SIGMAS = 3 / 1.128
"""Limits in mean moving ranges: three standard deviations, a moving range of two being 1.128 of one (d2)."""

Rule = Literal["outside", "trend", "two_of_three", "one_side"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A run of points that chance alone seldom makes.

    Attributes
    ----------
    rule
        Which rule was met.
    first, last
        Places of the first and last point of the run, from zero among all points.
    above
        Whether the run lies above the centre (for a trend: goes up).
    """

    rule: Rule
    first: int
    last: int
    above: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChart:
    """Centre and limits of the points of a baseline, and the signals among the points after it.

    Attributes
    ----------
    centre, low, high
        Mean of the baseline, and the natural process limits around it, in the unit of the points.
    mean_moving_range
        Mean distance between a baseline point and the one before it.
    baseline
        How many points the limits rest on, the first of all points.
    stable
        Whether no rule is met within the baseline itself; if not, the limits describe a period that was changing.
    signals
        Among the points after the baseline, ordered by their first point.
    """

    centre: float
    low: float
    high: float
    mean_moving_range: float
    baseline: int
    stable: bool
    signals: tuple[Signal, ...]


def control_chart(points: Sequence[float], *, baseline: int) -> ControlChart | None:
    """Return the XmR chart of points in order of time, with limits from the first of them and kept after that.

    The limits are mean +- 2.66 mean moving ranges; nothing is screened out of the baseline. The rules are those of
    Making Data Count: a point outside the limits; seven points in one direction; two of three beyond two thirds of the
    way to a limit on the same side; seven on one side of the centre. A low limit may be below zero: where the points
    cannot be, it only says that a low point is no signal.

    Parameters
    ----------
    points
        Rates, shares or means, one per period of equal length.
    baseline
        How many of the first points lie before the start.

    Returns
    -------
    ControlChart or None
        None when the baseline has fewer than twelve points, or they are all alike.

    Raises
    ------
    ValueError
        When the baseline is longer than the points.

    References
    ----------
    Wheeler DJ. Understanding Variation. 2nd ed. SPC Press 2000. NHS England, Making Data Count (the rules, and the
    twelve points).

    Examples
    --------
    Hand-worked: moving ranges of 4, 6, 4, 6 ... are 2, so the limits are 5 +- 2.66 x 2.

    >>> chart = control_chart([4, 6] * 6 + [1, 11], baseline=12)
    >>> round(chart.centre, 2), round(chart.low, 2), round(chart.high, 2)
    (5.0, -0.32, 10.32)
    >>> [(signal.rule, signal.first) for signal in chart.signals]
    [('outside', 13)]
    """
    if baseline > len(points):
        raise ValueError("the baseline is longer than the points")
    before = list(points[:baseline])
    if baseline < FEWEST:
        return None
    centre = sum(before) / baseline
    spread = sum(abs(later - earlier) for earlier, later in pairwise(before)) / (baseline - 1)
    if spread == 0:
        return None
    reach = SIGMAS * spread
    found = [one for rule in RULES for one in rule(points, baseline, centre, reach)]
    return ControlChart(
        centre=centre,
        low=centre - reach,
        high=centre + reach,
        mean_moving_range=spread,
        baseline=baseline,
        stable=not any(True for rule in RULES for _ in rule(before, 0, centre, reach)),
        signals=tuple(sorted(found, key=lambda one: one.first)),
    )


def _outside(points: Sequence[float], start: int, centre: float, reach: float) -> Iterator[Signal]:
    for place in range(start, len(points)):
        if abs(points[place] - centre) > reach:
            yield Signal(rule="outside", first=place, last=place, above=points[place] > centre)


def _one_side(points: Sequence[float], start: int, centre: float, reach: float) -> Iterator[Signal]:
    sides = [_sign(point - centre) for point in points[start:]]
    for first, last in _runs(sides):
        if last - first + 1 >= RUN:
            yield Signal(rule="one_side", first=start + first, last=start + last, above=sides[first] > 0)


def _trend(points: Sequence[float], start: int, centre: float, reach: float) -> Iterator[Signal]:
    directions = [_sign(later - earlier) for earlier, later in pairwise(points[start:])]
    for first, last in _runs(directions):
        # A run of six steps is a run of seven points.
        if last - first + 2 >= RUN:
            yield Signal(rule="trend", first=start + first, last=start + last + 1, above=directions[first] > 0)


def _two_of_three(points: Sequence[float], start: int, centre: float, reach: float) -> Iterator[Signal]:
    for above in (True, False):
        far = [(point - centre) * (1 if above else -1) > reach * 2 / 3 for point in points[start:]]
        hits = [place for place in range(len(far) - 2) if sum(far[place : place + 3]) >= 2]
        for first, last in _neighbours(hits):
            within = [place for place in range(first, last + 3) if far[place]]
            yield Signal(rule="two_of_three", first=start + within[0], last=start + within[-1], above=above)


RULES = (_outside, _trend, _two_of_three, _one_side)


def _runs(signs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last place of each run of equal signs; zero breaks a run."""
    first = 0
    for place in range(1, len(signs) + 1):
        if place == len(signs) or signs[place] != signs[first]:
            if signs[first] != 0:
                yield first, place - 1
            first = place


def _neighbours(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of places that follow one another."""
    first = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield places[first], places[at - 1]
            first = at


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
