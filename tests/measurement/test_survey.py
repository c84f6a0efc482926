"""Survey waves: means and shares, paired or not, and what is said of those who did not answer."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benefits.activity import Responses
from benefits.measurement import Estimate, InvalidOption, Refusal, apply, method
from benefits.measurement.designs.survey import permutation_p

ANCHOR = json.loads((Path(__file__).parent / "anchors" / "survey.json").read_text(encoding="utf-8"))
START = date(2024, 6, 1)
BEFORE, AFTER = "2024-01-15", "2024-11-15"


def answers(before, after, *, same: bool = True, item: str = "safe", group: str = "all") -> pd.DataFrame:
    """One item; the respondents of the two waves are the same, or not."""
    second = [f"r{number}" if same else f"s{number}" for number in range(len(after))]
    return pd.DataFrame(
        {
            "respondent": [f"r{number}" for number in range(len(before))] + second,
            "wave": pd.to_datetime([BEFORE] * len(before) + [AFTER] * len(after)),
            "group": group,
            "item": item,
            "score": [*before, *after],
        }
    )


def answer(frame: pd.DataFrame, **options) -> Estimate | Refusal:
    return apply("survey", frame, go_live=START, options=options)


def check(estimate: Estimate, code: str):
    return next(one for one in estimate.checks if one.code == code)


def test_the_same_persons_are_compared_with_themselves_as_r_does() -> None:
    found = answer(answers(ANCHOR["before"], ANCHOR["after"]))
    wanted = ANCHOR["paired"]
    assert (found.effect, found.low, found.high, found.df) == pytest.approx(tuple(wanted.values()), abs=1e-9)
    assert check(found, "same_respondents").passed is True


def test_other_persons_are_compared_as_two_groups_as_r_does() -> None:
    found = answer(answers(ANCHOR["before"], ANCHOR["after"], same=False))
    wanted = ANCHOR["unpaired"]
    assert (found.low, found.high, found.df) == pytest.approx(tuple(wanted.values()), abs=1e-9)
    assert check(found, "same_respondents").passed is None


def test_a_share_of_one_item_has_the_interval_newcombe_published() -> None:
    """56 of 70 agree after, 48 of 80 before: 0.8 - 0.6 = 0.2."""
    after, before = [5] * 56 + [2] * 14, [5] * 48 + [2] * 32
    found = answer(answers(before, after, same=False), measure="share", agree_from=4)
    assert found.effect == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((ANCHOR["newcombe"]["low"], ANCHOR["newcombe"]["high"]), abs=5e-5)
    draws = found.draws(20_000, np.random.default_rng(1))
    assert np.quantile(draws, [0.025, 0.5, 0.975]) == pytest.approx([found.low, 0.2, found.high], abs=2e-3)


def test_several_items_are_one_score_per_person_so_that_talkative_persons_weigh_no_more() -> None:
    """a answers x = 2, y = 4 (mean 3), b answers only x = 1; mean 2, not the mean of the three answers 7/3."""
    rows = [("a", "x", 2), ("a", "y", 4), ("b", "x", 1), ("b", "y", None)]
    frame = pd.concat(
        pd.DataFrame(rows, columns=["respondent", "item", "score"]).assign(group="all", wave=pd.Timestamp(wave))
        for wave in (BEFORE, AFTER)
    )
    frame.loc[(frame["wave"] == AFTER) & (frame["item"] == "x"), "score"] += np.array([1.0, 2.0])
    found = answer(frame)
    assert (found.baseline, found.observed) == pytest.approx((2.0, 3.25))


def test_not_relevant_counts_neither_for_nor_against() -> None:
    found = answer(answers([4, 4, None, 2], [4, None, None, 5], same=False), measure="share", agree_from=4)
    assert (found.baseline, found.observed) == pytest.approx((2 / 3, 1.0))
    told = check(found, "not_relevant_alike")
    assert (told.passed, told.parameters) == (False, {"share_before": 0.25, "share_after": 0.5})


def test_an_exact_permutation_test_agrees_with_counting_every_exchange() -> None:
    """Paired with signs exchanged in all 2^6 ways, counted one by one."""
    before, after = pd.Series([2.0, 3.0, 3.5, 2.5, 4.0, 3.0]), pd.Series([3.0, 3.5, 3.0, 4.0, 4.5, 3.8])
    differences = (after - before).to_numpy()
    means = [np.mean(differences * signs) for signs in product([1, -1], repeat=6)]
    as_far = sum(mean >= differences.mean() - 1e-12 for mean in means) / len(means)
    assert permutation_p(before, after, paired=True) == pytest.approx(2 * as_far)


def test_the_response_rate_is_printed_and_a_fall_in_it_lowers_the_grade() -> None:
    frame = answers([3, 4, 3, 4] * 10, [4, 4, 5, 4] * 5)
    told = answer(frame, invited_before=50, invited_after=50)
    assert (told.details["response_rate_before"].value, told.details["response_rate_after"].value) == (0.8, 0.4)
    assert check(told, "response_rate_alike").passed is False
    assert told.grade == "reported"
    assert check(answer(frame), "response_rate_alike").passed is None


def test_respondents_chosen_because_they_were_badly_off_are_warned_of() -> None:
    assert check(answer(answers([1, 2, 1], [3, 3, 2]), selected=True), "regression_to_the_mean").passed is False


def test_only_the_last_wave_on_each_side_is_compared() -> None:
    frame = pd.concat([answers([3, 3, 2], [4, 4, 5]), answers([1, 1, 1], []).assign(wave=pd.Timestamp("2023-05-01"))])
    assert answer(frame).baseline == pytest.approx(8 / 3)


@pytest.mark.parametrize(
    ("frame", "options", "code"),
    [
        (answers([3, 4], []), {}, "no_answers_after"),
        (answers([], [3, 4]), {}, "no_answers_before"),
        (answers([3], [4]), {}, "too_few_respondents"),
        (answers([3, 4], [4, 5], same=False), {"paired": True}, "too_few_pairs"),
        (answers([3, 3], [3, 3]), {}, "no_spread"),
        (answers([3, 4], [4, 9]), {"scale_low": 1, "scale_high": 5}, "outside_scale"),
        (answers([3, 4], [4, 5]), {"item": "other"}, "no_item_both_times"),
        (answers([3, 4], [4, 5], group="comparison"), {}, "nobody_treated"),
        (answers([None, None], [4, 5]), {}, "no_answers_before"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_reason(frame, options, code) -> None:
    found = answer(frame, **options)
    assert isinstance(found, Refusal)
    assert found.code == code


def test_data_of_another_shape_are_refused(series) -> None:
    found = method("survey").estimate(series({"all": [1] * 24}), benefit="g1", indicator="i", go_live=START, options={})
    assert (found.code, found.parameters) == ("wrong_shape", {"wants": "responses"})


@pytest.mark.parametrize(
    "options",
    [{"measure": "share"}, {"measure": "median"}, {"scale_low": 5, "scale_high": 1}, {"scale_low": 1}, {"level": 2},
     {"permutations": 3}, {"invited_before": 0}, {"paired": "yes"}, {"agree_from": 4}],
)  # fmt: skip
def test_an_option_that_cannot_be_used_is_told(options) -> None:
    with pytest.raises(InvalidOption):
        answer(answers([3, 4, 5], [4, 5, 5]), **options)


def test_the_order_of_the_answers_does_not_matter() -> None:
    frame = answers(ANCHOR["before"], ANCHOR["after"])
    shuffled = frame.sample(frac=1, random_state=3)
    assert answer(frame) == answer(shuffled)
    assert repr(Responses(frame)) == repr(Responses(shuffled))
