"""Two shipped projects assessed once, and small projects written to files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from benefits.results import Results, assess

PARAMS = Path(__file__).resolve().parents[2] / "params"
Plan = dict[str, Any]


@pytest.fixture(scope="session")
def kommune() -> Results:
    """A constructed project with a panel, two methods, a service price, grants and transfers."""
    return assess(PARAMS / "eksempel-kommune" / "project.yaml", draws=2_000)


@pytest.fixture(scope="session")
def spread() -> Results:
    """Published figures only: evidence from elsewhere, area data, and nothing measured."""
    return assess(PARAMS / "dho-spredning-2024" / "project.yaml", draws=2_000)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a plan and its data files, and return the project file."""

    def write(plan: Mapping[str, Any], files: Mapping[str, str] | None = None) -> Path:
        path = tmp_path / "project.yaml"
        yaml = YAML()
        yaml.representer.ignore_aliases = lambda _: True
        with path.open("w", encoding="utf-8") as stream:
            yaml.dump(dict(plan), stream)
        for name, text in (files or {}).items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def plan() -> Plan:
    """One benefit measured before and after on a series: two events a month, then one, in two person-years each."""
    return {
        "format": 1,
        "id": "liten",
        "title": "Lite prosjekt",
        "actors": [{"id": "vik", "kind": "kommune", "name": "Vik"}, {"id": "hf", "kind": "hf", "name": "HF"}],
        "go_live": date(2024, 1, 1),
        "data": [
            {
                "id": "tall",
                "file": "tall.csv",
                "shape": "series",
                "columns": {"period": "periode", "count": "antall", "exposure": "aar"},
            }
        ],
        "benefits": [
            {
                "id": "g1",
                "title": "Færre innleggelser",
                "indicator": {
                    "definition": "Innleggelser",
                    "unit": "admissions",
                    "per": "person_year",
                    "direction": "lower_is_better",
                },
                "method": {"id": "before_after", "data": "tall"},
            }
        ],
    }


@pytest.fixture
def table() -> str:
    """Twenty-four months from January 2023."""
    months = [(year, month) for year in (2023, 2024) for month in range(1, 13)]
    rows = [f"{year}-{month:02d};{2 if year == 2023 else 1};2,0" for year, month in months]
    return "\n".join(["periode;antall;aar", *rows]) + "\n"
