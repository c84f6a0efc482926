"""Means before and after: the same persons, others, and periods."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from benefits.measurement import Estimate, InvalidOption, Refusal, apply
from benefits.measurement.one_group.mean_difference import paired_difference

R = json.loads((Path(__file__).parent / "anchors" / "before_after.json").read_text(encoding="utf-8"))
START = date(2024, 1, 1)


def persons(before, after, *, same: bool = True) -> pd.DataFrame:
    """One value before and one after; the same persons, or others."""
    second = [f"p{number}" if same else f"q{number}" for number in range(len(after))]
    return pd.DataFrame(
        {
            "person": [f"p{number}" for number in range(len(before))] + second,
            "period": pd.to_datetime(["2023-01-01"] * len(before) + ["2024-01-01"] * len(after)),
            "count": [*before, *after],
        }
    )


def answer(frame: pd.DataFrame, **options) -> Estimate | Refusal:
    return apply("before_after_means", frame, go_live=options.pop("go_live", START), options=options)


def check(estimate: Estimate, code: str):
    return next(one for one in estimate.checks if one.code == code)


def test_the_same_persons_are_compared_with_themselves_as_in_r() -> None:
    found, wanted = answer(persons(R["before"], R["later"])), R["paired"]
    assert (found.effect, found.low, found.high, found.df) == pytest.approx(
        (wanted["effect"], wanted["low"], wanted["high"], wanted["df"]), abs=1e-9
    )
    assert found.details["rank_p"].value == pytest.approx(wanted["rank_p"], abs=1e-9)
    assert check(found, "compared_with_themselves").parameters == {"pairs": 12, "one_sided": 0}


def test_others_are_compared_as_two_groups_as_in_r() -> None:
    found, wanted = answer(persons(R["before"], R["later"][:9], same=False)), R["welch"]
    assert (found.low, found.high, found.df) == pytest.approx((wanted["low"], wanted["high"], wanted["df"]), abs=1e-9)
    assert found.details["rank_p"].value == pytest.approx(wanted["rank_p"], abs=1e-9)
    assert check(found, "compared_with_themselves").passed is None


def test_those_seen_on_one_side_only_are_left_out_of_pairs_and_told_of() -> None:
    """Pairs 1 -> 2, 2 -> 4, 3 -> 4: mean 4/3; the fourth, with 90 before, is not in it."""
    found = answer(persons([1, 2, 3, 90], [2, 4, 4]))
    assert found.effect == pytest.approx(4 / 3)
    assert (found.baseline, found.observed, found.n) == pytest.approx((2, 10 / 3, 3))
    assert check(found, "compared_with_themselves").parameters == {"pairs": 3, "one_sided": 1}
    assert check(found, "persons_on_both_sides").parameters["one_sided"] == 1


def test_few_of_the_same_persons_are_not_paired_unless_asked_for() -> None:
    frame = persons([1, 2, 3, 4, 5, 6], [2, 4])
    assert answer(frame).df == 1
    frame = pd.concat([frame, persons([], [5, 7, 6, 9], same=False).assign(person=list("wxyz"))])
    assert check(answer(frame), "compared_with_themselves").passed is None
    assert answer(frame, paired=True).n == 2
    assert answer(frame, paired=False).n == 10


def test_a_person_counts_once_however_long_observed() -> None:
    """Rates: a 12 in 1 year, b 1 in a half (2): mean 7, not 13 / 1.5."""
    rows = [("a", "2023-01-01", 12, 1.0), ("b", "2023-01-01", 1, 0.5), ("a", "2024-01-01", 5, 1.0)]
    rows.append(("b", "2024-01-01", 2, 1.0))
    frame = pd.DataFrame(rows, columns=["person", "period", "count", "exposure"])
    found = answer(frame)
    assert (found.baseline, found.observed) == pytest.approx((7, 3.5))


def test_a_series_is_compared_by_the_values_of_its_periods() -> None:
    hours = pd.DataFrame(
        {"period": pd.date_range("2023-01-01", periods=24, freq="MS"), "count": R["hours"], "exposure": R["exposure"]}
    )
    found = answer(hours)
    values = np.array(R["hours"]) / np.array(R["exposure"])
    library = stats.ttest_ind(values[12:], values[:12], equal_var=False)
    limits = library.confidence_interval()
    assert (found.low, found.high, found.df) == pytest.approx((limits.low, limits.high, library.df))
    assert found.n == 24


values = st.lists(st.integers(0, 50), min_size=3, max_size=20)


@pytest.mark.slow
@settings(max_examples=15)
@given(values, st.data())
def test_the_paired_interval_is_the_library_s(before, data) -> None:
    after = data.draw(st.lists(st.integers(0, 50), min_size=len(before), max_size=len(before)))
    off = np.array(after) - np.array(before)
    assume(off.std() > 0)
    found = answer(persons(before, after), min_exposure=0)
    limits = stats.t.interval(0.95, len(off) - 1, off.mean(), stats.sem(off))
    assert (found.low, found.high) == pytest.approx(limits)


@pytest.mark.slow
@settings(max_examples=15)
@given(values, values, st.floats(0.01, 100))
def test_another_unit_of_what_is_measured_changes_nothing_but_the_unit(before, after, factor) -> None:
    assume(np.std(before) + np.std(after) > 0 and sum(before) + sum(after) > 0)
    one = answer(persons(before, after, same=False))
    other = answer(persons(np.array(before) * factor, np.array(after) * factor, same=False))
    assert (other.effect, other.low, other.high) == pytest.approx(
        (one.effect * factor, one.low * factor, one.high * factor), abs=1e-9
    )


@pytest.mark.parametrize(
    ("frame", "options", "code", "opens"),
    [
        (persons([1, 2], [3, 4], same=False), {"paired": True}, "too_few_seen_twice", "same_persons_or_unpaired"),
        (persons([1, 2, 3], [2, 3, 4]), {}, "no_spread", "longer_window"),
        (persons([2, 2], [3, 3], same=False), {}, "no_spread", "longer_window"),
        (persons([2, 3], [4]), {}, "too_few_persons", "more_persons"),
        (persons([0, 0], [0, 0]), {}, "no_events_at_all", "longer_window"),
        (persons([2, 3], [4, 5]), {"go_live": date(2025, 1, 1)}, "nothing_after", "longer_after"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_would_open_it(frame, options, code, opens) -> None:
    refusal = answer(frame, **options)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.what_would_open_it, refusal.method) == (code, opens, "before_after_means")


def test_periods_cannot_be_paired(series) -> None:
    refusal = apply("before_after_means", series({"all": [1, 2] * 12}), go_live=START, options={"paired": True})
    assert (refusal.code, refusal.parameters["wants"]) == ("wrong_shape", "panel")


@pytest.mark.parametrize(("option", "value"), [("scale", "ratio"), ("paired", "yes"), ("interval", "exact")])
def test_an_option_that_cannot_be_used_is_refused_by_name(option, value) -> None:
    with pytest.raises(InvalidOption) as wrong:
        answer(persons([1, 2], [3, 5]), **{option: value})
    assert wrong.value.parameters["option"] == option


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    """2 000 worlds of 30 pairs, true change -0.5; covered within three standard errors of 0.95."""
    stream = np.random.default_rng(6)
    covered = []
    for _ in range(2000):
        level = stream.normal(10, 2, 30)
        found = paired_difference(level + stream.normal(0, 1, 30), level - 0.5 + stream.normal(0, 1, 30))
        covered.append(abs(found.effect + 0.5) <= stats.t.ppf(0.975, found.df) * found.se)
    assert np.mean(covered) == pytest.approx(0.95, abs=3 * (0.95 * 0.05 / 2000) ** 0.5)


def test_measurements_far_apart_are_periods_until_they_are_said_to_be_measurements() -> None:
    """June and June: as periods of a year the first holds the start in January and is on neither side."""
    frame = persons(R["before"], R["later"]).assign(period=pd.to_datetime(["2023-06-01"] * 12 + ["2024-06-01"] * 12))
    assert answer(frame).code == "nothing_before"
    assert answer(frame, occasions=True).effect == pytest.approx(R["paired"]["effect"], abs=1e-9)
