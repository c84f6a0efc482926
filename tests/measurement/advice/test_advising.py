"""The advice ranks what answers, says what one more thing would open, and is borne out by the methods themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import benefits
from benefits.activity import Data
from benefits.measurement import Estimate, Refusal, method, methods
from benefits.measurement.advice import Situation, advice_on, advise, opening_for
from benefits.measurement.advice.openings import changes
from benefits.measurement.advice.ranking import SPECIALIST, fits, ranked
from benefits.vocabulary import GRADES

SIXTEEN = Situation(kind="events", rows="panel", before=24, after=12, persons=16)
CHOSEN = Situation(kind="events", rows="panel", before=24, after=12, persons=60, selected=True)


def opened(situation: Situation) -> dict[str, tuple[int, str, str]]:
    return {one.change: (one.amount, one.method, one.grade) for one in advice_on(situation).plain_openings}


def test_a_year_of_months_on_each_side_is_compared_before_and_after_and_drawn_in_a_control_chart() -> None:
    found = advice_on(Situation(kind="events", before=12, after=12))
    assert found.best is not None
    assert (found.best.method, found.best.grade, found.chart) == ("before_after", "before_after", "control_chart")
    assert {one.method: one.code for one in found.refused}["difference_in_differences"] == "no_comparison"


def test_eleven_points_before_make_no_control_chart_and_one_more_month_does() -> None:
    found = advice_on(Situation(kind="amounts", before=11, after=12))
    assert found.chart == "line"
    assert opened(found.situation)["longer_before"][:2] == (1, "before_after")
    opening = opening_for("control_chart", found.situation)
    assert opening is not None
    assert (opening.change, opening.amount) == ("longer_before", 1)


def test_patients_chosen_in_a_bad_period_need_others_chosen_by_the_same_rule() -> None:
    alone = advice_on(CHOSEN)
    assert alone.best is not None
    assert (alone.best.grade, alone.best.caveats) == ("reported", ("regression_to_the_mean",))
    assert opened(CHOSEN) == {"comparison_group": (0, "difference_in_differences", "controlled")}
    beside = replace(CHOSEN, comparison="unselected", comparison_persons=60, comparison_units=1, untouched=60)
    assert advice_on(beside).best == advice_on(beside).offered
    assert opened(beside) == {"same_rule": (0, "difference_in_differences", "controlled")}


def test_sixteen_patients_are_offered_the_chart_of_all_of_them_and_four_more_patients() -> None:
    found = advice_on(SIXTEEN)
    assert found.offered is not None
    assert (found.offered.method, found.offered.grade) == ("control_chart", "before_after")
    assert next(one for one in found.admissible if one.method == "before_after").caveats == ("enough_persons",)
    opening = opening_for("survey", replace(SIXTEEN, kind="scores", rows="responses", before=0, after=1))
    assert opening is not None
    assert (opening.change, opening.grade) == ("measured_before", "reported")
    twelve = replace(SIXTEEN, before=8, after=12)
    assert opened(twelve)["longer_before"] == (4, "control_chart", "before_after")


def test_what_was_not_asked_before_the_start_cannot_be_fetched_afterwards() -> None:
    found = advice_on(Situation(kind="scores", rows="responses", before=0, after=2, persons=40))
    assert not found.admissible
    assert [(one.change, one.gain, one.method) for one in found.openings] == [("measured_before", "answer", "survey")]


def test_yearly_figures_by_month_open_a_chart() -> None:
    assert opened(Situation(kind="events", step=12, before=3, after=2))["by_month"][1:] == (
        "before_after",
        "before_after",
    )


def test_units_that_started_at_different_times_can_be_each_others_comparison() -> None:
    found = advice_on(Situation(kind="events", before=12, after=12, units=30, selected=True))
    (opening,) = [one for one in found.openings if one.change == "start_per_unit"]
    assert (opening.method, opening.grade) == ("staggered_starts", "controlled")
    assert "start_per_unit" not in {one.change for one in found.plain_openings}


def test_a_reported_number_admits_no_method_and_nothing_opens_one() -> None:
    found = advice_on(Situation(kind="reported", rows=None))
    assert (found.admissible, found.openings, found.offered, found.chart) == ((), (), None, "line")


def test_a_method_for_another_kind_is_unfit_and_one_that_is_not_known_is_untold() -> None:
    found = advice_on(Situation(kind="events", before=12, after=12))
    assert found.unfit == ("before_after_shares", "time_study")
    assert found.of("time_study") is None
    assert opening_for("somebody_elses", found.situation) is None


def test_a_table_is_tried_until_a_method_answers(go_live: date) -> None:
    """Two persons to weight cannot be made like the treated, and all the same counts have no spread."""
    frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=24, freq="MS"), "count": [2] * 24})
    found = benefits.advise(frame, go_live=go_live)
    assert found.best is not None
    assert found.best.method == "before_after"
    assert isinstance(found.of("control_chart"), Refusal) is False
    flat = benefits.advise(frame.assign(count=0.5), go_live=go_live)
    assert {one.code for one in flat.refused} >= {"no_spread"}
    with pytest.raises(ValueError, match="go_live"):
        advise(frame)


def test_the_months_that_open_something_are_the_fewest_that_do() -> None:
    """With nine months before a year after, three more make it a whole year on both sides."""
    at = Situation(kind="events", before=9, after=12)
    (opening,) = [one for one in advice_on(at).openings if one.change == "longer_before"]
    now = ranked(at)[0].grade
    tried = [one for one in changes(at) if one.change == "longer_before"]
    gains = [one.amount for one in tried if GRADES.index(ranked(one.situation)[0].grade) > GRADES.index(now)]
    assert opening.amount == gains[0] == 3
    assert opening.method == "before_after"


SIDES = st.sampled_from([2, 8, 12, 24])
SITUATIONS = st.one_of(
    st.builds(Situation, kind=st.sampled_from(["events", "amounts", "minutes"]), before=SIDES, after=SIDES),
    st.builds(
        Situation,
        kind=st.sampled_from(["events", "amounts"]),
        rows=st.just("panel"),
        before=SIDES,
        after=SIDES,
        persons=st.just(20),
        comparison=st.just("selected_alike"),
        comparison_persons=st.just(20),
        comparison_units=st.just(1),
        untouched=st.just(20),
    ),
    st.builds(
        Situation,
        kind=st.just("scores"),
        rows=st.just("responses"),
        before=st.just(1),
        after=st.just(1),
        persons=st.integers(2, 40),
    ),
)


@pytest.mark.slow
@settings(max_examples=8)
@given(meant=SITUATIONS)
def test_what_is_recommended_answers_and_nothing_of_a_better_design_would_have(
    meant: Situation, world: Callable[..., Data], go_live: date
) -> None:
    data, best = world(meant), advice_on(meant).best
    assert best is not None
    told: dict[str, Any] = {"benefit": "g1", "indicator": "g1", "go_live": go_live, "options": {}}
    assert isinstance(method(best.method).estimate(data, **told), Estimate)
    better = [
        id
        for id in methods()
        if fits(id, meant.kind) and GRADES.index(method(id).grade) > GRADES.index(method(best.method).grade)
    ]
    for id in better:
        assert isinstance(method(id).estimate(data, **told), Refusal), id


def test_every_specialist_is_a_method_and_none_is_offered() -> None:
    assert set(methods()) >= SPECIALIST
    every = replace(SIXTEEN, persons=30, comparison="selected_alike", comparison_persons=30, comparison_units=1)
    found = advice_on(replace(every, untouched=30))
    assert {one.method for one in found.for_analysts} <= SPECIALIST
    assert found.offered is not None
    assert found.offered.method not in SPECIALIST
