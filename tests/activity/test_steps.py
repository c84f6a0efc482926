from __future__ import annotations

import pandas as pd
import pytest

from benefits.activity.steps import month_numbers, step_in_months


@pytest.mark.parametrize(("freq", "periods", "step"), [("MS", 5, 1), ("QS", 5, 3), ("YS", 5, 12), ("YS", 1, 1)])
def test_the_length_of_a_period_is_seen_from_the_distances(freq, periods, step):
    assert step_in_months(pd.Series(pd.date_range("2024-01-01", periods=periods, freq=freq))) == step


def test_a_missing_month_makes_no_longer_step():
    period = pd.Series(pd.to_datetime(["2024-01-01", "2024-02-01", "2024-04-01"]))
    assert step_in_months(period) == 1


def test_months_are_numbered_alike_whether_or_not_a_day_is_unknown():
    known = pd.Series(pd.to_datetime(["1969-12-31", "2024-02-29"]), index=[3, 7], name="start")
    unknown = pd.concat([known, pd.Series([pd.NaT], index=[8])])
    assert month_numbers(known).to_dict() == {3: 12 * 1969 + 11, 7: 12 * 2024 + 1}
    assert month_numbers(unknown).dropna().to_dict() == month_numbers(known).to_dict()
    assert (month_numbers(known).name, len(month_numbers(unknown))) == ("start", 3)
