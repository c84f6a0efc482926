"""Placebo checks: a start that was none, a group that got nothing."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from benefits.activity import Panel, Series
from benefits.measurement import Refusal, method
from benefits.measurement.checks.placebo import placebo_in_group, placebo_in_time, placebo_in_units

pytestmark = pytest.mark.slow

START = date(2025, 1, 1)


def again(data, go_live):
    return method("before_after").estimate(
        data, benefit="", indicator="", go_live=go_live, options={"min_exposure": 0, "scale": "difference"}
    )


def between(data, go_live):
    return method("difference_in_differences").estimate(
        data, benefit="", indicator="", go_live=go_live, options={"min_exposure": 0, "scale": "difference"}
    )


def in_time(data, *, whole_years: bool = True, using=again):
    return placebo_in_time(data, go_live=START, again=using, whole_years=whole_years)


def test_two_level_years_before_pass_and_the_effect_of_the_real_start_is_not_looked_at(series) -> None:
    """20, 22 by turns for two years, then nothing at all: the year before against the one before it is 0."""
    found = in_time(series({"all": [20, 22] * 12 + [0] * 12}))
    assert found.passed is True
    assert found.parameters["rate_effect"] == pytest.approx(0)


def test_a_fall_that_began_before_the_start_fails(series) -> None:
    """30 a month, then 20 in the year before the start: -10 in exposure 10 is -1."""
    found = in_time(series({"all": [30, 31] * 6 + [20, 21] * 6 + [20, 21] * 6}))
    assert found.passed is False
    assert found.parameters["rate_effect"] == pytest.approx(-1.0)
    assert found.parameters["rate_high"] < 0


def test_a_season_is_not_taken_for_an_effect_when_years_are_compared(series) -> None:
    season = [30, 28, 26, 24, 20, 14, 10, 14, 18, 22, 26, 28]
    assert in_time(series({"all": season * 3})).passed is True


def test_part_of_a_year_before_is_left_out_so_that_the_years_are_whole(series) -> None:
    """Thirty months before: only the last 24 count; the six wild ones in front do not."""
    data = series({"all": [90] * 6 + [20, 22] * 12 + [5] * 12}, start="2022-07-01")
    assert in_time(data).parameters["rate_effect"] == pytest.approx(0)


@pytest.mark.parametrize("months", [6, 12, 23])
def test_less_than_two_years_before_cannot_tell(series, months) -> None:
    first = (pd.Timestamp(START) - pd.DateOffset(months=months)).strftime("%Y-%m-%d")
    assert in_time(series({"all": [20, 22, 19] * 20}, start=first)).passed is None


def test_with_a_comparison_group_what_there_is_before_is_halved(series) -> None:
    """Six months before: the treated fall by 100 in the middle of them (in exposure 10: -10), the others do not."""
    counts = {"treated": [200, 201, 200, 100, 101, 100] + [9] * 6, "comparison": [200, 201, 200] * 2 + [20] * 6}
    found = in_time(series(counts, start="2024-07-01"), whole_years=False, using=between)
    assert found.parameters["rate_effect"] == pytest.approx(-10)
    assert found.passed is False


def test_yearly_data_need_two_years_on_each_side(series) -> None:
    def yearly(first: int) -> Series:
        years = pd.date_range(f"{first}-01-01", periods=2027 - first, freq="YS")
        counts = [100 + year % 3 for year in range(len(years))]
        return Series(pd.DataFrame({"period": years, "unit": "", "group": "all", "count": counts, "exposure": 50.0}))

    assert in_time(yearly(2021)).passed is True
    assert in_time(yearly(2022)).passed is None


def test_persons_with_starts_of_their_own_are_each_moved_back_from_their_own(panel) -> None:
    """Half begin in January 2025, half in July. The last year before, each goes one up or down from 2 a month."""
    frame = panel({"treated": [[2] * 48] * 10}, start="2022-01-01").rows()
    frame["start"] = np.where(frame["person"] < 5, np.datetime64("2025-01-01"), np.datetime64("2025-07-01"))
    late = frame["period"] >= frame["start"] - pd.DateOffset(months=12)
    moved = np.where(frame["person"] % 2 == 1, 1, -1)
    frame["count"] = np.where(frame["period"] >= frame["start"], 0, np.where(late, 2 + moved, 2))
    found = in_time(Panel(frame))
    assert found.passed is True
    assert found.parameters["rate_effect"] == pytest.approx(0)
    higher = frame.assign(count=frame["count"] + 3 * late)
    assert in_time(Panel(higher)).parameters["rate_effect"] == pytest.approx(3)


def test_the_group_without_the_service_serves_as_placebo(series) -> None:
    counts = {"treated": [20, 22] * 12 + [10] * 12, "comparison": [20, 22] * 12 + [15, 16] * 6}
    (found,) = placebo_in_group(series(counts), go_live=START, again=again)
    assert found.passed is False
    assert found.parameters["rate_effect"] == pytest.approx(-0.55)
    (found,) = placebo_in_group(series({**counts, "comparison": [20, 22] * 18}), go_live=START, again=again)
    assert found.passed is True


def test_without_such_a_group_there_is_no_such_check(series) -> None:
    assert placebo_in_group(series({"all": [1] * 36}), go_live=START, again=again) == ()


def units(sizes: dict[str, float], counts: dict[str, list[int]]) -> Series:
    months = pd.date_range("2024-01-01", periods=24, freq="MS")
    parts = [
        pd.DataFrame({"period": months, "unit": unit, "group": "comparison", "count": counts[unit], "exposure": size})
        for unit, size in sizes.items()
    ]
    treated = parts[0].assign(unit="T", group="treated")
    return Series(pd.concat([treated, *parts]))


def test_every_other_unit_by_size_is_set_against_the_rest() -> None:
    """Largest A and third C pretend; C falls by 6 of 40 exposure in all: -0.15."""
    counts = {"A": [10, 11] * 12, "B": [10, 11] * 12, "C": [10, 11] * 6 + [4, 5] * 6, "D": [10, 11] * 12}
    seen = {}

    def looking(data, go_live):
        seen.update(data.rows().groupby("group")["unit"].unique().map(sorted))
        return between(data, go_live)

    data = units({"B": 20.0, "A": 30.0, "D": 5.0, "C": 10.0}, counts)
    (found,) = placebo_in_units(data, go_live=START, again=looking)
    assert seen == {"treated": ["A", "C"], "comparison": ["B", "D"]}
    assert found.parameters["rate_effect"] == pytest.approx(-0.15)


def test_one_comparison_unit_has_no_such_check_and_a_refusal_leaves_it_unknown() -> None:
    assert placebo_in_units(units({"A": 1.0}, {"A": [1] * 24}), go_live=START, again=between) == ()

    def refusing(data, go_live):
        return Refusal(method="", code="one_unit", what_would_open_it="more_units")

    data = units({"A": 1.0, "B": 1.0}, {"A": [1] * 24, "B": [1] * 24})
    (found,) = placebo_in_units(data, go_live=START, again=refusing)
    assert found.passed is None
