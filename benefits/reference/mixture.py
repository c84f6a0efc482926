"""Several distributions with weights: used where sources disagree and none can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, isfinite
from typing import TYPE_CHECKING

from benefits.reference.shapes import CentralInterval, Distribution, UnusableDistribution

if TYPE_CHECKING:
    from benefits.reference.shapes import Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture(CentralInterval):
    """One of several distributions holds, each with its own probability.

    Attributes
    ----------
    components
        The distributions, at least one.
    weights
        Their weights, above 0; they need not sum to 1.

    Examples
    --------
    Two sources, equally likely to be right; the mean is halfway between theirs.

    >>> from benefits.reference.shapes import Normal
    >>> both = Mixture(components=(Normal(mean=0.0, se=1.0), Normal(mean=4.0, se=1.0)), weights=(1.0, 1.0))
    >>> both.mean
    2.0
    """

    components: tuple[Distribution, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.components or len(self.components) != len(self.weights):
            raise UnusableDistribution(
                "distribution_weights_do_not_match", components=len(self.components), weights=len(self.weights)
            )
        for weight in self.weights:
            if not isfinite(weight) or weight <= 0:
                raise UnusableDistribution("distribution_weight_not_positive", weight=weight)

    @property
    def shares(self) -> tuple[float, ...]:
        """Return the weights scaled to sum to 1."""
        total = fsum(self.weights)
        return tuple(weight / total for weight in self.weights)

    @property
    def mean(self) -> float:
        """Return the weighted mean of the components' means."""
        return fsum(share * part.mean for share, part in zip(self.shares, self.components, strict=True))

    def cdf(self, x: Numbers) -> Numbers:
        """Return the probability of at most ``x``: the weighted sum of the components' probabilities."""
        import numpy as np

        total = np.zeros(np.shape(x))
        for share, part in zip(self.shares, self.components, strict=True):
            total += share * part.cdf(x)
        return total

    def ppf(self, u: Numbers) -> Numbers:
        """Return the quantiles at ``u``, the smallest ``x`` whose probability reaches ``u``.

        The quantile of a mixture lies between the smallest and the largest of its components' quantiles. That bracket
        is halved until neighbouring numbers are reached, for all elements at once; unlike a root finder this also holds
        where a component jumps.
        """
        import numpy as np

        wanted = np.asarray(u, dtype=float)
        quantiles = np.stack([part.ppf(wanted) for part in self.components])
        low, high = quantiles.min(axis=0), quantiles.max(axis=0)
        at_the_ends = np.where(wanted <= 0, low, high)
        inside = (wanted > 0) & (wanted < 1) & (low < high)
        below, above, target = low[inside], high[inside], wanted[inside]
        reached = self.cdf(below) >= target
        above = np.where(reached, below, above)
        while below.size:
            middle = below + (above - below) / 2
            open_ = (middle > below) & (middle < above)
            if not open_.any():
                break
            enough = self.cdf(middle) >= target
            above = np.where(open_ & enough, middle, above)
            below = np.where(open_ & ~enough, middle, below)
        answer = np.array(at_the_ends, dtype=float)
        answer[inside] = above
        return answer
