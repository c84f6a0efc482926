"""A frozen plan gives back the patients and the numbers it was frozen with, and says what it does not hold."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from benefits.project.freezing import plan_of
from benefits.project.frozen_plan import first_mistake
from benefits.project.frozen_valuation import NUMBERS, as_planned
from benefits.project.model import Project

ACTION = {"share": "tiltak", "action": "Stenge to senger", "owner": "Klinikksjef", "due": date(2026, 7, 1)}
PLAN: dict[str, Any] = {
    "format": 1,
    "id": "liten",
    "title": "Lite prosjekt",
    "go_live": date(2025, 1, 1),
    "price_year": 2024,
    "patient_group": {"category": "several_chronic_conditions", "volume": {2025: 100.0}},
    "benefits": (
        {
            "id": "g1",
            "title": "Færre innleggelser",
            "volume": {2025: 80.0},
            "target": {"value": 1.0, "date": date(2026, 12, 31), "ramp": {2025: 0.5}},
            "valuation": {
                "actor": "hf",
                "expected_events": "uten",
                "persistence": {2027: 0.5},
                "cash_by_action": ACTION,
                **{name: name.replace("_", "-") for name in NUMBERS},
            },
        },
        {"id": "g2", "title": "Mer tid"},
    ),
    "assumptions": {
        "tiltak": {"value": 0.2, "unit": "share"},
        "uten": {"value": 1.2, "unit": "admissions", "per": "person_year"},
        "unit-cost": {"low": 1.0, "likely": 2.0, "high": 4.0, "unit": "kroner", "per": "event", "price_year": 2023},
        "effect": {"mix": ({"evidence": "a.b", "weight": 2.0}, {"evidence": "c.d"})},
        "cash-share": {"reference": "marginal_share.short_run_supplies"},
        **{name.replace("_", "-"): {"value": 0.5, "unit": "share"} for name in NUMBERS[3:]},
    },
}


def project(**changes: Any) -> Project:
    return Project.model_validate(deepcopy(PLAN) | changes)


def kept(one: Project) -> dict[str, Any]:
    """The plan as a file gives it back."""
    plan: dict[str, Any] = json.loads(json.dumps(plan_of(one)))
    return plan


def test_a_plan_that_has_not_moved_gives_back_the_project_it_is_of() -> None:
    now = project()
    plan = kept(now)
    assert first_mistake(plan) is None
    then, lacking = as_planned(now, plan)
    assert lacking == frozenset()
    assert plan_of(then) == plan_of(now)
    assert then.benefits == now.benefits


def test_what_has_moved_since_is_given_back_as_it_was_under_the_names_it_has_now() -> None:
    plan = kept(project())
    moved = deepcopy(PLAN)
    moved["patient_group"]["volume"] = {2025: 20.0}
    moved["go_live"] = date(2025, 7, 1)
    moved["assumptions"]["nytt"] = {"value": 0.9, "unit": "ratio"}
    benefit = moved["benefits"][0]
    benefit |= {"volume": {}, "target": {"value": 1.0, "date": date(2027, 6, 30), "ramp": {}}}
    benefit["valuation"] |= {"effect": "nytt", "effect_from": "measured", "persistence": {}}
    benefit["valuation"].pop("hours")
    then, _ = as_planned(Project.model_validate(moved), plan)
    was = then.benefits[0]
    assert (then.go_live, then.volume(2025), then.volume(2025, was)) == (date(2025, 1, 1), 100.0, 80.0)
    assert was.target is not None
    assert was.target.ramp == {2025: 0.5}
    assert was.target.date == date(2026, 12, 31)
    assert was.valuation is not None
    assert (was.valuation.effect, was.valuation.effect_from) == ("nytt", "assumption")
    assert [part.evidence for part in then.assumptions["nytt"].mix] == ["a.b", "c.d"]
    assert then.assumptions[was.valuation.hours or ""].value == 0.5
    assert was.valuation.persistence == {2027: 0.5}


def test_an_action_that_has_got_somebody_responsible_since_was_not_part_of_the_plan() -> None:
    planned = deepcopy(PLAN)
    planned["benefits"][0]["valuation"]["cash_by_action"] = {**ACTION, "owner": None}
    then, _ = as_planned(project(), kept(Project.model_validate(planned)))
    assert then.benefits[0].valuation is not None
    assert then.benefits[0].valuation.cash_by_action is None


def test_numbers_that_were_two_and_are_one_now_are_two_again() -> None:
    """Two benefits with a share each when the plan was frozen, 0.1 and 0.9, that name the same share now."""
    now = deepcopy(PLAN)
    now["benefits"] = (now["benefits"][0], deepcopy(now["benefits"][0]) | {"id": "g3"})
    planned = deepcopy(now)
    planned["assumptions"] |= {name: {"value": at, "unit": "share"} for name, at in (("cash-share", 0.1), ("x", 0.9))}
    planned["benefits"][1]["valuation"]["cash_share"] = "x"
    then, _ = as_planned(Project.model_validate(now), kept(Project.model_validate(planned)))
    named = [one.valuation.cash_share or "" for one in then.benefits if one.valuation is not None]
    assert [then.assumptions[name].value for name in named] == [0.1, 0.9]


def test_an_action_is_held_to_the_share_and_the_day_it_was_planned_with() -> None:
    """Also where the project file has none any longer, and with whoever is responsible now."""
    moved = deepcopy(PLAN)
    moved["assumptions"]["tiltak"]["value"] = 0.1
    moved["benefits"][0]["valuation"]["cash_by_action"] |= {"due": date(2028, 1, 1), "owner": "En annen"}
    without = deepcopy(PLAN)
    del without["benefits"][0]["valuation"]["cash_by_action"]
    for now in (moved, without):
        then, _ = as_planned(Project.model_validate(now), kept(project()))
        assert then.benefits[0].valuation is not None
        action = then.benefits[0].valuation.cash_by_action
        assert action is not None
        assert (action.due, then.assumptions[action.share].value) == (date(2026, 7, 1), 0.2)
        assert None not in (action.action, action.owner)


@pytest.mark.parametrize(
    ("drop", "lacking"),
    [
        (("volume",), {"volume"}),
        (("valued",), {"effect", "price"}),
        (("volume", "valued"), {"volume", "effect", "price"}),
    ],
)
def test_an_older_freeze_says_what_it_does_not_hold(drop: tuple[str, ...], lacking: set[str]) -> None:
    plan = kept(project())
    for key in drop:
        plan.pop(key, None)
        for one in plan["benefits"].values():
            one.pop(key, None)
    assert first_mistake(plan) is None
    assert as_planned(project(), plan)[1] == lacking


def test_a_damaged_number_is_found_when_the_freeze_is_read() -> None:
    plan = kept(project())
    plan["benefits"]["g1"]["valued"]["unit_cost"] = {"value": "mye"}
    assert first_mistake(plan) == "benefits.g1.valued.unit_cost.value"


def test_a_phasing_in_that_was_added_after_the_freeze_was_none_when_frozen() -> None:
    without = deepcopy(PLAN)
    without["benefits"][0]["target"]["ramp"] = {}
    then, _ = as_planned(project(), kept(Project.model_validate(without)))
    assert then.benefits[0].target is not None
    assert then.benefits[0].target.ramp == {}
