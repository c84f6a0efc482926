"""A tornado, and a grid of two inputs, against the formula of the net."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benefits.economics.refusals import CannotCompute
from benefits.economics.sensitivity.model import Model
from benefits.economics.sensitivity.tornado import tornado
from benefits.economics.sensitivity.two_way import two_way

Plan = dict[str, Any]
Make = Callable[..., Model]
Z = 1.959963985
"""The 97.5 per cent quantile of a normal number."""


def test_the_bars_of_a_formula_are_exact_and_the_widest_is_first(model_of: Make, formula: Plan) -> None:
    """visits: 20 x 30 x 1.96 x 0.5 = 588 to each side; price: 20 x 2 x 1.96 x 6 = 470; b: 2 x 39.2 = 78; a: 39."""
    bars = tornado(model_of(formula, n=4_000))["vik"]
    assert [bar.name for bar in bars] == ["visits", "price", "cost.b", "cost.a"]
    swing = {"visits": 600 * Z * 0.5, "price": 40 * Z * 6, "cost.b": 2 * Z * 20, "cost.a": 2 * Z * 10}
    for bar in bars:
        assert bar.low - bar.usual == pytest.approx(swing[bar.name], rel=0.01)
        assert bar.usual - bar.high == pytest.approx(swing[bar.name], rel=0.01)
        assert bar.usual == pytest.approx(-1_500.0, rel=0.005)
    assert bars[0].at_low == pytest.approx(2 - Z * 0.5)
    assert bars[0].at_high == pytest.approx(2 + Z * 0.5)


def test_society_and_each_actor_have_bars_of_their_own(model_of: Make, formula: Plan) -> None:
    formula["costs"] += (
        {"id": "c", "title": "c", "kind": "running", "actor": "hf", "amount": {"mean": 9.0, "se": 1.0}},
    )
    found = tornado(model_of(formula, n=50))
    assert [bar.name for bar in found["hf"]] == ["cost.c"]
    assert len(found["vik"]) == 4
    assert len(found["society"]) == 5


def test_an_input_in_a_group_is_moved_alone(model_of: Make, formula: Plan) -> None:
    """E[visits x price] is 60 + covariance; with one of them fixed at q it is q times the mean of the other."""
    formula["correlated"] = ({"id": "g", "assumptions": ("visits", "price"), "correlation": 0.9},)
    visits = next(bar for bar in tornado(model_of(formula, n=2_000))["vik"] if bar.name == "visits")
    assert visits.high - visits.low == pytest.approx(-20 * 30 * 2 * Z * 0.5, rel=0.01)
    assert visits.usual == pytest.approx(-300 - 20 * (60 + 0.907 * 0.5 * 6), rel=0.01)


def test_a_certain_project_has_no_bars(model_of: Make, plan: Plan) -> None:
    assert not any(tornado(model_of(plan, n=3)).values())


def test_a_grid_of_two_inputs_is_the_formula_at_each_point(model_of: Make, formula: Plan) -> None:
    model = model_of(formula, n=2_000)
    found = two_way(model, "visits", "price", actor="vik", first_values=(1.0, 3.0), second_values=(10.0, 20.0, 30.0))
    wanted = [[-300 - 20 * visits * price for price in (10, 20, 30)] for visits in (1, 3)]
    assert np.allclose(found.net, wanted, rtol=0.002)
    assert (found.low < found.net).all()
    assert (found.net < found.high).all()


def test_a_grid_is_of_the_actor_that_is_asked_for(model_of: Make, formula: Plan) -> None:
    formula["costs"][1]["actor"] = "hf"
    model = model_of(formula, n=20)
    found = two_way(model, "visits", "cost.b", actor="hf", first_values=(1, 3), second_values=(10, 20))
    assert found.net.tolist() == [[-20.0, -40.0], [-20.0, -40.0]]


def test_without_values_a_grid_covers_the_interval_of_each_in_five_steps(model_of: Make, formula: Plan) -> None:
    found = two_way(model_of(formula, n=20), "visits", "cost.a")
    assert found.net.shape == (5, 5)
    assert found.first_values[2] == pytest.approx(2.0)
    assert found.second_values[0] == pytest.approx(100 - Z * 10)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("visits", "visits", "same_input"),
        ("visits", "nothing", "unknown_input"),
        ("visits", "sure", "input_without_spread"),
    ],
)
def test_a_grid_that_has_no_meaning_is_refused(
    model_of: Make, formula: Plan, first: str, second: str, code: str
) -> None:
    formula["costs"] += ({"id": "sure", "title": "s", "kind": "running", "actor": "vik", "amount": {"value": 1.0}},)
    wanted = "cost.sure" if second == "sure" else second
    with pytest.raises(CannotCompute) as refused:
        two_way(model_of(formula, n=5), first, wanted)
    assert refused.value.code == code
