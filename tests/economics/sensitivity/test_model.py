"""The calculation asked again: what is changed is changed, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benefits.economics.refusals import CannotCompute
from benefits.economics.sensitivity.model import Model
from benefits.economics.sensitivity.stacked import Stacked
from benefits.measurement.contract import Estimate
from benefits.reference.distributions import Normal, Uniform

Plan = dict[str, Any]
Make = Callable[..., Model]


def test_it_is_the_project_as_it_is_when_nothing_is_changed(model_of: Make, plan: Plan) -> None:
    model = model_of(plan)
    money = model.flows().select(unit="kroner", basis="expected", layer=("cost", "cash", "transfer"))
    assert np.array_equal(model.net("society"), money.total())
    assert np.array_equal(model.net("hf"), money.select(actor="hf").total())


def test_every_uncertain_number_is_reached_also_one_written_in_its_place(model_of: Make, formula: Plan) -> None:
    model = model_of(formula)
    assert set(model.uncertain) == {"cost.a", "cost.b", "visits", "price"}
    changed = {"cost.a": 1.0, "cost.b": 2.0, "visits": 3.0, "price": 4.0}
    assert model.net("vik", changed).tolist() == [-2 * 1 - 2 * 2 - 20 * 3 * 4] * 500


def test_a_distribution_is_read_at_the_same_probabilities(model_of: Make, formula: Plan) -> None:
    """The cost a shifted by 7 moves the net by -14 in every draw."""
    model = model_of(formula)
    moved = model.net("vik", {"cost.a": Normal(mean=107.0, se=10.0)}) - model.net("vik")
    assert np.allclose(moved, -14.0, rtol=0, atol=1e-9)


def test_many_scenarios_in_one_pass_are_the_same_as_one_at_a_time(model_of: Make, plan: Plan) -> None:
    plan["assumptions"]["rate"] = {"low": 0.8, "likely": 1.0, "high": 1.3, "unit": "admissions", "per": "person_year"}
    plan["assumptions"]["effect"] = {"estimate": 0.9, "low": 0.7, "high": 1.1, "ratio": True, "unit": "ratio"}
    model = model_of(plan, n=20)
    scenarios: list[Any] = [{}, {"effect": 0.5}, {"rate": Uniform(low=0.0, high=1.0), "effect": 0.8}, {"cost": 1.0}]
    together = model.nets(scenarios)
    assert set(together) == {"vik", "kommune", "hf", "rhf", "state", "society"} - {"vik"}
    for actor, nets in together.items():
        apart = [model.net(actor, changes) for changes in scenarios]
        assert np.allclose(nets, apart, rtol=1e-12, atol=1e-9)


def test_what_was_measured_is_drawn_once_for_all_scenarios(
    model_of: Make, plan: Plan, estimate: Callable[..., Estimate]
) -> None:
    model = model_of(plan, n=20, estimates={"g1": estimate(grade="controlled")}, exposures={"g1": {2025: 60.0}})
    nets = model.nets(({}, {"cash": 0.3}), basis="measured")["hf"]
    assert not np.array_equal(nets[0], nets[1])
    assert np.allclose(nets, [model.net("hf", one, basis="measured") for one in ({}, {"cash": 0.3})], atol=1e-9)


def test_one_uncertain_number_more_in_a_project_changes_no_other_row(model_of: Make, formula: Plan) -> None:
    before = model_of(formula, n=30).flows()
    more = {"id": "c", "title": "c", "kind": "running", "actor": "vik", "amount": {"mean": 7.0, "se": 1.0}}
    formula["costs"] = (more, *formula["costs"])
    after = model_of(formula, n=30).flows()
    for row, part in zip(before.index, before.values, strict=True):
        assert np.array_equal(after.select(item=row.item, unit=row.unit).values[0], part)


def test_asking_leaves_no_trace(model_of: Make, formula: Plan) -> None:
    model = model_of(formula, n=30)
    before, uncertain = model.net("vik").copy(), dict(model.uncertain)
    model.nets(({"price": 1.0}, {"price": Uniform(low=0.0, high=1.0)}))
    assert model.uncertain == uncertain
    assert np.array_equal(model.net("vik"), before)


def test_a_scenario_that_cannot_be_is_not_a_number_and_spoils_no_other(model_of: Make, plan: Plan) -> None:
    """A staff share of 0.9 beside a cash share of 0.16 is more than the whole."""
    model = model_of(plan, n=4)
    nets = model.nets(({"cash": 0.1}, {"staff": 0.9}, {}))["hf"]
    assert np.isnan(nets[1]).all()
    assert np.allclose(nets[[0, 2]], [model.net("hf", {"cash": 0.1}), model.net("hf")], atol=1e-9)


def test_an_unknown_input_is_named(model_of: Make, formula: Plan) -> None:
    with pytest.raises(CannotCompute) as refused:
        model_of(formula).net("vik", {"prise": 1.0})
    assert (refused.value.code, refused.value.parameters) == ("unknown_input", {"name": "prise"})


def test_an_actor_without_kroner_is_left_with_nothing(model_of: Make, formula: Plan) -> None:
    assert model_of(formula, n=3).net("staten").tolist() == [0.0, 0.0, 0.0]


def test_points_are_worked_out_as_they_are_given(model_of: Make, formula: Plan) -> None:
    columns = {name: np.array([1.0, 2.0, 3.0]) for name in ("cost.a", "cost.b", "visits", "price")}
    assert model_of(formula).at_points(columns, actor="vik").tolist() == [-24.0, -88.0, -192.0]


def test_columns_of_different_length_are_no_points(model_of: Make, formula: Plan) -> None:
    with pytest.raises(ValueError, match="same length"):
        model_of(formula).at_points({"visits": np.ones(2), "price": np.ones(3)})


def test_scenarios_and_draws_must_fit(model_of: Make, formula: Plan) -> None:
    draws = model_of(formula).draws
    with pytest.raises(ValueError, match="are not 7 draws"):
        Stacked(n=7, base=draws, scenarios=({},))
