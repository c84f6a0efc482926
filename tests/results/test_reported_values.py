"""Reported values stand beside the baseline, hidden when they are of few, and only when they were known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.results import Results, assess, to_json

PLAN: dict[str, Any] = {
    "format": 1,
    "id": "dho",
    "title": "DHO",
    "as_of": date(2026, 6, 30),
    "benefits": [
        {
            "id": "time",
            "title": "Time",
            "indicator": {"definition": "Hours", "unit": "hours", "direction": "lower_is_better"},
            "baseline": {
                "state": "measured",
                "value": 50,
                "source": "Rosters",
                "period": {"start": date(2024, 1, 1), "end": date(2024, 12, 31)},
            },
        }
    ],
}
REPORT = """\
format: 1
project: dho
reported_on: {on}
role: Leader
values:
  - {{benefit: time, value: {value}, unit: hours, n: {n}, start: 2025-01-01, date: 2025-12-31, source: Rosters}}
"""
LEVEL = "benefit.time.measurement.0"


@pytest.fixture
def assessed(written: Callable[..., Path], tmp_path: Path) -> Callable[..., Results]:
    """Assess the plan with these reports, each a day, a value and a number behind."""

    def make(*reports: tuple[str, float, int], **options: Any) -> Results:
        (tmp_path / "reported").mkdir(exist_ok=True)
        files = {f"reported/{on}-leader.yaml": REPORT.format(on=on, value=value, n=n) for on, value, n in reports}
        return assess(written(PLAN, files), draws=100, **options)

    return make


def test_a_value_stands_with_its_change_from_the_baseline(assessed: Callable[..., Results]) -> None:
    values = assessed(("2026-01-15", 44.0, 16)).values
    # 44 hours against 50 before.
    assert (values[LEVEL].value, values[f"{LEVEL}.change"].value, values[f"{LEVEL}.n"].value) == (44, -6, 16)
    assert values[LEVEL].grade == "reported"


@pytest.mark.parametrize(("n", "hidden"), [(4, True), (5, False), (0, False)])
def test_a_value_of_few_is_hidden_with_its_change_and_its_number(
    n: int, hidden: bool, assessed: Callable[..., Results]
) -> None:
    results = assessed(("2026-01-15", 43.21, n), ("2026-02-15", 44.32, n))
    for name in (LEVEL, f"{LEVEL}.change", f"{LEVEL}.n", "correction.0.before", "correction.0.after"):
        assert results.values[name].suppressed is hidden
        assert (results.values[name].value is None) is hidden
    told = str([one for one in to_json(results, kind="follow-up")["values"] if one["id"].startswith(LEVEL)])
    assert ("44.32" not in told) is hidden


def test_inside_the_project_few_may_be_shown(assessed: Callable[..., Results]) -> None:
    assert assessed(("2026-01-15", 44.0, 4), audience="internal").values[LEVEL].value == 44


def test_a_report_after_the_date_is_not_known_and_its_file_is_no_input(assessed: Callable[..., Results]) -> None:
    reports = (("2026-01-15", 44.0, 16), ("2026-07-01", 46.0, 16))
    before, after = assessed(*reports), assessed(*reports, as_of=date(2026, 7, 1))
    assert (before.values[LEVEL].value, after.values[LEVEL].value) == (44, 46)
    assert "correction.0.before" not in before.values
    assert after.values["correction.0.before"].value == 44
    told = [sorted(name for name in one.files if name.startswith("reported/")) for one in (before, after)]
    assert told == [["reported/2026-01-15-leader.yaml"], [f"reported/{day}-leader.yaml" for day, _, _ in reports]]
