"""What chosen patients return to by themselves: only where the plan says enough, and the baseline holds the window."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benefits.project.model import Project
from benefits.results.adjusted_baselines import adjusted_baseline
from benefits.results.baselines import WorkedOut

RULE = {"rule": "R", "window_months": 12, "population_rate": 0.5, "population_dispersion": 1.0}


def adjusted(months: int, **rule: Any) -> dict[str, float]:
    """Of a baseline of 2.5 a year over the months before the start."""
    plan: dict[str, Any] = {
        "format": 1,
        "id": "p",
        "title": "P",
        "benefits": (
            {
                "id": "g1",
                "title": "G",
                "indicator": {
                    "definition": "A",
                    "unit": "admissions",
                    "per": "person_year",
                    "direction": "lower_is_better",
                },
                "baseline": {
                    "state": "measured",
                    "value": 2.5,
                    "low": 2.0,
                    "period": {"start": f"2024-{13 - months:02}-01", "end": "2024-12-31"},
                    "selection": RULE | rule,
                },
            },
        ),
    }
    project = Project.model_validate_json(json.dumps(plan))
    return dict(adjusted_baseline(project, project.benefits[0], WorkedOut(benefit="g1", data=None)))


def test_a_rate_returns_towards_that_of_everybody_the_rule_was_applied_to() -> None:
    """(1 + 2.5) / (1 / 0.5 + 1) = 3.5 / 3, and with the lower limit (1 + 2) / 3 = 1."""
    assert adjusted(12) == pytest.approx({"value": 3.5 / 3, "low": 1.0})


def test_a_baseline_shorter_than_what_the_rule_looked_at_is_not_adjusted() -> None:
    assert adjusted(6) == {}
    assert adjusted(6, window_months=6) == pytest.approx({"value": 2.25 / 2.5, "low": 0.8}, rel=0.01)


@pytest.mark.parametrize("lacking", ["population_rate", "population_dispersion"])
def test_without_the_spread_of_everybody_nothing_is_said(lacking: str) -> None:
    assert adjusted(12, **{lacking: None}) == {}
