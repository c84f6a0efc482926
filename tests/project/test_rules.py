"""What must not be called broken; each rule's broken file is under broken/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benefits.errors import InvalidInput
from benefits.identity_numbers import has_national_id
from benefits.project import load
from benefits.project.codes import PROBLEM_CODES
from benefits.project.model import Project
from benefits.project.places import read_yaml
from benefits.project.rules import RULES, broken_rules
from benefits.project.rules_common import likeness, nearest

BASE = """
format: 1
id: fine
title: Fine
go_live: 2025-01-01
actors:
  - {id: vik, kind: kommune, name: Vik}
  - {id: fonna, kind: hf, name: Fonna}
assumptions:
  stay: {value: 50000, unit: kroner, price_year: 2024}
  cash: {value: 0.3, unit: share}
  staff: {value: 0.7, unit: share}
  effect: {estimate: 0.8, low: 0.6, high: 1.1, ratio: true, unit: ratio}
  change: {value: -0.2, unit: admissions, per: person_year}
"""
PRICED = """
  - id: {id}
    title: {id}
    indicator: {{definition: A, unit: {unit}, direction: lower_is_better}}
    dis_benefit: {harm}
    valuation: {{actor: {actor}, unit_cost: stay, cash_share: cash, staff_share: staff}}
"""
CONFIRMED = """
benefits:
  - id: g1
    title: G
    types: [quality]
    status: realised
    owner: {role: Leader, actor: vik, line_authority: true}
    realisation: {form: not_priced, documentation: Minutes}
    indicator: {definition: Mastery, unit: points, direction: higher_is_better}
    target: {value: 60, date: 2025-12-31}
    measurements:
      - {date: 2025-12-31, value: 60, grade: reported, source: S}
      - {date: 2026-06-30, value: 70, grade: reported, source: S, confirmed: true}
"""


def codes(text: str) -> list[str]:
    data: Any = read_yaml(text).data
    return [broken.code for broken in broken_rules(Project.model_validate(data))]


def priced(*benefits: tuple[str, str, str, str]) -> str:
    return (
        BASE
        + "benefits:"
        + "".join(PRICED.format(id=name, unit=unit, actor=actor, harm=harm) for name, unit, actor, harm in benefits)
    )


def test_a_quality_gain_measured_at_the_target_on_two_days_from_its_date_is_realised() -> None:
    assert codes(BASE + CONFIRMED) == []


def test_a_quality_gain_is_realised_by_what_is_measured_after_the_project() -> None:
    # The first of the two days is that on which the project ends: it is still under way.
    assert codes(BASE + CONFIRMED + "ends: 2025-12-31\n") == ["quality_not_confirmed"]
    assert codes(BASE + CONFIRMED + "ends: 2025-12-30\n") == []


def test_a_quality_gain_nobody_has_confirmed_is_not_realised() -> None:
    assert codes(BASE + CONFIRMED.replace(", confirmed: true", "")) == ["quality_without_word"]


def test_two_measurements_on_one_day_are_one_occasion() -> None:
    assert codes(BASE + CONFIRMED.replace("2026-06-30", "2025-12-31")) == ["quality_not_confirmed"]


def test_a_quality_gain_that_falls_short_of_a_target_to_be_exceeded_is_not_realised() -> None:
    assert codes(BASE + CONFIRMED.replace("value: 70", "value: 59")) == ["quality_not_confirmed"]


@pytest.mark.parametrize(
    "other",
    [
        ("g2", "bed_days", "vik", "false"),
        ("g2", "bed_days", "fonna", "true"),
        ("g2", "hours", "fonna", "false"),
        ("g2", "admissions", "fonna", "false"),
    ],
    ids=["another actor", "a dis-benefit", "no event", "the same unit on other data"],
)
def test_what_is_not_the_same_event_may_be_priced_twice(other: tuple[str, str, str, str]) -> None:
    assert codes(priced(("g1", "admissions", "fonna", "false"), other)) == []


def test_an_admission_and_its_bed_days_are_one_event() -> None:
    two = priced(("g1", "admissions", "fonna", "false"), ("g2", "bed_days", "fonna", "false"))
    assert codes(two) == ["counted_twice"]


def test_shares_may_fill_the_whole_cost() -> None:
    assert codes(priced(("g1", "admissions", "fonna", "false"))) == []


def test_an_action_beside_a_long_run_share_is_no_part_of_the_same_cost() -> None:
    """80 per cent is no short-run share and is not counted, so 20 of staff and 70 of the action fit the whole."""
    shares = BASE.replace("cash: {value: 0.3", "cash: {value: 0.8").replace("staff: {value: 0.7", "staff: {value: 0.2")
    told = priced(("g1", "admissions", "vik", "false")).removeprefix(BASE)
    action = "staff_share: staff, cash_by_action: {share: beds, action: A}"
    beds = "  beds: {value: 0.7, unit: share}\n"
    assert codes(shares + beds + told.replace("staff_share: staff", action)) == []


def test_the_standard_error_of_a_full_time_year_is_no_full_time_year() -> None:
    year = "  year: {mean: 1700, se: 20, unit: hours}\nfull_time_years: {nurse: year}\n"
    assert codes(BASE + year) == []
    assert codes(BASE + year.replace("1700", "37")) == ["full_time_year_hours"]


def test_a_difference_may_be_below_zero() -> None:
    text = (
        BASE + "benefits:\n  - {id: g, title: G, valuation: {actor: vik, effect: change, effect_scale: difference}}\n"
    )
    assert codes(text) == []
    assert codes(text.replace(", effect_scale: difference", "")) == ["effect_not_positive"]


def test_own_money_may_stay_with_its_owner() -> None:
    text = (
        BASE
        + "financing:\n  sources:\n    - {id: s, source: own_budget, payer: vik, receiver: vik, amounts: {2025: 1}}\n"
    )
    assert codes(text) == []


def test_days_and_years_may_fall_together() -> None:
    text = (
        BASE
        + """
costs:
  - {id: c, title: C, kind: project, actor: vik, amount: 5, first_year: 2025, last_year: 2025}
benefits:
  - id: g
    title: G
    baseline:
      state: measured
      value: 3
      low: 3
      high: 3
      before_start: true
      period: {start: 2025-01-01, end: 2025-01-01}
      extracted: 2025-01-01
    target: {value: 2, date: 2025-01-02}
    indicator: {definition: A, unit: admissions, direction: lower_is_better}
    measurements: [{date: 2025-06-30, value: 3, low: 3, high: 3, grade: reported, source: S}]
"""
    )
    assert codes(text) == []


@pytest.mark.parametrize("value", ["0", "1"])
def test_a_share_may_be_nothing_or_all(value: str) -> None:
    assert codes(BASE.replace("cash: {value: 0.3", f"cash: {{value: {value}")) == []


def test_an_indicator_without_a_baseline_value_is_no_problem_while_it_is_planned() -> None:
    assert codes(BASE + "benefits:\n  - {id: g, title: G, baseline: {state: planned}}\n") == []


def test_data_may_be_as_of_a_day_before_go_live() -> None:
    assert codes(BASE + "as_of: 2024-06-30\n") == []


@pytest.mark.parametrize(
    "text",
    ["01810112171", "01810112103", "12345678901", "99810112170", "018101121700", "0181011217", "923609016", "4639"],
)
def test_other_numbers_are_no_national_identity_numbers(text: str) -> None:
    assert not has_national_id(text)


@pytest.mark.parametrize("text", ["01810112170", "fnr: 018101 12170.", "a018101-12170b"])
def test_a_national_identity_number_is_seen_in_any_surroundings(text: str) -> None:
    assert has_national_id(text)


def test_the_nearest_word_is_found_whatever_its_case() -> None:
    assert nearest("VIKK", ("fonna", "vik")) == "vik"
    assert nearest("x", ()) == ""
    assert likeness("Vik", "vik") == 1


def test_every_rule_says_what_it_checks() -> None:
    assert all(rule.__doc__ and rule.__doc__.split("\n")[0].endswith(".") for rule in RULES)


def test_patients_of_parties_are_not_added_up_when_those_of_one_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "project.yaml"
    parties = "[{actor: vik, key: 1, volume: 60}, {actor: fonna, key: 1, volume: {2025: 30}}]"
    shared = f"services: [{{id: s, title: S, provider: vik, volume: {{2025: 90}}, parties: {parties}}}]\n"
    file.write_text(BASE + shared, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load(file)
    assert len(caught.value.problems) == 1


def test_no_code_is_for_two_rooms_words() -> None:
    assert all(code == code.lower() and "-" not in code for code in PROBLEM_CODES)


def test_data_that_do_not_name_their_unit_take_that_of_the_indicator_and_a_plan_needs_neither() -> None:
    text = (
        BASE.replace("go_live: 2025-01-01\n", "")
        + """
data:
  - {id: npr, file: a.csv, shape: series, columns: {period: m, count: n, exposure: e}}
benefits:
  - id: g1
    title: G
    indicator: {definition: A, unit: bed_days, per: person_year, direction: lower_is_better}
    method: {id: difference_in_differences, data: npr, also: [before_after]}
  - {id: g2, title: G, method: {id: survey}}
"""
    )
    assert codes(text) == []
