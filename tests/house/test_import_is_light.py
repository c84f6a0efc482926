"""Importing the package, and the rooms that only read files, loads no heavy library."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = "import json, sys, {module}; print(json.dumps(sorted(set(sys.modules) & set({heavy!r}))))"
NUMERICAL = ("matplotlib", "numpy", "pandas", "scipy", "seaborn", "statsmodels")
ALL = (*NUMERICAL, "babel", "click", "papermill", "pydantic", "ruamel.yaml")


def loaded(module: str, heavy: tuple[str, ...], root: Path) -> list[str]:
    command = [sys.executable, "-c", PROBE.format(module=module, heavy=heavy)]
    answer = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    return list(json.loads(answer.stdout))


def test_the_probe_sees_a_heavy_library(root: Path) -> None:
    assert loaded("numpy", ALL, root) == ["numpy"]


def test_importing_the_package_loads_nothing_but_the_package(root: Path) -> None:
    assert loaded("benefits", ALL, root) == []


@pytest.mark.slow
def test_a_batch_loads_what_runs_notebooks_only_when_it_runs_one(root: Path) -> None:
    """So that ``benefits check`` does not wait for it."""
    assert loaded("benefits.batch", ("jsonschema", "nbformat", "papermill"), root) == []


@pytest.mark.parametrize("room", ["errors", "vocabulary", "reference", "project"])
def test_the_rooms_that_read_files_load_no_numerical_library(room: str, root: Path) -> None:
    assert loaded(f"benefits.{room}", NUMERICAL, root) == []
