"""How much a baseline varies, and the interval of a rate, a mean or a share that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from benefits.activity.steps import month_numbers
from benefits.measurement.intervals import poisson_interval, proportion_interval

Kind = Literal["rate", "mean", "share"]
IntervalKind = Literal["exact", "quasi_poisson", "clustered", "wilson", "t", "none"]
"""Garwood's of a count, quasi-Poisson over periods, by person, Wilson's of a share, Student's of a mean; or none."""
YEAR = 12
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispersion:
    """Pearson's X2 over its degrees of freedom, and whether it is more than independent events would have by chance.

    Attributes
    ----------
    ratio
        At least one: less spread than independent events have is chance.
    df
        Degrees of freedom.
    events_cluster
        Whether X2 lies above the 95 % point of its distribution.
    """

    ratio: float
    df: int
    events_cluster: bool


def dispersion_between_persons(cells: pd.DataFrame) -> Dispersion | None:
    """Return the spread between persons around the common rate.

    Parameters
    ----------
    cells
        One row per person, columns ``count`` and ``exposure``.

    Examples
    --------
    Hand-worked: counts 0 and 4 in one year each; mean 2, X2 = 4/2 + 4/2 = 4 with one degree of freedom.

    >>> dispersion_between_persons(pd.DataFrame({"count": [0, 4], "exposure": 1.0})).ratio
    4.0
    """
    count, exposure = _columns(cells)
    return _dispersion(count, exposure * count.sum() / exposure.sum(), df=len(cells) - 1)


def dispersion_between_periods(cells: pd.DataFrame) -> Dispersion | None:
    """Return the spread between periods; around the rate of each calendar month where all are there more than once.

    With one season only, the season itself is part of the spread, and the interval is rather too wide than too narrow.

    Parameters
    ----------
    cells
        One row per period, columns ``period``, ``count`` and ``exposure``.

    Examples
    --------
    >>> months = pd.date_range("2022-01-01", periods=24, freq="MS")
    >>> season = pd.DataFrame({"period": months, "count": [4] * 6 + [1] * 6 + [4] * 6 + [1] * 6, "exposure": 1.0})
    >>> dispersion_between_periods(season).df, dispersion_between_periods(season).ratio
    (12, 1.0)
    """
    count, exposure = _columns(cells)
    month = month_numbers(cells["period"]) % YEAR
    if month.nunique() > 1 and (month.value_counts() > 1).all():
        sums = cells.groupby(month)[["count", "exposure"]].transform("sum")
        expected = exposure * (sums["count"] / sums["exposure"]).to_numpy(dtype=float)
        return _dispersion(count, expected, df=len(cells) - month.nunique())
    return _dispersion(count, exposure * count.sum() / exposure.sum(), df=len(cells) - 1)


def exact_limits(events: float, exposure: float, *, level: float) -> tuple[float, float]:
    """Return Garwood's limits of a rate.

    Examples
    --------
    >>> low, high = exact_limits(10, 2.0, level=0.95)
    >>> round(low, 4), round(high, 4)
    (2.3977, 9.1952)
    """
    low, high = poisson_interval(int(events), level=level)
    return low / exposure, high / exposure


def quasi_poisson_limits(
    events: float, exposure: float, *, dispersion: Dispersion, level: float
) -> tuple[float, float]:
    """Return limits of a rate whose variance is the dispersion times its mean, by Student's t on the logarithm.

    References
    ----------
    McCullagh P, Nelder JA. Generalized Linear Models. 2nd ed. 1989, section 4.5.
    """
    se = (dispersion.ratio / events) ** 0.5
    return _on_logarithm(events / exposure, se, df=dispersion.df, level=level)


def clustered_limits(cells: pd.DataFrame, *, level: float) -> tuple[float, float]:
    """Return limits of a rate that let a person's events depend on each other, by Student's t on the logarithm.

    Parameters
    ----------
    cells
        One row per person, columns ``count`` and ``exposure``; at least two rows and one event.
    """
    count, exposure = _columns(cells)
    rate = count.sum() / exposure.sum()
    se = ratio_standard_error(count, exposure) / rate
    return _on_logarithm(float(rate), se, df=len(cells) - 1, level=level)


def mean_limits(cells: pd.DataFrame, *, level: float) -> tuple[float, float]:
    """Return Student's limits of total over exposure; the usual interval of a mean when every row weighs the same.

    Parameters
    ----------
    cells
        One row per person or period, columns ``count`` and ``exposure``; at least two rows.

    Examples
    --------
    Hand-worked: 1, 2 and 3; mean 2, sd 1, se 1 / sqrt(3), t with 2 degrees of freedom 4.3027.

    >>> low, high = mean_limits(pd.DataFrame({"count": [1, 2, 3], "exposure": 1.0}), level=0.95)
    >>> round(low, 4), round(high, 4)
    (-0.4841, 4.4841)
    """
    count, exposure = _columns(cells)
    mean = float(count.sum() / exposure.sum())
    half = float(stats.t.ppf((1 + level) / 2, len(cells) - 1)) * ratio_standard_error(count, exposure)
    return mean - half, mean + half


def share_limits(count: float, of: float, *, level: float) -> tuple[float, float]:
    """Return Wilson's limits of a share."""
    return proportion_interval(count, of, level=level)


def ratio_standard_error(count: NDArray[np.float64], exposure: NDArray[np.float64]) -> float:
    """Return the standard error of total over exposure, from the rows' deviations from it (linearised).

    References
    ----------
    Cochran WG. Sampling Techniques. 3rd ed. 1977, section 2.11 (the ratio estimate), without finite population
    correction.

    Examples
    --------
    >>> round(ratio_standard_error(np.array([1.0, 2.0, 3.0]), np.ones(3)), 6)
    0.57735
    """
    rows = len(count)
    off = count - exposure * count.sum() / exposure.sum()
    return float((rows / (rows - 1) * (off**2).sum()) ** 0.5 / exposure.sum())


def _on_logarithm(rate: float, se: float, *, df: int, level: float) -> tuple[float, float]:
    factor = float(np.exp(stats.t.ppf((1 + level) / 2, df) * se))
    return rate / factor, rate * factor


def _dispersion(count: NDArray[np.float64], expected: NDArray[np.float64], *, df: int) -> Dispersion | None:
    if df < 1 or not count.sum() > 0:
        return None
    seen = expected > 0
    square = float(((count - expected)[seen] ** 2 / expected[seen]).sum())
    above = bool(stats.chi2.sf(square, df) < SIGNIFICANT)
    return Dispersion(ratio=max(1.0, square / df), df=df, events_cluster=above)


def _columns(cells: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return cells["count"].to_numpy(dtype=float), cells["exposure"].to_numpy(dtype=float)
