"""The smallest change each benefit's analysis can show, and how long or how many it would take, as Values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import ceil

from benefits.activity import Data
from benefits.economics import Input
from benefits.economics.expected_rate import effect_of, rate_of
from benefits.measurement import InvalidOption, UnknownMethod, UnusableMethod
from benefits.measurement.power import months_needed, times_needed
from benefits.project.benefit import Benefit
from benefits.project.freezing import Freeze
from benefits.project.model import Project
from benefits.results.baselines import kind_of
from benefits.results.limits import LIMIT
from benefits.results.power.frozen_analysis import CHART, COUNTED, FrozenAnalysis, frozen_analysis
from benefits.results.power.means import Measured, measured_once
from benefits.results.power.planned_volume import Volume, planned_volume
from benefits.results.power.rates import FEW, least_of, simulated, too_large
from benefits.results.values import Values
from benefits.results.verdicts.known import up_to
from benefits.vocabulary import Unit

POINTS: Mapping[str, int] = {"making_data_count": 7, "western_electric": 8}
"""Points in a row on one side that make a signal, by set of rules (:mod:`benefits.measurement.charts.rules`)."""
SURVEYED: frozenset[str] = frozenset({"survey", "time_study", "before_after_means", "before_after_shares"})
"""Designs whose precision follows from how much the first measurement varied."""
HALF_YEAR = 6
NOTHING = "nothing_is_enough"
"""Why a smallest change has no value: not even the end of all events, or all of them, would be shown."""


def add_power_values(
    project: Project,
    inputs: Mapping[str, Input],
    values: Values,
    *,
    data: Mapping[str, Data],
    freeze: Freeze | None,
    as_of: date,
) -> None:
    """Add ``benefit.<id>.smallest.*``, ``.needed.*``, ``.hoped`` or ``.signal.*`` of every benefit that can be told of.

    Parameters
    ----------
    project
        With its baselines put in.
    inputs
        What is assumed.
    values
        Where the numbers are added.
    data
        By id, as known at the date of the report; of a benefit that is judged, what was known when it was counts.
    freeze
        The plan the follow-up is held to; None when it was never frozen.
    as_of
        The date of the report.
    """
    for benefit in project.benefits:
        if benefit.indicator is None:
            continue
        analysis = frozen_analysis(project, benefit, freeze=freeze, as_of=as_of)
        if analysis is None:
            continue
        prefix = f"benefit.{benefit.id}"
        if analysis.method == CHART:
            points = POINTS.get(str(analysis.options.get("rules", "making_data_count")))
            if points is not None:
                values.add(f"{prefix}.signal.points", points, unit="count")
            continue
        # A verdict stands until the next date of verdict: what comes after it moves nothing it was judged by.
        known = data if analysis.judged is None else up_to(project, data, analysis.judged)
        measured = analysis.method in SURVEYED and _add_measured(benefit, analysis, known, values)
        # Events a plan counts can be told of also where what is planned measures them in no such way.
        if not measured and (analysis.method not in SURVEYED or analysis.held.unit in COUNTED):
            _add_rate(project, benefit, analysis, inputs, known, values)


def _add_rate(
    project: Project,
    benefit: Benefit,
    analysis: FrozenAnalysis,
    inputs: Mapping[str, Input],
    data: Mapping[str, Data],
    values: Values,
) -> None:
    """A rate of events, or of an amount.

    It is what is expected without the service where the plan says so, else the baseline: a baseline of persons chosen
    in a bad period is higher than the rate they return to. The change hoped for is the expected effect on that rate,
    else the distance from baseline to target.
    """
    held = analysis.held
    if kind_of(held.unit) == "share":
        return
    expected, effect = expected_and_effect(benefit, inputs)
    rate = expected if expected is not None else held.baseline.value if held.baseline is not None else None
    volume = planned_volume(project, benefit, analysis, data)
    if rate is None or rate <= 0 or volume is None or (not volume.whole and volume.dispersion is None):
        return
    prefix = f"benefit.{benefit.id}"
    hoped = _hoped(analysis, expected, effect)
    modelled = analysis.modelled and not too_large(analysis, volume)
    if analysis.registered and not modelled:
        return
    if modelled:
        try:
            found = simulated(analysis, volume, rate=rate)
        except (UnknownMethod, UnusableMethod, InvalidOption):
            return
        smallest, error = found.value, found.error
        # It may not answer yet: what is needed is told below, where it will within the horizon.
        refused = found.refused * 2 > found.datasets
    else:
        smallest, error, refused = least_of(analysis, volume, rate=rate), None, False
    _add_smallest(prefix, smallest, held.unit, analysis, values, refused=refused)
    if error is not None and smallest is not None:
        values.add(f"{prefix}.smallest.error", error, unit=held.unit, per=held.per)
    values.add(f"{prefix}.smallest.months", analysis.months, unit="months")
    if volume.persons is not None:
        values.add(f"{prefix}.smallest.exposure", volume.persons, unit="persons")
    if volume.dispersion is not None:
        unit: Unit = "ratio" if volume.whole else held.unit
        source = project.said(next(one.source for one in project.data if one.id == analysis.data))
        values.add(f"{prefix}.smallest.dispersion", volume.dispersion, unit=unit, basis="measured", source=source)
    if volume.comparison is not None:
        share = volume.comparison / volume.monthly
        values.add(f"{prefix}.smallest.group", share, unit="ratio")
    if volume.clusters is not None:
        values.add(f"{prefix}.smallest.clusters", volume.clusters, unit="count")
    if hoped is None:
        return
    values.add(f"{prefix}.hoped", hoped, unit=held.unit, per=held.per, basis="expected", grade="assumed")
    if hoped <= 0 or (smallest is not None and smallest <= hoped):
        return
    _add_needed(project, prefix, analysis, volume, rate=rate, hoped=hoped, values=values)


def _add_needed(
    project: Project,
    prefix: str,
    analysis: FrozenAnalysis,
    volume: Volume,
    *,
    rate: float,
    hoped: float,
    values: Values,
) -> None:
    """Months until what is hoped for could be shown, within the horizon; and patients, at the same length."""
    horizon = project.horizon_years * 12
    if analysis.modelled and not too_large(analysis, volume):
        months = months_needed(
            lambda ahead: simulated(analysis.lasting(ahead), volume, rate=rate, datasets=FEW // 2).value,
            target=hoped,
            horizon=horizon,
            step=HALF_YEAR,
        )
    else:
        months = months_needed(
            lambda ahead: least_of(analysis.lasting(ahead), volume, rate=rate), target=hoped, horizon=horizon
        )
        if volume.persons is not None:
            times = times_needed(lambda many: least_of(analysis, volume, rate=rate, times=many), target=hoped)
            patients = None if times is None else ceil(times * volume.persons - 1e-6)
            values.add(
                f"{prefix}.needed.patients",
                patients,
                unit="persons",
                reason="no_number_is_enough" if times is None else "",
            )
    values.add(f"{prefix}.needed.months", months, unit="months", reason="not_within_horizon" if months is None else "")


def _add_measured(benefit: Benefit, analysis: FrozenAnalysis, data: Mapping[str, Data], values: Values) -> bool:
    """A mean or a share that was measured before, and will be again of as many; False where nothing tells of it."""
    held, prefix = analysis.held, f"benefit.{benefit.id}"
    first = measured_once(benefit, analysis, data.get(analysis.data or ""), limit=LIMIT)
    if first is None:
        return False
    _add_smallest(prefix, first.smallest(rises=analysis.rises), held.unit, analysis, values)
    values.add(f"{prefix}.smallest.exposure", first.n, unit="persons")
    if first.sd is not None:
        values.add(f"{prefix}.smallest.sd", first.sd, unit=held.unit, per=held.per, basis="measured")
    if first.correlation is not None:
        values.add(f"{prefix}.smallest.correlation", first.correlation, unit="ratio", basis="measured")
    hoped = _hoped(analysis, None, None)
    if hoped is None:
        return True
    values.add(f"{prefix}.hoped", hoped, unit=held.unit, per=held.per, basis="expected", grade="assumed")
    least = values[f"{prefix}.smallest"].value
    if hoped > 0 and (least is None or least > hoped):
        patients = _patients(first, hoped=hoped, rises=analysis.rises)
        values.add(
            f"{prefix}.needed.patients",
            patients,
            unit="persons",
            reason="no_number_is_enough" if patients is None else "",
        )
    return True


def _patients(first: Measured, *, hoped: float, rises: bool) -> int | None:
    times = times_needed(lambda many: first.smallest(rises=rises, times=many), target=hoped)
    return None if times is None else ceil(times * first.n - 1e-6)


def _add_smallest(
    prefix: str, smallest: float | None, unit: Unit, analysis: FrozenAnalysis, values: Values, *, refused: bool = False
) -> None:
    values.add(
        f"{prefix}.smallest",
        smallest,
        unit=unit,
        per=analysis.held.per,
        grade="assumed",
        reason="" if smallest is not None else "method_refuses" if refused else "nothing_is_enough",
    )


def _hoped(analysis: FrozenAnalysis, expected: float | None, effect: Input | None) -> float | None:
    if expected is not None and effect is not None:
        return abs(expected * (1 - effect.mean)) if effect.unit == "ratio" else abs(effect.mean)
    target, before = analysis.held.target, analysis.held.baseline
    if target is None or before is None or analysis.held.chosen_in_a_bad_period:
        return None
    return abs(target.value - before.value)


def expected_and_effect(benefit: Benefit, inputs: Mapping[str, Input]) -> tuple[float | None, Input | None]:
    """Events per person-year without the service, and the expected effect, where the plan values the benefit.

    What has been measured is not what was hoped for.
    """
    if benefit.valuation is None:
        return None, None
    expected = rate_of(benefit, inputs)
    per_year = expected is not None and expected.per in {"person_year", "none"}
    hoped_for = effect_of(benefit, inputs) if benefit.valuation.effect_from == "assumption" else None
    return expected.mean if expected is not None and per_year else None, hoped_for
