"""Staggered starts: units or persons that began at different times, each against those that had not begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from scipy import stats

from benefits.activity import Data, Panel, Responses, Series
from benefits.errors import Parameter
from benefits.measurement.answer import estimated
from benefits.measurement.checks.data_checks import FEW_PERSONS, SIGNIFICANT
from benefits.measurement.checks.influence import influence
from benefits.measurement.checks.missing import missing_data
from benefits.measurement.contract import Check, Detail, Estimate, Refusal, graded, wrong_shape
from benefits.measurement.options import read_options
from benefits.measurement.preparation import treated_group
from benefits.measurement.two_groups.clustering import Level
from benefits.measurement.two_groups.comparable import selected_alike
from benefits.measurement.two_groups.group_options import MOST_BINS, GroupOptions, one_of
from benefits.measurement.two_groups.group_time import GroupTime, Histories, group_time
from benefits.measurement.two_groups.group_words import Controls
from benefits.measurement.two_groups.histories import Starters, Whole, starters_of
from benefits.measurement.two_groups.wild_bootstrap import FEW_CLUSTERS
from benefits.vocabulary import Grade, words

BIN_MONTHS = 3
PLACEBO_MONTHS = 6
CLEAN_SHARE = 0.8
WHOLE_UNITS = 12
"""Units in all, for them to be the clusters of a panel when nobody has said what should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaggeredOptions(GroupOptions):
    """Options of the comparison with those not yet started.

    Attributes
    ----------
    controls
        ``not_yet``: those who have not started, and those who never will; ``never``: only the latter.

    Raises
    ------
    InvalidOption
        When a value is outside its bounds.
    """

    controls: Controls = "not_yet"

    def __post_init__(self) -> None:
        GroupOptions.__post_init__(self)
        one_of("controls", self.controls, words(Controls))


@dataclass(frozen=True, slots=True, kw_only=True)
class StaggeredStarts:
    """Effects per starting month and period, put together; nobody who has started is ever a comparison.

    A regression with one effect and fixed effects of unit and period would compare late starters with early ones, whose
    own effect may still be growing, and is not offered.

    References
    ----------
    Callaway and Sant'Anna (2021), Journal of Econometrics 225:200-230. Goodman-Bacon (2021), Journal of Econometrics
    225:254-277. Wooldridge (2023), Econometrics Journal 26:C31-C66.
    """

    id: str = "staggered_starts"
    grade: Grade = "controlled"
    references: tuple[str, ...] = (
        "Callaway B, Sant'Anna PHC. Difference-in-differences with multiple time periods. J Econometrics "
        "2021;225:200-230.",
        "Goodman-Bacon A. Difference-in-differences with variation in treatment timing. J Econometrics "
        "2021;225:254-277.",
        "Wooldridge JM. Simple approaches to nonlinear difference-in-differences with panel data. "
        "Econometrics Journal 2023;26:C31-C66.",
    )
    assumptions: tuple[str, ...] = (
        "parallel_trends",
        "start_not_chosen_by_need",
        "no_anticipation",
        "no_effect_on_comparison",
        "recorded_the_same_way",
    )
    options: type[StaggeredOptions] = StaggeredOptions

    def estimate(
        self,
        data: Data,
        *,
        benefit: str,
        indicator: str,
        go_live: date,
        options: Mapping[str, Any],
    ) -> Estimate | Refusal:
        """Answer from rows with a column ``start``; the treated without one started when the service went live.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value that cannot be used.

        Examples
        --------
        Hand-worked: A starts in March and falls from 5 to 3 a month, B in April and falls from 5 to 4; C and D stay.
        A loses 2 in March and in April, B 1 in April: mean (2 + 2 + 1) / 3.

        >>> import pandas as pd
        >>> from benefits.activity import Series
        >>> counts = {"A": [5, 5, 3, 3], "B": [5, 5, 5, 4], "C": [5, 5, 5, 5], "D": [6, 6, 6, 6]}
        >>> begun = {"A": "2024-03-01", "B": "2024-04-01", "C": None, "D": None}
        >>> frame = pd.concat(pd.DataFrame({"period": pd.date_range("2024-01-01", periods=4, freq="MS"), "unit": unit,
        ...                                 "group": "treated" if begun[unit] else "comparison", "count": count,
        ...                                 "exposure": 1.0, "start": pd.to_datetime(begun[unit])})
        ...                   for unit, count in counts.items())
        >>> answer = StaggeredStarts().estimate(Series(frame), benefit="g1", indicator="admissions",
        ...                                     go_live=date(2024, 3, 1), options={"scale": "difference"})
        >>> round(answer.effect, 4), round(answer.observed, 4)
        (-1.6667, 3.3333)
        """
        chosen = read_options(self.options, options)
        if isinstance(data, Responses):
            return wrong_shape(self.id, wants="panel")
        estimate = self._once(data, benefit=benefit, indicator=indicator, go_live=go_live, options=chosen)
        if isinstance(estimate, Refusal):
            return estimate

        def again(other: Panel | Series, day: date) -> Estimate | Refusal:
            return self._once(other, benefit=benefit, indicator=indicator, go_live=day, options=chosen)

        rows = data.rows()
        checks = (
            *estimate.checks,
            # Each history is looked at whole: nothing is left out of it around the start.
            missing_data(rows.assign(post=0)),
            *influence(data, estimate=estimate, go_live=go_live, again=again, rows=rows),
        )
        return replace(estimate, checks=checks, grade=graded(self.grade, checks))

    def _once(
        self, data: Panel | Series, *, benefit: str, indicator: str, go_live: date, options: StaggeredOptions
    ) -> Estimate | Refusal:
        """Answer without looking at the same method on other data."""
        if treated_group(data) is None:
            return Refusal(method=self.id, code="nobody_treated", what_would_open_it="data_on_treated")
        if options.cluster == "period" or (options.cluster == "person" and not isinstance(data, Panel)):
            return wrong_shape(self.id, wants="panel")
        starters = starters_of(data, go_live=go_live, options=options)
        found = _found(starters.histories, options)
        if found is None:
            return Refusal(
                method=self.id, code="no_clean_comparison", what_would_open_it="some_not_yet_started_or_never"
            )
        if found.exposure < options.min_exposure:
            return Refusal(
                method=self.id,
                code="too_little_exposure",
                parameters={
                    "group": "treated",
                    "side": "after",
                    "exposure": found.exposure,
                    "least": options.min_exposure,
                },
                what_would_open_it="longer_after",
            )
        if options.scale == "ratio" and not (found.observed > 0 and found.counterfactual > 0):
            return Refusal(
                method=self.id,
                code="no_events",
                parameters={"group": "treated", "side": "after"},
                what_would_open_it="difference_scale_or_longer_window",
            )
        return _answered(self, benefit, indicator, options, data, starters, found)


def _found(histories: Histories, options: StaggeredOptions, *, earlier: int = 0) -> GroupTime | None:
    return group_time(
        histories,
        scale=options.scale,
        never_only=options.controls == "never",
        months_before=options.months_before,
        months_after=options.months_after,
        earlier=earlier,
    )


def _answered(
    method: StaggeredStarts,
    benefit: str,
    indicator: str,
    options: StaggeredOptions,
    data: Panel | Series,
    starters: Starters,
    found: GroupTime,
) -> Estimate | Refusal:
    level = _level(data, starters, options)
    clusters = starters.units if level == "unit" else starters.actors
    number = len(np.unique(clusters))
    se, share = _error(found, clusters, options)
    if number < 3 or not se > 1e-12:
        return Refusal(method=method.id, code="no_spread", what_would_open_it="more_units_or_persons")
    checks = (
        selected_alike(options),
        _clean(found),
        *_early(starters),
        _enough(level, number, starters),
        _placebo(starters.histories, options, clusters),
        Check(code="last_month_complete", passed=None, parameters={"month": starters.last_month}),
    )
    return estimated(
        method,
        benefit=benefit,
        indicator=indicator,
        options=options,
        scale=options.scale,
        observed=found.observed,
        baseline=found.baseline,
        counterfactual=found.counterfactual,
        se=se,
        df=number - 2,
        observed_share=share,
        n=starters.started if isinstance(data, Panel) else len({period for _, period, *_ in found.cells}),
        exposure=found.exposure,
        checks=checks,
        details=_by_time_since(found, starters.histories, options),
    )


def _level(data: Panel | Series, starters: Starters, options: StaggeredOptions) -> Level:
    """What varies by itself: units in a series; in a panel units too, when each starts as a whole and they are many."""
    if options.cluster in {"person", "unit"}:
        return options.cluster
    many = starters.units_started + starters.units_never >= WHOLE_UNITS
    return "person" if isinstance(data, Panel) and not (starters.whole_units and many) else "unit"


def _error(found: GroupTime, clusters: Whole, options: StaggeredOptions) -> tuple[float, float]:
    """Standard error on the scale of estimation, and the share of a deviation that is the observed rate's own."""
    seen, expected = found.moved_observed, found.moved_counterfactual
    if options.scale == "ratio":
        seen, expected = seen / found.observed, expected / found.counterfactual
    _, codes = np.unique(clusters, return_inverse=True)
    own, off = np.bincount(codes, weights=seen), np.bincount(codes, weights=seen - expected)
    variance = float(off @ off)
    share = float(np.clip(own @ off / variance, 0, 1)) if options.scale == "ratio" and variance > 0 else 0.0
    factor = len(off) / (len(off) - 1) if len(off) > 1 else float("nan")
    return (factor * variance) ** 0.5, share


def _by_time_since(found: GroupTime, histories: Histories, options: StaggeredOptions) -> dict[str, Detail]:
    """The effect in each quarter since the start, all starting months together; the far ones pooled."""
    sums: dict[int, list[float]] = {}
    for first, period, size, seen, expected in found.cells:
        number = min((int(histories.months[period]) - first) // BIN_MONTHS, MOST_BINS - 1)
        held = sums.setdefault(number, [0.0, 0.0, 0.0])
        held[0], held[1], held[2] = held[0] + size, held[1] + size * seen, held[2] + size * expected
    if options.scale == "ratio":
        return {
            f"lag_{number + 1}": Detail(value=seen / expected, unit="ratio")
            for number, (_, seen, expected) in sorted(sums.items())
            if expected > 0
        }
    return {
        f"lag_{number + 1}": Detail(value=(seen - expected) / size)
        for number, (size, seen, expected) in sorted(sums.items())
    }


def _clean(found: GroupTime) -> Check:
    """Check how much of the time after the start had somebody untouched to be compared with."""
    share = found.exposure / (found.exposure + found.left_out)
    return Check(code="clean_comparison", passed=share >= CLEAN_SHARE, parameters={"share": share})


def _early(starters: Starters) -> tuple[Check, ...]:
    """Name how many had started before the data begin, who can tell nothing of a change and are left out."""
    if not starters.left_out:
        return ()
    return (Check(code="early_starters_left_out", passed=True, parameters={"count": starters.left_out}),)


def _enough(level: str, number: int, starters: Starters) -> Check:
    if level == "unit":
        parameters = {"treated": starters.units_started, "comparison": starters.units_never, "few": FEW_CLUSTERS}
        return Check(code="enough_units", passed=number >= FEW_CLUSTERS, parameters=parameters)
    sizes = {"treated": starters.started, "comparison": starters.never}
    return Check(
        code="enough_persons", passed=starters.started >= FEW_PERSONS, parameters={**sizes, "few": FEW_PERSONS}
    )


def _placebo(histories: Histories, options: StaggeredOptions, clusters: Whole) -> Check:
    """Pretend that everybody started half a year earlier: in the months until they did there should be no effect."""
    months: dict[str, Parameter] = {"months": PLACEBO_MONTHS}
    found = _found(histories, options, earlier=PLACEBO_MONTHS)
    if found is None or (options.scale == "ratio" and min(found.observed, found.counterfactual) <= 0):
        return Check(code="placebo_start", passed=None, parameters=months)
    se, _ = _error(found, clusters, options)
    if not se > 0:
        return Check(code="placebo_start", passed=None, parameters=months)
    gap = found.observed - found.counterfactual
    if options.scale == "ratio":
        gap = float(np.log(found.observed / found.counterfactual))
    p = 2 * float(stats.t.sf(abs(gap) / se, max(1, len(np.unique(clusters)) - 2)))
    return Check(code="placebo_start", passed=p >= SIGNIFICANT, parameters={**months, "p": p})
