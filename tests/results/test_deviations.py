"""Differences from a frozen plan: each is named, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from benefits.project.freezing import PARTS, Freeze, plan_of
from benefits.project.frozen_valuation import NUMBERS
from benefits.project.model import Project
from benefits.results import Values
from benefits.results.deviations import CODES, add_deviation_values, deviations

PLAN: dict[str, Any] = {
    "format": 1,
    "id": "liten",
    "title": "Lite prosjekt",
    "go_live": date(2025, 1, 1),
    "data": (
        {
            "id": "tall",
            "file": "uttrekk-2024.csv",
            "shape": "panel",
            "columns": {"person": "pasient", "count": "innleggelser", "period": "måned"},
            "filters": ({"column": "alder", "at_least": 18.0},),
            "cohort": {"file": "inkluderte.csv", "columns": {"person": "pasient", "included": "dato"}},
        },
    ),
    "benefits": (
        {
            "id": "g1",
            "title": "Færre innleggelser",
            "hypothesis": {"action": "gjør noe", "target_group": "noen", "mechanism": "noe skjer", "wrong_if": "likt"},
            "indicator": {
                "definition": "Innleggelser",
                "unit": "admissions",
                "per": "person_year",
                "numerator": "antall",
                "denominator": "år",
                "direction": "lower_is_better",
            },
            "baseline": {
                "state": "measured",
                "data": "tall",
                "seasons": 1,
                "until": date(2024, 12, 31),
                "value": 2.0,
                "low": 1.5,
                "high": 2.5,
                "period": {"start": date(2024, 1, 1), "end": date(2024, 12, 31)},
                "before_start": True,
                "selection": {"rule": "to innleggelser", "window_months": 12},
            },
            "method": {"id": "before_after", "data": "tall", "options": {"scale": "ratio"}, "compare_with": "året før"},
            "volume": {2025: 80.0},
            "valuation": {
                "actor": "vik",
                "expected_events": "uten",
                "cash_by_action": {"share": "tiltak", "action": "Stenge", "owner": "Sjef", "due": date(2026, 1, 1)},
                **{name: name for name in NUMBERS},
            },
            "target": {"value": 1.5, "date": date(2026, 12, 31), "ramp": {2025: 0.5}},
        },
        {"id": "g2", "title": "Mer tid"},
    ),
    "patient_group": {"category": "several_chronic_conditions", "volume": {2025: 100.0, 2026: 120.0}},
    "assumptions": {
        "uten": {"value": 1.2, "unit": "admissions", "per": "person_year", "source": "Uttrekk"},
        "tiltak": {"value": 0.2, "unit": "share"},
        **{name: {"value": 0.5, "unit": "share"} for name in NUMBERS},
    },
}
Plan = dict[str, Any]


def frozen(plan: Plan) -> Freeze:
    project = Project.model_validate(plan)
    return Freeze(as_of=date(2024, 12, 31), file="frozen/2024-12-31.json", sha256="", plan=plan_of(project))


def changed(*changes: Callable[[Plan], None]) -> Project:
    plan = deepcopy(PLAN)
    plan["benefits"] = list(plan["benefits"])
    for change in changes:
        change(plan)
    return Project.model_validate(plan | {"benefits": tuple(plan["benefits"])})


def source(key: str, value: Any) -> Callable[[Plan], None]:
    return lambda plan: plan.update(data=({**plan["data"][0], key: value},))


def cohort(key: str, value: Any) -> Callable[[Plan], None]:
    return lambda plan: plan.update(data=({**plan["data"][0], "cohort": {**plan["data"][0]["cohort"], key: value}},))


def put(part: str, key: str, value: Any) -> Callable[[Plan], None]:
    return lambda plan: plan["benefits"][0][part].update({key: value})


def number(name: str) -> Callable[[Plan], None]:
    return lambda plan: plan["assumptions"].update({name: {"value": 0.6, "unit": "share"}})


CHANGES: dict[str, Callable[[Plan], None]] = {
    "volume": lambda plan: plan["patient_group"].update(volume={2025: 90.0, 2026: 120.0}),
    "valued.volume": lambda plan: plan["benefits"][0].update(volume={2025: 70.0}),
    "valued.persistence": put("valuation", "persistence", {2027: 0.5}),
    **{f"valued.{name}": number(name) for name in NUMBERS},
    "valued.action_share": number("tiltak"),
    "valued.action_due": lambda plan: plan["benefits"][0]["valuation"]["cash_by_action"].update(due=date(2027, 1, 1)),
    "go_live": lambda plan: plan.update(go_live=date(2025, 2, 1)),
    "main_indicator": lambda plan: plan.update(main_indicator="g1"),
    "hypothesis.action": put("hypothesis", "action", "gjør noe annet"),
    "hypothesis.target_group": put("hypothesis", "target_group", "alle"),
    "hypothesis.mechanism": put("hypothesis", "mechanism", None),
    "hypothesis.wrong_if": put("hypothesis", "wrong_if", "mer"),
    "indicator.definition": put("indicator", "definition", "Reinnleggelser"),
    "indicator.unit": put("indicator", "unit", "visits"),
    "indicator.per": put("indicator", "per", "person_month"),
    "indicator.numerator": put("indicator", "numerator", "alle"),
    "indicator.denominator": put("indicator", "denominator", "måneder"),
    "indicator.direction": put("indicator", "direction", "higher_is_better"),
    "baseline.state": put("baseline", "state", "estimated"),
    "baseline.data": put("baseline", "data", "register"),
    "baseline.seasons": put("baseline", "seasons", 3),
    "baseline.until": put("baseline", "until", date(2024, 6, 30)),
    "baseline.value": put("baseline", "value", 2.1),
    "baseline.low": put("baseline", "low", 1.6),
    "baseline.high": put("baseline", "high", 2.6),
    "baseline.period": put("baseline", "period", {"start": date(2023, 1, 1), "end": date(2024, 12, 31)}),
    "baseline.before_start": put("baseline", "before_start", False),
    "baseline.selection": put("baseline", "selection", {"rule": "to innleggelser", "window_months": 24}),
    "method.data": put("method", "data", "andre"),
    "method.options": put("method", "options", {"scale": "difference"}),
    "method.compare_with": put("method", "compare_with", "en annen kommune"),
    "target.value": put("target", "value", 1.6),
    "target.date": put("target", "date", date(2027, 12, 31)),
    "target.ramp": put("target", "ramp", {2025: 0.2}),
    "benefit.added": lambda plan: plan["benefits"].append({"id": "g3", "title": "Ny"}),
    "benefit.removed": lambda plan: plan["benefits"].pop(1),
    "method.verdict_dates": put("method", "verdict_dates", (date(2025, 12, 31),)),
    "abnormal_periods": lambda plan: plan.update(
        abnormal_periods=({"start": date(2024, 3, 1), "end": date(2024, 5, 31), "title": "Streik"},)
    ),
    "data.shape": source("shape", "events"),
    "data.unit": source("unit", "bed_days"),
    "data.per": source("per", "person_month"),
    "data.counted": source("columns", {"person": "pasient", "count": "liggedøgn", "period": "måned"}),
    "data.filters": source("filters", ({"column": "alder", "at_least": 65.0},)),
    "data.groups": source("groups", {"treated": ("Vik",)}),
    "data.secondary": source("secondary", "only_active"),
    "data.repeated": source("repeated", "drop"),
    "data.cohort": cohort("filters", ({"column": "diagnose", "one_of": ("J44",)},)),
    "data.population": source(
        "population", {"file": "b.csv", "columns": {"unit": "a", "period": "b", "exposure": "c"}}
    ),
    "benefit.sign": lambda plan: plan["benefits"][0].update(dis_benefit=True),
    "without": lambda plan: plan["assumptions"].update({"uten": {**plan["assumptions"]["uten"], "value": 1.4}}),
}
# Another method has other options: those are not compared.
LONE = {"method.id": put("method", "id", "control_chart")}


def test_a_plan_frozen_before_patients_and_numbers_were_kept_says_nothing_of_them() -> None:
    held = frozen(PLAN)
    old = {key: one for key, one in held.plan.items() if key != "volume"}
    old["benefits"] = {
        id: {key: one for key, one in kept.items() if key != "valued"} for id, kept in old["benefits"].items()
    }
    now = changed(CHANGES["volume"], CHANGES["valued.effect"], CHANGES["valued.volume"])
    assert deviations(replace(held, plan=old), now) == ()


def test_a_number_that_is_only_better_known_is_no_deviation() -> None:
    held = {"value": 0.5, "unit": "share", "standing": "official"}
    assert deviations(frozen(PLAN), changed(lambda plan: plan["assumptions"].update(unit_cost=held))) == ()


@pytest.mark.parametrize("code", [*CHANGES, *LONE])
def test_one_change_is_one_deviation_with_its_code(code: str) -> None:
    (found,) = deviations(frozen(PLAN), changed({**CHANGES, **LONE}[code]))
    assert found.code == code
    assert found.old != found.new


def test_two_changes_are_exactly_two_deviations() -> None:
    wrong = []
    for first, second in combinations(CHANGES, 2):
        found = {one.code for one in deviations(frozen(PLAN), changed(CHANGES[first], CHANGES[second]))}
        # The baseline of the plan is worked out of data: its limits and its period move with its value.
        with_the_value = first == "baseline.value" and second in {"baseline.low", "baseline.high", "baseline.period"}
        if found != ({first} if with_the_value else {first, second}):
            wrong.append((first, second, found))
    assert wrong == []


@pytest.mark.parametrize("part", PARTS)
def test_a_part_added_or_taken_out_is_one_deviation(part: str) -> None:
    without = changed(lambda plan: plan["benefits"][0].pop(part))
    assert [one.code for one in deviations(frozen(PLAN), without)] == [f"{part}.removed"]
    whole = changed()
    held = Freeze(as_of=date(2024, 12, 31), file="", sha256="", plan=plan_of(without))
    assert [one.code for one in deviations(held, whole)] == [f"{part}.added"]


def test_nothing_changed_is_no_deviation() -> None:
    assert deviations(frozen(PLAN), changed()) == ()


def test_order_title_and_a_translation_are_no_deviations() -> None:
    turned = changed(lambda plan: plan["benefits"].reverse())
    assert deviations(frozen(PLAN), turned) == ()
    retitled = changed(lambda plan: plan["benefits"][0].update(title="Færre akutte innleggelser"))
    assert deviations(frozen(PLAN), retitled) == ()
    translated = changed(put("hypothesis", "action", {"nb": "gjør noe", "nn": "gjer noko"}))
    assert deviations(frozen(PLAN), translated) == ()
    rewritten = changed(put("hypothesis", "action", {"nb": "gjør mer", "nn": "gjer noko"}))
    assert [one.code for one in deviations(frozen(PLAN), rewritten)] == ["hypothesis.action"]
    # In another language only, nobody can tell whether it says the same.
    moved = changed(put("hypothesis", "action", {"nn": "gjer noko"}))
    assert [one.code for one in deviations(frozen(PLAN), moved)] == ["hypothesis.action"]


@pytest.mark.parametrize(("first", "found"), [("nb", []), ("nn", ["hypothesis.action"])])
def test_of_a_text_in_several_languages_only_the_first_of_the_project_counts(first: str, found: list[str]) -> None:
    order = {"languages": (first, *({"nb", "nn"} - {first}))}
    before = changed(
        put("hypothesis", "action", {"nb": "gjør noe", "nn": "gjer noko"}), lambda plan: plan.update(order)
    )
    held = Freeze(as_of=date(2024, 12, 31), file="", sha256="", plan=plan_of(before))
    now = changed(put("hypothesis", "action", {"nb": "gjør noe", "nn": "gjer det"}), lambda plan: plan.update(order))
    assert [one.code for one in deviations(held, now)] == found


@pytest.mark.parametrize(
    "change",
    [
        source("file", "uttrekk-2026.csv"),
        source("title", "Nytt uttrekk"),
        source("source", "NPR"),
        source("extracted", date(2026, 1, 15)),
        source("columns", {"person": "id", "count": "innleggelser", "period": "mnd"}),
        cohort("file", "inkluderte-2026.csv"),
        lambda plan: plan.update(costs=({"id": "drift", "title": "Drift", "kind": "running", "actor": "vik"},)),
        lambda plan: plan.update(ends=date(2026, 12, 31), light=True),
        put("method", "responsible", "Noen andre"),
        put("method", "measurement_dates", (date(2026, 6, 30),)),
        lambda plan: plan["benefits"][0].update(owner={"role": "Ny leder"}),
        lambda plan: plan["benefits"][0].update(status="measured"),
        lambda plan: plan["assumptions"].update({"uten": {**plan["assumptions"]["uten"], "source": "Nytt uttrekk"}}),
    ],
)
def test_a_new_extract_new_costs_and_new_people_are_no_deviations(change: Callable[[Plan], None]) -> None:
    assert deviations(frozen(PLAN), changed(change)) == ()


def test_a_plan_frozen_before_data_were_part_of_it_says_nothing_of_them() -> None:
    older = {key: one for key, one in plan_of(Project.model_validate(PLAN)).items() if key not in {"data"}}
    held = Freeze(as_of=date(2024, 12, 31), file="", sha256="", plan=older)
    assert deviations(held, changed(CHANGES["data.cohort"])) == ()


def test_data_that_are_no_longer_used_are_told_where_they_were_used() -> None:
    moved = changed(CHANGES["method.data"], CHANGES["baseline.data"])
    assert [one.code for one in deviations(frozen(PLAN), moved)] == ["baseline.data", "method.data"]


def test_writing_out_a_default_of_the_method_is_no_deviation() -> None:
    written = changed(put("method", "options", {"scale": "ratio", "level": 0.95}))
    assert deviations(frozen(PLAN), written) == ()


def test_options_of_a_method_nobody_knows_are_compared_as_they_stand() -> None:
    own = put("method", "id", "my_own")
    held = Freeze(as_of=date(2024, 12, 31), file="", sha256="", plan=plan_of(changed(own)))
    other = changed(own, put("method", "options", {"scale": "ratio", "extra": 1}))
    assert [(one.code, one.option, one.old, one.new) for one in deviations(held, other)] == [
        ("method.options", "extra", None, 1)
    ]


def test_a_baseline_that_was_planned_and_is_now_measured_is_one_deviation() -> None:
    planned = changed(lambda plan: plan["benefits"][0].update(baseline={"state": "planned"}))
    held = Freeze(as_of=date(2024, 12, 31), file="", sha256="", plan=plan_of(planned))
    now = changed(put("baseline", "selection", None))
    assert [one.code for one in deviations(held, now)] == ["baseline.state"]


def test_every_code_is_listed() -> None:
    assert {*CHANGES, *LONE} | {f"{part}.{end}" for part in PARTS for end in ("added", "removed")} == set(CODES)


def test_old_and_new_numbers_are_values_in_the_unit_each_was_told_in() -> None:
    project = changed(CHANGES["target.value"], CHANGES["target.ramp"], CHANGES["indicator.unit"])
    values, freeze = Values(), frozen(PLAN)
    add_deviation_values(deviations(freeze, project), freeze, project, values)
    assert {id: (one.value, one.unit) for id, one in values.items()} == {
        "deviation.g1.target.value.old": (1.5, "admissions"),
        "deviation.g1.target.value.new": (1.6, "visits"),
        "deviation.g1.target.ramp.2025.old": (0.5, "share"),
        "deviation.g1.target.ramp.2025.new": (0.2, "share"),
    }
