"""The situation a benefit is measured in: that of its data, else that the plan says there will be by the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from benefits.activity import Data
from benefits.activity.steps import YEAR
from benefits.measurement.advice import Situation, situation_of
from benefits.measurement.advice.caveats import TWO_GROUPS
from benefits.measurement.advice.situation import Comparison, Kind
from benefits.measurement.checks.data_checks import FEW_PERSONS
from benefits.measurement.options import RateOptions
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.results.data_request import BY_JUDGEMENT, SEASONS, TIMED, RequestPage, suited
from benefits.results.power.frozen_analysis import BESIDE, COUNTED
from benefits.results.reading import months_on
from benefits.vocabulary import Unit

_KINDS: Mapping[Unit, Kind] = {"share": "shares", "minutes": "minutes", "points": "scores"}
_WINDOWS = ("lag_months", "months_before", "months_after")


def verdict_by(benefit: Benefit, as_of: date) -> date | None:
    """Return the next date of verdict, else the last one, else the target's date."""
    days = sorted(benefit.method.verdict_dates) if benefit.method is not None else []
    ahead = [day for day in days if day >= as_of]
    if days:
        return ahead[0] if ahead else days[-1]
    return benefit.target.date if benefit.target is not None else None


def kind_of(benefit: Benefit) -> Kind:
    """Return what is measured, by the method chosen and the unit of the indicator."""
    assert benefit.indicator is not None, "only indicators are measured"
    if benefit.method is not None and benefit.method.id in BY_JUDGEMENT:
        return "reported"
    if benefit.method is not None and benefit.method.id == TIMED:
        return "minutes"
    unit = benefit.indicator.unit
    return "events" if unit in COUNTED else _KINDS.get(unit, "amounts")


def from_data(benefit: Benefit, shape: Data, *, go_live: date) -> Situation:
    """Return the situation of a benefit's data, within the windows its method uses."""
    options = _options(benefit)
    return situation_of(
        shape,
        go_live=go_live,
        kind=kind_of(benefit),
        selected=_selected(benefit),
        comparison_selected_alike=options.get("comparison_selected_alike"),
        options=RateOptions(**{name: options[name] for name in _WINDOWS if name in options}),
    )


def from_plan(
    project: Project, benefit: Benefit, page: RequestPage | None, *, by: date | None, as_of: date
) -> Situation:
    """Return the situation a benefit will be in by a date, if what the plan asks for is collected.

    Parameters
    ----------
    project, benefit
        The plan.
    page
        What is asked for; None when nothing is, and whole years before the start are taken to be had.
    by
        The date of the verdict; None where there is none, and the data asked for are taken whole.
    as_of
        Date of the report: a baseline that was to be measured and was not, is lost once the service has begun.
    """
    kind, start = kind_of(benefit), project.go_live
    if kind == "reported":
        return Situation(kind=kind, rows=None)
    first, last = (page.first, page.last) if page is not None else _asked_for(project)
    ends = by or last
    after = _months(start, ends) if start is not None and ends is not None else 0
    before = _months(first, start) if first is not None and start is not None else 0
    shape = page.shape if page is not None else suited(benefit)
    volume = project.volume((ends or as_of).year, benefit) or max(
        (project.volume(year, benefit) for year in project.years), default=0.0
    )
    persons, asked = round(volume), _asked_before(benefit, started=start is not None and start <= as_of)
    if shape == "responses":
        return Situation(
            kind="scores",
            rows="responses",
            before=int(asked),
            after=int(after > 0),
            persons=persons,
            selected=_selected(benefit),
        )
    if kind in {"minutes", "scores"}:
        # How often it will be timed the plan does not say: often enough, as the method has it.
        return Situation(
            kind=kind,
            before=FEW_PERSONS if asked else 0,
            after=FEW_PERSONS if after > 0 else 0,
            selected=_selected(benefit),
        )
    rows = "series" if shape == "series" or not persons else "panel"
    comparison = _planned_comparison(benefit)
    others = persons if rows == "panel" and comparison != "none" else 0
    units = int(comparison != "none")
    return Situation(
        kind=kind,
        rows="panel" if rows == "panel" else "series",
        before=max(0, before),
        after=max(0, after),
        persons=persons if rows == "panel" else 0,
        comparison_persons=others,
        comparison=comparison,
        comparison_units=units,
        untouched=others or units,
        selected=_selected(benefit),
        each=1 if kind == "shares" and rows == "panel" else None,
    )


def _asked_for(project: Project) -> tuple[date | None, date | None]:
    """First and last day of whole years on both sides of the start."""
    start = project.go_live
    if start is None:
        return None, None
    return months_on(start, -YEAR * SEASONS), months_on(start, YEAR * project.horizon_years) - timedelta(days=1)


def _asked_before(benefit: Benefit, *, started: bool) -> bool:
    """Whether there is, or can still be, something asked or timed before the start to compare with."""
    baseline = benefit.baseline
    if baseline is None:
        return not started
    return baseline.state == "measured" or (baseline.state == "planned" and not started)


def _planned_comparison(benefit: Benefit) -> Comparison:
    if benefit.method is None or benefit.method.id not in TWO_GROUPS | BESIDE:
        return "none"
    alike = _options(benefit).get("comparison_selected_alike")
    return "not_told" if alike is None else "selected_alike" if alike else "unselected"


def _selected(benefit: Benefit) -> bool | None:
    """Whether those in the service were chosen in a bad period: a rule the plan declares cannot be unsaid."""
    if benefit.baseline is not None and benefit.baseline.selection is not None:
        return True
    said = _options(benefit).get("selected")
    return said if isinstance(said, bool) else None


def _options(benefit: Benefit) -> Mapping[str, Any]:
    return benefit.method.options if benefit.method is not None else {}


def _months(first: date, end: date) -> int:
    """Whole months from the one a day is in to the end of the one another is in, or its start when it is the first."""
    return (end.year - first.year) * 12 + end.month - first.month + (end.day > 27)
