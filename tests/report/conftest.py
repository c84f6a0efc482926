"""What tests of sections share: the example with everything in it, assessed once, and a voice."""

from __future__ import annotations

from pathlib import Path

import pytest

from benefits.report.voice import Voice, voice_in
from benefits.results import Results, assess

PARAMS = Path(__file__).resolve().parents[2] / "params"


@pytest.fixture(scope="session")
def kommune() -> Results:
    """A constructed project with a panel, two methods, a service price, grants and transfers."""
    return assess(PARAMS / "eksempel-kommune" / "project.yaml", draws=200)


@pytest.fixture
def voice() -> Voice:
    return voice_in("nb", first="nb")
