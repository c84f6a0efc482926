"""Every figure of every example project is explained down to what is stated, found or counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benefits.economics import Draws
from benefits.economics.sensitivity.model import Model
from benefits.project import Project
from benefits.results import Results, assess
from benefits.results.explain import Explainer, UnknownFigure
from benefits.results.explain.probing import probed

PARAMS = Path(__file__).resolve().parents[3] / "params"
# Those with a test of their own, since they are large.
LARGE = {"eksempel-kommune", "eksempel-hendelser"}
PROJECTS = sorted(path for path in PARAMS.glob("**/project.yaml") if not LARGE & set(path.parts))


def unexplained(results: Results) -> list[tuple[str, str]]:
    """Every figure that is of no known kind, or whose parts do not give it."""
    explainer, found = Explainer(results), []
    for id in results.values:
        for one in explainer.of(id).walk():
            if one.kind == "unknown":
                found.append((id, f"{one.id} is of no kind"))
            if one.adds_up is False:
                found.append((id, f"{one.id} is {one.number} and its parts give {one.given}"))
    return sorted(set(found))


@pytest.mark.slow
def test_every_figure_of_the_largest_example_is_explained_and_its_parts_give_it(kommune: Results) -> None:
    assert unexplained(kommune) == []


@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.parent.name)
def test_every_figure_of_the_other_examples_is_explained(path: Path) -> None:
    assert unexplained(assess(path, draws=200)) == []


@pytest.mark.slow
def test_every_figure_of_the_example_with_most_data_is_explained() -> None:
    assert unexplained(assess(PARAMS / "eksempel-hendelser" / "project.yaml", draws=200)) == []


def test_what_a_sum_of_kroner_rests_on_ends_in_what_somebody_stated(kommune: Results) -> None:
    explained = Explainer(kommune).of("society.expected.net")
    inputs = {one.input.name for one in explained.walk() if one.input is not None}
    wanted = {"enhetskostnad", "forventet-virkning", "innleggelser-uten-tjenesten", "kan-tas-ut", "isf-pris"}
    assert wanted <= inputs
    assert {one.how for one in explained.leaves} <= {"leaf", "function"}


def test_a_hidden_number_is_not_given_by_its_parts(kommune: Results) -> None:
    explainer = Explainer(kommune)
    hidden = [value for value in kommune.values.values() if value.suppressed]
    assert hidden
    assert all(explainer.of(value).number is None for value in hidden)


def test_a_figure_there_is_none_of_is_told_with_those_that_are_near(kommune: Results) -> None:
    with pytest.raises(UnknownFigure, match=r"society\.expected\.net"):
        Explainer(kommune).of("society.expected.nett")


def ten_fewer() -> dict[str, Any]:
    """100 patients with half an admission each, a fifth fewer: 10. At 10 000 kr, of which a tenth leaves the budget."""
    stated: Mapping[str, Mapping[str, Any]] = {
        "rate": {"value": 0.5, "unit": "admissions", "per": "person_year"},
        "ratio": {"value": 0.8, "unit": "ratio"},
        "cost": {"value": 10_000.0, "unit": "kroner", "per": "event", "price_year": 2024},
        "share": {"value": 0.1, "unit": "share"},
    }
    return {
        "format": 1,
        "id": "p",
        "title": "P",
        "as_of": date(2024, 12, 31),
        "go_live": date(2025, 1, 1),
        "horizon_years": 1,
        "price_year": 2024,
        "actors": [{"id": "hf", "name": "HF", "kind": "hf"}],
        "patient_group": {"category": "other", "volume": {2025: 100}},
        "assumptions": stated,
        "benefits": [
            {
                "id": "g1",
                "title": "Færre innleggelser",
                "indicator": {"definition": "Innleggelser", "unit": "admissions", "direction": "lower_is_better"},
                "realisation": {"form": "own_budget"},
                "valuation": {
                    "actor": "hf",
                    "expected_events": "rate",
                    "effect": "ratio",
                    "unit_cost": "cost",
                    "cash_share": "share",
                },
            }
        ],
    }


def test_cash_worked_by_hand_is_explained_factor_by_factor(written: Callable[..., Path]) -> None:
    """100 patient-years x 0.5 x (1 - 0.8) = 10 events; 10 x 10 000 x 0.1 = 10 000 kr."""
    explained = Explainer(assess(written(ten_fewer()), draws=20)).of("layer.expected.g1.cash")
    (row,) = explained.parts
    assert explained.number == pytest.approx(10_000.0)
    assert row.how == "product"
    assert row.adds_up
    events, *factors = row.parts
    assert events.number == pytest.approx(10.0)
    assert {one.id: one.number for one in factors} == {"assumption.cost": 10_000.0, "assumption.share": 0.1}
    found = {one.kind if one.form == "weight" else one.id: (one.form, one.number) for one in events.parts}
    assert found["assumption.rate"] == ("times", 0.5)
    assert found["assumption.ratio"] == ("one_minus", 0.8)
    assert found["patient_years"][1] == pytest.approx(100.0)


def small(**cost: Any) -> Model:
    project = Project.model_validate(
        {
            "format": 1,
            "id": "p",
            "title": "P",
            "go_live": date(2025, 1, 1),
            "horizon_years": 2,
            "costs": ({"id": "lead", "title": "L", "kind": "running", "actor": "k", **cost},),
        }
    )
    return Model(project=project, inputs={}, draws=Draws(n=1))


def test_a_number_a_row_is_proportional_to_moves_it_by_one_per_cent_for_each() -> None:
    (rests_on,) = probed(small(amount={"low": 1.0, "likely": 2.0, "high": 3.0})).dependences.values()
    ((name, form, change),) = [(one.name, one.form, one.change) for one in rests_on]
    assert (name, form) == ("cost.lead", "times")
    assert change == pytest.approx(0.01)


def test_what_a_row_is_at_the_mean_of_every_number_is_told() -> None:
    """Two years of 2 kr on average, paid: -4."""
    (at_means,) = probed(small(amount={"low": 1.0, "likely": 2.0, "high": 3.0})).at_means.values()
    assert np.isclose(at_means, -4.0)
