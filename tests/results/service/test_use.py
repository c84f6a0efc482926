"""What a service took and cost, beside its plan: planned, actual and difference, and never kroner of two years."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.economics import Draws
from benefits.economics.numbers import Numbers
from benefits.measurement.intervals import poisson_interval
from benefits.project.model import Project
from benefits.results import Values
from benefits.results.service.ledger_values import add_ledger_values
from benefits.results.service.use import UsedTime, add_service_use

SERVICE: dict[str, Any] = {
    "id": "dho",
    "title": "Service",
    "provider": "vik",
    # 1 200 000 a year for 1 600 hours: 12.50 a minute. 40 minutes are 500 kroner a patient-month.
    "resources": (
        {"id": "nurse", "title": "N", "cost_per_year": 1_200_000, "hours_per_year": 1600, "stepwise": False},
    ),
    "tasks": (
        {"id": "calls", "title": "C", "resource": "nurse", "minutes": 30},
        {"id": "alerts", "title": "A", "resource": "nurse", "minutes": 10},
    ),
    # 120 000 a year over 12 x 20 patient-months are 500 kroner each, over 12 x 10 they are 1000.
    "fixed": ({"id": "lease", "title": "L", "amount": 120_000},),
    "agreed_price": 1100,
}
YEAR = {"date": date(2025, 12, 31), "active": 12, "patient_months": 120, "minutes": 6000, "cost": 192_000}


def used(*rows: dict[str, Any], **keys: Any) -> tuple[Values, tuple[UsedTime, ...]]:
    plan = {
        "format": 1,
        "id": "p",
        "title": "P",
        "actors": ({"id": "vik", "kind": "kommune", "name": "Vik"},),
        "go_live": date(2025, 1, 1),
        "price_year": 2025,
        "patient_group": {"category": "other", "volume": {2025: 20, 2026: 30}},
        "services": (SERVICE,),
        "ledger": rows,
        **keys,
    }
    project, values = Project.model_validate(plan), Values()
    add_ledger_values(project, values)
    numbers = Numbers(draws=Draws(n=50), inputs={}, price_year=project.price_year)
    return values, add_service_use(project, numbers, values)


def numbers(values: Values, prefix: str, *names: str) -> list[float | None]:
    return [values[f"service_use.{prefix}.{name}"].value for name in names]


def test_what_was_used_stands_beside_what_was_planned() -> None:
    """120 patient-months are ten patients; 6000 minutes 50 each; 192 000 kroner 1600 each.

    The plan has twenty patients, 40 minutes and 500 + 500 kroner; with ten patients 500 + 1000.
    """
    values, (year,) = used(YEAR)
    assert (year.id, year.start, year.end, year.year, year.estimated) == (
        "2025",
        date(2025, 1, 1),
        date(2025, 12, 31),
        2025,
        False,
    )
    assert numbers(values, "2025", "mean_active", "minutes.rate", "cost.rate", "hours") == [10, 50, 1600, 100]
    planned = numbers(values, "2025", *(f"planned.{name}" for name in ("patients", "minutes", "price", "agreed")))
    assert planned == pytest.approx([20, 40, 1000, 1100])
    assert values["service_use.2025.planned.price_at_actual"].value == pytest.approx(1500)
    differences = ("patient_months", "minutes", "price", "price_at_actual")
    found = numbers(values, "2025", *(f"difference.{name}" for name in differences))
    assert found == pytest.approx([120 - 240, 10, 600, 100])


def test_kroner_of_another_year_than_the_plans_are_not_subtracted() -> None:
    values, _ = used(YEAR, price_year=2024)
    assert values["service_use.2025.cost.rate"].price_year == 2025
    assert values["service_use.2025.planned.price"].price_year == 2024
    assert not {id for id in values if id.startswith("service_use.2025.difference.price")}


def test_kroner_paid_over_two_years_are_not_subtracted_and_the_plan_is_weighted_by_months() -> None:
    """Six months of 20 planned and three of 30: 210 over nine."""
    row = {"date": date(2026, 3, 31), "patient_months": 120, "cost": 1000}
    values, (_, late) = used({"date": date(2025, 6, 30), "patient_months": 60}, row)
    assert (late.id, late.year) == ("2025-2026", None)
    assert values["service_use.2025-2026.planned.patients"].value == pytest.approx(210 / 9)
    assert not {id for id in values if id.startswith("service_use.2025-2026.difference.price")}


def test_a_difference_is_as_uncertain_as_the_plan() -> None:
    task = {"id": "calls", "title": "C", "resource": "nurse", "minutes": {"low": 20, "likely": 40, "high": 60}}
    values, _ = used(YEAR, services=({**SERVICE, "tasks": (task,)},))
    planned, difference = values["service_use.2025.planned.minutes"], values["service_use.2025.difference.minutes"]
    assert planned.low is not None
    assert planned.high is not None
    assert (difference.low, difference.high) == (50 - planned.high, 50 - planned.low)


def test_rows_of_two_services_are_held_against_neither() -> None:
    values, _ = used(YEAR, services=(SERVICE, {**SERVICE, "id": "second"}))
    assert numbers(values, "2025", "cost.rate", "planned.patients") == [1600, 20]
    assert not {id for id in values if id.endswith((".planned.price", ".planned.minutes"))}


def test_a_plan_without_volume_in_a_year_has_no_planned_patients_in_it() -> None:
    values, _ = used(YEAR, patient_group={"category": "other", "volume": {2026: 30}})
    assert "service_use.2025.planned.patients" not in values
    assert "service_use.2025.planned.price" not in values
    assert values["service_use.2025.planned.price_at_actual"].value == pytest.approx(1500)


def test_the_price_at_an_actual_number_of_few_patients_is_hidden_with_it() -> None:
    values, _ = used({**YEAR, "active": 3, "patient_months": 36})
    names = ("patient_months", "mean_active", "minutes.rate", "cost.rate", "planned.price_at_actual")
    assert all(values[f"service_use.2025.{name}"].suppressed for name in names)
    assert not {id for id in values if ".difference." in id and "minutes" not in id}
    assert values["service_use.2025.planned.price"].value is not None


def test_a_year_is_hidden_when_a_part_of_it_is() -> None:
    """All of the year less its second half would tell of the first."""
    first = {"date": date(2025, 6, 30), "active": 3, "patient_months": 18}
    second = {"date": date(2025, 12, 31), "active": 20, "patient_months": 120}
    values, _ = used(first, second)
    assert values["service_use.2025.patient_months"].suppressed


def test_drop_out_is_told_per_patient_year_over_all_patient_months() -> None:
    """Ten over 120 + 240 patient-months, which are thirty years."""
    last = {"date": date(2026, 12, 31), "started": 60, "fell_out": 10, "patient_months": 240}
    values, _ = used({**YEAR, "fell_out": 5}, last)
    rate = values["service_use.drop_out.rate"]
    low, high = poisson_interval(10)
    assert (rate.value, rate.low, rate.high) == pytest.approx((10 / 30, low / 30, high / 30))


def test_drop_out_per_year_is_hidden_with_the_count() -> None:
    values, _ = used({**YEAR, "started": 30, "fell_out": 2})
    assert values["service_use.drop_out.rate"].suppressed


def test_a_service_that_is_not_counted_has_used_nothing() -> None:
    values, times = used()
    assert (len(values), times) == (0, ())
