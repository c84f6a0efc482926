"""The shapes an uncertain input may have: small frozen objects that can be compared, stored and printed."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite
from typing import TYPE_CHECKING, Protocol

from benefits.errors import BenefitsError, Parameter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


class UnusableDistribution(BenefitsError, ValueError):
    """The parameters do not describe a distribution.

    Attributes
    ----------
    code
        Which rule was broken.
    parameters
        The values that broke it.

    Examples
    --------
    >>> try:
    ...     Uniform(low=2.0, high=1.0)
    ... except UnusableDistribution as problem:
    ...     print(problem.code, problem.parameters)
    distribution_limits_reversed {'low': 2.0, 'high': 1.0}
    """

    def __init__(self, code: str, **parameters: Parameter) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters

    def __str__(self) -> str:
        return f"{self.code}: " + ", ".join(f"{name} = {value}" for name, value in self.parameters.items())


class Distribution(Protocol):
    """What every specification can do."""

    @property
    def mean(self) -> float:
        """Return the expected value."""
        ...

    def ppf(self, u: Numbers) -> Numbers:
        """Return the quantiles at probabilities ``u``, elementwise, in the shape of ``u``."""
        ...

    def cdf(self, x: Numbers) -> Numbers:
        """Return the probability of at most ``x``, elementwise, in the shape of ``x``."""
        ...

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the central interval that holds the probability ``level``."""
        ...


class CentralInterval:
    """The central interval, for every kind that has a ``ppf``."""

    __slots__ = ()

    def interval(self: Distribution, level: float = 0.95) -> tuple[float, float]:
        """Return the central interval that holds the probability ``level``.

        Raises
        ------
        UnusableDistribution
            When ``level`` is not between 0 and 1.
        """
        import numpy as np

        check_level(level)
        low, high = self.ppf(np.array([(1 - level) / 2, (1 + level) / 2]))
        return float(low), float(high)


def check_finite(**values: float) -> None:
    """Raise UnusableDistribution for the first value that is not a finite number."""
    for name, value in values.items():
        if not isfinite(value):
            raise UnusableDistribution("distribution_not_finite", name=name, value=str(value))


def check_positive_se(se: float) -> None:
    """Raise UnusableDistribution unless a standard error is above 0."""
    if se <= 0:
        raise UnusableDistribution("distribution_se_not_positive", se=se)


def check_limits(low: float, high: float) -> None:
    """Raise UnusableDistribution unless ``low`` is below ``high``."""
    if low >= high:
        raise UnusableDistribution("distribution_limits_reversed", low=low, high=high)


def check_level(level: float) -> None:
    """Raise UnusableDistribution unless a coverage is between 0 and 1."""
    if not 0 < level < 1:
        raise UnusableDistribution("distribution_level_outside_limits", level=level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed(CentralInterval):
    """One number without uncertainty.

    Attributes
    ----------
    value
        The number.

    Examples
    --------
    >>> Fixed(value=80.0).interval()
    (80.0, 80.0)
    """

    value: float

    def __post_init__(self) -> None:
        check_finite(value=self.value)

    @property
    def mean(self) -> float:
        """Return the number."""
        return self.value

    def ppf(self, u: Numbers) -> Numbers:
        """Return the number in the shape of ``u``."""
        import numpy as np

        return np.full(np.shape(u), self.value)

    def cdf(self, x: Numbers) -> Numbers:
        """Return 1 from the number on, 0 below it."""
        import numpy as np

        return np.where(np.asarray(x) >= self.value, 1.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal(CentralInterval):
    """A normal distribution.

    Attributes
    ----------
    mean
        Expected value.
    se
        Standard deviation of the uncertainty (a standard error), above 0.

    Examples
    --------
    >>> low, high = Normal(mean=-0.13, se=0.23).interval()
    >>> round(low, 2), round(high, 2)
    (-0.58, 0.32)
    """

    mean: float
    se: float

    def __post_init__(self) -> None:
        check_finite(mean=self.mean, se=self.se)
        check_positive_se(self.se)

    def ppf(self, u: Numbers) -> Numbers:
        """Return the quantiles at ``u``."""
        from scipy.special import ndtri

        scaled: Numbers = self.mean + self.se * ndtri(u)
        return scaled

    def cdf(self, x: Numbers) -> Numbers:
        """Return the probability of at most ``x``."""
        import numpy as np
        from scipy.special import ndtr

        below: Numbers = ndtr((np.asarray(x) - self.mean) / self.se)
        return below


@dataclass(frozen=True, slots=True, kw_only=True)
class LogNormal(CentralInterval):
    """A log-normal distribution: the logarithm is normal. It is the shape of a ratio, symmetric on the log scale.

    Attributes
    ----------
    median
        Median, above 0; for a published ratio, the ratio itself.
    log_se
        Standard deviation of the natural logarithm, above 0.

    Examples
    --------
    >>> round(LogNormal(median=0.79, log_se=0.0864).mean, 3)
    0.793
    """

    median: float
    log_se: float

    def __post_init__(self) -> None:
        check_finite(median=self.median, log_se=self.log_se)
        check_positive_se(self.log_se)
        if self.median <= 0:
            raise UnusableDistribution("distribution_ratio_not_positive", value=self.median)

    @property
    def mean(self) -> float:
        """Return the expected value, which lies above the median."""
        return self.median * exp(self.log_se**2 / 2)

    def ppf(self, u: Numbers) -> Numbers:
        """Return the quantiles at ``u``."""
        import numpy as np
        from scipy.special import ndtri

        quantiles: Numbers = self.median * np.exp(self.log_se * ndtri(u))
        return quantiles

    def cdf(self, x: Numbers) -> Numbers:
        """Return the probability of at most ``x``; 0 up to zero."""
        import numpy as np
        from scipy.special import ndtr

        with np.errstate(divide="ignore"):
            logs = np.log(np.maximum(np.asarray(x, dtype=float), 0.0) / self.median)
        below: Numbers = ndtr(logs / self.log_se)
        return below


@dataclass(frozen=True, slots=True, kw_only=True)
class Uniform(CentralInterval):
    """Every number between two limits equally likely.

    Attributes
    ----------
    low, high
        The limits, ``low < high``.

    Examples
    --------
    >>> Uniform(low=0.16, high=1.0).mean
    0.58
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        check_finite(low=self.low, high=self.high)
        check_limits(self.low, self.high)

    @property
    def mean(self) -> float:
        """Return the middle."""
        return (self.low + self.high) / 2

    def ppf(self, u: Numbers) -> Numbers:
        """Return the quantiles at ``u``."""
        import numpy as np

        return self.low + (self.high - self.low) * np.asarray(u, dtype=float)

    def cdf(self, x: Numbers) -> Numbers:
        """Return the probability of at most ``x``."""
        import numpy as np

        return np.clip((np.asarray(x, dtype=float) - self.low) / (self.high - self.low), 0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangular(CentralInterval):
    """A lowest, a most likely and a highest value, with straight lines between them.

    Attributes
    ----------
    low, likely, high
        The three values, ``low <= likely <= high`` and ``low < high``.

    Examples
    --------
    >>> round(Triangular(low=10.0, likely=20.0, high=60.0).mean, 6)
    30.0
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        check_finite(low=self.low, likely=self.likely, high=self.high)
        check_limits(self.low, self.high)
        if not self.low <= self.likely <= self.high:
            raise UnusableDistribution(
                "distribution_likely_outside_limits", low=self.low, likely=self.likely, high=self.high
            )

    @property
    def mean(self) -> float:
        """Return the mean of the three values."""
        return self.low / 3 + self.likely / 3 + self.high / 3

    def ppf(self, u: Numbers) -> Numbers:
        """Return the quantiles at ``u``."""
        from scipy.stats import triang

        quantiles: Numbers = triang.ppf(u, **self._shape())
        return quantiles

    def cdf(self, x: Numbers) -> Numbers:
        """Return the probability of at most ``x``."""
        from scipy.stats import triang

        below: Numbers = triang.cdf(x, **self._shape())
        return below

    def _shape(self) -> dict[str, float]:
        width = self.high - self.low
        return {"c": (self.likely - self.low) / width, "loc": self.low, "scale": width}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beta(CentralInterval):
    """A share between 0 and 1.

    Attributes
    ----------
    alpha, beta
        Shape parameters, both above 0.

    Examples
    --------
    >>> Beta(alpha=8.0, beta=2.0).mean
    0.8
    """

    alpha: float
    beta: float

    def __post_init__(self) -> None:
        check_finite(alpha=self.alpha, beta=self.beta)
        if self.alpha <= 0 or self.beta <= 0:
            raise UnusableDistribution("distribution_shape_not_positive", alpha=self.alpha, beta=self.beta)

    @property
    def mean(self) -> float:
        """Return the expected share."""
        return self.alpha / (self.alpha + self.beta)

    def ppf(self, u: Numbers) -> Numbers:
        """Return the quantiles at ``u``."""
        from scipy.special import betaincinv

        quantiles: Numbers = betaincinv(self.alpha, self.beta, u)
        return quantiles

    def cdf(self, x: Numbers) -> Numbers:
        """Return the probability of at most ``x``."""
        import numpy as np
        from scipy.special import betainc

        below: Numbers = betainc(self.alpha, self.beta, np.clip(np.asarray(x, dtype=float), 0.0, 1.0))
        return below
