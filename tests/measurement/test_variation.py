"""Variation between units: worked by hand, as R has it, recomputed, and undefined with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benefits.measurement import Refusal
from benefits.measurement.areas.variation import AreaVariation, funnel_limits, variation

ANCHOR = json.loads((Path(__file__).parent / "anchors" / "variation.json").read_text(encoding="utf-8"))


def table(count: list[Any], exposure: list[Any], **columns: Any) -> pd.DataFrame:
    units = [f"area {at}" for at in range(len(count))]
    return pd.DataFrame({"unit": units, "count": count, "exposure": exposure, **columns})


def found(*given: Any, **how: Any) -> AreaVariation:
    answer = variation(table(*given), **how)
    assert isinstance(answer, AreaVariation), answer
    return answer


def test_measures_are_those_of_a_hand_worked_example() -> None:
    """Rates 0.1, 0.2, 0.3; E 20 each, so SCV = 100 (0.5 / 3 - 0.05), and by logarithms ln 0.5, 0, ln 1.5."""
    answer = found([10, 20, 30], [100, 100, 100])
    assert answer.quotient == pytest.approx(3)
    # Percentiles of 0.1, 0.2, 0.3 are 0.1 + 0.05 x 0.2 and 0.3 - 0.05 x 0.2.
    assert answer.quotient_5_95 == pytest.approx(0.29 / 0.11)
    assert answer.cv == pytest.approx(0.5)
    assert answer.scv_linear == pytest.approx(100 * (0.5 / 3 - 0.05))
    assert answer.scv_log == pytest.approx(100 * ((np.log(0.5) ** 2 + np.log(1.5) ** 2) / 3 - 0.05))


def test_every_measure_is_that_of_r() -> None:
    answer = found(ANCHOR["count"], ANCHOR["exposure"])
    for name in ("quotient", "quotient_5_95", "cv", "scv_log", "scv_linear"):
        assert getattr(answer, name) == pytest.approx(ANCHOR[name], rel=1e-12), name


@pytest.mark.parametrize(("of", "law"), [("events", "poisson"), ("shares", "binomial")])
def test_funnel_limits_are_those_of_r(of: str, law: str) -> None:
    answer = found(ANCHOR["count"], ANCHOR["exposure"], of=of)
    ours = [[*point.inner, *point.outer] for point in answer.funnel]
    assert np.array(ours) == pytest.approx(np.array(ANCHOR[law]), rel=1e-9)


def test_funnel_limits_hold_so_much_of_chance() -> None:
    """An independent look: simulated counts at the expected number fall outside about as often as the limits say."""
    low, high = funnel_limits(40.0, exposure=200.0, of="events", coverage=0.95)
    drawn = np.random.default_rng(4).poisson(40, size=200_000) / 200
    assert np.mean((drawn < low) | (drawn > high)) == pytest.approx(0.05, abs=0.012)
    exact = stats.poisson.ppf([0.025, 0.975], 40) / 200
    assert abs(np.array([low, high]) - exact).max() <= 1 / 200


def test_a_unit_without_events_leaves_the_logarithmic_form_undefined_with_the_reason() -> None:
    answer = found([0, 20, 40], [100, 100, 100])
    assert (answer.quotient, answer.scv_log) == (None, None)
    assert answer.undefined == {"quotient": "zero_rate", "scv_log": "zero_count"}
    assert answer.scv_linear == pytest.approx(100 * (2 / 3 - 0.05))


def test_less_variation_than_chance_is_none() -> None:
    answer = found([20, 20, 20], [100, 100, 100])
    assert (answer.scv_log, answer.scv_linear, answer.quotient) == (0.0, 0.0, 1.0)


def test_expected_numbers_may_be_given() -> None:
    answer = variation(table([10, 20, 30], [100, 100, 100], expected=[10.0, 20.0, 30.0]))
    assert isinstance(answer, AreaVariation)
    assert answer.scv_linear == 0.0
    assert not any(point.outside_inner for point in answer.funnel)


def test_units_far_out_and_units_too_small_are_named() -> None:
    answer = found([100, 100, 100, 200, 9], [1000, 1000, 1000, 1000, 20])
    assert [point.unit for point in answer.funnel if point.outside_outer] == ["area 3", "area 4"]
    assert answer.small == ("area 4",)


def test_the_outer_limits_hold_the_inner() -> None:
    for point in found(ANCHOR["count"], ANCHOR["exposure"]).funnel:
        assert point.outer[0] < point.inner[0] < point.inner[1] < point.outer[1]
        assert point.outside_inner or not point.outside_outer


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (table([], []), "no_rows"),
        (table([5, 6], [10, 10]), "too_few_units"),
        (table([0, 0, 0], [10, 10, 10]), "no_events_at_all"),
        (table([5, 6, -1], [10, 10, 10]), "negative_numbers"),
        (table(["5,0", "6,0", "7,0"], [10, 10, 10]), "not_numbers"),
        (table([5, 6, 1.5], [10, 10, 10]), "counts_not_whole"),
        (table([5, 6, None], [10, 10, 10]), "empty_cells"),
        (table([5, 6, 7], [10, 10, 0]), "zero_denominator"),
        (table([5, 6, 7], [10, 10, 10]).assign(unit="one"), "same_row_twice"),
    ],
)
def test_a_table_that_tells_nothing_is_refused_with_the_reason(frame: pd.DataFrame, code: str) -> None:
    answer = variation(frame)
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_a_share_above_all_is_refused() -> None:
    answer = variation(table([5, 6, 17], [10, 10, 10]), of="shares")
    assert isinstance(answer, Refusal)
    assert answer.code == "count_above_whole"


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(500, 5000)), min_size=3, max_size=20), st.integers(1, 20))
def test_the_unit_of_exposure_and_the_order_of_units_do_not_matter(rows: list[tuple[int, int]], per: int) -> None:
    count, exposure = [one for one, _ in rows], [of for _, of in rows]
    first, other = found(count, exposure), found(count[::-1], [of / per for of in exposure[::-1]])
    for name in ("quotient", "quotient_5_95", "cv", "scv_log", "scv_linear"):
        assert getattr(other, name) == pytest.approx(getattr(first, name), rel=1e-9, abs=1e-9)
    assert [point.outside_outer for point in other.funnel[::-1]] == [point.outside_outer for point in first.funnel]
