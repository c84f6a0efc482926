"""ARCHITECTURE.md names exactly the rooms and folders that exist, on one page."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = 80
# Made by commands, never stored.
MADE = {"build", "dist", "out"}


def table(text: str, heading: str) -> list[str]:
    """First column, which is in code type, of the table under a heading."""
    section = re.split(r"^## ", text, flags=re.MULTILINE)
    rows = next(part for part in section if part.startswith(heading)).splitlines()
    return [match[1] for row in rows if (match := re.match(r"\| `([^`]+)` \|", row))]


def holds_files(folder: Path) -> bool:
    return any(path.is_file() and "__pycache__" not in path.parts for path in folder.rglob("*"))


def test_the_page_names_every_room_and_no_other(root: Path) -> None:
    package = root / "benefits"
    tree = {f"{path.name}/" for path in package.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    tree |= {path.name for path in package.glob("*.py")} - {"__init__.py"}
    named = table((root / "ARCHITECTURE.md").read_text(encoding="utf-8"), "Rooms")
    assert sorted(named) == sorted(tree)


def test_the_page_names_every_folder_and_no_other(root: Path) -> None:
    folders = {path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")}
    tree = {f"{path.name}/" for path in folders if path.name not in MADE and holds_files(path)}
    named = table((root / "ARCHITECTURE.md").read_text(encoding="utf-8"), "Folders")
    assert sorted(named) == sorted(tree)


def test_the_page_is_one_page(root: Path) -> None:
    assert len((root / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= PAGE


def test_the_test_reads_the_first_column_of_the_right_table() -> None:
    text = "# A\n\n## Rooms\n\n| room | what |\n| --- | --- |\n| `a/` | x `b/` |\n\n## Folders\n\n| `c/` | x |\n"
    assert table(text, "Rooms") == ["a/"]
    assert table(text, "Folders") == ["c/"]
