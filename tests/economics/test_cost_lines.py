"""Costs, grants and agreed prices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from benefits.economics.build import Built

Plan = dict[str, Any]
Build = Callable[..., Built]

SERVICE = {
    "id": "dho",
    "title": "DHO",
    "provider": "kommune",
    "payer": "hf",
    "fixed": ({"id": "platform", "title": "Plattform", "amount": {"value": 12_000.0}},),
    "per_patient_month": ({"id": "licence", "title": "Lisens", "amount": {"value": 100.0}},),
}


@pytest.fixture
def blank(plan: Plan) -> Plan:
    """Ten patients in 2025, twenty in 2026, and nothing else."""
    plan["patient_group"]["volume"] = {2025: 10.0, 2026: 20.0}
    return {**plan, "benefits": (), "costs": ()}


def cost(**changes: Any) -> Plan:
    plain = {"id": "c", "title": "C", "kind": "running", "actor": "kommune", "amount": {"value": 100.0}}
    return {**plain, **changes}


def yearly(built: Built) -> list[list[float]]:
    return [[float(value) for value in line.values[:, 0]] for line in built.flows.lines()]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({}, [-100.0, -100.0]),
        ({"per": "once"}, [-100.0, 0.0]),
        ({"per": "once", "first_year": 2026}, [0.0, -100.0]),
        ({"first_year": 2026}, [0.0, -100.0]),
        ({"last_year": 2025}, [-100.0, 0.0]),
        ({"per": "patient_year"}, [-1_000.0, -2_000.0]),
        ({"per": "patient_month"}, [-12_000.0, -24_000.0]),
    ],
)
def test_a_cost_is_negative_in_the_years_it_is_paid(
    blank: Plan, build: Build, written: Plan, expected: list[float]
) -> None:
    """100 kr: per patient-year 10 x 100 and 20 x 100; per patient-month twelve times that."""
    assert yearly(build({**blank, "costs": (cost(**written),)})) == [expected]


def test_a_cost_before_go_live_adds_its_year(blank: Plan, build: Build) -> None:
    built = build({**blank, "costs": (cost(per="once", first_year=2024), cost(id="d"))})
    assert built.flows.years == (2024, 2025, 2026)
    assert yearly(built) == [[-100.0, 0.0, 0.0], [0.0, -100.0, -100.0]]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"per": "once", "first_year": 2040}, "cost_outside_horizon"),
        ({"amount": {"estimate": 0.0, "low": -1.5e308, "high": 1.5e308}}, "unusable_cost"),
    ],
)
def test_a_cost_that_cannot_be_placed_is_a_gap_and_no_row(blank: Plan, build: Build, written: Plan, code: str) -> None:
    built = build({**blank, "costs": (cost(**written),)})
    assert (yearly(built), [gap.code for gap in built.gaps]) == ([], [code])


def test_a_cost_per_patient_without_patients_is_a_gap_and_not_zero(blank: Plan, build: Build) -> None:
    built = build({**blank, "patient_group": None, "costs": (cost(per="patient_month"),)})
    assert (yearly(built), [gap.code for gap in built.gaps]) == ([], ["no_volume_for_cost"])


def test_a_cost_nobody_has_priced_has_no_row(blank: Plan, build: Build) -> None:
    assert yearly(build({**blank, "costs": (cost(amount=None),)})) == []


def test_a_service_costs_what_it_costs_at_its_volume(blank: Plan, build: Build) -> None:
    """12 000 fixed + 10 x 12 x 100 = 24 000; with 20 patients 12 000 + 24 000 = 36 000."""
    written = {**blank, "services": (SERVICE,), "costs": (cost(amount=None, service="dho"),)}
    assert yearly(build(written)) == [[-24_000.0, -36_000.0]]


def test_the_volume_of_the_service_itself_goes_before(blank: Plan, build: Build) -> None:
    """No patients in 2025: the platform alone; 5 patients in 2026: 12 000 + 6 000."""
    service = {**SERVICE, "volume": {2026: 5.0}}
    written = {**blank, "services": (service,), "costs": (cost(amount=None, service="dho"),)}
    assert yearly(build(written)) == [[-12_000.0, -18_000.0]]


def test_a_resource_no_task_uses_is_a_gap(blank: Plan, build: Build) -> None:
    nurse = {"id": "nurse", "title": "Sykepleier", "cost_per_year": {"value": 1.0}, "hours_per_year": 1.0}
    service = {**SERVICE, "resources": (nurse,)}
    built = build({**blank, "services": (service,), "costs": (cost(amount=None, service="dho"),)})
    assert [(gap.code, gap.parameters["resource"]) for gap in built.gaps] == [("resource_without_task", "nurse")]


def test_an_agreed_price_moves_from_payer_to_provider(blank: Plan, build: Build) -> None:
    """500 kr x 12 x 10 = 60 000, and 120 000 with twenty."""
    built = build({**blank, "services": ({**SERVICE, "agreed_price": 500.0},)})
    assert [(row.actor, row.item, row.counterpart) for row in built.flows.index] == [
        ("hf", "service.dho", "kommune"),
        ("kommune", "service.dho", "hf"),
    ]
    assert yearly(built) == [[-60_000.0, -120_000.0], [60_000.0, 120_000.0]]


@pytest.mark.parametrize("payer", [None, "kommune"])
def test_a_service_nobody_else_pays_for_is_no_transfer(blank: Plan, build: Build, payer: str | None) -> None:
    assert yearly(build({**blank, "services": ({**SERVICE, "agreed_price": 500.0, "payer": payer},)})) == []


def test_a_price_is_paid_for_the_months_it_holds(blank: Plan, build: Build) -> None:
    """300 kr x 6 months x 20 patients = 36 000 kr from 1 July 2026; half of it where two share.

    To 31 March 2025: 300 kr x 3 months x 10 patients = 9 000 kr, and nothing after.
    """
    later = {**SERVICE, "agreed_price": 300.0, "valid_from": date(2026, 7, 1)}
    assert yearly(build({**blank, "services": (later,)})) == [[0.0, -36_000.0], [0.0, 36_000.0]]
    two = {"payer": None, "parties": ({"actor": "hf", "share": 0.5}, {"actor": "kommune", "share": 0.5})}
    assert yearly(build({**blank, "services": ({**later, **two},)})) == [[0.0, -18_000.0], [0.0, 18_000.0]]
    ended = {**SERVICE, "agreed_price": 300.0, "valid_until": date(2025, 3, 31)}
    assert yearly(build({**blank, "services": (ended,)})) == [[-9_000.0, 0.0], [9_000.0, 0.0]]
    assert yearly(build({**blank, "services": ({**ended, **two},)})) == [[-4_500.0, 0.0], [4_500.0, 0.0]]


def test_a_service_that_begins_with_its_price_is_paid_for_whole(blank: Plan, build: Build) -> None:
    """Ten patients as a mean over 2025 are 120 patient-months, all of them after 1 July: 300 kr x 120 = 36 000 kr."""
    day = date(2025, 7, 1)
    service = {**SERVICE, "agreed_price": 300.0, "valid_from": day}
    paid = yearly(build({**blank, "go_live": day, "services": (service,)}))
    assert paid[0][0] == -36_000.0


def test_a_service_paid_for_without_its_cost_is_a_gap(blank: Plan, build: Build) -> None:
    paid = {**SERVICE, "agreed_price": 300.0}
    shared = {**SERVICE, "payer": None, "parties": ({"actor": "hf", "share": 0.5}, {"actor": "kommune", "share": 0.5})}
    for service in (paid, shared):
        (gap,) = (one for one in build({**blank, "services": (service,)}).gaps if one.code == "service_without_cost")
        assert (gap.subject, gap.parameters["service"]) == ("service.dho", "dho")
        costs = (cost(amount=None, service="dho"),)
        whole = build({**blank, "services": (service,), "costs": costs})
        assert "service_without_cost" not in {one.code for one in whole.gaps}


def test_a_grant_moves_from_payer_to_receiver_and_own_money_does_not(blank: Plan, build: Build) -> None:
    grant = {"id": "ht", "source": "helseteknologiordningen", "payer": "state", "receiver": "kommune"}
    own = {"id": "own", "source": "own_budget", "payer": "kommune", "receiver": "kommune", "amounts": {2025: 5.0}}
    built = build({**blank, "financing": {"sources": ({**grant, "amounts": {2025: 300.0}}, own)}})
    assert [row.item for row in built.flows.index] == ["financing.ht", "financing.ht"]
    assert yearly(built) == [[-300.0, 0.0], [300.0, 0.0]]


@pytest.mark.parametrize(
    ("amounts", "rows"), [({2030: 300.0}, []), ({2025: 300.0, 2030: 1.0}, [[-300.0, 0.0], [300.0, 0.0]])]
)
def test_a_grant_beyond_the_horizon_is_said_and_what_is_within_is_counted(
    blank: Plan, build: Build, amounts: dict[int, float], rows: list[list[float]]
) -> None:
    grant = {"id": "ht", "source": "rhf_funds", "payer": "rhf", "receiver": "kommune", "amounts": amounts}
    built = build({**blank, "financing": {"sources": (grant,)}})
    assert yearly(built) == rows
    assert [(gap.code, gap.subject) for gap in built.gaps] == [("grant_outside_horizon", "ht")]


def test_own_money_and_a_grant_of_nothing_beyond_the_horizon_lack_nothing(blank: Plan, build: Build) -> None:
    own = {"id": "own", "source": "own_budget", "payer": "kommune", "receiver": "kommune", "amounts": {2030: 5.0}}
    ended = {"id": "ht", "source": "rhf_funds", "payer": "rhf", "receiver": "kommune", "amounts": {2030: 0.0}}
    assert build({**blank, "financing": {"sources": (own, ended)}}).gaps == ()


def test_without_a_date_of_go_live_there_are_no_years(blank: Plan, build: Build) -> None:
    built = build({**blank, "go_live": None, "costs": (cost(),)})
    assert (built.flows.years, len(built.flows)) == ((), 0)
    assert build({**blank, "go_live": date(2025, 7, 1), "costs": (cost(),)}).flows.years == (2025, 2026)
