"""The page on a service's price names keys the project file has, and everything the report may say is missing."""

from __future__ import annotations

import re
from collections.abc import Callable

from pydantic import BaseModel

from benefits.project.model import PatientGroup
from benefits.project.service import Resource, Service, Task
from benefits.report.sections.price_lacks import KEYS

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
