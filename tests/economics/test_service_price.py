"""The price of a patient-month."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.draws import Draws
from benefits.economics.refusals import WithoutVolume
from benefits.economics.service_price import ServicePrice, price, yearly_cost
from benefits.project.service import Service

ONE = Draws(n=1)


def service(*, stepwise: bool = True, **changes: Any) -> Service:
    """One nurse of 800 000 kr and 1 600 practical hours follows 80 patients at 100 minutes a month.

    80 x 12 x 100 / 60 = 1 600 hours. A platform of 96 000 kr a year, a licence of 250 kr a month, and equipment of
    3 600 kr that lasts 36 months.
    """
    plain = {
        "id": "dho",
        "title": "DHO",
        "provider": "kommune",
        "resources": (
            {
                "id": "nurse",
                "title": "Sykepleier",
                "cost_per_year": {"value": 800_000.0},
                "hours_per_year": 1_600.0,
                "stepwise": stepwise,
            },
        ),
        "tasks": (
            {"id": "follow", "title": "Oppfølging", "resource": "nurse", "minutes": {"value": 75.0}},
            {"id": "record", "title": "Journal", "resource": "nurse", "minutes": {"value": 25.0}},
        ),
        "fixed": ({"id": "platform", "title": "Plattform", "amount": {"value": 96_000.0}},),
        "per_patient_month": ({"id": "licence", "title": "Lisens", "amount": {"value": 250.0}},),
        "equipment": ({"id": "kit", "title": "Utstyr", "price": {"value": 3_600.0}, "lifetime_months": 36.0},),
    }
    return Service.model_validate({**plain, **changes})


def at(volume: float, **changes: Any) -> ServicePrice:
    return price(service(**changes), volume=volume, draws=ONE)


def test_eighty_patients_use_one_nurse_to_the_last_hour() -> None:
    """Platform 96 000 / 960 = 100; licence 250; kit 3 600 / 36 = 100; nurse 800 000 / 960 = 833.33: in all 1 283.33.

    100 / 60 hours at 500 kr = 833.33, so no idle capacity.
    """
    found = at(80)
    assert found.full[0] == pytest.approx(100 + 250 + 100 + 800_000 / 960)
    assert found.at_used_capacity[0] == pytest.approx(found.full[0])
    assert found.resources["nurse"].units[0] == 1.0
    assert found.resources["nurse"].idle_hours[0] == pytest.approx(0.0, abs=1e-9)
    assert found.next_step_volume == 81


def test_the_eighty_first_patient_needs_another_nurse() -> None:
    """81 x 12 x 100 / 60 = 1 620 hours of 3 200, so 1 580 idle; 1 600 000 / 972 = 1 646.09 of nurse per patient-month.

    The hours used still cost 833.33; the rest, 812.76, is idle capacity and part of the full price.
    """
    found = at(81)
    nurse = found.resources["nurse"]
    assert (nurse.units[0], nurse.used_hours[0], nurse.idle_hours[0]) == pytest.approx((2.0, 1_620.0, 1_580.0))
    assert found.full[0] == pytest.approx(96_000 / 972 + 250 + 100 + 1_600_000 / 972)
    assert found.at_used_capacity[0] == pytest.approx(96_000 / 972 + 250 + 100 + 100 / 60 * 500)
    idle = next(part for part in found.parts if part.kind == "idle_capacity")
    assert idle.amount[0] == pytest.approx(1_600_000 / 972 - 100 / 60 * 500)
    assert found.next_step_volume == 161


def test_one_more_patient_month_costs_licence_and_kit_until_the_next_step() -> None:
    """250 kr for the licence and 100 for the kit."""
    assert at(80).marginal[0] == pytest.approx(350.0)


def test_a_resource_bought_by_the_hour_has_no_idle_capacity_and_no_step() -> None:
    found = at(81, stepwise=False)
    assert found.full[0] == pytest.approx(96_000 / 972 + 350 + 100 / 60 * 500)
    assert found.resources["nurse"].idle_hours[0] == 0.0
    assert found.marginal[0] == pytest.approx(350 + 100 / 60 * 500)
    assert found.next_step_volume is None


@pytest.mark.parametrize("volume", [0, -1, float("nan")])
def test_no_patients_have_no_price(volume: float) -> None:
    with pytest.raises(WithoutVolume) as refused:
        at(volume)
    assert (refused.value.code, refused.value.parameters["service"]) == ("service_without_volume", "dho")


def test_the_yearly_cost_is_the_price_of_all_patient_months_and_the_fixed_part_without_any() -> None:
    """1 283.33 x 960 = 96 000 + 240 000 + 96 000 + 800 000."""
    assert yearly_cost(service(), volume=80, draws=ONE)[0] == pytest.approx(1_232_000.0)
    assert yearly_cost(service(), volume=0, draws=ONE).tolist() == [96_000.0]


def test_uncertain_minutes_need_a_whole_nurse_in_each_draw() -> None:
    uncertain = {"id": "follow", "title": "O", "resource": "nurse", "minutes": {"mean": 100.0, "se": 5.0}}
    found = price(service(tasks=(uncertain,)), volume=80, draws=Draws(n=400))
    units = found.resources["nurse"].units
    assert set(units.tolist()) == {1.0, 2.0}
    assert np.mean(units == 2.0) == pytest.approx(0.5, abs=0.01)


def test_a_service_nothing_is_said_about_costs_nothing() -> None:
    blank = Service.model_validate({"id": "s", "title": "S", "provider": "k"})
    found = price(blank, volume=3, draws=ONE)
    assert (found.full.tolist(), found.parts) == ([0.0], ())


@given(st.floats(0.5, 500.0), st.booleans())
def test_the_parts_are_the_price_and_idle_capacity_is_never_hidden(volume: float, stepwise: bool) -> None:
    found = at(volume, stepwise=stepwise)
    assert sum(part.amount[0] for part in found.parts) == pytest.approx(found.full[0])
    assert all(part.amount[0] >= -1e-6 for part in found.parts)
    assert found.full[0] >= found.at_used_capacity[0] - 1e-9
    bare = (
        96_000 / (12 * volume)
        + 350
        + (np.ceil(volume / 80 - 1e-9) if stepwise else volume / 80) * 800_000 / (12 * volume)
    )
    assert found.full[0] == pytest.approx(bare)


@given(st.integers(1, 400))
def test_the_next_step_is_where_the_price_jumps(volume: int) -> None:
    step = at(volume).next_step_volume
    assert step is not None
    assert step > volume
    before, after = at(step - 1).resources["nurse"].units[0], at(step).resources["nurse"].units[0]
    assert (at(volume).resources["nurse"].units[0], after - before) == (before, 1.0)
