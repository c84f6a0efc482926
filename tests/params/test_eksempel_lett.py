"""The light example is the light form filled in by somebody in a hurry: four benefits, one language, no measurement."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benefits.forms.starters import starter
from benefits.project import Project, load
from benefits.results import Results, assess

FILE = Path(__file__).parents[2] / "params" / "eksempel-lett" / "project.yaml"


@pytest.fixture(scope="module")
def project() -> Project:
    return load(FILE)


@pytest.fixture(scope="module")
def results() -> Results:
    return assess(FILE, draws=100)


def explanations(text: str) -> list[str]:
    return [line for line in text.splitlines() if re.match(r" *# [A-ZÆØÅ]", line)]


def test_it_is_the_light_form_in_nynorsk_with_its_explanations_left_in() -> None:
    form = starter("light", "nn", id="eksempel-lett")
    assert explanations(FILE.read_text(encoding="utf-8")) == explanations(form)


def test_it_is_said_to_be_made_up_and_is_in_one_language(project: Project) -> None:
    assert project.constructed
    assert project.languages == ("nn",)
    assert len(project.benefits) == 4


def test_nothing_in_it_is_measured_or_counted_on(project: Project) -> None:
    assert all(benefit.status == "expected" and not benefit.measurements for benefit in project.benefits)
    assert all(benefit.baseline is None and benefit.target is None for benefit in project.benefits)
    assert (project.costs, project.assumptions, project.data) == ((), {}, ())


def test_no_bracket_of_the_form_is_left(project: Project) -> None:
    assert "[" not in project.said(project.title)
    assert all("[" not in project.said(benefit.title) for benefit in project.benefits)


def test_its_plan_claims_nothing_and_says_what_is_missing(results: Results) -> None:
    assert not results.headlines
    assert {gap.code for gap in results.gaps} >= {"no_baseline", "no_target", "no_costs", "no_go_live"}
