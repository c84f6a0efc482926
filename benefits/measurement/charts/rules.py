"""Named sets of rules for which runs of points on a control chart are signals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import log2

from benefits.measurement.charts.model import Limits, Rule, RuleSet, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """Points to be judged and what they are held against."""

    points: Sequence[float]
    exposure: Sequence[float]
    limits: Limits

    def sides(self) -> list[int]:
        return [_sign(point - self.limits.centre) for point in self.points]

    def far(self, sigmas: float, *, above: bool) -> list[bool]:
        """Whether each point lies more than so many standard deviations out on one side."""
        side = 1 if above else -1
        return [
            (point - self.limits.mean) * side > sigmas * self.limits.sigma_of(of)
            for point, of in zip(self.points, self.exposure, strict=True)
        ]


def signals(
    points: Sequence[float], *, exposure: Sequence[float], limits: Limits, rules: RuleSet, start: int = 0
) -> tuple[Signal, ...]:
    """Return the runs of points that signal, ordered by their first point.

    making_data_count (NHS England): a point outside the limits; seven points in one direction; two of three beyond two
    thirds of the way to a limit on the same side; seven on one side of the centre.

    western_electric: a point outside the limits; two of three beyond two sigma, and four of five beyond one sigma, on
    the same side; eight on one side of the centre.

    anhoej: a point outside the limits; more than round(log2 n) + 3 in a row on one side of the centre; fewer crossings
    of it than the 5 % quantile of a binomial with n - 1 trials of one half. Points on the centre are left out of n.

    Parameters
    ----------
    points, exposure
        In order of time.
    limits
        What they are held against.
    rules
        Name of the set.
    start
        Place of the first point among all points of the chart.

    References
    ----------
    NHS England, Making Data Count. Western Electric Company. Statistical Quality Control Handbook. 1956. Anhøj J,
    Olesen AV. Run charts revisited. PLoS ONE 2014;9:e113825.

    Examples
    --------
    >>> held = Limits(centre=5.0, mean=5.0, sigma=1.0, sized=False)
    >>> [(one.rule, one.first) for one in signals([5, 9, 5], exposure=[1, 1, 1], limits=held, rules="anhoej")]
    [('outside', 1)]
    """
    held = _Held(points=points, exposure=exposure, limits=limits)
    found = [one for rule in RULES[rules].values() for one in rule(held)]
    placed = [Signal(rule=one.rule, first=one.first + start, last=one.last + start, above=one.above) for one in found]
    return tuple(sorted(placed, key=lambda one: one.first))


def _outside(held: _Held) -> Iterator[Signal]:
    for place, (point, of) in enumerate(zip(held.points, held.exposure, strict=True)):
        low, high = held.limits.around(of)
        if not low <= point <= high:
            yield Signal(rule="outside", first=place, last=place, above=point > high)


def _one_side(held: _Held, *, run: int) -> Iterator[Signal]:
    sides = held.sides()
    for first, last in _runs(sides):
        if last - first + 1 >= run:
            yield Signal(rule="one_side", first=first, last=last, above=sides[first] > 0)


def _trend(held: _Held, *, run: int) -> Iterator[Signal]:
    directions = [_sign(later - earlier) for earlier, later in pairwise(held.points)]
    for first, last in _runs(directions):
        # A run of six steps is a run of seven points.
        if last - first + 2 >= run:
            yield Signal(rule="trend", first=first, last=last + 1, above=directions[first] > 0)


def _beyond(held: _Held, *, rule: Rule, enough: int, of: int, sigmas: float) -> Iterator[Signal]:
    for above in (True, False):
        far = held.far(sigmas, above=above)
        hits = [place for place in range(len(far) - of + 1) if sum(far[place : place + of]) >= enough]
        for first, last in _neighbours(hits):
            within = [place for place in range(first, last + of) if far[place]]
            yield Signal(rule=rule, first=within[0], last=within[-1], above=above)


def _long_run(held: _Held) -> Iterator[Signal]:
    sides = [(place, side) for place, side in enumerate(held.sides()) if side]
    if not sides:
        return
    longest = round(log2(len(sides))) + 3
    for first, last in _runs([side for _, side in sides]):
        if last - first + 1 > longest:
            yield Signal(rule="long_run", first=sides[first][0], last=sides[last][0], above=sides[first][1] > 0)


def _few_crossings(held: _Held) -> Iterator[Signal]:
    from scipy import stats

    sides = [(place, side) for place, side in enumerate(held.sides()) if side]
    if not sides:
        return
    crossings = sum(1 for (_, before), (_, after) in pairwise(sides) if before != after)
    if crossings < stats.binom.ppf(0.05, len(sides) - 1, 0.5):
        yield Signal(rule="few_crossings", first=sides[0][0], last=sides[-1][0], above=None)


_TWO_OF_THREE = partial(_beyond, rule="two_of_three", enough=2, of=3, sigmas=2.0)

RULES: Mapping[RuleSet, Mapping[Rule, Callable[[_Held], Iterator[Signal]]]] = {
    "making_data_count": {
        "outside": _outside,
        "trend": partial(_trend, run=7),
        "two_of_three": _TWO_OF_THREE,
        "one_side": partial(_one_side, run=7),
    },
    "western_electric": {
        "outside": _outside,
        "two_of_three": _TWO_OF_THREE,
        "four_of_five": partial(_beyond, rule="four_of_five", enough=4, of=5, sigmas=1.0),
        "one_side": partial(_one_side, run=8),
    },
    "anhoej": {"outside": _outside, "long_run": _long_run, "few_crossings": _few_crossings},
}
"""Name of a set -> its rules."""


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
