"""Which numbers move net most, and where a probability is given: a plan of costs by hand, and one with a trial."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.results import Results, assess
from benefits.results.sensitivity import MOST, Sensitivity, model_of, number_id

Plan = dict[str, Any]
Written = Callable[..., Path]
Z = 1.959963985


@pytest.fixture
def of_costs() -> Plan:
    """Twelve costs in one year, normal with mean 1 000 k and standard error 100 k for k from 1 to 12: 78 000 in all."""
    cost = {"kind": "running", "actor": "vik"}
    costs = [
        {**cost, "id": f"c{k}", "title": f"Kostnad {k}", "amount": {"mean": 1_000.0 * k, "se": 100.0 * k}}
        for k in range(1, 13)
    ]
    return {
        "format": 1,
        "id": "kostnader",
        "title": "Kostnader",
        "as_of": date(2025, 6, 30),
        "go_live": date(2025, 1, 1),
        "horizon_years": 1,
        "price_year": 2024,
        "actors": [{"id": "vik", "kind": "kommune", "name": "Vik"}, {"id": "hf", "kind": "hf", "name": "HF"}],
        "costs": costs,
    }


@pytest.fixture
def of_trial(of_costs: Plan) -> Plan:
    """The HF pays 45 000 kr, and a trial found the effect; see the same plan in the tests of what it is worth."""
    return {
        **of_costs,
        "patient_group": {"category": "other", "volume": {2025: 10}},
        "costs": [{"id": "drift", "title": "Drift", "kind": "running", "actor": "hf", "amount": 45_000}],
        "assumptions": {
            "rate": {"value": 1, "unit": "admissions", "per": "person_year"},
            "effect": {"evidence": "cochrane_hf_2010.heart_failure_admissions"},
            "pris": {"value": 40_000, "unit": "kroner", "price_year": 2024},
            "andel": {"value": 0.5, "unit": "share"},
        },
        "benefits": [
            {
                "id": "g1",
                "title": "Færre innleggelser",
                "indicator": {"definition": "d", "unit": "admissions", "direction": "lower_is_better"},
                "target": {"value": 1.0, "date": date(2025, 12, 31)},
                "realisation": {"form": "own_budget"},
                "valuation": {
                    "actor": "hf",
                    "expected_events": "rate",
                    "effect": "effect",
                    "unit_cost": "pris",
                    "cash_share": "andel",
                },
            }
        ],
    }


def by_actor(results: Results) -> Mapping[str, Sensitivity]:
    return {one.actor: one for one in results.sensitivity}


def number(results: Results, id: str) -> float:
    value = results.values[id].value
    assert value is not None
    return value


def test_the_ten_largest_are_shown_and_the_rest_are_counted(of_costs: Plan, written: Written) -> None:
    results = assess(written(of_costs), draws=2_000)
    assert list(by_actor(results)) == ["vik", "society"]
    vik = by_actor(results)["vik"]
    assert [one.name for one in vik.swings] == [f"cost.c{k}" for k in range(12, 2, -1)]
    assert len(vik.swings) == MOST
    assert number(results, vik.others) == 2


def test_a_bar_goes_from_the_net_at_one_end_to_that_at_the_other_around_the_net_shown(
    of_costs: Plan, written: Written
) -> None:
    """The largest cost is 12 000 +- 1.96 x 1 200 = 2 352 to each side of -78 000."""
    results = assess(written(of_costs), draws=2_000)
    largest = by_actor(results)["vik"].swings[0]
    net = number(results, "actor.vik.expected.net")
    assert net == pytest.approx(-78_000, rel=1e-3)
    assert number(results, largest.low) - net == pytest.approx(Z * 1_200, rel=0.01)
    assert net - number(results, largest.high) == pytest.approx(Z * 1_200, rel=0.01)
    assert results.values[largest.low].price_year == 2024
    assert largest.number == "cost.c12"
    assert largest.standing == "assumed"


def test_numbers_that_hang_together_are_drawn_together_and_said(of_costs: Plan, written: Written) -> None:
    """Two of variance 1 correlated 0.5 in ranks, 0.518 as normals: 2 + 2 x 0.518; and a certain one is told of."""
    spread = {"mean": 100.0, "se": 1.0, "unit": "kroner", "price_year": 2024}
    of_costs["assumptions"] = {"a": spread, "b": spread, "c": {"value": 1.0, "unit": "kroner", "price_year": 2024}}
    of_costs["costs"] = [
        {"id": id, "title": id, "kind": "running", "actor": "vik", "amount": {"assumption": id}} for id in "abc"
    ]
    of_costs["correlated"] = [{"id": "lonn", "assumptions": ["a", "b", "c"], "correlation": 0.5}]
    results = assess(written(of_costs), draws=5_000)
    assert results.flows.total().var() == pytest.approx(2 + 2 * 0.518, rel=0.03)
    assert number(results, "correlated.lonn") == 0.5
    told = [gap for gap in results.gaps if gap.code == "correlated_without_spread"]
    assert [(gap.subject, gap.parameters["group"]) for gap in told] == [("c", "lonn")]


def test_an_effect_from_a_trial_has_a_probability_and_an_assumed_one_has_the_reason(
    of_trial: Plan, written: Written
) -> None:
    known = by_actor(assess(written(of_trial), draws=500))["hf"]
    assert (known.probability, known.unknown) == ("sensitivity.hf.probability", ())
    of_trial["assumptions"]["effect"] = {"low": 0.4, "likely": 0.7, "high": 1.1, "unit": "ratio"}
    results = assess(written(of_trial), draws=500)
    assumed = by_actor(results)["hf"]
    assert assumed.probability == ""
    assert [(one.benefit, one.reason) for one in assumed.unknown] == [("g1", "assumed")]
    assert not [id for id in results.values if id.endswith(".probability")]


def test_the_probability_is_the_share_of_the_draws_behind_the_net(of_trial: Plan, written: Written) -> None:
    results = assess(written(of_trial), draws=500)
    net = results.flows.select(actor="hf", unit="kroner", layer=("cost", "cash", "transfer")).total()
    assert number(results, "sensitivity.hf.probability") == pytest.approx(float((net >= 0).mean()))


def test_a_plan_without_kroner_has_nothing_to_say(of_costs: Plan, written: Written) -> None:
    del of_costs["costs"]
    assert assess(written(of_costs), draws=50).sensitivity == ()


def test_the_model_behind_some_results_gives_their_nets(kommune: Results) -> None:
    model = model_of(kommune, draws=2_000)
    for one in kommune.sensitivity:
        assert model.net(one.actor).mean() == pytest.approx(number(kommune, one.net), rel=1e-9)


def test_of_the_example_every_number_that_matters_is_a_value_with_its_interval(kommune: Results) -> None:
    assert kommune.sensitivity[-1].actor == "society"
    for one in kommune.sensitivity:
        for swing in one.swings:
            if swing.name.startswith("replacement."):
                continue
            stated = kommune.values[swing.number]
            assert stated.low is not None, swing.name
            assert stated.high is not None, swing.name


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("cost.lead", "cost.lead"),
        ("service.dho.start.kit", "service.dho.input.per_start.kit"),
        ("service.dho.minutes.call.alerts", "service.dho.input.task.call.alerts"),
        ("service.dho.cost_per_year.nurse", "service.dho.input.resource.nurse"),
        ("shared_resources.pay.nurse.monthly", "shared_resource.input.pay.nurse.monthly"),
    ],
)
def test_a_number_in_its_place_is_found_where_it_is_shown(name: str, id: str) -> None:
    assert number_id(name, {}) == id
