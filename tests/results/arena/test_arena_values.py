"""What a report may show of a test arena, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from benefits.results import Results, assess

Plain = dict[str, Any]
NURSE = {"id": "nurse", "title": "Sykepleier", "cost_per_year": 756000, "hours_per_year": 1400}
ROOM = {"id": "room", "title": "Rom", "cost_per_year": 150000, "hours_per_year": 750}
DAY = {"id": "day", "title": "Dag", "unit": "dag", "hours": {"room": 8, "nurse": 10}, "volume": {2027: 50}}
LAB: Plain = {
    "id": "lab",
    "title": "Testarena",
    "provider": "hf",
    "staff": [NURSE],
    "premises": [ROOM],
    "overhead": 0.25,
    "margin": 0.05,
    "vat": 0.25,
    "offers": [DAY],
    "valid_until": date(2027, 12, 31),
    "source": "Konstruert",
}
Assess = Callable[..., Results]


@pytest.fixture
def lab(tmp_path: Path) -> Assess:
    def made(*, rest: Plain | None = None, **changes: Any) -> Results:
        plan = {
            "format": 1,
            "id": "lab",
            "title": "Testarena",
            "as_of": date(2026, 10, 31),
            "price_year": 2026,
            "actors": [{"id": "hf", "kind": "hf", "name": "HF Nord"}],
            "test_arenas": [{name: one for name, one in {**LAB, **changes}.items() if one is not None}],
            **(rest or {}),
        }
        yaml = YAML()
        yaml.representer.ignore_aliases = lambda _: True
        with (tmp_path / "project.yaml").open("w", encoding="utf-8") as stream:
            yaml.dump(plan, stream)
        return assess(tmp_path / "project.yaml", draws=50)

    return made


def lacks(results: Results) -> dict[str, str]:
    return {gap.code: gap.subject for gap in results.gaps if gap.code.startswith("arena")}


def number(results: Results, id: str) -> float | None:
    return results.values[f"arena.lab.{id}"].value


def test_an_arena_with_all_it_needs_lacks_nothing_and_is_priced(lab: Assess) -> None:
    """10 x 540 + 8 x 200 = 7 000; 8 750 in full; 9 187.50 with the margin; 11 484.375 with merverdiavgift."""
    results = lab()
    assert lacks(results) == {}
    names = ("direct", "full", "price", "with_vat")
    assert [number(results, f"offer.day.{name}") for name in names] == pytest.approx(
        [7_000, 8_750, 9_187.5, 11_484.375]
    )
    price = results.values["arena.lab.offer.day.price"]
    assert (price.unit, price.price_year, price.source, price.standing) == ("kroner", 2026, "Konstruert", "assumed")


@pytest.mark.parametrize(
    ("changes", "code", "subject"),
    [
        ({"offers": []}, "arena_without_offers", "arena.lab"),
        ({"margin": None}, "arena_without_shares", "arena.lab"),
        ({"valid_until": None}, "arena_without_valid_until", "arena.lab"),
        ({"valid_until": date(2026, 10, 30)}, "arena_price_list_expired", "arena.lab"),
        ({"offers": [{**DAY, "volume": {}}]}, "arena_without_volume", "arena.lab"),
        ({"offers": [{**DAY, "volume": {2027: 100}}]}, "arena_overbooked", "arena.lab.room"),
        ({"offers": [{**DAY, "list_price": 8749}]}, "arena_list_below_cost", "arena.lab.offer.day"),
        ({"staff": [NURSE, {**NURSE, "id": "lead"}]}, "arena_not_in_offers", "arena.lab.lead"),
        ({"source": None, "standing": "official"}, "arena_without_source", "arena.lab"),
        (
            {"offers": [{**DAY, "purchases": {"low": 1, "likely": 2, "high": 9}}]},
            "arena_price_uncertain",
            "arena.lab.offer.day",
        ),
    ],
)
def test_what_an_arena_lacks_is_a_gap_about_it(lab: Assess, changes: Plain, code: str, subject: str) -> None:
    assert lacks(lab(**changes)) == {code: subject}


def test_the_last_day_of_a_price_list_it_still_holds(lab: Assess) -> None:
    assert lacks(lab(valid_until=date(2026, 10, 31))) == {}


def test_a_list_price_at_full_cost_is_no_gap(lab: Assess) -> None:
    results = lab(offers=[{**DAY, "list_price": 8750}])
    assert lacks(results) == {}
    assert number(results, "offer.day.list_difference") == 0
    assert number(results, "offer.day.list_with_vat") == 10_937.5


def test_an_uncertain_cost_with_a_set_price_is_a_price(lab: Assess) -> None:
    uncertain = {**DAY, "purchases": {"low": 1, "likely": 2, "high": 9}, "list_price": 9500}
    assert lacks(lab(offers=[uncertain])) == {}


def test_without_overhead_margin_or_vat_only_hours_have_a_cost(lab: Assess) -> None:
    results = lab(overhead=None)
    assert number(results, "hour.nurse") == 540
    assert not [id for id in results.values if id.startswith("arena.lab.offer") or id.startswith("arena.lab.year.")]
    assert results.arenas[0].offers == ()


def test_a_year_that_cannot_be_carried_out_has_hours_and_no_money(lab: Assess) -> None:
    """100 days take 800 hours of a room that has 750."""
    results = lab(offers=[{**DAY, "volume": {2027: 100}}])
    assert number(results, "year.2027.resource.room.short") == 50
    assert "arena.lab.year.2027.income" not in results.values
    assert results.arenas[0].years[0].short == ("room",)


def test_a_number_that_names_an_assumption_is_that_assumption(lab: Assess) -> None:
    rent = {"assumptions": {"rent": {"title": "Husleie", "value": 150000, "unit": "kroner", "price_year": 2026}}}
    results = lab(rest=rent, premises=[{**ROOM, "cost_per_year": {"assumption": "rent"}}])
    assert number(results, "hour.room") == 200


def test_kroner_of_another_year_stop_the_price_and_say_so(lab: Assess) -> None:
    rent = {"assumptions": {"rent": {"title": "Husleie", "value": 150000, "unit": "kroner", "price_year": 2020}}}
    results = lab(rest=rent, premises=[{**ROOM, "cost_per_year": {"assumption": "rent"}}])
    assert results.arenas == ()
    assert not [id for id in results.values if id.startswith("arena.")]
    assert "arena.lab" in {gap.subject for gap in results.gaps}


def test_a_share_that_describes_no_distribution_stops_the_price_and_says_so(lab: Assess) -> None:
    pay = {"monthly": 50000, "holiday_pay": {"mean": 1, "se": 0.5}, "pension": 0.14, "payroll_tax": 0.141}
    nurse = {name: one for name, one in NURSE.items() if name not in {"cost_per_year", "pay"}}
    results = lab(staff=[{**nurse, "pay": pay}])
    assert results.arenas == ()
    assert ("unusable_service", "arena.lab") in {(gap.code, gap.subject) for gap in results.gaps}


def test_an_arena_without_a_price_year_lacks_it(lab: Assess) -> None:
    assert "no_price_year" in {gap.code for gap in lab(rest={"price_year": None}).gaps}
