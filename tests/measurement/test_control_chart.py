"""XmR charts: limits worked by hand, a published example, and rules that fire when and only when they should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.measurement.control_chart import FEWEST, RUN, control_chart

CALM = [4.0, 6.0] * 6
"""Mean 5, every moving range 2: limits 5 +- 5.319, two thirds of the way at 5 +- 3.546."""


def rules(later: list[float]) -> list[tuple[str, int, int, bool]]:
    chart = control_chart([*CALM, *later], baseline=len(CALM))
    assert chart is not None
    return [(one.rule, one.first - len(CALM), one.last - len(CALM), one.above) for one in chart.signals]


def test_the_limits_are_two_point_sixty_six_mean_moving_ranges_from_the_mean() -> None:
    chart = control_chart(CALM, baseline=12)
    assert chart is not None
    assert (chart.centre, chart.mean_moving_range, chart.baseline) == (5.0, 2.0, 12)
    assert chart.high - chart.centre == pytest.approx(2.66 * 2, abs=1e-3)
    assert chart.centre - chart.low == pytest.approx(2.66 * 2, abs=1e-3)


def test_a_published_chart_is_found_again() -> None:
    """Montgomery, Introduction to Statistical Quality Control, 6th ed., table 6.6: viscosity of 15 batches of primer.

    Printed: mean 33.52, mean moving range 0.48, limits 34.80 and 32.24.
    """
    viscosity = [
        33.75,
        33.05,
        34.00,
        33.81,
        33.46,
        34.02,
        33.68,
        33.27,
        33.49,
        33.20,
        33.62,
        33.00,
        33.54,
        33.12,
        33.84,
    ]
    chart = control_chart(viscosity, baseline=15)
    assert chart is not None
    assert (round(chart.centre, 2), round(chart.mean_moving_range, 2)) == (33.52, 0.48)
    assert (chart.high, chart.low) == (pytest.approx(34.80, abs=0.01), pytest.approx(32.24, abs=0.01))


def test_a_point_outside_the_limits_is_a_signal_and_one_just_inside_is_not() -> None:
    assert rules([10.4]) == [("outside", 0, 0, True)]
    assert rules([-0.4]) == [("outside", 0, 0, False)]
    assert rules([10.3]) == []


def test_seven_on_one_side_are_a_signal_and_six_are_not() -> None:
    assert rules([4.5, 4.0] * 3) == []
    assert rules([4.5, 4.0, 4.5, 4.0, 4.5, 4.0, 4.5]) == [("one_side", 0, 6, False)]


def test_a_point_on_the_centre_breaks_a_run() -> None:
    assert rules([4.5, 4.0, 4.5, 5.0, 4.5, 4.0, 4.5]) == []


def test_seven_points_in_one_direction_are_a_signal_and_an_equal_point_breaks_them() -> None:
    rising = [2.0, 3.0, 4.0, 5.5, 6.0, 7.0, 8.0]
    assert rules(rising) == [("trend", 0, 6, True)]
    assert rules([2.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0]) == []


def test_two_of_three_near_the_same_limit_are_a_signal() -> None:
    assert rules([9.0, 5.0, 9.0]) == [("two_of_three", 0, 2, True)]
    assert rules([9.0, 5.0, 1.0]) == []
    assert rules([9.0, 5.0, 4.0, 9.0]) == []


def test_two_of_three_that_follow_one_another_are_one_signal() -> None:
    assert rules([9.0, 9.0, 4.0, 9.0]) == [("two_of_three", 0, 3, True)]


def test_the_points_of_the_baseline_never_signal() -> None:
    wild = [*CALM[:11], 60.0]
    chart = control_chart([*wild, 5.0], baseline=12)
    assert chart is not None
    assert chart.signals == ()


def test_a_baseline_that_signals_itself_is_not_stable() -> None:
    calm, wild = control_chart(CALM, baseline=12), control_chart([4.0, 6.0] * 3 + [14.0, 16.0] * 3, baseline=12)
    assert calm is not None
    assert wild is not None
    assert (calm.stable, wild.stable) == (True, False)


def test_too_few_points_or_points_all_alike_have_no_limits() -> None:
    assert control_chart(CALM[: FEWEST - 1], baseline=FEWEST - 1) is None
    assert control_chart([5.0] * 20, baseline=12) is None


def test_a_baseline_longer_than_the_points_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="longer"):
        control_chart(CALM, baseline=13)


levels = st.floats(-1e6, 1e6).map(lambda number: round(number, 3))


@given(st.lists(levels, min_size=FEWEST, max_size=40), levels, st.floats(0.5, 100))
def test_the_signals_do_not_depend_on_unit_or_zero(points: list[float], shift: float, unit: float) -> None:
    chart = control_chart(points, baseline=FEWEST)
    moved = control_chart([round(point + shift, 3) for point in points], baseline=FEWEST)
    if chart is None or moved is None:
        return
    assert moved.centre - shift == pytest.approx(chart.centre, abs=1e-3)
    assert moved.high - moved.low == pytest.approx(chart.high - chart.low, rel=1e-6, abs=1e-3)


@given(st.lists(levels, min_size=FEWEST + RUN, max_size=40))
def test_turned_upside_down_every_signal_turns_too(points: list[float]) -> None:
    chart = control_chart(points, baseline=FEWEST)
    turned = control_chart([-point for point in points], baseline=FEWEST)
    if chart is None or turned is None:
        assert chart is turned
        return
    ours = sorted((one.rule, one.first, one.last, one.above) for one in chart.signals)
    theirs = sorted((one.rule, one.first, one.last, not one.above) for one in turned.signals)
    assert ours == theirs
