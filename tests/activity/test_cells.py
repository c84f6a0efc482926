from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from benefits.activity import finest_step, hide


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


def test_a_whole_population_has_no_limit():
    assert finest_step(monthly([1, 2], group="all"), persons={})[0] == "month"


def test_all_groups_are_shown_at_the_same_step():
    frame = pd.concat([monthly([9] * 12), monthly([2] * 12, group="comparison")])
    step, shown = finest_step(frame, persons={"treated": 20, "comparison": 20})
    assert (step, len(shown)) == ("quarter", 8)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=30), st.integers(0, 80))
def test_no_shown_cell_is_below_the_limit(counts, persons):
    _, shown = finest_step(monthly(counts), persons={"treated": persons})
    if shown is not None and persons < 50:
        assert not shown["count"].between(1, 4).any()


tables = arrays(np.int64, st.tuples(st.integers(2, 5), st.integers(2, 5)), elements=st.integers(0, 12))


def hidden_of(counts: np.ndarray) -> np.ndarray:
    return hide(pd.DataFrame(counts)).to_numpy()


@given(tables)
def test_every_small_count_is_hidden_and_a_table_without_any_is_untouched(counts):
    small = (counts > 0) & (counts < 5)
    hidden = hidden_of(counts)
    assert hidden[small].all()
    assert small.any() or not hidden.any()


@given(tables)
def test_no_hidden_cell_follows_from_the_totals(counts):
    """Whoever knows the totals and the shown cells can solve for each hidden cell; its range must not be one point.

    A row or column hidden altogether whose total is below the limit is left out: that total must not be published.
    """
    hidden = hidden_of(counts)
    places = np.argwhere(hidden)
    lines = [(places[:, axis] == number, axis, number) for axis in (0, 1) for number in range(counts.shape[axis])]
    held = [line for line in lines if line[0].any()]
    if not held or any(sum(counts[tuple(place)] for place in places[line]) < 5 for line, _, _ in held):
        return
    matrix = np.array([line for line, _, _ in held], dtype=float)
    sums = np.array([sum(counts[tuple(place)] for place in places[line]) for line, _, _ in held], dtype=float)
    for cell in range(len(places)):
        cost = np.eye(len(places))[cell]
        low = linprog(cost, A_eq=matrix, b_eq=sums).fun
        high = -linprog(-cost, A_eq=matrix, b_eq=sums).fun
        assert high - low > 1e-6


def test_one_small_count_costs_three_more_cells_and_not_a_whole_row():
    assert hidden_of(np.array([[2, 9, 40], [20, 30, 50]])).tolist() == [[True, True, False], [True, True, False]]


def test_hiding_two_loops_joined_by_one_cell_hides_more_than_the_loops():
    """The cell that joins the loops would follow from the totals of one of them, though no line has it alone."""
    counts = np.full((4, 4), 90)
    for place in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)]:
        counts[place] = 3
    assert hidden_of(counts).sum() > 9
