from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from benefits.activity import Panel, Series
from benefits.measurement import Estimate, InvalidOption, Refusal, apply
from benefits.measurement.two_groups.group_options import GroupOptions
from benefits.measurement.two_groups.group_time import NEVER, Histories, group_time
from benefits.measurement.two_groups.histories import starters_of

START = date(2024, 1, 1)
ANCHOR = json.loads((Path(__file__).parent / "anchors" / "staggered_starts.json").read_text(encoding="utf-8"))
MONTHS = pd.date_range("2023-12-01", periods=10, freq="MS")


def answer(data: Panel | Series, **options) -> Estimate | Refusal:
    return apply("staggered_starts", data, go_live=START, options={"min_exposure": 0, **options})


def check(estimate: Estimate, code: str):
    return next(check for check in estimate.checks if check.code == code)


def anchored() -> Series:
    rows = pd.DataFrame(ANCHOR["rows"])
    return Series(
        pd.DataFrame(
            {
                "period": MONTHS[rows["month"]],
                "unit": "u" + rows["unit"].astype("str"),
                "group": np.where(rows["start"].isna(), "comparison", "treated"),
                "count": rows["count"],
                "exposure": rows["exposure"].astype("float64"),
                "start": [MONTHS[int(start)] if start == start else pd.NaT for start in rows["start"]],
            }
        )
    )


@pytest.mark.parametrize("scale", ["difference", "ratio"])
def test_every_starting_month_and_period_is_that_of_a_regression_of_its_own_in_r(scale):
    """lm and glm on each group and period with those not yet started, and their weighted mean; stored."""
    histories = starters_of(anchored(), go_live=START, options=GroupOptions()).histories
    found = group_time(histories, scale=scale)
    cells = pd.DataFrame(ANCHOR["cells"]).sort_values(["start", "month"])
    assert len(found.cells) == len(cells)
    for (first, period, size, seen, expected), cell in zip(found.cells, cells.itertuples(), strict=True):
        assert (MONTHS[cell.start].month - 1 + 12 * 2024, period, size) == (first, cell.month - 1, cell.weight)
        figure = seen / expected if scale == "ratio" else seen - expected
        assert figure == pytest.approx(cell.ratio if scale == "ratio" else cell.effect, rel=1e-7)
    estimate = answer(anchored(), scale=scale)
    if scale == "ratio":
        assert estimate.ratio == pytest.approx(ANCHOR["ratio"], rel=1e-7)
    else:
        assert estimate.effect == pytest.approx(ANCHOR["effect"], rel=1e-9)


def brute_force(histories: Histories, weights: np.ndarray, scale: str, never_only: bool) -> float:
    """The same effect from plain loops over every treated history and month, with a weight for each history."""
    seen = expected = total = 0.0
    periods = range(len(histories.months))
    for who in np.flatnonzero(histories.before != NEVER):
        start = histories.before[who]
        mates = [one for one in range(len(weights)) if histories.before[one] == start]
        base = [one for one in periods if histories.months[one] < start]
        for now in [one for one in periods if histories.months[one] >= histories.after[who]]:
            if histories.exposure[who, now] == 0:
                continue
            controls = [
                one
                for one in range(len(weights))
                if histories.before[one] > (NEVER - 1 if never_only else histories.months[now])
            ]
            if sum(histories.exposure[one, now] > 0 for one in controls) < 2:
                continue

            def rate(some, when):
                top = sum(weights[one] * histories.count[one, period] for one in some for period in when)
                return top / sum(weights[one] * histories.exposure[one, period] for one in some for period in when)

            before, other, other_before = rate(mates, base), rate(controls, [now]), rate(controls, base)
            counter = before * other / other_before if scale == "ratio" else before + other - other_before
            size = weights[who] * histories.exposure[who, now]
            seen, expected, total = (
                seen + weights[who] * histories.count[who, now],
                expected + size * counter,
                total + size,
            )
    return float(np.log(seen / expected)) if scale == "ratio" else (seen - expected) / total


def ragged(seed: int = 5) -> Histories:
    stream = np.random.default_rng(seed)
    before = np.array([3, 3, 3, 5, 5, 6, NEVER, NEVER, NEVER, 3, 5])
    exposure = stream.uniform(0.5, 1.5, size=(len(before), 8)) * (stream.random((len(before), 8)) > 0.15)
    count = stream.poisson(6 * exposure).astype(float)
    return Histories(count=count, exposure=exposure, months=np.arange(8), step=1, before=before, after=before)


@pytest.mark.parametrize("never_only", [False, True])
@pytest.mark.parametrize("scale", ["difference", "ratio"])
def test_the_effect_is_that_of_plain_loops(scale, never_only):
    histories = ragged()
    found = group_time(histories, scale=scale, never_only=never_only)
    figure = (
        np.log(found.observed / found.counterfactual) if scale == "ratio" else found.observed - found.counterfactual
    )
    assert figure == pytest.approx(brute_force(histories, np.ones(11), scale, never_only), rel=1e-10)


@pytest.mark.parametrize("scale", ["difference", "ratio"])
def test_each_history_moves_the_effect_as_much_as_giving_it_a_little_more_weight_does(scale):
    """The infinitesimal jackknife: an independent way to the error, by numerical derivatives of the plain loops."""
    histories = ragged()
    found = group_time(histories, scale=scale)
    seen, expected = found.moved_observed, found.moved_counterfactual
    if scale == "ratio":
        seen, expected = seen / found.observed, expected / found.counterfactual
    step = 1e-5
    for one in range(11):
        up, down = np.ones(11), np.ones(11)
        up[one] += step
        down[one] -= step
        derivative = (brute_force(histories, up, scale, False) - brute_force(histories, down, scale, False)) / (
            2 * step
        )
        assert seen[one] - expected[one] == pytest.approx(derivative, abs=1e-6)


def test_nobody_who_has_started_is_ever_a_comparison():
    """What happens to the early ones after their start does not touch what is expected of the late ones."""
    rows = anchored().rows()
    early = (rows["start"] == MONTHS[4]) & (rows["period"] >= MONTHS[4])
    wild = Series(rows.assign(count=rows["count"].where(~early, 500)))
    both = []
    for data in (anchored(), wild):
        histories = starters_of(data, go_live=START, options=GroupOptions()).histories
        both.append({cell[:2]: cell[4] for cell in group_time(histories, scale="difference").cells})
    late = {cell: value for cell, value in both[0].items() if cell[0] > min(first for first, _ in both[0])}
    assert late == {cell: both[1][cell] for cell in late}


def test_with_one_start_it_is_difference_in_differences(simulated):
    data = simulated(3)
    for scale in ("difference", "ratio"):
        one = answer(data, scale=scale)
        other = apply("difference_in_differences", data, go_live=START, options={"scale": scale})
        assert (one.effect, one.observed, one.counterfactual) == pytest.approx(
            (other.effect, other.observed, other.counterfactual)
        )
        assert one.se == pytest.approx(other.se, rel=0.02)


def growing(seed: int = 0, *, effect: bool = True, units: int = 30) -> Series:
    """Units that start in four different months and fall by one more each month since; a third never start."""
    stream = np.random.default_rng(seed)
    months = pd.date_range("2023-01-01", periods=24, freq="MS")
    frames = []
    for unit in range(units):
        start = months[[9, 12, 15][unit % 4]] if unit % 4 < 3 else None
        level = stream.gamma(20, 1.0)
        since = 0 if start is None else np.clip((months.year - start.year) * 12 + months.month - start.month + 1, 0, 9)
        mean = level + 0.3 * np.arange(24) - (since if effect else 0)
        frames.append(
            pd.DataFrame(
                {
                    "period": months,
                    "unit": f"u{unit}",
                    "group": "comparison" if start is None else "treated",
                    "count": stream.poisson(np.maximum(mean, 0.5) * 20),
                    "exposure": 20.0,
                    "start": pd.NaT if start is None else start,
                }
            )
        )
    return Series(pd.concat(frames))


def test_an_effect_that_grows_is_found_where_one_regression_would_not():
    """A regression with fixed effects of unit and month, worked out here, is far off; the truth is the mean fall."""
    data = growing()
    rows = data.rows()
    since = (rows["period"].dt.year - rows["start"].dt.year) * 12 + rows["period"].dt.month - rows["start"].dt.month + 1
    truth = -since[since > 0].clip(upper=9).mean()
    estimate = answer(data, scale="difference")
    assert estimate.low < truth < estimate.high
    on = (since > 0).to_numpy(dtype=float)
    rate = (rows["count"] / rows["exposure"]).to_numpy()
    within = rows.assign(on=on, rate=rate)
    for name in ("on", "rate"):
        column = within[name]
        within[name] = (
            column
            - column.groupby(rows["unit"]).transform("mean")
            - column.groupby(rows["period"]).transform("mean")
            + column.mean()
        )
    one_regression = float(within["on"] @ within["rate"] / (within["on"] @ within["on"]))
    assert abs(one_regression - truth) > 3 * abs(estimate.effect - truth)
    later = [estimate.details[f"lag_{number}"].value for number in (1, 2, 3)]
    assert later == sorted(later, reverse=True)


def test_without_anybody_untouched_there_is_no_answer():
    rows = anchored().rows()
    same = rows[rows["group"] == "treated"].assign(start=MONTHS[5])
    refusal = answer(Series(same))
    assert (refusal.code, refusal.what_would_open_it) == ("no_clean_comparison", "some_not_yet_started_or_never")


def test_those_not_yet_started_are_enough_while_they_last_and_what_is_left_out_is_said():
    rows = anchored().rows()
    estimate = answer(Series(rows[rows["group"] == "treated"]))
    found = check(estimate, "clean_comparison")
    assert found.passed is False
    # Months 4, 5 and 6 of five units, 6 of four: 150 + 40 of 300 + 160 + 90 exposure.
    assert found.parameters["share"] == pytest.approx(190 / 550)
    assert answer(Series(rows[rows["group"] == "treated"]), controls="never").code == "no_clean_comparison"


def test_those_who_started_before_the_data_begin_are_left_out_and_counted():
    rows = anchored().rows()
    early = rows.assign(start=rows["start"].mask(rows["unit"].isin(["u1", "u2"]), MONTHS[1]))
    found = check(answer(Series(early)), "early_starters_left_out")
    assert (found.passed, found.parameters) == (True, {"count": 2})


def test_a_fall_before_the_start_fails_the_placebo():
    rows = growing(effect=False).rows()
    ahead = (rows["start"] - rows["period"]).dt.days.between(1, 150)
    assert (
        check(
            answer(Series(rows.assign(count=rows["count"].where(~ahead, rows["count"] // 3)))), "placebo_start"
        ).passed
        is False
    )
    assert check(answer(growing(effect=False)), "placebo_start").passed is True


def test_persons_are_the_clusters_of_a_panel_unless_many_whole_units_start(simulated):
    rows = simulated(2).rows()
    begun = pd.Timestamp("2024-01-01") + pd.to_timedelta((rows["person"] % 3) * 31, unit="D")
    estimate = answer(Panel(rows.assign(start=begun.where(rows["group"] == "treated"))))
    assert (estimate.df, estimate.n) == (118, 60)


@pytest.mark.parametrize(("option", "value"), [("controls", "always"), ("level", 2)])
def test_an_option_outside_its_words_is_told(option, value):
    with pytest.raises(InvalidOption, match=option):
        answer(anchored(), **{option: value})


def test_periods_are_no_clusters_here():
    assert answer(anchored(), cluster="period").code == "wrong_shape"


def test_a_lag_leaves_the_first_months_out():
    histories = starters_of(anchored(), go_live=START, options=GroupOptions(lag_months=2)).histories
    found = group_time(histories, scale="difference")
    assert min(period for _, period, *_ in found.cells) == 5


@pytest.mark.slow
@pytest.mark.usefixtures("interval_alone")
def test_the_interval_covers_no_effect_as_often_as_it_says():
    """60 worlds of 30 units without effect; at least 50 of 60 at 95 % (P < 0.001 below that)."""
    covered = sum(answer(growing(seed, effect=False)).includes_zero for seed in range(60))
    assert covered >= stats.binom.ppf(0.001, 60, 0.95)
