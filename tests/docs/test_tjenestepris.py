"""The page on a service's price names keys the project file has, and everything the report may say is missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from benefits.project.model import PatientGroup
from benefits.project.service import Resource, Service, Task
from benefits.report.sections.price_lacks import KEYS
from benefits.results import assess

ACTORS = {"vik": "kommune", "nes": "kommune", "fjord": "hf"}
PAGE = "docs/tjenestepris.md"
MODELS: dict[str, type[BaseModel]] = {"": Service, "resources": Resource, "tasks": Task, "patient_group": PatientGroup}


def keys(text: str) -> list[str]:
    """The keys in the middle column of the table of what is needed."""
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| ")]
    return [key for row in rows for key in re.findall(r"`([a-z_.]+)`", row[2]) if key != "services"]


def test_every_key_named_is_one_of_the_project_file(page: Callable[[str], str]) -> None:
    named = keys(page(PAGE))
    assert len(named) > 8
    for key in named:
        whole, _, part = key.rpartition(".")
        assert part in MODELS[whole].model_fields, key


def test_everything_a_price_may_lack_is_named(page: Callable[[str], str]) -> None:
    named = {part for key in keys(page(PAGE)) for part in key.split(".")}
    assert {key.removeprefix("services.") for key in KEYS.values() if key != "services"} <= named


def test_the_service_shown_is_one_three_parties_can_share(
    blocks: Callable[[str, str, str], list[str]], tmp_path: Path
) -> None:
    (shown,) = blocks(PAGE, "yaml", "en tjeneste")
    actors = "".join(f"  - {{id: {id}, kind: {kind}, name: {id}}}\n" for id, kind in ACTORS.items())
    plan = "format: 1\nid: p\ntitle: P\ngo_live: 2027-01-01\nhorizon_years: 2\nprice_year: 2026\nas_of: 2026-10-31\n"
    volume = "patient_group: {category: several_chronic_conditions, volume: {2027: 90, 2028: 120}}\n"
    (tmp_path / "project.yaml").write_text(plan + volume + "actors:\n" + actors + shown, encoding="utf-8")
    results = assess(tmp_path / "project.yaml", draws=50)
    codes = {gap.code for gap in results.gaps}
    assert codes.isdisjoint({"service_without_cost", "party_volume_missing", "agreed_price_missing_for_parties"})
    # 30 percent of 1 500 kr for 120 patients in twelve months.
    assert results.values["service.dho.split.2028.party.fjord.in_all"].value == pytest.approx(0.3 * 1500 * 12 * 120)
