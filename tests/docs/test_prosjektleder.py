"""What the page for project leaders says to type works as it stands, from an empty folder to the first plan."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benefits.cli import main
from benefits.forms import TEMPLATES
from benefits.language import catalogue

Blocks = Callable[..., list[str]]
PAGE = "docs/prosjektleder.md"


@pytest.fixture
def typed(blocks: Blocks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Result]:
    """Type the command of the page that begins so, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    lines = [line for block in blocks(PAGE, "") for line in block.splitlines()]

    def type_it(beginning: str, *more: str) -> Result:
        (line,) = [line for line in lines if line.startswith(f".venv/bin/benefits {beginning}")]
        return CliRunner().invoke(main, [*shlex.split(line)[1:], *more])

    return type_it


def test_a_new_project_file_can_be_used_at_once(typed: Callable[..., Result]) -> None:
    assert typed("new").exit_code == 0
    answer = typed("check")
    assert answer.exit_code == 0
    assert catalogue("nb").text("cli.check.passed", file="min-plan/project.yaml") in answer.output


def test_every_other_way_to_begin_is_one_there_is(typed: Callable[..., Result], page: Callable[[str], str]) -> None:
    named = re.findall(r"`--template (\w+)`", page(PAGE))
    assert sorted([*named, "dho"]) == sorted(TEMPLATES)
    for template in named:
        assert typed("new", "--template", template, "--lang", "nn").exit_code == 0
        assert typed("check").exit_code == 0
        Path("min-plan/project.yaml").unlink()


@pytest.mark.slow
def test_the_plan_lies_where_the_page_says_also_in_word_and_can_be_frozen_and_followed_up(
    typed: Callable[..., Result],
) -> None:
    typed("new")
    answer = typed("report plan")
    assert answer.exit_code == 0, answer.output
    assert {"plan.nb.html", "plan.nb.docx"} <= {path.name for path in Path("out/min-plan").iterdir()}
    assert typed("freeze").exit_code == 0
    assert typed("report follow-up").exit_code == 0
    assert Path("out/min-plan/follow-up.nb.html").is_file()


def test_the_parts_of_the_first_page_are_named_as_on_it(page: Callable[[str], str]) -> None:
    said = catalogue("nb")
    headings = [said.text(f"first_page.{name}") for name in ("decision", "figures", "not_claimed", "who_acts")]
    assert [heading for heading in headings if f"**{heading}.**" not in page(PAGE)] == []
