"""A distribution told by its quantiles: for uncertainty that comes as limits at many levels, not as a formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from benefits.reference.shapes import CentralInterval, UnusableDistribution, check_finite

if TYPE_CHECKING:
    from benefits.reference.shapes import Numbers

LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 0.99, 0.999)
"""Coverages at which an interval is asked for by :func:`from_limits`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantiles(CentralInterval):
    """Quantiles at some probabilities, joined by straight lines; the ends hold what lies beyond them.

    Attributes
    ----------
    probabilities
        Above 0 and below 1, rising.
    values
        The quantiles, never falling.

    Examples
    --------
    >>> import numpy as np
    >>> Quantiles(probabilities=(0.25, 0.5, 0.75), values=(1.0, 2.0, 4.0)).ppf(np.array([0.5, 0.625, 0.9])).tolist()
    [2.0, 3.0, 4.0]
    """

    probabilities: tuple[float, ...]
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.values or len(self.values) != len(self.probabilities):
            raise UnusableDistribution(
                "distribution_quantiles_do_not_match", values=len(self.values), probabilities=len(self.probabilities)
            )
        for value in self.values:
            check_finite(value=value)
        ends = (0.0, *self.probabilities, 1.0)
        rising = all(one < two for one, two in pairwise(ends))
        if not rising or list(self.values) != sorted(self.values):
            raise UnusableDistribution("distribution_quantiles_not_rising")

    @property
    def mean(self) -> float:
        """Return the expected value."""
        import numpy as np

        return float(np.trapezoid((self.values[0], *self.values, self.values[-1]), (0.0, *self.probabilities, 1.0)))

    def ppf(self, u: Numbers) -> Numbers:
        """Return the quantiles at ``u``."""
        import numpy as np

        return np.interp(u, self.probabilities, self.values)

    def cdf(self, x: Numbers) -> Numbers:
        """Return the probability of at most ``x``."""
        import numpy as np

        at = np.interp(x, self.values, self.probabilities)
        return np.where(x < self.values[0], 0.0, np.where(x >= self.values[-1], 1.0, at))


def from_limits(*, centre: float, limits: Callable[[float], tuple[float, float]], level: float = 0.95) -> Quantiles:
    """Return the distribution whose central intervals are those a method gives at each level of coverage.

    Parameters
    ----------
    centre
        The estimate itself, taken as the median.
    limits
        Coverage -> (low, high).
    level
        A coverage that is always among those asked for, so that the interval at it is exact.

    References
    ----------
    Xie and Singh (2013), International Statistical Review 81:3-39 (confidence distributions).

    Examples
    --------
    >>> from scipy import stats
    >>> normal = from_limits(centre=0.0, limits=lambda level: stats.norm.interval(level))
    >>> [round(limit, 4) for limit in normal.interval(0.95)]
    [-1.96, 1.96]
    """
    levels = sorted({*LEVELS, level})
    both = [limits(one) for one in levels]
    lows = [min(low, centre) for low, _ in both]
    highs = [max(high, centre) for _, high in both]
    return Quantiles(
        probabilities=(*[(1 - one) / 2 for one in reversed(levels)], 0.5, *[(1 + one) / 2 for one in levels]),
        values=(*reversed(lows), centre, *highs),
    )
