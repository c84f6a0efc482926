"""A year, a tertial or a month, as it is written."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.results.period import InvalidPeriod, Period

PERIODS = st.one_of(
    st.integers(1901, 2199).map(lambda year: f"{year}"),
    st.builds("{}T{}".format, st.integers(1901, 2199), st.integers(1, 3)),
    st.builds("{}-{:02d}".format, st.integers(1901, 2199), st.integers(1, 12)),
)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025T1", date(2025, 1, 1), date(2025, 4, 30)),
        ("2025T2", date(2025, 5, 1), date(2025, 8, 31)),
        ("2025T3", date(2025, 9, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_has_its_first_and_last_day(written: str, first: date, last: date) -> None:
    period = Period.parse(written)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "written",
    ["", "25", "2025T", "2025T0", "2025T4", "2025t2", "2025-13", "2025-3", "2025-00", "2025Q1", " 2025", "٢٠٢٥"],
)
def test_anything_else_is_refused_and_the_three_ways_are_shown(written: str) -> None:
    with pytest.raises(InvalidPeriod, match="2025, 2025T2, 2025-03") as caught:
        Period.parse(written)
    assert pickle.loads(pickle.dumps(caught.value)).written == written


@given(PERIODS)
def test_a_period_reads_back_as_it_was_written(written: str) -> None:
    assert str(Period.parse(written)) == written


@given(PERIODS)
def test_the_year_before_is_as_long_and_begins_on_the_same_day_of_the_year(written: str) -> None:
    period = Period.parse(written)
    before = period.year_before
    assert (before.year, before.first_month, before.months) == (period.year - 1, period.first_month, period.months)
    assert before.last < period.first


@given(st.integers(1901, 2199))
def test_the_tertials_of_a_year_follow_on_each_other_and_fill_it(year: int) -> None:
    first, second, third = (Period.parse(f"{year}T{number}") for number in (1, 2, 3))
    day = timedelta(days=1)
    assert (first.first, third.last) == (Period.parse(str(year)).first, Period.parse(str(year)).last)
    assert (first.last + day, second.last + day) == (second.first, third.first)


def test_a_year_given_as_a_number_is_a_year() -> None:
    assert Period.parse(2025) == Period.parse("2025")
