"""What an analysis of rates can show: by formula, or by the method itself on made-up data of its volume."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from math import inf
from typing import Any

from benefits.economics.inputs import LEVEL
from benefits.measurement import method
from benefits.measurement.power import (
    Planned,
    Simulated,
    simulated_precision,
    smallest_detectable_difference,
    smallest_detectable_ratio,
)
from benefits.results.power.frozen_analysis import FOUR_CELLS, FrozenAnalysis
from benefits.results.power.planned_volume import Volume

POWER = 0.80
"""Chance of showing the smallest change a volume can show."""
MOST_ROWS = 3_000
"""Rows of one made-up data set, above which a report would wait too long for the simulation."""
FEW = 6
"""Made-up data sets behind a smallest change; half of them behind each length that is tried until a target."""
MONTHS_BEFORE = 24
"""Months before the start that are taken to be known where neither data nor plan say."""


def least_of(analysis: FrozenAnalysis, volume: Volume, *, rate: float, times: float = 1.0) -> float | None:
    """Return the smallest change of a rate that an analysis can show, by formula.

    Parameters
    ----------
    analysis
        Its length, direction and scale.
    volume
        What it rests on.
    rate
        When nothing is done.
    times
        How many times the volume, on every side.

    Returns
    -------
    float or None
        None when not even the end of all events would be shown.
    """
    after = volume.monthly * analysis.months
    if analysis.method in FOUR_CELLS:
        beside = volume.comparison * analysis.months if volume.comparison is not None else after
        further = [one for one in (volume.before, volume.comparison_before) if one is not None]
    elif volume.comparison is not None:
        beside, further = volume.comparison * analysis.months, []
    else:
        beside, further = after if volume.before is None else volume.before, []
    asked = {
        "rate": rate,
        "exposure_treated": after * times,
        "exposure_comparison": beside * times,
        "further_exposures": tuple(one * times for one in further),
        "dispersion": volume.dispersion or 1.0,
        "rises": analysis.rises,
        "df": _df(analysis, volume, times=times),
        "level": LEVEL,
        "power": POWER,
    }
    if analysis.options.get("scale", "ratio") == "ratio":
        ratio = smallest_detectable_ratio(**asked)  # type: ignore[arg-type]
        return None if ratio is None else abs(1 - ratio) * rate
    found = smallest_detectable_difference(**asked)  # type: ignore[arg-type]
    return found if analysis.rises or found < rate else None


def _df(analysis: FrozenAnalysis, volume: Volume, *, times: float) -> float:
    """Members less groups; of whole units the number does not grow with the patients."""
    groups = 1 if volume.comparison is None else 2
    if volume.clusters is not None:
        return max(1, volume.clusters - groups)
    if volume.members is not None:
        return max(1.0, volume.members * times - groups)
    if volume.months_before is not None and not volume.panel:
        return max(1, groups * (volume.months_before + analysis.months - 2))
    return inf


def too_large(analysis: FrozenAnalysis, volume: Volume) -> bool:
    """Whether a made-up data set of this volume is too large to be made many of while a report is."""
    return _planned(analysis, volume, rate=1.0).rows > MOST_ROWS


def simulated(analysis: FrozenAnalysis, volume: Volume, *, rate: float, datasets: int = FEW) -> Simulated:
    """Return the smallest change that the method itself can show, from its standard errors on made-up data.

    Raises
    ------
    UnknownMethod, UnusableMethod, InvalidOption
        When there is no such method to run, or not with these options.
    """
    # A plan gives the options of the methods beside it in the same place.
    known = {item.name for item in fields(method(analysis.method).options)}
    options = tuple(sorted((name, one) for name, one in analysis.options.items() if name in known))
    planned = _planned(analysis, volume, rate=rate)
    return _precision(analysis.method, options, planned, analysis.rises, datasets)


@lru_cache(maxsize=64)
def _precision(
    method_id: str, options: tuple[tuple[str, Any], ...], planned: Planned, rises: bool, datasets: int
) -> Simulated:
    return simulated_precision(
        method_id, planned, rises=rises, options=dict(options), level=LEVEL, power=POWER, datasets=datasets
    )


def _planned(analysis: FrozenAnalysis, volume: Volume, *, rate: float) -> Planned:
    before = volume.months_before or MONTHS_BEFORE
    persons = None
    if volume.panel and volume.persons is not None:
        persons = max(2, round(volume.persons))
    staggered = analysis.method == "staggered_starts"
    units = max(2, (volume.clusters or 6) // 2) if staggered else 1
    return Planned(
        months_before=before,
        months_after=analysis.months + analysis.lag,
        rate=rate,
        exposure=volume.monthly,
        comparison=volume.comparison,
        persons=None if staggered else persons,
        units=units,
        starts=tuple(range(units)) if staggered else (),
        dispersion=max(1.0, volume.dispersion or 1.0) if volume.whole else volume.dispersion or 1.0,
        whole=volume.whole,
    )
