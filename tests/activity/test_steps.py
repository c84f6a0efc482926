from __future__ import annotations

import pandas as pd
import pytest

from benefits.activity.steps import step_in_months


@pytest.mark.parametrize(("freq", "periods", "step"), [("MS", 5, 1), ("QS", 5, 3), ("YS", 5, 12), ("YS", 1, 1)])
def test_the_length_of_a_period_is_seen_from_the_distances(freq, periods, step):
    assert step_in_months(pd.Series(pd.date_range("2024-01-01", periods=periods, freq=freq))) == step


def test_a_missing_month_makes_no_longer_step():
    period = pd.Series(pd.to_datetime(["2024-01-01", "2024-02-01", "2024-04-01"]))
    assert step_in_months(period) == 1
