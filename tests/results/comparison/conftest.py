"""One project at two dates, and how the earlier one is kept in a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.results import Results, assess, to_json

PROJECT = Path(__file__).resolve().parents[3] / "params" / "eksempel-kommune" / "project.yaml"
Kept = Callable[..., Path]


@pytest.fixture(scope="session")
def then() -> Results:
    """The example half a year before it is reported on."""
    return assess(PROJECT, as_of=date(2025, 6, 30), draws=200)


@pytest.fixture(scope="session")
def now(kommune: Results) -> Results:
    """The same as it is reported on."""
    return kommune


@pytest.fixture(scope="session")
def plain(then: Results) -> str:
    """The follow-up then, as its file is written."""
    return json.dumps(to_json(then, kind="follow-up"))


@pytest.fixture
def kept(plain: str, tmp_path: Path) -> Kept:
    """Write the follow-up then to a file, with whatever is to be otherwise in it."""

    def write(change: Callable[[dict[str, Any]], object] = lambda _: None) -> Path:
        body = json.loads(plain)
        change(body)
        path = tmp_path / "follow-up.json"
        path.write_text(json.dumps(body), encoding="utf-8")
        return path

    return write
