from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.activity import Panel, Responses, Series, shape_of
from benefits.errors import InvalidInput

MONTHS = ["2024-01-01", "2024-02-01", "2024-03-01"]
SERIES = {"period": MONTHS, "count": [3, 5, 4], "exposure": [10.0, 10.0, 10.0]}
PANEL = {"person": ["a", "a", "b"], "period": ["2024-01-01", "2024-02-01", "2024-01-01"], "count": [1, 0, 2]}
ANSWERS = {"respondent": ["a", "b"], "wave": ["2024-01-15", "2024-01-15"], "item": "safe", "score": [4, None]}


def codes(frame: pd.DataFrame, **options: bool) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        shape_of(frame, **options)
    return [(problem.place, problem.code) for problem in refused.value.problems]


def test_the_shape_follows_from_the_columns():
    assert isinstance(shape_of(pd.DataFrame(SERIES)), Series)
    assert isinstance(shape_of(pd.DataFrame(PANEL)), Panel)
    assert isinstance(shape_of(pd.DataFrame(ANSWERS)), Responses)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("count", "3,5", "cell_not_a_number"),
        ("count", "mange", "cell_not_a_number"),
        ("count", -1, "negative_count"),
        ("count", np.nan, "empty_cell"),
        ("count", np.inf, "cell_not_a_number"),
        ("exposure", 0, "exposure_not_positive"),
        ("exposure", "0,5", "cell_not_a_number"),
        ("exposure", None, "empty_cell"),
        ("period", "01.02.2024", "cell_not_a_day"),
        ("period", "2024-02-30", "cell_not_a_day"),
        ("period", 20240201, "cell_not_a_day"),
        ("period", None, "empty_cell"),
        ("period", "2024-01-01", "repeated_row"),
        ("group", "tiltak", "unknown_group"),
        ("group", "", "empty_cell"),
        ("unit", None, "empty_cell"),
        ("start", "snart", "cell_not_a_day"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row(column, cell, code):
    frame = pd.DataFrame({**SERIES, "group": "all", "unit": "Vik", "start": "2024-02-01"}).astype("object")
    frame.loc[1, column] = cell
    assert ("frame:2", code) in codes(frame)


def test_every_mistake_is_told_at_once():
    frame = pd.DataFrame({**SERIES, "count": ["-1", "2,5", "4"], "group": ["all", "all", "tiltak"]})
    assert codes(frame) == [
        ("frame:1", "negative_count"),
        ("frame:2", "cell_not_a_number"),
        ("frame:3", "unknown_group"),
    ]


def test_a_table_without_rows_or_columns_is_refused():
    assert codes(pd.DataFrame(SERIES).iloc[:0]) == [("frame", "no_rows")]
    assert codes(pd.DataFrame()) == [("frame", "missing_column")] * 2
    assert codes(pd.DataFrame(SERIES).drop(columns="count")) == [("frame", "missing_column")]
    twice = pd.concat([pd.DataFrame(SERIES), pd.DataFrame({"count": [1, 2, 3]})], axis="columns")
    assert codes(twice) == [("frame", "column_twice")]


def test_one_row_is_a_shape():
    assert len(shape_of(pd.DataFrame(SERIES).iloc[:1]).rows()) == 1


def test_zeros_all_the_way_are_a_shape():
    assert shape_of(pd.DataFrame({**SERIES, "count": 0})).rows()["count"].sum() == 0


def test_a_part_above_the_whole_is_refused_where_the_count_is_a_share():
    frame = pd.DataFrame({**SERIES, "count": [3, 11, 4]})
    assert codes(frame, shares=True) == [("frame:2", "count_above_exposure")]
    assert isinstance(shape_of(frame), Series)


def test_a_person_is_in_one_group_and_has_one_start():
    frame = pd.DataFrame({**PANEL, "group": ["treated", "comparison", "treated"]})
    assert codes(frame) == [("frame:2", "person_changes_group")]
    started = pd.DataFrame({**PANEL, "start": ["2024-02-01", "2024-03-01", None]})
    assert codes(started) == [("frame:2", "start_changes")]


def test_a_unit_that_starts_half_way_through_its_rows_is_refused():
    assert codes(pd.DataFrame({**SERIES, "start": [None, "2024-02-01", "2024-02-01"]}))[0][1] == "start_changes"


@pytest.mark.parametrize("as_number", [False, True])
def test_national_identity_numbers_are_refused_and_not_repeated(synthetic_id, as_number):
    number = synthetic_id("018171")
    frame = pd.DataFrame({**PANEL, "person": [int(number) if as_number else number] * 2 + [1 if as_number else "b"]})
    with pytest.raises(InvalidInput) as refused:
        shape_of(frame)
    assert [problem.code for problem in refused.value.problems] == ["national_ids"]
    assert number.lstrip("0") not in repr(refused.value.problems)


def test_a_survey_has_one_answer_a_wave_and_one_group_a_respondent():
    twice = pd.DataFrame({**ANSWERS, "respondent": "a"})
    assert codes(twice) == [("frame:2", "repeated_row")]
    moved = pd.DataFrame({**ANSWERS, "respondent": "a", "item": ["x", "y"], "group": ["treated", "comparison"]})
    assert codes(moved) == [("frame:2", "respondent_changes_group")]
    assert codes(pd.DataFrame({**ANSWERS, "score": ["4", "enig"]})) == [("frame:2", "cell_not_a_number")]


@pytest.mark.parametrize(
    "period",
    [
        ["2024-01", "2024-02", "2024-03"],
        [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)],
        pd.to_datetime(MONTHS).tz_localize("Europe/Oslo"),
        pd.PeriodIndex(["2024-01", "2024-02", "2024-03"], freq="M"),
        pd.to_datetime(["2024-01-15", "2024-02-15", "2024-03-31"]),
    ],
    ids=["months", "dates", "with a time zone", "periods", "days within"],
)
def test_months_may_be_written_in_many_ways(period):
    rows = shape_of(pd.DataFrame({**SERIES, "period": period})).rows()
    assert rows["period"].dt.strftime("%Y-%m-%d").tolist() == MONTHS


@given(st.permutations([0, 1, 2]))
def test_the_order_of_rows_never_matters(order):
    frame = pd.DataFrame(SERIES)
    pd.testing.assert_frame_equal(shape_of(frame.iloc[order]).rows(), shape_of(frame).rows())


def test_the_table_given_is_not_changed():
    frame = pd.DataFrame(PANEL)
    before = frame.copy()
    shape_of(frame)
    pd.testing.assert_frame_equal(frame, before)
