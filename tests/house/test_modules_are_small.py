"""A module does one thing, so it is short."""

from __future__ import annotations

from pathlib import Path
from statistics import median

LONGEST = 400
MEDIAN = 200


def test_no_module_is_longer_than_a_reader_can_hold(root: Path) -> None:
    lines = {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in (root / "benefits").rglob("*.py")
    }
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}
    assert 0 < median(lines.values()) <= MEDIAN
