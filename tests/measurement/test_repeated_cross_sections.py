from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benefits.activity import Panel
from benefits.measurement import Estimate, Refusal, apply

START = date(2024, 1, 1)
ANCHOR = json.loads((Path(__file__).parent / "anchors" / "repeated_cross_sections.json").read_text(encoding="utf-8"))


def answer(data: Panel, **options) -> Estimate | Refusal:
    options = {"scale": "difference", "min_exposure": 0, **options}
    return apply("repeated_cross_sections", data, go_live=START, options=options)


def check(estimate: Estimate, code: str):
    return next(check for check in estimate.checks if check.code == code)


def sampled(rows: pd.DataFrame, count: str) -> Panel:
    period = np.where(rows["post"] == 1, "2024-05-01", "2023-05-01")
    group = np.where(rows["treated"] == 1, "treated", "comparison")
    frame = rows.assign(
        person=[f"p{number}" for number in range(len(rows))],
        period=pd.to_datetime(pd.Series(period)),
        group=group,
        count=rows[count],
        exposure=1.0,
    )
    return Panel(frame)


def anchored(count: str, *, units: bool = False) -> Panel:
    rows = pd.DataFrame(ANCHOR["rows"])
    return sampled(rows if units else rows.assign(unit=""), count)


@pytest.mark.parametrize(("count", "figure"), [("score", "mean"), ("yes", "share")])
def test_a_mean_and_a_share_are_those_of_a_regression_in_r(count, figure):
    """lm with sandwich::vcovCL (HC1, each person a cluster); stored with the anchor."""
    estimate = answer(anchored(count))
    assert (estimate.effect, estimate.se) == pytest.approx(tuple(ANCHOR[figure]), rel=1e-8)


def test_units_as_clusters_have_the_error_of_r():
    """16 + 16 units; the small-sample factor counts units' sides here and persons in R: (N - 1) / (N - 4) apart."""
    estimate = answer(anchored("score", units=True))
    effect, error = ANCHOR["by_unit"]
    sides = pd.DataFrame(ANCHOR["rows"]).groupby(["unit", "post"]).ngroups
    persons = len(ANCHOR["rows"]["score"])
    factor = ((sides - 1) / (sides - 4)) / ((persons - 1) / (persons - 4))
    assert (estimate.effect, estimate.se) == pytest.approx((effect, error * factor**0.5), rel=1e-8)


def test_published_means_of_employment_before_and_after_a_minimum_wage():
    """Card and Krueger (1994), American Economic Review 84:772-793, table 3: full-time equivalents per restaurant.

    New Jersey 20.44 (0.51) before and 21.03 (0.52) after, Pennsylvania 23.33 (1.35) and 21.17 (0.94): the differences
    between the states are -2.89 (1.44) and -0.14 (1.07), and the change 2.76. As samples drawn anew the error of the
    change is that of four means: the root of 0.51^2 + 0.52^2 + 1.35^2 + 0.94^2 = 1.80 (the paper's 1.36 is of the same
    restaurants). Made up of two values about each mean, as far apart as the standard error says.
    """
    published = {(1, 0): (20.44, 0.51), (1, 1): (21.03, 0.52), (0, 0): (23.33, 1.35), (0, 1): (21.17, 0.94)}
    sizes, parts = 400, []
    for (treated, post), (mean, error) in published.items():
        away = error * sizes**0.5
        values = np.where(np.arange(sizes) % 2 == 0, mean + away, mean - away)
        # A count is never negative: what is added to everybody changes no difference.
        parts.append(pd.DataFrame({"treated": treated, "post": post, "fte": values + 30, "unit": ""}))
    estimate = answer(sampled(pd.concat(parts, ignore_index=True), "fte"))
    assert estimate.effect == pytest.approx(2.76, abs=0.011)
    assert estimate.se == pytest.approx(1.80, abs=0.01)
    assert estimate.observed - 30 == pytest.approx(21.03)


def test_samples_of_one_month_each_are_before_and_after_whatever_lies_between():
    estimate = answer(anchored("score"))
    assert estimate.n == 97
    assert "start_period_left_out" not in {one.code for one in estimate.checks}


def test_a_person_on_both_sides_is_refused():
    rows = anchored("score").rows()
    again = rows.head(1).assign(period=pd.Timestamp("2023-05-01"))
    other = rows.head(1).assign(period=pd.Timestamp("2024-05-01"))
    refusal = answer(Panel(pd.concat([rows.iloc[1:], again, other])))
    assert (refusal.code, refusal.parameters, refusal.what_would_open_it) == (
        "persons_seen_again",
        {"persons": 1},
        "method_for_the_same_persons",
    )


def test_a_sample_that_shrinks_in_one_group_fails_a_check():
    rows = pd.DataFrame(ANCHOR["rows"])
    few = rows[(rows["treated"] == 0) | (rows["post"] == 0) | (np.arange(len(rows)) % 3 == 0)].reset_index(drop=True)
    assert check(answer(sampled(few.assign(unit=""), "score")), "samples_alike").passed is False
    assert check(answer(anchored("score")), "samples_alike").passed is True


def test_a_series_has_no_persons_to_sample(series):
    assert answer(series({"treated": [1] * 24, "comparison": [1] * 24})).code == "wrong_shape"
