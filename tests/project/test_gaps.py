from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.project.gaps import BENEFIT_CHECKS, DIS_BENEFIT_CHECKS, GAP_CODES, PROJECT_CHECKS, gaps
from benefits.project.model import Project
from benefits.project.places import read_yaml

FULL = """
format: 1
id: full
title: Full
go_live: 2025-01-01
horizon_years: 1
as_of: 2024-12-31
price_year: 2024
null_alternative: As today
actors:
  - {id: vik, kind: kommune, name: Vik}
patient_group: {category: other, volume: {2025: 40}}
participation: {patients: Council}
stakeholders: [{name: GP}]
risks: [{title: Staff}]
costs:
  - {id: licence, title: Licence, kind: running, actor: vik, amount: 5}
financing:
  sources:
    - {id: grant, source: rhf_funds, payer: vik, receiver: vik, amounts: {2025: 1}}
  after_grant: {actor: vik}
decisions: [{title: Start}]
assumptions:
  stay: {value: 5, unit: kroner, price_year: 2024, source: Table, standing: official}
benefits:
  - id: g1
    title: G
    types: [quality]
    gains: [vik]
    owner: {role: Leader, line_authority: true}
    hypothesis: {action: Do, mechanism: Because, wrong_if: Not}
    indicator: {definition: D, unit: admissions, direction: lower_is_better}
    baseline: {state: measured, value: 3, n: 40, period: {start: 2024-01-01, end: 2024-12-31}, source: NPR}
    method: {id: before_after, cost: 100}
    target: {value: 2, date: 2026-12-31}
    realisation: {form: freed_capacity}
    valuation: {actor: vik, unit_cost: stay, replacements: [{id: n, title: N, kind: other, actor: vik, per_event: 0,
      unit: count}]}
    actions: [{title: Roster}]
    early_indicator: Many accept
  - {id: harm, title: Harm, dis_benefit: true, status: dropped}
"""

NOTHING_INSTEAD = """, replacements: [{id: n, title: N, kind: other, actor: vik, per_event: 0,
      unit: count}]"""

JUDGED = "    importance: small\n    extent: none\n    consequence: none\n"


def found(text: str) -> list[tuple[str, str]]:
    data: Any = read_yaml(text).data
    return [(gap.code, gap.subject) for gap in gaps(Project.model_validate(data))]


def test_a_full_plan_lacks_nothing() -> None:
    assert found(FULL) == []


@pytest.mark.parametrize(
    ("old", "new", "gap"),
    [
        ("go_live: 2025-01-01\n", "", ("no_go_live", "")),
        ("as_of: 2024-12-31\n", "", ("no_as_of", "")),
        ("price_year: 2024\nnull", "null", ("no_price_year", "")),
        ("null_alternative: As today\n", "", ("no_null_alternative", "")),
        ("  - {id: vik, kind: kommune, name: Vik}\n", "", ("no_actors", "")),
        ("patient_group: {category: other, volume: {2025: 40}}\n", "", ("no_volume", "")),
        ("horizon_years: 1\n", "horizon_years: 2\n", ("volume_stops_early", "")),
        ("participation: {patients: Council}\n", "", ("no_participation", "")),
        ("stakeholders: [{name: GP}]\n", "", ("no_stakeholders", "")),
        ("risks: [{title: Staff}]\n", "", ("no_risks", "")),
        (", amount: 5", "", ("cost_without_amount", "licence")),
        ("  - {id: licence, title: Licence, kind: running, actor: vik, amount: 5}\n", "", ("no_costs", "")),
        ("  after_grant: {actor: vik}\n", "", ("no_after_grant", "")),
        (
            "    - {id: grant, source: rhf_funds, payer: vik, receiver: vik, amounts: {2025: 1}}\n",
            "",
            ("no_financing", ""),
        ),
        ("{title: Start}", "{title: Start, state: made}", ("no_decision_asked", "")),
        ("dis_benefit: true, ", "", ("no_dis_benefit", "")),
        (", source: Table", "", ("assumption_without_source", "stay")),
        ("    types: [quality]\n", "", ("no_type", "g1")),
        ("    gains: [vik]\n", "", ("no_gaining_actor", "g1")),
        ("    owner: {role: Leader, line_authority: true}\n", "", ("no_owner", "g1")),
        (", line_authority: true", "", ("owner_without_authority", "g1")),
        ("    hypothesis: {action: Do, mechanism: Because, wrong_if: Not}\n", "", ("no_hypothesis", "g1")),
        (", mechanism: Because", "", ("no_mechanism", "g1")),
        (", wrong_if: Not", "", ("no_wrong_if", "g1")),
        ("    indicator: {definition: D, unit: admissions, direction: lower_is_better}\n", "", ("no_indicator", "g1")),
        ("state: measured, value: 3", "state: planned", ("baseline_planned", "g1")),
        ("state: measured, value: 3", "state: not_possible", ("baseline_not_possible", "g1")),
        (", n: 40", "", ("baseline_without_n", "g1")),
        (", period: {start: 2024-01-01, end: 2024-12-31}", "", ("baseline_without_period", "g1")),
        (", source: NPR", "", ("baseline_without_source", "g1")),
        ("    method: {id: before_after, cost: 100}\n", "", ("no_method", "g1")),
        (", cost: 100", "", ("no_measurement_cost", "g1")),
        ("    target: {value: 2, date: 2026-12-31}\n", "", ("no_target", "g1")),
        ("    realisation: {form: freed_capacity}\n", "", ("no_realisation_form", "g1")),
        ("freed_capacity}\n", f"not_priced}}\n{JUDGED}", ("kroner_not_shown", "g1")),
        (NOTHING_INSTEAD, "", ("replacement_not_assessed", "g1")),
        (NOTHING_INSTEAD, ", replacement: Told only", ("replacement_not_assessed", "g1")),
        ("    actions: [{title: Roster}]\n", "", ("no_actions", "g1")),
        ("    early_indicator: Many accept\n", "", ("no_early_indicator", "g1")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_each_lack_is_one_gap(old: str, new: str, gap: tuple[str, str]) -> None:
    assert old in FULL
    assert found(FULL.replace(old, new)) == [gap]


def test_an_effect_without_a_price_is_judged_by_all_three() -> None:
    priced = FULL.replace("unit_cost: stay, ", "").replace("freed_capacity", "not_priced")
    assert found(priced) == [("unpriced_without_judgement", "g1")]
    whole = priced.replace("not_priced}\n", f"not_priced}}\n{JUDGED}")
    assert found(whole) == []
    for one in JUDGED.splitlines(keepends=True):
        assert found(whole.replace(one, "")) == [("unpriced_without_judgement", "g1")]


def test_who_gains_and_loses_is_asked_for_once_there_is_a_plan() -> None:
    gap = ("no_affected_groups", "")
    asked = {phase: found(f"{FULL}phase: {phase}\n") for phase in ("idea", "concept", "plan", "operation")}
    assert asked == {"idea": [], "concept": [], "plan": [gap], "operation": [gap]}
    assert found(f"{FULL}phase: plan\naffected_groups: [{{group: Old, gains: true, how: Safer}}]\n") == []


DATA = "data: [{id: npr, file: a.csv, shape: series, columns: {}}]\n"


def test_a_level_in_the_ledger_is_an_early_indicator_without_more_words() -> None:
    level = "early_target: {measure: active, value: 40, date: 2025-06-30}"
    assert found(FULL.replace("early_indicator: Many accept", level)) == []


def test_data_say_themselves_what_date_they_reach() -> None:
    assert found(FULL.replace("as_of: 2024-12-31\n", DATA)) == []


@pytest.mark.parametrize(
    ("as_of", "given", "code"),
    [
        ("2024-12-31", None, "baseline_planned"),
        ("2025-01-01", None, "baseline_late"),
        ("2024-12-31", date(2025, 6, 30), "baseline_late"),
        ("2025-06-30", date(2024, 12, 31), "baseline_planned"),
    ],
)
def test_a_planned_baseline_is_late_once_the_service_has_started(as_of: str, given: date | None, code: str) -> None:
    text = FULL.replace("state: measured, value: 3", "state: planned").replace("as_of: 2024-12-31", f"as_of: {as_of}")
    data: Any = read_yaml(text).data
    assert [gap.code for gap in gaps(Project.model_validate(data), as_of=given)] == [code]


def test_a_date_given_beside_the_file_is_a_date() -> None:
    data: Any = read_yaml(FULL.replace("as_of: 2024-12-31\n", "")).data
    assert gaps(Project.model_validate(data), as_of=date(2024, 12, 31)) == ()


def test_a_dis_benefit_is_watched_and_lacks_no_more_than_that_takes() -> None:
    assert found(FULL.replace(", status: dropped", "")) == [
        ("dis_benefit_without_indicator", "harm"),
        ("dis_benefit_without_baseline", "harm"),
        ("dis_benefit_without_method", "harm"),
        ("dis_benefit_without_owner", "harm"),
        ("no_hypothesis", "harm"),
    ]


def test_a_project_with_nothing_lacks_its_benefits_first() -> None:
    assert found("format: 1\nid: a\ntitle: A\n")[0] == ("no_benefits", "")


def test_a_benefit_with_nothing_lacks_its_indicator_before_its_baseline() -> None:
    lacks = found("format: 1\nid: a\ntitle: A\nas_of: 2024-12-31\nbenefits:\n  - {id: g, title: G}\n")
    assert lacks[:2] == [("no_indicator", "g"), ("no_baseline", "g")]


def test_codes_are_given_once_and_weights_lie_between_nothing_and_a_hundred() -> None:
    checks = [*PROJECT_CHECKS, *BENEFIT_CHECKS, *DIS_BENEFIT_CHECKS]
    told_on_their_own = {"baseline_late", "cost_without_amount", "assumption_without_source"}
    assert len(GAP_CODES) == len({check.code for check in checks}) + len(told_on_their_own)
    assert len({check.code for check in (*PROJECT_CHECKS, *BENEFIT_CHECKS)}) == len(PROJECT_CHECKS) + len(
        BENEFIT_CHECKS
    )
    assert all(0 < check.weight <= 100 for check in checks)
