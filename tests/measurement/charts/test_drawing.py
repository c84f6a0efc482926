"""From a plain table to a chart: freezing, new limits with a cause, and every table that is no chart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.measurement import Refusal
from benefits.measurement.charts import FEWEST, ControlChart, chart

CALM = [4.0, 6.0] * 6


def table(points: list[Any], **columns: Any) -> pd.DataFrame:
    periods = pd.date_range("2022-01-01", periods=len(points), freq="MS")
    return pd.DataFrame({"period": periods, "count": points, **columns})


def drawn(frame: pd.DataFrame, **how: Any) -> ControlChart:
    found = chart(frame, **how)
    assert isinstance(found, ControlChart), found
    return found


def refused(frame: pd.DataFrame, **how: Any) -> str:
    found = chart(frame, **how)
    assert isinstance(found, Refusal)
    assert found.method == "control_chart"
    return found.code


def test_frozen_limits_come_from_the_first_points_and_are_kept() -> None:
    found = drawn(table([*CALM, *[1.0] * 8]), baseline=12)
    assert set(found.centre) == {5.0}
    assert (found.baseline, found.stable, found.segments[0].baseline) == (12, True, 12)
    assert [(one.rule, one.first) for one in found.signals] == [("two_of_three", 12), ("one_side", 12)]


def test_limits_that_are_not_frozen_come_from_all_points_and_all_are_judged() -> None:
    found = drawn(table([*CALM, 30.0]))
    assert found.baseline == 0
    assert found.centre[0] == pytest.approx(90 / 13)
    assert [(one.rule, one.first) for one in found.signals] == [("one_side", 0), ("outside", 12)]


def test_a_baseline_may_be_a_day() -> None:
    frame = table([*CALM, *[1.0] * 8])
    assert drawn(frame, baseline=date(2023, 1, 1)) == drawn(frame, baseline=12)


def test_points_of_the_baseline_never_signal_but_make_it_unstable() -> None:
    found = drawn(table([*CALM[:6], *[14.0, 16.0] * 3, 10.0]), baseline=12)
    assert (found.signals, found.stable) == ((), False)


def test_the_same_day_the_same_chart_in_whatever_order_the_rows_stand() -> None:
    frame = table([*CALM, *[1.0] * 8])
    assert drawn(frame.sample(frac=1, random_state=1), baseline=12) == drawn(frame, baseline=12)


def test_periods_may_be_texts() -> None:
    frame = table([*CALM, 5.0])
    assert drawn(frame.assign(period=frame["period"].dt.strftime("%Y-%m-%d"))) == drawn(frame)


def test_new_limits_need_a_cause_and_start_where_it_says() -> None:
    frame, day = table([*CALM, *[1.0, 3.0] * 6]), date(2023, 1, 1)
    assert refused(frame, rebase={day: "  "}) == "rebase_without_cause"
    found = drawn(frame, rebase={day: "New coding"})
    assert [(one.first, one.last, one.cause) for one in found.segments] == [(0, 11, ""), (12, 23, "New coding")]
    assert (found.centre[0], found.centre[12]) == (5.0, 2.0)
    assert found.signals == ()


def test_new_limits_before_the_freeze_are_what_is_frozen() -> None:
    points = [*[20.0, 22.0] * 6, *CALM, *[5.0] * 3]
    found = drawn(table(points), baseline=24, rebase={date(2023, 1, 1): "New coding"})
    assert (found.frozen.cause, found.frozen.limits.mean) == ("New coding", 5.0)
    assert found.signals == ()


def test_every_stretch_of_limits_needs_twelve_points() -> None:
    assert refused(table(CALM[: FEWEST - 1])) == "too_few_points"
    assert refused(table([*CALM, *CALM[:11]]), rebase={date(2023, 1, 1): "New coding"}) == "too_few_points"
    assert refused(table(CALM), baseline=date(2022, 1, 1)) == "too_few_points"


def test_a_baseline_longer_than_the_points_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="longer"):
        chart(table(CALM), baseline=13)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (table([]), "no_rows"),
        (table([5]), "too_few_points"),
        (table([0] * 20), "no_spread"),
        (table([5.0] * 20), "no_spread"),
        (table([*CALM, -1.0]), "negative_numbers"),
        (table([*["4,5"] * 12, "5,5"]), "not_numbers"),
        (table([*CALM, None]), "empty_cells"),
        (table([*CALM, float("inf")]), "not_numbers"),
        (table(CALM, exposure=[1.0] * 11 + [0.0]), "zero_denominator"),
        (table(CALM).drop(columns="count"), "column_missing"),
        (pd.concat([table(CALM), table(CALM)]), "same_row_twice"),
        (table(CALM).assign(period=[*range(11), "autumn"]).astype({"period": "str"}), "period_no_date"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_table_that_is_no_chart_is_refused_with_the_reason(frame: pd.DataFrame, code: str) -> None:
    assert refused(frame) == code


def test_a_count_above_what_it_is_a_share_of_is_refused() -> None:
    frame = table(CALM, exposure=5.0)
    assert refused(frame, kind="p") == "count_above_whole"
    assert drawn(frame, kind="u").kind == "u"


def test_counts_alone_need_the_same_exposure_throughout() -> None:
    assert refused(table(CALM, exposure=[1.0] * 11 + [2.0]), kind="c") == "exposure_varies"


def test_limits_follow_the_size_of_each_point() -> None:
    """Half of 100, half of 400: sigma 0.05 and 0.025."""
    frame = table([50, 200] * 6, exposure=[100, 400] * 6)
    found = drawn(frame, kind="p")
    assert found.high[:2] == (pytest.approx(0.65), pytest.approx(0.575))


@given(st.lists(st.integers(0, 40), min_size=FEWEST, max_size=30))
def test_centre_lies_between_the_limits_and_outside_means_outside(counts: list[int]) -> None:
    found = chart(table(counts), kind="c")
    if isinstance(found, Refusal):
        assert found.code == "no_spread"
        return
    assert all(low <= middle <= high for low, middle, high in zip(found.low, found.centre, found.high, strict=True))
    outside = {one.first for one in found.signals if one.rule == "outside"}
    beyond = {
        place
        for place, (low, point, high) in enumerate(zip(found.low, found.points, found.high, strict=True))
        if not low <= point <= high
    }
    assert outside == beyond
