"""When each of the package's own methods will not answer, told from the shape of the data: with its own limits.

A refusal that depends on the values themselves (weights that cannot be found, points all alike) cannot be foreseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from math import ceil

from benefits.activity.steps import YEAR
from benefits.measurement.advice.situation import Situation
from benefits.measurement.charts.drawing import FEWEST as FEWEST_POINTS
from benefits.measurement.contract import Refusal, wrong_shape
from benefits.measurement.designs.projection import FEWEST_BEFORE, TREND_NEEDS
from benefits.measurement.designs.survey import FEWEST as FEWEST_RESPONDENTS
from benefits.measurement.options import RateOptions
from benefits.measurement.over_time.time_design import SEASON_NEEDS
from benefits.measurement.over_time.time_model import LEAST_DF, SHORT
from benefits.measurement.over_time.time_options import ProjectionOptions, TimeSeriesOptions
from benefits.measurement.preparation import FEWEST, SIDES
from benefits.measurement.two_groups.clustering import FEWEST_UNITS
from benefits.measurement.two_groups.group_options import EventOptions
from benefits.measurement.two_groups.group_time import FEWEST_CONTROLS
from benefits.measurement.two_groups.weighted_options import WeightedOptions
from benefits.vocabulary import Shape

Obstacles = Iterator[Refusal]
AMOUNTS = frozenset({"amounts", "minutes", "scores"})
"""Kinds that are not counted in whole numbers."""
LEVEL_AND_TREND = 2
"""Coefficients of a model over time without season or change."""


def obstacle(method: str, situation: Situation) -> Refusal | None:
    """Return why one of the package's own methods would not answer with its own defaults; None when it would.

    Parameters
    ----------
    method
        Its id.
    situation
        The shape of the data.

    Raises
    ------
    KeyError
        When the method is not one of the package's own.

    Examples
    --------
    >>> monthly = Situation(kind="events", before=11, after=12)
    >>> obstacle("control_chart", monthly).code, obstacle("before_after", monthly)
    ('too_few_points', None)
    """
    return next(islice(_OF[method](situation), 1), None)


def known(method: str) -> bool:
    """Whether it can be told from the shape of the data when a method answers."""
    return method in _OF


def _sides(method: str, at: Situation, *, compared: bool = False, ratio: bool = True) -> Obstacles:
    """What every comparison of rates needs: rows, persons or periods, exposure and events on each side."""
    groups = ("treated", "comparison") if compared else ("treated",)
    for side in SIDES:
        longer = f"longer_{side}"
        has = at.before if side == "before" else at.after
        if compared and at.comparison_periods is not None:
            has = min(has, at.comparison_periods[side == "after"])
        if has == 0:
            yield Refusal(
                method=method, code=f"nothing_{side}", parameters={"group": groups[0]}, what_would_open_it=longer
            )
        if at.rows == "panel":
            if min(at.histories[: len(groups)]) < FEWEST:
                yield Refusal(method=method, code="too_few_persons", what_would_open_it="more_persons")
        elif has < FEWEST:
            yield Refusal(
                method=method,
                code="too_few_periods",
                parameters={"side": side, "periods": has, "fewest": FEWEST},
                what_would_open_it=longer,
            )
    yield from _exposure(method, at, compared=compared)
    if ratio and (at.silent or (compared and at.comparison_silent)):
        yield Refusal(method=method, code="no_events", what_would_open_it="difference_scale_or_longer_window")


def _exposure(method: str, at: Situation, *, compared: bool = False) -> Obstacles:
    found = (at.exposure, at.comparison_exposure if compared else None)
    if any(one is not None and one < RateOptions().min_exposure for one in found):
        yield Refusal(method=method, code="too_little_exposure", what_would_open_it="longer_window")


def _not(method: str, at: Situation, *allowed: str, wants: Shape) -> Obstacles:
    if at.rows not in allowed:
        yield wrong_shape(method, wants=wants)


def _before_after(at: Situation) -> Obstacles:
    yield from _not("before_after", at, "series", "panel", wants="panel")
    yield from _sides("before_after", at)


def _means(at: Situation) -> Obstacles:
    yield from _not("before_after_means", at, "series", "panel", wants="panel")
    yield from _sides("before_after_means", at, ratio=False)


def _shares(at: Situation) -> Obstacles:
    method = "before_after_shares"
    yield from _not(method, at, "series", "panel", wants="panel")
    yield from _sides(method, at, ratio=False)
    if at.kind != "shares":
        yield Refusal(method=method, code="shares_not_counted", what_would_open_it="counted_of_how_many")
    each = max(at.before, at.after) if at.each is None else at.each
    if at.rows == "panel" and each > 1:
        yield Refusal(method=method, code="several_answers_a_person", what_would_open_it="means_of_persons")


def _time_study(at: Situation) -> Obstacles:
    method = "time_study"
    yield from _not(method, at, "series", "panel", wants="panel")
    # Timings are few and far between: no least exposure is asked for.
    for one in _sides(method, at, ratio=False):
        if one.code != "too_little_exposure":
            yield one


def _survey(at: Situation) -> Obstacles:
    yield from _not("survey", at, "responses", wants="responses")
    for side, waves in zip(SIDES, (at.before, at.after), strict=True):
        if waves == 0:
            yield Refusal(method="survey", code=f"no_answers_{side}", what_would_open_it=f"wave_{side}")
    if at.persons < FEWEST_RESPONDENTS:
        yield Refusal(method="survey", code="too_few_respondents", what_would_open_it="more_respondents")


def _control_chart(at: Situation) -> Obstacles:
    method = "control_chart"
    yield from _not(method, at, "series", "panel", wants="series")
    if at.own_starts:
        yield Refusal(method=method, code="starts_of_their_own", what_would_open_it="common_start")
    for side, has in zip(SIDES, (at.before, at.after), strict=True):
        if has == 0:
            yield Refusal(method=method, code=f"nothing_{side}", what_would_open_it=f"longer_{side}")
    if at.before < FEWEST_POINTS:
        parameters = {"points": at.before, "fewest": FEWEST_POINTS}
        yield Refusal(method=method, code="too_few_points", parameters=parameters, what_would_open_it="twelve_points")


def _two_groups(method: str, at: Situation, *shapes: str) -> Obstacles:
    yield from _not(method, at, *shapes, wants="panel")
    if not at.compared:
        yield Refusal(method=method, code="no_comparison", what_would_open_it="comparison_group")
    if at.starting_months > 1 and not at.comparison_dated:
        yield Refusal(method=method, code="staggered_starts", what_would_open_it="method_for_staggered_starts")
    yield from _sides(method, at, compared=True)


def _difference_in_differences(at: Situation) -> Obstacles:
    yield from _two_groups("difference_in_differences", at, "series", "panel")


def _repeated_cross_sections(at: Situation) -> Obstacles:
    method = "repeated_cross_sections"
    yield from _two_groups(method, at, "panel")
    if at.seen != "others":
        yield Refusal(method=method, code="persons_seen_again", what_would_open_it="method_for_the_same_persons")


def _weighted_comparison(at: Situation) -> Obstacles:
    method = "weighted_comparison"
    yield from _two_groups(method, at, "panel")
    # As many means to be met as parts of the time before: fewer persons than that, and one, have no weights that do it.
    parts = min(WeightedOptions().history_parts, at.before)
    if at.seen == "others" or at.comparison_persons <= parts:
        yield Refusal(method=method, code="no_overlap", what_would_open_it="comparison_more_alike")


def _event_study(at: Situation) -> Obstacles:
    method, options = "event_study", EventOptions()
    yield from _two_groups(method, at, "series", "panel")
    if options.bin_months % at.step:
        yield Refusal(method=method, code="periods_longer_than_bins", what_would_open_it="longer_bins")
    by_unit = at.apart and min(at.units, at.comparison_units) >= FEWEST_UNITS
    bins = min(options.leads, ceil(at.months_before / options.bin_months))
    bins += min(options.lags, ceil(at.months_after / options.bin_months))
    # Amounts have their spread from how the periods of a bin differ, events from all periods together.
    alone = at.step == options.bin_months and at.after <= options.lags if at.kind in AMOUNTS else False
    if at.rows == "series" and not by_unit and (at.before + at.after <= bins or alone):
        yield Refusal(method=method, code="no_spread", what_would_open_it="longer_window")


def _staggered_starts(at: Situation) -> Obstacles:
    method = "staggered_starts"
    yield from _not(method, at, "series", "panel", wants="panel")
    if min(at.before, at.after) == 0 or at.untouched < FEWEST_CONTROLS:
        yield Refusal(method=method, code="no_clean_comparison", what_would_open_it="some_not_yet_started_or_never")
    yield from _exposure(method, at)
    if at.silent:
        yield Refusal(method=method, code="no_events", what_would_open_it="difference_scale_or_longer_window")


def _interrupted_time_series(at: Situation) -> Obstacles:
    method, options = "interrupted_time_series", TimeSeriesOptions()
    yield from _over_time(method, at, fewest=(options.fewest_periods, options.fewest_periods))
    points, months = at.before + at.after, at.months_before + at.months_after
    season = months >= SEASON_NEEDS and at.step < YEAR
    change = 2
    yield from _model(method, at, points=points, season=season, change=change, harmonics=options.harmonics)
    if (at.silent or at.comparison_silent) and points >= SHORT:
        yield Refusal(method=method, code="no_events", what_would_open_it="least_squares_or_longer_window")


def _projection(at: Situation) -> Obstacles:
    method, options = "projection", ProjectionOptions()
    yield from _over_time(method, at, fewest=(FEWEST_BEFORE, 1))
    season = at.step < YEAR
    if season and at.months_before < SEASON_NEEDS:
        yield Refusal(method=method, code="season_needs_two_years", what_would_open_it="longer_before_or_simpler")
    if at.months_before < TREND_NEEDS:
        yield Refusal(method=method, code="trend_needs_a_year", what_would_open_it="longer_before_or_simpler")
    for one in _model(method, at, points=at.before, season=season, change=0, harmonics=options.harmonics):
        yield (
            one
            if one.code != "too_few_periods_for_model"
            else Refusal(method=method, code=one.code, what_would_open_it="longer_before_or_simpler")
        )
    if at.silent:
        yield Refusal(method=method, code="no_events", what_would_open_it="difference_scale_or_longer_window")


def _over_time(method: str, at: Situation, *, fewest: tuple[int, int]) -> Obstacles:
    yield from _not(method, at, "series", "panel", wants="series")
    if at.starting_months > 1:
        yield Refusal(method=method, code="staggered_starts", what_would_open_it="method_for_staggered_starts")
    for side, has in zip(SIDES, (at.before, at.after), strict=True):
        if has == 0:
            yield Refusal(method=method, code=f"nothing_{side}", what_would_open_it=f"longer_{side}")
    for side, has, least in zip(SIDES, (at.before, at.after), fewest, strict=True):
        if has < least:
            yield Refusal(
                method=method,
                code="too_few_periods_for_model",
                parameters={"side": side, "periods": has, "fewest": least},
                what_would_open_it="longer_series",
            )
    yield from _exposure(method, at)


def _model(method: str, at: Situation, *, points: int, season: bool, change: int, harmonics: int) -> Obstacles:
    columns = LEVEL_AND_TREND + change + (2 * harmonics if season else 0)
    if points - columns < LEAST_DF:
        yield Refusal(method=method, code="too_few_periods_for_model", what_would_open_it="simpler_model")
    # Waves of half a year look the same in every quarter: a year must have more points than two a wave.
    if season and YEAR // at.step <= 2 * harmonics:
        yield Refusal(method=method, code="collinear_design", what_would_open_it="simpler_model")


_OF: Mapping[str, Callable[[Situation], Obstacles]] = {
    "before_after": _before_after,
    "before_after_means": _means,
    "before_after_shares": _shares,
    "control_chart": _control_chart,
    "difference_in_differences": _difference_in_differences,
    "event_study": _event_study,
    "interrupted_time_series": _interrupted_time_series,
    "projection": _projection,
    "repeated_cross_sections": _repeated_cross_sections,
    "staggered_starts": _staggered_starts,
    "survey": _survey,
    "time_study": _time_study,
    "weighted_comparison": _weighted_comparison,
}

KNOWN = tuple(sorted(_OF))
"""Methods of which it can be told from the shape of the data whether they answer."""
LIMITS: Mapping[str, int] = {
    "before_after": FEWEST,
    "before_after_means": FEWEST,
    "control_chart": FEWEST_POINTS,
    "difference_in_differences": FEWEST,
    "event_study": EventOptions().bin_months,
    "interrupted_time_series": TimeSeriesOptions().fewest_periods,
    "projection": SEASON_NEEDS,
    "staggered_starts": FEWEST_CONTROLS,
    "survey": FEWEST_RESPONDENTS,
    "time_study": FEWEST,
    "weighted_comparison": WeightedOptions().history_parts,
}
"""The number that says in short what a method needs, where one does: periods, months, measurements or persons."""
