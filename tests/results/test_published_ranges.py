"""What controlled studies of the same leave open, beside what a plan hopes for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.economics.inputs import inputs
from benefits.project.model import Project
from benefits.project.study import evidence_of
from benefits.reference import load_evidence, load_library
from benefits.results.avoided_claims import avoided_claims
from benefits.results.published_ranges import PublishedRange, add_published_ranges
from benefits.results.values import Values

Plan = dict[str, Any]
VIK: Plan = {
    "id": "vik_2024.admissions",
    "title": "Vik",
    "outcome": "admissions",
    "measure": "rate_ratio",
    "estimate": 0.7,
    "low": 0.6,
    "high": 0.8167,
    "n": 400,
    "population": "Voksne med kols",
    "conditions": ("copd",),
    "year": 2024,
    "grade": "controlled",
    "source": "Vik 2024",
}


def plan(**changes: Any) -> Plan:
    """Admissions at 1.16 a year, hoped to become a fifth fewer; the target is 0.928, which is the same."""
    counted = {"definition": "Innleggelser", "unit": "admissions", "per": "person_year", "direction": "lower_is_better"}
    benefit = {
        "id": "g1",
        "title": "Færre",
        "indicator": counted,
        "target": {"value": 0.928, "date": date(2026, 12, 31)},
        "valuation": {"actor": "hf", "expected_events": "rate", "effect": "effect"},
    }
    return {
        "format": 1,
        "id": "liten",
        "title": "Lite prosjekt",
        "assumptions": {
            "rate": {"value": 1.16, "unit": "admissions", "per": "person_year"},
            "effect": {"value": 0.8, "unit": "ratio"},
        },
        "benefits": (benefit | changes,),
    }


def ranges(written: Plan) -> tuple[PublishedRange, Values, list[str]]:
    project = Project.model_validate(written)
    library = load_evidence().with_own(evidence_of(one, first="nb") for one in project.studies)
    found, _ = inputs(project, library=load_library(), evidence=library, on=date(2024, 6, 30))
    values = Values()
    (one,), gaps = add_published_ranges(project, found, library.values(), values)
    return one, values, [gap.code for gap in gaps]


def ends(values: Values) -> list[float]:
    return [values[f"published_range.g1.{name}"].value or 0.0 for name in ("low", "high")]


def test_a_difference_is_brought_to_a_ratio_by_the_rate_of_the_plan() -> None:
    """Sul 2020, (-0.58; 0.32) a year, at 1.16: 1 - 0.5 and 1 + 0.2759. Whole System Demonstrator has no interval."""
    one, values, _ = ranges(plan())
    assert ends(values) == pytest.approx([0.5, 1.2759], abs=1e-3)
    assert (one.studies, one.converted, one.scale) == (("sul_2020.admissions",), True, "ratio")
    assert "fhi_2022.admissions" in one.in_words
    assert values["published_range.g1.assumption"].value == pytest.approx(0.8)
    assert values["published_range.g1.target"].value == pytest.approx(0.8)
    assert one.above == ()


def test_an_empty_expectation_has_the_range_beside_it_and_no_number() -> None:
    written = plan(valuation={"actor": "hf", "expected_events": "rate"}, target=None)
    one, values, _ = ranges(written)
    assert (one.chosen, ends(values)) == (False, pytest.approx([0.5, 1.2759], abs=1e-3))
    assert "published_range.g1.assumption" not in values


def test_no_effect_is_in_the_range_even_where_every_study_excludes_it() -> None:
    """Without a rate the differences cannot be converted, and Vik found 0.6 to 0.82."""
    written = plan(valuation={"actor": "hf", "effect": "effect"}, target=None) | {"studies": (VIK,)}
    one, values, _ = ranges(written)
    assert one.studies == (VIK["id"],)
    assert ends(values) == pytest.approx([0.6, 1.0], abs=1e-3)


@pytest.mark.parametrize(("effect", "target", "above"), [(0.49, None, ["assumption"]), (0.8, 0.5, ["target"])])
def test_a_hope_beyond_every_controlled_study_is_flagged(effect: float, target: float | None, above: list[str]) -> None:
    """0.5 admissions against 1.16 is 0.43."""
    written = plan(target=None if target is None else {"value": target, "date": date(2026, 12, 31)})
    written["assumptions"]["effect"]["value"] = effect
    one, values, gaps = ranges(written)
    assert ([hope for hope, _ in one.above], gaps[0]) == (above, "hypothesis_above_range")
    (claim,) = avoided_claims(Project.model_validate(written), (), (one,), values)
    assert (claim.code, claim.benefit, claim.values["hope"]) == ("above_published_range", "g1", one.above[0][1])


def test_a_study_that_is_used_is_no_hope_beyond_itself() -> None:
    written = plan(target=None) | {"studies": (VIK | {"estimate": 0.3, "low": 0.2, "high": 0.45},)}
    written["assumptions"]["effect"] = {"evidence": VIK["id"]}
    one, values, _ = ranges(written)
    assert one.above == ()
    assert "published_range.g1.assumption" not in values


def test_only_studies_of_the_same_patients_and_with_a_comparison_group_are_held_against() -> None:
    before_after = VIK | {"id": "nes.admissions", "grade": "before_after", "estimate": 0.3, "low": 0.2, "high": 0.45}
    group = {"category": "several_chronic_conditions", "conditions": ("diabetes",)}
    one, _, _ = ranges(plan() | {"studies": (VIK, before_after)})
    assert one.studies == ("sul_2020.admissions", VIK["id"])
    one, _, _ = ranges(plan() | {"studies": (VIK, before_after), "patient_group": group})
    assert one.studies == ("sul_2020.admissions",)


def test_a_difference_is_held_against_differences() -> None:
    """-0.6 a year is beyond the -0.58 of Sul 2020; Vik's 0.6 is (0.6 - 1) x 1.16 = -0.464."""
    said = {"actor": "hf", "expected_events": "rate", "effect": "effect", "effect_scale": "difference"}
    written = plan(valuation=said, target=None) | {"studies": (VIK,)}
    written["assumptions"]["effect"] = {"value": -0.05, "unit": "admissions", "per": "person_month"}
    one, values, _ = ranges(written)
    assert ends(values)[0] == pytest.approx(-0.58, abs=1e-3)
    assert values["published_range.g1.assumption"].value == pytest.approx(-0.6)
    assert [hope for hope, _ in one.above] == ["assumption"]


def test_admissions_for_heart_failure_are_the_same_events_only_where_that_is_all_they_have() -> None:
    study = "cochrane_hf_2010.heart_failure_admissions"
    for conditions, there in ((("heart_failure",), True), (("heart_failure", "copd"), False), ((), False)):
        group = {"category": "several_chronic_conditions", "conditions": conditions}
        assert (study in ranges(plan() | {"patient_group": group})[0].studies) == there


def test_what_is_not_known_of_admissions_is_told() -> None:
    assert ranges(plan())[2] == ["admissions_without_bed_days", "admissions_without_drg_weight"]
