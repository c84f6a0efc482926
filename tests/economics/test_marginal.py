"""What of an average cost can leave a budget: the variable share, a named action, and the beds filled again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.economics.avoided import split
from benefits.economics.break_even import break_even_of
from benefits.economics.build import Built, flows
from benefits.economics.draws import Draws
from benefits.economics.flows import Flows
from benefits.economics.inputs import Input
from benefits.economics.marginal import in_force, is_variable, with_refill
from benefits.economics.product import full
from benefits.economics.refusals import SharesOutOfRange
from benefits.project.model import Project

Plan = dict[str, Any]
Build = Callable[..., Built]
LAYERS = ("cash", "capacity", "not_avoided")
THIRD = st.floats(0.0, 1.0 / 3.0)
ONE = st.floats(0.0, 1.0)


def of_layer(flows: Flows, layer: str) -> list[float]:
    rows = flows.select(item="g1", layer=layer, unit="kroner")
    return [round(float(year[0]), 6) for year in rows.by_year()] if len(rows) else []


def codes(built: Built) -> list[str]:
    return [gap.code for gap in built.gaps]


@pytest.fixture
def closing(plan: Plan, valuation: Plan) -> Plan:
    """Two beds are closed on 1 July 2026: a further 20 % of the average cost leaves the budget."""
    plan["assumptions"]["beds"] = {"value": 0.2, "unit": "share"}
    valuation["cash_by_action"] = {
        "share": "beds",
        "action": "Legge ned to senger",
        "owner": "Klinikksjefen",
        "due": date(2026, 7, 1),
    }
    return plan


@given(THIRD, THIRD, THIRD, ONE, ONE, st.lists(ONE, min_size=2, max_size=2), st.floats(-1e3, 1e3))
@settings(max_examples=200)
def test_the_layers_make_up_the_whole_with_refill_and_an_action(
    cash: float, staff: float, action: float, used: float, refill: float, force: list[float], events: float
) -> None:
    layers = split(
        events=np.full((2, 1), events),
        unit_cost=np.array([50_000.0]),
        cash_share=np.array([cash]),
        staff_share=np.array([staff]),
        realisation_share=np.array([used]),
        refill_share=np.array([refill]),
        action_share=np.array([action]),
        in_force=np.array(force),
    )
    assert layers.whole == pytest.approx(np.full((2, 1), events * 50_000.0), rel=1e-12, abs=1e-6)
    assert (np.abs(full(layers.cash)) >= np.abs(full(layers.by_action))).all()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ({"action_share": np.array([0.4])}, "shares_with_action_over_one"),
        ({"action_share": np.array([-0.1])}, "share_below_zero"),
        ({"refill_share": np.array([1.1])}, "refill_over_one"),
        ({"refill_share": np.array([-0.1])}, "share_below_zero"),
    ],
)
def test_shares_that_cannot_be_are_refused(shares: dict[str, np.ndarray], code: str) -> None:
    one = np.ones(1)
    with pytest.raises(SharesOutOfRange) as refused:
        split(events=one, unit_cost=one, cash_share=0.2 * one, staff_share=0.5 * one, **shares)
    assert refused.value.code == code


def test_what_an_action_takes_out_is_cash_from_its_date_on(closing: Plan, build: Build) -> None:
    """One admission of 52 248 kr a year. 16 % = 8 359.68; the action 20 % = 10 449.60, of which half counts in 2026.

    2026: 8 359.68 + 5 224.80 = 13 584.48. Staff 26 124. Left: 52 248 - 8 359.68 - 26 124 = 17 764.32, and in 2026
    5 224.80 less: 12 539.52.
    """
    found = build(closing).flows
    assert of_layer(found, "cash") == [8_359.68, 13_584.48]
    assert of_layer(found, "capacity") == [26_124.0, 26_124.0]
    assert of_layer(found, "not_avoided") == [17_764.32, 12_539.52]


@pytest.mark.parametrize(
    ("key", "code"), [("action", "cash_without_action"), ("owner", "cash_without_owner"), ("due", "cash_without_due")]
)
def test_an_action_that_is_not_whole_is_no_cash_and_the_plan_says_why(
    closing: Plan, valuation: Plan, build: Build, key: str, code: str
) -> None:
    del valuation["cash_by_action"][key]
    built = build(closing)
    assert of_layer(built.flows, "cash") == [8_359.68, 8_359.68]
    assert of_layer(built.flows, "not_avoided") == [17_764.32, 17_764.32]
    assert codes(built) == [code]


@pytest.mark.parametrize(
    "share",
    [
        {"reference": "marginal_share.growth_funding_rule"},
        {"reference": "marginal_share.forecast_change"},
        {"value": 0.51, "unit": "share"},
    ],
)
def test_a_share_beyond_the_short_run_is_no_cash_without_an_action(
    plan: Plan, valuation: Plan, build: Build, share: Plan
) -> None:
    """Half is staff, and what is not: 52 248 - 26 124 = 26 124 stays."""
    plan["assumptions"]["cash"] = share
    plan["assumptions"]["staff"] = {"value": 0.5, "unit": "share"}
    built = build(plan)
    assert of_layer(built.flows, "cash") == []
    assert of_layer(built.flows, "not_avoided") == [26_124.0, 26_124.0]
    assert codes(built) == ["cash_share_not_variable"]


@pytest.mark.parametrize("share", ["short_run_supplies", "unexpected_admissions"])
def test_a_short_run_share_is_cash(plan: Plan, build: Build, share: str) -> None:
    plan["assumptions"]["cash"] = {"reference": f"marginal_share.{share}"}
    assert codes(build(plan)) == []
    assert of_layer(build(plan).flows, "cash")[0] > 0.0


def test_a_long_run_share_is_cash_as_an_action(closing: Plan, valuation: Plan, build: Build) -> None:
    """16 % in the short run and 64 % by the action from 2025 on: 0.8 x 52 248 = 41 798.40."""
    closing["assumptions"]["beds"]["value"] = 0.64
    closing["assumptions"]["staff"]["value"] = 0.15
    valuation["cash_by_action"]["due"] = date(2024, 12, 31)
    assert of_layer(build(closing).flows, "cash") == [41_798.4, 41_798.4]


def test_an_action_alone_is_cash_too(closing: Plan, valuation: Plan, build: Build) -> None:
    """No variable share: half of 10 449.60 in 2026."""
    del valuation["cash_share"]
    built = build(closing)
    assert of_layer(built.flows, "cash") == [0.0, 5_224.8]
    assert codes(built) == []


@pytest.mark.parametrize(
    ("due", "share"), [(date(2025, 1, 1), 1.0), (date(2025, 4, 1), 0.75), (date(2025, 12, 1), 1 / 12)]
)
def test_the_year_an_action_is_due_counts_the_months_that_are_left(due: date, share: float) -> None:
    assert in_force(2025, due=due) == pytest.approx(share)


def refilled(plan: Plan, share: Plan | float) -> Plan:
    plan["assumptions"]["refill"] = share if isinstance(share, dict) else {"value": share, "unit": "share"}
    for one, kind in zip(plan["benefits"][0]["valuation"]["transfers"], ("isf", "isf_passed_on"), strict=True):
        one["kind"] = kind
    return plan


def test_half_of_the_beds_filled_again_halve_the_cash_and_the_isf_lost(plan: Plan, build: Build) -> None:
    """(1 - 0.5) x (8 359.68 - 20 899.20) = -6 269.76 for the HF; 4 179.84 more is not avoided; staff as before."""
    found = build(refilled(plan, 0.5)).flows
    assert of_layer(found, "cash")[0] == 4_179.84
    assert of_layer(found, "capacity")[0] == 26_124.0
    assert of_layer(found, "not_avoided")[0] == 21_944.16
    hf = found.select(actor="hf", unit="kroner", layer=("cash", "transfer"))
    assert hf.by_year()[0, 0] == pytest.approx(-6_269.76)
    state = found.select(actor="state", layer="transfer")
    assert state.by_year()[0, 0] == pytest.approx(10_449.60)
    assert found.select(unit="bed_days").values[0, 0, 0] == pytest.approx(5.0)


@given(st.floats(0.0, 1.0), st.floats(0.1, 2.0))
@settings(max_examples=25, deadline=None)
def test_beds_that_are_all_filled_again_give_no_cash_and_no_isf_loss(cash: float, effect: float) -> None:
    """Exactly none, in every year and draw, whatever the share and the effect, with an action as well."""
    layers = split(
        events=np.array([[1.0 - effect]]),
        unit_cost=np.array([52_248.0]),
        cash_share=np.array([cash / 2]),
        staff_share=np.array([0.0]),
        refill_share=np.ones(1),
        action_share=np.array([cash / 2]),
        in_force=np.array([0.5]),
    )
    assert (full(layers.cash) == 0.0).all()
    assert full(layers.not_avoided) == pytest.approx(np.array([[(1.0 - effect) * 52_248.0]]))


def test_no_isf_is_lost_where_every_bed_is_filled_again(plan: Plan, build: Build) -> None:
    found = build(refilled(plan, 1.0)).flows
    assert (found.select(layer=("cash", "transfer")).values == 0.0).all()


def test_other_transfers_do_not_care_who_lies_in_the_bed(plan: Plan, valuation: Plan, build: Build) -> None:
    """A price of 1 000 kr for a day nobody has to wait for, 5 days: 5 000 kr."""
    plan["assumptions"]["day"] = {"value": 1_000.0, "unit": "kroner", "price_year": 2024}
    both = valuation["transfers"]
    day = {"id": "day", "title": "D", "kind": "day_price", "payer": "kommune", "receiver": "hf", "amount": "day"}
    refilled(plan, 1.0)
    valuation["transfers"] = (*both, {**day, "weight": "days"})
    assert build(plan).flows.select(item="g1.day", actor="kommune").by_year()[0, 0] == pytest.approx(5_000.0)


@pytest.mark.parametrize(
    ("share", "code"),
    [
        ({"mean": 0.9, "se": 0.2, "unit": "ratio"}, "other_unit"),
        ({"low": 0.5, "likely": 0.9, "high": 1.4, "unit": "share"}, "refill_over_one"),
        ({"low": -0.2, "likely": 0.1, "high": 0.4, "unit": "share"}, "share_below_zero"),
    ],
)
def test_a_share_filled_again_that_cannot_be_used_leaves_out_kroner_and_isf(
    plan: Plan, build: Build, share: Plan, code: str
) -> None:
    built = build(refilled(plan, share), n=200)
    assert codes(built) == [code]
    assert {row.unit for row in built.flows.select(item="g1").index} == {"admissions", "bed_days"}
    assert len(built.flows.select(layer="transfer")) == 0


def test_what_is_not_said_of_the_beds_is_told_and_counted_as_none(plan: Plan, valuation: Plan, build: Build) -> None:
    before = of_layer(build(plan).flows, "cash")
    del valuation["refill_share"]
    built = build(plan)
    assert of_layer(built.flows, "cash") == before
    assert codes(built) == ["refill_not_stated"]


def test_no_bed_is_asked_for_where_none_is_freed(plan: Plan, valuation: Plan, build: Build) -> None:
    del valuation["refill_share"]
    plan["benefits"][0]["indicator"]["unit"] = "consultations"
    plan["assumptions"]["rate"]["unit"] = "consultations"
    assert codes(build(plan)) == []


def test_another_share_filled_again_can_be_tried_without_a_change_of_the_file(
    plan: Plan, valuation: Plan, build: Build, inputs_of: Callable[[Project], dict[str, Input]]
) -> None:
    expected = build(refilled(plan, 1.0)).flows.values
    del valuation["refill_share"]
    project = Project.model_validate(plan)
    tried, inputs = with_refill(project, inputs_of(project), share=1.0)
    found = flows(tried, inputs=inputs, estimates={}, draws=Draws(n=8))
    assert found.flows.values.tolist() == expected.tolist()
    assert project.benefits[0].valuation is not None
    assert project.benefits[0].valuation.refill_share is None


def test_break_even_counts_an_action_from_its_date(
    closing: Plan, build: Build, inputs_of: Callable[[Project], dict[str, Input]]
) -> None:
    """One admission in each of two years: (8 359.68 + 13 584.48) / 2 = 10 972.08; 100 000 kr a year: 9.114 a year."""
    project, built = Project.model_validate(closing), build(closing)
    one = break_even_of(
        project.benefits[0], project=project, flows=built.flows, inputs=inputs_of(project), draws=Draws(n=8)
    )
    assert one is not None
    assert one.net_per_event == pytest.approx(10_972.08)
    assert one.events_needed == pytest.approx(9.114, abs=5e-4)


def test_a_share_for_the_long_run_is_no_short_run_share_however_small(
    plan: Plan, inputs_of: Callable[[Project], dict[str, Input]]
) -> None:
    share = inputs_of(Project.model_validate(plan))["cash"]
    assert is_variable(share)
    assert not is_variable(replace(share, horizon="long_run"))
