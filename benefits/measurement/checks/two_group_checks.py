"""Checks on the robustness of a comparison of two groups: a false start, a false group, the heaviest users, holes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from benefits.activity import Panel, Series
from benefits.measurement.checks.data_checks import over_dispersion
from benefits.measurement.checks.influence import influence
from benefits.measurement.checks.missing import missing_data
from benefits.measurement.checks.placebo import placebo_in_time, placebo_in_units
from benefits.measurement.contract import Estimate, Method, Refusal, graded
from benefits.measurement.preparation import Prepared
from benefits.measurement.two_groups.clustering import Level
from benefits.measurement.two_groups.group_options import GroupOptions

Answer = Callable[[Panel | Series, date, GroupOptions], Estimate | Refusal]
"""The method's own part: data, first day and options to an answer, without these checks."""


def with_robustness(
    estimate: Estimate,
    *,
    method: Method,
    data: Panel | Series,
    go_live: date,
    prepared: Prepared,
    level: Level,
    options: GroupOptions,
    answer: Answer,
    same_persons: bool = True,
) -> Estimate:
    """Add the checks that need the method once more, and grade again.

    Parameters
    ----------
    estimate
        Of the method on all the data.
    method
        Gives the grade of the design.
    data, go_live, prepared, options
        As the estimate was made with.
    level
        What the clusters are.
    answer
        The method's own part. A false start has no time of taking up; otherwise the options are the same.
    same_persons
        Whether each person should be there all the time, so that months can be missing.
    """
    rows = prepared.windows.rows
    within = type(data)(rows.drop(columns="post"))
    again = partial(_again, answer=answer, options=options)
    at_once = partial(_again, answer=answer, options=replace(options, lag_months=0))
    checks = (
        *estimate.checks,
        *over_dispersion(prepared, allowed_for=True),
        *((missing_data(rows),) if same_persons else ()),
        placebo_in_time(within, go_live=go_live, again=at_once, whole_years=False),
        *(placebo_in_units(within, go_live=go_live, again=again) if level == "unit" else ()),
        *influence(within, estimate=estimate, go_live=go_live, again=again, rows=rows),
    )
    return replace(estimate, checks=checks, grade=graded(method.grade, checks))


def _again(data: Panel | Series, go_live: date, *, answer: Answer, options: GroupOptions) -> Estimate | Refusal:
    return answer(data, go_live, options)
