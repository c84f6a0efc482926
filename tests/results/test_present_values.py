"""Present values per actor: hand-worked, beside the plain sum, and only where kroner are of one price year."""

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
def costly() -> Plan:
    """Vik pays 100 000 kr a year in 2024 to 2026, and the state gives Vik 104 000 kr in 2025."""
    return {
        "format": 1,
        "id": "liten",
        "title": "Lite prosjekt",
        "as_of": date(2025, 6, 30),
        "go_live": date(2024, 1, 1),
        "horizon_years": 3,
        "price_year": 2024,
        "actors": [{"id": "vik", "kind": "kommune", "name": "Vik"}, {"id": "staten", "kind": "state", "name": "S"}],
        "costs": [{"id": "drift", "title": "Drift", "kind": "running", "actor": "vik", "amount": 100000}],
        "financing": {
            "sources": [
                {"id": "midler", "source": "rhf_funds", "payer": "staten", "receiver": "vik", "amounts": {2025: 104000}}
            ]
        },
    }


def found(results: Results, id: str) -> float:
    value = results.values[id].value
    assert value is not None
    return value


def test_cost_and_net_are_discounted_by_whole_years_from_the_first(written: Written, costly: Plan) -> None:
    """100 000 (1 + 1/1.04 + 1/1.0816) = 100 000 + 96 153.85 + 92 455.62 = 288 609.47; the grant is worth 100 000."""
    results = assess(written(costly), draws=10)
    assert found(results, "present_value.vik.expected.cost") == pytest.approx(-288_609.47, abs=0.005)
    assert found(results, "present_value.vik.expected.net") == pytest.approx(-188_609.47, abs=0.005)
    assert found(results, "present_value.staten.expected.net") == pytest.approx(-100_000.0)
    assert found(results, "actor.vik.expected.net") == pytest.approx(-196_000.0)
    assert results.discounting is not None
    assert (results.discounting.base_year, results.discounting.last_year) == (2024, 2026)


def test_a_transfer_is_worth_nothing_to_everybody_together(written: Written, costly: Plan) -> None:
    results = assess(written(costly), draws=10)
    assert found(results, "present_value.society.expected.net") == pytest.approx(-288_609.47, abs=0.005)
    assert found(results, "present_value.society.expected.net") == pytest.approx(
        sum(found(results, f"present_value.{actor}.expected.net") for actor in ("vik", "staten"))
    )


def test_every_other_rate_of_the_library_is_tried_from_the_first_year(written: Written, costly: Plan) -> None:
    """At 3 %: 100 000 (1 + 1/1.03 + 1/1.0609) = 291 346.97; at 2 %: 294 156.09."""
    results = assess(written(costly), draws=10)
    assert results.discounting is not None
    assert results.discounting.others == ("discount_rate.years_40_75", "discount_rate.after_75")
    prefix = "present_value.vik.expected.cost"
    assert found(results, f"{prefix}.discount_rate.years_40_75") == pytest.approx(-291_346.97, abs=0.005)
    assert found(results, f"{prefix}.discount_rate.after_75") == pytest.approx(-294_156.09, abs=0.005)
    rate = results.values["discount_rate.years_0_40"]
    assert (rate.value, rate.standing, "R-109/21" in rate.source) == (0.04, "official", True)


def test_costs_before_the_start_set_the_base_year(written: Written, costly: Plan) -> None:
    """A cost of 2022 moves the base year to 2022, and every later krone is worth two years less."""
    early = {"id": "for", "title": "Før", "kind": "project", "actor": "vik", "amount": 0, "per": "once"}
    costly["costs"].append({**early, "first_year": 2022})
    results = assess(written(costly), draws=10)
    assert results.discounting is not None
    assert results.discounting.base_year == 2022
    assert found(results, "present_value.vik.expected.cost") == pytest.approx(-288_609.47 / 1.04**2, abs=0.005)


def test_the_rate_falls_in_the_year_it_should(written: Written, costly: Plan) -> None:
    """Forty years from go-live in 2024 with a cost of 2020: 2060 is the last year at 4 %.

    2020 in full, 40 years at 4 %: 19.792774, and three at 3 %: 1.04**-40 (1/1.03 + 1/1.03**2 + 1/1.03**3).
    """
    costly["horizon_years"] = 40
    costly["costs"][0]["first_year"] = 2020
    results = assess(written(costly), draws=10)
    assert results.discounting is not None
    assert [(one.rate, one.last_year) for one in results.discounting.steps] == [
        ("discount_rate.years_0_40", 2060),
        ("discount_rate.years_40_75", 2095),
        ("discount_rate.after_75", None),
    ]
    whole = found(results, "present_value.vik.expected.cost")
    assert whole == pytest.approx(-100_000 * (1 + 19.792774 + 0.2082890 * 2.828611), abs=1)


def test_when_the_first_year_is_discounted_it_is_said_and_done(written: Written, costly: Plan) -> None:
    """100 000 (1/1.04 + 1/1.0816 + 1/1.124864) = 277 509.10, and year 40 from 2023 is 2063."""
    costly["present_value"] = {"discount_first_year": True}
    results = assess(written(costly), draws=10)
    assert results.discounting is not None
    assert results.discounting.discount_first_year
    assert [one.last_year for one in results.discounting.steps] == [2063, 2098, None]
    assert found(results, "present_value.vik.expected.cost") == pytest.approx(-277_509.10, abs=0.005)


@pytest.mark.parametrize("key", ["price_year", "go_live", "costs"])
def test_without_price_year_start_or_kroner_there_is_no_present_value(written: Written, costly: Plan, key: str) -> None:
    del costly[key]
    if key == "costs":
        del costly["financing"]
    results = assess(written(costly), draws=10)
    assert results.discounting is None
    assert [id for id in results.values if id.startswith("present_value.")] == []


def test_before_there_is_a_rate_nothing_is_discounted(written: Written, costly: Plan) -> None:
    costly["reference"] = {"date": date(2010, 1, 1)}
    assert assess(written(costly), draws=10).discounting is None


def test_the_interval_is_that_of_the_sum_over_years_draw_by_draw(written: Written, costly: Plan) -> None:
    """One uncertain price in all years: the present value is a year times 2.886095, and so are its limits."""
    costly["costs"][0]["amount"] = {"low": 80000, "likely": 100000, "high": 120000}
    results = assess(written(costly), draws=500)
    year, whole = results.values["actor.vik.expected.cost.2024"], results.values["present_value.vik.expected.cost"]
    factor = 1 + 1 / 1.04 + 1 / 1.04**2
    for part in ("value", "low", "high"):
        assert getattr(whole, part) == pytest.approx(getattr(year, part) * factor)


def test_what_was_measured_is_not_discounted(kommune: Results) -> None:
    assert [id for id in kommune.values if id.startswith("present_value.") and ".measured" in id] == []
    assert all(value.basis == "expected" for id, value in kommune.values.items() if id.startswith("present_value."))


def test_what_is_worked_out_is_told_from_what_the_project_states(kommune: Results) -> None:
    """So that 200 000 kr stated stays exact, and its present value is not told to the krone."""
    worked_out = ("present_value.", "actor.", "society.", "layer.", "transfer.", "break_even.innleggelser.society.cost")
    assert all(value.derived for id, value in kommune.values.items() if id.startswith(worked_out) and value.value)
    assert kommune.values["service.dho.full"].derived
    stated = ("cost.", "financing.", "assumption.", "service.dho.agreed", "service.dho.input.")
    assert not any(value.derived for id, value in kommune.values.items() if id.startswith(stated))
