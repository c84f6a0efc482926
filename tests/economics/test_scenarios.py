"""How much ISF is passed on, and how many beds are filled again, as rules that are tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benefits.economics.build import Built
from benefits.economics.draws import Draws
from benefits.economics.flows import MONEY_THAT_MOVES
from benefits.economics.inputs import Input
from benefits.economics.scenarios import Scenario, has_isf, scenarios
from benefits.project.model import Project

Plan = dict[str, Any]
Inputs = Callable[[Project], dict[str, Input]]
CASH, ISF = 2 * 8_359.68, 2 * 20_899.20
"""Two years of one avoided admission: 16 % of 52 248 kr leaves the budget, and 40 % of it is ISF."""


@pytest.fixture
def isf(plan: Plan, valuation: Plan) -> Plan:
    """The plan with its two transfers as what they are."""
    state, rhf = valuation["transfers"]
    state["kind"], rhf["kind"] = "isf", "isf_passed_on"
    plan["assumptions"]["weight"] = {"value": 1.0, "unit": "ratio", "per": "event"}
    state["weight"] = rhf["weight"] = "weight"
    return {**plan, "costs": ()}


def tried(plan: Plan, inputs_of: Inputs) -> dict[tuple[str, str], Scenario]:
    project = Project.model_validate(plan)
    return {(one.pass_on, one.refill): one for one in scenarios(project, inputs=inputs_of(project))}


def nets(one: Scenario) -> tuple[float, ...]:
    found = one.flows(draws=Draws(n=4)).select(unit="kroner", layer=MONEY_THAT_MOVES)
    return tuple(float(found.select(actor=actor).total()[0]) for actor in ("hf", "rhf", "state"))


def test_each_pair_of_rules_is_worked_out_anew(isf: Plan, inputs_of: Inputs) -> None:
    """Passed on in full the trust has 16 719.36 - 41 798.40; not passed on it keeps its cash, and the RHF loses."""
    found = tried(isf, inputs_of)
    assert list(found) == [("none", "none"), ("none", "all"), ("full", "none"), ("full", "all")]
    assert nets(found["full", "none"]) == pytest.approx((CASH - ISF, 0.0, ISF))
    assert nets(found["none", "none"]) == pytest.approx((CASH, -ISF, ISF))
    assert nets(found["full", "all"]) == nets(found["none", "all"]) == (0.0, 0.0, 0.0)
    assert [key for key, one in found.items() if one.as_stated] == [("full", "none")]


def test_costs_and_service_prices_are_worked_out_once_for_all_rules(
    isf: Plan, inputs_of: Inputs, build: Callable[..., Built], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With many draws they take longer than all else, and no rule changes them."""
    isf["costs"] = ({"id": "lead", "title": "L", "kind": "running", "actor": "hf", "amount": {"value": 7_000.0}},)
    unmoved = build(isf, n=4).unmoved
    anew = [one.flows(draws=Draws(n=4)) for one in tried(isf, inputs_of).values()]
    for name in ("cost_lines", "grant_lines", "service_price_lines"):
        monkeypatch.delattr(f"benefits.economics.build.{name}")
    once = [one.flows(draws=Draws(n=4), unmoved=unmoved) for one in tried(isf, inputs_of).values()]
    assert [one.index for one in once] == [one.index for one in anew]
    assert all((one.values == other.values).all() for one, other in zip(once, anew, strict=True))
    assert any(row.item == "lead" for row in once[0].index)


def test_rules_between_the_ends_are_tried_as_they_are_stated(isf: Plan, valuation: Plan, inputs_of: Inputs) -> None:
    """A quarter of the beds filled again, and half of the ISF passed on: 0.75 x (16 719.36 - 20 899.20)."""
    isf["assumptions"]["half"] = {"value": 0.2, "unit": "share"}
    isf["assumptions"]["refill"]["value"] = 0.25
    valuation["transfers"][1]["share"] = "half"
    found = tried(isf, inputs_of)
    assert len(found) == 9
    assert [key for key, one in found.items() if one.as_stated] == [("stated", "stated")]
    assert nets(found["stated", "stated"]) == pytest.approx((0.75 * (CASH - ISF / 2), -0.75 * ISF / 2, 0.75 * ISF))
    assert nets(found["full", "none"]) == pytest.approx((CASH - ISF, 0.0, ISF))


def test_what_is_paid_per_event_without_isf_has_no_such_rules(plan: Plan, inputs_of: Inputs) -> None:
    assert not has_isf(Project.model_validate(plan))
    assert tried(plan, inputs_of) == {}


def test_nothing_can_be_passed_on_in_full_when_nobody_says_what_the_state_pays(
    isf: Plan, valuation: Plan, inputs_of: Inputs
) -> None:
    valuation["transfers"] = valuation["transfers"][1:]
    assert {pass_on for pass_on, _ in tried(isf, inputs_of)} == {"none", "stated"}


def test_trying_rules_leaves_the_project_as_it_was(isf: Plan, inputs_of: Inputs) -> None:
    project = Project.model_validate(isf)
    found = inputs_of(project)
    names = set(found)
    list(scenarios(project, inputs=found))
    assert project == Project.model_validate(isf)
    assert set(found) == names
