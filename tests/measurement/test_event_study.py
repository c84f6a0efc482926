from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benefits.activity import Panel, Series
from benefits.measurement import Estimate, InvalidOption, Refusal, apply
from benefits.measurement.two_groups.event_bins import binned
from benefits.measurement.two_groups.group_options import EventOptions
from benefits.measurement.windows import divide

START = date(2024, 1, 1)
ANCHOR = json.loads((Path(__file__).parent / "anchors" / "event_study.json").read_text(encoding="utf-8"))


def answer(data: Panel | Series, **options) -> Estimate | Refusal:
    return apply("event_study", data, go_live=START, options={"min_exposure": 0, **options})


def check(estimate: Estimate, code: str):
    return next(check for check in estimate.checks if check.code == code)


def anchored() -> Panel:
    rows = pd.DataFrame(ANCHOR["rows"])
    period = pd.Series(pd.date_range("2023-07-01", periods=12, freq="MS"))[rows["month"]].to_numpy()
    group = np.where(rows["treated"] == 1, "treated", "comparison")
    return Panel(rows.assign(period=period, group=group, unit=""))


def test_every_bin_and_the_joint_test_are_those_of_a_regression_in_r():
    """glm with sandwich::vcovCL; the F statistic of the leads on 2 and 58 degrees of freedom; stored."""
    estimate = answer(anchored(), bin_months=2, leads=3, lags=3)
    codes = {"-3": "lead_3", "-2": "lead_2", "0": "lag_1", "1": "lag_2", "2": "lag_3"}
    for number, value, error in zip(ANCHOR["bins"], ANCHOR["estimates"], ANCHOR["errors"], strict=True):
        detail = estimate.details[codes[number]]
        half = np.log(detail.high / detail.low) / 2
        assert np.log(detail.value) == pytest.approx(value, rel=1e-7)
        assert half / 2.0017174841 == pytest.approx(error, rel=1e-7)  # Student's t, 58 degrees of freedom, 97.5 %
    assert check(estimate, "leads").parameters["p"] == pytest.approx(ANCHOR["p"], rel=1e-7)
    assert check(estimate, "leads").passed is True


def test_the_reference_bin_has_no_effect_of_its_own():
    estimate = answer(anchored(), bin_months=2, leads=3, lags=3)
    assert set(estimate.details) == {"lead_3", "lead_2", "lag_1", "lag_2", "lag_3"}


def test_the_effect_is_all_bins_after_together_recomputed(series):
    """Two bins after of 30 and 60 treated events where the comparison goes from 60 to 60 and 90: 90 against 60 + 90."""
    data = series(
        {"treated": [20] * 6 + [10] * 3 + [20] * 3, "comparison": [20] * 6 + [20] * 3 + [30] * 3}, start="2023-07-01"
    )
    estimate = answer(data)
    assert estimate.ratio == pytest.approx(90 / 150)
    assert estimate.effect == pytest.approx(90 / 60 - 150 / 60)
    assert estimate.details["lag_1"].value == pytest.approx(0.5)
    assert estimate.details["lag_2"].value == pytest.approx(20 / 30)


def test_the_error_on_the_difference_scale_by_hand(series):
    """Every bin has 30 exposure a group; rates 2 before, 1 and 2 after: variances rate / 30, dispersion 1.

    Effect: mean of 1.5 and 1.5 less 2, and the comparison stays at 2: contrast of four treated and comparison cells.
    """
    data = series({"treated": [20] * 6 + [15] * 6, "comparison": [20] * 12}, start="2023-07-01")
    estimate = answer(data, scale="difference")
    assert estimate.effect == pytest.approx(-0.5)
    after = (1.5 + 2) / 60
    before = (2 + 2) / 30
    assert estimate.se**2 == pytest.approx(after + before)
    assert estimate.details["lag_1"].value == pytest.approx(-0.5)


def test_groups_apart_before_the_start_fail_the_joint_test(series):
    apart = {"treated": list(range(340, 220, -10)) + [220] * 6, "comparison": [150] * 18}
    estimate = answer(series(apart, start="2023-01-01"))
    assert check(estimate, "leads").passed is False
    assert estimate.grade == "before_after"


def test_without_an_earlier_bin_the_trend_is_not_known(series):
    estimate = answer(series({"treated": [9] * 6, "comparison": [9, 8] * 3}, start="2023-10-01"))
    assert check(estimate, "leads").passed is None
    assert set(estimate.details) == {"lag_1"}


@pytest.mark.parametrize(("go_live", "months"), [(date(2024, 1, 1), [-1, -1, 0, 0]), (date(2024, 1, 15), [-1, -1, 0])])
def test_bins_are_counted_from_the_start_on_both_sides(go_live, months):
    """A start within a month leaves that month out, and the next is the first after."""
    rows = pd.DataFrame({"period": pd.date_range("2023-11-01", periods=4, freq="MS"), "count": 1})
    options = EventOptions(bin_months=2)
    divided = divide(rows, go_live=go_live, options=options).rows
    assert binned(divided, go_live=go_live, options=options)["bin"].tolist() == months


def test_far_bins_are_pooled_with_the_outermost():
    rows = pd.DataFrame({"period": pd.date_range("2022-01-01", periods=48, freq="MS"), "count": 1})
    options = EventOptions(bin_months=3, leads=2, lags=2)
    numbers = binned(divide(rows, go_live=START, options=options).rows, go_live=START, options=options)["bin"]
    assert numbers.value_counts().to_dict() == {-2: 21, -1: 3, 0: 3, 1: 21}


@pytest.mark.parametrize(
    ("counts", "options", "code"),
    [
        ({"treated": [5] * 12 + [0] * 3 + [5] * 9, "comparison": [5] * 24}, {}, "no_events_in_a_bin"),
        ({"treated": [5] * 24, "comparison": [5] * 24}, {"cluster": "unit"}, "one_unit"),
        ({"all": [5] * 24}, {}, "nobody_treated"),
    ],
)
def test_what_cannot_be_answered_is_refused(series, counts, options, code):
    assert answer(series(counts), **options).code == code


def test_yearly_data_do_not_fit_into_quarters(series):
    rows = series({"treated": [9, 8, 7, 6], "comparison": [9, 9, 8, 9]}).rows()
    years = pd.to_datetime("202" + (rows["period"].dt.month + 1).astype("str") + "-01-01")
    refusal = answer(Series(rows.assign(period=years)))
    assert (refusal.code, refusal.what_would_open_it) == ("periods_longer_than_bins", "longer_bins")


def test_bins_only_one_group_has_are_left_out_and_said(series):
    rows = series({"treated": [9, 8] * 12, "comparison": [9, 7] * 12}).rows()
    short = rows[(rows["group"] == "treated") | (rows["period"] < pd.Timestamp("2024-07-01"))]
    found = check(answer(Series(short)), "bins_in_both_groups")
    assert (found.passed, found.parameters) == (False, {"count": 2})


@pytest.mark.parametrize(("option", "value"), [("bin_months", 0), ("leads", 1), ("lags", 9), ("lags", 2.5)])
def test_a_number_of_bins_outside_its_bounds_is_told(series, option, value):
    with pytest.raises(InvalidOption, match=option):
        answer(series({"treated": [1] * 24, "comparison": [1] * 24}), **{option: value})


def test_units_that_got_the_service_are_the_clusters():
    rows = anchored().rows()
    estimate = answer(Panel(rows.assign(unit=rows["group"] + (rows["person"] % 6).astype("str"))), bin_months=2)
    assert estimate.df == 10
    assert check(estimate, "enough_units").passed is False
