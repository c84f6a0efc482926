"""Periods counted from the start, in bins: the rate of two groups in each, and the uncertainty of their contrasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benefits.activity.steps import month_numbers, step_in_months
from benefits.measurement.clustered import Clustered, tabulated
from benefits.measurement.contract import Scale
from benefits.measurement.two_groups.clustering import Level, degrees_of_freedom
from benefits.measurement.two_groups.group_comparison import own_rates
from benefits.measurement.two_groups.group_options import EventOptions
from benefits.measurement.windows import starts

Numbers = NDArray[np.float64]
REFERENCE = -1
"""The bin that ends with the start: every other is told against it, and it has no effect of its own."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bins:
    """The rate of each group in each bin, on the scale of estimation, with its covariance.

    Attributes
    ----------
    cells
        (treated, bin) of each rate; bins count from 0 at the start, below it before.
    rates, exposure
        Of each cell.
    covariance
        Of the rates, or of their logarithms on the ratio scale; not a number when one of these is zero.
    scale
        Scale of estimation.
    df
        Degrees of freedom.
    """

    cells: tuple[tuple[int, int], ...]
    rates: Numbers
    exposure: Numbers
    covariance: Numbers
    scale: Scale
    df: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The bins, in order."""
        return tuple(sorted({number for _, number in self.cells}))

    def rate(self, treated: int, number: int) -> float:
        """Return the rate of one group in one bin."""
        return float(self.rates[self.cells.index((treated, number))])

    def gap(self, number: int) -> Numbers:
        """Return the contrast of a bin: treated less comparison there, less the same in the reference bin."""
        found = np.zeros(len(self.cells))
        for sign, at in ((1.0, number), (-1.0, REFERENCE)):
            found[self.cells.index((1, at))] += sign
            found[self.cells.index((0, at))] -= sign
        return found

    def estimated(self, contrast: Numbers) -> tuple[float, float]:
        """Return the value of a contrast on the scale of estimation and its standard error."""
        on_scale = np.log(self.rates) if self.scale == "ratio" else self.rates
        variance = float(contrast @ self.covariance @ contrast)
        return float(contrast @ on_scale), max(0.0, variance) ** 0.5


def binned(rows: pd.DataFrame, *, go_live: date, options: EventOptions) -> pd.DataFrame:
    """Add a column ``bin`` to rows divided at the start: whole bins of months from it, the far ones pooled at the ends.

    Examples
    --------
    Two months to a bin: the two before the start are -1, and all that is earlier than the last lead is pooled with it.

    >>> rows = pd.DataFrame({"period": pd.date_range("2023-07-01", periods=10, freq="MS"), "post": [0] * 6 + [1] * 4})
    >>> options = EventOptions(bin_months=2, leads=2, lags=2)
    >>> binned(rows, go_live=date(2024, 1, 1), options=options)["bin"].tolist()
    [-2, -2, -2, -2, -1, -1, 0, 0, 1, 1]
    """
    begins = starts(rows, go_live=go_live)
    start, month = month_numbers(begins), month_numbers(rows["period"])
    after = (month - start - (begins.dt.day > 1) - options.lag_months) // options.bin_months
    before = -((start - month - 1) // options.bin_months) - 1
    number = after.where(rows["post"] == 1, before).clip(-options.leads, options.lags - 1)
    return rows.assign(bin=number.astype("int64"))


def bins_of(rows: pd.DataFrame, *, level: Level, apart: bool, whole: bool, options: EventOptions) -> Bins:
    """Return the rates of the bins that both groups have, with errors by what varies by itself.

    Events per period have the spread between periods around their bin's rate (Pearson's X2, not below one) as
    dispersion; persons, units, amounts and means have a sandwich estimate.
    """
    keyed = rows.assign(treated=(rows["group"] != "comparison").astype("int64"))
    shared = keyed.groupby("bin")["treated"].nunique()
    keyed = keyed[keyed["bin"].isin(shared.index[shared == 2])]
    by = {"person": ["person", "unit"], "unit": ["unit"], "period": ["period"]}[level]
    cells = keyed.groupby([*by, "treated", "bin"], sort=True, as_index=False)[["count", "exposure"]].sum()
    if options.measure == "mean":
        cells = own_rates(cells)
    table = tabulated(cells, cluster=level, cells=["treated", "bin"])
    poisson = level == "period" and whole and options.measure == "rate"
    if options.scale == "ratio" and (table.rates == 0).any():
        covariance: Numbers = np.full((len(table.cells), len(table.cells)), np.nan)
    else:
        covariance = _by_dispersion(table, options.scale) if poisson else table.covariance(options.scale)
    return Bins(
        cells=table.cells,
        rates=table.rates,
        exposure=table.exposure.sum(axis=0),
        covariance=covariance,
        scale=options.scale,
        df=table.observations - len(table.cells) if level == "period" else degrees_of_freedom(table, apart=apart),
    )


def step_too_long(rows: pd.DataFrame, *, options: EventOptions) -> bool:
    """Whether a period of the data is longer than a bin, or does not fit into it."""
    return options.bin_months % step_in_months(rows["period"]) != 0


def _by_dispersion(table: Clustered, scale: Scale) -> Numbers:
    expected = table.exposure * table.rates
    off = (table.count - expected) ** 2 / np.where(expected > 0, expected, 1.0)
    dispersion = max(1.0, float(off[expected > 0].sum()) / max(1, table.observations - len(table.cells)))
    events, exposure = table.count.sum(axis=0), table.exposure.sum(axis=0)
    return np.diag(dispersion / events if scale == "ratio" else dispersion * events / exposure**2)
