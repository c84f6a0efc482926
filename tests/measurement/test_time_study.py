"""Time studies: minutes a task takes, and the hours in a year that the sampling of minutes and of times allows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benefits.measurement import Estimate, InvalidOption, Refusal, apply
from benefits.measurement.designs.time_study import Minutes, hours_change, minutes_a_time

ANCHOR = json.loads((Path(__file__).parent / "anchors" / "time_study.json").read_text(encoding="utf-8"))
START = date(2024, 3, 1)
NUMBERS = st.floats(1, 100)


def timed(before, after) -> pd.DataFrame:
    """One row a timing, nobody timed twice."""
    both = enumerate([*((0, minutes) for minutes in before), *((1, minutes) for minutes in after)])
    return panel([(f"v{number:03d}", post, minutes, 1.0) for number, (post, minutes) in both])


def panel(rows: list[tuple[str, int, float, float]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["person", "post", "count", "exposure"])
    return frame.assign(period=np.where(frame["post"] == 1, "2024-03-01", "2024-02-01")).drop(columns="post")


def answer(frame: pd.DataFrame, **options) -> Estimate | Refusal:
    return apply("time_study", frame, go_live=START, options=options)


def test_minutes_a_visit_and_their_errors_are_those_of_a_survey_package() -> None:
    """Clusters are nurses; the library here adds the factor (rows - 1) / (rows - 2) to the variance, undone below."""
    rows = pd.DataFrame({name: ANCHOR[name] for name in ("nurse", "post", "visits", "minutes")})
    cells = rows.groupby(["nurse", "post"], as_index=False)[["visits", "minutes"]].sum()
    cells = cells.rename(columns={"nurse": "cluster", "visits": "exposure", "minutes": "count"})
    found = minutes_a_time(cells)
    factor = (len(cells) - 1) / (len(cells) - 2)
    errors = np.sqrt(np.diag(found.covariance) / factor)
    assert (found.before, found.after) == pytest.approx((ANCHOR["before"]["mean"], ANCHOR["after"]["mean"]))
    assert errors == pytest.approx([ANCHOR["before"]["se"], ANCHOR["after"]["se"]], rel=1e-6)


def test_the_same_nurses_are_compared_with_themselves() -> None:
    """Each nurse saves exactly 5 but for one who saves 6: hardly any spread left, however different the nurses are."""
    rows = [(f"n{n}", post, 20.0 + 10 * n - post * (5 + (n == 0)), 1.0) for n in range(6) for post in (0, 1)]
    found = answer(panel(rows))
    assert found.effect == pytest.approx(-31 / 6)
    assert found.se < 0.2
    assert found.df == 5


def test_hours_and_full_time_years_follow_from_how_often() -> None:
    """Six minutes less, 1 200 times a year: 120 hours, 0.08 of a full-time year of 1 500 hours."""
    found = answer(timed([31, 29, 30], [24, 25, 23]), times_per_year=1200, hours_per_position=1500)
    hours, years = found.details["hours_per_year"], found.details["full_time_years"]
    assert (hours.value, years.value) == pytest.approx((-120.0, -0.08))
    assert hours.low == pytest.approx(found.low * 20)
    assert years.low == pytest.approx(hours.low / 1500)


def test_without_how_often_there_are_only_minutes_and_without_a_norm_no_full_time_years() -> None:
    frame = timed([31, 29, 30], [24, 25, 23])
    assert answer(frame).details == {}
    assert set(answer(frame, times_per_year=100).details) == {"hours_per_year"}


def test_a_count_that_rests_on_few_times_widens_the_hours_and_not_the_minutes() -> None:
    frame = timed([31, 29, 30], [24, 25, 23])
    sure, unsure = (answer(frame, times_per_year=1200, times_counted=counted) for counted in (10_000, 20))
    assert unsure.details["hours_per_year"].low < sure.details["hours_per_year"].low
    assert (sure.low, sure.high) == (unsure.low, unsure.high)


def test_the_error_of_the_hours_is_that_of_simulated_studies() -> None:
    """Minutes normal and correlated, times Poisson and scaled: 200 000 draws (error of a s.d. about 0.2 %)."""
    told = Minutes(before=30.0, after=24.0, covariance=np.array([[4.0, 1.5], [1.5, 3.0]]), df=20)
    draw = np.random.default_rng(5)
    minutes = draw.multivariate_normal([30.0, 24.0], told.covariance, size=200_000)
    before, after = 1200 * draw.poisson(100, 200_000) / 100, 900 * draw.poisson(60, 200_000) / 60
    simulated = (minutes[:, 1] * after - minutes[:, 0] * before) / 60
    hours, se = hours_change(told, times=1200, times_after=900, counted=100, counted_after=60)
    assert hours == pytest.approx((24 * 900 - 30 * 1200) / 60)
    assert se == pytest.approx(simulated.std(), rel=0.01)


@given(before=NUMBERS, after=NUMBERS, times=NUMBERS, counted=st.integers(1, 1000), factor=st.floats(0.1, 10))
def test_twice_as_often_is_twice_the_hours(before, after, times, counted, factor) -> None:
    told = Minutes(before=before, after=after, covariance=np.diag([4.0, 1.0]), df=10)
    one, se = hours_change(told, times=times, counted=counted)
    many, many_se = hours_change(told, times=times * factor, counted=counted)
    assert (many, many_se) == pytest.approx((one * factor, se * factor))


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (timed([30, 31], []), "nothing_after"),
        (timed([], [30, 31]), "nothing_before"),
        (timed([30, 30], [24, 24]), "no_spread"),
        (panel([("a", 0, 30, 1), ("b", 0, 31, 1)]), "nothing_after"),
        (panel([("a", 0, 30, 1), ("a", 1, 31, 1)]), "too_few_persons"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_reason(frame, code) -> None:
    found = answer(frame)
    assert isinstance(found, Refusal)
    assert found.code == code


@pytest.mark.parametrize(
    "options",
    [{"scale": "ratio"}, {"times_per_year": 0}, {"times_counted": 0}, {"times_counted": 2.5},
     {"hours_per_position": -1}, {"level": 1.0}],
)  # fmt: skip
def test_an_option_that_cannot_be_used_is_told(options) -> None:
    with pytest.raises(InvalidOption):
        answer(timed([31, 29], [24, 25]), **options)


def test_tasks_timed_because_they_took_long_are_warned_of() -> None:
    found = answer(timed([31, 29], [24, 25]), selected=True)
    assert next(one for one in found.checks if one.code == "regression_to_the_mean").passed is False


def test_part_minutes_are_kept() -> None:
    found = answer(panel([("a", 0, 30.5, 1), ("b", 0, 29.5, 1), ("a", 1, 24.25, 1), ("b", 1, 24.75, 1)]))
    assert (found.baseline, found.observed) == pytest.approx((30.0, 24.5))


def test_minutes_are_no_counts_and_their_own_spread_tells_whether_there_was_a_peak() -> None:
    """Means of 300 and 325 minutes with a spread of 50 are not apart; as Poisson counts they would be (p < 0.001)."""
    earlier, last = [240, 360, 300] * 4, [265, 385, 325] * 4
    months = pd.date_range("2022-03-01", periods=30, freq="MS")
    frame = pd.DataFrame({"period": months, "count": [*earlier, *last, *[230, 240, 250] * 2], "exposure": 10.0})
    found = {one.code: one for one in answer(frame).checks}
    assert found["peak_before_start"].parameters["p"] == pytest.approx(
        stats.ttest_ind(last, earlier, equal_var=False, alternative="greater").pvalue
    )
    assert found["peak_before_start"].passed is True
    assert found["regression_to_the_mean"].passed is None
