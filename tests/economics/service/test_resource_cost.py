"""What a unit of a resource costs, and a minute of it."""

from __future__ import annotations

from typing import Any

import pytest

from benefits.economics.draws import Draws
from benefits.economics.numbers import Numbers
from benefits.economics.service import cost_of_unit, cost_per_minute
from benefits.project.service import Resource


def resource(**changes: Any) -> Resource:
    return Resource.model_validate({"id": "nurse", "title": "N", **changes})


PAY = {"monthly": 50_000.0, "holiday_pay": 0.12, "pension": 0.13, "payroll_tax": 0.141, "other": 4_250.0}


def test_a_year_is_built_up_from_a_months_pay(one: Numbers) -> None:
    """12 x 50 000 = 600 000; holiday pay 72 000; pension 78 000; payroll tax 0.141 x 750 000 = 105 750; other 4 250.

    In all 860 000, and a quarter on top: 1 075 000.
    """
    unit = cost_of_unit(resource(pay=PAY, overhead=0.25, hours_per_year=1_720.0), numbers=one, prefix="service.s")
    amounts = {part.kind: float(part.amount[0]) for part in unit.pay}
    assert amounts == pytest.approx(
        {"monthly": 600_000, "holiday_pay": 72_000, "pension": 78_000, "payroll_tax": 105_750, "other": 4_250}
    )
    assert unit.stated is None
    assert (unit.overhead[0], unit.total[0]) == pytest.approx((215_000, 1_075_000))


def test_a_stated_year_has_no_pay_to_show(one: Numbers) -> None:
    unit = cost_of_unit(resource(cost_per_year=900_000.0, overhead=0.1), numbers=one, prefix="service.s")
    assert unit.pay == ()
    assert unit.stated is not None
    assert (unit.stated[0], unit.total[0]) == pytest.approx((900_000, 990_000))


def test_nothing_else_is_not_a_part_of_pay(one: Numbers) -> None:
    unit = cost_of_unit(resource(pay={**PAY, "other": 0.0}), numbers=one, prefix="service.s")
    assert [part.kind for part in unit.pay] == ["monthly", "holiday_pay", "pension", "payroll_tax"]


def test_practical_capacity_is_paid_hours_less_those_that_do_not_reach_patients(one: Numbers) -> None:
    """1 950 less 190, 110 and 250 is 1 400 hours; 840 000 over 84 000 minutes is 10 kr."""
    less = tuple({"title": "T", "hours": hours} for hours in (190.0, 110.0, 250.0))
    nurse = resource(cost_per_year=840_000.0, capacity={"paid_hours": 1_950.0, "less": less})
    minute = cost_per_minute(nurse, numbers=one, prefix="service.s")
    assert minute is not None
    assert (nurse.hours, minute[0]) == (1_400.0, 10.0)


def test_a_resource_counted_in_patients_has_no_cost_per_minute(one: Numbers) -> None:
    lead = resource(cost_per_year=840_000.0, patients_per_unit=80.0)
    assert cost_per_minute(lead, numbers=one, prefix="service.s") is None


def test_uncertain_pay_carries_through_to_every_part() -> None:
    numbers = Numbers(draws=Draws(n=20), inputs={})
    pay = {**PAY, "monthly": {"low": 45_000, "likely": 50_000, "high": 56_000}, "other": 0.0}
    unit = cost_of_unit(resource(pay=pay), numbers=numbers, prefix="service.s")
    monthly, *_, tax = (part.amount for part in unit.pay)
    assert tax == pytest.approx(monthly * 1.25 * 0.141)
    assert unit.total == pytest.approx(monthly * 1.25 * 1.141)
