"""Power by simulation, for any registered method: the method itself answers on made-up data under a known effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, sqrt
from types import MappingProxyType
from typing import Any

import numpy as np
from scipy import stats

from benefits.measurement.contract import Estimate
from benefits.measurement.power.chances import deviates, noncentrality, within_one
from benefits.measurement.power.simulated_data import GO_LIVE, Planned, drawn
from benefits.measurement.registry import is_own, method

NONE: Mapping[str, Any] = MappingProxyType({})
DATASETS = 200
"""Made-up data sets that a share is counted in; its Monte Carlo error is then at most 3.5 points of a hundred."""
FEW = 6
"""Data sets a standard error is averaged over: it varies far less than whether an effect is shown."""
HALVINGS = 9
FALLS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
RISES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8)
"""Effects that are tried first, as parts of the rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """A number found by simulation.

    Attributes
    ----------
    value
        The share of data sets, or the smallest effect; None when the method would not answer, or nothing is enough.
    error
        Monte Carlo standard error of it.
    datasets, refused
        How many were made, and in how many of them the method would not answer.
    """

    value: float | None
    error: float
    datasets: int
    refused: int


def simulated_power(
    method_id: str,
    planned: Planned,
    *,
    effect: float,
    options: Mapping[str, Any] = NONE,
    datasets: int = DATASETS,
    seed: int = 0,
) -> Simulated:
    """Return the share of made-up data sets in which the method's interval excludes no effect, on the right side.

    A refusal shows nothing and counts as such. Under no effect either side counts: the share is that of false alarms.

    Parameters
    ----------
    method_id
        As :func:`benefits.measurement.methods` lists them.
    planned
        The shape of the data.
    effect
        True change of the rate of the treated.
    options
        Of the method.
    datasets
        How many to make.
    seed
        The same gives the same data, whatever the effect.

    Raises
    ------
    UnknownMethod
        When no method has the id.
    InvalidOption
        When an option is unknown or has a value that cannot be used.

    References
    ----------
    Zhang F, Wagner AK, Ross-Degnan D. Simulation-based power calculation for designing interrupted time series
    analyses of health policy interventions. J Clin Epidemiol 2011;64:1252-1261. Morris TP, White IR, Crowther MJ. Using
    simulation studies to evaluate statistical methods. Stat Med 2019;38:2074-2102.

    Examples
    --------
    A fall from 100 to 10 events in a year is never missed.

    >>> planned = Planned(months_before=12, months_after=12, rate=1.0, exposure=100 / 12)
    >>> simulated_power("before_after", planned, effect=-0.9, datasets=3).value
    1.0
    """
    shown = refused = 0
    for number in range(datasets):
        answer = _answer(method_id, planned, effect=effect, options=options, seed=(seed, number))
        if answer is None:
            refused += 1
        elif not answer.includes_zero:
            shown += effect == 0 or (answer.effect > 0) == (effect > 0)
    share = shown / datasets
    return Simulated(value=share, error=sqrt(share * (1 - share) / datasets), datasets=datasets, refused=refused)


def simulated_smallest(
    method_id: str,
    planned: Planned,
    *,
    rises: bool = False,
    options: Mapping[str, Any] = NONE,
    power: float = 0.80,
    datasets: int = DATASETS,
    seed: int = 0,
) -> Simulated:
    """Return the smallest effect that the method shows in the share of data sets asked for, by halving.

    Every effect is tried on the same luck, so that the share hardly wavers from one to the next. This makes thousands
    of estimates; :func:`simulated_precision` is for a report.

    Parameters
    ----------
    method_id, planned, options, datasets, seed
        As for :func:`simulated_power`.
    rises
        Whether the change hoped for is a rise.
    power
        Share asked for.

    Returns
    -------
    Simulated
        The size of the effect. Its error is that of the share over the slope of the share, from the normal curve
        through the point found.
    """
    within_one(0.5, power)
    sign = 1 if rises else -1

    def share(size: float) -> Simulated:
        return simulated_power(method_id, planned, effect=sign * size, options=options, datasets=datasets, seed=seed)

    low, found = 0.0, None
    # Upwards in steps: with hardly an event left, a method that takes logarithms shows less, or refuses.
    for high in (planned.rate * step for step in (RISES if rises else FALLS)):
        found = share(high)
        if (found.value or 0.0) >= power:
            break
        low = high
    else:
        refused = found.refused if found is not None else 0
        return Simulated(value=None, error=0.0, datasets=datasets, refused=refused)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        tried = share(middle)
        if (tried.value or 0.0) >= power:
            high, found = middle, tried
        else:
            low = middle
    errors = deviates(level=0.95, power=power)
    slope = float(stats.norm.pdf(stats.norm.ppf(power))) * errors / high
    error = sqrt(power * (1 - power) / datasets) / slope
    return Simulated(value=high, error=error, datasets=datasets, refused=found.refused)


def simulated_precision(
    method_id: str,
    planned: Planned,
    *,
    rises: bool = False,
    options: Mapping[str, Any] = NONE,
    level: float = 0.95,
    power: float = 0.80,
    datasets: int = FEW,
    seed: int = 0,
) -> Simulated:
    """Return the smallest effect from the standard errors the method itself gives on a few made-up data sets.

    The errors are found without an effect, then again under the effect that follows from them; the smallest effect is
    as many of them as Student's t needs. It takes a dozen estimates where :func:`simulated_smallest` takes thousands,
    and rests on the method's standard errors being right.

    Parameters
    ----------
    method_id, planned, options, datasets, seed
        As for :func:`simulated_power`.
    rises
        Whether the change hoped for is a rise.
    level, power
        Coverage of the interval, and the chance of showing a true change of this size.

    Returns
    -------
    Simulated
        The size of the effect; None when the method refuses more than half of the data sets, or when no fall, however
        large, would show.
    """
    size, error, refused = 0.0, 0.0, 0
    for _ in range(2):
        told: list[Estimate] = []
        for number in range(datasets):
            answer = _answer(method_id, planned, effect=size if rises else -size, options=options, seed=(seed, number))
            if answer is not None and answer.se > 0 and answer.df > 0:
                told.append(answer)
            # More will not bring it to half.
            if 2 * (number + 1 - len(told)) > datasets:
                break
        refused = datasets - len(told)
        if refused * 2 > datasets:
            return Simulated(value=None, error=0.0, datasets=datasets, refused=refused)
        sizes = np.array([_size(one, rate=planned.rate, rises=rises, level=level, power=power) for one in told])
        size, error = float(sizes.mean()), float(sizes.std(ddof=1) / sqrt(len(sizes))) if len(sizes) > 1 else 0.0
        if not rises:
            # Nothing falls by more than all there is, and with nothing left there is no rate to find an error of.
            size = min(size, 0.95 * planned.rate)
    last = float(sizes.mean())
    if not rises and last >= planned.rate:
        return Simulated(value=None, error=error, datasets=datasets, refused=refused)
    return Simulated(value=last, error=error, datasets=datasets, refused=refused)


def _size(estimate: Estimate, *, rate: float, rises: bool, level: float, power: float) -> float:
    """The change as large as an estimate's standard error lets it show, in the indicator's own unit."""
    reach = noncentrality(level=level, power=power, df=estimate.df) * estimate.se
    if estimate.scale == "difference":
        return reach
    return rate * (exp(min(reach, 50.0)) - 1) if rises else rate * (1 - exp(-reach))


def _answer(
    method_id: str, planned: Planned, *, effect: float, options: Mapping[str, Any], seed: tuple[int, ...]
) -> Estimate | None:
    data = drawn(planned, effect=effect, seed=seed)
    try:
        answer = method(method_id).estimate(data, benefit="", indicator="", go_live=GO_LIVE, options=options)
    except Exception:
        if is_own(method_id):
            raise
        # Another package's method that fails here says nothing here.
        return None
    return answer if isinstance(answer, Estimate) else None
