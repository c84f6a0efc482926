"""The price at other volumes: which are tried, where the steps are, and what a minute and a task cost."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.draws import Draws
from benefits.economics.price_by_volume import cost_of_task, cost_per_minute, prices_at, volumes_around
from benefits.economics.refusals import WithoutVolume
from benefits.economics.service_price import next_steps
from benefits.project.service import Service

ONE = Draws(n=1)


def service(**changes: Any) -> Service:
    """A nurse of 800 000 kr and 1 600 hours for 80 patients at 100 minutes, and a doctor of 1 200 000 kr, 5 minutes.

    A doctor of 1 600 hours has 96 000 minutes a year: 96 000 / (12 x 5) = 1 600 patients.
    """
    plain: dict[str, Any] = {
        "id": "dho",
        "title": "DHO",
        "provider": "kommune",
        "resources": (
            {"id": "nurse", "title": "N", "cost_per_year": 800_000.0, "hours_per_year": 1_600.0},
            {"id": "doctor", "title": "D", "cost_per_year": 1_200_000.0, "hours_per_year": 1_600.0},
        ),
        "tasks": (
            {"id": "follow", "title": "F", "resource": "nurse", "minutes": 100.0},
            {"id": "ask", "title": "A", "resource": "doctor", "minutes": 5.0},
        ),
    }
    return Service.model_validate({**plain, **changes})


def test_a_minute_costs_the_year_over_its_practical_minutes() -> None:
    """800 000 / (1 600 x 60) = 8.3333 and 1 200 000 / 96 000 = 12.5; the tasks cost 833.33 and 62.50."""
    dho = service()
    nurse, doctor = dho.resources
    follow, ask = dho.tasks
    assert cost_per_minute(dho, nurse, draws=ONE)[0] == pytest.approx(8.33333, abs=1e-5)
    assert cost_per_minute(dho, doctor, draws=ONE)[0] == 12.5
    assert cost_of_task(dho, follow, draws=ONE)[0] == pytest.approx(833.3333, abs=1e-4)
    assert cost_of_task(dho, ask, draws=ONE)[0] == 62.5


def test_the_tasks_are_the_used_capacity_in_the_price() -> None:
    """The same draws: task by task or resource by resource, the time used costs the same in every draw."""
    uncertain = {"id": "follow", "title": "F", "resource": "nurse", "minutes": {"low": 60, "likely": 75, "high": 95}}
    dho, draws = service(tasks=(uncertain,)), Draws(n=50)
    (found,) = prices_at(dho, volumes=[90], draws=draws)
    used = sum(part.amount for part in found.parts if part.kind == "used_capacity")
    assert cost_of_task(dho, dho.tasks[0], draws=draws).tolist() == pytest.approx(list(used))  # type: ignore[arg-type]


def test_a_task_without_its_resource_has_no_cost() -> None:
    dho = service()
    with pytest.raises(ValueError, match="no resource"):
        cost_of_task(dho.model_copy(update={"resources": ()}), dho.tasks[0], draws=ONE)


def test_each_resource_has_its_own_step() -> None:
    assert next_steps(service(), volume=70, draws=ONE) == {"nurse": 81, "doctor": 1_601}
    assert next_steps(service(), volume=81, draws=ONE) == {"nurse": 161, "doctor": 1_601}
    by_the_hour = tuple(one.model_copy(update={"stepwise": False}) for one in service().resources)
    assert next_steps(service(resources=by_the_hour), volume=70, draws=ONE) == {}


def test_the_volumes_are_round_and_hold_the_planned_one_and_both_sides_of_a_step() -> None:
    assert volumes_around(1_204) == (300.0, 600.0, 900.0, 1_204.0, 1_500.0, 1_800.0, 2_400.0)
    assert volumes_around(12.5, steps=[14]) == (3.0, 6.0, 9.0, 12.5, 13.0, 14.0, 16.0, 19.0, 25.0)


@given(st.floats(1.0, 100_000.0))
def test_volumes_are_in_order_above_zero_and_on_both_sides_of_the_planned(planned: float) -> None:
    volumes = volumes_around(planned)
    assert all(low < high for low, high in pairwise(volumes))
    assert volumes[0] > 0
    assert planned in volumes
    assert max(volumes) > planned
    assert len(volumes) <= 7


@given(st.integers(2, 300))
def test_the_yearly_cost_grows_with_the_volume_and_jumps_at_the_step(planned: int) -> None:
    steps = next_steps(service(), volume=planned, draws=ONE)
    found = prices_at(service(), volumes=volumes_around(planned, steps=[steps["nurse"]]), draws=ONE)
    yearly = {one.volume: float(one.full[0]) * 12 * one.volume for one in found}
    assert all(low <= high + 1e-6 for low, high in pairwise(yearly.values()))
    assert yearly[steps["nurse"]] - yearly[steps["nurse"] - 1] == pytest.approx(800_000.0)


def test_no_patients_have_no_price() -> None:
    with pytest.raises(WithoutVolume):
        prices_at(service(), volumes=[0.0], draws=ONE)
