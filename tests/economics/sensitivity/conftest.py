"""A project whose net is a short formula of four uncertain inputs.

The kommune pays two costs in each of two years, normal with mean 100 and 50 and standard error 10 and 20, and twice a
year for each of ten patients a visit: how many visits there are, normal 2 +- 0.5, and what one costs, normal 30 +- 6.

    net = -2 x a - 2 x b - 2 x 10 x visits x price,  mean -2 x 100 - 2 x 50 - 20 x 2 x 30 = -1 500
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from benefits.economics.draws import Draws
from benefits.economics.inputs import Input
from benefits.economics.sensitivity.model import Model
from benefits.project.model import Project

Make = Callable[..., Model]


@pytest.fixture
def formula() -> dict[str, Any]:
    costs = tuple(
        {"id": id, "title": id, "kind": "running", "actor": "vik", "amount": {"mean": mean, "se": se}}
        for id, mean, se in (("a", 100.0, 10.0), ("b", 50.0, 20.0))
    )
    return {
        "format": 1,
        "id": "formula",
        "title": "Formel",
        "go_live": date(2025, 1, 1),
        "horizon_years": 2,
        "price_year": 2024,
        "patient_group": {"category": "other", "volume": {2025: 10.0, 2026: 10.0}},
        "costs": costs,
        "assumptions": {
            "visits": {"mean": 2.0, "se": 0.5, "unit": "visits", "per": "person_year"},
            "price": {"mean": 30.0, "se": 6.0, "unit": "kroner", "price_year": 2024},
        },
        "new_activity": (
            {
                "id": "tilsyn",
                "title": "Tilsyn",
                "actor": "vik",
                "unit": "visits",
                "per_patient_year": "visits",
                "unit_cost": "price",
            },
        ),
    }


@pytest.fixture
def model_of(inputs_of: Callable[[Project], dict[str, Input]]) -> Make:
    def make(plan: dict[str, Any], *, n: int = 500, **rest: Any) -> Model:
        project = Project.model_validate(plan)
        return Model(project=project, inputs=inputs_of(project), draws=Draws(n=n, groups=project.correlated), **rest)

    return make
