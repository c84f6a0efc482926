"""An assumption that names studies: one by its own scale, or several that disagree."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benefits.economics.evidence_inputs import from_evidence
from benefits.economics.input import Input
from benefits.errors import Gap
from benefits.project.money import Assumption
from benefits.project.study import Study, evidence_of
from benefits.reference import load_evidence

OWN: dict[str, Any] = {
    "id": "vik_2024.admissions",
    "title": {"nb": "Vik, innleggelser"},
    "outcome": "admissions",
    "measure": "rate_ratio",
    "estimate": 0.9,
    "low": 0.75,
    "high": 1.08,
    "n": 400,
    "population": "Voksne med kols",
    "conditions": ("copd",),
    "follow_up_months": 9.0,
    "year": 2024,
    "grade": "controlled",
    "source": "Vik kommune 2024",
}


def read(written: dict[str, Any], *own: dict[str, Any]) -> tuple[Input | None, list[str]]:
    library = load_evidence().with_own(evidence_of(Study.model_validate(one), first="nb") for one in own)
    gaps: list[Gap] = []
    found = from_evidence("effect", Assumption.model_validate(written), library, gaps)
    return found, [gap.code for gap in gaps]


def test_an_own_study_is_used_as_one_that_comes_with_the_package() -> None:
    found, gaps = read({"evidence": OWN["id"]}, OWN)
    assert found is not None
    assert (gaps, found.unit, found.grade, found.standing) == ([], "ratio", "controlled", "study")
    assert (found.low, found.high) == pytest.approx((0.75, 1.08), rel=0.01)
    assert (found.source, found.follow_up_months, found.studies) == ("Vik kommune 2024", 9.0, (OWN["id"],))


def test_each_draw_of_a_mix_is_a_draw_of_one_study_by_its_weight() -> None:
    """Means m1 of Whole System Demonstrator as a risk ratio and m2 of Vik, weights 3 and 1: (3 m1 + m2) / 4."""
    parts = ({"evidence": "wsd_2012.persons_admitted", "weight": 3.0}, {"evidence": OWN["id"], "weight": 1.0})
    found, gaps = read({"mix": parts}, OWN)
    one, other = (read({"evidence": part["evidence"]}, OWN)[0] for part in parts)
    assert found is not None
    assert one is not None
    assert other is not None
    assert gaps == []
    assert found.mean == pytest.approx((3 * one.mean + other.mean) / 4)
    assert min(one.low, other.low) <= found.low <= found.high <= max(one.high, other.high)
    drawn = found.distribution.ppf((np.arange(20_000) + 0.5) / 20_000)
    assert drawn.mean() == pytest.approx(found.mean, abs=1e-3)


def test_a_mix_is_known_as_its_weakest_study_and_for_as_long_as_the_shortest() -> None:
    found, _ = read({"mix": ({"evidence": "wsd_2012.persons_admitted"}, {"evidence": OWN["id"]})}, OWN)
    assert found is not None
    assert (found.grade, found.follow_up_months, found.outcome) == ("controlled", 9.0, "persons_admitted")
    assert found.studies == ("wsd_2012.persons_admitted", OWN["id"])
    unknown, _ = read(
        {"mix": ({"evidence": "cochrane_hf_2010.heart_failure_admissions"}, {"evidence": OWN["id"]})}, OWN
    )
    assert unknown is not None
    assert unknown.follow_up_months is None


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("sul_2020.admissions", "mix_of_other_scales"),
        ("fhi_2022.admissions", "evidence_has_no_distribution"),
        ("kew_cates.persons_admitted", "evidence_needs_baseline_risk"),
        ("nobody_1900.admissions", "unknown_evidence"),
    ],
)
def test_a_mix_with_a_study_that_cannot_be_mixed_is_no_number_and_told(other: str, code: str) -> None:
    assert read({"mix": ({"evidence": OWN["id"]}, {"evidence": other})}, OWN) == (None, [code])


def test_an_odds_ratio_is_never_multiplied_as_it_stands() -> None:
    """OR 0.5 at a baseline risk of 0.4: 0.5 / (0.6 + 0.2) = 0.625, so 37.5 % fewer and not 50."""
    odds = OWN | {"measure": "odds_ratio", "estimate": 0.5, "low": 0.4, "high": 0.625, "baseline_risk": 0.4}
    found, _ = read({"evidence": OWN["id"]}, odds)
    assert found is not None
    assert found.distribution.ppf(np.array([0.5]))[0] == pytest.approx(0.625)
    assert read({"evidence": OWN["id"]}, odds | {"baseline_risk": None}) == (None, ["evidence_needs_baseline_risk"])
