"""What the first page quotes of commands and reports is what they say."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import benefits
from benefits.cli import main
from benefits.errors import InvalidInput
from benefits.language import catalogue

pytestmark = pytest.mark.slow

Blocks = Callable[..., list[str]]


def test_the_excerpt_of_check_is_what_it_says(root: Path, blocks: Blocks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    answer = CliRunner().invoke(main, ["check", "params/eksempel-kommune"])
    (excerpt,) = blocks("README.md", "text", "fra benefits check")
    assert answer.exit_code == 0
    assert [line for line in excerpt.splitlines() if line not in answer.output.splitlines()] == []


WRONG = """format: 1
id: dho-vik
title: Digital hjemmeoppfølging i Vik
actors:
  - {id: vik, kind: kommune, name: Vik kommune, code: 0301}
go_live: 01.02.2027
costs:
  - {id: lisens, title: Lisens, kind: running, actor: vik, amount: 45.000}
"""


def test_the_excerpt_of_a_file_with_mistakes_is_what_is_said_of_it(
    blocks: Blocks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("min-plan").mkdir()
    Path("min-plan/project.yaml").write_text(WRONG, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        benefits.load("min-plan/project.yaml")
    said = catalogue("nb")
    (excerpt,) = blocks("README.md", "text", "fra en fil med feil")
    assert excerpt.splitlines() == [said.problem(problem) for problem in caught.value.problems]


def test_the_excerpt_of_the_plan_stands_on_its_first_page(root: Path, page: Callable[[str], str]) -> None:
    report = benefits.open_report("plan", str(root / "params/eksempel-kommune/project.yaml"), language="nb")
    shown = _letters(re.sub(r"<[^>]+>", "", html.unescape(report.show("first_page").html)))
    quoted = re.search(r"<!-- fra planen .*?-->\n((?:>.*\n)+)", page("README.md"))
    assert quoted is not None
    claims = re.sub(r"^> ?", "", quoted[1], flags=re.MULTILINE).replace("**", "").split("\n- ")
    assert len(claims) == 3
    assert [claim for claim in claims if _letters(claim) not in shown] == []


def _letters(text: str) -> str:
    """Without any space, also those that keep a number together."""
    return "".join(text.split())
