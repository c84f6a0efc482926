"""The gamma distribution: of a rate, which is never below zero and has the mean it was found at."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from benefits.reference.shapes import CentralInterval, UnusableDistribution, check_level

if TYPE_CHECKING:
    from benefits.reference.shapes import Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Gamma(CentralInterval):
    """A gamma distribution.

    Attributes
    ----------
    shape
        Above 0; of a rate from counts it is near the number of events.
    scale
        Above 0; the mean is ``shape x scale``.

    Examples
    --------
    >>> round(Gamma(shape=25.0, scale=0.04).mean, 9)
    1.0
    """

    shape: float
    scale: float

    def __post_init__(self) -> None:
        for value in (self.shape, self.scale):
            if not (isfinite(value) and value > 0):
                raise UnusableDistribution("distribution_ratio_not_positive", value=value)

    @property
    def mean(self) -> float:
        """Return the expected value."""
        return self.shape * self.scale

    def cdf(self, x: Numbers) -> Numbers:
        """Return the probability of at most ``x``."""
        import numpy as np
        from scipy.special import gammainc

        return np.asarray(gammainc(self.shape, np.maximum(x, 0.0) / self.scale))

    def ppf(self, u: Numbers) -> Numbers:
        """Return the quantiles at ``u``."""
        import numpy as np
        from scipy.special import gammaincinv

        return np.asarray(gammaincinv(self.shape, u) * self.scale)


def rate_from_limits(*, rate: float, low: float, high: float, level: float = 0.95) -> Gamma:
    """Return the gamma distribution with a rate as its mean, and the standard error that its limits are made of.

    Parameters
    ----------
    rate, low, high
        Events per unit of exposure, and the limits of it, ``low < rate < high``; the rate above 0.
    level
        Coverage of the limits.

    Raises
    ------
    UnusableDistribution
        When the figures are not in order, or the rate is not above 0.

    References
    ----------
    Fay MP, Feuer EJ. Confidence intervals for directly standardized rates: a method based on the gamma distribution.
    Stat Med 1997;16:791-801 (a gamma distribution by the mean and variance of a rate).

    Examples
    --------
    24 events in 120 person-months, with limits 0.1281 and 0.2976: the standard error is 0.1695 / 3.92 = 0.04324, so the
    shape is (0.2 / 0.04324)^2 = 21.39.

    >>> found = rate_from_limits(rate=0.2, low=0.1281, high=0.2976)
    >>> round(found.shape, 2), round(found.mean, 9), [round(limit, 3) for limit in found.interval()]
    (21.39, 0.2, [0.124, 0.293])
    """
    check_level(level)
    if not low < rate < high:
        raise UnusableDistribution("distribution_estimate_outside_interval", estimate=rate, low=low, high=high)
    if rate <= 0:
        raise UnusableDistribution("distribution_ratio_not_positive", value=rate)
    from scipy.special import ndtri

    se = (high - low) / (2 * float(ndtri((1 + level) / 2)))
    return Gamma(shape=(rate / se) ** 2, scale=se**2 / rate)
