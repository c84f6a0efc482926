"""Where one more is needed of what comes in steps, and which volumes are priced."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.economics.draws import Draws
from benefits.economics.numbers import Numbers
from benefits.economics.refusals import WithoutVolume
from benefits.economics.service import next_steps, price, volumes_around
from benefits.project.model import Project

Plain = dict[str, Any]
Of = Callable[..., Project]


def steps(project: Project, numbers: Numbers, **rest: Any) -> list[tuple[str, str, str, int]]:
    found = next_steps(project, project.services[0], numbers=numbers, **rest)
    return [(step.kind, step.id, step.service, step.volume) for step in found]


def nurse(**changes: Any) -> Plain:
    return {"id": "nurse", "title": "N", "cost_per_year": 800_000.0, "hours_per_year": 1_600.0, **changes}


def service(id: str = "dho", **changes: Any) -> Plain:
    task = {"id": "follow", "title": "F", "resource": "nurse", "minutes": 100.0}
    return {"id": id, "title": "S", "provider": "k", "tasks": (task,), "resources": (nurse(),), **changes}


@pytest.mark.parametrize(("volume", "step"), [(0.4, 81), (70, 81), (80, 81), (80.5, 161), (81, 161), (160, 161)])
def test_a_nurse_has_her_next_step_where_her_hours_are_full(volume: float, step: int, of: Of, one: Numbers) -> None:
    """1 600 hours are 96 000 minutes: 80 patients at 12 x 100."""
    assert steps(of(service()), one, volume=volume) == [("resource", "nurse", "dho", step)]


def test_everything_that_comes_in_steps_has_its_own_the_nearest_first(of: Of, one: Numbers) -> None:
    """From 70: a lead for each 75 (76), a nurse for each 80 (81), support for each 25 (76), a band at 200."""
    lead = {"id": "lead", "title": "L", "cost_per_year": 1.0, "patients_per_unit": 75.0}
    bands = ({"from_patients": 0.0, "amount": 1.0}, {"from_patients": 199.5, "amount": 2.0})
    fixed = (
        {"id": "support", "title": "S", "amount": 1.0, "every": 25.0},
        {"id": "licence", "title": "L", "bands": bands},
        {"id": "platform", "title": "P", "amount": 1.0},
    )
    found = steps(of(service(resources=(nurse(), lead), fixed=fixed)), one, volume=70)
    assert found == [
        ("resource", "lead", "dho", 76),
        ("step", "support", "dho", 76),
        ("resource", "nurse", "dho", 81),
        ("band", "licence", "dho", 200),
    ]
    assert [found[:2] for found in steps(of(service(fixed=fixed[1:2])), one, volume=250)] == [("resource", "nurse")]


def test_what_is_bought_by_use_or_used_by_nobody_has_no_step(of: Of, one: Numbers) -> None:
    assert steps(of(service(resources=(nurse(stepwise=False),))), one, volume=70) == []
    assert steps(of(service(tasks=())), one, volume=70) == []


def test_a_shared_nurse_has_her_step_at_the_patients_the_others_leave(of: Of, one: Numbers) -> None:
    """The other service takes 30 of the 80 patients a nurse can follow: 50 are left."""
    mine, other = service(resources=(), volume={2026: 20.0}), service("other", resources=(), volume={2026: 30.0})
    assert steps(of(mine, other, shared_resources=(nurse(),)), one) == [("shared_resource", "nurse", "", 51)]


def test_a_service_that_is_used_has_its_step_in_the_one_that_uses_it(of: Of, one: Numbers) -> None:
    """Half a patient-month of a centre of 80 patients, 20 of them its own: 60 are 120 here."""
    uses = ({"service": "centre", "amount": 0.5},)
    mine = {"id": "dho", "title": "S", "provider": "k", "volume": {2026: 40.0}, "uses": uses}
    assert steps(of(mine, service("centre", volume={2026: 20.0})), one) == [("resource", "nurse", "centre", 121)]


def test_the_step_of_a_large_service_is_exact(of: Of, one: Numbers) -> None:
    """A minute a month of a nurse is 8 000 patients each: from 1 000 000 (125 of them) the next is at 1 000 001."""
    task = {"id": "follow", "title": "F", "resource": "nurse", "minutes": 1.0}
    project = of(service(tasks=(task,)))
    assert steps(project, one, volume=1_000_000) == [("resource", "nurse", "dho", 1_000_001)]
    assert steps(project, one, volume=1_000_001) == [("resource", "nurse", "dho", 1_008_001)]


def test_uncertain_minutes_are_taken_at_their_mean(of: Of) -> None:
    task = {"id": "follow", "title": "F", "resource": "nurse", "minutes": {"low": 80, "likely": 90, "high": 130}}
    assert steps(of(service(tasks=(task,))), Numbers(draws=Draws(n=7), inputs={}), volume=9)[0][-1] == 81


def test_without_patients_there_is_no_next_step(of: Of, one: Numbers) -> None:
    with pytest.raises(WithoutVolume):
        steps(of(service()), one)


@settings(max_examples=40)
@given(volume=st.integers(1, 400), minutes=st.floats(1.0, 300.0), per_unit=st.none() | st.floats(5.0, 120.0))
def test_the_next_step_is_where_the_price_jumps(
    volume: int, minutes: float, per_unit: float | None, of: Of, one: Numbers
) -> None:
    task = {"id": "follow", "title": "F", "resource": "nurse", "minutes": minutes}
    project = of(service(tasks=(task,), resources=(nurse(patients_per_unit=per_unit),)))
    ((_, _, _, step),) = steps(project, one, volume=volume)
    units = [
        float(price(project, project.services[0], volume=at, numbers=one).resources["nurse"].units[0])
        for at in (volume, step - 1, step)
    ]
    assert step > volume
    assert units[0] == units[1] < units[2]


def test_the_volumes_are_round_and_hold_the_planned_one_and_both_sides_of_a_step() -> None:
    assert volumes_around(1_204) == (300.0, 600.0, 900.0, 1_204.0, 1_500.0, 1_800.0, 2_400.0)
    assert volumes_around(12.5, steps=[14]) == (3.0, 6.0, 9.0, 12.5, 13.0, 14.0, 16.0, 19.0, 25.0)


def test_a_step_beside_an_enormous_volume_is_not_tried_twice() -> None:
    volumes = volumes_around(1e12, steps=[10**12 + 1])
    assert len({f"{volume:.12g}" for volume in volumes}) == len(volumes)


@given(st.floats(1.0, 100_000.0))
def test_volumes_are_in_order_above_zero_and_on_both_sides_of_the_planned(planned: float) -> None:
    volumes = volumes_around(planned)
    assert all(low < high for low, high in pairwise(volumes))
    assert volumes[0] > 0
    assert planned in volumes
    assert max(volumes) > planned
    assert len(volumes) <= 7
