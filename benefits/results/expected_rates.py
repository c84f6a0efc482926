"""Rates without the service and effects that nobody wrote, since they follow from data or from the baseline.

They are inputs like any other from here on, under the names of ``economics.expected_rate``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from benefits.activity import Panel, Series
from benefits.activity.steps import step_in_months
from benefits.economics.expected_rate import EXPECTED, rate_of
from benefits.economics.input import Input, WorkedOutFrom
from benefits.economics.units import PER_PATIENT_YEAR
from benefits.errors import Gap, Parameter
from benefits.measurement import Estimate, Refusal
from benefits.measurement.baselines.baseline import baseline
from benefits.measurement.options import RateOptions
from benefits.measurement.windows import divide
from benefits.project.benefit import Baseline, Benefit, Indicator
from benefits.project.model import Project
from benefits.reference.distributions import Distribution, Fixed
from benefits.reference.gamma import rate_from_limits
from benefits.results.adjusted_baselines import adjusted_baseline
from benefits.results.baselines import WorkedOut
from benefits.results.limits import LIMIT, persons_by_group
from benefits.results.measured_effects import measured_effect
from benefits.results.measuring import Measured
from benefits.vocabulary import Standing

WEIGHTS: Mapping[str, int] = {
    "no_comparison_rate": 76,
    "comparison_rate_not_alike": 78,
    "comparison_not_known_alike": 58,
    "no_adjusted_baseline": 76,
    "no_raw_baseline": 76,
    "raw_baseline_of_chosen": 80,
    "raw_baseline_used": 77,
    "raw_baseline_after_peak": 70,
    "assumption_is_raw_baseline": 77,
    "rate_without_interval": 34,
}
"""How much each gap matters, beside those of the plan itself; those of ``measured_effects`` come with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What numbers may be worked out from: data, and what was found in them.

    Attributes
    ----------
    shapes
        Data by id, as known at the date of the report.
    measured
        What the methods found.
    baselines
        What data gave for the baselines, by benefit.
    """

    shapes: Mapping[str, Series | Panel]
    measured: Measured
    baselines: Mapping[str, WorkedOut]


def with_worked_out(
    project: Project, inputs: Mapping[str, Input], known: Known
) -> tuple[dict[str, Input], tuple[Gap, ...]]:
    """Return the inputs with those that are worked out, and what is to be said of them.

    Parameters
    ----------
    project
        With its baselines put in.
    inputs
        The assumptions by name.
    known
        Data, and what was found in them.

    Returns
    -------
    tuple
        The inputs, where ``expected.<benefit>`` and ``effect.<benefit>`` are added, and gaps: why a number the plan
        asks for could not be worked out, and what a reader must know of one that could. A rate that could not be
        worked out is not there, and nothing is multiplied by it.
    """
    found, gaps = dict(inputs), list[Gap]()
    for benefit, valuation in project.valued:
        indicator = benefit.indicator
        if indicator is None:
            continue
        rate: Input | None = None
        if valuation.expected_from == "comparison_group":
            rate = _of_comparison_group(project, benefit, indicator, known, gaps)
        elif valuation.expected_from == "adjusted_baseline":
            rate = _of_adjusted_baseline(project, benefit, indicator, known, gaps)
        elif valuation.expected_from == "raw_baseline":
            rate = _of_raw_baseline(project, benefit, indicator, known, gaps)
        else:
            _tell_of_raw_assumption(benefit, inputs, gaps)
        effect = None
        if valuation.effect_from == "measured":
            effect = measured_effect(
                project, benefit, indicator, measured=known.measured, shapes=known.shapes, gaps=gaps
            )
        found |= {one.name: one for one in (rate, effect) if one is not None}
    return found, tuple(gaps)


def comparison_rate(
    shape: Series | Panel, *, go_live: date, options: Mapping[str, Any]
) -> tuple[float, float | None, float | None] | None:
    """Return the rate of the comparison group after the start with its limits; None where there is none to be told.

    The months are those the method uses of the treated: a lag is left out, and a shorter window ends them. Events of
    one person or one period come in clusters, and the interval is widened for that, as that of a baseline is.

    Parameters
    ----------
    shape
        Data in which a method compares two groups.
    go_live
        First day of the service, for those without a start of their own.
    options
        Of the method; ``lag_months`` and ``months_after`` are read.

    Examples
    --------
    Two events a month in ten person-years a month: 24 in 120 after a year, 0.2 a person-year.

    >>> import pandas as pd
    >>> months = pd.date_range("2023-01-01", periods=24, freq="MS")
    >>> frame = pd.DataFrame({"period": months, "unit": "Vik", "group": "comparison", "count": 2, "exposure": 10.0})
    >>> comparison_rate(Series(frame), go_live=date(2024, 1, 1), options={})[0]
    0.2
    """
    rows = shape.rows()
    used = RateOptions(lag_months=options.get("lag_months", 0), months_after=options.get("months_after"))
    windows = divide(rows[rows["group"] == "comparison"], go_live=go_live, options=used)
    after = windows.rows[windows.rows["post"] == 1].drop(columns="post")
    if not len(after) or not after["exposure"].sum() > 0:
        return None
    if "person" in after and after["person"].nunique() < LIMIT:
        # There were more before the start; what is told is of those who are left.
        return None
    end = after["period"].max() + pd.DateOffset(months=step_in_months(rows["period"]))
    whole = (after["period"].min().date(), end.date() - timedelta(days=1))
    found = baseline(type(shape)(after), period=whole, group="comparison", part_of_season=True)
    return None if isinstance(found, Refusal) else (found.value, found.low, found.high)


def _of_comparison_group(
    project: Project, benefit: Benefit, indicator: Indicator, known: Known, gaps: list[Gap]
) -> Input | None:
    choice = benefit.method
    shape = known.shapes.get(choice.data or "") if choice is not None else None
    if choice is None or shape is None or project.go_live is None or "comparison" not in shape.groups:
        gaps.append(_gap("no_comparison_rate", benefit))
        return None
    source = next(one for one in project.data if one.id == choice.data)
    if persons_by_group(shape, per=source.per).get("comparison", LIMIT) < LIMIT:
        gaps.append(_gap("no_comparison_rate", benefit))
        return None
    estimate = next((one for one in known.measured.estimates if one.benefit == benefit.id), None)
    alike = _alike(benefit, choice.options, estimate)
    if alike is False:
        gaps.append(_gap("comparison_rate_not_alike", benefit))
        return None
    told = comparison_rate(shape, go_live=project.go_live, options=choice.options)
    if told is None or told[0] <= 0:
        gaps.append(_gap("no_comparison_rate", benefit))
        return None
    if alike is None:
        gaps.append(_gap("comparison_not_known_alike", benefit))
    return _rate(
        benefit,
        indicator,
        told,
        "comparison_group",
        standing="one_project",
        source=project.said(source.source),
        gaps=gaps,
    )


def _alike(benefit: Benefit, options: Mapping[str, Any], estimate: Estimate | None) -> bool | None:
    """Whether the comparison group was chosen as the treated were: by the method's check, else as the plan says."""
    if estimate is not None:
        for check in estimate.checks:
            if check.code == "comparison_selected_alike":
                return check.passed
    said = options.get("comparison_selected_alike")
    if isinstance(said, bool):
        return said
    chosen = benefit.baseline is not None and benefit.baseline.selection is not None
    return True if not chosen and options.get("selected") is False else None


def _of_adjusted_baseline(
    project: Project, benefit: Benefit, indicator: Indicator, known: Known, gaps: list[Gap]
) -> Input | None:
    said = benefit.baseline
    moved = adjusted_baseline(project, benefit, known.baselines.get(benefit.id, _nothing(benefit)))
    if said is None or said.selection is None or moved.get("value", 0.0) <= 0:
        gaps.append(_gap("no_adjusted_baseline", benefit))
        return None
    told = (moved["value"], moved.get("low"), moved.get("high"))
    source = project.said(said.selection.source) or project.said(said.source)
    return _rate(benefit, indicator, told, "adjusted_baseline", standing=_standing(said), source=source, gaps=gaps)


def _of_raw_baseline(
    project: Project, benefit: Benefit, indicator: Indicator, known: Known, gaps: list[Gap]
) -> Input | None:
    said, valuation = benefit.baseline, benefit.valuation
    if said is None or valuation is None or said.value is None or said.value <= 0:
        gaps.append(_gap("no_raw_baseline", benefit))
        return None
    standing = _standing(said)
    if is_chosen(benefit):
        if valuation.raw_baseline_because is None:
            gaps.append(_gap("raw_baseline_of_chosen", benefit))
            return None
        gaps.append(_gap("raw_baseline_used", benefit))
        standing = "assumed"
    else:
        peak = known.baselines.get(benefit.id, _nothing(benefit)).peak
        if peak is not None and peak.passed is False:
            gaps.append(_gap("raw_baseline_after_peak", benefit))
            standing = "assumed"
    told, source = (said.value, said.low, said.high), project.said(said.source)
    return _rate(benefit, indicator, told, "raw_baseline", standing=standing, source=source, gaps=gaps)


def is_chosen(benefit: Benefit) -> bool:
    """Return whether a benefit's patients came in because they had been badly off, by the baseline or the method."""
    options = benefit.method.options if benefit.method is not None else {}
    declared = benefit.baseline is not None and benefit.baseline.selection is not None
    return declared or options.get("selected") is True or options.get("selection_at_least") is not None


def assumption_is_raw_baseline(benefit: Benefit, inputs: Mapping[str, Input]) -> bool:
    """Return whether an assumed rate is the raw baseline of chosen patients by another name.

    It is when it lies within the baseline's own interval, or is no better than it, though patients chosen in a bad
    period are expected to be better off by themselves.
    """
    said, rate, indicator = benefit.baseline, rate_of(benefit, inputs), benefit.indicator
    if said is None or said.value is None or rate is None or indicator is None or rate.worked_out_from:
        return False
    if not is_chosen(benefit) or rate.unit != indicator.unit:
        return False
    scale, own = PER_PATIENT_YEAR.get(rate.per), PER_PATIENT_YEAR.get(indicator.per)
    if scale is None or own is None:
        return False
    at, raw = rate.mean * scale, said.value * own
    if indicator.direction == "higher_is_better":
        limit = said.high * own if said.high is not None else raw
        return at <= limit * (1 + 1e-9)
    limit = said.low * own if said.low is not None else raw
    return at >= limit * (1 - 1e-9)


def _tell_of_raw_assumption(benefit: Benefit, inputs: Mapping[str, Input], gaps: list[Gap]) -> None:
    if assumption_is_raw_baseline(benefit, inputs):
        gaps.append(_gap("assumption_is_raw_baseline", benefit))


def _rate(
    benefit: Benefit,
    indicator: Indicator,
    told: tuple[float, float | None, float | None],
    source_of: WorkedOutFrom,
    *,
    standing: Standing,
    source: str,
    gaps: list[Gap],
) -> Input:
    value, low, high = told
    distribution: Distribution = Fixed(value=value)
    if low is not None and high is not None and low < value < high:
        distribution = rate_from_limits(rate=value, low=low, high=high)
    else:
        low, high = value, value
        gaps.append(_gap("rate_without_interval", benefit))
    return Input(
        name=f"{EXPECTED}{benefit.id}",
        title=None,
        distribution=distribution,
        mean=value,
        low=low,
        high=high,
        unit=indicator.unit,
        per=indicator.per,
        price_year=None,
        source=source,
        address="",
        standing=standing,
        worked_out_from=source_of,
    )


def _standing(said: Baseline) -> Standing:
    """Measured here, it is one project's; estimated, nobody has counted it."""
    return "one_project" if said.state == "measured" else "assumed"


def _nothing(benefit: Benefit) -> WorkedOut:
    return WorkedOut(benefit=benefit.id, data=None)


def _gap(code: str, benefit: Benefit, **parameters: Parameter) -> Gap:
    return Gap(code=code, subject=benefit.id, weight=WEIGHTS[code], parameters=parameters)
