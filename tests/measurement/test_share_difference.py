"""Score intervals of the difference of two shares: the published tables, the formula by hand, and what must hold."""

from __future__ import annotations

import json
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep

from benefits.measurement.one_group.share_difference import Pairs, paired_interval, unpaired_interval

ANCHORS = Path(__file__).parent / "anchors"
NEWCOMBE = json.loads((ANCHORS / "newcombe.json").read_text(encoding="utf-8"))
R = json.loads((ANCHORS / "before_after.json").read_text(encoding="utf-8"))


def pairs(cells: list[int]) -> Pairs:
    return Pairs(**dict(zip(("both", "only_after", "only_before", "neither"), cells, strict=True)))


@pytest.mark.parametrize("row", NEWCOMBE["paired"]["rows"], ids=lambda row: str(row["cells"]))
def test_pairs_have_the_interval_newcombe_published(row) -> None:
    assert paired_interval(pairs(row["cells"])) == pytest.approx((row["low"], row["high"]), abs=5.1e-5)


@pytest.mark.parametrize("row", NEWCOMBE["unpaired"]["rows"], ids=lambda row: str(row["after"]))
def test_two_samples_have_the_interval_newcombe_published(row) -> None:
    assert unpaired_interval(*row["before"], *row["after"]) == pytest.approx((row["low"], row["high"]), abs=5.1e-5)


def test_two_samples_have_the_interval_of_the_r_package_epi() -> None:
    wanted = R["unpaired_shares"]
    found = unpaired_interval(*wanted["before"], *wanted["after"])
    assert found == pytest.approx((wanted["low"], wanted["high"]), abs=1e-9)


def test_mcnemar_is_r_s_binomial_test_of_those_who_changed() -> None:
    told = R["mcnemar"]
    found = Pairs(both=20, only_after=told["only_after"], only_before=told["only_before"], neither=16)
    assert found.mcnemar_p == pytest.approx(told["p"], abs=1e-9)


sizes = st.integers(1, 60)


@given(sizes, sizes, st.data())
def test_two_samples_agree_with_the_library(of_before, of_after, data) -> None:
    before, after = data.draw(st.integers(0, of_before)), data.draw(st.integers(0, of_after))
    found = unpaired_interval(before, of_before, after, of_after)
    library = confint_proportions_2indep(after, of_after, before, of_before, method="newcomb", compare="diff")
    assert found == pytest.approx((max(-1.0, library[0]), min(1.0, library[1])), abs=1e-9)


cells = st.tuples(*[st.integers(0, 40)] * 4)


@given(cells)
def test_the_paired_interval_is_the_formula_written_out_again(counts) -> None:
    """Limits l and u of each share from the roots of (p - q)^2 = z^2 q (1 - q) / n, put together as the paper does."""
    both, only_after, only_before, neither = counts
    n = sum(counts)
    assume(n > 0)
    z2 = 1.959963984540054**2

    def wilson(count: int) -> tuple[float, float, float]:
        p = count / n
        middle, half = p + z2 / (2 * n), sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n)))
        return p, (middle - half) / (1 + z2 / n), (middle + half) / (1 + z2 / n)

    (p1, l1, u1), (p2, l2, u2) = wilson(both + only_after), wilson(both + only_before)
    product = both * neither - only_after * only_before
    top = product if product <= 0 else max(0.0, product - n / 2)
    bottom = sqrt(p1 * (1 - p1) * p2 * (1 - p2)) * n**2
    phi = top / bottom if bottom > 1e-9 else 0.0
    low = p1 - p2 - sqrt(max(0, (p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2))
    high = p1 - p2 + sqrt(max(0, (u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2))
    assert paired_interval(pairs(list(counts))) == pytest.approx((max(-1, low), min(1, high)), abs=1e-6)


@given(cells)
def test_exchanging_before_and_after_turns_the_paired_interval_round(counts) -> None:
    assume(sum(counts) > 0)
    both, only_after, only_before, neither = counts
    low, high = paired_interval(pairs([both, only_after, only_before, neither]))
    assert paired_interval(pairs([both, only_before, only_after, neither])) == pytest.approx((-high, -low), abs=1e-9)
    assert low <= (only_after - only_before) / sum(counts) <= high
    assert -1 <= low < high <= 1


@given(st.integers(0, 30), st.integers(0, 30))
def test_mcnemar_agrees_with_the_library(only_after, only_before) -> None:
    found = Pairs(both=5, only_after=only_after, only_before=only_before, neither=7).mcnemar_p
    assert found == pytest.approx(min(1.0, mcnemar([[5, only_after], [only_before, 7]], exact=True).pvalue), abs=1e-9)


def test_pairs_that_agree_give_a_narrower_interval_than_two_samples() -> None:
    low, high = paired_interval(pairs([20, 5, 0, 15]))
    of_two = unpaired_interval(20, 40, 25, 40)
    assert high - low < of_two[1] - of_two[0] - 0.01
