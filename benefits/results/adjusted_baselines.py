"""What persons chosen in a bad period return to by themselves: the baseline that later sums may multiply by."""

from __future__ import annotations

from collections.abc import Mapping

from benefits.measurement.baselines.adjusted_baseline import adjusted_mean, adjusted_rate
from benefits.measurement.baselines.baseline_figure import BaselineFigure
from benefits.project.benefit import Baseline, Benefit, Selection
from benefits.project.model import Project
from benefits.results.baselines import EVENTS, WorkedOut, gap_months

YEAR = 12


def adjusted_baseline(project: Project, benefit: Benefit, worked: WorkedOut) -> Mapping[str, float]:
    """Return ``value``, and ``low`` and ``high`` where the baseline has them; nothing where the plan says too little.

    A rate of events needs the spread of rates in the population, and a baseline that holds all the rule looked at. A
    measurement needs the population's mean and the correlation between two measurements.

    Parameters
    ----------
    project
        With its baselines put in.
    benefit
        With a baseline and a rule of selection.
    worked
        What data gave for it.
    """
    said, indicator = benefit.baseline, benefit.indicator
    rule = said.selection if said is not None else None
    if said is None or rule is None or indicator is None or said.value is None:
        return {}
    stated = {name: at for name in ("value", "low", "high") if (at := getattr(said, name)) is not None}
    if by_rate(benefit):
        if worked.figure is not None and (
            gap_months(project, worked.figure) or left_out_within(project, worked.figure, rule)
        ):
            # What they were chosen by is not all in the baseline, and what it would say of them is another sum.
            return {}
        m, k, months = rule.population_rate, rule.population_dispersion, months_of(said, rule, worked)
        if m is None or k is None or months is None or months < (rule.window_months or YEAR):
            return {}
        return {
            name: adjusted_rate(at, years=months / YEAR, population_rate=m, population_dispersion=k)
            for name, at in stated.items()
        }
    mean, correlation = rule.population_mean, rule.correlation
    if mean is None or correlation is None:
        return {}
    averaged = rule.measurements or 1
    return {
        name: adjusted_mean(at, mean=mean, correlation=correlation, measurements=averaged)
        for name, at in stated.items()
    }


def by_rate(benefit: Benefit) -> bool:
    """Return whether what a benefit counts is a rate of events per person-year, and not a mean of measurements."""
    indicator = benefit.indicator
    return indicator is not None and indicator.unit in EVENTS and indicator.per == "person_year"


def left_out_within(project: Project, figure: BaselineFigure, rule: Selection) -> int:
    """Return how many of the months left out as abnormal the rule of selection looked at."""
    if project.go_live is None or rule.window_months is None:
        return 0
    start = project.go_live.year * YEAR + project.go_live.month - 1
    months = (int(one[:4]) * YEAR + int(one[5:]) - 1 for one in figure.left_out)
    return sum(1 <= start - month <= rule.window_months for month in months)


def months_of(said: Baseline, rule: Selection | None, worked: WorkedOut) -> int | None:
    """Return the length of a baseline: as worked out, as its period says, else the months the rule looks at."""
    if worked.figure is not None and worked.figure.months:
        return worked.figure.months - worked.figure.lacking
    if said.period is not None:
        return max(1, round(((said.period.end - said.period.start).days + 1) / 365.25 * YEAR))
    return rule.window_months if rule is not None else None
