"""Shares before and after: the same persons, others, and periods."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benefits.measurement import Estimate, InvalidOption, Refusal, apply
from benefits.measurement.one_group.share_difference import unpaired_interval

NEWCOMBE = json.loads((Path(__file__).parent / "anchors" / "newcombe.json").read_text(encoding="utf-8"))
START = date(2024, 1, 1)


def persons(both: int, only_after: int, only_before: int, neither: int) -> pd.DataFrame:
    """Persons seen once before and once after."""
    before = [1] * both + [0] * only_after + [1] * only_before + [0] * neither
    after = [1] * both + [1] * only_after + [0] * only_before + [0] * neither
    return pd.DataFrame(
        {
            "person": [f"p{number:03d}" for number in range(len(before))] * 2,
            "period": pd.to_datetime(["2023-01-01"] * len(before) + ["2024-01-01"] * len(after)),
            "count": [*before, *after],
        }
    )


def series(before: list[tuple[int, int]], after: list[tuple[int, int]]) -> pd.DataFrame:
    counted = [*before, *after]
    months = pd.date_range(pd.Timestamp(START) - pd.DateOffset(months=len(before)), periods=len(counted), freq="MS")
    return pd.DataFrame({"period": months, "count": [one for one, _ in counted], "exposure": [of for _, of in counted]})


def answer(frame: pd.DataFrame, **options) -> Estimate | Refusal:
    return apply("before_after_shares", frame, go_live=START, options=options)


def check(estimate: Estimate, code: str):
    return next(one for one in estimate.checks if one.code == code)


def test_the_same_persons_have_newcombe_s_interval_for_pairs_and_mcnemar_s_test() -> None:
    """Newcombe's 20, 12, 2, 16: 22 of 50 before, 32 after; of 14 who changed 12 rose: p = 2 x P(X <= 2 of 14)."""
    found = answer(persons(20, 12, 2, 16))
    assert (found.baseline, found.observed, found.effect) == pytest.approx((0.44, 0.64, 0.2))
    assert (found.low, found.high) == pytest.approx((0.0562, 0.3292), abs=5.1e-5)
    assert found.details["mcnemar_p"].value == pytest.approx(2 * (1 + 14 + 91) / 2**14)
    assert found.n == 50
    draws = found.draws(20_000, np.random.default_rng(1))
    assert np.quantile(draws, [0.025, 0.5, 0.975]) == pytest.approx([found.low, found.effect, found.high], abs=1e-3)


def test_the_same_persons_as_two_groups_have_the_wider_interval() -> None:
    found = answer(persons(20, 12, 2, 16), paired=False)
    assert (found.low, found.high) == pytest.approx(unpaired_interval(22, 50, 32, 50))
    assert "mcnemar_p" not in found.details
    assert check(found, "compared_with_themselves").passed is None


def test_a_series_whose_shares_vary_as_chance_would_have_newcombe_s_interval() -> None:
    found = answer(series([(24, 40), (24, 40)], [(28, 35), (28, 35)]))
    wanted = NEWCOMBE["unpaired"]["rows"][0]
    assert (found.low, found.high) == pytest.approx((wanted["low"], wanted["high"]), abs=5.1e-5)
    assert check(found, "over_dispersion").parameters["dispersion"] == 1.0


def test_a_series_whose_shares_vary_more_has_the_interval_of_so_many_fewer() -> None:
    """2 and 8 of 10 before, 5 and 5 after: X2 = 2 x 9 / 2.5 = 7.2, over 2 is 3.6; so 20 counts as 20 / 3.6."""
    found = answer(series([(2, 10), (8, 10)], [(5, 10), (5, 10)]))
    assert check(found, "over_dispersion").parameters["dispersion"] == pytest.approx(3.6)
    assert (found.low, found.high) == pytest.approx(unpaired_interval(10 / 3.6, 20 / 3.6, 10 / 3.6, 20 / 3.6))
    assert found.effect == 0


def test_everybody_on_both_sides_still_has_an_interval() -> None:
    found = answer(series([(40, 40), (40, 40)], [(35, 35), (35, 35)]))
    assert found.effect == 0
    assert found.low < 0 < found.high


@pytest.mark.parametrize(
    ("frame", "code", "opens"),
    [
        (series([(11, 10), (5, 10)], [(5, 10), (5, 10)]), "share_above_one", "counts_within_exposure"),
        (series([(1.5, 10), (5, 10)], [(5, 10), (5, 10)]), "shares_not_counted", "counted_of_how_many"),
        (series([(1, 10.5), (5, 10)], [(5, 10), (5, 10)]), "shares_not_counted", "counted_of_how_many"),
        (series([(0, 10), (0, 10)], [(0, 10), (0, 10)]), "no_events_at_all", "longer_window"),
        (series([(1, 10)], [(5, 10), (5, 10)]), "too_few_periods", "longer_before"),
    ],
)
def test_what_is_no_share_is_refused_with_what_would_open_it(frame, code, opens) -> None:
    refusal = answer(frame)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.what_would_open_it) == (code, opens)


def test_several_values_of_a_person_are_for_the_means() -> None:
    frame = persons(20, 12, 2, 16)
    again = frame[frame["period"] < "2024"].assign(period=pd.Timestamp("2023-07-01"))
    refusal = answer(pd.concat([frame, again]))
    assert (refusal.code, refusal.what_would_open_it) == ("several_answers_a_person", "means_of_persons")


def test_a_ratio_of_shares_is_not_offered() -> None:
    with pytest.raises(InvalidOption):
        answer(persons(20, 12, 2, 16), scale="ratio")


@pytest.mark.slow
def test_the_paired_interval_covers_the_truth_as_often_as_it_says() -> None:
    """2 000 worlds of 60 pairs from shares 0.3, 0.1, 0.25 and 0.35: true change -0.15."""
    from benefits.measurement.one_group.share_difference import Pairs, paired_interval

    drawn = np.random.default_rng(4).multinomial(60, [0.3, 0.1, 0.25, 0.35], size=2000)
    covered = []
    for both, only_after, only_before, neither in drawn.tolist():
        pairs = Pairs(both=both, only_after=only_after, only_before=only_before, neither=neither)
        low, high = paired_interval(pairs)
        covered.append(low <= -0.15 <= high)
    assert np.mean(covered) == pytest.approx(0.95, abs=0.015)
