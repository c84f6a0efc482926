from __future__ import annotations

import pickle
from datetime import date

import pandas as pd
import pytest

from benefits.activity import Panel, Series


def panel_frame() -> pd.DataFrame:
    """Anne: 2 months, 1 + 0 events; Bo: 1 month, 2 events; Cy (comparison): 1 month, 3 events."""
    months = pd.to_datetime(["2024-02-01", "2024-01-01", "2024-01-01", "2024-01-01"])
    return pd.DataFrame(
        {
            "person": ["Anne", "Anne", "Bo", "Cy"],
            "unit": "Vik",
            "group": ["treated", "treated", "treated", "comparison"],
            "period": months,
            "count": [0, 1, 2, 3],
            "exposure": [0.5, 1.0, 1.0, 1.0],
        }
    )


def test_the_persons_own_ids_are_not_kept_and_not_shown():
    panel = Panel(panel_frame())
    everything = repr(panel) + panel.to_frame().to_string() + panel._rows.to_string() + str(pickle.dumps(panel))
    assert not any(name in everything for name in ("Anne", "Bo", "Cy"))
    assert sorted(panel._rows["person"].unique()) == [0, 1, 2]


def test_a_panel_as_a_frame_holds_one_row_per_period_and_group():
    frame = Panel(panel_frame()).to_frame()
    assert list(frame.columns) == ["period", "group", "persons", "count", "exposure"]
    assert frame[["persons", "count", "exposure"]].values.tolist() == [[1, 3, 1.0], [2, 3, 2.0], [1, 0, 0.5]]


def test_persons_are_counted_by_group():
    panel = Panel(panel_frame())
    assert (panel.persons(), panel.persons("treated"), panel.persons("comparison"), panel.persons("all")) == (
        3,
        2,
        1,
        0,
    )
    assert panel.groups == ("treated", "comparison")


def test_a_panel_summed_over_persons_is_a_series_with_the_same_events():
    series = Panel(panel_frame()).to_series()
    assert isinstance(series, Series)
    assert (series.to_frame()["count"].sum(), series.to_frame()["exposure"].sum()) == (6, 3.5)


def test_a_series_by_unit_sums_the_groups_and_keeps_the_units_apart():
    frame = panel_frame().drop(columns="person").iloc[[0, 1, 3]].assign(unit=["Vik", "Bø", "Bø"])
    by_unit = Series(frame).by_unit()
    assert by_unit[["unit", "count", "exposure"]].values.tolist() == [["Bø", 4, 2.0], ["Vik", 0, 0.5]]


def test_the_order_of_the_rows_does_not_matter():
    shuffled = panel_frame().sample(frac=1, random_state=7)
    pd.testing.assert_frame_equal(Panel(shuffled)._rows, Panel(panel_frame())._rows)


def test_later_periods_are_left_out_by_a_date():
    panel = Panel(panel_frame())
    assert panel.until(date(2024, 1, 31)).last_period == date(2024, 1, 1)
    with pytest.raises(ValueError, match="no rows"):
        panel.until(date(2023, 12, 31))


def test_changing_the_frame_afterwards_does_not_change_the_panel():
    frame = panel_frame()
    panel = Panel(frame)
    frame.loc[:, "count"] = 100
    assert panel.to_frame()["count"].sum() == 6


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("count", -1, "count"),
        ("count", float("inf"), "count"),
        ("exposure", 0.0, "exposure"),
        ("exposure", float("inf"), "exposure"),
        ("group", "control", "group"),
        ("period", pd.Timestamp("2024-01-15"), "period"),
        ("unit", None, "empty"),
    ],
)
def test_a_frame_that_is_not_activity_data_is_refused(column, value, message):
    frame = panel_frame()
    frame[column] = frame[column].astype(object)
    frame.loc[0, column] = value
    with pytest.raises(ValueError, match=message):
        Panel(frame.infer_objects())


def test_two_rows_for_one_person_and_month_are_refused():
    frame = pd.concat([panel_frame(), panel_frame().iloc[:1]])
    with pytest.raises(ValueError, match="more than one row"):
        Panel(frame)


def test_a_person_in_two_groups_is_refused():
    frame = panel_frame()
    frame.loc[0, "group"] = "comparison"
    with pytest.raises(ValueError, match="more than one group"):
        Panel(frame)


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="exposure"):
        Series(panel_frame().drop(columns="exposure"))


@pytest.mark.parametrize("kind", [str, int])
def test_national_identity_numbers_are_refused_without_being_repeated(kind, synthetic_id):
    number = synthetic_id("058171")
    frame = panel_frame().assign(person=[kind(number), kind(number), kind(12), kind(13)])
    with pytest.raises(ValueError, match="national identity") as refusal:
        Panel(frame)
    assert number.lstrip("0") not in str(refusal.value)
