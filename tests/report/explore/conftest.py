"""One project opened once, with how long that took."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from benefits.report.explore import Explorer, explore

PROJECT = Path(__file__).resolve().parents[3] / "params" / "eksempel-kommune" / "project.yaml"


@pytest.fixture(scope="session")
def opened() -> tuple[Explorer, float]:
    """The largest example, and the seconds it took to assess it."""
    started = time.perf_counter()
    return explore(PROJECT, draws=400), time.perf_counter() - started


@pytest.fixture(scope="session")
def explorer(opened: tuple[Explorer, float]) -> Explorer:
    return opened[0]
