"""What one avoided admission is to the HF, the RHF, the state and the kommune."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benefits.economics.build import Built, flows
from benefits.economics.draws import Draws
from benefits.economics.inputs import Input
from benefits.project.model import Project

Plan = dict[str, Any]
Build = Callable[..., Built]


def kroner_by_row(built: Built) -> dict[tuple[str, str, str], float]:
    found = built.flows.select(item=["g1", "g1.isf_state", "g1.isf_rhf"], unit="kroner")
    return {(line.row.actor, line.row.layer, line.row.counterpart): line.values[0, 0] for line in found.lines()}


def codes(built: Built) -> list[str]:
    return [gap.code for gap in built.gaps]


def test_an_avoided_admission_with_isf_leaves_the_hospital_with_less(plan: Plan, build: Build) -> None:
    """One admission of 52 248 kr: 16 % cash = 8 359.68, half staff = 26 124, the rest 17 764.32 is still paid.

    ISF lost by the HF: 52 248 x 0.40 = 20 899.20. The HF nets 8 359.68 - 20 899.20 = -12 539.52; the RHF, which passes
    it on, nothing; the state keeps 20 899.20.
    """
    rows = kroner_by_row(build(plan))
    assert rows["hf", "cash", ""] == pytest.approx(8_359.68)
    assert rows["hf", "capacity", ""] == pytest.approx(26_124.0)
    assert rows["hf", "not_avoided", ""] == pytest.approx(17_764.32)
    assert rows["state", "transfer", "rhf"] == pytest.approx(20_899.20)
    assert rows["rhf", "transfer", "state"] == pytest.approx(-20_899.20)
    assert rows["rhf", "transfer", "hf"] == pytest.approx(20_899.20)
    assert rows["hf", "transfer", "rhf"] == pytest.approx(-20_899.20)
    assert rows["hf", "cash", ""] + rows["hf", "transfer", "rhf"] == pytest.approx(-12_539.52)


def test_events_and_bed_days_are_capacity_in_their_own_units(plan: Plan, build: Build) -> None:
    """One admission of five days a year."""
    physical = [line for line in build(plan).flows.lines() if line.row.unit != "kroner"]
    assert {(line.row.layer, line.row.unit): round(line.values[1, 0], 9) for line in physical} == {
        ("capacity", "admissions"): 1.0,
        ("capacity", "bed_days"): 5.0,
    }


def test_minutes_become_hours(plan: Plan, valuation: Plan, build: Build) -> None:
    """One event of 90 minutes is 1.5 hours."""
    plan["assumptions"]["time"] = {"value": 90.0, "unit": "minutes", "per": "event"}
    valuation["hours"] = "time"
    assert build(plan).flows.select(unit="hours").values[0, 0, 0] == pytest.approx(1.5)


@pytest.mark.parametrize("form", [None, "not_priced"])
def test_without_a_priced_form_of_realisation_there_are_no_kroner(plan: Plan, build: Build, form: str | None) -> None:
    plan["benefits"][0]["realisation"] = {"form": form} if form else None
    built = build(plan)
    assert {line.row.unit for line in built.flows.select(item="g1").lines()} == {"admissions", "bed_days"}
    assert len(built.flows.select(layer="transfer")) == 0


@pytest.mark.parametrize(("share", "layer"), [("cash_share", "cash"), ("staff_share", "capacity")])
def test_a_share_nobody_has_given_is_a_gap_and_no_row(
    plan: Plan, valuation: Plan, build: Build, share: str, layer: str
) -> None:
    del valuation[share]
    built = build(plan)
    rows = kroner_by_row(built)
    assert ("hf", layer, "") not in rows
    assert codes(built) == [f"no_{share}"]
    kept = sum(value for (actor, kind, _), value in rows.items() if actor == "hf" and kind != "transfer")
    assert kept == pytest.approx(52_248.0)


def test_kroner_of_another_price_year_are_left_out_and_said(plan: Plan, build: Build) -> None:
    plan["assumptions"]["cost"]["price_year"] = 2020
    built = build(plan)
    assert len(built.flows.select(item="g1", unit="kroner")) == 0
    assert len(built.flows.select(item="g1.isf_rhf")) == 2
    assert [(gap.code, dict(gap.parameters)) for gap in built.gaps] == [
        ("other_price_year", {"name": "cost", "has": 2020, "wants": 2024})
    ]


def test_without_a_price_year_no_kroner_are_added(plan: Plan, build: Build) -> None:
    del plan["price_year"]
    built = build(plan)
    assert {row.unit for row in built.flows.select(item=["g1", "g1.isf_rhf"]).index} == {"admissions", "bed_days"}
    assert set(codes(built)) == {"project_without_price_year"}


def test_a_cost_that_is_not_kroner_is_a_gap(plan: Plan, valuation: Plan, build: Build) -> None:
    valuation["unit_cost"] = "days"
    assert codes(build(plan)) == ["other_unit"]


def test_shares_that_pass_the_whole_in_some_draw_leave_the_layers_out(plan: Plan, build: Build) -> None:
    """A cash share of up to 0.6 with a staff share of 0.5."""
    plan["assumptions"]["cash"] = {"low": 0.1, "likely": 0.2, "high": 0.6, "unit": "share"}
    built = build(plan, n=200)
    assert len(built.flows.select(item="g1", unit="kroner")) == 0
    assert codes(built) == ["shares_over_one"]


def test_bed_days_of_an_indicator_in_bed_days_are_not_counted_twice(plan: Plan, build: Build) -> None:
    plan["benefits"][0]["indicator"]["unit"] = "bed_days"
    plan["assumptions"]["rate"]["unit"] = "bed_days"
    built = build(plan)
    assert [round(line.values[0, 0], 9) for line in built.flows.select(unit="bed_days").lines()] == [1.0]
    assert codes(built) == ["counted_in_same_unit"]


def test_a_rise_that_is_good_is_positive_in_its_own_unit_and_costs_what_it_takes(
    plan: Plan, valuation: Plan, build: Build
) -> None:
    """A tenth more of something good is one more event: 8 359.68 kr in cash, five bed-days and two hours are spent.

    Half staff = 26 124 kr of capacity taken up, 17 764.32 more of what is not avoided; the state pays 20 899.20 more.
    """
    plan["benefits"][0]["indicator"]["direction"] = "higher_is_better"
    plan["assumptions"]["effect"]["value"] = 1.1
    plan["assumptions"]["time"] = {"value": 2.0, "unit": "hours", "per": "event"}
    valuation["hours"] = "time"
    built = build(plan)
    physical = {line.row.unit: line.values[0, 0] for line in built.flows.lines() if line.row.unit != "kroner"}
    assert physical == pytest.approx({"admissions": 1.0, "bed_days": -5.0, "hours": -2.0})
    rows = kroner_by_row(built)
    assert rows["hf", "cash", ""] == pytest.approx(-8_359.68)
    assert rows["hf", "capacity", ""] == pytest.approx(-26_124.0)
    assert rows["hf", "not_avoided", ""] == pytest.approx(-17_764.32)
    assert rows["state", "transfer", "rhf"] == pytest.approx(-20_899.20)
    assert rows["hf", "transfer", "rhf"] == pytest.approx(20_899.20)


def test_a_harm_is_negative_in_every_row(plan: Plan, build: Build) -> None:
    plan["assumptions"]["effect"]["value"] = 1.1
    found = build(plan).flows.select(actor="hf", layer=["cash", "capacity", "not_avoided"])
    assert (found.values < 0).all()


def test_a_row_is_assumed_and_holds_no_better_than_its_weakest_input(plan: Plan, build: Build) -> None:
    """The effect is from a study, the rate from one project, the unit cost assumed."""
    rows = {(row.layer, row.unit): row for row in build(plan).flows.select(item="g1").index}
    assert {row.grade for row in rows.values()} == {"assumed"}
    assert rows["capacity", "admissions"].standing == "one_project"
    assert rows["cash", "kroner"].standing == "assumed"


def test_a_value_of_time_grows_by_year_and_nothing_else_does(
    plan: Plan, inputs_of: Callable[[Project], dict[str, Input]]
) -> None:
    """2 % a year from the price year 2024: 8 359.68 x 1.02 in 2025 and x 1.02^2 in 2026; ISF as it was."""
    project = Project.model_validate(plan)
    grown = inputs_of(project)
    grown["cost"] = replace(grown["cost"], growth=0.02)
    built = flows(project, inputs=grown, estimates={}, draws=Draws(n=2))
    cash = built.flows.select(layer="cash").by_year()[:, 0]
    assert cash.tolist() == pytest.approx([8_359.68 * 1.02, 8_359.68 * 1.02**2])
    kept = built.flows.select(item="g1.isf_state", actor="state").by_year()[:, 0]
    assert kept.tolist() == pytest.approx([20_899.20, 20_899.20])


def test_an_uncertain_input_used_twice_is_one_column(plan: Plan, build: Build) -> None:
    """The same price goes from the state to the RHF and from there to the HF, in every draw."""
    plan["assumptions"]["isf_price"] = {"mean": 50_000.0, "se": 5_000.0, "unit": "kroner", "price_year": 2024}
    through = build(plan, n=50).flows.select(actor="rhf", layer="transfer")
    assert np.ptp(through.values[0]) > 0
    assert (through.total() == 0).all()
