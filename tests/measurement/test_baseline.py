"""The value before: whole seasons, what is left out, what is refused, and the figures by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.activity import Panel, Responses, Series
from benefits.errors import InvalidInput
from benefits.measurement import Refusal, poisson_interval
from benefits.measurement.baselines.baseline import baseline, by_unit
from benefits.measurement.baselines.baseline_window import Abnormal

GO_LIVE = date(2022, 1, 1)
PANDEMIC = (Abnormal(start=date(2020, 3, 12), end=date(2021, 9, 25)),)


def monthly(first: str, counts: list[int], *, exposure: float = 10.0) -> pd.DataFrame:
    months = pd.date_range(first, periods=len(counts), freq="MS")
    return pd.DataFrame({"period": months, "count": counts, "exposure": exposure})


def failed(found) -> set[str]:
    return {check.code for check in found.checks if check.passed is False}


def test_the_window_is_the_last_whole_years_before_the_start():
    """2020: 1 a month, 2021: 3 a month; one season 36 / 120, two seasons 48 / 240."""
    frame = monthly("2019-06-01", [9] * 7 + [1] * 12 + [3] * 12 + [9] * 6)
    one, two = (baseline(frame, go_live=GO_LIVE, seasons=seasons) for seasons in (1, 2))
    assert (one.value, two.value) == pytest.approx((0.3, 0.2))
    assert (one.first, one.last) == (date(2021, 1, 1), date(2021, 12, 31))
    assert (two.first, two.measurements, two.months, two.before_start) == (date(2020, 1, 1), 24, 24, True)


def test_a_start_within_a_month_leaves_that_month_out():
    found = baseline(monthly("2020-01-01", [2] * 30), go_live=date(2021, 6, 15))
    assert (found.first, found.last) == (date(2020, 6, 1), date(2021, 5, 31))


def test_the_window_ends_on_the_day_that_is_said_when_that_is_earlier():
    frame = monthly("2019-01-01", [1] * 12 + [5] * 24)
    assert baseline(frame, go_live=GO_LIVE, until=date(2019, 12, 31)).value == pytest.approx(0.1)
    assert baseline(frame, go_live=GO_LIVE, until=date(2020, 1, 30)).last == date(2019, 12, 31)


def test_before_the_service_has_started_the_window_ends_with_the_data():
    found = baseline(monthly("2020-01-01", [2] * 18), go_live=date(2030, 1, 1))
    assert (found.first, found.last, found.before_start) == (date(2020, 7, 1), date(2021, 6, 30), True)


def test_a_part_of_a_season_is_refused_with_what_is_lacking_or_flagged_when_asked():
    frame = monthly("2021-03-01", [2] * 10)
    refused = baseline(frame, go_live=GO_LIVE)
    assert isinstance(refused, Refusal)
    assert (refused.code, dict(refused.parameters)) == ("part_of_a_season", {"lacking": 2, "months": 12})
    flagged = baseline(frame, go_live=GO_LIVE, part_of_season=True)
    assert failed(flagged) == {"baseline_whole_seasons"}
    assert (flagged.value, flagged.measurements, flagged.lacking) == (0.2, 10, 2)


def test_a_hole_in_the_data_is_lacking_and_not_filled_from_another_year():
    frame = monthly("2020-01-01", [2] * 24).drop(index=18)
    assert baseline(frame, go_live=GO_LIVE).parameters["lacking"] == 1


def test_abnormal_months_are_left_out_in_sight_and_months_of_the_same_name_stand_in():
    """2018 and 2019: 4 a month; March 2020 to September 2021: 1; the rest 4. Normal baseline 0.4, with them lower.

    The last twelve months are 2021: nine of them (Jan-Sep) abnormal, 9 x 1 + 3 x 4 = 21 in 120.
    """
    counts = [4] * 26 + [1] * 19 + [4] * 3
    found = baseline(monthly("2018-01-01", counts), go_live=GO_LIVE, abnormal=PANDEMIC)
    assert found.value == pytest.approx(0.4)
    assert found.with_abnormal.value == pytest.approx(21 / 120)
    # January and February stand in from 2020, the two before the pandemic; the others from 2019.
    assert found.left_out == tuple(
        [f"2020-{month:02d}" for month in range(3, 10)] + [f"2021-{month:02d}" for month in range(1, 10)]
    )
    assert (found.first, found.measurements, failed(found)) == (date(2019, 3, 1), 12, set())


def test_with_an_abnormal_month_left_out_every_calendar_month_still_weighs_the_same():
    """Season 6 in winter half, 2 in summer half; the mean is 4 whatever month is abnormal."""
    season = ([6] * 3 + [2] * 6 + [6] * 3) * 3
    for month in range(1, 13):
        strike = (Abnormal(start=date(2021, month, 3), end=date(2021, month, 9)),)
        found = baseline(monthly("2019-01-01", season), go_live=GO_LIVE, seasons=2, abnormal=strike)
        assert found.value == pytest.approx(0.4)
        assert found.left_out == (f"2021-{month:02d}",)


def test_an_abnormal_month_that_nothing_can_stand_in_for_is_refused_or_flagged():
    frame = monthly("2021-01-01", [2] * 12)
    strike = (Abnormal(start=date(2021, 5, 1), end=date(2021, 5, 31)),)
    refused = baseline(frame, go_live=GO_LIVE, abnormal=strike)
    assert (refused.code, refused.parameters["lacking"]) == ("part_of_a_season", 1)
    flagged = baseline(frame, go_live=GO_LIVE, abnormal=strike, part_of_season=True)
    assert (flagged.measurements, flagged.with_abnormal.measurements) == (11, 12)
    assert failed(flagged) == {"baseline_whole_seasons"}


def test_one_person_whose_abnormal_month_nothing_can_stand_in_for_makes_it_unbalanced():
    """a has two years before the start and b one, both without May 2021; of b's no earlier May is there."""
    strike = (Abnormal(start=date(2021, 5, 1), end=date(2021, 5, 31)),)
    long, short = (monthly(first, [1] * months) for first, months in (("2020-01-01", 24), ("2020-12-01", 12)))
    frame = pd.concat(
        [
            long.assign(person="a", start=pd.Timestamp("2022-01-01")),
            short.assign(person="b", start=pd.Timestamp("2021-12-01")),
        ]
    ).assign(group="treated")
    refused = baseline(frame, go_live=GO_LIVE, abnormal=strike)
    assert isinstance(refused, Refusal)
    flagged = baseline(frame, go_live=GO_LIVE, abnormal=strike, part_of_season=True)
    assert failed(flagged) == {"baseline_whole_seasons"}


def test_everything_abnormal_is_refused():
    always = (Abnormal(start=date(1990, 1, 1), end=date(2100, 1, 1)),)
    found = baseline(monthly("2021-01-01", [2] * 12), go_live=GO_LIVE, abnormal=always)
    assert found.code == "part_of_a_season"


def test_each_person_has_a_window_before_the_own_start():
    """a starts July 2021 with 1 a month before, b January 2022 with 3: 48 events in 24 person-months."""
    months = pd.date_range("2020-01-01", periods=36, freq="MS")
    frames = []
    for person, start, before in (("a", "2021-07-01", 1), ("b", "2022-01-01", 3)):
        count = np.where(months < pd.Timestamp(start), before, 50)
        start_day = pd.Timestamp(start)
        frames.append(pd.DataFrame({"person": person, "period": months, "count": count, "start": start_day}))
    found = baseline(pd.concat(frames).assign(exposure=1.0, group="treated"), go_live=date(2021, 7, 1))
    assert (found.value, found.n, found.before_start) == (2.0, 2, True)
    assert (found.first, found.last) == (date(2020, 7, 1), date(2021, 12, 31))


def test_only_the_treated_are_looked_at_unless_another_group_is_asked_for():
    frames = [monthly("2021-01-01", [count] * 12).assign(group=group) for group, count in
              (("treated", 2), ("comparison", 5))]  # fmt: skip
    both = pd.concat(frames).assign(unit=lambda rows: rows["group"])
    assert baseline(both, go_live=GO_LIVE).value == pytest.approx(0.2)
    assert baseline(both, go_live=GO_LIVE, group="comparison").value == pytest.approx(0.5)


def test_yearly_data_make_whole_seasons_of_their_own():
    frame = pd.DataFrame({"period": ["2019-01-01", "2020-01-01", "2021-01-01"], "count": [40, 30, 20]})
    two = baseline(frame.assign(exposure=100.0), go_live=GO_LIVE, seasons=2)
    assert (two.value, two.measurements, two.last) == (0.25, 2, date(2021, 12, 31))


def test_quarters_too():
    quarters = pd.date_range("2020-01-01", periods=8, freq="QS")
    frame = pd.DataFrame({"period": quarters, "count": [1, 2, 3, 4, 5, 6, 7, 8], "exposure": 1.0})
    found = baseline(frame, go_live=GO_LIVE)
    assert (found.value, found.first, found.last) == (6.5, date(2021, 1, 1), date(2021, 12, 31))


def test_a_single_sum_over_a_period_that_is_said_is_taken_whole():
    frame = pd.DataFrame({"period": ["2013-01-01"], "count": [167], "exposure": [38184.0]})
    found = baseline(frame, period=(date(2013, 1, 1), date(2015, 12, 31)))
    assert (found.value, found.months, found.last) == (167 / 38184, 36, date(2015, 12, 31))
    low, high = poisson_interval(167)
    assert (found.low, found.high) == pytest.approx((low / 38184, high / 38184))


def test_a_sum_over_a_part_of_a_year_is_refused():
    frame = pd.DataFrame({"period": ["2013-01-01"], "count": [167], "exposure": [38184.0]})
    found = baseline(frame, period=(date(2013, 1, 1), date(2014, 6, 30)))
    assert (found.code, found.parameters["lacking"]) == ("part_of_a_season", 6)


def test_events_that_cluster_by_person_widen_the_interval_and_the_exact_one_is_warned_of():
    stream = np.random.default_rng(5)
    rates = stream.gamma(0.5, 4.0, 80)
    months = pd.date_range("2021-01-01", periods=12, freq="MS")
    frame = pd.DataFrame({"person": np.repeat(np.arange(80), 12), "period": np.tile(months, 80)})
    frame = frame.assign(count=stream.poisson(np.repeat(rates, 12) / 12), exposure=1 / 12, group="treated")
    told = baseline(frame, go_live=GO_LIVE)
    exact = baseline(frame, go_live=GO_LIVE, interval="exact")
    assert (told.interval, exact.interval) == ("clustered", "exact")
    assert told.high - told.low > 1.5 * (exact.high - exact.low)
    assert failed(exact) == {"baseline_interval_wide_enough"}
    assert told.dispersion > 2
    assert baseline(frame, go_live=GO_LIVE, interval="quasi_poisson").interval == "quasi_poisson"


def test_months_that_vary_too_much_are_quasi_poisson_and_others_exact():
    wild = baseline(monthly("2021-01-01", [1, 20] * 6), go_live=GO_LIVE)
    even = baseline(monthly("2021-01-01", [9, 11] * 6), go_live=GO_LIVE)
    assert (wild.interval, even.interval, even.dispersion) == ("quasi_poisson", "exact", 1.0)


def test_an_interval_by_person_needs_persons():
    found = baseline(monthly("2021-01-01", [2] * 12), go_live=GO_LIVE, interval="clustered")
    assert found.code == "interval_needs_persons"


def test_all_zeros_have_an_upper_limit():
    found = baseline(monthly("2021-01-01", [0] * 12), go_live=GO_LIVE)
    assert (found.value, found.low, found.dispersion) == (0.0, 0.0, None)
    assert found.high == pytest.approx(3.6889 / 120, rel=1e-4)


def test_an_amount_has_a_mean_and_the_spread_of_its_months():
    frame = monthly("2021-01-01", [1] * 12, exposure=1.0).assign(count=[41.5, 38.0, 44.0] * 4)
    found = baseline(frame, go_live=GO_LIVE)
    assert (found.kind, found.interval) == ("mean", "t")
    assert found.value == pytest.approx(41 + 1 / 6)
    assert found.sd == pytest.approx(np.std([41.5, 38.0, 44.0] * 4, ddof=1))
    assert baseline(frame, go_live=GO_LIVE, kind="rate").code == "events_not_whole"


def test_an_amount_without_spread_has_no_limits():
    found = baseline(monthly("2021-01-01", [2] * 12), go_live=GO_LIVE, kind="mean")
    assert (found.interval, found.low, found.high) == ("none", None, None)


def test_a_share_has_wilsons_interval_and_no_numerator_above_its_denominator():
    frame = monthly("2021-01-01", [3] * 12)
    found = baseline(frame, go_live=GO_LIVE, kind="share")
    assert (found.value, found.interval) == (pytest.approx(0.3), "wilson")
    frame.loc[4, "count"] = 11
    assert baseline(frame, go_live=GO_LIVE, kind="share").code == "share_above_one"


def test_survey_answers_are_those_of_the_last_wave_before_the_start():
    """Second wave: person means 4, 2.5, 5 (a not relevant answer left out); mean 3.8333."""
    rows = [("a", "2021-03-01", 1), ("a", "2021-11-01", 4), ("b", "2021-11-01", 2.5), ("c", "2021-11-01", 5)]
    rows += [("d", "2021-11-01", None), ("a", "2022-06-01", 1)]
    frame = pd.DataFrame(rows, columns=["respondent", "wave", "score"]).assign(item="trygg", group="all")
    answers = Responses(frame.assign(wave=pd.to_datetime(frame["wave"])))
    found = baseline(answers, go_live=GO_LIVE)
    assert (found.n, found.value, found.last) == (3, pytest.approx(11.5 / 3), date(2021, 11, 1))
    assert baseline(answers, until=date(2020, 1, 1)).code == "no_answers_before"
    assert baseline(answers).code == "baseline_without_end"


def test_without_a_start_or_a_last_day_there_is_no_window():
    assert baseline(monthly("2021-01-01", [2] * 12)).code == "baseline_without_end"
    assert baseline(monthly("2021-01-01", [2] * 12), until=date(2021, 12, 31)).before_start is None


def test_one_row_is_refused():
    assert baseline(monthly("2021-12-01", [2]), go_live=GO_LIVE).parameters == {"lacking": 11, "months": 12}


def test_a_window_that_reaches_past_the_start_is_told():
    period = (date(2021, 7, 1), date(2022, 6, 30))
    found = baseline(monthly("2021-01-01", [2] * 24), period=period)
    assert (found.before_start, found.last) == (None, date(2022, 6, 30))
    told = baseline(monthly("2021-01-01", [2] * 24), period=period, go_live=GO_LIVE)
    assert (told.before_start, told.last) == (False, date(2022, 6, 30))
    assert failed(told) == {"baseline_before_start"}
    late = baseline(monthly("2022-01-01", [2] * 24), go_live=GO_LIVE)
    assert late.code == "part_of_a_season"


@pytest.mark.parametrize(
    "wrong", [{"count": [-1] * 12}, {"exposure": 0.0}, {"count": ["1,5"] * 12}, {"count": [None] * 12}]
)
def test_a_table_that_cannot_be_used_is_no_baseline(wrong):
    with pytest.raises((InvalidInput, ValueError)):
        baseline(monthly("2021-01-01", [1] * 12).assign(**wrong), go_live=GO_LIVE)


def test_rows_out_of_order_make_no_difference():
    frame = monthly("2020-01-01", list(range(24)))
    assert baseline(frame.sample(frac=1, random_state=1), go_live=GO_LIVE) == baseline(frame, go_live=GO_LIVE)


def test_each_unit_has_its_own():
    frames = [monthly("2021-01-01", [count] * 12).assign(unit=unit) for unit, count in (("Vik", 1), ("Sund", 2))]
    short = monthly("2021-06-01", [3] * 7).assign(unit="Ås")
    found = by_unit(pd.concat([*frames, short]), go_live=GO_LIVE)
    assert {unit: getattr(one, "value", None) for unit, one in found.items()} == {"Sund": 0.2, "Vik": 0.1, "Ås": None}
    assert found["Ås"].parameters["lacking"] == 5


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=24, max_size=48), st.integers(1, 2))
def test_the_rate_is_events_over_exposure_of_the_window_and_of_nothing_else(counts, seasons):
    """Independent recomputation: the last 12 x seasons numbers of the list."""
    last = pd.Timestamp("2021-12-01")
    months = pd.date_range(end=last, periods=len(counts), freq="MS")
    frame = pd.DataFrame({"period": months, "count": counts, "exposure": 2.0})
    found = baseline(frame, go_live=GO_LIVE, seasons=seasons)
    kept = counts[-12 * seasons :]
    assert found.value == pytest.approx(sum(kept) / (2 * len(kept)))
    assert found.low <= found.value <= found.high


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 23), st.integers(0, 6))
def test_every_calendar_month_is_there_as_often_whatever_is_abnormal(first, length):
    months = pd.date_range("2016-01-01", periods=72, freq="MS")
    frame = pd.DataFrame({"period": months, "count": months.month, "exposure": 1.0})
    start = months[48 + first]
    end = months[min(71, 48 + first + length)]
    found = baseline(frame, go_live=GO_LIVE, seasons=2, abnormal=[Abnormal(start=start.date(), end=end.date())])
    assert found.value == pytest.approx(6.5)
    assert found.measurements == 24


def test_a_panel_and_its_sums_over_persons_give_the_same_value():
    frame = monthly("2021-01-01", list(range(12)))
    panel = Panel(
        pd.concat([frame.assign(person=name, group="treated", unit="") for name in ("a", "b")], ignore_index=True)
    )
    summed = baseline(panel.to_series(), go_live=GO_LIVE)
    assert baseline(panel, go_live=GO_LIVE).value == summed.value
    assert isinstance(panel.to_series(), Series)
