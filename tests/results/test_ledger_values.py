"""Counts of the ledger: none is shown from which one to four persons could be told."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.measurement import proportion_interval
from benefits.project.model import LedgerRow, Project
from benefits.results import Values
from benefits.results.ledger_values import COUNTS, add_ledger_values, hidden_counts


def row(year: int = 2025, **counts: int) -> LedgerRow:
    return LedgerRow(date=date(year, 6, 30), **counts)


def added(*rows: dict[str, int]) -> Values:
    ledger = tuple({"date": date(2025, at, 28), **counts} for at, counts in enumerate(rows, start=1))
    values = Values()
    add_ledger_values(Project.model_validate({"format": 1, "id": "p", "title": "P", "ledger": ledger}), values)
    return values


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"started": 20, "active": 15, "ended": 5}, set()),
        ({"started": 20, "active": 20, "ended": 0}, set()),
        ({"started": 3}, {"started"}),
        # 20 - 17 is the three who are active; 20 - 18 the two who have ended.
        ({"started": 20, "active": 3, "ended": 17}, {"active", "ended"}),
        ({"started": 20, "active": 18, "ended": 2}, {"active", "ended"}),
        ({"started": 20, "active": 18}, {"active"}),
        ({"started": 20, "ended": 17}, {"ended"}),
        ({"active": 18, "ended": 2}, {"ended"}),
        # One said no.
        ({"invited": 22, "accepted": 21}, {"accepted"}),
        # Two said yes and have not started.
        ({"accepted": 22, "started": 20}, {"accepted"}),
        # Two of those invited, or of those who said yes, are not among the active, or have not ended.
        ({"invited": 22, "started": 20}, {"invited"}),
        ({"invited": 22, "active": 20}, {"invited"}),
        ({"accepted": 22, "active": 20}, {"accepted"}),
        ({"invited": 22, "ended": 20}, {"ended"}),
        ({"accepted": 22, "ended": 20}, {"ended"}),
        # Two were invited and have not started, and one of them said no.
        ({"invited": 22, "accepted": 21, "started": 20}, {"invited", "accepted"}),
        ({"invited": 40, "accepted": 30, "started": 20}, set()),
        # Two of those who started are neither active nor ended: one count fewer, and nobody can tell.
        ({"started": 20, "active": 12, "ended": 6}, {"ended"}),
        ({"invited": 5, "started": 0}, set()),
    ],
)
def test_a_row_hides_what_would_tell_of_a_few(counts: dict[str, int], hidden: set[str]) -> None:
    assert hidden_counts([row(**counts)]) == (hidden,)


@pytest.mark.parametrize("field", ["invited", "accepted", "started", "ended"])
def test_a_count_is_hidden_that_is_a_few_more_than_at_an_earlier_date(field: str) -> None:
    """10, 12, 14, 15: two more, four more than 10, and then five more."""
    rows = [row(2021 + at, **{field: number}) for at, number in enumerate((10, 12, 14, 15))]
    assert [bool(one) for one in hidden_counts(rows)] == [False, True, True, False]


def test_those_active_may_be_a_few_fewer_than_before_when_nothing_tells_who_left() -> None:
    assert hidden_counts([row(2024, active=50), row(2025, active=48)]) == (set(), set())
    # With thirty more who started, two have ended: 80 - 78.
    assert hidden_counts([row(2024, started=50, active=50), row(2025, started=80, active=78)]) == (set(), {"active"})


def test_who_ended_between_two_dates_is_not_told_by_who_is_active_either() -> None:
    """Ended 6, then 8 as 50 - 42."""
    rows = [row(2024, started=50, active=44, ended=6), row(2025, started=50, active=42, ended=8)]
    assert hidden_counts(rows) == (set(), {"active", "ended"})


def test_who_started_is_told_by_who_is_active_and_who_has_ended() -> None:
    """Started 20, then 12 + 10 = 22."""
    assert hidden_counts([row(2024, started=20), row(2025, active=12, ended=10)]) == (set(), {"ended"})


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [row(2025, started=22), row(2024, started=20)]
    assert hidden_counts(rows) == ({"started"}, set())


rows_of_counts = st.lists(
    st.fixed_dictionaries({}, optional={field: st.integers(0, 30) for field in COUNTS}), min_size=1, max_size=5
)


@given(rows_of_counts)
def test_a_later_row_changes_nothing_about_earlier_ones(counts: list[dict[str, int]]) -> None:
    rows = [row(2020 + at, **one) for at, one in enumerate(counts)]
    assert hidden_counts(rows)[:-1] == hidden_counts(rows[:-1])


@given(rows_of_counts)
def test_no_difference_of_shown_counts_is_of_a_few_persons(counts: list[dict[str, int]]) -> None:
    rows = [row(2020 + at, **one) for at, one in enumerate(counts)]
    shown = [
        {name: number for name, number in one.items() if name not in hidden}
        for one, hidden in zip(counts, hidden_counts(rows), strict=True)
    ]
    few = range(1, 5)
    for one in shown:
        assert not any(number in few for number in one.values())
        if one.keys() >= {"started", "active"}:
            assert one["started"] - one["active"] not in few
        if one.keys() >= {"invited", "accepted"}:
            assert one["invited"] - one["accepted"] not in few
    for name in ("invited", "accepted", "started", "ended"):
        known = [one[name] for one in shown if name in one]
        assert not any(later - earlier in few for earlier, later in combinations(known, 2))


def test_a_hidden_count_has_no_value_and_says_that_it_is_hidden() -> None:
    values = added({"started": 20, "active": 3, "ended": 17})
    found = {id: (value.value, value.suppressed) for id, value in values.items() if not id.endswith("share")}
    prefix = "ledger.2025-01-28"
    assert found == {
        f"{prefix}.started": (20, False),
        f"{prefix}.active": (None, True),
        f"{prefix}.ended": (None, True),
    }


def test_how_many_units_take_part_is_never_hidden() -> None:
    assert added({"units": 3})["ledger.2025-01-28.units"].value == 3


def test_a_share_is_shown_with_wilsons_interval() -> None:
    share = added({"invited": 100, "accepted": 80})["ledger.2025-01-28.accepted.share"]
    assert (share.value, share.low, share.high) == (0.8, *proportion_interval(80, 100))


@pytest.mark.parametrize(
    ("counts", "name"),
    [
        # What it is of is hidden: two more were invited than at the date before. Who accepted is shown.
        ({"invited": 42, "accepted": 30}, "accepted"),
        # What it is a part of is shown, and the part hidden.
        ({"invited": 80, "accepted": 78}, "accepted"),
    ],
)
def test_a_share_is_hidden_where_either_of_its_counts_is(counts: dict[str, int], name: str) -> None:
    values = added({"invited": 40}, counts)
    hidden = [values[f"ledger.2025-02-28.{field}"].suppressed for field in counts]
    assert sorted(hidden) == [False, True]
    share = values[f"ledger.2025-02-28.{name}.share"]
    assert (share.value, share.low, share.high, share.suppressed) == (None, None, None, True)


def test_no_row_is_hidden_where_all_differ_by_five_or_more() -> None:
    counts = [40, 45, 52]
    assert all(later - earlier >= 5 for earlier, later in pairwise(counts))
    assert hidden_counts([row(2023 + at, started=one) for at, one in enumerate(counts)]) == (set(),) * 3
