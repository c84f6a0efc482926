"""Experts' statements pooled: wider than any of them where they disagree, and refused when they cannot be read."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benefits.measurement import Estimate, InvalidOption, Refusal
from benefits.measurement.designs.expert_estimate import pooled


def said(*rows: tuple[float, float, float], **columns) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["low", "likely", "high"])
    return frame.assign(expert=[f"e{number}" for number in range(len(rows))], **columns)


def test_one_expert_is_that_experts_triangle() -> None:
    """scipy's triangular distribution on -6 to 0 with its top at -2: c = 4/6."""
    triangle = stats.triang(c=4 / 6, loc=-6, scale=6)
    found = pooled(said((-6, -2, 0)))
    assert (found.effect, found.se) == pytest.approx((triangle.mean(), triangle.std()))
    assert (found.low, found.high) == pytest.approx(triangle.interval(0.95))


def test_the_pool_is_the_mixture_simulated_expert_by_expert() -> None:
    """Three experts, weights 1, 1 and 2: half of 400 000 draws are the third's."""
    rows = [(-6, -2, 0), (-3, -1, 1), (-10, -8, -7)]
    found = pooled(said(*rows, weight=[1, 1, 2]))
    draw = np.random.default_rng(2)
    parts = [draw.triangular(*rows[at], size=n) for at, n in ((0, 100_000), (1, 100_000), (2, 200_000))]
    simulated = np.concatenate(parts)
    assert found.effect == pytest.approx(simulated.mean(), abs=0.03)
    assert found.se == pytest.approx(simulated.std(), rel=0.01)
    assert [found.low, found.high] == pytest.approx(np.quantile(simulated, [0.025, 0.975]), abs=0.05)


def test_draws_lie_where_the_interval_says() -> None:
    found = pooled(said((-6, -2, 0), (-3, -1, 1)))
    draws = found.draws(20_000, np.random.default_rng(1))
    assert np.quantile(draws, [0.025, 0.975]) == pytest.approx([found.low, found.high], abs=0.02)


@given(
    st.lists(
        st.tuples(*[st.floats(-50, 50)] * 3).map(sorted).filter(lambda row: row[2] - row[0] > 0.1),
        min_size=1,
        max_size=6,
    )
)
def test_the_pool_lies_within_what_anybody_said(rows) -> None:
    found = pooled(said(*map(tuple, rows)))
    assert isinstance(found, Estimate)
    assert min(row[0] for row in rows) - 1e-9 <= found.low <= found.high <= max(row[2] for row in rows) + 1e-9
    assert found.grade in {"expert", "assumed"}


def test_experts_who_contradict_each_other_lower_the_grade() -> None:
    apart = pooled(said((-6, -5, -4), (-1, 0, 1), (0, 1, 2)))
    near = pooled(said((-6, -2, 0), (-5, -2, 0), (-6, -3, 1)))
    assert (apart.grade, near.grade) == ("assumed", "expert")
    assert apart.details["widest_gap"].value == pytest.approx(6.0)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (said().drop(columns="low"), "columns_missing"),
        (said(), "nobody_asked"),
        (said((1, 2, 3), (None, 2, 3)), "statements_incomplete"),
        (said((1, 2, 3)).astype({"low": "object"}).assign(low="1,5"), "statements_incomplete"),
        (said((1, 2, 3), (1, 2, 3)).assign(expert="a"), "expert_twice"),
        (said((3, 2, 1)), "statements_unusable"),
        (said((1, 2, 3), weight=[0]), "statements_unusable"),
        (said((2, 2, 2)), "no_spread"),
    ],
)
def test_what_cannot_be_pooled_is_refused_with_the_reason(frame, code) -> None:
    found = pooled(frame)
    assert isinstance(found, Refusal)
    assert (found.method, found.code) == ("expert_estimate", code)


def test_a_level_that_cannot_be_used_is_told() -> None:
    with pytest.raises(InvalidOption):
        pooled(said((1, 2, 3)), level=95)
