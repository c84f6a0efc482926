"""The exact comparison of two Poisson counts, given their sum: for few events."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
import pandas as pd
from scipy import stats

from benefits.measurement.rates import pearson_residuals, totals


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoCounts:
    """Events and exposure before and after.

    Attributes
    ----------
    before, after
        Events; not both zero.
    exposure_before, exposure_after
        Above zero.
    """

    before: int
    after: int
    exposure_before: float
    exposure_after: float

    @property
    def ratio(self) -> float | None:
        """Rate after over rate before; None without events before."""
        if self.before == 0:
            return None
        return (self.after / self.exposure_after) / (self.before / self.exposure_before)

    @property
    def p_value(self) -> float:
        """Exact two-sided p value of equal rates, given the sum of events."""
        share = self.exposure_after / (self.exposure_before + self.exposure_after)
        return float(stats.binomtest(self.after, self.before + self.after, share).pvalue)

    def ratio_interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the limits of the ratio; the higher is infinite without events before.

        Given their sum, the events after are binomial with share ``r E1 / (E0 + r E1)`` for ratio r and exposures E0
        and E1; its exact limits are those of Clopper and Pearson.

        References
        ----------
        Przyborowski J, Wilenski H. Homogeneity of results in testing samples from Poisson series. Biometrika
        1940;31:313-323. Clopper CJ, Pearson ES. Biometrika 1934;26:404-413.

        Examples
        --------
        >>> counts = TwoCounts(before=10, after=3, exposure_before=20.0, exposure_after=20.0)
        >>> low, high = counts.ratio_interval()
        >>> round(low, 4), round(high, 4)
        (0.0531, 1.1651)
        """
        found = stats.binomtest(self.after, self.before + self.after).proportion_ci(level, method="exact")
        scale = self.exposure_before / self.exposure_after
        low, high = (inf if share == 1 else scale * share / (1 - share) for share in (found.low, found.high))
        return float(low), float(high)

    def effect_of(self, ratio: float) -> float:
        """Return the effect, rate after minus rate before, that a ratio stands for when the sum of events is as seen.

        The rate before that then fits best is ``N / (E0 + r E1)``, with N events in all, and the effect ``(r - 1)``
        times it: rising in r, and zero exactly when r is one.

        Examples
        --------
        Hand-worked: 13 events; at ratio 1 no effect; at ratio 0 all 13 before, in 20: -0.65; at infinity all after.

        >>> counts = TwoCounts(before=10, after=3, exposure_before=20.0, exposure_after=20.0)
        >>> counts.effect_of(1.0), counts.effect_of(0.0), counts.effect_of(inf), round(counts.effect_of(0.3), 6)
        (0.0, -0.65, 0.65, -0.35)
        """
        events = self.before + self.after
        if ratio == inf:
            return events / self.exposure_after
        return (ratio - 1) * events / (self.exposure_before + ratio * self.exposure_after)

    def effect_interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the effects at the limits of the ratio; zero is between them exactly when one is between those."""
        low, high = self.ratio_interval(level)
        return self.effect_of(low), self.effect_of(high)


def two_counts(cells: pd.DataFrame) -> TwoCounts:
    """Return the events and exposure of the treated before and after.

    Examples
    --------
    >>> two_counts(pd.DataFrame({"treated": 1, "post": [0, 0, 1], "count": [3, 2, 1], "exposure": [1.0, 1.0, 2.0]}))
    TwoCounts(before=5, after=1, exposure_before=2.0, exposure_after=2.0)
    """
    summed = totals(cells)
    events, exposure = ([float(summed[name].loc[(1, post)]) for post in (0, 1)] for name in ("count", "exposure"))
    return TwoCounts(
        before=int(events[0]), after=int(events[1]), exposure_before=exposure[0], exposure_after=exposure[1]
    )


def surplus(cells: pd.DataFrame, *, persons: bool) -> tuple[float, float]:
    """Return how much more events vary than the exact comparison allows, and the p value of that.

    For periods: Pearson's X2 around the rate of each side, over its degrees of freedom. For persons, who may well have
    rates of their own, since those cancel when the events of each are given: X2 of the events after, given the person's
    events in all and the common ratio. The share expected after is ``r E1 / (E0 + r E1)`` with the person's exposures.

    Parameters
    ----------
    cells
        One row per person and side, or per period.
    persons
        Which of the two.

    Returns
    -------
    tuple of float
        One and one where nothing can be told.

    Examples
    --------
    Hand-worked: persons with 2 events before and none after, and the other way round; expected 1 of 2 after, variance
    1/2: X2 = 2 + 2 with one degree of freedom.

    >>> cells = pd.DataFrame({"cluster": [1, 1, 2, 2], "treated": 1, "post": [0, 1, 0, 1], "count": [2, 0, 0, 2],
    ...                       "exposure": 1.0})
    >>> dispersion, p = surplus(cells, persons=True)
    >>> dispersion, round(p, 4)
    (4.0, 0.0455)
    """
    if persons:
        ratio = two_counts(cells).ratio
        if ratio is None or ratio == 0:
            return 1.0, 1.0
        before, after = (cells[cells["post"] == post] for post in (0, 1))
        wide = before.merge(after, on="cluster", suffixes=("_before", "_after"))
        wide = wide[wide["count_before"] + wide["count_after"] > 0]
        events = wide["count_before"] + wide["count_after"]
        weighted = ratio * wide["exposure_after"]
        share = weighted / (wide["exposure_before"] + weighted)
        square = float(((wide["count_after"] - events * share) ** 2 / (events * share * (1 - share))).sum())
        df = len(wide) - 1
    else:
        square = float((pearson_residuals(cells) ** 2).sum())
        df = len(cells) - 2
    if df < 1:
        return 1.0, 1.0
    return square / df, float(stats.chi2.sf(square, df))


def log_ratio_se(counts: TwoCounts) -> float:
    """Return the usual standard error of the logarithm of the ratio; half an event is added where a side has none."""
    add = 0.5 if 0 in (counts.before, counts.after) else 0.0
    return float(np.sqrt(1 / (counts.before + add) + 1 / (counts.after + add)))
