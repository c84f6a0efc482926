"""The prices neither party loses at, a settlement, and rules for ISF, of one small project worked by hand.

Vik runs a service for ten patients over two years, 240 patient-months, for 60 000 kr a year: 120 000 kr. Five of ten
admissions are avoided a year. Of 40 000 kr each half leaves the budget of the HF: 200 000 kr. The state saves, and the
HF loses, 15 000 kr for each: 150 000 kr. Sund pays 10 000 kr and gains nothing. The agreed price is 400 kr, or
96 000 kr in all.

    Vik must have   120 000 / 240 = 500 kr
    the HF can pay   50 000 / 240 = 208.33 kr
    missing         291.67 kr a month, 70 000 kr in all
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.results import Results, assess
from benefits.results.price_interval import ServiceInterval

Plan = dict[str, Any]
Written = Callable[..., Path]
YEARS = (2025, 2026)


def plan() -> Plan:
    actors = [("vik", "kommune"), ("hf", "hf"), ("rhf", "rhf"), ("staten", "state"), ("sund", "kommune")]
    saved = {"id": "statlig", "title": "Statlig betaling", "kind": "other", "payer": "staten", "receiver": "hf"}
    return {
        "format": 1,
        "id": "pris",
        "title": "Pris",
        "as_of": date(2025, 6, 30),
        "go_live": date(2025, 1, 1),
        "horizon_years": 2,
        "price_year": 2024,
        "actors": [{"id": id, "kind": kind, "name": id} for id, kind in actors],
        "patient_group": {"category": "other", "volume": dict.fromkeys(YEARS, 10)},
        "services": [
            {
                "id": "dho",
                "title": "DHO",
                "provider": "vik",
                "payer": "hf",
                "agreed_price": 400,
                "fixed": [{"id": "plattform", "title": "Plattform", "amount": 60000}],
            }
        ],
        "costs": [
            {"id": "drift", "title": "Drift", "kind": "running", "actor": "vik", "service": "dho"},
            {"id": "kurs", "title": "Kurs", "kind": "running", "actor": "sund", "amount": 5000},
        ],
        "assumptions": {
            "rate": {"value": 1, "unit": "admissions", "per": "person_year"},
            "effect": {"value": 0.5, "unit": "ratio"},
            "kostnad": {"value": 40000, "unit": "kroner", "price_year": 2024},
            "andel": {"value": 0.5, "unit": "share"},
            "bemanning": {"value": 0.25, "unit": "share"},
            "statlig": {"value": 15000, "unit": "kroner", "price_year": 2024},
        },
        "benefits": [
            {
                "id": "g1",
                "title": "Færre innleggelser",
                "owner": {"role": "Klinikksjef", "actor": "hf", "line_authority": True},
                "indicator": {"definition": "d", "unit": "admissions", "direction": "lower_is_better"},
                "target": {"value": 1.0, "date": date(2026, 12, 31)},
                "realisation": {"form": "freed_capacity"},
                "valuation": {
                    "actor": "hf",
                    "expected_events": "rate",
                    "effect": "effect",
                    "unit_cost": "kostnad",
                    "cash_share": "andel",
                    "staff_share": "bemanning",
                    "transfers": [{**saved, "amount": "statlig"}],
                },
            }
        ],
    }


def found(written: Written, changed: Plan) -> tuple[ServiceInterval, Mapping[str, float | None], Results]:
    results = assess(written(changed), draws=20)
    values = {id: value.value for id, value in results.values.items()}
    (one,) = results.worth.price_intervals
    return one, values, results


def test_the_gap_between_the_parties_and_who_else_loses(written: Written) -> None:
    one, values, _ = found(written, plan())
    assert (one.provider, one.buyers, one.kinds) == ("vik", ("hf",), ("cash", "present_value"))
    assert one.empty == {"cash", "present_value"}
    prefix = "price_interval.dho.cash"
    assert values[f"{prefix}.low"] == values[f"{prefix}.zero.vik"] == pytest.approx(500)
    assert values[f"{prefix}.high"] == values[f"{prefix}.zero.hf"] == pytest.approx(50_000 / 240)
    assert values[f"{prefix}.gap"] == pytest.approx(500 - 50_000 / 240)
    assert values[f"{prefix}.gap_in_all"] == pytest.approx(70_000)
    assert (one.losing, one.gaining) == (("sund",), ("staten",))
    assert values["price_interval.dho.paid_months"] == values["price_interval.dho.all_months"] == 240
    # Nothing is uncertain, and the effect is assumed: no probability is told.
    assert not one.with_share
    assert f"{prefix}.share_with_price" not in values


def test_the_settlement_moves_what_the_state_gains_to_those_who_lose(written: Written) -> None:
    """At 400 kr Vik is 24 000 kr short and the HF 46 000; the state gains 150 000 and gives 70 000 of it."""
    one, values, _ = found(written, plan())
    assert one.settlement is not None
    assert one.settlement.agreed
    assert one.settlement.actors == ("vik", "hf", "staten")
    told = {id.removeprefix("settlement.dho."): value for id, value in values.items() if id.startswith("settlement.")}
    assert told == pytest.approx(
        {
            "price": 400,
            "need": 70_000,
            "left": 0,
            "sum": 0,
            **{"before.vik": -24_000, "before.hf": -46_000, "before.staten": 150_000},
            **{"received.vik": 24_000, "received.hf": 46_000, "received.staten": -70_000},
            **{"after.vik": 0, "after.hf": 0, "after.staten": 80_000},
        },
        abs=1e-6,
    )


def test_patients_who_gain_are_not_asked_to_give(written: Written) -> None:
    changed = plan()
    changed["actors"].append({"id": "pasientene", "kind": "patient", "name": "p"})
    grant = {"id": "til-pasienter", "source": "rhf_funds", "payer": "rhf", "receiver": "pasientene"}
    changed["financing"] = {"sources": [{**grant, "amounts": {2025: 300_000}}]}
    one, _, _ = found(written, changed)
    assert one.settlement is not None
    assert one.settlement.actors == ("vik", "hf", "staten")
    assert "pasientene" in one.gaining


def test_rules_that_make_no_difference_are_told_once(written: Written) -> None:
    """Consultations are paid for by ISF, and free no beds: 0.5 x 1 000 kr x 10 x 2 years is passed on, or is not."""
    changed = plan()
    changed["assumptions"] |= {
        "antall": {"value": 1, "unit": "consultations", "per": "person_year"},
        "isf-pris": {"value": 1000, "unit": "kroner", "price_year": 2024},
        "isf-andel": {"value": 0.5, "unit": "share"},
        "vekt": {"value": 1, "unit": "ratio", "per": "event"},
    }
    isf = {"amount": "isf-pris", "weight": "vekt", "share": "isf-andel"}
    stat = {"id": "s", "title": "S", "kind": "isf", "payer": "staten", "receiver": "rhf", **isf}
    rhf = {"id": "r", "title": "R", "kind": "isf_passed_on", "payer": "rhf", "receiver": "hf", **isf}
    video = {"id": "video", "title": "Video", "actor": "hf", "unit": "consultations", "per_patient_year": "antall"}
    changed["new_activity"] = [{**video, "transfers": [stat, rhf]}]
    changed["assumptions"]["effect"]["value"] = 1
    _, values, results = found(written, changed)
    scenarios = results.worth.scenarios
    assert scenarios is not None
    assert [(one.pass_on, one.refill, one.as_stated) for one in scenarios.shown] == [
        ("none", "none", False),
        ("full", "none", True),
    ]
    assert scenarios.actors == ("hf", "rhf")
    assert values["scenario.full.none.net.hf"] == pytest.approx(10_000 - 96_000)
    assert values["scenario.none.none.net.rhf"] == pytest.approx(10_000)


def test_without_an_agreed_price_the_settlement_is_where_the_parties_lose_least(written: Written) -> None:
    changed = plan()
    del changed["services"][0]["agreed_price"]
    one, values, _ = found(written, changed)
    assert one.settlement is not None
    assert not one.settlement.agreed
    assert values["settlement.dho.price"] == pytest.approx(50_000 / 240)
    assert values["settlement.dho.need"] == pytest.approx(70_000)


def test_where_a_price_will_do_there_is_nothing_to_settle(written: Written) -> None:
    """Without what the state saves the HF has 200 000 kr, 833.33 a month."""
    changed = plan()
    changed["benefits"][0]["valuation"]["transfers"] = []
    one, values, _ = found(written, changed)
    assert (one.empty, one.settlement) == (frozenset(), None)
    assert values["price_interval.dho.cash.high"] == pytest.approx(200_000 / 240)
    assert "price_interval.dho.cash.gap" not in values


def test_owned_capacity_is_a_reading_of_its_own(written: Written) -> None:
    """A quarter of 40 000 kr for ten admissions is 100 000 kr of staff: 150 000 / 240 a month instead of 50 000."""
    changed = plan()
    changed["benefits"][0]["realisation"]["use"] = "Utredning"
    one, values, _ = found(written, changed)
    assert one.owned == ("hf",)
    assert values["price_interval.dho.capacity.owned.hf"] == pytest.approx(100_000)
    assert values["price_interval.dho.capacity.high"] == pytest.approx(625)
    assert values["price_interval.dho.cash.high"] == pytest.approx(50_000 / 240)
    assert one.empty == {"cash", "present_value"}


def test_the_years_the_price_holds_throughout_are_looked_at_alone(written: Written) -> None:
    """From 1 July 2025: 180 months are paid for in all, and the 120 of 2026 for 60 000 kr."""
    changed = plan()
    changed["services"][0]["valid_from"] = date(2025, 7, 1)
    one, values, _ = found(written, changed)
    assert one.whole_years == (2026,)
    assert values["price_interval.dho.cash.low"] == pytest.approx(120_000 / 180)
    assert values["price_interval.dho.whole_years.low"] == pytest.approx(500)
    assert values["price_interval.dho.paid_months"] == pytest.approx(180)


def test_an_effect_known_from_a_trial_gives_the_share_of_draws(written: Written) -> None:
    """20 000 kr per admission, ten patients, two years: 120 000 kr takes 0.3 fewer admissions per person-year.

    The trial says 0.13 fewer (-0.32 to 0.58, so a standard error of 0.90 / 3.92): more than 0.3 in 23 % of draws.
    """
    changed = plan()
    changed["assumptions"]["effect"] = {"evidence": "sul_2020.admissions"}
    valuation = changed["benefits"][0]["valuation"]
    valuation |= {"transfers": [], "effect_scale": "difference", "persistence": {2026: 1.0}}
    results = assess(written(changed), draws=400)
    assert results.worth.price_intervals[0].with_share
    share = results.values["price_interval.dho.cash.share_with_price"].value
    assert share == pytest.approx(0.2296, abs=0.005)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"payer": None}, "price_nobody_pays"),
        ({"volume": {2030: 5}}, "price_without_patients"),
    ],
)
def test_a_service_without_an_interval_says_why(written: Written, change: Plan, code: str) -> None:
    changed = plan()
    changed["services"][0] = {key: value for key, value in {**changed["services"][0], **change}.items() if value}
    one, values, _ = found(written, changed)
    assert one.refused == code
    assert not [id for id in values if id.startswith(("price_interval.", "settlement."))]


def test_a_project_without_services_has_none(written: Written) -> None:
    changed = plan()
    changed["services"], changed["costs"] = [], changed["costs"][1:]
    results = assess(written(changed), draws=20)
    assert results.worth.price_intervals == ()
    assert results.worth.scenarios is None
