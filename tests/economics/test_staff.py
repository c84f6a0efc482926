"""Whose hours are freed, used and moved: one small year worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from benefits.economics.build import Built
from benefits.economics.draws import Draws
from benefits.economics.freed_time import freed_time
from benefits.economics.inputs import Input
from benefits.economics.pricing import Pricing
from benefits.economics.staff import StaffLine, staff_lines
from benefits.errors import Gap
from benefits.project.model import Project

Plan = dict[str, Any]
Found = tuple[tuple[StaffLine, ...], list[Gap]]


@pytest.fixture
def year() -> Plan:
    """A hundred patients in 2025, who would have had two visits each; a tenth fewer: 20 visits avoided."""
    return {
        "format": 1,
        "id": "staff",
        "title": "Ansatte",
        "actors": (
            {"id": "vik", "kind": "kommune", "name": "Vik"},
            {"id": "hf", "kind": "hf", "name": "HF"},
            {"id": "familien", "kind": "relatives", "name": "Familien"},
        ),
        "go_live": date(2025, 1, 1),
        "horizon_years": 1,
        "price_year": 2024,
        "patient_group": {"category": "other", "volume": {2025: 100.0}},
        "full_time_years": {"nurse": "nurse_year", "physician": "doctor_year"},
        "assumptions": {
            "visits": {"value": 2.0, "unit": "visits", "per": "person_year"},
            "effect": {"value": 0.9, "unit": "ratio"},
            "minutes": {"value": 30.0, "unit": "minutes", "per": "event"},
            "put_to_use": {"value": 0.5, "unit": "share"},
            "instead": {"value": 0.4, "unit": "share"},
            "video": {"value": 1.0, "unit": "consultations", "per": "person_year"},
            "nurse_year": {"value": 1_000.0, "unit": "hours"},
            "doctor_year": {"value": 1_600.0, "unit": "hours"},
            "own_year": {"value": 1_250.0, "unit": "hours"},
        },
        "services": (
            {
                "id": "dho",
                "title": "DHO",
                "provider": "vik",
                "resources": ({"id": "n", "title": "N", "cost_per_year": {"value": 8e5}, "hours_per_year": 1_210.0},),
                "tasks": (
                    {"id": "t", "title": "T", "resource": "n", "minutes": {"value": 6.0}},
                    {"id": "y", "title": "Y", "resource": "n", "minutes": {"value": 60.0}, "per": "year"},
                ),
            },
        ),
        "new_activity": (
            {
                "id": "video",
                "title": "Video",
                "actor": "hf",
                "unit": "consultations",
                "per_patient_year": "video",
                "hours": "minutes",
                "profession": "physician",
            },
        ),
        "benefits": (
            {
                "id": "a",
                "title": "A",
                "indicator": {"definition": "B", "unit": "visits", "direction": "lower_is_better"},
                "target": {"value": 1.0, "date": date(2025, 12, 31), "ramp": {2025: 1.0}},
                "realisation": {"form": "freed_capacity"},
                "valuation": {
                    "actor": "vik",
                    "expected_events": "visits",
                    "effect": "effect",
                    "hours": "minutes",
                    "profession": "nurse",
                    "realisation_share": "put_to_use",
                    "avoided_growth_share": "instead",
                    "replacements": (
                        {
                            "id": "home",
                            "title": "Hjemmetjeneste",
                            "kind": "home_nursing",
                            "actor": "vik",
                            "per_event": {"value": 0.25},
                            "unit": "hours",
                        },
                        {
                            "id": "family",
                            "title": "Familien",
                            "kind": "relatives",
                            "actor": "familien",
                            "per_event": {"value": 1.0},
                            "unit": "hours",
                        },
                    ),
                },
            },
        ),
    }


@pytest.fixture
def lines_of(build: Callable[..., Built], inputs_of: Callable[[Project], dict[str, Input]]) -> Callable[[Plan], Found]:
    def make(plan: Plan) -> Found:
        project, flows = Project.model_validate(plan), build(plan, n=2).flows
        pricing = Pricing(inputs=inputs_of(project), draws=Draws(n=2), price_year=2024)
        gaps: list[Gap] = []
        freed = tuple(freed_time(project, flows, pricing=pricing, gaps=gaps))
        return staff_lines(project, flows, freed=freed, pricing=pricing, gaps=gaps), gaps

    return make


def of(found: tuple[StaffLine, ...], item: str) -> StaffLine:
    (one,) = (line for line in found if line.item == item)
    return one


def test_time_is_freed_used_and_moved_by_actor_and_profession(year: Plan, lines_of: Callable[[Plan], Found]) -> None:
    found, _ = lines_of(year)
    told = {(line.item, line.actor, line.profession, line.part): float(line.hours[0, 0]) for line in found}
    assert told == pytest.approx(
        {
            # 100 x 2 x 0.1 = 20 visits of half an hour.
            ("a", "vik", "nurse", "freed"): 10.0,
            # 100 x 12 months x 6 minutes = 120 hours, and an hour a year.
            ("service.dho", "vik", "not_stated", "used"): 121.0,
            # 20 visits x a quarter of an hour, and x an hour.
            ("a.replaced.home", "vik", "not_stated", "moved"): 5.0,
            ("a.replaced.family", "familien", "relatives", "moved"): 20.0,
            # 100 consultations of half an hour.
            ("new_activity.video", "hf", "physician", "moved"): 50.0,
        }
    )


def test_only_what_can_be_put_to_use_counts_and_avoided_growth_is_a_part_of_it(
    year: Plan, lines_of: Callable[[Plan], Found]
) -> None:
    freed = of(lines_of(year)[0], "a")
    # Half of ten hours can be put to use, and four tenths of that stand instead of new posts.
    assert freed.usable
    assert freed.counted[0, 0] == pytest.approx(5.0)
    assert freed.avoided_growth is not None
    assert freed.avoided_growth[0, 0] == pytest.approx(2.0)


def test_full_time_years_are_those_of_the_benefit_before_the_profession_and_of_a_resource_its_own(
    year: Plan, lines_of: Callable[[Plan], Found]
) -> None:
    found, _ = lines_of(year)
    whole = {line.item: line.per_full_time_year for line in found}
    told = {item: None if one is None else float(one[0]) for item, one in whole.items()}
    assert told["a"] == 1_000.0
    assert told["service.dho"] == 1_210.0
    assert told["new_activity.video"] == 1_600.0
    assert told["a.replaced.family"] is None
    year["benefits"][0]["valuation"]["hours_per_full_time_year"] = "own_year"
    own = of(lines_of(year)[0], "a").per_full_time_year
    assert own is not None
    assert own[0] == 1_250.0


def test_everything_without_a_full_time_year_is_told_by_one_gap_code_and_relatives_need_none(
    year: Plan, lines_of: Callable[[Plan], Found]
) -> None:
    year["full_time_years"] = {}
    gaps = [gap for gap in lines_of(year)[1] if gap.code == "no_hours_per_full_time_year"]
    assert [gap.subject for gap in gaps] == ["a", "new_activity.video", "a.replaced.home"]


def test_time_that_something_undesired_takes_is_moved(year: Plan, lines_of: Callable[[Plan], Found]) -> None:
    year["benefits"][0].update(dis_benefit=True)
    year["assumptions"]["effect"]["value"] = 1.1
    year["benefits"][0]["valuation"].update(replacements=())
    line = of(lines_of(year)[0], "a")
    assert (line.part, line.usable, line.avoided_growth) == ("moved", False, None)
    assert line.hours[0, 0] == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("place", "subject"), [("new_activity", "new_activity.video"), ("benefits", "a")], ids=["activity", "benefit"]
)
def test_a_profession_without_hours_is_told(
    place: str, subject: str, year: Plan, lines_of: Callable[[Plan], Found]
) -> None:
    without = year[place][0] if place == "new_activity" else year[place][0]["valuation"]
    del without["hours"]
    found, gaps = lines_of(year)
    assert subject not in {line.item for line in found}
    assert [gap.subject for gap in gaps if gap.code == "profession_without_hours"] == [subject]


def test_a_year_without_patients_takes_the_hours_its_cost_is_counted_for(
    year: Plan, lines_of: Callable[[Plan], Found]
) -> None:
    """6 minutes x 1 200 patient-months is 120 hours, and the hour a year that nobody's number of patients changes."""
    year["horizon_years"] = 2
    assert used(lines_of(year)) == [121.0, 0.0]
    year["costs"] = ({"id": "run", "title": "R", "kind": "running", "actor": "vik", "service": "dho"},)
    assert used(lines_of(year)) == [121.0, 1.0]


def used(found: Found) -> list[float]:
    (line,) = (one for one in found[0] if one.part == "used")
    return [float(hours) for hours in line.hours[:, 0]]


def test_services_that_use_each_other_count_each_hour_once(year: Plan, lines_of: Callable[[Plan], Found]) -> None:
    task = {"id": "t", "title": "T", "resource": "n", "minutes": {"value": 3.0}}
    centre = {"id": "centre", "title": "C", "provider": "hf", "volume": {2025: 20.0}, "tasks": (task,)}
    centre["resources"] = year["services"][0]["resources"]
    year["services"][0]["uses"] = ({"service": "centre", "amount": {"value": 0.5}},)
    year["services"] = (*year["services"], centre)
    found, _ = lines_of(year)
    # The centre's own 20 patients and half of the other's 100: 70 x 12 x 3 minutes.
    assert of(found, "service.centre").hours[0, 0] == pytest.approx(42.0)
    assert of(found, "service.dho").hours[0, 0] == pytest.approx(121.0)
    assert np.shape(of(found, "service.dho").hours) == (1, 2)


def test_time_freed_for_relatives_is_no_staff_time_and_lacks_no_full_time_year(
    year: Plan, lines_of: Callable[[Plan], Found]
) -> None:
    valuation = year["benefits"][0]["valuation"]
    del valuation["profession"]
    valuation.update(actor="familien", replacements=())
    found, gaps = lines_of(year)
    assert (of(found, "a").profession, of(found, "a").part) == ("relatives", "freed")
    assert "a" not in {gap.subject for gap in gaps if gap.code == "no_hours_per_full_time_year"}
