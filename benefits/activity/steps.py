"""How long the periods of activity data are."""

from __future__ import annotations

from functools import reduce
from math import gcd

import numpy as np
import pandas as pd


def month_numbers(period: pd.Series) -> pd.Series:
    """Number the months from year zero."""
    numbers: pd.Series = period.dt.year * 12 + period.dt.month - 1
    return numbers


def step_in_months(period: pd.Series) -> int:
    """Length of a period, as the largest that all distances between periods are a multiple of (1 for a single one).

    Examples
    --------
    >>> step_in_months(pd.Series(pd.to_datetime(["2022-01-01", "2023-01-01", "2025-01-01"])))
    12
    """
    distances = np.diff(np.sort(month_numbers(period).unique()))
    return reduce(gcd, (int(distance) for distance in distances)) if len(distances) else 1
