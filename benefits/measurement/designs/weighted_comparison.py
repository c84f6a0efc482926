"""Weighted comparison: the treated against a comparison group weighted to be like them before the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from benefits.activity import Data, Panel, Series
from benefits.activity.frames import shape_of
from benefits.measurement.answer import answered
from benefits.measurement.checks.data_checks import over_dispersion
from benefits.measurement.checks.influence import influence
from benefits.measurement.checks.missing import missing_data
from benefits.measurement.contract import Detail, Estimate, Refusal, graded, wrong_shape
from benefits.measurement.options import read_options
from benefits.measurement.preparation import Prepared, no_spread, prepare
from benefits.measurement.two_groups.balance import largest
from benefits.measurement.two_groups.clustering import unit_checks, units_of
from benefits.measurement.two_groups.comparable import GROUPS, selected_alike, staggered, starts_alike, unsuitable
from benefits.measurement.two_groups.covariates import covariates_of
from benefits.measurement.two_groups.person_history import persons_of
from benefits.measurement.two_groups.weighted_options import WeightedOptions
from benefits.measurement.two_groups.weighting import Comparison, compared, weighting_checks
from benefits.measurement.windows import calendar_checks
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedComparison:
    """The treated's rate after against that of a comparison group weighted to the treated's own history.

    Weights by entropy balancing or by the odds of having been treated, so that the comparison group has the treated's
    means; the effect is that on the treated. The standard error is robust and knows that the weights were estimated.

    References
    ----------
    Hainmueller (2012), Political Analysis 20:25-46. Hirano, Imbens and Ridder (2003), Econometrica 71:1161-1189.
    Austin (2009), Statistics in Medicine 28:3083-3107. Daw and Hatfield (2018), Health Services Research 53:4138-4156
    (why groups that differ beforehand should not be made alike by their history).
    """

    id: str = "weighted_comparison"
    grade: Grade = "controlled"
    references: tuple[str, ...] = (
        "Hainmueller J. Entropy balancing for causal effects. Political Analysis 2012;20:25-46.",
        "Hirano K, Imbens GW, Ridder G. Efficient estimation of average treatment effects using the estimated "
        "propensity score. Econometrica 2003;71:1161-1189.",
        "Austin PC. Balance diagnostics for comparing the distribution of baseline covariates between treatment groups "
        "in propensity-score matched samples. Stat Med 2009;28:3083-3107.",
        "Daw JR, Hatfield LA. Matching and regression to the mean in difference-in-differences analysis. "
        "Health Serv Res 2018;53:4138-4156.",
    )
    assumptions: tuple[str, ...] = (
        "nothing_unmeasured_differs",
        "same_kind_of_population",
        "no_effect_on_comparison",
        "recorded_the_same_way",
    )
    options: type[WeightedOptions] = WeightedOptions

    def estimate(
        self,
        data: Data,
        *,
        benefit: str,
        indicator: str,
        go_live: date,
        options: Mapping[str, Any],
    ) -> Estimate | Refusal:
        """Answer from a panel, with each person's own rate in the parts of the time before as covariates.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value that cannot be used.

        Examples
        --------
        Hand-worked: before, the treated have 1 and 1 a month, the comparison 0, 1 and 2. Balanced, these weigh a third
        each and their mean after is (1 + 1 + 4) / 3 = 2; the treated have 1.

        >>> counts = {"t1": [1, 1], "t2": [1, 1], "c0": [0, 1], "c1": [1, 1], "c2": [2, 4]}
        >>> frame = pd.concat(pd.DataFrame({"person": who, "unit": "", "exposure": 1.0,
        ...                                 "group": "treated" if who[0] == "t" else "comparison",
        ...                                 "period": pd.to_datetime(["2023-12-01", "2024-01-01"]), "count": count})
        ...                   for who, count in counts.items())
        >>> answer = WeightedComparison().estimate(Panel(frame), benefit="g1", indicator="admissions",
        ...                                        go_live=date(2024, 1, 1), options={"history_parts": 1})
        >>> round(answer.observed, 4), round(answer.counterfactual, 4), round(answer.effect, 4)
        (1.0, 2.0, -1.0)
        """
        return _compared(self, data, None, benefit, indicator, go_live, read_options(self.options, options))


def compare_weighted(
    frame: pd.DataFrame,
    *,
    covariates: Sequence[str],
    go_live: date,
    options: Mapping[str, Any] | None = None,
    benefit: str = "",
    indicator: str = "",
) -> Estimate | Refusal:
    """Answer from a plain table with further covariates in columns of their own, beside the persons' history.

    Parameters
    ----------
    frame
        As for :func:`benefits.measurement.apply`, one row per person and period, with the covariates' columns: numbers,
        or words, which become one covariate for each word but the first. Each has one value per person.
    covariates
        Names of the columns.
    go_live
        First day of the service.
    options
        The method's own; its defaults for the rest.
    benefit, indicator
        Ids that the answer carries.

    Raises
    ------
    InvalidInput
        When the table cannot be used, with every problem.
    InvalidOption
        When an option is unknown or has a value that cannot be used.

    Examples
    --------
    >>> people = {"t1": (50, [1, 1]), "t2": (70, [0, 1]), "c1": (50, [1, 1]), "c2": (60, [0, 2]), "c3": (70, [1, 3])}
    >>> frame = pd.concat(pd.DataFrame({"person": who, "age": age,
    ...                                 "group": "treated" if who[0] == "t" else "comparison",
    ...                                 "period": pd.to_datetime(["2023-12-01", "2024-01-01"]), "count": count})
    ...                   for who, (age, count) in people.items())
    >>> answer = compare_weighted(frame, covariates=["age"], go_live=date(2024, 1, 1), options={"history_parts": 1})
    >>> round(answer.details["largest_difference_after"].value, 6)
    0.0
    """
    method = WeightedComparison()
    chosen = read_options(method.options, dict(options or {}))
    extra = covariates_of(frame, names=covariates, method=method.id)
    if isinstance(extra, Refusal):
        return extra
    return _compared(method, shape_of(frame), extra, benefit, indicator, go_live, chosen)


def _compared(
    method: WeightedComparison,
    data: Data,
    extra: pd.DataFrame | None,
    benefit: str,
    indicator: str,
    go_live: date,
    options: WeightedOptions,
) -> Estimate | Refusal:
    if not isinstance(data, Panel):
        return wrong_shape(method.id, wants="panel")
    prepared = _prepared(method, data, go_live, options)
    if isinstance(prepared, Refusal):
        return prepared
    estimate = _estimated(method, data, prepared, extra, benefit, indicator, go_live, options)
    # Those left are numbered anew, and further covariates could not be told to be whose.
    if isinstance(estimate, Refusal) or extra is not None:
        return estimate

    def again(other: Panel | Series, day: date) -> Estimate | Refusal:
        assert isinstance(other, Panel)
        fewer = _prepared(method, other, day, options)
        if isinstance(fewer, Refusal):
            return fewer
        return _estimated(method, other, fewer, None, benefit, indicator, day, options)

    rows = prepared.windows.rows
    checks = (*estimate.checks, *influence(data, estimate=estimate, go_live=go_live, again=again, rows=rows))
    return replace(estimate, checks=checks, grade=graded(method.grade, checks))


def _prepared(method: WeightedComparison, data: Panel, go_live: date, options: WeightedOptions) -> Prepared | Refusal:
    refusal = unsuitable(data, method=method.id, cluster=options.cluster) or staggered(
        data, method=method.id, go_live=go_live
    )
    if refusal is not None:
        return refusal
    return prepare(data, method=method.id, groups=GROUPS, go_live=go_live, options=options)


def _estimated(
    method: WeightedComparison,
    data: Panel,
    prepared: Prepared,
    extra: pd.DataFrame | None,
    benefit: str,
    indicator: str,
    go_live: date,
    options: WeightedOptions,
) -> Estimate | Refusal:
    persons = persons_of(prepared.windows.rows, go_live=go_live, parts=options.history_parts, extra=extra)
    found = compared(persons, options)
    if found is None:
        return Refusal(method=method.id, code="no_overlap", what_would_open_it="comparison_more_alike")
    refusal = no_spread(found.fit, method=method.id)
    if refusal is not None:
        return refusal
    cells = prepared.cells[prepared.cells["cluster"].isin(persons.frame.index)]
    units = units_of(prepared.windows.rows)
    estimate = answered(
        method,
        benefit=benefit,
        indicator=indicator,
        options=options,
        prepared=replace(prepared, cells=cells),
        fit=found.fit,
        counterfactual=found.counterfactual,
        checks=(
            *weighting_checks(persons, found, options=options),
            selected_alike(options),
            *starts_alike(data, go_live=go_live),
            *unit_checks(units, level=options.cluster, named=bool((data.rows()["unit"] != "").any()), bootstrap=False),
            missing_data(prepared.windows.rows),
            *over_dispersion(prepared, allowed_for=True),
            *calendar_checks(prepared.windows),
        ),
    )
    return replace(estimate, details={**estimate.details, **_details(found)})


def _details(found: Comparison) -> dict[str, Detail]:
    return {
        "largest_difference_before": Detail(value=largest(found.table["before"]), unit="ratio"),
        "largest_difference_after": Detail(value=largest(found.table["after"]), unit="ratio"),
        "effective_sample_size": Detail(value=found.weighted.effective, unit="count"),
        "largest_weight": Detail(value=float(found.weighted.weights.max()), unit="share"),
    }
