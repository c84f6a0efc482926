"""What more knowledge could be worth, and whose spread it is, against closed forms."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from benefits.economics.draws import Draws
from benefits.economics.refusals import CannotCompute
from benefits.economics.sensitivity.global_indices import sobol
from benefits.economics.sensitivity.information import evpi, evppi, value_of_information
from benefits.economics.sensitivity.model import Model
from benefits.reference.distributions import Normal

Plan = dict[str, Any]
Make = Callable[..., Model]


def worth_of_knowing(mean: float, spread: float) -> float:
    """Of a normal number: s phi(m / s) + m Phi(m / s) - max(0, m)."""
    at = mean / spread
    return float(spread * norm.pdf(at) + mean * norm.cdf(at) - max(0.0, mean))


def test_a_decision_between_two_outcomes_by_hand() -> None:
    """Gains 30 half of the time, else loses 20: going on is worth 5, knowing first 15, so knowing is worth 10."""
    assert evpi(np.array([30.0, -20.0])) == 10.0


def test_when_the_sign_is_sure_nothing_is_worth_knowing() -> None:
    assert evpi(np.array([1.0, 5.0])) == 0.0
    assert evpi(np.array([-1.0, -5.0])) == 0.0


@pytest.mark.parametrize("mean", [-40.0, 0.0, 25.0])
def test_the_worth_of_one_input_is_that_of_a_linear_normal_model(mean: float) -> None:
    """Net = mean + x + y with x ~ N(0, 30), y ~ N(0, 40): x alone spreads 30, all 50."""
    draws = Draws(n=10_000)
    x, y = draws.column("x", Normal(mean=0.0, se=30.0)), draws.column("y", Normal(mean=0.0, se=40.0))
    net = mean + x + y
    assert evpi(net) == pytest.approx(worth_of_knowing(mean, 50.0), rel=0.05)
    assert evppi(net, x) == pytest.approx(worth_of_knowing(mean, 30.0), rel=0.1)
    assert evppi(net, y) == pytest.approx(worth_of_knowing(mean, 40.0), rel=0.1)


def test_an_input_with_a_bend_is_followed_too() -> None:
    """Net = |x| - 0.5 + noise, x uniform on (-1, 1): given x it is |x| - 0.5, whose positive part is 1/8 on average."""
    generator = np.random.default_rng(3)
    x = generator.uniform(-1.0, 1.0, 10_000)
    net = np.abs(x) - 0.5 + generator.normal(0.0, 0.3, 10_000)
    assert evppi(net, x) == pytest.approx(0.125, rel=0.08)


def test_an_input_that_goes_up_and_down_is_followed_too() -> None:
    """The mean net at x is sin 6x, x uniform on (-1, 1), with noise: both signs on average, mean nought."""
    generator, exact = np.random.default_rng(3), np.linspace(-1.0, 1.0, 200_001)
    x = generator.uniform(-1.0, 1.0, 10_000)
    net = np.sin(6 * x) + generator.normal(0.0, 0.5, 10_000)
    assert evppi(net, x) == pytest.approx(float(np.maximum(np.sin(6 * exact), 0.0).mean()), rel=0.05)


def test_an_input_that_does_nothing_is_worth_next_to_nothing_to_know() -> None:
    draws = Draws(n=10_000)
    net, other = draws.column("net", Normal(mean=0.0, se=1.0)), draws.column("other", Normal(mean=0.0, se=1.0))
    assert evppi(net, other) < 0.02 * evpi(net)
    assert evppi(net, np.full(10_000, 3.0)) == 0.0


def test_of_a_project_the_largest_is_first_and_none_is_above_all(model_of: Make, formula: Plan) -> None:
    """A grant of 750 a year makes the mean net nought: knowing all is worth its spread / sqrt(2 pi)."""
    formula["financing"] = {
        "sources": (
            {"id": "m", "source": "rhf_funds", "payer": "staten", "receiver": "vik", "amounts": {2025: 750, 2026: 750}},
        )
    }
    found = value_of_information(model_of(formula, n=10_000), actor="vik")
    variance = 20**2 + 40**2 + 400 * (2**2 * 36 + 30**2 * 0.25 + 0.25 * 36)
    assert found.evpi == pytest.approx(sqrt(variance) / sqrt(2 * np.pi), rel=0.03)
    assert list(found.evppi) == ["visits", "price", "cost.b", "cost.a"]
    assert found.evppi["visits"] == pytest.approx(worth_of_knowing(0.0, 300.0), rel=0.06)
    assert max(found.evppi.values()) <= found.evpi


def test_whoever_pays_nothing_or_knows_all_has_no_decision(model_of: Make, formula: Plan, plan: Plan) -> None:
    cases = ((formula, "staten", "no_decision"), (plan, "kommune", "nothing_uncertain"))
    for written, actor, code in cases:
        with pytest.raises(CannotCompute) as refused:
            value_of_information(model_of(written), actor=actor)
        assert refused.value.code == code
    with pytest.raises(CannotCompute) as few:
        value_of_information(model_of(formula, n=199))
    assert few.value.parameters == {"n": 199, "least": 200}


def test_the_shares_of_variance_are_those_of_the_formula(model_of: Make, formula: Plan) -> None:
    """a: 20^2 = 400; b: 40^2 = 1 600; visits: 400 x 30^2 x 0.25 = 90 000 alone; price: 400 x 2^2 x 36 = 57 600 alone;
    together 400 x 0.25 x 36 = 3 600 more: 153 200 in all."""
    found = {one.name: one for one in sobol(model_of(formula), actor="vik")}
    first = {"cost.a": 400, "cost.b": 1_600, "visits": 90_000, "price": 57_600}
    total = {**first, "visits": 93_600, "price": 61_200}
    for name, one in found.items():
        assert one.first == pytest.approx(first[name] / 153_200, abs=0.02)
        assert one.total == pytest.approx(total[name] / 153_200, abs=0.02)
    assert list(found)[:2] == ["visits", "price"]


def test_the_same_project_gives_the_same_shares(model_of: Make, formula: Plan) -> None:
    assert sobol(model_of(formula), n=64) == sobol(model_of(formula), n=64)


def test_shares_of_correlated_inputs_and_of_a_certain_net_are_refused(
    model_of: Make, formula: Plan, plan: Plan
) -> None:
    formula["correlated"] = ({"id": "g", "assumptions": ("visits", "price"), "correlation": 0.5},)
    for written, code in ((formula, "correlated_inputs"), (plan, "nothing_uncertain")):
        with pytest.raises(CannotCompute) as refused:
            sobol(model_of(written), n=64)
        assert refused.value.code == code
