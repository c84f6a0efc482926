"""The time each row of the ledger is of, and its patient-months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.project.model import LedgerRow
from benefits.results.service.time import months_between, stretches, timed

START = date(2025, 1, 1)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


@given(days, days, days)
def test_months_add_up_however_a_time_is_divided(first: date, second: date, third: date) -> None:
    start, middle, end = sorted((first, second, third))
    if middle < end:
        whole = months_between(start, middle) + months_between(middle + timedelta(days=1), end)
        assert whole == pytest.approx(months_between(start, end))


def test_a_row_is_of_the_time_since_the_row_before_and_the_first_since_the_start() -> None:
    rows = [LedgerRow(date=date(2025, 12, 31)), LedgerRow(date=date(2025, 6, 30))]
    found = timed(rows, go_live=date(2025, 2, 1))
    assert [(one.row.date, one.start, one.months) for one in found] == [
        (date(2025, 6, 30), date(2025, 2, 1), 5),
        (date(2025, 12, 31), date(2025, 7, 1), 6),
    ]


def test_a_row_from_before_the_start_is_of_no_time_and_the_next_is_of_the_time_since_the_start() -> None:
    rows = [LedgerRow(date=date(2024, 12, 1), invited=9), LedgerRow(date=date(2025, 3, 31), active=10)]
    before, after = timed(rows, go_live=START)
    assert (before.start, before.months) == (None, 0)
    # None active at the start, ten at the end: five for three months.
    assert (after.start, after.patient_months) == (START, 15)


def test_stated_patient_months_stand() -> None:
    (one,) = timed([LedgerRow(date=date(2025, 12, 31), active=16, patient_months=188)], go_live=START)
    assert (one.patient_months, one.estimated) == (188, False)


@pytest.mark.parametrize(
    "rows",
    [
        # Nobody says how many were active at the end, or at the last date.
        [LedgerRow(date=date(2025, 12, 31), started=16)],
        [LedgerRow(date=date(2025, 6, 30), started=9), LedgerRow(date=date(2025, 12, 31), active=16)],
        # Thirteen months.
        [LedgerRow(date=date(2026, 1, 31), active=16)],
    ],
)
def test_what_cannot_be_estimated_is_not(rows: list[LedgerRow]) -> None:
    assert timed(rows, go_live=START)[-1].patient_months is None


def test_rows_of_a_year_are_put_together_and_what_one_does_not_say_has_no_sum() -> None:
    rows = [
        LedgerRow(date=date(2025, 6, 30), patient_months=50, minutes=100),
        LedgerRow(date=date(2025, 12, 31), patient_months=60),
        LedgerRow(date=date(2026, 12, 31), patient_months=120, minutes=70),
    ]
    first, second = stretches(timed(rows, go_live=START))
    assert (first.id, first.year, first.months, first.patient_months, first.total("minutes")) == (
        "2025",
        2025,
        12,
        110,
        None,
    )
    assert (second.start, second.end, second.total("minutes")) == (date(2026, 1, 1), date(2026, 12, 31), 70)


def test_a_row_over_a_new_year_is_of_no_one_year() -> None:
    (one,) = stretches(timed([LedgerRow(date=date(2026, 3, 31), active=9)], go_live=date(2025, 7, 1)))
    assert (one.id, one.year, one.months_in(2025), one.months_in(2026), one.months_in(2027)) == (
        "2025-2026",
        None,
        6,
        3,
        0,
    )
