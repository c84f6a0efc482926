"""The difference of two means, of the same persons or of others: Student's t and Welch's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanDifference:
    """Mean after minus mean before.

    Attributes
    ----------
    effect, se, df
        In the unit of what is measured; degrees of freedom of Student's t.
    """

    effect: float
    se: float
    df: float

    @property
    def p_after_higher(self) -> float:
        """One-sided p value of no rise."""
        return float(stats.t.sf(self.effect / self.se, self.df))


def paired_difference(before: Values, after: Values) -> MeanDifference:
    """Return the mean of the differences within pairs.

    Parameters
    ----------
    before, after
        Shape (pairs,), two or more, in the same order.

    Examples
    --------
    Hand-worked: differences 1, 1 and 2; mean 4/3, variance 1/3, standard error sqrt(1/9).

    >>> found = paired_difference(np.array([2.0, 3.0, 4.0]), np.array([3.0, 4.0, 6.0]))
    >>> round(found.effect, 4), round(found.se, 4), found.df
    (1.3333, 0.3333, 2.0)
    """
    off = after - before
    return MeanDifference(effect=float(off.mean()), se=float(off.std(ddof=1) / len(off) ** 0.5), df=float(len(off) - 1))


def unpaired_difference(before: Values, after: Values) -> MeanDifference:
    """Return the difference of the means of two samples whose spread may differ.

    Parameters
    ----------
    before, after
        Two or more of each.

    References
    ----------
    Welch BL. The generalization of Student's problem when several different population variances are involved.
    Biometrika 1947;34:28-35.

    Examples
    --------
    Hand-worked: means 2 and 5, variance of each mean 1/3 and 4/3; df = (5/3)^2 / ((1/9 + 16/9) / 2).

    >>> found = unpaired_difference(np.array([1.0, 2.0, 3.0]), np.array([3.0, 5.0, 7.0]))
    >>> round(found.effect, 4), round(found.se**2, 4), round(found.df, 4)
    (3.0, 1.6667, 2.9412)
    """
    parts = [float(one.var(ddof=1)) / len(one) for one in (before, after)]
    total = sum(parts)
    by_df = sum(part**2 / (len(one) - 1) for part, one in zip(parts, (before, after), strict=True))
    df = total**2 / by_df if by_df > 0 else 0.0
    return MeanDifference(effect=float(after.mean() - before.mean()), se=total**0.5, df=df)


def rank_p(before: Values, after: Values, *, paired: bool) -> float:
    """Return the two-sided p value of the rank test: Wilcoxon's signed ranks for pairs, else his rank sum.

    By the normal approximation with correction for continuity and for ties. It asks for no distribution, and is little
    moved by a few very high values.

    References
    ----------
    Wilcoxon F. Individual comparisons by ranking methods. Biometrics Bulletin 1945;1:80-83.

    Examples
    --------
    >>> low, high = np.arange(10.0), np.arange(10.0) + 20
    >>> rank_p(low, high, paired=False) < 0.001
    True
    """
    if paired:
        return float(stats.wilcoxon(after, before, correction=True, method="asymptotic").pvalue)
    return float(stats.mannwhitneyu(after, before, use_continuity=True, method="asymptotic").pvalue)
