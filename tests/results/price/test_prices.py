"""A service in detail: rates, years, and volumes around the planned one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.results import Results, assess

Plan = dict[str, Any]
Written = Callable[..., Path]


@pytest.fixture
def serviced() -> Plan:
    """Eighty patients fill one nurse: 80 x 12 x 100 / 60 = 1 600 hours at 500 kr. Forty use half of her.

    Full cost at 80: 800 000 / 960 + 250 = 1 083.33 a month; at 40: 800 000 / 480 + 250 = 1 916.67. HF pays 1 000.
    """
    return {
        "format": 1,
        "id": "liten",
        "title": "Lite prosjekt",
        "as_of": date(2025, 6, 30),
        "go_live": date(2025, 1, 1),
        "horizon_years": 2,
        "price_year": 2024,
        "actors": [{"id": "vik", "kind": "kommune", "name": "Vik"}, {"id": "hf", "kind": "hf", "name": "HF"}],
        "services": [
            {
                "id": "dho",
                "title": "DHO",
                "provider": "vik",
                "payer": "hf",
                "agreed_price": 1000,
                "volume": {2025: 40, 2026: 80},
                "resources": [{"id": "nurse", "title": "N", "cost_per_year": 800000, "hours_per_year": 1600}],
                "tasks": [{"id": "follow", "title": "F", "resource": "nurse", "minutes": 100}],
                "per_patient_month": [{"id": "licence", "title": "L", "amount": 250}],
            }
        ],
    }


def found(results: Results, id: str) -> float:
    value = results.values[f"service.dho.{id}"].value
    assert value is not None
    return value


def test_each_year_has_its_own_price_cost_and_hours(written: Written, serviced: Plan) -> None:
    """2025: 1 916.67 x 480 = 920 000; 800 hours used and 800 idle, which is 400 000 kr."""
    results = assess(written(serviced), draws=4)
    (priced,) = results.services
    assert (priced.year, priced.years) == (2026, (2025, 2026))
    assert found(results, "year.2025.full") == pytest.approx(1_916.67, abs=0.005)
    assert found(results, "year.2025.cost") == pytest.approx(920_000.0)
    assert found(results, "year.2026.cost") == pytest.approx(1_040_000.0)
    own = "year.2025.resource.nurse"
    parts = [found(results, f"{own}.{name}") for name in ("units", "used_hours", "idle_hours", "idle_cost")]
    assert parts == pytest.approx([1.0, 800.0, 800.0, 400_000.0])


def test_the_payment_has_both_ends_and_the_provider_carries_the_rest(written: Written, serviced: Plan) -> None:
    """HF pays 1 000 x 480 = 480 000 in 2025; 440 000 of the 920 000 is left with Vik."""
    results = assess(written(serviced), draws=4)
    assert found(results, "year.2025.paid") == -480_000.0
    assert found(results, "year.2025.received") == 480_000.0
    assert found(results, "year.2025.difference") == pytest.approx(-440_000.0)


def test_a_service_one_actor_both_provides_and_pays_for_has_no_payment(written: Written, serviced: Plan) -> None:
    serviced["services"][0]["payer"] = "vik"
    results = assess(written(serviced), draws=4)
    assert "service.dho.year.2025.paid" not in results.values
    assert found(results, "year.2025.difference") == pytest.approx(-440_000.0)


def test_the_planned_volume_and_both_sides_of_the_step_are_priced(written: Written, serviced: Plan) -> None:
    """At 81 another nurse: 1 600 000 / 972 + 250 = 1 896.09."""
    results = assess(written(serviced), draws=4)
    (priced,) = results.services
    assert [one.volume for one in priced.volumes] == [20.0, 40.0, 60.0, 80.0, 81.0, 100.0, 120.0, 160.0]
    assert [one.volume for one in priced.volumes if one.planned] == [80.0]
    assert [(step.kind, step.id) for step in priced.steps] == [("resource", "nurse")]
    assert found(results, "next_step.nurse") == 81.0
    assert found(results, "volumes.80.full") == pytest.approx(found(results, "full"))
    assert found(results, "volumes.81.full") == pytest.approx(1_896.09, abs=0.005)
    assert found(results, "volumes.81.units") == 2.0


def test_rates_need_no_volume(written: Written, serviced: Plan) -> None:
    """800 000 / (1 600 x 60) = 8.333 a minute; 100 minutes are 833.33."""
    del serviced["services"][0]["volume"]
    results = assess(written(serviced), draws=4)
    assert results.services == ()
    assert found(results, "rate.nurse") == pytest.approx(8.3333, abs=1e-4)
    assert found(results, "task_cost.follow") == pytest.approx(833.333, abs=1e-3)
    assert found(results, "input.task.follow") == 100.0


def test_a_service_with_years_of_its_own_is_priced_before_the_start_is_set(written: Written, serviced: Plan) -> None:
    del serviced["go_live"]
    results = assess(written(serviced), draws=4)
    assert results.services[0].years == (2025, 2026)
    assert found(results, "full") == pytest.approx(1_083.33, abs=0.005)


def test_how_much_is_fixed_and_how_much_is_used_is_told(written: Written, serviced: Plan) -> None:
    """A platform of 104 000 a year beside 1 040 000: 1/11. At 60 patients 1 200 of 1 600 hours are used."""
    serviced["services"][0]["fixed"] = [{"id": "platform", "title": "P", "amount": 104000}]
    assert found(assess(written(serviced), draws=4), "fixed_share") == pytest.approx(1 / 11)
    serviced["services"][0]["volume"] = {2026: 60}
    assert found(assess(written(serviced), draws=4), "utilisation") == pytest.approx(0.75)


def test_what_is_left_after_cost_is_a_headline_of_the_price_report_only(kommune: Results) -> None:
    """Certain numbers are no headline; the example's are uncertain."""
    (rest,) = [one for one in kommune.headlines if one.code == "price_difference"]
    assert rest.kinds == {"price"}
    assert kommune.values[rest.value].id == "service.dho.year.2027.difference"
    codes = {one.code for one in kommune.headlines if "price" in one.kinds}
    assert codes == {"price", "price_difference", "price_hours"}


def test_the_agreed_price_follows_the_index_in_the_years_it_is_known_for(written: Written, serviced: Plan) -> None:
    """The index rose by 5.5 per cent in 2023 and 3.1 in 2024: 1 000 kr of 2022 are 1 055, then 1 087.71."""
    service = serviced["services"][0]
    service |= {"regulation": {"index": "cpi.growth", "from_year": 2022}, "volume": {2023: 40, 2024: 80, 2090: 80}}
    del serviced["go_live"]
    results = assess(written(serviced), draws=4)
    assert results.services[0].regulated == (2023, 2024)
    assert found(results, "regulated.2023") == pytest.approx(1_055.0)
    assert found(results, "regulated.2024") == pytest.approx(1_087.705)
    assert results.values["service.dho.regulated.2024"].price_year == 2024


@pytest.mark.parametrize(
    ("joins", "year"),
    [({2025: 20, 2026: 20, 2027: 20}, 2025), ({2026: 20, 2027: 20}, 2027), ({2027: 20}, 2027)],
)
def test_the_first_full_year_is_not_the_one_in_which_the_last_party_joins(
    written: Written, serviced: Plan, joins: dict[int, int], year: int
) -> None:
    """Where no later year is known to be whole, the last one is shown."""
    serviced["horizon_years"] = 3
    service = serviced["services"][0]
    del service["payer"]
    years = (2025, 2026, 2027)
    service["volume"] = {one: 40 + joins.get(one, 0) for one in years}
    service["parties"] = [
        {"actor": "vik", "key": 1, "volume": dict.fromkeys(years, 40)},
        {"actor": "hf", "key": 1, "volume": joins},
    ]
    assert assess(written(serviced), draws=4).services[0].first_full_year == year


def test_the_price_while_it_grows_is_the_cost_of_the_years_over_their_patient_months(
    written: Written, serviced: Plan
) -> None:
    """920 000 in 2025 and 1 040 000 in 2026, over 480 + 960 patient-months: 1 361.11."""
    results = assess(written(serviced), draws=4)
    assert results.services[0].ramp_up == (2025, 2026)
    assert found(results, "ramp_up") == pytest.approx(1_361.11, abs=0.005)
    serviced["services"][0]["volume"] = {2025: 80}
    assert assess(written(serviced), draws=4).services[0].ramp_up == ()


def test_an_agreed_price_covers_the_cost_from_a_volume_and_not_just_after_the_next_step(
    written: Written, serviced: Plan
) -> None:
    """At 1 200 kr, 950 beside the licence: 800 000 / 12 / 950 = 70.2 patients; two nurses take 140.4 of them."""
    serviced["services"][0]["agreed_price"] = 1200
    results = assess(written(serviced), draws=4)
    assert found(results, "break_even") == 71.0
    assert [found(results, f"losing.1.{end}") for end in ("from", "to")] == [81.0, 140.0]
    assert results.services[0].losing[0] == ("service.dho.losing.1.from", "service.dho.losing.1.to")
