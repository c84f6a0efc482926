"""A rate and an effect from the same comparison group are drawn together: apart, avoided events would look surer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benefits.results import Results, assess
from benefits.results.same_comparison import hang_together
from benefits.results.sensitivity import groups_of, model_of

Plan = dict[str, Any]
DRAWS = 2_000
COUNTS = {2023: {"a": 20, "b": 20}, 2024: {"a": 8, "b": 12}}


@pytest.fixture
def made(written: Callable[..., Path]) -> Callable[..., Results]:
    """A hundred patients and a hundred others: 20 admissions a month, then 8 of the patients and 12 of the others."""

    def make(method: str = "difference_in_differences", **valuation: str) -> Results:
        columns = {"period": "periode", "count": "antall", "exposure": "aar", "group": "gruppe"}
        source = {"id": "tall", "file": "tall.csv", "shape": "series", "per": "person_year", "columns": columns}
        counted = {"definition": "Innleggelser", "unit": "admissions", "per": "person_year"}
        plan: Plan = {
            "format": 1,
            "id": "liten",
            "title": "Lite prosjekt",
            "go_live": date(2024, 1, 1),
            "as_of": date(2024, 12, 31),
            "horizon_years": 1,
            "actors": [{"id": "hf", "kind": "hf", "name": "HF"}],
            "patient_group": {"category": "other", "volume": {2024: 100}},
            "data": [source | {"groups": {"treated": ["a"], "comparison": ["b"]}}],
            "assumptions": {"lower": {"value": 0.8, "unit": "ratio"}},
            "benefits": [
                {
                    "id": "g1",
                    "title": "Færre innleggelser",
                    "indicator": counted | {"direction": "lower_is_better"},
                    "method": {"id": method, "data": "tall", "options": {"selected": False}},
                    "valuation": {"actor": "hf", "expected_from": "comparison_group", **valuation},
                }
            ],
        }
        if method == "difference_in_differences":
            plan["benefits"][0]["method"]["options"] = {"comparison_selected_alike": True}
        rows = [
            f"{year}-{month:02d};{count};10,0;{group}"
            for year, by_group in COUNTS.items()
            for month in range(1, 13)
            for group, count in by_group.items()
        ]
        table = "\n".join(["periode;antall;aar;gruppe", *rows]) + "\n"
        return assess(written(plan, {"tall.csv": table}), draws=DRAWS)

    return make


def columns(results: Results) -> Mapping[str, np.ndarray[Any, Any]]:
    model = model_of(results, draws=DRAWS)
    return {name: model.draws.column(name, model.numbers[name]) for name in ("expected.g1", "effect.g1")}


def test_what_is_avoided_varies_as_the_four_counts_it_is_made_of(made: Callable[..., Results]) -> None:
    """Of logarithms: 1/12 of the rate's variance is 1/144; of the ratio 1/96 + 1/240 + 1/144 + 1/240 = 37/1440.

    Correlation -sqrt(1/144 / (37/1440)) = -sqrt(10/37) = -0.52. Avoided is C - C0 x T1 / T0, per patient-year, with
    C = 1.2 and the other 0.8: variance 1.2^2/144 + 0.8^2 x (1/96 + 2/240) = 0.022, against 0.0177 of independent draws.
    """
    results = made(effect_from="measured")
    drawn = columns(results)
    logs = np.corrcoef(*(np.log(one) for one in drawn.values()))
    assert logs[0, 1] == pytest.approx(-sqrt(10 / 37), abs=0.05)
    avoided = drawn["expected.g1"] * (1 - drawn["effect.g1"])
    assert avoided.std() == pytest.approx(sqrt(0.022), rel=0.08)
    # The report's own draws are the same ones.
    flows = results.flows.select(item="g1", basis="expected", unit="admissions").total()
    assert np.allclose(flows, 100 * avoided)


@pytest.mark.parametrize(
    ("method", "valuation"),
    [
        ("difference_in_differences", {"effect": "lower"}),
        ("difference_in_differences", {"effect_from": "measured", "effect_scale": "difference"}),
        ("before_after", {"effect_from": "measured"}),
    ],
)
def test_nothing_else_hangs_together_by_itself(
    method: str, valuation: Mapping[str, str], made: Callable[..., Results]
) -> None:
    results = made(method, **valuation)
    assert "expected.g1" in results.inputs
    assert groups_of(results) == ()


def test_the_rate_and_the_effect_are_one_group(made: Callable[..., Results]) -> None:
    results = made(effect_from="measured")
    found = hang_together(results.project, inputs=results.inputs, estimates=results.estimates)
    assert [group.id for group in found] == ["comparison.g1"]
    assert found[0].assumptions == ("expected.g1", "effect.g1")
