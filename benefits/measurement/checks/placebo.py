"""Placebo checks: the method used where nothing was done, in time or in a group, must find nothing."""

from __future__ import annotations

from datetime import date

import pandas as pd

from benefits.activity import Panel, Series
from benefits.activity.shapes import START
from benefits.activity.steps import month_numbers, step_in_months
from benefits.measurement.checks.again import Again, of_the_same_kind
from benefits.measurement.contract import Check, Estimate, Refusal
from benefits.measurement.windows import starts

YEAR = 12


def placebo_in_time(data: Panel | Series, *, go_live: date, again: Again, whole_years: bool) -> Check:
    """Check that the method finds no effect of a start that was none, before the real one.

    Only periods that end by the start (a person's or unit's own, where it has one) are used.

    Parameters
    ----------
    data
        Activity data.
    go_live
        First day of the service, for those without a start of their own.
    again
        The method.
    whole_years
        The year before the start against whole years before that, so that season is not taken for an effect; what a
        method without a comparison group needs. Otherwise what there is before the start is halved.

    Returns
    -------
    Check
        Unknown when there is too little before the start for the method to answer; parameters ``rate_effect``,
        ``rate_low`` and ``rate_high``.

    References
    ----------
    Abadie A. Using synthetic controls: feasibility, data requirements, and methodological aspects. J Econ Lit
    2021;59:391-425, section 4 (backdating).
    """
    rows = data.rows()
    until = month_numbers(starts(rows, go_live=go_live)) - month_numbers(rows["period"])
    step = step_in_months(rows["period"])
    reach = int(until.max())
    # A method needs two periods on a side.
    back = max(YEAR, 2 * step) if whole_years else reach // (2 * step) * step
    longest = reach // YEAR * YEAR if whole_years else reach
    kept = rows[(until >= step) & (until <= longest)]
    if back < 2 * step or longest < 2 * back or kept.empty:
        return Check(code="placebo_in_time", passed=None)
    if START in kept:
        kept = kept.assign(**{START: _earlier(kept[START], months=back)})
    passed, parameters = _seen(again(of_the_same_kind(data, kept), _earlier_day(go_live, months=back)))
    return Check(code="placebo_in_time", passed=passed, parameters=parameters)


def placebo_in_group(data: Panel | Series, *, go_live: date, again: Again) -> tuple[Check, ...]:
    """Check that a method without a comparison group finds no effect in the group that did not get the service.

    Returns
    -------
    tuple of Check
        Empty when the data have no comparison group beside the treated.
    """
    if not {"treated", "comparison"} <= set(data.groups):
        return ()
    rows = data.rows()
    pretended = rows[rows["group"] == "comparison"].assign(group="treated")
    passed, parameters = _seen(again(of_the_same_kind(data, pretended), go_live))
    return (Check(code="placebo_in_group", passed=passed, parameters=parameters),)


def placebo_in_units(data: Panel | Series, *, go_live: date, again: Again) -> tuple[Check, ...]:
    """Check that a method with a comparison group finds no effect between the units of that group.

    Every other unit, from the one with most exposure on, is taken as treated and the rest as its comparison.

    Returns
    -------
    tuple of Check
        Empty when the comparison group has fewer than two units; unknown when there are too few of them for the method.
    """
    rows = data.rows()
    rows = rows[rows["group"] == "comparison"]
    sizes = rows.groupby("unit")["exposure"].sum().reset_index()
    if len(sizes) < 2:
        return ()
    largest_first = sizes.sort_values(["exposure", "unit"], ascending=[False, True])["unit"]
    pretended = rows["unit"].isin(largest_first.iloc[::2])
    rows = rows.assign(group=rows["group"].mask(pretended, "treated"))
    passed, parameters = _seen(again(of_the_same_kind(data, rows), go_live))
    return (Check(code="placebo_in_group", passed=passed, parameters=parameters),)


def _seen(answer: Estimate | Refusal) -> tuple[bool | None, dict[str, float]]:
    """Whether nothing was found, and what was."""
    if isinstance(answer, Refusal):
        return None, {}
    return answer.includes_zero, {"rate_effect": answer.effect, "rate_low": answer.low, "rate_high": answer.high}


def _earlier(days: pd.Series, *, months: int) -> pd.Series:
    return days - pd.DateOffset(months=months)


def _earlier_day(day: date, *, months: int) -> date:
    earlier: pd.Timestamp = pd.Timestamp(day) - pd.DateOffset(months=months)
    return earlier.date()
