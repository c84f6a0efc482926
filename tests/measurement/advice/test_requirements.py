"""The advice says a method answers when it answers, and refuses when it refuses, with the reason it gives itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from benefits.activity import Data
from benefits.measurement import Estimate, Refusal, method, methods
from benefits.measurement.advice import Situation, situation_of
from benefits.measurement.advice.caveats import CAVEATS, caveats
from benefits.measurement.advice.ranking import fits
from benefits.measurement.advice.requirements import known, obstacle

pytestmark = pytest.mark.slow

ALIKE = {"selected_alike": True, "unselected": False, "not_told": None, "none": None}
SERIES = Situation(kind="events", before=24, after=12)
BESIDE = replace(SERIES, comparison="unselected", comparison_units=1, untouched=1)
PERSONS = Situation(kind="events", rows="panel", before=12, after=12, persons=25)
TWO = replace(PERSONS, comparison="unselected", comparison_persons=25, comparison_units=1, untouched=25)
ANSWERS = Situation(kind="scores", rows="responses", before=1, after=1, persons=25)
STAGGERED = replace(SERIES, units=4, own_starts=True, starting_months=4, untouched=3)

EDGES: tuple[tuple[str, Situation, Situation], ...] = (
    ("before_after", replace(SERIES, before=2, after=2), replace(SERIES, before=1)),
    ("before_after", replace(PERSONS, persons=2), replace(PERSONS, persons=1)),
    ("before_after", SERIES, replace(SERIES, silent=True)),
    ("before_after_means", replace(SERIES, kind="amounts", before=2, after=2), replace(SERIES, after=1)),
    ("before_after_shares", replace(SERIES, kind="shares", before=2, after=2), replace(SERIES, kind="shares", after=1)),
    (
        "before_after_shares",
        replace(PERSONS, kind="shares", before=1, after=1),
        replace(PERSONS, kind="shares", before=2, after=1),
    ),
    ("control_chart", replace(SERIES, before=12, after=1), replace(SERIES, before=11)),
    ("control_chart", SERIES, replace(SERIES, own_starts=True)),
    ("difference_in_differences", replace(BESIDE, before=2, after=2), replace(BESIDE, before=1)),
    ("difference_in_differences", TWO, replace(TWO, comparison_persons=1, untouched=1)),
    ("difference_in_differences", BESIDE, SERIES),
    ("difference_in_differences", BESIDE, replace(BESIDE, units=3, own_starts=True, starting_months=3)),
    ("event_study", replace(BESIDE, before=3, after=2), replace(BESIDE, before=3, after=1)),
    ("event_study", replace(BESIDE, step=3, before=5, after=2), replace(BESIDE, step=3, before=4, after=2)),
    ("event_study", replace(BESIDE, step=3, before=8, after=4), replace(BESIDE, step=6, before=8, after=4)),
    (
        "event_study",
        replace(BESIDE, kind="amounts", step=1, before=8, after=4),
        replace(BESIDE, kind="amounts", step=3, before=8, after=4),
    ),
    ("repeated_cross_sections", replace(TWO, seen="others"), TWO),
    ("staggered_starts", replace(BESIDE, comparison_units=2, untouched=2), BESIDE),
    ("staggered_starts", STAGGERED, replace(STAGGERED, units=2, starting_months=2, untouched=1)),
    ("interrupted_time_series", replace(SERIES, before=8, after=8), replace(SERIES, before=8, after=7)),
    ("interrupted_time_series", replace(SERIES, step=2, before=8, after=8), replace(SERIES, step=3, before=8, after=8)),
    ("interrupted_time_series", SERIES, replace(SERIES, units=2, own_starts=True, starting_months=2)),
    ("projection", replace(SERIES, before=24, after=1), replace(SERIES, before=23, after=1)),
    ("projection", replace(SERIES, step=12, before=4, after=1), replace(SERIES, step=12, before=3, after=1)),
    ("projection", replace(SERIES, step=2, before=12, after=1), replace(SERIES, step=3, before=12, after=1)),
    ("survey", replace(ANSWERS, persons=2), replace(ANSWERS, persons=1)),
    ("survey", ANSWERS, replace(ANSWERS, before=0)),
    ("survey", ANSWERS, SERIES),
    ("time_study", replace(SERIES, kind="minutes", before=2, after=2), replace(SERIES, kind="minutes", after=1)),
    ("weighted_comparison", TWO, replace(TWO, comparison_persons=2, untouched=2)),
    ("weighted_comparison", TWO, replace(TWO, seen="others")),
)


def answered(id: str, meant: Situation, world: Callable[..., Data], go_live: date) -> tuple[Situation, Any]:
    """What the method itself answers on data of a situation, and the situation those data are found to be in."""
    alike, data, own = ALIKE[meant.comparison], world(meant), method(id)
    found = situation_of(
        data, go_live=go_live, kind=meant.kind, selected=meant.selected, comparison_selected_alike=alike
    )
    said = {"selected": meant.selected, "comparison_selected_alike": alike}
    options = {item.name: said[item.name] for item in fields(own.options) if item.name in said}
    return found, own.estimate(data, benefit="g1", indicator="g1", go_live=go_live, options=options)


def test_every_method_of_the_package_has_an_edge() -> None:
    own = {id for id in methods() if known(id)}
    assert {id for id, _, _ in EDGES} == own
    assert len(own) == 13


@pytest.mark.parametrize(("id", "inside", "outside"), EDGES)
def test_the_method_itself_refuses_just_where_the_advice_says(
    id: str, inside: Situation, outside: Situation, world: Callable[..., Data], go_live: date
) -> None:
    found, answer = answered(id, inside, world, go_live)
    assert isinstance(answer, Estimate), answer
    assert obstacle(id, inside) is None
    assert obstacle(id, found) is None
    found, answer = answered(id, outside, world, go_live)
    assert isinstance(answer, Refusal)
    # Data that name no comparison group name nobody as treated either; the advice says what is lacking.
    codes = {"nobody_treated": "no_comparison"}
    assert [one.code for one in (obstacle(id, outside), obstacle(id, found)) if one is not None] == [
        codes.get(answer.code, answer.code)
    ] * 2


MANY = (
    SERIES,
    replace(SERIES, before=8, after=8, selected=True),
    replace(SERIES, kind="minutes", before=8, after=24),
    replace(ANSWERS, persons=16, selected=True),
    replace(BESIDE, kind="shares", selected=True),
    replace(BESIDE, before=12, units=2, comparison_units=2, untouched=2, selected=True, comparison="selected_alike"),
    replace(BESIDE, before=12, units=3, comparison_units=3, untouched=3),
    replace(PERSONS, persons=12, selected=False),
    replace(TWO, before=6, after=6, persons=12, seen="others"),
)


@pytest.mark.slow
@pytest.mark.parametrize("meant", MANY)
def test_every_method_answers_or_refuses_as_foreseen_and_fails_the_checks_foreseen(
    meant: Situation, world: Callable[..., Data], go_live: date
) -> None:
    for id in methods():
        if not known(id) or not fits(id, meant.kind):
            continue
        found, answer = answered(id, meant, world, go_live)
        assert isinstance(answer, Refusal) == (obstacle(id, found) is not None), (id, answer)
        if isinstance(answer, Estimate):
            failed = {check.code for check in answer.checks if check.passed is False} & set(CAVEATS)
            assert failed == set(caveats(id, found)), id
