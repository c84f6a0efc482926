"""Rules fire when and only when they should, alone and as the R packages have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benefits.measurement.charts import RULES, Limits, RuleSet, limits_of, signals

ANCHORS = Path(__file__).parents[1] / "anchors"
MAKING_DATA_COUNT = json.loads((ANCHORS / "making_data_count.json").read_text(encoding="utf-8"))
QIC = json.loads((ANCHORS / "control_chart.json").read_text(encoding="utf-8"))
HELD = Limits(centre=5.0, mean=5.0, sigma=2 / 1.128, sized=False)
"""Limits 5 +- 5.319, two sigma 5 +- 3.546, one sigma 5 +- 1.773."""


def found(points: list[float], rules: RuleSet = "making_data_count") -> list[tuple[str, int, int, bool | None]]:
    signalled = signals(points, exposure=[1.0] * len(points), limits=HELD, rules=rules)
    return [(one.rule, one.first, one.last, one.above) for one in signalled]


def test_a_point_outside_the_limits_is_a_signal_and_one_just_inside_is_not() -> None:
    assert found([10.4]) == [("outside", 0, 0, True)]
    assert found([-0.4]) == [("outside", 0, 0, False)]
    assert found([10.3]) == []


def test_seven_on_one_side_are_a_signal_and_six_are_not() -> None:
    assert found([4.5, 4.0] * 3) == []
    assert found([4.5, 4.0, 4.5, 4.0, 4.5, 4.0, 4.5]) == [("one_side", 0, 6, False)]


def test_a_point_on_the_centre_breaks_a_run() -> None:
    assert found([4.5, 4.0, 4.5, 5.0, 4.5, 4.0, 4.5]) == []


def test_seven_points_in_one_direction_are_a_signal_and_an_equal_point_breaks_them() -> None:
    assert found([2.0, 3.0, 4.0, 5.5, 6.0, 7.0, 8.0]) == [("trend", 0, 6, True)]
    assert found([2.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0]) == []


def test_two_of_three_near_the_same_limit_are_a_signal() -> None:
    assert found([9.0, 5.0, 9.0]) == [("two_of_three", 0, 2, True)]
    assert found([9.0, 5.0, 1.0]) == []
    assert found([9.0, 5.0, 4.0, 9.0]) == []


def test_two_of_three_that_follow_one_another_are_one_signal() -> None:
    assert found([9.0, 9.0, 4.0, 9.0]) == [("two_of_three", 0, 3, True)]


def test_western_electric_waits_for_eight_and_looks_at_one_sigma_too() -> None:
    assert found([4.5, 4.0] * 3 + [4.5], "western_electric") == []
    assert found([4.5, 4.0] * 4, "western_electric") == [("one_side", 0, 7, False)]
    assert found([7.0, 7.0, 4.0, 7.0, 7.0], "western_electric") == [("four_of_five", 0, 4, True)]
    assert found([7.0, 7.0, 4.0, 4.0, 7.0], "western_electric") == []


def test_western_electric_knows_no_trend() -> None:
    assert found([2.0, 3.0, 4.0, 5.5, 6.0, 7.0, 8.0], "western_electric") == []


def test_anhoej_allows_a_run_of_round_log_two_plus_three() -> None:
    """Of 12 useful points round(log2 12) + 3 = 7 in a row are allowed, and 3 crossings (5 % of 11 fair coins) asked."""
    run, rest = [4.0] * 7, [6.0, 4.0, 6.0, 4.0, 6.0]
    assert found([*run, *rest], "anhoej") == []
    assert found([4.0, *run, *rest[:-1]], "anhoej") == [("long_run", 0, 7, False)]


def test_anhoej_asks_for_crossings() -> None:
    """Two runs of six: one crossing, and three are asked for of twelve points."""
    assert stats.binom.ppf(0.05, 11, 0.5) == 3
    assert found([4.0] * 6 + [6.0] * 6, "anhoej") == [("few_crossings", 0, 11, None)]


def test_anhoej_counts_steps_between_points_and_not_points() -> None:
    """Eleven points have ten steps, of which two crossings are enough; eleven fair coins would ask for three."""
    assert [float(stats.binom.ppf(0.05, steps, 0.5)) for steps in (10, 11)] == [2.0, 3.0]
    assert found([4.0] * 4 + [6.0] * 4 + [4.0] * 3, "anhoej") == []


def test_anhoej_leaves_points_on_the_centre_out_and_lets_a_run_go_on_over_them() -> None:
    points = [4.0] * 4 + [5.0] + [4.0] * 4 + [6.0, 4.0, 6.0, 4.0]
    assert found(points, "anhoej") == [("long_run", 0, 8, False)]
    assert found([5.0] * 20, "anhoej") == []


@pytest.mark.parametrize("kind", ["xmr", "p", "g", "unfrozen"])
def test_runs_are_judged_as_the_r_package_does(kind: str) -> None:
    told = QIC["plain"][kind]
    count, exposure, held = (QIC["count"], QIC["n"], QIC["freeze"])
    if kind == "g":
        count, exposure, held = QIC["between"], [1.0] * len(QIC["between"]), 14
    held = len(count) if kind == "unfrozen" else held
    name = "xmr" if kind == "unfrozen" else kind
    limits = limits_of(name, count=count[:held], exposure=exposure[:held], screen=False)  # type: ignore[arg-type]
    points = [events / of for events, of in zip(count, exposure, strict=True)]
    ours = {one.rule for one in signals(points, exposure=exposure, limits=limits, rules="anhoej")}
    assert bool(ours - {"outside"}) is told["signal"]
    assert ("long_run" in ours) is (told["longest_run"] > told["longest_run_max"])
    assert ("few_crossings" in ours) is (told["crossings"] < told["crossings_min"])


def test_the_points_the_nhs_package_marks_are_marked() -> None:
    """Two of three: theirs asks that all three lie on one side and none beyond the limit, so it marks fewer."""
    told, start = MAKING_DATA_COUNT, MAKING_DATA_COUNT["baseline"]
    points = told["points"]
    limits = limits_of("xmr", count=points[:start], exposure=[1.0] * start, screen=False)
    assert limits.around(1) == pytest.approx((told["low"], told["high"]), rel=1e-3)
    marked: dict[str, set[int]] = {}
    exposure = [1.0] * (len(points) - start)
    for one in signals(points[start:], exposure=exposure, limits=limits, rules="making_data_count", start=start):
        marked.setdefault(one.rule, set()).update(range(one.first, one.last + 1))
    assert {rule: sorted(marked[rule]) for rule in ("outside", "trend", "one_side")} == {
        rule: told[rule] for rule in ("outside", "trend", "one_side")
    }
    assert set(told["two_of_three"]) < marked["two_of_three"]
    assert marked["two_of_three"] - set(told["two_of_three"]) == {27, 35}


@pytest.mark.parametrize("rules", list(RULES))
@given(points=st.lists(st.floats(-20, 30).map(lambda number: round(number, 2)), min_size=1, max_size=40))
def test_turned_upside_down_every_signal_turns_too(rules: RuleSet, points: list[float]) -> None:
    ours = found(points, rules)
    turned = found([round(10 - point, 2) for point in points], rules)
    opposite = [(rule, first, last, None if above is None else not above) for rule, first, last, above in turned]
    assert sorted(ours, key=str) == sorted(opposite, key=str)
