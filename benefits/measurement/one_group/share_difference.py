"""The difference of two shares, of the same persons or of others: Newcombe's score intervals, and McNemar's test."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import stats

from benefits.measurement.intervals import proportion_interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs by what was seen of each person before and after.

    Attributes
    ----------
    both, only_after, only_before, neither
        How many pairs of each kind.
    """

    both: int
    only_after: int
    only_before: int
    neither: int

    @property
    def n(self) -> int:
        """Pairs in all."""
        return self.both + self.only_after + self.only_before + self.neither

    @property
    def before(self) -> float:
        """Share before."""
        return (self.both + self.only_before) / self.n

    @property
    def after(self) -> float:
        """Share after."""
        return (self.both + self.only_after) / self.n

    @property
    def correlation(self) -> float:
        """Correlation within pairs, with Newcombe's correction for continuity when it is positive; zero if unknown."""
        margins = (
            (self.both + self.only_after)
            * (self.only_before + self.neither)
            * (self.both + self.only_before)
            * (self.only_after + self.neither)
        )
        if margins == 0:
            return 0.0
        product = self.both * self.neither - self.only_after * self.only_before
        corrected = max(product - self.n / 2, 0.0) if product > 0 else product
        return float(corrected / margins**0.5)

    @property
    def mcnemar_p(self) -> float:
        """Exact two-sided p value of no change: the pairs that changed are as likely to have gone either way.

        References
        ----------
        McNemar Q. Note on the sampling error of the difference between correlated proportions or percentages.
        Psychometrika 1947;12:153-157.
        """
        changed = self.only_after + self.only_before
        return float(stats.binomtest(self.only_after, changed).pvalue) if changed else 1.0


def paired_interval(pairs: Pairs, *, level: float = 0.95) -> tuple[float, float]:
    """Return the score interval of share after minus share before, in the same persons (Newcombe's method 10).

    Parameters
    ----------
    pairs
        One pair or more.
    level
        Coverage.

    References
    ----------
    Newcombe RG. Improved confidence intervals for the difference between binomial proportions based on paired data.
    Stat Med 1998;17:2635-2650, method 10.

    Examples
    --------
    >>> low, high = paired_interval(Pairs(both=20, only_after=12, only_before=2, neither=16))
    >>> round(low, 4), round(high, 4)
    (0.0562, 0.3292)
    """
    n = pairs.n
    return _squared_and_added(
        before=(pairs.before, *proportion_interval(pairs.both + pairs.only_before, n, level=level)),
        after=(pairs.after, *proportion_interval(pairs.both + pairs.only_after, n, level=level)),
        correlation=pairs.correlation,
    )


def unpaired_interval(
    before: float, of_before: float, after: float, of_after: float, *, level: float = 0.95
) -> tuple[float, float]:
    """Return the score interval of share after minus share before, in two samples (Newcombe's method 10).

    Parameters
    ----------
    before, of_before, after, of_after
        How many of how many; not always whole, when they have been divided by a design effect.
    level
        Coverage.

    References
    ----------
    Newcombe RG. Interval estimation for the difference between independent proportions: comparison of eleven methods.
    Stat Med 1998;17:873-890, method 10.

    Examples
    --------
    >>> low, high = unpaired_interval(48, 80, 56, 70)
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    return _squared_and_added(
        before=(before / of_before, *proportion_interval(before, of_before, level=level)),
        after=(after / of_after, *proportion_interval(after, of_after, level=level)),
        correlation=0.0,
    )


def _squared_and_added(
    *, before: tuple[float, float, float], after: tuple[float, float, float], correlation: float
) -> tuple[float, float]:
    """Put the limits of two shares (each with its low and high) together to those of their difference."""

    def distance(one: float, other: float) -> float:
        square = one**2 - 2 * correlation * one * other + other**2
        return float(max(0.0, square) ** 0.5)

    effect = after[0] - before[0]
    low = effect - distance(after[0] - after[1], before[2] - before[0])
    high = effect + distance(after[2] - after[0], before[0] - before[1])
    return max(-1.0, low), min(1.0, high)
