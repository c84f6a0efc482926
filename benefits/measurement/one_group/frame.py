"""What every before-after method does around its own arithmetic: one group, its windows, and the checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from benefits.activity import Data, Panel, Responses, Series
from benefits.measurement.baselines import regression_to_the_mean
from benefits.measurement.checks.amount_peak import peak_of
from benefits.measurement.checks.data_checks import size_checks
from benefits.measurement.checks.influence import influence
from benefits.measurement.checks.missing import missing_data
from benefits.measurement.checks.placebo import placebo_in_group, placebo_in_time
from benefits.measurement.contract import Check, Estimate, Method, Refusal, Scale, graded, wrong_shape
from benefits.measurement.options import RateOptions
from benefits.measurement.preparation import Prepared, prepare, treated_group
from benefits.measurement.windows import calendar_checks, season_balanced

Arithmetic = Callable[[Prepared], Estimate | Refusal]
"""A method's own part: from the rows it may use to an estimate, with the checks only this method makes."""


def one_group(
    method: Method,
    data: Data,
    *,
    go_live: date,
    options: RateOptions,
    scale: Scale,
    arithmetic: Arithmetic,
    step: int | None = None,
) -> Estimate | Refusal:
    """Answer from the treated (or all, when the data name no groups), with everything that was looked at.

    Parameters
    ----------
    method
        Gives the id and the grade of the design.
    data
        Any shape; survey answers are refused.
    go_live
        First day of the service, for those without a start of their own.
    options
        As used.
    scale
        What the rows must bear: a ratio needs events on both sides.
    arithmetic
        The method's own part. It is used again by the checks on robustness.
    step
        Length of a period in months; None: as far as the periods are apart.
    """
    if isinstance(data, Responses):
        return wrong_shape(method.id, wants="panel")

    def prepared_from(other: Panel | Series, day: date, lag: int) -> Prepared | Refusal:
        group = treated_group(other)
        if group is None:
            return Refusal(method=method.id, code="nobody_treated", what_would_open_it="data_on_treated")
        windows = RateOptions(
            scale=scale,
            lag_months=lag,
            months_before=options.months_before,
            months_after=options.months_after,
            min_exposure=options.min_exposure,
        )
        return prepare(other, method=method.id, groups=(group,), go_live=day, options=windows, step=step)

    def again(other: Panel | Series, day: date, *, lag: int = options.lag_months) -> Estimate | Refusal:
        prepared = prepared_from(other, day, lag)
        return prepared if isinstance(prepared, Refusal) else arithmetic(prepared)

    prepared = prepared_from(data, go_live, options.lag_months)
    if isinstance(prepared, Refusal):
        return prepared
    estimate = arithmetic(prepared)
    if isinstance(estimate, Refusal):
        return estimate
    rows = prepared.windows.rows
    checks = (
        *design_checks(prepared, go_live=go_live, options=options, rose=estimate.effect > 0),
        *estimate.checks,
        # What is measured now and then has no periods that could be missing.
        *((missing_data(rows),) if step is None else ()),
        placebo_in_time(
            _only(data, prepared), go_live=go_live, again=lambda other, day: again(other, day, lag=0), whole_years=True
        ),
        *placebo_in_group(data, go_live=go_live, again=again),
        *influence(data, estimate=estimate, go_live=go_live, again=again, rows=rows),
    )
    return replace(estimate, checks=checks, grade=graded(method.grade, checks))


def design_checks(prepared: Prepared, *, go_live: date, options: RateOptions, rose: bool) -> tuple[Check, ...]:
    """Look at what a comparison of one group with itself stands or falls with: why these, which season, how many."""
    peak = peak_of(prepared.earlier, go_live, whole=prepared.whole, rose=rose)
    return (
        regression_to_the_mean.check(options, peak=peak, months_before=prepared.windows.months(0)),
        peak,
        season_balanced(prepared.windows),
        *size_checks(prepared),
        *calendar_checks(prepared.windows),
    )


def _only(data: Panel | Series, prepared: Prepared) -> Panel | Series:
    """The rows before the start of the group compared: nothing else is needed where nothing was done."""
    return type(data)(prepared.earlier)
