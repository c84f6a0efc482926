"""What is known beforehand to lower the grade of an answer: the checks that a method's own data would fail by shape."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.activity.steps import YEAR
from benefits.measurement.advice.situation import Situation
from benefits.measurement.checks.data_checks import FEW_PERIODS, FEW_PERSONS
from benefits.measurement.contract import lowered
from benefits.measurement.designs.staggered_starts import WHOLE_UNITS
from benefits.measurement.over_time.time_design import SEASON_NEEDS
from benefits.measurement.over_time.time_model import SHORT
from benefits.measurement.over_time.time_options import TimeSeriesOptions
from benefits.measurement.two_groups.clustering import FEW_UNITS, FEWEST_UNITS
from benefits.measurement.two_groups.wild_bootstrap import FEW_CLUSTERS
from benefits.vocabulary import Grade

CAVEATS = (
    "comparison_selected_alike",
    "enough_periods",
    "enough_persons",
    "enough_respondents",
    "enough_timed",
    "enough_units",
    "horizon",
    "persons_on_both_sides",
    "regression_to_the_mean",
    "season_balanced",
    "season_in_model",
    "series_length",
    "shocks_of_one_unit",
    "units_as_clusters",
)
"""Checks whose outcome the shape of the data decides, when nothing else does it first."""

ONE_GROUP = frozenset({"before_after", "before_after_means", "before_after_shares"})
TWO_GROUPS = frozenset(
    {"difference_in_differences", "event_study", "repeated_cross_sections", "weighted_comparison", "staggered_starts"}
)


def caveats(method: str, at: Situation) -> tuple[str, ...]:
    """Return the checks of one of the package's own methods that are bound to fail in a situation, sorted.

    Examples
    --------
    >>> caveats("before_after", Situation(kind="events", before=24, after=6, selected=True))
    ('enough_periods', 'regression_to_the_mean', 'season_balanced')
    """
    return tuple(sorted(set(_failing(method, at))))


def worth(grade: Grade, found: tuple[str, ...]) -> Grade:
    """Return the grade a design gives at best when some of its checks are bound to fail."""
    return lowered(grade) if found else grade


def controlled(method: str, at: Situation) -> bool:
    """Whether the answer of a method is set against a comparison group, or against those not yet started."""
    return method in TWO_GROUPS or (
        method == "interrupted_time_series" and at.compared and TimeSeriesOptions().use_comparison
    )


def _failing(method: str, at: Situation) -> Iterator[str]:
    two = controlled(method, at)
    if at.selected and not two:
        yield "regression_to_the_mean"
    if at.selected and two and at.comparison == "unselected":
        yield "comparison_selected_alike"
    if method in {*ONE_GROUP, "control_chart"} and not at.whole_years:
        yield "season_balanced"
    if method == "survey" and at.persons < FEW_PERSONS:
        yield "enough_respondents"
    if method == "time_study" and _rows_timed(at) < FEW_PERSONS:
        yield "enough_timed"
    yield from _sizes(method, at)
    yield from _over_time(method, at)
    if two:
        yield from _units(method, at)


def _rows_timed(at: Situation) -> int:
    return min(at.before, at.after) * (at.persons if at.rows == "panel" else at.units)


def _sizes(method: str, at: Situation) -> Iterator[str]:
    """Persons, or periods, that the interval rests on."""
    if method not in {*ONE_GROUP, "difference_in_differences", "event_study", "repeated_cross_sections"}:
        return
    if at.rows == "panel":
        others = at.comparison_persons * (at.everyone // at.persons if at.persons else 1)
        sizes = (at.everyone, others) if method in TWO_GROUPS else (at.everyone,)
        if min(sizes) < FEW_PERSONS:
            yield "enough_persons"
        if at.seen != "same" and method != "repeated_cross_sections":
            yield "persons_on_both_sides"
    elif min(at.before, at.after) < FEW_PERIODS:
        yield "enough_periods"


def _over_time(method: str, at: Situation) -> Iterator[str]:
    if method == "interrupted_time_series":
        points = at.before + at.after
        if min(at.before, at.after) < FEW_PERIODS:
            yield "enough_periods"
        if points < SHORT:
            yield "series_length"
        if at.step < YEAR and points * at.step < SEASON_NEEDS:
            yield "season_in_model"
    if method in {"interrupted_time_series", "projection"} and at.rows == "panel" and at.seen != "same":
        yield "persons_on_both_sides"
    if method == "projection" and at.after > at.before:
        yield "horizon"


def _units(method: str, at: Situation) -> Iterator[str]:
    """What happens to one unit, and how many units there are to tell it from the effect."""
    if method == "staggered_starts":
        yield from _starters(at)
        return
    fewest = min(at.units, at.comparison_units)
    series = at.rows == "series" or method == "interrupted_time_series"
    by_unit = at.apart and fewest >= FEWEST_UNITS and method not in {"weighted_comparison", "interrupted_time_series"}
    if at.apart and fewest == 1 and series:
        yield "shocks_of_one_unit"
    if by_unit and (fewest < FEW_UNITS or (method == "event_study" and at.units + at.comparison_units < FEW_CLUSTERS)):
        yield "enough_units"
    if series and not by_unit and at.apart and fewest > 1 and method != "interrupted_time_series":
        yield "units_as_clusters"


def _starters(at: Situation) -> Iterator[str]:
    units = at.units + at.comparison_units
    if at.rows == "series" or (at.apart and at.starting_months == 1 and units >= WHOLE_UNITS):
        if units < FEW_CLUSTERS:
            yield "enough_units"
    elif at.everyone < FEW_PERSONS:
        yield "enough_persons"
