"""The time after a target's date, by itself: from where, to where, and when it is too little to be judged or shown."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from benefits.activity import Panel
from benefits.measurement import Estimate, method
from benefits.results.verdicts.windows import since, window_of

START = date(2024, 1, 1)


def panel(persons_after: int) -> Panel:
    """Eight persons with two events a quarter in 2023 and 2024; in 2025 ``persons_after`` of them with one."""
    rows = [
        {
            "person": person,
            "unit": "Vik",
            "group": "treated",
            "period": month,
            "count": 1 if month.year == 2025 and month.month % 3 == 0 else 2 if month.month % 3 == person % 3 else 0,
            "exposure": 1 / 12,
        }
        for person in range(8)
        for month in pd.date_range("2023-01-01", periods=36, freq="MS")
        if month.year < 2025 or person < persons_after
    ]
    return Panel(pd.DataFrame(rows))


def answer(shape: Panel) -> Estimate:
    found = method("before_after").estimate(shape, benefit="g1", indicator="g1", go_live=START, options={})
    assert isinstance(found, Estimate)
    return found


@pytest.mark.parametrize(("persons", "shown"), [(5, True), (4, False)])
def test_it_is_not_shown_when_it_rests_on_too_few_persons(persons: int, shown: bool) -> None:
    shape = panel(persons)
    assert (since(answer(shape), shape, go_live=START, day=date(2024, 12, 31)) is not None) is shown


@pytest.mark.parametrize(
    ("day", "first"),
    [(date(2024, 6, 30), date(2024, 7, 1)), (date(2024, 7, 1), date(2024, 7, 1)), (date(2024, 7, 2), date(2024, 8, 1))],
)
def test_it_begins_with_the_first_whole_month_from_the_day_on(day: date, first: date) -> None:
    shape = panel(8)
    found = since(answer(shape), shape, go_live=START, day=day)
    assert found is not None
    assert (found[1].first, found[1].last) == (first, date(2025, 12, 31))


def test_less_than_a_year_is_not_judged() -> None:
    shape = panel(8)
    assert since(answer(shape), shape, go_live=START, day=date(2025, 1, 1)) is not None
    assert since(answer(shape), shape, go_live=START, day=date(2025, 1, 2)) is None


def test_a_lag_longer_than_the_data_leaves_no_window() -> None:
    assert window_of(panel(8), go_live=START, options={"lag_months": 24}) is None


def test_persons_with_starts_of_their_own_are_counted_from_those() -> None:
    """The first of them began in July 2023, so the time after begins there; no lag leaves out the time until a day."""
    rows = panel(8).rows()
    rows["start"] = pd.to_datetime("2023-07-01") + pd.to_timedelta(31 * rows["person"], "D")
    shape = Panel(rows)
    found = window_of(shape, go_live=START, options={})
    assert found is not None
    assert (found.first, found.last) == (date(2023, 7, 1), date(2025, 12, 31))
    assert since(answer(shape), shape, go_live=START, day=date(2024, 7, 1)) is None
