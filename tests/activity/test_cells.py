from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.activity import finest_step


def monthly(counts: list[int], *, group: str = "treated", **more) -> pd.DataFrame:
    period = pd.date_range("2024-01-01", periods=len(counts), freq="MS")
    return pd.DataFrame({"period": period, "group": group, "count": counts, "exposure": 1.0, **more})


@pytest.mark.parametrize(
    ("counts", "step"),
    [
        ([5, 6, 0, 9, 5, 7, 5, 5, 5, 5, 5, 5], "month"),
        ([2] * 12, "quarter"),
        ([1] * 12, "half_year"),
        ([1, 0] * 6, "year"),
        ([0] * 12, "month"),
        ([1] + [0] * 11, None),
    ],
)
def test_the_finest_step_is_the_first_at_which_every_cell_clears_the_limit(counts, step):
    assert finest_step(monthly(counts), persons={"treated": 49})[0] == step


def test_nothing_is_returned_when_nothing_clears():
    assert finest_step(monthly([1]), persons={"treated": 20}) == (None, None)


def test_events_and_exposure_are_kept_when_the_step_grows():
    step, shown = finest_step(monthly([2] * 12), persons={"treated": 20})
    assert step == "quarter"
    assert (shown["count"].tolist(), shown["exposure"].tolist()) == ([6] * 4, [3.0] * 4)


def test_few_events_are_shown_when_the_group_has_fifty_persons():
    assert finest_step(monthly([1, 2, 3]), persons={"treated": 50})[0] == "month"
    assert finest_step(monthly([1, 2, 3]), persons={"treated": 49})[0] == "quarter"


def test_a_group_of_fewer_persons_than_the_limit_is_never_shown():
    assert finest_step(monthly([100] * 12), persons={"treated": 4})[0] is None


def test_a_cell_resting_on_few_persons_is_not_shown_even_in_a_large_group():
    frame = monthly([9] * 3, persons=[60, 3, 60])
    assert finest_step(frame, persons={"treated": 60})[0] == "quarter"


def test_a_last_cell_that_is_not_over_is_neither_shown_nor_asked_for_more():
    # Seven months of two: the third quarter has one month so far.
    step, shown = finest_step(monthly([2] * 7), persons={"treated": 20})
    assert (step, shown["count"].tolist(), shown["whole"].tolist()) == ("quarter", [6, 6], [True, True])


def test_a_first_cell_the_data_begin_within_is_shown_as_a_part():
    frame = monthly([9, 2] + [2] * 9 + [3]).assign(period=pd.date_range("2023-12-01", periods=12, freq="MS"))
    step, shown = finest_step(frame, persons={"treated": 20})
    assert (step, shown["count"].tolist(), shown["whole"].tolist()) == ("quarter", [9, 6, 6, 6], [False] + [True] * 3)
    assert shown["first"].iloc[0] == pd.Timestamp("2023-12-01")


def test_a_hole_in_the_data_makes_a_part_of_the_cell_around_it():
    frame = monthly([2] * 9).drop(index=4)
    step, shown = finest_step(frame.assign(count=3), persons={"treated": 20})
    assert (step, shown["whole"].tolist()) == ("quarter", [True, False, True])


def test_a_year_from_july_ends_in_june():
    frame = monthly([9, 9]).assign(period=pd.to_datetime(["2022-07-01", "2023-07-01"]))
    _, shown = finest_step(frame, persons={"treated": 20})
    assert shown["end"].tolist() == [pd.Timestamp("2023-07-01"), pd.Timestamp("2024-07-01")]
    assert shown["whole"].all()


@pytest.mark.parametrize(("freq", "step"), [("QS", "quarter"), ("2MS", "half_year"), ("YS", "year"), ("2YS", "year")])
def test_no_step_is_finer_than_the_data(freq, step):
    frame = monthly([9] * 5).assign(period=pd.date_range("2020-01-01", periods=5, freq=freq))
    assert finest_step(frame, persons={"treated": 20})[0] == step


def test_a_whole_population_has_no_limit():
    assert finest_step(monthly([1, 2], group="all"), persons={})[0] == "month"


def test_all_groups_are_shown_at_the_same_step():
    frame = pd.concat([monthly([9] * 12), monthly([2] * 12, group="comparison")])
    step, shown = finest_step(frame, persons={"treated": 20, "comparison": 20})
    assert (step, len(shown)) == ("quarter", 8)


@pytest.mark.slow
@given(st.lists(st.integers(0, 12), min_size=1, max_size=30), st.integers(0, 80))
def test_no_shown_cell_is_below_the_limit(counts, persons):
    _, shown = finest_step(monthly(counts), persons={"treated": persons})
    if shown is not None and persons < 50:
        assert not shown["count"].between(1, 4).any()
