"""The pages, the blocks in them, and the two example projects as the whole chain reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from benefits.results import Results, assess

ROOT = Path(__file__).resolve().parents[2]
Blocks = Callable[..., list[str]]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def page(root: Path) -> Callable[[str], str]:
    """Text of a page by its path in the checkout."""
    return lambda name: (root / name).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def blocks(page: Callable[[str], str]) -> Blocks:
    """Fenced blocks of a page in one language; with a mark, only those under a comment that begins with it."""

    def find(name: str, language: str, mark: str = "") -> list[str]:
        pattern = rf"^(?:<!-- (?P<mark>[^>]*) -->\n)?(?P<indent> *)```{language}\n(?P<body>.*?)^ *```$"
        return [
            re.sub(rf"^{found['indent']}", "", found["body"], flags=re.MULTILINE) if found["indent"] else found["body"]
            for found in re.finditer(pattern, page(name), flags=re.MULTILINE | re.DOTALL)
            if not mark or (found["mark"] or "").startswith(mark)
        ]

    return find


@pytest.fixture(scope="session")
def kommune(root: Path) -> Results:
    """With as many draws as a report uses, since the pages quote its figures."""
    return assess(root / "params" / "eksempel-kommune" / "project.yaml")


@pytest.fixture(scope="session")
def spread(root: Path) -> Results:
    """With as many draws as a report uses, since the page quotes one of its figures."""
    return assess(root / "params" / "dho-spredning-2024" / "project.yaml")


@pytest.fixture(scope="session")
def norwegian() -> Callable[..., str]:
    """Write a number as the pages do: a decimal comma, groups of three and a true minus."""

    def write(number: float, decimals: int = 0) -> str:
        return f"{number:,.{decimals}f}".replace(",", " ").replace(".", ",").replace("-", "\u2212")

    return write
