"""How many events must be avoided, against how many there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benefits.economics.break_even import BreakEven, break_even, break_even_of
from benefits.economics.build import flows
from benefits.economics.draws import Draws
from benefits.project.model import Project

Plan = dict[str, Any]
Of = Callable[..., BreakEven | None]


@pytest.fixture
def of(inputs_of: Callable[[Project], dict[str, Any]]) -> Of:
    def find(plan: Plan, actor: str = "") -> BreakEven | None:
        project, draws = Project.model_validate(plan), Draws(n=4)
        found = inputs_of(project)
        built = flows(project, inputs=found, estimates={}, draws=draws)
        return break_even_of(
            project.benefits[0], project=project, flows=built.flows, inputs=found, draws=draws, actor=actor
        )

    return find


def test_society_needs_more_events_than_there_are(plan: Plan, of: Of) -> None:
    """100 000 kr a year / 8 359.68 kr in cash = 11.96 admissions; 10 patients have 10 a year in all."""
    found = of(plan)
    assert found is not None
    assert found.events_needed == pytest.approx(100_000 / 8_359.68)
    assert (found.events_expected, found.possible) == (10.0, False)


def test_the_hospital_loses_on_each_event_so_no_number_is_enough(plan: Plan, of: Of) -> None:
    """8 359.68 - 20 899.20 = -12 539.52 an event, with a cost of 1 kr to cover."""
    cost = {"id": "c", "title": "C", "kind": "running", "actor": "hf", "amount": {"value": 1.0}}
    found = of({**plan, "costs": (cost,)}, "hf")
    assert found is not None
    assert found.net_per_event == pytest.approx(-12_539.52)
    assert (found.events_needed, found.possible) == (None, False)


def test_an_actor_without_a_cost_has_nothing_to_cover(plan: Plan, of: Of) -> None:
    assert of(plan, "hf") is None
    assert of({**plan, "costs": ()}) is None


def test_a_benefit_that_is_dropped_covers_nothing(plan: Plan, of: Of) -> None:
    plan["benefits"][0]["status"] = "dropped"
    assert of(plan) is None


def test_events_in_another_unit_are_not_those_expected(plan: Plan, of: Of) -> None:
    plan["assumptions"]["rate"]["unit"] = "bed_days"
    found = of(plan)
    assert found is not None
    assert (found.events_expected, found.possible) == (None, None)


def test_the_kommune_that_pays_gets_nothing_from_an_event(plan: Plan, of: Of) -> None:
    found = of(plan, "kommune")
    assert found is not None
    assert (found.cost, found.net_per_event, found.possible) == (100_000.0, 0.0, False)


def test_a_grant_that_covers_the_cost_leaves_nothing_to_break_even_on(plan: Plan, of: Of) -> None:
    grant = {"id": "ht", "source": "rhf_funds", "payer": "rhf", "receiver": "kommune"}
    plan["financing"] = {"sources": ({**grant, "amounts": {2025: 120_000.0, 2026: 80_000.0}},)}
    kommune, society = of(plan, "kommune"), of(plan)
    assert kommune is not None
    assert society is not None
    assert (kommune.cost, kommune.events_needed, kommune.possible) == (0.0, 0.0, True)
    assert society.cost == 100_000.0


def test_costs_before_go_live_are_to_be_covered_by_the_years_after(plan: Plan, of: Of) -> None:
    """(200 000 + 40 000 before) / 2 years = 120 000."""
    before = {"id": "p", "title": "P", "kind": "project", "actor": "kommune", "per": "once", "first_year": 2024}
    found = of({**plan, "costs": (*plan["costs"], {**before, "amount": {"value": 40_000.0}})})
    assert found is not None
    assert found.cost == pytest.approx(120_000.0)


def test_a_day_that_is_paid_for_by_the_day_brings_what_the_day_costs(plan: Plan, of: Of) -> None:
    """A price of 5 000 kr per day the kommune does not pay for any longer: 100 000 / 5 000 = 20 days."""
    day = {"id": "day", "title": "D", "kind": "day_price", "payer": "kommune", "receiver": "hf", "amount": "price"}
    plan["assumptions"]["price"] = {"value": 5_000.0, "unit": "kroner", "price_year": plan["price_year"]}
    plan["benefits"][0]["indicator"]["unit"] = "bed_days"
    plan["benefits"][0]["valuation"]["transfers"] = (day,)
    found = of(plan, "kommune")
    assert found is not None
    assert (found.net_per_event, found.events_needed) == (5_000.0, 20.0)


def test_without_kroner_there_is_no_break_even(plan: Plan, of: Of) -> None:
    plan["benefits"][0]["realisation"] = {"form": "not_priced"}
    assert of(plan) is None


def test_where_more_is_better_the_event_is_one_more_and_costs(plan: Plan, of: Of) -> None:
    """8 359.68 kr in cash for one more; to the hospital, which is paid 20 899.20 for it, it brings 12 539.52."""
    plan["benefits"][0]["indicator"]["direction"] = "higher_is_better"
    society = of(plan)
    assert society is not None
    assert society.net_per_event == pytest.approx(-8_359.68)
    assert (society.events_needed, society.possible) == (None, False)
    cost = {"id": "c", "title": "C", "kind": "running", "actor": "hf", "amount": {"value": 1.0}}
    hospital = of({**plan, "costs": (cost,)}, "hf")
    assert hospital is not None
    assert hospital.net_per_event == pytest.approx(12_539.52)


@pytest.mark.parametrize(
    ("cost", "per_event", "expected", "needed", "possible"),
    [
        (100.0, 10.0, 10.0, 10.0, True),
        (100.0, 10.0, 9.0, 10.0, False),
        (100.0, 10.0, None, 10.0, None),
        (100.0, 0.0, None, None, False),
        (0.0, -5.0, None, 0.0, True),
        (-1.0, 5.0, 0.0, 0.0, True),
    ],
)
def test_every_case_of_the_arithmetic(
    cost: float, per_event: float, expected: float | None, needed: float | None, possible: bool | None
) -> None:
    found = break_even(cost=cost, net_per_event=per_event, events_expected=expected)
    assert (found.events_needed, found.possible) == (needed, possible)
