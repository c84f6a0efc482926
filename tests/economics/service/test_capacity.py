"""Whole units, hours used and idle, and what several services share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.economics.draws import Draws
from benefits.economics.numbers import Numbers
from benefits.economics.service import ResourceUse, price
from benefits.project.model import Project
from benefits.reference.distributions import UnusableDistribution

Plain = dict[str, Any]
Of = Callable[..., Project]

NURSE = {"id": "nurse", "title": "N", "cost_per_year": 800_000.0, "hours_per_year": 1_600.0}


def service(id: str, volume: float, *, minutes: float | None = 100.0, **changes: Any) -> Plain:
    task = {"id": "follow", "title": "F", "resource": "nurse", "minutes": minutes}
    tasks = () if minutes is None else (task,)
    return {"id": id, "title": "S", "provider": "k", "volume": {2026: volume}, "tasks": tasks, **changes}


def use(project: Project, index: int, one: Numbers, **rest: Any) -> ResourceUse:
    return price(project, project.services[index], numbers=one, year=2026, **rest).resources["nurse"]


def test_two_services_share_a_nurse_by_the_hours_each_uses(of: Of, one: Numbers) -> None:
    """30 and 10 patients at 100 minutes: 600 and 200 hours of 1 600, so one nurse, half of her idle.

    Used at 500 kr an hour: 300 000 and 100 000. The idle 400 000 goes 3 : 1, so they pay 600 000 and 200 000 in all.
    """
    project = of(service("a", 30.0), service("b", 10.0), shared_resources=(NURSE,))
    first, second = use(project, 0, one), use(project, 1, one)
    assert first.shared
    assert (first.units[0], second.units[0]) == (1.0, 1.0)
    assert (first.used_cost[0], first.idle_cost[0]) == pytest.approx((300_000.0, 300_000.0))
    assert (second.used_cost[0], second.idle_cost[0]) == pytest.approx((100_000.0, 100_000.0))
    assert (first.used_hours[0], first.idle_hours[0]) == pytest.approx((600.0, 600.0))


def test_a_shared_nurse_is_bought_for_the_need_of_all(of: Of, one: Numbers) -> None:
    """50 and 40 patients: 1 000 + 800 hours need two nurses, where one each for itself would need one."""
    project = of(service("a", 50.0), service("b", 40.0), shared_resources=(NURSE,))
    assert use(project, 0, one).units[0] == 2.0
    alone = of(service("a", 50.0), service("b", 0.0), shared_resources=(NURSE,))
    assert use(alone, 0, one).units[0] == 1.0


@settings(max_examples=40)
@given(
    volumes=st.lists(st.floats(0.0, 300.0), min_size=2, max_size=4).filter(lambda found: found[0] > 0.1),
    per_unit=st.none() | st.floats(10.0, 200.0),
    stepwise=st.booleans(),
)
def test_together_they_pay_for_every_unit(
    volumes: list[float], per_unit: float | None, stepwise: bool, of: Of, one: Numbers
) -> None:
    nurse = {**NURSE, "patients_per_unit": per_unit, "stepwise": stepwise}
    project = of(*(service(f"s{at}", volume) for at, volume in enumerate(volumes)), shared_resources=(nurse,))
    uses = [use(project, at, one) for at, volume in enumerate(volumes) if volume > 0]
    paid = sum(float(each.used_cost[0] + each.idle_cost[0]) for each in uses)
    assert paid == pytest.approx(float(uses[0].units[0]) * 800_000)
    assert all(each.idle_cost[0] >= -1e-6 for each in uses)


@pytest.mark.parametrize(
    ("volume", "minutes", "per_unit", "units", "idle_hours"),
    [
        pytest.param(81, None, 80.0, 2.0, 0.0, id="patients alone: 81 / 80 begins a second"),
        pytest.param(60, 100.0, 80.0, 1.0, 400.0, id="60 x 20 = 1 200 of 1 600 hours"),
        pytest.param(60, 100.0, 50.0, 2.0, 2_000.0, id="60 / 50 asks for more than the minutes do"),
        pytest.param(90, 100.0, 200.0, 2.0, 1_400.0, id="1 800 hours ask for more than 90 / 200 does"),
    ],
)
def test_with_patients_per_unit_the_larger_need_counts(
    volume: float, minutes: float | None, per_unit: float, units: float, idle_hours: float, of: Of, one: Numbers
) -> None:
    nurse = {**NURSE, "patients_per_unit": per_unit}
    if minutes is None:
        del nurse["hours_per_year"]
    found = use(of(service("a", volume, minutes=minutes, resources=(nurse,))), 0, one)
    assert (found.units[0], found.idle_hours[0]) == pytest.approx((units, idle_hours))


def test_a_resource_that_follows_patients_alone_is_idle_as_far_as_patients_are_lacking(of: Of, one: Numbers) -> None:
    """60 of 80 patients: three quarters of 800 000 used, the rest idle."""
    lead = {"id": "nurse", "title": "L", "cost_per_year": 800_000.0, "patients_per_unit": 80.0}
    found = use(of(service("a", 60.0, minutes=None, resources=(lead,))), 0, one)
    assert (found.used_cost[0], found.idle_cost[0]) == pytest.approx((600_000.0, 200_000.0))


def test_one_more_patient_takes_his_part_of_a_resource_that_is_bought_by_use(of: Of, one: Numbers) -> None:
    """100 minutes of 1 600 hours are 833.33 a patient-month; with 50 patients a unit they are 800 000 / 600 = 1 333.33.

    Of those 833.33 are used, and the rest is idle capacity that comes with each patient.
    """
    nurse = {**NURSE, "stepwise": False}
    for per_unit, marginal in ((None, 800_000 / 960), (100.0, 800_000 / 960), (50.0, 800_000 / 600)):
        project = of(service("a", 30.0, resources=({**nurse, "patients_per_unit": per_unit},)))
        found = price(project, project.services[0], numbers=one)
        assert (found.marginal[0], found.full[0]) == pytest.approx((marginal, marginal))


def test_a_unit_used_to_the_last_minute_does_not_become_two_by_rounding(of: Of, one: Numbers) -> None:
    """13 patients at 16.1 minutes are 41.86 hours, which binary numbers end a hair above."""
    task = {"id": "follow", "title": "F", "resource": "nurse", "minutes": 16.1}
    nurse = {**NURSE, "hours_per_year": 41.86}
    assert use(of(service("a", 13.0, tasks=(task,), resources=(nurse,))), 0, one).units[0] == 1.0


def test_time_that_goes_with_the_year_does_not_follow_patients(of: Of, one: Numbers) -> None:
    """200 hours a year and 20 hours a patient: 1 000 hours at 40 patients, of which 800 follow them, at 500 kr."""
    tasks = (
        {"id": "follow", "title": "F", "resource": "nurse", "minutes": 100.0},
        {"id": "report", "title": "R", "resource": "nurse", "minutes": 12_000.0, "per": "year"},
    )
    project = of(service("a", 40.0, tasks=tasks, resources=(NURSE,)))
    found = use(project, 0, one)
    assert (found.used_cost[0], found.by_use[0]) == pytest.approx((500_000.0, 400_000.0))
    assert price(project, project.services[0], numbers=one).fixed[0] == pytest.approx(400_000 / 480)


def test_a_resource_no_task_uses_costs_nothing(of: Of, one: Numbers) -> None:
    found = use(of(service("a", 40.0, minutes=None, resources=(NURSE,))), 0, one)
    assert (found.units[0], found.used_cost[0], found.idle_cost[0]) == (0.0, 0.0, 0.0)


def test_a_published_example_of_used_and_unused_capacity(of: Of, one: Numbers) -> None:
    """Kaplan and Anderson: $560 000 over 700 000 minutes is $0.80 a minute.

    9 800 orders of 40 minutes, 280 complaints of 220 and 500 credit checks of 250 take 578 600 minutes, 83 % of the
    capacity, and cost $462 880; $97 120 is unused. Their quarter stands for our year, as one patient.

    Kaplan RS, Anderson SR. Time-Driven Activity-Based Costing (manuscript), as read at
    https://www.yumpu.com/en/document/view/47674301/time-driven-activity-based-costing/8
    """
    counted = {"orders": (9_800, 40.0), "complaints": (280, 220.0), "checks": (500, 250.0)}
    tasks = {
        "id": "serve",
        "title": "S",
        "resource": "nurse",
        "minutes": 0.0,
        "extra": {name: minutes for name, (_, minutes) in counted.items()},
    }
    drivers = tuple({"id": name, "title": name, "amount": number / 12} for name, (number, _) in counted.items())
    department = {"id": "nurse", "title": "D", "cost_per_year": 560_000.0, "hours_per_year": 700_000 / 60}
    project = of(service("a", 1.0, tasks=(tasks,), drivers=drivers, resources=(department,)))
    found = use(project, 0, one)
    assert found.used_hours[0] * 60 == pytest.approx(578_600)
    assert found.used_cost[0] == pytest.approx(462_880)
    assert found.idle_cost[0] == pytest.approx(97_120)
    assert found.used_cost[0] / 560_000 == pytest.approx(0.83, abs=0.005)


def test_shared_draws_are_the_same_for_every_service(of: Of) -> None:
    """The cost of a shared nurse is one uncertain number, not one for each who uses her."""
    numbers = Numbers(draws=Draws(n=30), inputs={})
    nurse = {**NURSE, "cost_per_year": {"low": 700_000, "likely": 800_000, "high": 950_000}}
    project = of(service("a", 30.0), service("b", 10.0), shared_resources=(nurse,))
    first, second = use(project, 0, numbers), use(project, 1, numbers)
    assert first.used_cost == pytest.approx(3 * second.used_cost)


def test_patients_per_unit_that_may_be_none_have_no_price(of: Of) -> None:
    """60 with a standard error of 40 is below zero in one draw of fifteen: no cost there, and no end near zero."""
    nurse = {"id": "nurse", "title": "N", "cost_per_year": 800_000.0, "patients_per_unit": {"mean": 60.0, "se": 40.0}}
    project = of(service("a", 30.0, minutes=None, resources=(nurse,)))
    with pytest.raises(UnusableDistribution):
        use(project, 0, Numbers(draws=Draws(n=100), inputs={}, price_year=2025))
