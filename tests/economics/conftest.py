"""A small invented project whose every number is round, and how to make its inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from benefits.economics.build import Built, flows
from benefits.economics.draws import Draws
from benefits.economics.inputs import Input, inputs
from benefits.measurement.contract import Estimate
from benefits.project.model import Project
from benefits.reference import load_evidence, load_library

Plan = dict[str, Any]


def kroner(value: float, *, year: int = 2024) -> Plan:
    return {"value": value, "unit": "kroner", "price_year": year}


@pytest.fixture
def plan() -> Plan:
    """Ten patients with one admission a year each, a tenth fewer: one avoided admission a year.

    An admission costs 52 248 kr on average, 16 % of it cash and 50 % staff; the state pays 40 % of it to the RHF (ISF)
    and the RHF passes it on to the HF. The kommune pays 100 000 kr a year for the service.
    """
    return {
        "format": 1,
        "id": "isf",
        "title": {"nb": "Innsatsstyrt finansiering"},
        "go_live": date(2025, 1, 1),
        "horizon_years": 2,
        "price_year": 2024,
        "patient_group": {"category": "several_chronic_conditions", "volume": {2025: 10.0, 2026: 10.0}},
        "costs": (
            {"id": "lead", "title": "Leder", "kind": "running", "actor": "kommune", "amount": {"value": 100_000.0}},
        ),
        "assumptions": {
            "rate": {"value": 1.0, "unit": "admissions", "per": "person_year", "standing": "one_project"},
            "effect": {"value": 0.9, "unit": "ratio", "standing": "study"},
            "cost": kroner(52_248.0),
            "cash": {"value": 0.16, "unit": "share", "standing": "study"},
            "staff": {"value": 0.5, "unit": "share"},
            "isf_price": {"reference": "isf.unit_price"},
            "isf_share": {"value": 0.4, "unit": "share", "standing": "official"},
            "days": {"value": 5.0, "unit": "bed_days", "per": "event"},
            "refill": {"value": 0.0, "unit": "share"},
        },
        "benefits": (
            {
                "id": "g1",
                "title": "Færre innleggelser",
                "indicator": {"definition": "Innleggelser", "unit": "admissions", "direction": "lower_is_better"},
                "target": {"value": 0.9, "date": date(2026, 12, 31), "ramp": {2025: 1.0}},
                "realisation": {"form": "freed_capacity"},
                "valuation": {
                    "actor": "hf",
                    "expected_events": "rate",
                    "effect": "effect",
                    "unit_cost": "cost",
                    "cash_share": "cash",
                    "staff_share": "staff",
                    "bed_days": "days",
                    "refill_share": "refill",
                    "transfers": (
                        {
                            "id": "isf_state",
                            "title": "ISF",
                            "payer": "state",
                            "receiver": "rhf",
                            "amount": "isf_price",
                            "share": "isf_share",
                        },
                        {
                            "id": "isf_rhf",
                            "title": "ISF",
                            "payer": "rhf",
                            "receiver": "hf",
                            "amount": "isf_price",
                            "share": "isf_share",
                        },
                    ),
                },
            },
        ),
    }


@pytest.fixture
def valuation(plan: Plan) -> Plan:
    """The valuation inside the plan, to be changed before the plan is built."""
    found: Plan = plan["benefits"][0]["valuation"]
    return found


@pytest.fixture
def inputs_of() -> Callable[[Project], dict[str, Input]]:
    def make(project: Project) -> dict[str, Input]:
        found, _ = inputs(project, library=load_library(), evidence=load_evidence(), on=date(2024, 6, 30))
        return found

    return make


@pytest.fixture
def build(inputs_of: Callable[[Project], dict[str, Input]]) -> Callable[..., Built]:
    """Build the flows of a plan, with few draws."""

    def make(plan: Plan, *, n: int = 8, estimates: Mapping[str, Any] | None = None, **rest: Any) -> Built:
        project = Project.model_validate(plan)
        return flows(project, inputs=inputs_of(project), estimates=estimates or {}, draws=Draws(n=n), **rest)

    return make


@pytest.fixture
def estimate() -> Callable[..., Estimate]:
    """0.2 fewer admissions per person-year, standard error 0.1, over 60 person-years."""

    def make(**changes: Any) -> Estimate:
        plain: Plan = {
            "benefit": "g1",
            "indicator": "admissions",
            "method": "before_after",
            "options": {},
            "scale": "difference",
            "effect": -0.2,
            "low": -0.4,
            "high": 0.0,
            "level": 0.95,
            "se": 0.1,
            "df": 100.0,
            "n": 80,
            "exposure": 60.0,
            "observed": 0.8,
            "baseline": 1.1,
            "counterfactual": 1.0,
            "ratio": 0.8,
            "grade": "before_after",
            "checks": (),
        }
        return Estimate(**{**plain, **changes})

    return make
