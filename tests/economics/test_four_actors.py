"""One year of four actors and the patients, with every kind of transfer, worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from benefits.economics.build import Built
from benefits.economics.draws import Draws
from benefits.economics.financing import financing_gaps
from benefits.economics.freed_time import freed_time
from benefits.economics.pricing import Pricing
from benefits.errors import Gap
from benefits.project.model import Project
from benefits.project.rules import broken_rules

Plan = dict[str, Any]
Build = Callable[..., Built]


def kroner(value: float) -> Plan:
    return {"value": value, "unit": "kroner", "price_year": 2024}


def share(value: float) -> Plan:
    return {"value": value, "unit": "share"}


def transfer(kind: str, payer: str, receiver: str, amount: str, **more: str) -> Plan:
    return {"id": kind, "title": kind, "kind": kind, "payer": payer, "receiver": receiver, "amount": amount, **more}


ISF = (
    transfer("isf", "state", "rhf", "isf_price", share="isf_share"),
    transfer("isf_passed_on", "rhf", "hf", "isf_price", share="passed_on"),
)
EXEMPT = {"exempt_share": "exempt", "paid_by": "state"}


@pytest.fixture
def year() -> Plan:
    """A hundred patients in 2025; what follows from it is worked out in the tests."""
    counted = {"direction": "lower_is_better", "definition": "I"}
    target = {"value": 1.0, "date": date(2025, 12, 31), "ramp": {2025: 1.0}}
    kinds = {"kommune": "kommune", "hf": "hf", "rhf": "rhf", "state": "state", "patients": "patient"}
    return {
        "format": 1,
        "id": "year",
        "title": "Y",
        "go_live": date(2025, 1, 1),
        "horizon_years": 1,
        "price_year": 2024,
        "actors": tuple({"id": id, "kind": kind, "name": id} for id, kind in kinds.items()),
        "patient_group": {"category": "other", "volume": {2025: 100.0}},
        "costs": ({"id": "c", "title": "C", "kind": "running", "actor": "kommune", "service": "dho"},),
        "financing": {
            "sources": (
                {
                    "id": "g",
                    "source": "rhf_funds",
                    "payer": "state",
                    "receiver": "kommune",
                    "amounts": {2025: 70_000.0},
                },
            )
        },
        "services": (
            {
                "id": "dho",
                "title": "D",
                "provider": "kommune",
                "payer": "hf",
                "agreed_price": 100.0,
                "fixed": ({"id": "all", "title": "A", "amount": 300_000.0},),
            },
        ),
        "assumptions": {
            "admissions": {"value": 0.5, "unit": "admissions", "per": "person_year"},
            "fifth_fewer": {"value": 0.8, "unit": "ratio"},
            "visits": {"value": 2.0, "unit": "consultations", "per": "person_year"},
            "tenth_fewer": {"value": 0.9, "unit": "ratio"},
            "video": {"value": 1.0, "unit": "consultations", "per": "person_year"},
            "unit_cost": kroner(50_000.0),
            "cash": share(0.2),
            "staff": share(0.5),
            "put_to_use": share(0.5),
            "refill": share(0.0),
            "isf_price": kroner(40_000.0),
            "isf_share": share(0.4),
            "passed_on": share(0.3),
            "drg": {"value": 1.5, "unit": "points"},
            "drg_video": {"value": 0.02, "unit": "points"},
            "day_price": kroner(5_000.0),
            "days": {"value": 2.0, "unit": "bed_days", "per": "event"},
            "copayment": kroner(400.0),
            "copayment_video": kroner(100.0),
            "exempt": share(0.25),
            "journeys": {"value": 2.0, "unit": "journeys", "per": "event"},
            "journey": kroner(300.0),
            "paid_back": kroner(200.0),
            "fee": kroner(50.0),
            "video_cost": kroner(500.0),
            "minutes": {"value": 30.0, "unit": "minutes", "per": "event"},
            "full_time": {"value": 1_000.0, "unit": "hours"},
        },
        "benefits": (
            {
                "id": "a",
                "title": "A",
                "indicator": {**counted, "unit": "admissions"},
                "target": target,
                "realisation": {"form": "freed_capacity"},
                "valuation": {
                    "actor": "hf",
                    "expected_events": "admissions",
                    "effect": "fifth_fewer",
                    "unit_cost": "unit_cost",
                    "cash_share": "cash",
                    "staff_share": "staff",
                    "realisation_share": "put_to_use",
                    "refill_share": "refill",
                    "transfers": (
                        *({**one, "weight": "drg"} for one in ISF),
                        transfer("day_price", "kommune", "hf", "day_price", weight="days"),
                    ),
                },
            },
            {
                "id": "b",
                "title": "B",
                "indicator": {**counted, "unit": "consultations"},
                "target": target,
                "realisation": {"form": "own_budget"},
                "valuation": {
                    "actor": "hf",
                    "expected_events": "visits",
                    "effect": "tenth_fewer",
                    "hours": "minutes",
                    "hours_per_full_time_year": "full_time",
                    "realisation_share": "put_to_use",
                    "transfers": (
                        transfer("copayment", "patients", "hf", "copayment", **EXEMPT),
                        transfer("municipal_fee", "patients", "kommune", "fee"),
                    ),
                    "travel": {
                        "traveller": "patients",
                        "journeys": "journeys",
                        "cost": "journey",
                        "reimbursement": "paid_back",
                        "payer": "hf",
                    },
                },
            },
        ),
        "new_activity": (
            {
                "id": "video",
                "title": "V",
                "actor": "hf",
                "unit": "consultations",
                "per_patient_year": "video",
                "unit_cost": "video_cost",
                "hours": "minutes",
                "transfers": (
                    *({**one, "weight": "drg_video"} for one in ISF),
                    transfer("copayment", "patients", "hf", "copayment_video", **EXEMPT),
                ),
            },
        ),
    }


def net(built: Built, actor: str) -> float:
    rows = built.flows.select(actor=actor, unit="kroner", layer=("cost", "cash", "transfer"))
    return float(rows.total()[0])


def rows_of(built: Built, item: str) -> dict[str, float]:
    found = built.flows.select(item=item, unit="kroner")
    return {f"{line.row.actor}.{line.row.layer}": float(np.asarray(line.values)[0, 0]) for line in found.lines()}


def test_the_plan_breaks_no_rule_and_lacks_nothing_that_is_worked_out(year: Plan, build: Build) -> None:
    assert list(broken_rules(Project.model_validate(year))) == []
    assert [gap.code for gap in build(year).gaps] == []


def test_what_cannot_be_put_to_use_is_not_avoided(year: Plan, build: Build) -> None:
    """100 x 0.5 x (1 - 0.8) = 10 admissions of 50 000 = 500 000: half of 20 % and of 50 %, and 325 000 stays."""
    assert rows_of(build(year), "a") == pytest.approx(
        {"hf.cash": 50_000.0, "hf.capacity": 125_000.0, "hf.not_avoided": 325_000.0}
    )


@pytest.mark.parametrize(
    ("item", "ends"),
    [
        # 10 admissions x 1.5 points x 40 000 x 40 %, and of the same 30 % on to the HF.
        ("a.isf", {"state.transfer": 240_000.0, "rhf.transfer": -240_000.0}),
        ("a.isf_passed_on", {"rhf.transfer": 180_000.0, "hf.transfer": -180_000.0}),
        # 10 admissions x 2 days x 5 000.
        ("a.day_price", {"kommune.transfer": 100_000.0, "hf.transfer": -100_000.0}),
        # 100 x 2 x (1 - 0.9) = 20 visits x 400 = 8 000, a quarter of it by patients with an exemption card.
        ("b.copayment", {"patients.transfer": 6_000.0, "hf.transfer": -6_000.0}),
        ("b.copayment.exempt", {"state.transfer": 2_000.0, "hf.transfer": -2_000.0}),
        ("b.municipal_fee", {"patients.transfer": 1_000.0, "kommune.transfer": -1_000.0}),
        # 20 visits x 2 journeys x 300 is spared, x 200 is no longer paid back.
        ("b.travel.cost", {"patients.cash": 12_000.0}),
        ("b.travel.reimbursement", {"hf.transfer": 8_000.0, "patients.transfer": -8_000.0}),
        # 100 video consultations: more of them, so the other way round.
        ("new_activity.video", {"hf.cost": -50_000.0}),
        ("new_activity.video.isf", {"state.transfer": -32_000.0, "rhf.transfer": 32_000.0}),
        ("new_activity.video.isf_passed_on", {"rhf.transfer": -24_000.0, "hf.transfer": 24_000.0}),
        ("new_activity.video.copayment", {"patients.transfer": -7_500.0, "hf.transfer": 7_500.0}),
        ("new_activity.video.copayment.exempt", {"state.transfer": -2_500.0, "hf.transfer": 2_500.0}),
        # 100 patients x 12 months x 100.
        ("service.dho", {"hf.transfer": -120_000.0, "kommune.transfer": 120_000.0}),
        ("financing.g", {"state.transfer": -70_000.0, "kommune.transfer": 70_000.0}),
    ],
)
def test_each_entry_has_both_its_ends(year: Plan, build: Build, item: str, ends: dict[str, float]) -> None:
    assert rows_of(build(year), item) == pytest.approx(ends)


def test_new_activity_a_month_is_twelve_times_as_many_a_year(year: Plan, build: Build) -> None:
    """100 patients x 0.5 a month x 12 x 500."""
    year["assumptions"]["video"] = {"value": 0.5, "unit": "consultations", "per": "person_month"}
    assert rows_of(build(year), "new_activity.video") == pytest.approx({"hf.cost": -300_000.0})


def test_each_actor_is_left_with_its_own_sum_and_society_with_what_is_real(year: Plan, build: Build) -> None:
    """Thousands of kroner, by actor.

    kommune: -300 + 100 - 1 + 120 + 70 = -11. hf: 50 - 180 - 100 - 8 + 8 - 120 - 50 + 24 + 10 = -366.
    rhf: -240 + 180 + 32 - 24 = -52. state: 240 + 2 - 70 - 32 - 2.5 = 137.5. patients: 6 + 1 + 12 - 8 - 7.5 = 3.5.
    Together -288: cost -300 - 50, cash 50 + 12.
    """
    built = build(year)
    found = {actor: net(built, actor) for actor in ("kommune", "hf", "rhf", "state", "patients")}
    assert found == pytest.approx(
        {"kommune": -11_000.0, "hf": -366_000.0, "rhf": -52_000.0, "state": 137_500.0, "patients": 3_500.0}
    )
    assert sum(found.values()) == pytest.approx(-300_000.0 - 50_000.0 + 50_000.0 + 12_000.0)
    assert (built.flows.select(layer="transfer").by_year() == 0.0).all()


def test_the_financing_gap_is_what_is_paid_less_grants_and_price(year: Plan, build: Build) -> None:
    """kommune 300 000 - 70 000 - 120 000; hf 50 000 of its own and 120 000 for the service, less 20 000 set aside."""
    own = {"id": "own", "source": "own_budget", "payer": "hf", "receiver": "hf", "amounts": {2025: 20_000.0}}
    year["financing"] = {"sources": (*year["financing"]["sources"], own)}
    found = {one.actor: float(one.gap[0, 0]) for one in financing_gaps(Project.model_validate(year), build(year).flows)}
    assert found == pytest.approx({"kommune": 110_000.0, "hf": 150_000.0})


def test_freed_minutes_are_hours_and_half_of_them_full_time_years(year: Plan, build: Build, inputs_of: Any) -> None:
    """20 visits x 30 minutes = 10 hours, 5 of which can be used: 0.005 of a year of 1 000 hours."""
    project = Project.model_validate(year)
    gaps: list[Gap] = []
    pricing = Pricing(inputs=inputs_of(project), draws=Draws(n=8), price_year=2024)
    (one,) = freed_time(project, build(year).flows, pricing=pricing, gaps=gaps)
    assert one.usable is not None
    assert one.full_time_years is not None
    assert [float(part[0, 0]) for part in (one.hours, one.usable, one.full_time_years)] == pytest.approx([10, 5, 0.005])
    assert gaps == []


def test_without_the_hours_of_a_full_time_year_there_are_hours_only_and_a_gap(
    year: Plan, build: Build, inputs_of: Any
) -> None:
    del year["benefits"][1]["valuation"]["hours_per_full_time_year"]
    project = Project.model_validate(year)
    gaps: list[Gap] = []
    pricing = Pricing(inputs=inputs_of(project), draws=Draws(n=8), price_year=2024)
    (one,) = freed_time(project, build(year).flows, pricing=pricing, gaps=gaps)
    assert (one.full_time_years, [gap.code for gap in gaps]) == (None, ["no_hours_per_full_time_year"])


@pytest.mark.parametrize(
    ("key", "index", "code", "item", "rows"),
    [
        ("weight", 0, "isf_without_weight", "a.isf", 2),
        ("share", 1, "isf_without_share", "a.isf_passed_on", 0),
        ("weight", 2, "day_price_without_days", "a.day_price", 0),
    ],
)
def test_what_a_kind_needs_and_nobody_gives_is_a_gap(
    year: Plan, build: Build, key: str, index: int, code: str, item: str, rows: int
) -> None:
    """DRG points nobody has given count as one; without a share or days there is nothing to multiply."""
    valuation = year["benefits"][0]["valuation"]
    changed = list(valuation["transfers"])
    changed[index] = {name: value for name, value in changed[index].items() if name != key}
    valuation["transfers"] = tuple(changed)
    built = build(year)
    assert ([gap.code for gap in built.gaps], len(built.flows.select(item=item))) == ([code], rows)


def test_more_passed_on_than_the_state_pays_is_told_of(year: Plan, build: Build) -> None:
    """All of it is 0.4 of the unit price here, as the state pays; 1.0 would be two and a half times as much."""
    year["assumptions"]["passed_on"] = share(0.4)
    assert "isf_passed_on_above_isf" not in {gap.code for gap in build(year).gaps}
    year["assumptions"]["passed_on"] = share(1.0)
    found = {gap.parameters["name"] for gap in build(year).gaps if gap.code == "isf_passed_on_above_isf"}
    assert "a.isf_passed_on" in found


def test_parties_pay_the_provider_and_its_own_part_is_no_flow(year: Plan, build: Build) -> None:
    """120 000 a year at the agreed price: the hf carries a quarter, the rest follows patients 3 : 1 of two kommuner."""
    parties = (
        {"actor": "hf", "share": 0.25},
        {"actor": "kommune", "key": 3.0, "volume": {2025: 75.0}},
        {"actor": "rhf", "key": 1.0, "volume": {2025: 25.0}},
    )
    service = {"id": "dho", "title": "D", "provider": "kommune", "agreed_price": 100.0, "parties": parties}
    built = build({**year, "services": (service,)})
    assert rows_of(built, "service.dho.hf") == pytest.approx({"hf.transfer": -30_000, "kommune.transfer": 30_000})
    assert rows_of(built, "service.dho.rhf") == pytest.approx({"rhf.transfer": -22_500, "kommune.transfer": 22_500})
    assert rows_of(built, "service.dho.kommune") == {}
