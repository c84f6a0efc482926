"""The price of a patient-month."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.economics.draws import Draws
from benefits.economics.numbers import Numbers
from benefits.economics.refusals import WithoutVolume
from benefits.economics.service import ServicePrice, price, prices_at, yearly_cost
from benefits.project.model import Project

Plain = dict[str, Any]
Make = Callable[..., Plain]
Of = Callable[..., Project]


def at(project: Project, volume: float | None, numbers: Numbers, **rest: Any) -> ServicePrice:
    return price(project, project.services[0], volume=volume, numbers=numbers, **rest)


def by_the_hour(dho: Make) -> Plain:
    plain = dho()
    return {**plain, "resources": tuple({**each, "stepwise": False} for each in plain["resources"])}


def test_eighty_patients_use_one_nurse_to_the_last_hour(dho: Make, of: Of, one: Numbers) -> None:
    """Platform 96 000 / 960 = 100; licence 250; kit 3 600 / 36 = 100; nurse 800 000 / 960 = 833.33: in all 1 283.33.

    100 / 60 hours at 500 kr = 833.33, so no idle capacity.
    """
    found = at(of(dho()), 80, one)
    assert found.full[0] == pytest.approx(100 + 250 + 100 + 800_000 / 960)
    assert found.at_used_capacity[0] == pytest.approx(found.full[0])
    assert found.resources["nurse"].units[0] == 1.0
    assert found.resources["nurse"].idle_hours[0] == pytest.approx(0.0, abs=1e-9)


def test_the_eighty_first_patient_needs_another_nurse(dho: Make, of: Of, one: Numbers) -> None:
    """81 x 12 x 100 / 60 = 1 620 hours of 3 200, so 1 580 idle; 1 600 000 / 972 = 1 646.09 of nurse per patient-month.

    The hours used still cost 833.33; the rest, 812.76, is idle capacity and part of the full price.
    """
    found = at(of(dho()), 81, one)
    nurse = found.resources["nurse"]
    assert (nurse.units[0], nurse.used_hours[0], nurse.idle_hours[0]) == pytest.approx((2.0, 1_620.0, 1_580.0))
    assert found.full[0] == pytest.approx(96_000 / 972 + 250 + 100 + 1_600_000 / 972)
    assert found.at_used_capacity[0] == pytest.approx(96_000 / 972 + 250 + 100 + 100 / 60 * 500)
    idle = next(part for part in found.parts if part.kind == "idle_capacity")
    assert idle.amount[0] == pytest.approx(1_600_000 / 972 - 100 / 60 * 500)


def test_what_follows_use_is_licence_kit_and_the_time_used(dho: Make, of: Of, one: Numbers) -> None:
    """250 + 100 + 833.33 at either volume; platform and idle time are fixed."""
    for volume in (80, 81):
        found = at(of(dho()), volume, one)
        assert found.by_use[0] == pytest.approx(350 + 100 / 60 * 500)
        assert found.fixed[0] == pytest.approx(found.full[0] - found.by_use[0])


def test_one_more_patient_month_costs_licence_and_kit_until_the_next_step(dho: Make, of: Of, one: Numbers) -> None:
    """250 kr for the licence and 100 for the kit."""
    assert at(of(dho()), 80, one).marginal[0] == pytest.approx(350.0)


def test_a_resource_bought_by_the_hour_has_no_idle_capacity(dho: Make, of: Of, one: Numbers) -> None:
    found = at(of(by_the_hour(dho)), 81, one)
    assert found.full[0] == pytest.approx(96_000 / 972 + 350 + 100 / 60 * 500)
    assert found.resources["nurse"].idle_hours[0] == 0.0
    assert found.marginal[0] == pytest.approx(350 + 100 / 60 * 500)


@pytest.mark.parametrize("volume", [0, -1, float("nan"), None])
def test_no_patients_have_no_price(volume: float | None, dho: Make, of: Of, one: Numbers) -> None:
    with pytest.raises(WithoutVolume) as refused:
        at(of(dho()), volume, one)
    assert (refused.value.code, refused.value.parameters["service"]) == ("service_without_volume", "dho")


def test_the_price_is_of_the_year_of_the_largest_volume_unless_another_is_asked_for(
    dho: Make, of: Of, one: Numbers
) -> None:
    project = of(dho(volume={2026: 40.0, 2027: 80.0, 2028: 80.0}))
    assert (at(project, None, one).year, at(project, None, one).volume) == (2027, 80.0)
    assert at(project, None, one, year=2026).volume == 40.0


def test_the_yearly_cost_is_the_price_of_all_patient_months_and_the_fixed_part_without_any(
    dho: Make, of: Of, one: Numbers
) -> None:
    """1 283.33 x 960 = 96 000 + 240 000 + 96 000 + 800 000."""
    project = of(dho(volume={2026: 80.0, 2027: 0.0}))
    costs = [yearly_cost(project, project.services[0], numbers=one, year=year)[0] for year in (2026, 2027)]
    assert costs == pytest.approx([1_232_000.0, 96_000.0])


def test_uncertain_minutes_need_a_whole_nurse_in_each_draw(dho: Make, of: Of) -> None:
    uncertain = {"id": "follow", "title": "O", "resource": "nurse", "minutes": {"mean": 100.0, "se": 5.0}}
    found = at(of(dho(tasks=(uncertain,))), 80, Numbers(draws=Draws(n=400), inputs={}))
    units = found.resources["nurse"].units
    assert set(units.tolist()) == {1.0, 2.0}
    assert np.mean(units == 2.0) == pytest.approx(0.5, abs=0.01)


def test_a_service_nothing_is_said_about_costs_nothing(of: Of, one: Numbers) -> None:
    found = at(of({"id": "s", "title": "S", "provider": "k"}), 3, one)
    assert (found.full.tolist(), found.parts, found.groups) == ([0.0], (), {})


def test_a_patient_in_a_group_costs_the_time_the_group_takes(dho: Make, of: Of, one: Numbers) -> None:
    """80 patients at 80 minutes, a quarter of them 80 more: 100 on average, so one nurse to the last hour.

    Time costs 833.33 on average: 80 / 100 of it, 666.67, outside the group and 1 333.33 in it.
    """
    close = {"id": "close", "title": "Tett", "amount": 0.25, "group": True}
    task = {"id": "follow", "title": "O", "resource": "nurse", "minutes": 80.0, "extra": {"close": 80.0}}
    found = at(of(dho(drivers=(close,), tasks=(task,))), 80, one)
    assert found.full[0] == pytest.approx(450 + 800_000 / 960)
    assert found.groups["close"][0] == pytest.approx(450 + 1_600_000 / 960 * 0.8)
    assert found.groups[""][0] == pytest.approx(450 + 800_000 / 960 * 0.8)


@given(volume=st.floats(0.5, 500.0), stepwise=st.booleans())
def test_the_parts_are_the_price_and_idle_capacity_is_never_hidden(
    volume: float, stepwise: bool, dho: Make, of: Of, one: Numbers
) -> None:
    found = at(of(dho() if stepwise else by_the_hour(dho)), volume, one)
    assert sum(part.amount[0] for part in found.parts) == pytest.approx(found.full[0])
    assert all(part.amount[0] >= -1e-6 for part in found.parts)
    assert found.full[0] >= found.at_used_capacity[0] - 1e-9
    bare = (
        96_000 / (12 * volume)
        + 350
        + (np.ceil(volume / 80 - 1e-9) if stepwise else volume / 80) * 800_000 / (12 * volume)
    )
    assert found.full[0] == pytest.approx(bare)


def many(dho: Make, kroner: float = 1.0) -> Plain:
    """A service with something of every kind, its kroner times a number."""
    nurse = {"id": "nurse", "title": "N", "hours_per_year": 1_600.0, "overhead": 0.2, "pay": {
        "monthly": 50_000.0 * kroner, "holiday_pay": 0.12, "pension": 0.1, "payroll_tax": 0.141,
        "other": 9_000.0 * kroner}}  # fmt: skip
    vat = {"rate": 0.25}
    return dho(
        volume={2026: 60.0, 2027: 90.0},
        starting={2026: 60.0, 2027: 45.0},
        ending={2026: 5.0, 2027: 15.0},
        drivers=(
            {"id": "alerts", "title": "V", "amount": 4.0},
            {"id": "close", "title": "T", "amount": {"mean": 0.2, "se": 0.03}, "group": True},
        ),
        resources=(nurse, {"id": "lead", "title": "L", "cost_per_year": 90_000.0 * kroner, "patients_per_unit": 80.0}),
        tasks=(
            {"id": "follow", "title": "O", "resource": "nurse", "minutes": {"low": 40, "likely": 50, "high": 70},
             "extra": {"alerts": 5.0, "close": 60.0}},
            {"id": "visit", "title": "B", "resource": "nurse", "minutes": 90.0, "per": "start",
             "extra": {"close": 30.0}},
            {"id": "report", "title": "R", "resource": "nurse", "minutes": 6_000.0, "per": "year"},
        ),
        fixed=(
            {"id": "platform", "title": "P", "amount": 8_000.0 * kroner, "per": "month", "vat": vat},
            {"id": "support", "title": "S", "amount": 40_000.0 * kroner, "every": 50.0},
            {"id": "bought", "title": "B", "bands": ({"from_patients": 0.0, "amount": 60_000.0 * kroner},
                                                     {"from_patients": 70.0, "amount": 100_000.0 * kroner})},
        ),
        per_patient_month=({"id": "licence", "title": "L", "amount": 250.0 * kroner},),
        per_start=({"id": "out", "title": "U", "amount": 900.0 * kroner, "vat": vat},),
        per_end=({"id": "back", "title": "I", "amount": 400.0 * kroner},),
        equipment=({"id": "kit", "title": "U", "price": 3_600.0 * kroner, "lifetime_months": 36.0,
                    "lost_per_year": 0.1, "residual": 360.0 * kroner, "vat": vat},),
    )  # fmt: skip


def test_doubling_every_krone_doubles_every_part(dho: Make, of: Of) -> None:
    numbers = Numbers(draws=Draws(n=50), inputs={})
    plain, double = at(of(many(dho)), None, numbers), at(of(many(dho, 2.0)), None, numbers)
    for name in ("full", "at_used_capacity", "marginal", "by_use", "fixed"):
        assert getattr(double, name) == pytest.approx(2 * getattr(plain, name))
    for part, twice in zip(plain.parts, double.parts, strict=True):
        assert twice.key == part.key
        assert twice.amount == pytest.approx(2 * part.amount)


def test_the_groups_weighted_by_their_shares_are_the_price_in_every_draw(dho: Make, of: Of) -> None:
    numbers = Numbers(draws=Draws(n=50), inputs={})
    project = of(many(dho))
    found = at(project, None, numbers)
    close = numbers.column("service.dho.driver.close", project.services[0].drivers[1].amount, unit="share")
    assert found.groups["close"] * close + found.groups[""] * (1 - close) == pytest.approx(found.full)
    assert (found.groups["close"] > found.groups[""]).all()


def test_every_part_has_a_key_of_its_own(dho: Make, of: Of, one: Numbers) -> None:
    keys = [part.key for part in at(of(many(dho)), None, one).parts]
    assert len(set(keys)) == len(keys)
    assert {"vat.fixed.platform", "vat.start.out", "vat.equipment.kit", "step.bought", "idle_capacity.lead"} <= {*keys}


@settings(max_examples=40)
@given(volume=st.integers(1, 400))
def test_the_price_falls_towards_the_marginal_cost_between_steps(volume: int, dho: Make, of: Of, one: Numbers) -> None:
    """What is left above the marginal cost is the same kroner a year, shared by one more, until something is added."""
    project = of(many(dho))
    now, more = prices_at(project, project.services[0], numbers=one, volumes=[volume, volume + 0.5])
    if any(now.resources[id].units[0] != more.resources[id].units[0] for id in now.resources):
        return
    if volume % 50 == 0 or volume < 70 <= volume + 0.5:
        return
    assert now.full[0] > more.full[0] >= more.marginal[0] - 1e-9
    assert now.marginal[0] == pytest.approx(more.marginal[0])
    assert (now.full - now.marginal)[0] * volume == pytest.approx((more.full - more.marginal)[0] * (volume + 0.5))


def test_a_service_that_has_nothing_to_do_with_it_changes_nothing(dho: Make, of: Of) -> None:
    numbers = Numbers(draws=Draws(n=20), inputs={})
    alone = at(of(many(dho)), None, numbers)
    beside = at(of(many(dho), {**dho(volume={2027: 500.0}), "id": "other"}), None, numbers)
    assert alone.full.tolist() == beside.full.tolist()
    assert [part.amount.tolist() for part in alone.parts] == [part.amount.tolist() for part in beside.parts]
