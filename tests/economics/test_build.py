"""The flows of a whole project: what holds whatever the numbers are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benefits.economics.build import Built, flows
from benefits.economics.draws import Draws
from benefits.economics.flows import Flows
from benefits.economics.inputs import inputs
from benefits.economics.refusals import MixedFlows
from benefits.measurement.contract import Estimate
from benefits.project.model import Project
from benefits.reference import Normal, load_evidence, load_library

Plan = dict[str, Any]
Build = Callable[..., Built]

MANY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
AMOUNT = st.floats(1.0, 1e6)


def uncertain(plan: Plan, *, price: float = 50_000.0, rate: float = 1.0, se: float = 0.1) -> Plan:
    kroner = {"unit": "kroner", "price_year": 2024}
    changed = {
        "rate": {"mean": rate, "se": rate / 10, "unit": "admissions", "per": "person_year"},
        "effect": {"estimate": 0.9, "low": 0.9 - se, "high": 0.9 + se, "ratio": True, "unit": "ratio"},
        "cost": {"mean": price, "se": price / 20, **kroner},
        "isf_price": {"mean": price, "se": price / 10, **kroner},
    }
    return {**plan, "assumptions": {**plan["assumptions"], **changed}}


def same(one: Flows, other: Flows) -> bool:
    """Every row of the first is in the second, bit by bit."""
    held = {line.row: line.values.tobytes() for line in other.lines()}
    return all(held[line.row] == line.values.tobytes() for line in one.lines())


def test_the_flows_are_what_bare_arithmetic_gives(plan: Plan, build: Build) -> None:
    """volume x rate x (1 - effect) x cost x share, from the same columns, without any of this room's own functions."""
    plan = uncertain(plan)
    built = build(plan, n=500)
    project = Project.model_validate(plan)
    found, _ = inputs(project, library=load_library(), evidence=load_evidence(), on=date(2024, 6, 30))
    draws = Draws(n=500)
    x = {name: draws.column(name, one.distribution) for name, one in found.items()}
    avoided = 10.0 * x["rate"] * (1.0 - x["effect"])
    cash = built.flows.select(layer="cash").values[0, 0]
    assert np.allclose(cash, avoided * x["cost"] * 0.16, rtol=1e-12)
    lost = built.flows.select(actor="hf", layer="transfer").values[0, 1]
    assert np.allclose(lost, -avoided * x["isf_price"] * 0.4, rtol=1e-12)
    days = built.flows.select(unit="bed_days").values[0, 0]
    assert np.allclose(days, avoided * 5.0, rtol=1e-12)


@MANY
@given(price=AMOUNT, rate=st.floats(0.01, 5.0), se=st.floats(0.01, 0.5), granted=AMOUNT, agreed=AMOUNT)
def test_transfers_are_nothing_to_society_in_every_year_and_draw(
    plan: Plan, build: Build, price: float, rate: float, se: float, granted: float, agreed: float
) -> None:
    grant = {"id": "ht", "source": "rhf_funds", "payer": "rhf", "receiver": "kommune", "amounts": {2025: granted}}
    service = {"id": "dho", "title": "DHO", "provider": "kommune", "payer": "hf", "agreed_price": agreed}
    plan = {
        **uncertain(plan, price=price, rate=rate, se=se),
        "financing": {"sources": (grant,)},
        "services": (service,),
    }
    transfers = build(plan, n=20).flows.select(layer="transfer")
    assert len(transfers) == 8
    assert (transfers.by_year() == 0.0).all()


@MANY
@given(price=AMOUNT, rate=st.floats(0.01, 5.0), se=st.floats(0.01, 0.5), used=st.none() | st.floats(0.0, 1.0))
def test_the_layers_are_together_the_events_at_average_cost_however_much_is_put_to_use(
    plan: Plan, build: Build, price: float, rate: float, se: float, used: float | None
) -> None:
    plan = uncertain(plan, price=price, rate=rate, se=se)
    if used is not None:
        benefit = plan["benefits"][0]
        valuation = {**benefit["valuation"], "realisation_share": "used"}
        plan["benefits"] = ({**benefit, "valuation": valuation},)
        plan["assumptions"]["used"] = {"value": used, "unit": "share"}
    found = build(plan, n=20).flows.select(actor="hf", item="g1")
    layers = sum(found.select(layer=layer, unit="kroner").values for layer in ("cash", "capacity", "not_avoided"))
    whole = found.select(unit="admissions").values * 0.16 * (1.0 if used is None else used)
    cost = Draws(n=20).column("cost", Normal(mean=price, se=price / 20))
    assert np.allclose(layers, found.select(unit="admissions").values * cost, rtol=1e-9)
    assert np.allclose(found.select(layer="cash").values, whole * cost, rtol=1e-9)


@MANY
@given(price=AMOUNT, cost=AMOUNT)
def test_twice_the_kroner_are_twice_the_flows_in_kroner_and_no_other(
    plan: Plan, build: Build, price: float, cost: float
) -> None:
    def priced(times: float) -> Flows:
        lead = {"id": "lead", "title": "L", "kind": "running", "actor": "kommune", "amount": {"value": times * cost}}
        return build({**uncertain(plan, price=times * price), "costs": (lead,)}, n=20).flows

    once, twice = priced(1.0), priced(2.0)
    assert np.allclose(twice.select(unit="kroner").values, 2.0 * once.select(unit="kroner").values, rtol=1e-12)
    assert np.array_equal(
        twice.select(unit=["admissions", "bed_days"]).values, once.select(unit=["admissions", "bed_days"]).values
    )


def test_another_benefit_cost_or_assumption_changes_no_row_by_a_single_bit(plan: Plan, build: Build) -> None:
    plan = uncertain(plan)
    other = {**plan["benefits"][0], "id": "a1"}
    added = {"id": "a", "title": "A", "kind": "project", "actor": "hf", "amount": {"mean": 9.0, "se": 1.0}}
    more = {
        **plan,
        "benefits": (other, *plan["benefits"]),
        "costs": (added, *plan["costs"]),
        "assumptions": {"aaa": {"mean": 1.0, "se": 1.0, "unit": "hours"}, **plan["assumptions"]},
    }
    alone, crowded = build(plan, n=200).flows, build(more, n=200).flows
    assert len(crowded) > len(alone)
    assert same(alone, crowded)


def test_the_same_arguments_give_the_same_bytes(plan: Plan, build: Build) -> None:
    plan = uncertain(plan)
    one, other = build(plan, n=100), build(plan, n=100)
    assert (one.flows.index, one.gaps) == (other.flows.index, other.gaps)
    assert one.flows.values.tobytes() == other.flows.values.tobytes()


def test_a_project_has_no_total_over_its_units(plan: Plan, build: Build) -> None:
    found = build(plan).flows
    with pytest.raises(MixedFlows):
        found.total()
    with pytest.raises(MixedFlows):
        found.select(unit="kroner", item="g1").total()


def test_an_empty_project_has_no_rows_and_no_gaps() -> None:
    project = Project.model_validate({"format": 1, "id": "p", "title": "P"})
    built = flows(project, inputs={}, estimates={}, draws=Draws(n=3))
    assert (len(built.flows), built.flows.years, built.gaps) == (0, (), ())


def test_a_gap_of_both_bases_is_said_once(
    plan: Plan, valuation: Plan, build: Build, estimate: Callable[..., Estimate]
) -> None:
    del valuation["cash_share"]
    built = build(plan, estimates={"g1": estimate()}, measured_exposure={"g1": {2025: 60.0}})
    assert [gap.code for gap in built.gaps] == ["no_cash_share"]
    assert {row.basis for row in built.flows.index} == {"expected", "measured"}
