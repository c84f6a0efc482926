"""Verdicts: which way the signals point, and whether a target lies within the limits."""

from __future__ import annotations

import pandas as pd
import pytest

from benefits.measurement.charts import ControlChart, assurance, chart, variation
from benefits.vocabulary import Direction

CALM = [4.0, 6.0] * 6


def drawn(later: list[float]) -> ControlChart:
    points = [*CALM, *later]
    frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=len(points), freq="MS"), "count": points})
    found = chart(frame, baseline=12)
    assert isinstance(found, ControlChart)
    return found


@pytest.mark.parametrize(
    ("later", "lower", "higher"),
    [
        ([4.0, 6.0, 5.0], "common_cause", "common_cause"),
        ([4.0] * 7, "improvement", "concern"),
        ([11.0], "concern", "improvement"),
        ([11.0, *[4.0] * 7], "both", "both"),
    ],
)
def test_signals_are_good_or_bad_by_the_direction_of_the_indicator(later: list[float], lower: str, higher: str) -> None:
    assert variation(drawn(later), direction="lower_is_better") == lower
    assert variation(drawn(later), direction="higher_is_better") == higher


@pytest.mark.parametrize(
    ("target", "direction", "verdict"),
    [
        (5.0, "lower_is_better", "hit_or_miss"),
        (5.0, "higher_is_better", "hit_or_miss"),
        (10.4, "lower_is_better", "consistently_reached"),
        (10.4, "higher_is_better", "consistently_missed"),
        (-0.4, "lower_is_better", "consistently_missed"),
        (-0.4, "higher_is_better", "consistently_reached"),
    ],
)
def test_a_target_within_the_limits_is_hit_or_missed_by_chance(
    target: float, direction: Direction, verdict: str
) -> None:
    """Limits -0.32 and 10.32."""
    assert assurance(drawn([5.0]), target=target, direction=direction) == verdict


def test_after_new_limits_the_target_is_held_against_those() -> None:
    points = [*CALM, *[1.0, 2.0] * 6]
    periods = pd.date_range("2023-01-01", periods=24, freq="MS")
    frame = pd.DataFrame({"period": periods, "count": points})
    later = chart(frame, rebase={periods[12].date(): "New coding"})
    assert isinstance(later, ControlChart)
    assert assurance(later, target=5.0, direction="lower_is_better") == "consistently_reached"
