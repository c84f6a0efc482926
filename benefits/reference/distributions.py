"""What is uncertain, stated as a distribution; how one is made from published or expert figures; uniforms to draw with.

A distribution turns uniform numbers into draws by ``ppf``, so that the caller decides how the uniforms are made
(``latin_hypercube``) and which inputs move together.
"""

from __future__ import annotations

from math import inf, log, sqrt
from typing import TYPE_CHECKING

from benefits.reference.mixture import Mixture
from benefits.reference.shapes import (
    Beta,
    Distribution,
    Fixed,
    LogNormal,
    Normal,
    Triangular,
    Uniform,
    UnusableDistribution,
    check_finite,
    check_level,
    check_positive_se,
)

if TYPE_CHECKING:
    import numpy as np

    from benefits.reference.shapes import Numbers

__all__ = [
    "Beta",
    "Distribution",
    "Fixed",
    "LogNormal",
    "Mixture",
    "Normal",
    "Triangular",
    "Uniform",
    "UnusableDistribution",
    "from_interval",
    "from_low_likely_high",
    "from_mean_se",
    "latin_hypercube",
]


def from_mean_se(*, mean: float, se: float, share: bool = False) -> Distribution:
    """Return the distribution with a given mean and standard error.

    Parameters
    ----------
    mean
        Expected value.
    se
        Standard error, above 0.
    share
        Whether the figure is a share between 0 and 1; it is then a beta distribution found by the method of moments,
        otherwise a normal one.

    Returns
    -------
    Distribution
        ``Normal`` or ``Beta``.

    Raises
    ------
    UnusableDistribution
        When the standard error is not above 0, the share is not between 0 and 1, or no share can vary that much.

    Examples
    --------
    A share of 0.8 with standard error 0.1: 0.8 x 0.2 / 0.01 - 1 = 15, so alpha = 12 and beta = 3.

    >>> found = from_mean_se(mean=0.8, se=0.1, share=True)
    >>> round(found.alpha, 9), round(found.beta, 9)
    (12.0, 3.0)
    """
    if not share:
        return Normal(mean=mean, se=se)
    check_finite(mean=mean, se=se)
    check_positive_se(se)
    if not 0 < mean < 1:
        raise UnusableDistribution("distribution_share_outside_limits", mean=mean)
    # A standard error that small is none; the square of it is zero.
    concentration = mean * (1 - mean) / se**2 - 1 if se**2 > 0 else inf
    if concentration <= 0:
        raise UnusableDistribution("distribution_share_too_uncertain", mean=mean, se=se, limit=sqrt(mean * (1 - mean)))
    return Beta(alpha=mean * concentration, beta=(1 - mean) * concentration)


def from_interval(*, estimate: float, low: float, high: float, ratio: bool, level: float = 0.95) -> Distribution:
    """Return the distribution behind a published estimate with its interval.

    A ratio is log-normal around the estimate, anything else normal. The standard error is the width of the interval (of
    its logarithm, for a ratio) over twice the normal quantile. Rounded figures are not quite symmetric, so the interval
    of the distribution may differ from the published one in the last printed digit.

    Parameters
    ----------
    estimate, low, high
        The published figures, ``low < estimate < high``; all above 0 for a ratio.
    ratio
        Whether the figures are a ratio (odds, risk or rate ratio).
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Distribution
        ``LogNormal`` for a ratio, otherwise ``Normal``.

    Raises
    ------
    UnusableDistribution
        When the figures are not in order, a ratio is not above 0, or the level is not between 0 and 1.

    References
    ----------
    Higgins JPT, Li T, Deeks JJ. Choosing effect measures and computing estimates of effect. Cochrane Handbook for
    Systematic Reviews of Interventions, chapter 6, section 6.3.

    Examples
    --------
    (0.32 + 0.58) / (2 x 1.96) = 0.2296

    >>> round(from_interval(estimate=-0.13, low=-0.58, high=0.32, ratio=False).se, 4)
    0.2296
    """
    check_finite(estimate=estimate, low=low, high=high)
    check_level(level)
    if not low < estimate < high:
        raise UnusableDistribution("distribution_estimate_outside_interval", estimate=estimate, low=low, high=high)
    if ratio and low <= 0:
        raise UnusableDistribution("distribution_ratio_not_positive", value=low)
    from scipy.special import ndtri

    z = float(ndtri((1 + level) / 2))
    if ratio:
        return LogNormal(median=estimate, log_se=(log(high) - log(low)) / (2 * z))
    return Normal(mean=estimate, se=(high - low) / (2 * z))


def from_low_likely_high(*, low: float, likely: float, high: float) -> Distribution:
    """Return the distribution behind a low, a likely and a high value, as an expert states them.

    Parameters
    ----------
    low, likely, high
        The three values, in order. When all three are equal, the value is taken as certain.

    Returns
    -------
    Distribution
        ``Triangular``, or ``Fixed`` when the three are equal.

    Raises
    ------
    UnusableDistribution
        When the values are not in order.

    Examples
    --------
    >>> from_low_likely_high(low=5.0, likely=5.0, high=5.0)
    Fixed(value=5.0)
    """
    if low == likely == high:
        return Fixed(value=low)
    return Triangular(low=low, likely=likely, high=high)


def latin_hypercube(n: int, generator: np.random.Generator) -> Numbers:
    """Return stratified uniform numbers: one in each of ``n`` equal slices of (0, 1), in random order.

    Parameters
    ----------
    n
        How many, at least 1.
    generator
        Source of randomness, seeded by the caller.

    Returns
    -------
    numpy.ndarray
        Shape ``(n,)``, strictly between 0 and 1.

    Raises
    ------
    UnusableDistribution
        When ``n`` is below 1.

    References
    ----------
    McKay MD, Beckman RJ, Conover WJ. A comparison of three methods for selecting values of input variables in the
    analysis of output from a computer code. Technometrics 1979;21:239-245.

    Examples
    --------
    >>> import numpy as np
    >>> sorted(int(4 * u) for u in latin_hypercube(4, np.random.default_rng(1)))
    [0, 1, 2, 3]
    """
    import numpy as np

    if n < 1:
        raise UnusableDistribution("distribution_too_few_draws", n=n)
    uniforms = (generator.permutation(n) + generator.random(n)) / n
    return np.clip(uniforms, np.finfo(float).tiny, np.nextafter(1.0, 0.0))
