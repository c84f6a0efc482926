"""Missing periods, and data with holes in them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from benefits.activity import Panel
from benefits.measurement import Estimate, apply
from benefits.measurement.checks.missing import missing_data

START = date(2024, 1, 1)


def rows(data) -> pd.DataFrame:
    frame = data.rows()
    return frame.assign(post=(frame["period"] >= pd.Timestamp(START)).astype(int))


def test_whole_data_miss_nothing(panel, series) -> None:
    for data in (panel({"treated": [[1] * 24] * 3}), series({"all": [1] * 24})):
        found = missing_data(rows(data))
        assert (found.passed, found.parameters["missing"]) == (True, 0)
        assert found.parameters["expected"] == len(data.rows())


def test_a_person_who_came_late_or_left_early_misses_nothing_in_between(panel) -> None:
    frame = rows(panel({"treated": [[1] * 24] * 3}))
    late_or_gone = (frame["person"] == 0) & (frame["period"] < "2023-06-01")
    late_or_gone |= (frame["person"] == 1) & (frame["period"] > "2024-06-01")
    assert missing_data(frame[~late_or_gone]).parameters["missing"] == 0


def test_just_one_in_twenty_is_let_pass(series) -> None:
    """Two of forty months missing are 5 %, three of fifty 6 %."""
    forty, fifty = (rows(series({"all": [1] * months}, start="2022-05-01")) for months in (40, 50))
    assert missing_data(forty.drop(index=[3, 30])).passed is True
    found = missing_data(fifty.drop(index=[3, 9, 30]))
    assert (found.passed, found.parameters["share"]) == (False, 0.06)


def test_a_unit_that_begins_late_in_a_series_misses_what_the_others_have(series) -> None:
    frame = rows(series({"treated": [1] * 24, "comparison": [1] * 24}))
    frame = frame[~((frame["unit"] == "comparison") & (frame["period"] < "2023-07-01"))]
    assert missing_data(frame).parameters["missing"] == 6


def test_months_left_out_around_the_start_are_not_missing(series) -> None:
    frame = rows(series({"all": [1] * 24}))
    assert missing_data(frame[(frame["period"] < "2023-12-01") | (frame["period"] > "2024-03-01")]).passed is True


def test_thirty_per_cent_missing_gives_an_answer_with_a_failed_check_and_a_lower_grade(simulated) -> None:
    frame = simulated(1, persons=100).rows()
    gone = np.random.default_rng(1).random(len(frame)) < 0.3
    found = apply("before_after", Panel(frame[~gone]), go_live=START)
    assert isinstance(found, Estimate)
    check = next(one for one in found.checks if one.code == "missing_data")
    assert check.passed is False
    assert 0.2 < check.parameters["share"] < 0.35
    assert found.grade == "reported"
