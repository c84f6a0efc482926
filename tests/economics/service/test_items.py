"""What a service costs in a year, item by item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benefits.economics.draws import Draws
from benefits.economics.numbers import Numbers
from benefits.economics.service import price, priced_years, yearly_cost
from benefits.project.model import Project

Plain = dict[str, Any]
Of = Callable[..., Project]


def parts(of: Of, one: Numbers, *, patients: float = 50.0, year: int | None = None, **service: Any) -> dict[str, float]:
    plain = {"id": "s", "title": "S", "provider": "k", **service}
    project = of(plain)
    found = price(project, project.services[0], numbers=one, volume=patients, year=year)
    return {part.key: float(part.amount[0]) for part in found.parts}


def kit(**changes: Any) -> Plain:
    return {"id": "kit", "title": "U", "price": 4_000.0, "lifetime_months": 40.0, **changes}


def test_equipment_is_its_price_less_what_is_left_over_its_months_and_what_is_lost(of: Of, one: Numbers) -> None:
    """(4 000 - 400) / 40 = 90 a month, and a tenth of 4 000 lost in a year: 400 / 12 = 33.33."""
    found = parts(of, one, equipment=(kit(residual=400.0, lost_per_year=0.1),))
    assert found == {"equipment.kit": pytest.approx(90 + 400 / 12)}


def test_equipment_with_a_rate_is_an_annuity(of: Of, one: Numbers) -> None:
    """Five years at 4 %: factor 4.4518; residual 1 000 is worth 1 000 / 1.04^5 = 821.93 at the start.

    (12 000 - 821.93) / 4.4518 = 2 510.9 a year, 209.24 a month.
    """
    found = parts(of, one, capital_rate=0.04, equipment=(kit(price=12_000.0, lifetime_months=60.0, residual=1_000.0),))
    assert found["equipment.kit"] == pytest.approx((12_000 - 1_000 / 1.04**5) / 4.451822 / 12, rel=1e-6)
    assert found["equipment.kit"] == pytest.approx(209.24, abs=0.005)
    straight = parts(of, one, capital_rate=0.0, equipment=(kit(residual=400.0),))
    assert straight == {"equipment.kit": pytest.approx(90.0)}


def test_merverdiavgift_is_a_part_of_its_own_and_is_on_the_price_also_of_what_is_sold_again(
    of: Of, one: Numbers
) -> None:
    """A quarter of 4 000 over 40 months is 25 kr, whatever the equipment is worth at last."""
    found = parts(of, one, equipment=(kit(residual=400.0, vat={"rate": 0.25}),))
    assert found == {"equipment.kit": pytest.approx(90.0), "vat.equipment.kit": pytest.approx(25.0)}


def test_merverdiavgift_that_is_compensated_is_no_cost(of: Of, one: Numbers) -> None:
    licence = {"id": "l", "title": "L", "amount": 200.0, "vat": {"rate": 0.25}}
    assert parts(of, one, per_patient_month=(licence,)) == {
        "per_patient_month.l": 200.0,
        "vat.per_patient_month.l": 50.0,
    }
    compensated = {**licence, "vat": {"rate": 0.25, "compensated": True}}
    assert parts(of, one, per_patient_month=(compensated,)) == {"per_patient_month.l": 200.0}


def test_a_fixed_cost_is_by_year_by_month_or_for_each_started_group(of: Of, one: Numbers) -> None:
    """At 50 patients, 600 patient-months: 60 000 -> 100; 5 000 a month -> 100; 30 000 for each started 20 -> 150."""
    fixed = (
        {"id": "year", "title": "A", "amount": 60_000.0},
        {"id": "month", "title": "B", "amount": 5_000.0, "per": "month"},
        {"id": "each", "title": "C", "amount": 30_000.0, "every": 20.0},
    )
    assert parts(of, one, fixed=fixed) == {"fixed.year": 100.0, "fixed.month": 100.0, "step.each": 150.0}
    at_a_whole_number = parts(of, one, fixed=fixed[2:], patients=40)
    assert at_a_whole_number == {"step.each": 60_000 / 480}


@pytest.mark.parametrize(
    ("volume", "kroner"), [(49, 10_000), (49.9, 10_000), (50, 24_000), (99, 24_000), (100, 30_000)]
)
def test_a_band_begins_at_its_number_of_patients(volume: float, kroner: float, of: Of, one: Numbers) -> None:
    starts = ((0.0, 10_000.0), (50.0, 24_000.0), (100.0, 30_000.0))
    bands = tuple({"from_patients": start, "amount": amount} for start, amount in starts)
    found = parts(of, one, patients=volume, fixed=({"id": "licence", "title": "L", "bands": bands},))
    assert found["step.licence"] * 12 * volume == pytest.approx(kroner)


def test_those_who_start_and_end_cost_what_is_said_for_each(of: Of, one: Numbers) -> None:
    """50 patients, 30 start and 10 end: 30 x 600 = 18 000 -> 30 a month; 10 x 300 = 3 000 -> 5 a month."""
    service: Plain = {
        "volume": {2026: 50.0},
        "starting": {2026: 30.0},
        "ending": {2026: 10.0},
        "per_start": ({"id": "out", "title": "U", "amount": 600.0},),
        "per_end": ({"id": "back", "title": "I", "amount": 300.0},),
    }
    assert parts(of, one, year=2026, **service) == {"start.out": 30.0, "end.back": 5.0}
    twice = parts(of, one, year=2026, patients=100, **service)
    assert twice == {"start.out": 30.0, "end.back": 5.0}, "the same share of the patients start and end"


def centre(**changes: Any) -> Plain:
    """960 000 kr for each started 100 patients, and 20 kr a patient-month."""
    return {
        "id": "centre",
        "title": "C",
        "provider": "k",
        "resources": ({"id": "staff", "title": "A", "cost_per_year": 960_000.0, "patients_per_unit": 100.0},),
        "per_patient_month": ({"id": "call", "title": "T", "amount": 20.0},),
        **changes,
    }


def test_a_service_that_uses_another_pays_its_price_at_the_volume_of_both(of: Of, one: Numbers) -> None:
    """60 patients at half a patient-month each, and 20 of its own: 50 in the centre, half of what one unit can follow.

    The unit is 960 000 / 600 = 1 600 a patient-month, half of it idle. Half a patient-month is 400 used, 400 idle and
    10 for calls.
    """
    dho = {"id": "dho", "title": "D", "provider": "k", "volume": {2026: 60.0}}
    project = of({**dho, "uses": ({"service": "centre", "amount": 0.5},)}, centre(volume={2026: 20.0}))
    found = price(project, project.services[0], numbers=one, year=2026)
    assert {part.key: part.amount[0] for part in found.parts} == pytest.approx(
        {"other_service.centre": 410.0, "other_service_idle.centre": 400.0}
    )
    assert (found.at_used_capacity[0], found.by_use[0], found.fixed[0]) == pytest.approx((410.0, 410.0, 400.0))
    assert found.marginal[0] == pytest.approx(10.0)


def test_what_is_used_by_another_is_counted_once_among_the_costs(of: Of, one: Numbers) -> None:
    """The centre costs 960 000 + 50 x 12 x 20 = 972 000: 20 / 50 of it its own, 30 / 50 in the service that uses it."""
    dho = {"id": "dho", "title": "D", "provider": "k", "volume": {2026: 60.0}}
    project = of({**dho, "uses": ({"service": "centre", "amount": 0.5},)}, centre(volume={2026: 20.0}))
    costs = [yearly_cost(project, service, numbers=one, year=2026)[0] for service in project.services]
    assert costs == pytest.approx([972_000 * 0.6, 972_000 * 0.4])


def test_a_service_only_used_by_others_costs_nothing_by_itself(of: Of, one: Numbers) -> None:
    dho = {"id": "dho", "title": "D", "provider": "k", "volume": {2026: 60.0}}
    project = of({**dho, "uses": ({"service": "centre", "amount": 0.5},)}, centre(volume={2027: 5.0}))
    assert yearly_cost(project, project.services[1], numbers=one, year=2026).tolist() == [0.0]
    assert priced_years(project.services[1], project) == (2026, 2027)


def test_an_uncertain_use_of_another_service_makes_the_price_uncertain_and_not_the_volume(of: Of) -> None:
    """20 kr a month at 0.1 with a standard error as large: the volume is 5, and no draw of the price is below zero."""
    numbers = Numbers(draws=Draws(n=200), inputs={})
    dho = {"id": "dho", "title": "D", "provider": "k", "volume": {2026: 50.0}}
    used = {"service": "centre", "amount": {"mean": 0.1, "se": 0.1}}
    project = of({**dho, "uses": (used,)}, centre(resources=()))
    found, there = (price(project, service, numbers=numbers) for service in project.services)
    assert (there.volume, set(there.full.tolist())) == (5.0, {20.0})
    assert found.full.min() == 0.0
    assert len(set(found.full.tolist())) > 100
