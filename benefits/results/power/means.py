"""What a second measurement of a mean or a share can show, from how much the first one varied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from benefits.activity import Data, Panel, Responses
from benefits.economics.inputs import LEVEL
from benefits.measurement.power import (
    smallest_mean_difference,
    smallest_paired_difference,
    smallest_paired_share_difference,
    smallest_share_difference,
)
from benefits.measurement.preparation import treated_group
from benefits.project.benefit import Benefit
from benefits.results.baselines import kind_of
from benefits.results.power.frozen_analysis import FrozenAnalysis
from benefits.results.power.rates import POWER

LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A first measurement.

    Attributes
    ----------
    n
        How many were measured; as many are expected again.
    sd
        Standard deviation between them; None for a share.
    share
        The share; None for a mean.
    correlation
        Between two measurements of the same; None when they are taken to be others, or nothing tells.
    """

    n: int
    sd: float | None = None
    share: float | None = None
    correlation: float | None = None

    def smallest(self, *, rises: bool, times: float = 1.0) -> float | None:
        """Return the smallest change that can be shown when so many times as many are measured both times."""
        n = self.n * times
        told = {"level": LEVEL, "power": POWER}
        if self.share is not None:
            if self.correlation is None:
                return smallest_share_difference(share=self.share, n_after=n, rises=rises, **told)
            return smallest_paired_share_difference(
                share=self.share, correlation=max(0.0, self.correlation), n=n, rises=rises, **told
            )
        assert self.sd is not None, "a mean has a spread"
        if self.correlation is None:
            return smallest_mean_difference(sd=self.sd, n_after=n, **told)
        return smallest_paired_difference(sd=self.sd, correlation=self.correlation, n=n, **told)


def measured_once(benefit: Benefit, analysis: FrozenAnalysis, data: Data | None, *, limit: int) -> Measured | None:
    """Return what is known of a first measurement: from its answers or rows, else from the baseline as stated.

    Parameters
    ----------
    benefit
        As it is now.
    analysis
        The analysis it is held to.
    data
        Of the analysis, as known at the date of the report; None without any.
    limit
        Fewest persons that are told of.

    Returns
    -------
    Measured or None
        None when nothing tells how much it varied, or too few were measured.
    """
    kind = kind_of(analysis.held.unit)
    found: Measured | None = None
    values = _values(data, analysis)
    if values is not None and len(values) >= LEAST:
        found = _of_values(values, share=kind == "share", data=data, analysis=analysis)
    if found is None:
        found = _as_stated(benefit, analysis, share=kind == "share")
    return found if found is not None and found.n >= max(limit, LEAST) else None


def _of_values(values: pd.Series, *, share: bool, data: Data | None, analysis: FrozenAnalysis) -> Measured | None:
    correlation = _correlation(data, analysis, values)
    # A mean of several answers is no share of persons, though each answer is yes or no.
    if share and set(values) <= {0.0, 1.0}:
        mean = float(values.mean())
        return Measured(n=len(values), share=mean, correlation=correlation) if 0 < mean < 1 else None
    sd = float(values.std(ddof=1))
    return Measured(n=len(values), sd=sd, correlation=correlation) if sd > 0 else None


def _as_stated(benefit: Benefit, analysis: FrozenAnalysis, *, share: bool) -> Measured | None:
    """From the baseline's number of measurements, and for a mean from its interval: half of it is t sd / sqrt(n)."""
    before, n = analysis.held.baseline, benefit.baseline.n if benefit.baseline is not None else None
    if before is None or n is None or n < LEAST:
        return None
    correlation = None
    if benefit.baseline is not None and benefit.baseline.selection is not None:
        correlation = benefit.baseline.selection.correlation
    if share:
        return Measured(n=n, share=before.value, correlation=correlation) if 0 < before.value < 1 else None
    sd = None
    if before.low is not None and before.high is not None and before.high > before.low:
        half = float(stats.t.ppf((1 + LEVEL) / 2, n - 1))
        sd = (before.high - before.low) / 2 / half * n**0.5
    elif benefit.baseline is not None and benefit.baseline.selection is not None:
        sd = benefit.baseline.selection.population_sd
    return Measured(n=n, sd=sd, correlation=correlation) if sd is not None else None


def _values(data: Data | None, analysis: FrozenAnalysis) -> pd.Series | None:
    """One value per person before the start: the last wave's mean answer, or the person's own count over exposure."""
    group = treated_group(data) if data is not None and not isinstance(data, Responses) else None
    if isinstance(data, Responses):
        group = next((one for one in ("treated", "all") if one in data.groups), None)
        rows = data.rows()
        rows = rows[(rows["group"] == group) & (rows["wave"] < pd.Timestamp(analysis.start))]
        return _answers(rows[rows["wave"] == rows["wave"].max()], analysis) if len(rows) else None
    if not isinstance(data, Panel) or group is None:
        return None
    rows = data.rows()
    rows = rows[(rows["group"] == group) & (rows["period"] < pd.Timestamp(analysis.start))]
    sums = rows.groupby("person", sort=True)[["count", "exposure"]].sum()
    own: pd.Series = sums["count"] / sums["exposure"]
    return own


def _answers(rows: pd.DataFrame, analysis: FrozenAnalysis) -> pd.Series:
    asked = analysis.options.get("item")
    answered = rows[rows["item"] == asked] if asked is not None else rows
    answered = answered.dropna(subset="score")
    value = answered["score"]
    if analysis.options.get("measure") == "share" and analysis.options.get("agree_from") is not None:
        value = (value >= float(analysis.options["agree_from"])).astype("float64")
    own: pd.Series = value.groupby(answered["respondent"], sort=True).mean()
    return own


def _correlation(data: Data | None, analysis: FrozenAnalysis, before: pd.Series) -> float | None:
    """Between the two measurements of those who have both, where at least half do and nothing asks for others."""
    if analysis.options.get("paired") is False:
        return None
    if isinstance(data, Responses):
        rows = data.rows()
        later = rows[rows["respondent"].isin(before.index) & (rows["wave"] >= pd.Timestamp(analysis.start))]
        after = _answers(later[later["wave"] == later["wave"].max()], analysis) if len(later) else None
        among = later[later["wave"] == later["wave"].max()]["respondent"].nunique() if len(later) else 0
    elif isinstance(data, Panel):
        rows = data.rows()
        later = rows[rows["person"].isin(before.index) & (rows["period"] >= pd.Timestamp(analysis.start))]
        sums = later.groupby("person", sort=True)[["count", "exposure"]].sum()
        after, among = sums["count"] / sums["exposure"], len(sums)
    else:
        return None
    if after is None or among * 2 < len(before) or among < LEAST + 1:
        return None
    both = before.to_frame("before").join(after.rename("after"), how="inner")
    if len(both) < LEAST + 1 or both.nunique().min() < LEAST:
        return None
    found = float(np.corrcoef(both["before"], both["after"])[0, 1])
    return min(0.99, found)
