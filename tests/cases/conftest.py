"""The three worlds of the eighty patients, each assessed once; nothing in them is uncertain, so few draws do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from benefits.results import Results, assess

ROOT = Path(__file__).resolve().parents[2]
EIGHTY = ROOT / "params" / "eksempel-aatti"
WORLDS = ("ingen-virkning", "kort-sikt", "maalrettet")


@pytest.fixture(scope="session")
def worlds() -> Mapping[str, Results]:
    return {world: assess(EIGHTY / world / "project.yaml", draws=8) for world in WORLDS}
