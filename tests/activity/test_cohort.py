from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.activity.cohort import Members, NobodyObserved, NoneMatch, follow, observed_days

FIRST, LAST = date(2023, 1, 1), date(2024, 12, 31)


def member(person: int, **said: Any) -> dict[str, Any]:
    row = {"person": person, "group": "treated", "unit": "Vik", "start": "2024-01-01", "first": "2023-01-01"}
    return {**row, "ended": None, "reason": "", **said}


def members(*rows: dict[str, Any], last: date = LAST) -> Members:
    frame = pd.DataFrame(list(rows))
    days = {name: pd.to_datetime(frame[name]) for name in ("start", "first", "ended")}
    return Members(rows=frame.assign(**days), last=last)


def events(*rows: tuple[int, str]) -> pd.DataFrame:
    person = pd.Series([one for one, _ in rows], dtype="int64")
    day = pd.to_datetime(pd.Series([one for _, one in rows], dtype="str"))
    return pd.DataFrame({"person": person, "date": day, "count": 1})


def found(one: Any) -> dict[str, Any]:
    return {finding.code: dict(finding.parameters) for finding in one.findings}


def test_a_whole_month_is_a_twelfth_of_a_person_year():
    panel = follow(members(member(0)), events(), first=FIRST, months_per=12).panel
    assert panel.rows()["exposure"].tolist() == [1 / 12] * 24


def test_the_day_of_death_is_the_last_day_observed():
    """Dead on 10 May: 10 of the 31 days of May, and nothing after."""
    ended = member(0, ended="2024-05-10", reason="died")
    rows = follow(members(ended), events(), first=FIRST, months_per=1).panel.rows()
    assert rows["period"].iloc[-1] == pd.Timestamp("2024-05-01")
    assert rows["exposure"].iloc[-1] == 10 / 31


@pytest.mark.parametrize("group", ["treated", "comparison"])
@pytest.mark.parametrize(("reason", "months"), [("died", 17), ("moved", 17), ("stopped", 24), ("", 24)])
def test_death_and_moving_end_observation_and_stopping_does_not(group, reason, months):
    ended = None if reason == "" else "2024-05-31"
    one = members(member(0, group=group, ended=ended, reason=reason))
    assert len(follow(one, events(), first=FIRST, months_per=1).panel.rows()) == months


def test_only_active_ends_when_the_person_stopped_and_says_of_how_many():
    one = members(member(0, ended="2024-05-31", reason="stopped"), member(1))
    active = follow(one, events((0, "2024-06-03")), first=FIRST, months_per=1, only_active=True)
    assert len(active.panel.rows()) == 17 + 24
    assert found(active)["only_active"] == {"count": 1}
    assert active.panel.rows()["count"].sum() == 0
    assert follow(one, events((0, "2024-06-03")), first=FIRST, months_per=1).panel.rows()["count"].sum() == 1


def test_each_person_keeps_the_own_day_of_inclusion():
    two = members(member(0, start="2024-03-05"), member(1, start="2024-07-20", group="comparison"))
    starts = follow(two, events(), first=FIRST, months_per=1).panel.rows().groupby("person")["start"].first()
    assert starts.dt.strftime("%Y-%m-%d").tolist() == ["2024-03-05", "2024-07-20"]


def test_what_is_left_out_is_counted_by_why():
    """Six events: two of nobody known, one before the first day, one after death, two counted."""
    both = members(member(0, first="2023-06-15", ended="2024-02-10", reason="died"), member(1))
    early_and_late = [(0, "2023-06-14"), (0, "2024-02-11")]
    within = [(0, "2023-06-15"), (1, "2024-12-31")]
    six = events((-1, "2024-01-05"), (-1, "2024-01-05"), *early_and_late, *within)
    followed = follow(both, six, first=FIRST, months_per=12)
    assert followed.panel.rows()["count"].sum() == 2
    assert found(followed) == {
        "events_of_others": {"count": 2, "share": 2 / 6},
        "events_outside_observation": {"count": 2},
    }


def test_one_who_is_never_observed_is_counted_and_in_no_row():
    two = members(member(0), member(1, first="2025-01-01", start="2025-06-01", group="comparison"))
    followed = follow(two, events(), first=FIRST, months_per=12)
    assert followed.panel.groups == ("treated",)
    assert found(followed) == {"never_observed": {"count": 1, "group": "comparison"}, "included_late": {"count": 1}}


def test_a_cohort_nobody_of_which_is_observed_is_refused():
    with pytest.raises(NobodyObserved):
        follow(members(member(0, first="2026-01-01")), events(), first=FIRST, months_per=12)


def test_events_of_quite_other_persons_are_refused_rather_than_counted_as_none():
    with pytest.raises(NoneMatch):
        follow(members(member(0)), events((-1, "2024-01-01")), first=FIRST, months_per=12)


def test_an_event_by_month_belongs_to_the_month_whatever_day_the_person_came():
    one = members(member(0, first="2023-06-15"))
    by_month = follow(one, events((0, "2023-06-01")), first=FIRST, months_per=1, by_month=True)
    assert by_month.panel.rows()["count"].iloc[0] == 1
    assert follow(one, events((0, "2023-06-01")), first=FIRST, months_per=1).panel.rows()["count"].sum() == 0


def test_everyone_is_counted_whatever_became_of_them():
    rows = [
        member(0, ended="2024-02-01", reason="died"),
        member(1, ended="2024-03-01", reason="moved"),
        member(2, ended="2024-04-01", reason="stopped"),
        member(3),
        member(4, group="comparison", ended="2025-01-01", reason="died"),
    ]
    treated, comparison = members(*rows).counts().groups
    assert (treated.included, treated.died, treated.moved, treated.stopped, treated.followed) == (4, 1, 1, 1, 2)
    assert (comparison.included, comparison.died, comparison.followed) == (1, 0, 1)


def test_counts_at_an_earlier_date_know_nothing_later():
    one = members(member(0, ended="2024-06-01", reason="died"), member(1, start="2024-09-01"))
    (early,) = one.counts(as_of=date(2024, 5, 31)).groups
    assert (early.included, early.died, early.followed) == (1, 0, 1)


def test_members_show_no_row_of_a_person():
    assert repr(members(member(0))) == "Members(1 persons to 2024-12-31)"


DAYS = st.dates(min_value=FIRST - timedelta(days=200), max_value=LAST + timedelta(days=200))


@st.composite
def cohorts(draw: Any) -> tuple[Members, pd.DataFrame]:
    rows = []
    for person in range(draw(st.integers(1, 5))):
        first = draw(DAYS)
        start = first + timedelta(days=draw(st.integers(0, 400)))
        reason = draw(st.sampled_from(["", "died", "moved", "stopped"]))
        ended = start + timedelta(days=draw(st.integers(0, 400))) if reason else None
        rows.append(member(person, first=first, start=start, reason=reason, ended=ended))
    happened = draw(st.lists(st.tuples(st.integers(0, len(rows) - 1), DAYS), max_size=12))
    return members(*rows), events(*((person, day.isoformat()) for person, day in happened))


@pytest.mark.slow
@settings(max_examples=50)
@given(cohorts(), st.sampled_from([1, 12]), st.booleans())
def test_exposure_is_the_observed_days_and_no_event_is_counted_twice(cohort, months_per, only_active):
    everyone, happened = cohort
    days = observed_days(everyone, first=FIRST, only_active=only_active)
    assert days == sum(_days_of(row, only_active) for _, row in everyone.rows.iterrows())
    try:
        followed = follow(everyone, happened, first=FIRST, months_per=months_per, only_active=only_active)
    except NobodyObserved:
        assert days == 0
        return
    rows = followed.panel.rows()
    length = rows["period"].map(lambda period: calendar.monthrange(period.year, period.month)[1])
    assert (rows["exposure"] * length * months_per).sum() == pytest.approx(days)
    outside = found(followed).get("events_outside_observation", {"count": 0})["count"]
    assert rows["count"].sum() + outside == len(happened)
    backwards = Members(rows=everyone.rows[::-1], last=everyone.last)
    again = follow(backwards, happened[::-1], first=FIRST, months_per=months_per, only_active=only_active)
    pd.testing.assert_frame_equal(again.panel.rows(), rows)


def _days_of(row: pd.Series, only_active: bool) -> int:
    """Count day by day, as one would on a calendar."""
    ends = {"died", "moved", *(["stopped"] if only_active else [])}
    day, days = max(row["first"].date(), FIRST), 0
    while day <= LAST and not (row["reason"] in ends and day > row["ended"].date()):
        day, days = day + timedelta(days=1), days + 1
    return days
