"""Time study: minutes a task takes before and after, and what that is in hours and full-time years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from benefits.activity import Data, Responses
from benefits.measurement.answer import estimated
from benefits.measurement.baselines import regression_to_the_mean
from benefits.measurement.checks.amount_peak import amount_peak_before_start
from benefits.measurement.checks.data_checks import FEW_PERSONS
from benefits.measurement.contract import Check, Detail, Estimate, Refusal, wrong_shape
from benefits.measurement.options import InvalidOption, RateOptions, is_number, is_whole, read_options
from benefits.measurement.preparation import SIDES, Prepared, prepare, treated_group
from benefits.measurement.rates import exposure_of
from benefits.vocabulary import Grade

MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStudyOptions:
    """Options of a time study.

    Attributes
    ----------
    scale
        Always a difference.
    level
        Coverage of the interval, 0.5 to 0.999.
    lag_months
        Months after go-live left out, while the new way of working was being learnt.
    times_per_year, times_per_year_after
        How often the task is done in a year, before and after; after is as before when nothing is said.
    times_counted, times_counted_after
        How many times were counted to find that; the fewer, the less certain. None: taken as known.
    hours_per_position
        Net working hours in a full-time year; without it hours are not turned into full-time years.
    selected
        Whether what was timed was chosen because it took long; None when nobody has said.

    Raises
    ------
    InvalidOption
        When a value is outside its bounds.
    """

    scale: Literal["difference"] = "difference"
    level: float = 0.95
    lag_months: int = 0
    times_per_year: float | None = None
    times_per_year_after: float | None = None
    times_counted: int | None = None
    times_counted_after: int | None = None
    hours_per_position: float | None = None
    selected: bool | None = None

    def __post_init__(self) -> None:
        if self.scale != "difference":
            raise InvalidOption("option_value", option="scale", value=str(self.scale), allowed="difference")
        RateOptions(level=self.level, lag_months=self.lag_months, selected=self.selected)
        for name in ("times_per_year", "times_per_year_after", "hours_per_position"):
            value = getattr(self, name)
            if value is not None and not (is_number(value) and value > 0):
                raise InvalidOption("option_value", option=name, value=str(value), allowed="> 0")
        for name in ("times_counted", "times_counted_after"):
            value = getattr(self, name)
            if value is not None and not (is_whole(value) and value >= 1):
                raise InvalidOption("option_value", option=name, value=str(value), allowed=">= 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Mean minutes a time, before and after, with their covariance matrix and degrees of freedom."""

    before: float
    after: float
    covariance: NDArray[np.float64]
    df: int

    @property
    def se(self) -> float:
        """Standard error of the change."""
        change = np.array([-1.0, 1.0])
        return float(np.sqrt(change @ self.covariance @ change))


def minutes_a_time(cells: pd.DataFrame) -> Minutes:
    """Return total minutes over total times, before and after, when the rows of one cluster may depend on each other.

    Parameters
    ----------
    cells
        Columns ``cluster``, ``post`` (0, 1), ``count`` (minutes) and ``exposure`` (times).

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., section 6.4 (the linearised variance of a ratio of totals).

    Examples
    --------
    Hand-worked: 31 and 29 before, 25 and 23 after; the variance of each mean is 2 / 2 = 1.

    >>> cells = pd.DataFrame({"cluster": [1, 2, 3, 4], "post": [0, 0, 1, 1], "count": [31, 29, 25, 23], "exposure": 1})
    >>> found = minutes_a_time(cells)
    >>> round(found.before, 6), round(found.after, 6), round(found.se**2, 6)
    (30.0, 24.0, 2.0)
    """
    from statsmodels.regression.linear_model import WLS

    post = cells["post"].to_numpy(dtype=float)
    exposure = cells["exposure"].to_numpy(dtype=float)
    clusters = cells["cluster"].to_numpy()
    model = WLS(cells["count"].to_numpy(dtype=float) / exposure, np.column_stack([1 - post, post]), weights=exposure)
    result = model.fit(cov_type="cluster", cov_kwds={"groups": clusters})
    own = len(np.unique(clusters)) == len(clusters)
    return Minutes(
        before=float(result.params[0]),
        after=float(result.params[1]),
        covariance=np.asarray(result.cov_params()),
        df=len(np.unique(clusters)) - (2 if own else 1),
    )


def hours_change(
    minutes: Minutes,
    *,
    times: float,
    times_after: float | None = None,
    counted: int | None = None,
    counted_after: int | None = None,
) -> tuple[float, float]:
    """Return the change in hours a year, and its standard error.

    How often is a count scaled to a year, so its variance is its square over what was counted (Poisson); it is
    independent of how long. The variance of products of independent estimates is then exact.

    Parameters
    ----------
    minutes
        Mean minutes a time.
    times, times_after
        How often in a year; None: after as before.
    counted, counted_after
        How many times were counted to find that; None: known.

    References
    ----------
    Goodman LA. On the exact variance of products. J Am Stat Assoc 1960;55:708-713.

    Examples
    --------
    Hand-worked: 30 minutes (variance 4) before and 24 (variance 1) after, not covarying, 1 200 times a year found from
    100 counted: -6 x 1 200 / 60 = -120 hours; (1200^2 x 5 + (6^2 + 5) x 14 400) / 3600 = 2 164.

    >>> told = Minutes(before=30.0, after=24.0, covariance=np.diag([4.0, 1.0]), df=10)
    >>> hours, se = hours_change(told, times=1200, counted=100)
    >>> hours, round(se**2, 6)
    (-120.0, 2164.0)
    """
    after = times if times_after is None else times_after
    frequency = np.array([-times, after])
    minutes_now = np.array([minutes.before, minutes.after])
    spread = np.diag(
        [
            0.0 if counted is None else times**2 / counted,
            0.0 if counted_after is None else after**2 / counted_after,
        ]
    )
    if times_after is None:
        # One and the same count on both sides: what is wrong with it cancels in part.
        spread = (0.0 if counted is None else times**2 / counted) * np.array([[1.0, -1.0], [-1.0, 1.0]])
    variance = (
        frequency @ minutes.covariance @ frequency
        + minutes_now @ spread @ minutes_now
        + float((spread * minutes.covariance).sum())
    )
    return float(frequency @ minutes_now) / MINUTES, float(np.sqrt(variance)) / MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStudy:
    """Minutes a task takes after, minus before; with how often it is done, the hours in a year.

    The count of a row is minutes and its exposure how many times the task was done in them. Standard errors let the
    rows of one person (the employee, or whatever was timed more than once) depend on each other; the months of a series
    are taken one by one. Months without a timing between two with one do not make a period longer than a month.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., chapter 6 (ratio of totals). Goodman (1960), J Am Stat Assoc
    55:708-713. Lopetegui et al. (2014), Journal of Biomedical Informatics 49:292-299 (time motion studies).
    """

    id: str = "time_study"
    grade: Grade = "before_after"
    references: tuple[str, ...] = (
        "Cochran WG. Sampling Techniques. 3rd ed. Wiley 1977. Chapter 6.",
        "Goodman LA. On the exact variance of products. J Am Stat Assoc 1960;55:708-713.",
        "Lopetegui M, et al. Time motion studies in healthcare: what are we talking about? J Biomed Inform "
        "2014;49:292-299.",
    )
    assumptions: tuple[str, ...] = ("nothing_else_changed", "timed_as_usual", "the_same_task")
    options: type[TimeStudyOptions] = TimeStudyOptions

    def estimate(
        self, data: Data, *, benefit: str, indicator: str, go_live: date, options: Mapping[str, Any]
    ) -> Estimate | Refusal:
        """Answer from the treated (or all, when the data name no groups); other groups are not looked at.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value that cannot be used.

        Examples
        --------
        Hand-worked: 30 minutes a visit before, 24 after; 1 000 visits a year: 100 hours less.

        >>> from benefits.activity import Series
        >>> frame = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=4, freq="MS"), "unit": "",
        ...                       "group": "all", "count": [310, 290, 250, 230], "exposure": 10.0})
        >>> answer = TimeStudy().estimate(Series(frame), benefit="g1", indicator="minutes", go_live=date(2024, 3, 1),
        ...                               options={"times_per_year": 1000})
        >>> round(answer.effect, 6), round(answer.details["hours_per_year"].value, 6)
        (-6.0, -100.0)
        """
        chosen = read_options(self.options, options)
        if isinstance(data, Responses):
            return wrong_shape(self.id, wants="panel")
        group = treated_group(data)
        if group is None:
            return Refusal(method=self.id, code="nobody_treated", what_would_open_it="data_on_treated")
        windows = RateOptions(scale="difference", level=chosen.level, lag_months=chosen.lag_months, min_exposure=0)
        prepared = prepare(data, method=self.id, groups=(group,), go_live=go_live, options=windows, step=1)
        if isinstance(prepared, Refusal):
            return prepared
        # Each row of a series stands for itself; the rows of a person belong together.
        cells = prepared.cells if prepared.persons else prepared.cells.assign(cluster=range(len(prepared.cells)))
        minutes = minutes_a_time(cells)
        if not (minutes.se > 1e-12 and minutes.df > 0):
            return Refusal(method=self.id, code="no_spread", what_would_open_it="longer_window")
        before, after = minutes.before, minutes.after
        half = float(stats.t.ppf((1 + chosen.level) / 2, minutes.df))
        return estimated(
            self,
            benefit=benefit,
            indicator=indicator,
            options=chosen,
            scale="difference",
            observed=after,
            baseline=before,
            counterfactual=before,
            se=minutes.se,
            df=minutes.df,
            n=prepared.size(1),
            exposure=exposure_of(cells, 1, 1),
            checks=_checks(prepared, go_live=go_live, options=chosen, rose=after > before),
            details=_details(minutes, half=half, options=chosen),
        )


def _checks(prepared: Prepared, *, go_live: date, options: TimeStudyOptions, rose: bool) -> tuple[Check, ...]:
    timed = {side: int((prepared.windows.rows["post"] == post).sum()) for post, side in enumerate(SIDES)}
    selection = RateOptions(selected=options.selected)
    # Minutes are an amount, also when every one of them is whole.
    peak = amount_peak_before_start(prepared.earlier, go_live, rose=rose)
    return (
        regression_to_the_mean.check(selection, peak=peak, months_before=max(1, prepared.windows.months(0))),
        peak,
        Check(code="enough_timed", passed=min(timed.values()) >= FEW_PERSONS, parameters={**timed, "few": FEW_PERSONS}),
        Check(code="frequency_counted", passed=_frequency_counted(options)),
    )


def _frequency_counted(options: TimeStudyOptions) -> bool | None:
    """Whether how often the task is done was counted on both sides, and not only held to be known."""
    if options.times_per_year is None:
        return None
    return options.times_counted is not None and (
        options.times_per_year_after is None or options.times_counted_after is not None
    )


def _details(minutes: Minutes, *, half: float, options: TimeStudyOptions) -> dict[str, Detail]:
    if options.times_per_year is None:
        return {}
    hours, se = hours_change(
        minutes,
        times=options.times_per_year,
        times_after=options.times_per_year_after,
        counted=options.times_counted,
        counted_after=options.times_counted_after,
    )
    low, high = hours - half * se, hours + half * se
    details = {"hours_per_year": Detail(value=hours, low=low, high=high, unit="hours", per="year")}
    if options.hours_per_position is not None:
        net = options.hours_per_position
        details["full_time_years"] = Detail(
            value=hours / net, low=low / net, high=high / net, unit="full_time_years", per="none"
        )
    return details
