"""The situation is told from data: periods, persons, units, who started when, and whom they are compared with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from benefits.activity import Data
from benefits.measurement.advice import Situation, situation_of
from benefits.measurement.options import RateOptions

ALIKE = {"selected_alike": True, "unselected": False, "not_told": None, "none": None}
SHAPES = (
    Situation(kind="events", before=24, after=12),
    Situation(kind="amounts", before=4, after=4, step=3, selected=True),
    Situation(kind="events", before=12, after=6, comparison="selected_alike", comparison_units=2, untouched=2),
    Situation(kind="shares", before=3, after=2, step=12, units=4, own_starts=True, starting_months=1),
    Situation(kind="events", rows="panel", before=12, after=6, persons=20, units=2),
    Situation(
        kind="events",
        rows="panel",
        before=2,
        after=2,
        persons=8,
        comparison_persons=5,
        comparison="not_told",
        comparison_units=1,
        untouched=5,
    ),
    Situation(kind="amounts", rows="panel", before=1, after=1, persons=16, seen="others"),
    Situation(kind="scores", rows="responses", before=1, after=2, persons=16, selected=False),
    Situation(kind="scores", rows="responses", before=1, after=1, persons=9, seen="others"),
)


@pytest.mark.parametrize("meant", SHAPES, ids=lambda one: f"{one.rows}-{one.kind}-{one.before}-{one.after}")
def test_data_made_for_a_situation_are_found_to_be_in_it(
    meant: Situation, world: Callable[..., Data], go_live: date
) -> None:
    found = situation_of(
        world(meant),
        go_live=go_live,
        kind=meant.kind,
        selected=meant.selected,
        comparison_selected_alike=ALIKE[meant.comparison],
    )
    assert replace(found, exposure=None, comparison_exposure=None, each=None, comparison_periods=None) == meant


def test_windows_leave_out_what_the_method_leaves_out(world: Callable[..., Data], go_live: date) -> None:
    data = world(Situation(kind="events", before=24, after=12))
    found = situation_of(data, go_live=go_live, options=RateOptions(lag_months=3, months_before=12))
    assert (found.before, found.after) == (12, 9)


def test_a_start_within_a_month_leaves_that_month_out(world: Callable[..., Data]) -> None:
    found = situation_of(world(Situation(kind="events", before=6, after=6)), go_live=date(2024, 1, 15))
    assert (found.before, found.after) == (6, 5)


def test_those_who_start_later_can_be_compared_with_until_they_do(world: Callable[..., Data], go_live: date) -> None:
    """Seven units over three months: 3, 2 and 2; the last four have not started when the first have."""
    meant = Situation(kind="events", before=12, after=12, units=7, own_starts=True, starting_months=3)
    found = situation_of(world(meant), go_live=go_live)
    assert (found.starting_months, found.untouched) == (3, 4)


def test_whole_counts_are_events_and_others_amounts(go_live: date) -> None:
    frame = pd.DataFrame({"period": pd.date_range("2023-12-01", periods=2, freq="MS"), "count": [1.5, 2.0]})
    assert situation_of(frame, go_live=go_live).kind == "amounts"
    assert situation_of(frame.assign(count=[1, 2]), go_live=go_live).kind == "events"


def test_a_side_without_events_is_seen(world: Callable[..., Data], go_live: date) -> None:
    found = situation_of(world(Situation(kind="events", before=6, after=6, silent=True)), go_live=go_live)
    assert found.silent
    assert not found.comparison_silent


def test_numbers_below_zero_are_no_situation() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Situation(kind="events", before=-1)


def test_a_situation_of_a_kind_nobody_knows_is_refused_with_the_kinds_there_are() -> None:
    with pytest.raises(ValueError, match="'visits'; it is one of events, amounts"):
        Situation(kind="visits", before=24, after=12)  # type: ignore[arg-type]
