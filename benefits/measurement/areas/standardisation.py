"""Standardised rates: what a rate would be in a population put together in another way, directly and indirectly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from scipy import stats

from benefits.measurement.contract import Refusal
from benefits.measurement.intervals import byar_interval, poisson_interval
from benefits.measurement.tables import unusable

METHOD = "standardisation"
FEW_EVENTS = 10
"""Below this a directly standardised rate is commonly not shown (OHID)."""

DirectInterval = Literal["gamma", "dobson"]
IndirectInterval = Literal["exact", "byar"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardisedRate:
    """A directly standardised rate.

    Attributes
    ----------
    crude, rate
        Events per unit of exposure, as it is and as it would be with the strata of the standard.
    low, high, level, interval
        Interval of the rate, its coverage, and how it was made.
    events, exposure
        In all.
    few_events
        Whether there are fewer than ten events.
    """

    crude: float
    rate: float
    low: float
    high: float
    level: float
    interval: DirectInterval
    events: int
    exposure: float
    few_events: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardisedRatio:
    """Observed over expected events (SMR, SIR).

    Attributes
    ----------
    observed, expected
        Events seen, and those there would be with the rates of the reference in each stratum.
    ratio, low, high, level, interval
        Observed over expected, its interval, coverage, and how it was made.
    """

    observed: int
    expected: float
    ratio: float
    low: float
    high: float
    level: float
    interval: IndirectInterval


def direct(
    frame: pd.DataFrame,
    *,
    standard: Mapping[str, float],
    interval: DirectInterval = "gamma",
    level: float = 0.95,
) -> StandardisedRate | Refusal:
    """Return the rate a population would have with the strata of a standard population.

    With counts d, exposures n and weights w = standard / sum of standard: rate = sum(w d / n), variance
    v = sum(w^2 d / n^2). gamma (Fay and Feuer): with the largest w / n called m, the limits are quantiles of gamma
    distributions with mean rate and variance v below, and mean rate + m and variance v + m^2 above. dobson: rate +
    sqrt(v / D) (limit of D - D), D all events and its limits Byar's, as in OHID's technical guide.

    Parameters
    ----------
    frame
        Columns ``stratum``, ``count`` and ``exposure``, one row per stratum.
    standard
        Stratum -> its size in the standard population, in any unit.
    interval
        How the interval is made.
    level
        Its coverage.

    Returns
    -------
    StandardisedRate or Refusal
        Refused when strata are missing on one side, counts are no whole numbers, or the table cannot be used.

    References
    ----------
    Fay MP, Feuer EJ. Confidence intervals for directly standardized rates: a method based on the gamma distribution.
    Stat Med 1997;16:791-801. Dobson AJ, Kuulasmaa K, Eberle E, Scherer J. Confidence intervals for weighted sums of
    Poisson parameters. Stat Med 1991;10:457-462.

    Examples
    --------
    Hand-worked: 1 per 100 and 4 per 100, in a standard of one young to three old: (0.01 + 3 x 0.04) / 4.

    >>> frame = pd.DataFrame({"stratum": ["young", "old"], "count": [3, 4], "exposure": [300, 100]})
    >>> found = direct(frame, standard={"young": 1, "old": 3})
    >>> round(found.crude, 6), round(found.rate, 6)
    (0.0175, 0.0325)
    """
    refusal = _unusable(frame) or _strata(frame, standard)
    if refusal is not None:
        return refusal
    if any(size < 0 for size in standard.values()) or not sum(standard.values()) > 0:
        return Refusal(method=METHOD, code="standard_not_positive", what_would_open_it="standard_above_zero")
    events = int(frame["count"].sum())
    if interval == "dobson" and events == 0:
        return Refusal(method=METHOD, code="no_events_at_all", what_would_open_it="longer_window")
    weight = frame["stratum"].map(standard).to_numpy(dtype=float) / sum(standard.values())
    count, exposure = frame["count"].to_numpy(dtype=float), frame["exposure"].to_numpy(dtype=float)
    rate = float((weight * count / exposure).sum())
    variance = float((weight**2 * count / exposure**2).sum())
    if interval == "gamma":
        low, high = _gamma(rate, variance, largest=float((weight / exposure).max()), level=level)
    else:
        scale = (variance / events) ** 0.5
        low, high = (rate + scale * (limit - events) for limit in byar_interval(events, level=level))
    return StandardisedRate(
        crude=events / float(exposure.sum()),
        rate=rate,
        low=low,
        high=high,
        level=level,
        interval=interval,
        events=events,
        exposure=float(exposure.sum()),
        few_events=events < FEW_EVENTS,
    )


def indirect(
    frame: pd.DataFrame,
    *,
    reference: Mapping[str, float],
    interval: IndirectInterval = "exact",
    level: float = 0.95,
) -> StandardisedRatio | Refusal:
    """Return observed over expected events, expected from the rates of a reference in each stratum.

    Parameters
    ----------
    frame
        Columns ``stratum``, ``count`` and ``exposure``, one row per stratum.
    reference
        Stratum -> events per unit of exposure in the reference.
    interval
        exact (Garwood) or byar, both of a Poisson count over a known expected number.
    level
        Its coverage.

    Returns
    -------
    StandardisedRatio or Refusal
        Refused when strata are missing on one side, nothing is expected, counts are no whole numbers, or the table
        cannot be used.

    References
    ----------
    Breslow NE, Day NE. Statistical Methods in Cancer Research, volume II. IARC 1987, section 2.3.

    Examples
    --------
    Hand-worked: expected 300 x 0.01 + 100 x 0.04 = 7, observed 14.

    >>> frame = pd.DataFrame({"stratum": ["young", "old"], "count": [4, 10], "exposure": [300, 100]})
    >>> found = indirect(frame, reference={"young": 0.01, "old": 0.04})
    >>> found.expected, found.ratio
    (7.0, 2.0)
    """
    refusal = _unusable(frame) or _strata(frame, reference)
    if refusal is not None:
        return refusal
    if any(rate < 0 for rate in reference.values()):
        return Refusal(method=METHOD, code="standard_not_positive", what_would_open_it="standard_above_zero")
    observed = int(frame["count"].sum())
    rates = frame["stratum"].map(reference).to_numpy(dtype=float)
    expected = float((rates * frame["exposure"].to_numpy(dtype=float)).sum())
    if expected == 0:
        return Refusal(method=METHOD, code="nothing_expected", what_would_open_it="reference_with_events")
    low, high = (byar_interval if interval == "byar" else poisson_interval)(observed, level=level)
    return StandardisedRatio(
        observed=observed,
        expected=expected,
        ratio=observed / expected,
        low=low / expected,
        high=high / expected,
        level=level,
        interval=interval,
    )


def _gamma(rate: float, variance: float, *, largest: float, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    low = float(stats.gamma.ppf(tail, rate**2 / variance, scale=variance / rate)) if rate > 0 else 0.0
    mean, spread = rate + largest, variance + largest**2
    return low, float(stats.gamma.ppf(1 - tail, mean**2 / spread, scale=spread / mean))


def _unusable(frame: pd.DataFrame) -> Refusal | None:
    refusal = unusable(frame, method=METHOD, numbers=("count", "exposure"), above_zero=("exposure",), key=("stratum",))
    if refusal is None and (frame["count"] % 1 != 0).any():
        return Refusal(method=METHOD, code="counts_not_whole", what_would_open_it="whole_counts")
    return refusal


def _strata(frame: pd.DataFrame, other: Mapping[str, float]) -> Refusal | None:
    """Refuse strata that stand on one side only: left out, they would change what the rate is a rate of."""
    ours, theirs = set(frame["stratum"]), set(other)
    if ours == theirs:
        return None
    lone = ", ".join(sorted(str(one) for one in ours ^ theirs))
    return Refusal(method=METHOD, code="strata_differ", parameters={"strata": lone}, what_would_open_it="same_strata")
