"""How much rates differ between areas or units beyond chance: extremal quotient, CV, SCV, and a funnel.

None of these says that a difference is unwarranted, and no value of them is shipped as large or small.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from benefits.measurement.contract import Refusal
from benefits.measurement.tables import unusable

METHOD = "variation"
FEWEST = 3
"""Units a spread is worked out from."""
SMALL = 5.0
"""A unit with fewer expected events is flagged: its rate moves much by chance alone."""
INNER, OUTER = 0.95, 0.998
"""Coverage of the two pairs of funnel limits (Spiegelhalter)."""

Of = Literal["events", "shares"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelPoint:
    """One unit against the limits that chance draws around the common rate.

    Attributes
    ----------
    unit
        Its name.
    rate, exposure, expected
        Events per unit of exposure, exposure, and events had it had the common rate.
    inner, outer
        95 % and 99.8 % limits of the rate.
    outside_inner, outside_outer
        Whether the rate lies outside them.
    small
        Whether fewer than five events are expected.
    """

    unit: str
    rate: float
    exposure: float
    expected: float
    inner: tuple[float, float]
    outer: tuple[float, float]
    outside_inner: bool
    outside_outer: bool
    small: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaVariation:
    """How rates spread over units. A measure that cannot be worked out is None, with a code of why in ``undefined``.

    Attributes
    ----------
    units, rate
        How many units, and events over exposure in all of them.
    quotient, quotient_5_95
        Highest rate over lowest; 95th percentile of the rates over the 5th.
    cv
        Standard deviation of the units' rates (n - 1) over their mean, each unit counting the same.
    scv_log, scv_linear
        Systematic component of variation times 100, in McPherson's form (logarithms) and Diehr's (differences); zero
        when chance alone would give as much variation or more.
    funnel
        Each unit, in the order given.
    undefined
        Measure -> why it is None: ``zero_rate``, ``zero_count``.
    """

    units: int
    rate: float
    quotient: float | None
    quotient_5_95: float | None
    cv: float
    scv_log: float | None
    scv_linear: float
    funnel: tuple[FunnelPoint, ...]
    undefined: dict[str, str]

    @property
    def small(self) -> tuple[str, ...]:
        """Units with few expected events, which can make the quotient large by chance."""
        return tuple(point.unit for point in self.funnel if point.small)


def variation(frame: pd.DataFrame, *, of: Of = "events") -> AreaVariation | Refusal:
    """Return how rates vary between units.

    With observed O and expected E of each unit::

        quotient     max rate / min rate, and the same of the 95th and the 5th percentile
        cv           standard deviation of rates / mean rate
        SCV (log)    100 mean(ln(O / E)^2 - 1 / E)      McPherson et al. 1982; undefined when some O is zero
        SCV (lin.)   100 mean(((O - E) / E)^2 - 1 / E)  Diehr et al. 1990

    Funnel limits are exact: quantiles of the Poisson (binomial for shares) distribution of the count at the common
    rate, interpolated between whole counts.

    Parameters
    ----------
    frame
        Columns ``unit``, ``count`` and ``exposure``, one row per unit; optionally ``expected``, as indirect
        standardisation gives it, else exposure times the common rate.
    of
        events, any number per exposure; shares, so many of ``exposure``.

    Returns
    -------
    AreaVariation or Refusal
        Refused with fewer than three units, no events, counts that are no whole numbers, a count above what it is a
        share of, or a table that cannot be used.

    References
    ----------
    McPherson K, Wennberg JE, Hovind OB, Clifford P. Small-area variations in the use of common surgical procedures: an
    international comparison of New England, England, and Norway. N Engl J Med 1982;307:1310-1314. Diehr P, Cain K,
    Connell F, Volinn E. What is too much variation? The null hypothesis in small-area analysis. Health Serv Res
    1990;24:741-771. Ibáñez B, et al. Is there much variation in variation? BMC Health Serv Res 2009;9:60.
    Spiegelhalter DJ. Funnel plots for comparing institutional performance. Stat Med 2005;24:1185-1202.

    Examples
    --------
    Hand-worked: E is 20 each; linear SCV 100 (mean of 0.25, 0, 0.25, less 1 / 20) = 100 (0.16667 - 0.05).

    >>> frame = pd.DataFrame({"unit": ["A", "B", "C"], "count": [10, 20, 30], "exposure": [100, 100, 100]})
    >>> found = variation(frame)
    >>> round(found.quotient, 6), round(found.cv, 6), round(found.scv_linear, 4)
    (3.0, 0.5, 11.6667)
    """
    numbers = ("count", "exposure", "expected") if "expected" in frame else ("count", "exposure")
    refusal = unusable(frame, method=METHOD, numbers=numbers, above_zero=numbers[1:], key=("unit",)) or _wrong(
        frame, of
    )
    if refusal is not None:
        return refusal
    count, exposure = frame["count"].to_numpy(dtype=float), frame["exposure"].to_numpy(dtype=float)
    common = float(count.sum() / exposure.sum())
    expected = frame["expected"].to_numpy(dtype=float) if "expected" in frame else exposure * common
    rates = count / exposure
    low, high = np.quantile(rates, [0.05, 0.95])
    undefined: dict[str, str] = {}
    if rates.min() == 0:
        undefined |= {"quotient": "zero_rate", "scv_log": "zero_count"}
    if low == 0:
        undefined["quotient_5_95"] = "zero_rate"
    return AreaVariation(
        units=len(frame),
        rate=common,
        quotient=None if "quotient" in undefined else float(rates.max() / rates.min()),
        quotient_5_95=None if "quotient_5_95" in undefined else float(high / low),
        cv=float(rates.std(ddof=1) / rates.mean()),
        scv_log=None if "scv_log" in undefined else _component(np.log(count / expected), expected),
        scv_linear=_component((count - expected) / expected, expected),
        funnel=_funnel(frame["unit"].astype(str).tolist(), count, exposure, expected, of),
        undefined=undefined,
    )


def funnel_limits(expected: float, *, exposure: float, of: Of, coverage: float) -> tuple[float, float]:
    """Return the limits of a unit's rate that chance alone exceeds so seldom, when it has the expected number.

    With r the smallest count whose cumulated probability F(r) reaches p, the limit is
    (r - (F(r) - p) / (F(r) - F(r - 1))) / exposure, never below zero.

    Examples
    --------
    >>> low, high = funnel_limits(20.0, exposure=100.0, of="events", coverage=0.95)
    >>> round(low, 4), round(high, 4)
    (0.1121, 0.2875)
    """
    law = stats.poisson(expected) if of == "events" else stats.binom(round(exposure), min(1.0, expected / exposure))
    limits = []
    for p in ((1 - coverage) / 2, (1 + coverage) / 2):
        r = float(law.ppf(p))
        reached, before = float(law.cdf(r)), float(law.cdf(r - 1))
        limits.append(max(0.0, r - (reached - p) / (reached - before)) / exposure)
    return limits[0], limits[1]


def _component(off: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    return max(0.0, 100 * float((off**2 - 1 / expected).mean()))


def _funnel(
    units: list[str],
    count: NDArray[np.float64],
    exposure: NDArray[np.float64],
    expected: NDArray[np.float64],
    of: Of,
) -> tuple[FunnelPoint, ...]:
    found = []
    for name, events, size, wanted in zip(units, count.tolist(), exposure.tolist(), expected.tolist(), strict=True):
        rate = events / size
        inner = funnel_limits(wanted, exposure=size, of=of, coverage=INNER)
        outer = funnel_limits(wanted, exposure=size, of=of, coverage=OUTER)
        found.append(
            FunnelPoint(
                unit=name,
                rate=rate,
                exposure=size,
                expected=wanted,
                inner=inner,
                outer=outer,
                outside_inner=not inner[0] <= rate <= inner[1],
                outside_outer=not outer[0] <= rate <= outer[1],
                small=wanted < SMALL,
            )
        )
    return tuple(found)


def _wrong(frame: pd.DataFrame, of: Of) -> Refusal | None:
    if len(frame) < FEWEST:
        return Refusal(
            method=METHOD,
            code="too_few_units",
            parameters={"units": len(frame), "fewest": FEWEST},
            what_would_open_it="more_units",
        )
    if (frame["count"] % 1 != 0).any():
        return Refusal(method=METHOD, code="counts_not_whole", what_would_open_it="whole_counts")
    if frame["count"].sum() == 0:
        return Refusal(method=METHOD, code="no_events_at_all", what_would_open_it="longer_window")
    above = int((frame["count"] > frame["exposure"]).sum())
    if of == "shares" and above:
        return Refusal(
            method=METHOD,
            code="count_above_whole",
            parameters={"count": above},
            what_would_open_it="counts_within_the_whole",
        )
    return None
