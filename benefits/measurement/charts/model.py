"""What a control chart is: its points, the limits of each stretch, and the signals, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["xmr", "p", "u", "c", "g", "p_prime", "u_prime"]
RuleSet = Literal["making_data_count", "western_electric", "anhoej"]
Rule = Literal["outside", "trend", "two_of_three", "four_of_five", "one_side", "long_run", "few_crossings"]
Variation = Literal["improvement", "concern", "both", "common_cause"]
Assurance = Literal["consistently_reached", "consistently_missed", "hit_or_miss"]


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
        Whether the run lies above the centre (for a trend: goes up); None for too few crossings, which have no side.
    """

    rule: Rule
    first: int
    last: int
    above: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Centre and limits that some points gave, for points of any size.

    Attributes
    ----------
    centre
        What runs are counted from: the mean, or the median of a g chart.
    mean
        What the limits lie around: the mean of the points; for p and u all events over all exposure.
    sigma
        Standard deviation of one point of one unit of exposure; of a point of any size where size does not count.
    sized
        Whether sigma is divided by the square root of a point's exposure.
    screened
        How many moving ranges were left out of sigma.
    ranges
        How many moving ranges sigma rests on; 0 when it follows from the mean.
    sigma_z
        How many times wider than binomial or Poisson the limits are (Laney); 1 when that is not looked at.
    lowest, highest
        What no point can go beyond; None without bound.
    """

    centre: float
    mean: float
    sigma: float
    sized: bool
    screened: int = 0
    ranges: int = 0
    sigma_z: float = 1.0
    lowest: float | None = None
    highest: float | None = None

    def sigma_of(self, exposure: float) -> float:
        """Return the standard deviation of a point with this exposure."""
        return self.sigma / exposure**0.5 if self.sized else self.sigma

    def around(self, exposure: float, *, sigmas: float = 3.0) -> tuple[float, float]:
        """Return the limits of a point with this exposure, kept within what a point can be.

        Examples
        --------
        A share of 0.5 of 100: 0.5 +- 3 x 0.05.

        >>> half = Limits(centre=0.5, mean=0.5, sigma=0.5, sized=True, lowest=0.0, highest=1.0)
        >>> [round(limit, 6) for limit in half.around(100)]
        [0.35, 0.65]
        """
        reach = sigmas * self.sigma_of(exposure)
        low, high = self.mean - reach, self.mean + reach
        if self.lowest is not None:
            low = max(low, self.lowest)
        if self.highest is not None:
            high = min(high, self.highest)
        return low, high


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of points with limits of its own.

    Attributes
    ----------
    first, last
        Places of its first and last point, from zero among all points.
    cause
        Why new limits were made from here; empty for the first stretch.
    baseline
        How many of its first points the limits rest on.
    limits
        Centre and limits.
    stable
        Whether no rule is met among the points the limits rest on; if not, they describe a period that was changing.
    """

    first: int
    last: int
    cause: str
    baseline: int
    limits: Limits
    stable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChart:
    """Points in order of time, the limits they are held against, and which of them signal.

    Attributes
    ----------
    kind, rules, screened
        Type of chart, rule set, and whether large moving ranges were left out of the limits.
    periods, points, exposure
        When, what and of how much, one each per point.
    centre, low, high
        Centre and limits at each point.
    segments
        Stretches with limits of their own; one unless new limits were made with a stated cause.
    baseline
        How many of the first points lie before the day the limits were frozen; 0 when they were not.
    signals
        Among the points after the baseline (all points when nothing is frozen), ordered by their first point.
    """

    kind: Kind
    rules: RuleSet
    screened: bool
    periods: tuple[date, ...]
    points: tuple[float, ...]
    exposure: tuple[float, ...]
    centre: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    segments: tuple[Segment, ...]
    baseline: int
    signals: tuple[Signal, ...]

    @property
    def frozen(self) -> Segment:
        """The stretch whose limits the first points after the baseline are held against."""
        return next(one for one in reversed(self.segments) if one.first < max(self.baseline, 1))

    @property
    def stable(self) -> bool:
        """Whether the points of that stretch that lie in the baseline give no signal themselves."""
        return self.frozen.stable
