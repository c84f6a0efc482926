"""Which counts of the ledger are hidden: none is shown from which one to four persons could be told."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.project.model import LedgerRow
from benefits.results.service.ledger_cells import COUNTS, hidden_counts


def row(year: int = 2025, **counts: int) -> LedgerRow:
    return LedgerRow(date=date(year, 6, 30), **counts)


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
        # Two fell out, so one more reason is hidden: 12 - 10 would tell of them.
        ({"ended": 12, "completed": 10, "fell_out": 2, "died": 0, "other_reason": 0}, {"fell_out", "completed"}),
        # Three each, and six together: nobody can tell one from the other.
        ({"ended": 16, "completed": 10, "fell_out": 3, "died": 3, "other_reason": 0}, {"fell_out", "died"}),
        # Three fell out or died; which of them it was does not help: they are few together as well.
        (
            {"ended": 13, "completed": 10, "fell_out": 2, "died": 1, "other_reason": 0},
            {"fell_out", "died", "completed"},
        ),
        # Two have ended for a reason the row does not give.
        ({"ended": 20, "fell_out": 12, "died": 6}, {"died"}),
        # Without how many ended: 30 started less 18 active are twelve, of whom ten completed.
        ({"started": 30, "active": 18, "completed": 10}, {"completed"}),
        ({"ended": 20, "completed": 10, "fell_out": 5, "died": 5, "other_reason": 0}, set()),
        # More started than were invited: a service that takes in others as well.
        ({"invited": 10, "started": 30, "active": 20, "ended": 10}, set()),
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


def test_no_row_is_hidden_where_all_differ_by_five_or_more() -> None:
    counts = [40, 45, 52]
    assert all(later - earlier >= 5 for earlier, later in pairwise(counts))
    assert hidden_counts([row(2023 + at, started=one) for at, one in enumerate(counts)]) == (set(),) * 3


def test_who_fell_out_between_two_dates_is_not_told_by_those_who_ended_for_other_reasons() -> None:
    """Ended 20 and 30, completed 10 and 18: ten not completed, then twelve."""
    rows = [row(2024, ended=20, completed=10), row(2025, ended=30, completed=18)]
    assert hidden_counts(rows) == (set(), {"completed"})


def test_who_ended_is_told_by_the_four_reasons_together() -> None:
    """Ended 18, then 8 + 6 + 6 + 0 = 20."""
    reasons = {"completed": 8, "fell_out": 6, "died": 6, "other_reason": 0}
    assert hidden_counts([row(2024, ended=18), row(2025, **reasons)]) == (set(), {"other_reason"})


PARTS = ("active", "completed", "fell_out", "died", "other_reason")
SETS = np.array(list(product((0, 1), repeat=len(PARTS)))[1:])
ROWS = np.array(list(product(range(8), repeat=len(PARTS))))


@given(st.tuples(*(st.integers(0, 5) for _ in PARTS)), st.sampled_from(("started", "ended", "")))
@settings(max_examples=40)
def test_the_shown_counts_fit_other_persons_too(parts: tuple[int, ...], without: str) -> None:
    """Every set of a few persons is of another size in some other row that shows the same: found by trying them all."""
    stated = {"started": sum(parts), "ended": sum(parts[1:]), **dict(zip(PARTS, parts, strict=True))}
    stated.pop(without, None)
    (hidden,) = hidden_counts([row(**stated)])
    numbers = {"started": ROWS.sum(axis=1), "ended": ROWS[:, 1:].sum(axis=1), **dict(zip(PARTS, ROWS.T, strict=True))}
    fits = np.all([numbers[name] == stated[name] for name in stated if name not in hidden] or [ROWS[:, 0] >= 0], axis=0)
    sizes = ROWS[fits] @ SETS.T
    few = np.isin(np.array(parts) @ SETS.T, range(1, 5))
    assert (np.ptp(sizes, axis=0)[few] > 0).all()


def test_those_inside_the_project_may_see_every_count() -> None:
    assert hidden_counts([row(started=3, active=2, ended=1, died=1)], limit=1) == (set(),)
