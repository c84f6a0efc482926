from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from benefits.measurement import RateOptions
from benefits.measurement.windows import divide, season_balanced


def rows(start: str, months: int, freq: str = "MS") -> pd.DataFrame:
    return pd.DataFrame({"period": pd.date_range(start, periods=months, freq=freq), "count": 1})


def sides(start: str, months: int, go_live: date, freq: str = "MS", **options) -> tuple[int, int]:
    divided = divide(rows(start, months, freq), go_live=go_live, options=RateOptions(**options))
    return len(divided.periods(0)), len(divided.periods(1))


def test_go_live_on_the_first_leaves_no_month_out():
    assert sides("2024-01-01", 12, date(2024, 7, 1)) == (6, 6)


def test_the_month_in_which_the_service_starts_is_on_neither_side():
    assert sides("2024-01-01", 12, date(2024, 7, 2)) == (6, 5)


def test_the_lag_leaves_out_the_first_months():
    assert sides("2024-01-01", 12, date(2024, 7, 1), lag_months=2) == (6, 4)


def test_the_windows_are_the_months_nearest_the_start():
    divided = divide(
        rows("2023-01-01", 36),
        go_live=date(2025, 1, 1),
        options=RateOptions(months_before=12, months_after=3, lag_months=1),
    )
    assert [f"{month:%Y-%m}" for month in divided.periods(0)[:1] + divided.periods(1)] == [
        "2024-01",
        "2025-02",
        "2025-03",
        "2025-04",
    ]
    assert (divided.months(0), divided.months(1)) == (12, 3)


def test_a_year_that_holds_the_start_is_on_neither_side():
    assert sides("2021-01-01", 5, date(2024, 7, 1), freq="YS") == (3, 1)
    assert sides("2021-01-01", 5, date(2024, 1, 1), freq="YS") == (3, 2)


@pytest.mark.parametrize(
    ("start", "months", "balanced"),
    [("2023-01-01", 24, True), ("2022-01-01", 36, True), ("2023-01-01", 18, False), ("2023-07-01", 12, False)],
)
def test_the_season_is_balanced_when_each_calendar_month_weighs_the_same(start, months, balanced):
    """Go-live 2024-01-01: 12+12, 24+12, 12+6 (winter and spring only after), 6+6 (autumn before, spring after)."""
    divided = divide(rows(start, months), go_live=date(2024, 1, 1), options=RateOptions())
    assert season_balanced(divided).passed is balanced


def test_the_same_months_of_two_years_are_balanced():
    two_springs = pd.concat([rows("2023-01-01", 5), rows("2024-01-01", 5)])
    assert season_balanced(divide(two_springs, go_live=date(2024, 1, 1), options=RateOptions())).passed


def test_months_are_one_s_own_where_each_has_a_start():
    """Two persons with 12 months before, half a year apart: 18 calendar months, but a year each."""
    parts = []
    for who, day in enumerate(pd.to_datetime(["2024-01-01", "2024-07-01"])):
        period = pd.date_range(day - pd.DateOffset(months=12), periods=24, freq="MS")
        one = {"person": who, "unit": "", "group": "all", "count": 1, "exposure": 1.0, "start": day}
        parts.append(pd.DataFrame({"period": period, **one}))
    windows = divide(pd.concat(parts), go_live=date(2024, 1, 1), options=RateOptions())
    assert len(windows.periods(0)) == 18
    assert (windows.months(0), windows.months(1)) == (12, 12)


@pytest.mark.parametrize(("months_after", "balanced"), [((12, 12), True), ((12, 18), False)])
def test_each_one_s_own_calendar_months_are_weighed_where_starts_differ(months_after, balanced):
    """Half a year more after one of the starts: July to December weigh 18 of 30 after and 12 of 24 before.

    The calendar months that anybody has are as many before as after all the same: 18, July to December twice.
    """
    parts = []
    for who, (day, after) in enumerate(zip(pd.to_datetime(["2024-01-01", "2023-07-01"]), months_after, strict=True)):
        period = pd.date_range(day - pd.DateOffset(months=12), periods=12 + after, freq="MS")
        one = {"person": who, "unit": "", "group": "all", "count": 1, "exposure": 1.0, "start": day}
        parts.append(pd.DataFrame({"period": period, **one}))
    windows = divide(pd.concat(parts), go_live=date(2024, 1, 1), options=RateOptions())
    assert (len(windows.periods(0)), len(windows.periods(1))) == (18, 18)
    assert season_balanced(windows).passed is balanced
