"""Standardised rates: worked by hand, as R has them, recomputed, and when they are refused.

The anchor is the example of the R package epitools, births with Down's syndrome by age of the mother and birth order,
which its documentation gives as table 1 of Fay and Feuer (1997).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benefits.measurement import Refusal
from benefits.measurement.areas.standardisation import StandardisedRate, StandardisedRatio, direct, indirect
from benefits.measurement.intervals import byar_interval

ANCHOR = json.loads((Path(__file__).parent / "anchors" / "standardisation.json").read_text(encoding="utf-8"))
AGES = ("under 20", "20-24", "25-29", "30-34", "35-39", "40 and over")
STANDARD = dict(zip(AGES, ANCHOR["standard"], strict=True))
"""Mean of the populations by birth order."""


def births(order: int) -> pd.DataFrame:
    count, population = ([row[order] for row in ANCHOR[name]] for name in ("count", "population"))
    return pd.DataFrame({"stratum": AGES, "count": count, "exposure": population})


def rate(frame: pd.DataFrame, standard: dict[str, float], **how: Any) -> StandardisedRate:
    answer = direct(frame, standard=standard, **how)
    assert isinstance(answer, StandardisedRate), answer
    return answer


def ratio(frame: pd.DataFrame, reference: dict[str, float], **how: Any) -> StandardisedRatio:
    answer = indirect(frame, reference=reference, **how)
    assert isinstance(answer, StandardisedRatio), answer
    return answer


TWO = pd.DataFrame({"stratum": ["young", "old"], "count": [3, 4], "exposure": [300, 100]})


def test_a_direct_rate_weighs_the_strata_as_the_standard_does() -> None:
    """(0.01 + 3 x 0.04) / 4."""
    assert rate(TWO, {"young": 1, "old": 3}).rate == pytest.approx(0.0325)
    assert rate(TWO, {"young": 300, "old": 100}).rate == pytest.approx(rate(TWO, {"young": 1, "old": 3}).crude)


@pytest.mark.parametrize("order", range(5))
def test_direct_rates_and_both_intervals_are_those_of_r(order: int) -> None:
    told = ANCHOR["direct"][order]
    gamma, dobson = (rate(births(order), STANDARD, interval=kind) for kind in ("gamma", "dobson"))
    assert (gamma.crude, gamma.rate) == pytest.approx((told["crude"], told["rate"]), rel=1e-12)
    assert (gamma.low, gamma.high) == pytest.approx(told["gamma"], rel=1e-9)
    assert (dobson.low, dobson.high) == pytest.approx(told["dobson"], rel=1e-9)


def test_the_gamma_interval_is_worked_out_again_as_chi_squared() -> None:
    """A gamma of mean m and variance v is (v / 2m) times a chi-squared of 2 m^2 / v degrees of freedom."""
    weight = np.array([1, 3]) / 4
    mean, spread = 0.0325, float((weight**2 * [3, 4] / np.array([300, 100]) ** 2).sum())
    largest = float((weight / [300, 100]).max())
    low = spread / (2 * mean) * stats.chi2.ppf(0.025, 2 * mean**2 / spread)
    up, more = mean + largest, spread + largest**2
    answer = rate(TWO, {"young": 1, "old": 3})
    assert (answer.low, answer.high) == pytest.approx((low, more / (2 * up) * stats.chi2.ppf(0.975, 2 * up**2 / more)))


def test_no_events_at_all_have_an_upper_limit_only() -> None:
    """With one stratum it is that of a Poisson count of none: 3.689 over the exposure."""
    none = pd.DataFrame({"stratum": ["all"], "count": [0], "exposure": [100]})
    answer = rate(none, {"all": 1})
    assert (answer.rate, answer.low, answer.few_events) == (0.0, 0.0, True)
    assert answer.high == pytest.approx(0.03689, rel=1e-3)


def test_a_ratio_is_observed_over_what_the_reference_would_have_had() -> None:
    """300 x 0.01 + 100 x 0.03 = 6 expected, 7 observed."""
    answer = ratio(TWO, {"young": 0.01, "old": 0.03})
    assert (answer.observed, answer.expected, answer.ratio) == (7, 6.0, pytest.approx(7 / 6))


@pytest.mark.parametrize("order", range(5))
def test_indirect_ratios_and_both_intervals_are_those_of_r(order: int) -> None:
    count, population = (np.array(ANCHOR[name]).sum(axis=1) for name in ("count", "population"))
    reference = dict(zip(AGES, (count / population).tolist(), strict=True))
    told = ANCHOR["indirect"][order]
    exact, byar = (ratio(births(order), reference, interval=kind) for kind in ("exact", "byar"))
    assert (exact.observed, exact.expected, exact.ratio) == pytest.approx(
        (told["observed"], told["expected"], told["ratio"]), rel=1e-12
    )
    assert (exact.low, exact.high) == pytest.approx(told["exact"], rel=1e-9)
    assert (byar.low, byar.high) == pytest.approx(told["byar"], rel=1e-9)


def test_byar_is_near_the_exact_interval_and_never_below_zero() -> None:
    for count in (1, 5, 20, 200):
        low, high = byar_interval(count)
        assert low == pytest.approx(stats.chi2.ppf(0.025, 2 * count) / 2, abs=0.06)
        assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * count + 2) / 2, abs=0.02)
    assert byar_interval(0)[0] == 0.0
    assert byar_interval(1, level=0.998)[0] >= 0.0


@pytest.mark.parametrize("function", [direct, indirect])
@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (TWO.iloc[:0], "no_rows"),
        (TWO.iloc[:1], "strata_differ"),
        (pd.concat([TWO, TWO.iloc[:1].assign(stratum="third")]), "strata_differ"),
        (pd.concat([TWO, TWO]), "same_row_twice"),
        (TWO.assign(count=[-1, 2]), "negative_numbers"),
        (TWO.assign(count=["3,5", "4"]), "not_numbers"),
        (TWO.assign(count=[3.5, 4]), "counts_not_whole"),
        (TWO.assign(count=[3, None]), "empty_cells"),
        (TWO.assign(exposure=[0, 100]), "zero_denominator"),
        (TWO.drop(columns="exposure"), "column_missing"),
    ],
)
def test_what_cannot_be_standardised_is_refused_with_the_reason(function: Any, frame: pd.DataFrame, code: str) -> None:
    other = "standard" if function is direct else "reference"
    answer = function(frame, **{other: {"young": 0.5, "old": 0.5}})
    assert isinstance(answer, Refusal)
    assert (answer.method, answer.code) == ("standardisation", code)


def test_a_missing_stratum_is_named() -> None:
    answer = direct(TWO, standard={"young": 1, "old": 1, "very old": 1})
    assert isinstance(answer, Refusal)
    assert answer.parameters == {"strata": "very old"}


def test_a_standard_or_reference_that_is_none_is_refused() -> None:
    codes = [
        direct(TWO, standard={"young": 0, "old": 0}),
        direct(TWO, standard={"young": -1, "old": 3}),
        indirect(TWO, reference={"young": -0.1, "old": 0.1}),
        indirect(TWO, reference={"young": 0.0, "old": 0.0}),
        direct(TWO.assign(count=[0, 0]), standard={"young": 1, "old": 1}, interval="dobson"),
    ]
    assert [one.code for one in codes if isinstance(one, Refusal)] == [
        "standard_not_positive",
        "standard_not_positive",
        "standard_not_positive",
        "nothing_expected",
        "no_events_at_all",
    ]


counts = st.lists(st.tuples(st.integers(0, 400), st.integers(500, 5000)), min_size=2, max_size=8)


@given(counts, st.floats(0.1, 50))
def test_the_size_of_the_standard_does_not_matter_and_the_rate_lies_between_the_strata(
    rows: list[tuple[int, int]], times: float
) -> None:
    strata = [str(at) for at in range(len(rows))]
    frame = pd.DataFrame({"stratum": strata, "count": [one for one, _ in rows], "exposure": [of for _, of in rows]})
    standard = {name: at + 1.0 for at, name in enumerate(strata)}
    one = rate(frame, standard)
    other = rate(frame, {name: times * size for name, size in standard.items()})
    assert other.rate == pytest.approx(one.rate)
    own = frame["count"] / frame["exposure"]
    assert own.min() - 1e-12 <= one.rate <= own.max() + 1e-12
    assert one.low <= one.rate <= one.high
