"""Whether a few persons decide the answer."""

from __future__ import annotations

from datetime import date

import pytest

from benefits.activity import Panel
from benefits.measurement import Estimate, Refusal, method
from benefits.measurement.checks.influence import influence

pytestmark = pytest.mark.slow

START = date(2024, 1, 1)
STEADY = [[1] * 24, [1, 2] * 12, [2] * 11 + [1] * 13, [1] * 13 + [2] * 11]
"""The third goes down by as much as the fourth goes up."""


def again(data, go_live) -> Estimate | Refusal:
    return method("before_after").estimate(data, benefit="", indicator="", go_live=go_live, options={})


def checked(data):
    estimate = again(data, START)
    rows = data.rows()
    return influence(data, estimate=estimate, go_live=START, again=again, rows=rows[rows["group"] != "comparison"])


def test_five_heavy_users_who_fall_decide_the_answer(panel) -> None:
    """Forty who stay the same; five with 30 a month, then 5: without them nothing changes."""
    (found,) = checked(panel({"treated": STEADY * 10 + [[30 + one] * 12 + [5] * 12 for one in range(5)]}))
    assert found.passed is False
    assert found.parameters["left_out"] == 5
    assert found.parameters["rate_effect"] < -2
    assert found.parameters["rate_without"] == pytest.approx(0, abs=0.05)
    assert found.without is not None
    assert found.without.effect == found.parameters["rate_without"]


def test_a_change_that_all_share_stays_without_them(panel) -> None:
    (found,) = checked(panel({"treated": [[2 + one % 3] * 12 + [1] * 12 for one in range(40)]}))
    assert found.passed is True
    assert found.parameters["rate_without"] < 0


def test_never_fewer_than_five_are_left_out_and_one_in_a_hundred_of_many(panel) -> None:
    many = [[2 + one % 3, 1] for one in range(601)]
    (found,) = checked(panel({"treated": many}, start="2023-12-01"))
    assert found.parameters["left_out"] == 7


def test_the_heaviest_are_counted_on_both_sides_together_so_that_a_fall_is_not_made_by_choosing(panel) -> None:
    """Those who go up and those who go down by as much are equally heavy: the one with most in all goes first."""
    up, down = [[0] * 12 + [9] * 12] * 3, [[10] * 12 + [0] * 12] * 2
    (found,) = checked(panel({"treated": STEADY * 10 + up + down}))
    assert found.parameters["rate_without"] == pytest.approx(0, abs=0.05)


def test_a_group_of_nineteen_is_too_small_and_a_series_has_no_persons(panel, series) -> None:
    counts = [[2 + one % 3] * 12 + [1] * 12 for one in range(20)]
    assert checked(panel({"treated": counts}))[0].passed is not None
    assert checked(panel({"treated": counts[:19]}))[0].passed is None
    assert checked(series({"all": [2, 3] * 12})) == ()


@pytest.mark.parametrize("id", ["weighted_comparison", "event_study", "staggered_starts", "difference_in_differences"])
def test_every_comparison_of_persons_is_made_once_more_without_them_and_tells_of_missing_months(simulated, id) -> None:
    options = {"history_parts": 2} if id == "weighted_comparison" else {}
    data = simulated(3, persons=120, ratio=0.7)
    found = method(id).estimate(data, benefit="", indicator="", go_live=START, options=options)
    assert isinstance(found, Estimate)
    codes = {one.code: one for one in found.checks}
    assert codes["heaviest_users"].parameters["left_out"] == 10
    assert codes["heaviest_users"].parameters["rate_without"] != found.effect
    assert codes["missing_data"].parameters["missing"] == 0


def test_missing_months_are_counted_also_with_weights_and_staggered_starts(simulated) -> None:
    """Every fifth of 240 persons lacks May in both years."""
    rows = simulated(3, persons=120).rows()
    holes = Panel(rows[(rows["period"].dt.month != 5) | (rows["person"] % 5 > 0)])
    for id in ("weighted_comparison", "staggered_starts", "event_study"):
        found = method(id).estimate(holes, benefit="", indicator="", go_live=START, options={})
        assert isinstance(found, Estimate)
        (told,) = [one for one in found.checks if one.code == "missing_data"]
        assert told.parameters["missing"] == 96
