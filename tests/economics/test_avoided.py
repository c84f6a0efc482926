"""Avoided events and the three layers of their cost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benefits.economics.avoided import avoided_events, split
from benefits.economics.refusals import SharesOutOfRange

SHAPE = (3, 4)
AMOUNT = st.floats(-1e6, 1e6, allow_nan=False)
SHARE = st.floats(0.0, 0.5)


def test_a_difference_counts_patients_and_ramp() -> None:
    """40 patients x 0.5 reached x 0.2 fewer = 4; 80 x 1 x 0.2 = 16."""
    found = avoided_events(volume=np.array([40.0, 80.0]), ramp=np.array([0.5, 1.0]), difference=np.array([-0.2, 0.1]))
    assert np.allclose(found, [[4.0, -2.0], [16.0, -8.0]])


def test_a_ratio_above_one_means_more_events() -> None:
    """10 patients x 1 admission x (1 - 1.2) = -2."""
    one = np.array([1.0])
    found = avoided_events(volume=10 * one, ramp=one, expected_events=one, ratio=np.array([1.2]))
    assert found.full()[0, 0] == pytest.approx(-2.0)


@pytest.mark.parametrize("given", [{}, {"ratio": np.ones(1), "difference": np.ones(1)}, {"ratio": np.ones(1)}])
def test_an_effect_is_said_in_one_way(given: dict[str, np.ndarray]) -> None:
    with pytest.raises(ValueError, match="ratio"):
        avoided_events(volume=np.ones(1), ramp=np.ones(1), **given)


@given(
    arrays(float, SHAPE, elements=AMOUNT), arrays(float, 4, elements=AMOUNT), *(arrays(float, 4, elements=SHARE),) * 2
)
def test_the_layers_make_up_the_whole(
    events: np.ndarray, unit_cost: np.ndarray, cash_share: np.ndarray, staff_share: np.ndarray
) -> None:
    layers = split(events=events, unit_cost=unit_cost, cash_share=cash_share, staff_share=staff_share)
    assert np.allclose(layers.whole, events * unit_cost, rtol=1e-12, atol=1e-6)
    kept = layers.not_avoided * np.sign(events * unit_cost)
    assert (kept >= -1e-3).all()


def test_shares_that_are_everything_leave_nothing_behind() -> None:
    tenth = np.array([0.1])
    layers = split(events=np.array([3.0]), unit_cost=np.array([7.0]), cash_share=tenth, staff_share=1 - tenth)
    assert layers.not_avoided.tolist() == [0.0]


@pytest.mark.parametrize(
    ("cash", "staff", "code"),
    [([0.2, 0.6], [0.5, 0.5], "shares_over_one"), ([0.2, -0.1], [0.5, 0.5], "share_below_zero")],
)
def test_shares_out_of_range_in_a_single_draw_are_refused(cash: list[float], staff: list[float], code: str) -> None:
    with pytest.raises(SharesOutOfRange) as refused:
        split(events=np.ones(2), unit_cost=np.ones(2), cash_share=np.array(cash), staff_share=np.array(staff))
    assert refused.value.code == code
