"""What comes instead of an avoided admission: hours and kroner at whoever provides it, worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.economics.break_even import break_even_of
from benefits.economics.build import Built
from benefits.economics.draws import Draws
from benefits.economics.inputs import Input
from benefits.economics.pricing import Events, Pricing
from benefits.economics.replacements import known_as, not_assessed, replaced
from benefits.project.benefit import Benefit
from benefits.project.fields import Quantity
from benefits.project.gaps import replacement_assessed
from benefits.project.model import Project
from benefits.project.valuation import Replacement

Plan = dict[str, Any]
Build = Callable[..., Built]
VISITS: Plan = {
    "id": "visits",
    "title": "Besøk",
    "kind": "home_nursing",
    "actor": "kommune",
    "per_event": 3.0,
    "unit": "visits",
    "unit_cost": 600.0,
    "hours": 0.75,
    "profession": "nurse",
}
FAMILY: Plan = {
    "id": "family",
    "title": "Pårørende",
    "kind": "relatives",
    "actor": "family",
    "per_event": 240.0,
    "unit": "minutes",
}


def rows_of(built: Built) -> dict[str, tuple[str, str, float]]:
    return {
        f"{line.row.item}.{line.row.unit}": (
            line.row.actor,
            line.row.layer,
            round(float(np.asarray(line.values)[0, 0]), 9),
        )
        for line in built.flows.lines()
        if ".replaced." in line.row.item
    }


def with_(valuation: Plan, *listed: Plan) -> None:
    valuation["replacements"] = listed


def test_visits_by_home_nursing_cost_the_kommune_and_take_its_hours(plan: Plan, valuation: Plan, build: Build) -> None:
    """One avoided admission: 3 visits of 600 kr = 1 800 kr, and 3 x 0.75 = 2.25 hours."""
    with_(valuation, VISITS)
    assert rows_of(build(plan)) == {
        "g1.replaced.visits.hours": ("kommune", "capacity", -2.25),
        "g1.replaced.visits.kroner": ("kommune", "cost", -1_800.0),
    }


def test_a_number_written_in_its_place_is_known_no_better_than_an_assumption() -> None:
    """Events that were measured against a comparison group, times three visits somebody wrote down."""
    measured = Events(
        avoided=np.ones((1, 1)),
        unit="admissions",
        lower_is_better=True,
        basis="measured",
        grade="controlled",
        standing="one_project",
        source="data",
    )
    written, named = Quantity(value=3.0), Quantity(assumption="visits")
    assert (known_as(measured, written).grade, known_as(measured, written).standing) == ("assumed", "assumed")
    assert known_as(measured, named, written).grade == "assumed"
    assert known_as(measured, named, None) == measured


def test_they_cost_the_same_whatever_is_done_with_what_is_freed(plan: Plan, valuation: Plan, build: Build) -> None:
    with_(valuation, VISITS)
    plan["benefits"][0]["realisation"] = {"form": "not_priced"}
    assert rows_of(build(plan))["g1.replaced.visits.kroner"] == ("kommune", "cost", -1_800.0)


def test_more_events_mean_less_of_what_comes_instead(plan: Plan, valuation: Plan, build: Build) -> None:
    plan["assumptions"]["effect"]["value"] = 1.1
    with_(valuation, VISITS)
    assert rows_of(build(plan))["g1.replaced.visits.kroner"][2] == pytest.approx(1_800.0)


def test_minutes_of_relatives_are_hours_and_no_kroner(plan: Plan, valuation: Plan, build: Build) -> None:
    """240 minutes are 4 hours."""
    with_(valuation, FAMILY)
    built = build(plan)
    assert rows_of(built) == {"g1.replaced.family.hours": ("family", "capacity", -4.0)}
    assert built.gaps == ()


def test_the_time_of_relatives_has_a_price_only_as_a_value_of_time(plan: Plan, valuation: Plan, build: Build) -> None:
    """Ten times of 2 hours: 20 hours; at 250 kr for each time, 2 500 kr."""
    times = {**FAMILY, "per_event": 10.0, "unit": "visits", "hours": 2.0}
    with_(valuation, {**times, "unit_cost": 250.0})
    built = build(plan)
    assert rows_of(built) == {"g1.replaced.family.hours": ("family", "capacity", -20.0)}
    assert [gap.code for gap in built.gaps] == ["relatives_time_not_priced"]
    plan["assumptions"]["worth"] = {"value": 250.0, "unit": "kroner", "price_year": 2024, "value_of": "time"}
    with_(valuation, {**times, "unit_cost": {"assumption": "worth"}})
    assert rows_of(build(plan))["g1.replaced.family.kroner"] == ("family", "cost", -2_500.0)


def test_what_is_counted_in_kroner_is_its_own_kroner(plan: Plan, valuation: Plan, build: Build) -> None:
    with_(valuation, {**FAMILY, "id": "taxi", "kind": "other", "unit": "kroner"})
    assert rows_of(build(plan)) == {"g1.replaced.taxi.kroner": ("family", "cost", -240.0)}


def test_a_number_of_something_without_hours_or_kroner_is_told(plan: Plan, valuation: Plan, build: Build) -> None:
    bare = {key: one for key, one in VISITS.items() if key not in {"unit_cost", "hours"}}
    with_(valuation, bare)
    built = build(plan)
    assert rows_of(built) == {}
    assert [gap.code for gap in built.gaps] == ["replacement_not_counted"]
    with_(valuation, {**bare, "per_event": 0.0})
    assert build(plan).gaps == ()


def test_a_number_that_cannot_be_used_is_told_and_leaves_the_rest(plan: Plan, valuation: Plan, build: Build) -> None:
    plan["assumptions"]["old"] = {"value": 600.0, "unit": "kroner", "price_year": 2019}
    with_(valuation, {**VISITS, "unit_cost": {"assumption": "old"}}, FAMILY)
    built = build(plan)
    assert sorted(rows_of(built)) == ["g1.replaced.family.hours", "g1.replaced.visits.hours"]
    assert [gap.code for gap in built.gaps] == ["other_price_year"]


@given(st.floats(-50.0, 50.0), st.floats(0.0, 10.0), st.floats(0.0, 1e4))
@settings(max_examples=50)
def test_what_comes_instead_is_in_proportion_and_none_is_nothing(
    avoided: float, per_event: float, unit_cost: float
) -> None:
    events = Events(
        avoided=np.array([[avoided]]),
        unit="admissions",
        lower_is_better=True,
        basis="expected",
        grade="assumed",
        standing="assumed",
        source="",
    )
    pricing = Pricing(inputs={}, draws=Draws(n=1), price_year=2024)
    benefit = Benefit.model_validate({"id": "g1", "title": "G"})
    kroner = []
    for number in (0.0, per_event):
        one = Replacement.model_validate({**VISITS, "per_event": number, "unit_cost": unit_cost})
        found = replaced(events, benefit, one, pricing=pricing, gaps=[])
        assert found is not None
        assert found.kroner is not None
        kroner.append(float(np.asarray(found.kroner)[0, 0]))
    assert kroner[0] == 0.0
    assert kroner[1] == pytest.approx(avoided * per_event * unit_cost, rel=1e-12, abs=1e-9)


def test_only_what_is_listed_is_assessed(plan: Plan, valuation: Plan, build: Build) -> None:
    valuation["replacement"] = "Hjemmesykepleien"
    project = Project.model_validate(plan)
    assert not replacement_assessed(project.benefits[0])
    assert not_assessed(project, build(plan).flows) == ("g1",)
    assert not_assessed(project, build(plan).flows, actor="state") == ("g1",)
    assert not_assessed(project, build(plan).flows, actor="kommune") == ()
    with_(valuation, {**VISITS, "per_event": 0.0})
    assert replacement_assessed(Project.model_validate(plan).benefits[0])
    assert not_assessed(Project.model_validate(plan), build(plan).flows) == ()


def test_break_even_takes_what_comes_instead_off_what_an_event_brings(
    plan: Plan, valuation: Plan, build: Build, inputs_of: Callable[[Project], dict[str, Input]]
) -> None:
    """8 359.68 - 1 800 = 6 559.68 kr for all; the cost to cover is still 100 000 kr a year: 15.24 admissions."""
    with_(valuation, VISITS)
    project, built = Project.model_validate(plan), build(plan)
    one = break_even_of(
        project.benefits[0], project=project, flows=built.flows, inputs=inputs_of(project), draws=Draws(n=8)
    )
    assert one is not None
    assert one.net_per_event == pytest.approx(6_559.68)
    assert one.cost == pytest.approx(100_000.0)
    assert one.events_needed == pytest.approx(15.2446, abs=1e-4)
