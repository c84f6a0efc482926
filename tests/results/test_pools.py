"""Units with few events are shown with the others of their pool, or hidden, so that no small number can be told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.results.pools import Row, Unit, rows_of

POOLS = {"A": "Nord", "B": "Nord", "C": "Sør", "D": "Sør"}


def units(**counts: float) -> list[Unit]:
    return [Unit(name=name, count=count, exposure=1000.0) for name, count in counts.items()]


def shown(rows: tuple[Row, ...]) -> dict[str, float | None]:
    return {row.name: None if row.hidden else row.count for row in rows}


def test_units_that_are_large_enough_stand_alone_also_when_they_have_a_pool() -> None:
    assert shown(rows_of(units(A=9, B=12, C=5), pools=POOLS)) == {"A": 9, "B": 12, "C": 5}


def test_one_small_member_brings_all_members_of_its_pool_into_one_row() -> None:
    """B has 3, so A's 30 is not shown beside 33 either; C and D of the other pool stay as they are."""
    rows = rows_of(units(A=30, B=3, C=7, D=8), pools=POOLS)
    assert shown(rows) == {"C": 7, "D": 8, "Nord": 33}
    assert rows[-1].members == ("A", "B")
    assert rows[-1].exposure == 2000.0


def test_a_pool_that_is_still_small_is_hidden_and_another_row_with_it() -> None:
    """1 + 2 = 3 are hidden; the sum of all less the two others would be 3, so the smaller of these is hidden too."""
    assert shown(rows_of(units(A=1, B=2, C=20, D=40), pools=POOLS)) == {"C": None, "D": 40, "Nord": None}


def test_a_small_unit_without_a_pool_is_hidden_with_the_next_smallest() -> None:
    assert shown(rows_of(units(A=2, B=30, C=9))) == {"A": None, "B": 30, "C": None}


def test_two_hidden_units_of_four_together_still_follow_from_a_sum() -> None:
    """2 + 2 = 4 < 5: that four persons are in the two would be told."""
    assert shown(rows_of(units(A=2, B=2, C=30, D=9))) == {"A": None, "B": None, "C": 30, "D": None}


def test_zero_is_shown() -> None:
    assert shown(rows_of(units(A=0, B=10))) == {"A": 0, "B": 10}


def test_events_of_few_persons_are_small_however_many_the_events() -> None:
    few = [Unit(name="A", count=40, exposure=1000.0, persons=3), *units(B=50, C=60)]
    assert shown(rows_of(few)) == {"A": None, "B": None, "C": 60}


def test_those_left_out_of_a_share_are_held_to_the_limit_too() -> None:
    """38 of 40 leave two; 20 of 40 are hidden with them."""
    some = [Unit(name=name, count=count, exposure=40) for name, count in {"A": 38, "B": 30, "C": 20}.items()]
    assert shown(rows_of(some, share=True)) == {"A": None, "B": 30, "C": None}


def test_with_the_limit_of_those_inside_everything_is_shown_alone() -> None:
    assert shown(rows_of(units(A=1, B=2, C=3), pools=POOLS, limit=1)) == {"A": 1, "B": 2, "C": 3}


names = st.sampled_from("ABCDEFG")
counted = st.dictionaries(names, st.integers(0, 12), min_size=1)
pooled = st.dictionaries(names, st.sampled_from(["Nord", "Sør"]))


@given(counted, pooled)
def test_nothing_small_is_shown_and_nothing_small_follows_from_the_sum_of_all(
    counts: Mapping[str, int], pools: Mapping[str, str]
) -> None:
    rows = rows_of(units(**counts), pools=pools)
    assert not any(0 < row.count < 5 for row in rows if not row.hidden)
    hidden = [row.count for row in rows if row.hidden]
    others_left = any(row.count for row in rows if not row.hidden)
    if hidden and others_left:
        assert len(hidden) > 1
        assert sum(hidden) >= 5


@given(counted, pooled)
def test_every_unit_is_in_one_row_and_no_member_stands_beside_its_pool(
    counts: Mapping[str, int], pools: Mapping[str, str]
) -> None:
    rows = rows_of(units(**counts), pools=pools)
    inside = [name for row in rows for name in (row.members or (row.name,))]
    assert sorted(inside) == sorted(counts)
    assert sum(row.count for row in rows) == sum(counts.values())


@pytest.mark.parametrize("pools", [{}, POOLS])
def test_no_units_give_no_rows(pools: Mapping[str, str]) -> None:
    assert rows_of([], pools=pools) == ()
