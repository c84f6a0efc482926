"""Dates of verdict: those the plan names, the target's, and nothing between them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.project.benefit import Target
from benefits.results.verdicts.dates import VerdictDates, verdict_dates, year_before
from benefits.results.verdicts.path import share_over

TARGET = date(2027, 12, 31)
DAY = st.dates(date(2025, 1, 1), date(2031, 12, 31))


def dates(*stated: date, as_of: date, target: date | None = TARGET, **how: bool) -> VerdictDates:
    return verdict_dates(stated, target=target, as_of=as_of, **{"each": False, "open_ended": False} | how)


def test_before_the_first_date_there_is_none_and_it_is_the_one_to_come() -> None:
    found = dates(date(2025, 12, 31), as_of=date(2025, 12, 30))
    assert (found.latest, found.coming, found.past) == (None, date(2025, 12, 31), ())


def test_on_the_day_itself_it_has_come_and_the_target_is_the_last_of_them() -> None:
    found = dates(date(2026, 12, 31), date(2025, 12, 31), as_of=date(2026, 12, 31))
    assert (found.before, found.latest, found.coming) == (date(2025, 12, 31), date(2026, 12, 31), TARGET)
    assert dates(date(2025, 12, 31), as_of=date(2030, 1, 1)).coming is None


def test_a_date_after_the_target_stands_for_it() -> None:
    found = dates(date(2028, 3, 31), as_of=date(2028, 1, 1))
    assert (found.latest, found.coming) == (None, date(2028, 3, 31))


def test_without_dates_or_target_nothing_is_judged() -> None:
    assert dates(as_of=date(2030, 1, 1), target=None).latest is None


@pytest.mark.parametrize(
    ("as_of", "latest"),
    [
        (date(2027, 12, 30), None),
        (date(2027, 12, 31), date(2027, 12, 31)),
        (date(2028, 12, 30), date(2027, 12, 31)),
        (date(2028, 12, 31), date(2028, 12, 31)),
    ],
)
def test_a_plan_without_dates_is_judged_on_the_target_and_whole_years_after_it(
    as_of: date, latest: date | None
) -> None:
    assert dates(as_of=as_of).latest == latest


def test_a_control_chart_may_be_read_on_any_day_and_a_single_value_from_the_target_on() -> None:
    early, late = date(2025, 6, 1), date(2028, 2, 3)
    assert dates(date(2025, 12, 31), as_of=early, each=True).latest == early
    assert dates(as_of=early, open_ended=True).latest is None
    assert dates(as_of=late, open_ended=True).latest == late
    assert dates(date(2025, 12, 31), as_of=late, open_ended=True).latest == TARGET


@given(st.lists(DAY, unique=True, max_size=4), DAY)
def test_a_report_between_two_dates_is_judged_as_on_the_earlier(stated: list[date], as_of: date) -> None:
    found = dates(*stated, as_of=as_of)
    assert found.latest is None or found.latest <= as_of
    assert found.coming is None or found.coming > as_of
    if found.coming is not None:
        assert dates(*stated, as_of=found.coming - timedelta(days=1)).latest == found.latest


def test_the_year_before_a_day_is_twelve_whole_months() -> None:
    assert year_before(date(2024, 2, 29)) == date(2023, 3, 1)
    assert year_before(date(2024, 2, 28)) == date(2023, 2, 1)


HALF_THEN_ALL = Target(value=1.0, date=TARGET, ramp={2025: 0.5, 2026: 1.0})


def test_the_way_to_the_target_is_the_mean_of_the_months_it_is_judged_on() -> None:
    start = date(2025, 1, 1)
    # Nine months at a half and three at all of it.
    share = share_over(HALF_THEN_ALL, go_live=start, first=date(2025, 4, 1), last=date(2026, 3, 31))
    assert share == pytest.approx((9 * 0.5 + 3 * 1.0) / 12)


def test_after_the_date_of_the_target_all_of_it_is_due_whatever_the_ramp_says() -> None:
    slow = Target(value=1.0, date=date(2025, 6, 30), ramp={2025: 0.5})
    start = date(2025, 1, 1)
    assert share_over(slow, go_live=start, first=date(2025, 7, 1), last=date(2025, 12, 31)) == 1.0
    assert share_over(slow, go_live=start, first=date(2025, 6, 1), last=date(2025, 7, 31)) == 0.75


def test_a_plan_without_a_ramp_says_nothing_of_the_time_before_the_target() -> None:
    plain = Target(value=1.0, date=TARGET)
    start = date(2025, 1, 1)
    assert share_over(plain, go_live=start, first=date(2027, 1, 1), last=TARGET) is None
    assert share_over(plain, go_live=start, first=date(2028, 1, 1), last=date(2028, 12, 31)) == 1.0
