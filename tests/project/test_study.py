"""A study a project adds itself, as evidence beside that which comes with the package."""

from __future__ import annotations

from typing import Any

import pytest

from benefits.project.study import Study, evidence_of
from benefits.reference import NoDistribution

OWN: dict[str, Any] = {
    "id": "vik_2024.admissions",
    "title": "Vik",
    "outcome": "admissions",
    "measure": "rate_ratio",
    "estimate": 0.9,
    "n": 90,
    "population": "Voksne",
    "year": 2024,
    "grade": "controlled",
    "source": {"nb": "Vik kommune, tall", "nn": "Vik kommune, tal"},
}


def test_without_an_interval_it_has_no_distribution_and_says_that_none_is_published() -> None:
    found = evidence_of(Study.model_validate(OWN), first="nb")
    assert found.interval_published is False
    with pytest.raises(NoDistribution):
        found.distribution()
    assert evidence_of(Study.model_validate(OWN | {"low": 0.7, "high": 1.2}), first="nb").interval_published is True


def test_its_source_is_told_in_the_first_language_of_the_project() -> None:
    assert evidence_of(Study.model_validate(OWN), first="nn").source.title == "Vik kommune, tal"
