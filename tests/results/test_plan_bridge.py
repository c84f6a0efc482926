"""From plan to measurement: the steps make the whole difference, and each change of the plan moves its own step."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest

from benefits.results import Results, assess, freeze
from benefits.results.plan_bridge import PlanBridge, Steps

PLAN = """format: 1
id: liten
title: Lite prosjekt
go_live: {go_live}
as_of: 2025-12-31
horizon_years: 2
price_year: 2024
actors: [{{id: hf, kind: hf, name: Sykehuset}}]
patient_group: {{category: several_chronic_conditions, volume: {{2025: {patients}, 2026: 100}}}}
data:
  - {{id: tall, file: tall.csv, shape: series, per: person_year, columns: {{period: m, count: n, exposure: e}}}}
assumptions:
  uten: {{value: 2.0, unit: admissions, per: person_year}}
  virkning: {{value: {ratio}, unit: ratio}}
  kostnad: {{value: {cost}, unit: kroner, per: event, price_year: 2024}}
  andel: {{value: {share}, unit: share}}
benefits:
  - id: g1
    title: Færre innleggelser
    indicator: {{definition: Innleggelser, unit: admissions, per: person_year, direction: lower_is_better}}
    target: {{value: 1.0, date: 2025-12-31, ramp: {{2025: {ramp}}}}}
    method: {{id: before_after, data: tall}}
    realisation: {{form: own_budget}}
    valuation: {{actor: hf, expected_events: uten, effect: virkning, unit_cost: kostnad, cash_share: andel}}
"""
AS_PLANNED = {"go_live": "2025-01-01", "patients": 100, "ratio": 0.8, "cost": 50000, "share": 0.2, "ramp": 0.5}


def write(folder: Path, *, frozen: bool = False, **since: object) -> Path:
    """Write the plan with its data, frozen as it was planned or not, and as it stands since."""
    file = folder / "project.yaml"
    months = [f"{year}-{month:02}-01" for year in (2024, 2025) for month in range(1, 13)]
    counts = [f"{month};{20 if month < '2025' else 15};10" for month in months]
    (folder / "tall.csv").write_text("\n".join(["m;n;e", *counts]) + "\n", encoding="utf-8")
    file.write_text(PLAN.format(**AS_PLANNED), encoding="utf-8")
    if frozen:
        freeze(file, as_of=date(2024, 12, 1))
    file.write_text(PLAN.format(**{**AS_PLANNED, **since}), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A plan that has not been changed since it was frozen."""
    return assess(write(tmp_path_factory.mktemp("plan"), frozen=True), draws=50)


def only(results: Results) -> PlanBridge:
    (one,) = results.plan_bridges
    return one


def steps(of: Steps | None, results: Results) -> dict[str, float]:
    assert of is not None
    ends = {"start": of.start, "end": of.end, "difference": of.difference}
    return {name: results.values[id].value or 0.0 for name, id in (ends | dict(of.causes)).items()}


def adds_up(found: dict[str, float]) -> bool:
    causes = math.fsum(one for name, one in found.items() if name not in {"start", "end", "difference"})
    return found["start"] + causes == pytest.approx(found["end"], rel=1e-12) and causes == pytest.approx(
        found["difference"], rel=1e-12
    )


def test_a_plan_that_held_but_for_its_effect_as_worked_by_hand(held: Results) -> None:
    """Planned 100 x 0.5 x 2.0 x 0.2 = 20; measured 120 patient-years x (2.0 - 1.5) = 60, and 50 000 x 0.2 = 10 000 kr.

    Patients: 20 x (0.2 + 0.5) / 2 = 7. Effect: 0.3 x (100 + 120) / 2 = 33.
    """
    results = held
    one = only(results)
    found = steps(one.quantity, results)
    assert adds_up(found)
    assert {name: round(value, 1) for name, value in found.items()} == {
        "start": 20.0,
        "end": 60.0,
        "difference": 40.0,
        "volume": 7.0,
        "timing": 0.0,
        "effect": 33.0,
    }
    kroner = steps(one.cash, results)
    assert adds_up(kroner)
    assert {name: round(value, -3) for name, value in kroner.items()} == {
        "start": 200_000.0,
        "end": 600_000.0,
        "difference": 400_000.0,
        "volume": 70_000.0,
        "timing": 0.0,
        "effect": 330_000.0,
        "price": 0.0,
    }
    assert (one.years, str(one.last), str(one.freeze), one.not_frozen, one.together) == (
        (2025,),
        "2025-12-31",
        "2024-12-01",
        (),
        True,
    )


def test_what_was_hoped_for_per_patient_year_has_the_sign_of_the_change(held: Results) -> None:
    """20 fewer in 100 patient-years."""
    assert held.values[only(held).hoped].value == pytest.approx(-0.2)


def test_the_two_ends_are_those_the_report_shows_elsewhere(held: Results) -> None:
    results = held
    for name, id in (("start", "quantity.expected.g1.admissions.2025"), ("end", "quantity.measured.g1.admissions")):
        shown, end = results.values[id], results.values[f"bridge.g1.quantity.{name}"]
        assert (end.value, end.low, end.high) == pytest.approx((shown.value, shown.low, shown.high))
        assert (end.basis, end.grade) == (shown.basis, shown.grade)
    assert results.values["bridge.g1.quantity.effect"].basis is None


@pytest.mark.parametrize(
    ("since", "moved"),
    [
        ({"patients": 130}, set()),
        ({"ratio": 0.5}, set()),
        ({"ramp": 0.25}, {"timing", "effect"}),
        ({"cost": 70_000}, {"price"}),
        ({"share": 0.3}, {"price"}),
    ],
)
def test_a_plan_changed_after_it_was_frozen_begins_where_it_was_frozen(
    since: dict[str, float], moved: set[str], held: Results, tmp_path: Path
) -> None:
    """What is expected now is another number; the start of the bridge is not, and a price that is known is a step."""
    after = assess(write(tmp_path, frozen=True, **since), draws=50)
    was, now = (steps(only(one).cash, one) for one in (held, after))
    assert adds_up(was)
    assert adds_up(now)
    assert now["start"] == pytest.approx(was["start"])
    assert {
        name for name in now if name in {"volume", "timing", "effect", "price"} and differs(was[name], now[name])
    } >= moved
    assert differs(now["price"], 0.0) == ("price" in moved)
    assert differs(now["timing"], 0.0) == ("timing" in moved)


def differs(one: float, other: float) -> bool:
    return abs(one - other) > 1.0


def test_a_frozen_effect_of_a_study_that_is_gone_is_said_to_be_that_of_now(tmp_path: Path) -> None:
    """The plan was frozen with an own study; the file has another effect now, and not the study."""
    file, study = write(tmp_path), "virkning: {evidence: egen.studie}"
    now = file.read_text(encoding="utf-8")
    then = now.replace("virkning: {value: 0.8, unit: ratio}", study) + (
        "studies:\n  - {id: egen.studie, title: S, outcome: admissions, measure: rate_ratio, estimate: 0.9, low: 0.8,\n"
        "     high: 1.0, n: 300, population: Hvem, year: 2024, grade: controlled, source: Hvor}\n"
    )
    file.write_text(then, encoding="utf-8")
    freeze(file, as_of=date(2024, 12, 1))
    assert only(assess(file, draws=50)).not_frozen == ()
    file.write_text(now, encoding="utf-8")
    assert only(assess(file, draws=50)).not_frozen == ("effect",)


def test_a_start_three_months_late_is_timing(tmp_path: Path) -> None:
    """Nine of twelve months are measured. The rate before is of the same months, so that the effect is as it was."""
    results = assess(write(tmp_path, frozen=True, go_live="2025-04-01"), draws=50)
    found = steps(only(results).quantity, results)
    assert adds_up(found)
    assert found["start"] == pytest.approx(20.0)
    assert found["timing"] < -1.0


def test_without_a_frozen_plan_it_starts_from_the_plan_as_it_stands(tmp_path: Path) -> None:
    results = assess(write(tmp_path, patients=130), draws=50)
    one = only(results)
    assert one.freeze is None
    assert steps(one.quantity, results)["start"] == pytest.approx(26.0)


def test_the_example_with_a_ledger_tells_volume_and_uptake_apart_and_adds_up(kommune: Results) -> None:
    one = only(kommune)
    assert not one.together
    assert {"volume", "uptake"} <= set(steps(one.quantity, kommune))
    assert adds_up(steps(one.quantity, kommune))
    assert adds_up(steps(one.cash, kommune))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (("effect: virkning, ",), "", "nothing_planned"),
        (("effect: virkning, ",), "effect_from: measured, ", "plan_uses_measured"),
        (("per: person_year, c", "per: person_year, d"), "per: contact, ", "not_patient_time"),
    ],
)
def test_what_cannot_be_held_together_says_why(old: tuple[str, ...], new: str, reason: str, tmp_path: Path) -> None:
    write(tmp_path)
    file = tmp_path / "project.yaml"
    text = file.read_text(encoding="utf-8")
    for one in old:
        assert one in text
        text = text.replace(one, new + one[-1] if new.startswith("per") else new)
    file.write_text(text, encoding="utf-8")
    found = only(assess(file, draws=20))
    assert (found.reason, found.quantity, found.cash) == (reason, None, None)
