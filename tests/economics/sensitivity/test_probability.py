"""A share of draws is a probability only where every effect behind it was compared with something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benefits.economics.inputs import Input
from benefits.economics.sensitivity.probability import Unknown, may_have_probability, share_not_below
from benefits.measurement.contract import Check, Estimate
from benefits.project.model import Project
from benefits.vocabulary import Grade

Plan = dict[str, Any]
Inputs = Callable[[Project], dict[str, Input]]


@pytest.mark.parametrize(
    ("grade", "reason"),
    [
        ("randomised", None),
        ("controlled", None),
        ("before_after", "no_comparison"),
        ("reported", "assumed"),
        ("expert", "assumed"),
        ("assumed", "assumed"),
    ],
)
def test_a_published_effect_must_be_from_a_comparison(
    plan: Plan, inputs_of: Inputs, grade: Grade, reason: str | None
) -> None:
    project = Project.model_validate(plan)
    inputs = inputs_of(project)
    inputs["effect"] = replace(inputs["effect"], grade=grade)
    found = may_have_probability(project, ("lead", "g1", "g1.isf_state"), inputs=inputs, estimates={})
    assert [one.reason for one in found] == ([] if reason is None else [reason])


@pytest.mark.parametrize(
    ("grade", "passed", "reason"),
    [
        ("controlled", True, None),
        ("controlled", None, None),
        ("controlled", False, "failed_check"),
        ("before_after", True, "no_comparison"),
    ],
)
def test_an_effect_measured_here_must_be_compared_and_no_check_may_fail(
    plan: Plan,
    inputs_of: Inputs,
    estimate: Callable[..., Estimate],
    grade: Grade,
    passed: bool | None,
    reason: str | None,
) -> None:
    project = Project.model_validate(plan)
    measured = {"g1": estimate(grade=grade, checks=(Check(code="parallel", passed=passed),))}
    found = may_have_probability(project, ("g1",), inputs=inputs_of(project), estimates=measured, basis="measured")
    assert [one.reason for one in found] == ([] if reason is None else [reason])


def test_an_own_measurement_says_nothing_of_an_effect_that_is_assumed(
    plan: Plan, inputs_of: Inputs, estimate: Callable[..., Estimate]
) -> None:
    project = Project.model_validate(plan)
    measured = {"g1": estimate(grade="controlled")}
    found = may_have_probability(project, ("g1",), inputs=inputs_of(project), estimates=measured)
    assert found == (Unknown(benefit="g1", reason="assumed"),)


def test_a_sum_with_no_effect_in_it_has_no_probability(plan: Plan, inputs_of: Inputs) -> None:
    project = Project.model_validate(plan)
    found = may_have_probability(project, ("lead", "service.dho"), inputs=inputs_of(project), estimates={})
    assert found == (Unknown(benefit="", reason="no_effect"),)


def test_a_plan_without_costs_has_nothing_to_cover(plan: Plan, inputs_of: Inputs) -> None:
    project = Project.model_validate({**plan, "costs": ()})
    found = may_have_probability(project, ("g1",), inputs=inputs_of(project), estimates={})
    assert found == (Unknown(benefit="", reason="no_costs"),)


def test_one_effect_that_is_assumed_is_enough_to_say_nothing(plan: Plan, inputs_of: Inputs) -> None:
    plan["benefits"] += ({**plan["benefits"][0], "id": "g2"},)
    plan["benefits"][1]["valuation"] = {**plan["benefits"][0]["valuation"], "effect": "other"}
    plan["assumptions"]["other"] = {"value": 0.5, "unit": "ratio"}
    project = Project.model_validate(plan)
    inputs = inputs_of(project)
    inputs["effect"] = replace(inputs["effect"], grade="randomised")
    found = may_have_probability(project, ("g1", "g2"), inputs=inputs, estimates={})
    assert found == (Unknown(benefit="g2", reason="assumed"),)


def test_nought_is_not_a_loss_and_rounding_is_no_loss() -> None:
    assert share_not_below(np.array([-1e6, -1e-5, 0.0, 1.0])) == 0.75
