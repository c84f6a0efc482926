"""How alike two groups are in their covariates, before and after weighting."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

ALIKE = 0.1
"""Largest standardised difference of groups taken to be alike (Austin 2009, Statistics in Medicine 28:3083-3107)."""
FAR_APART = 0.25
"""Groups this far apart beforehand are other kinds of people (Stuart 2010, Statistical Science 25:1-21)."""

CLOSE = 1e-6
"""Standardised differences below this are what a search for weights leaves, and are zero."""


def balance_table(*, treated: Numbers, comparison: Numbers, weights: Numbers, names: tuple[str, ...]) -> pd.DataFrame:
    """Return the means of each covariate and their standardised differences, before and after weighting.

    The difference of means over the standard deviation among the treated, which weighting does not change; zero where
    neither varies nor differs, infinite where the treated do not vary but the groups differ.

    Parameters
    ----------
    treated, comparison
        Covariates; shape (persons, covariates).
    weights
        Of the comparison group.
    names
        Of the covariates.

    Returns
    -------
    pandas.DataFrame
        Columns covariate, treated, comparison, weighted, before, after.

    Examples
    --------
    Hand-worked: treated 1 and 3 (mean 2, standard deviation 1.4142), comparison 1 and 2; weights 0 and 1.

    >>> table = balance_table(treated=np.array([[1.0], [3.0]]), comparison=np.array([[1.0], [2.0]]),
    ...                       weights=np.array([0.0, 1.0]), names=("age",))
    >>> table.drop(columns="covariate").round(4).values.tolist()
    [[2.0, 1.5, 2.0, 0.3536, 0.0]]
    """
    means, others = treated.mean(axis=0), comparison.mean(axis=0)
    weighted = weights @ comparison / weights.sum()
    spread = treated.std(axis=0, ddof=1) if len(treated) > 1 else np.zeros(len(names))
    return pd.DataFrame(
        {
            "covariate": names,
            "treated": means,
            "comparison": others,
            "weighted": weighted,
            "before": _standardised(means - others, spread),
            "after": _standardised(means - weighted, spread),
        }
    )


def largest(differences: pd.Series) -> float:
    """Return the largest difference, whichever way it goes; zero of none."""
    return float(differences.abs().max()) if len(differences) else 0.0


def _standardised(off: Numbers, spread: Numbers) -> Numbers:
    found = np.divide(off, spread, out=np.full(len(off), np.inf), where=spread > 0)
    return np.where((np.abs(off) < CLOSE * spread) | (np.abs(off) < 1e-12), 0.0, found)
