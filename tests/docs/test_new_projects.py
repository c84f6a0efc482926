"""The pages on a first plan and on VS Code say what the commands do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from benefits.cli import main
from benefits.forms import TEMPLATES
from benefits.forms.starters import starter
from benefits.project import load

Blocks = Callable[..., list[str]]
Page = Callable[[str], str]
LIGHT, EDITOR = "docs/eksempel-lett.md", "docs/vscode.md"


def test_the_commands_of_the_first_plan_can_be_given_as_they_stand(
    blocks: Blocks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for page in (LIGHT, EDITOR):
        for block in blocks(page, ""):
            command = block.strip().removeprefix(".venv/bin/benefits ").split()
            if command[0] == "new":
                (tmp_path / page).mkdir(parents=True)
                monkeypatch.chdir(tmp_path / page)
                assert CliRunner().invoke(main, command).exit_code == 0


def test_what_the_page_quotes_of_the_form_stands_in_it(page: Page) -> None:
    (quoted,) = re.findall(r"`(\[[^`]+\])`", page(LIGHT))
    assert quoted in starter("light", "nn", id="ny")


def test_the_page_says_how_many_benefits_and_dates_the_example_has(page: Page, root: Path) -> None:
    project = load(root / "params" / "eksempel-lett" / "project.yaml")
    dates = [action for benefit in project.benefits for action in benefit.actions if action.due]
    assert (len(project.benefits), len(dates), len(project.decisions)) == (4, 3, 1)
    assert "en beslutning å be om, fire gevinster og tre frister" in page(LIGHT)
    assert sum(benefit.indicator is not None for benefit in project.benefits) == 1


def test_every_template_is_named(page: Page) -> None:
    assert [
        name for name in TEMPLATES if f"`{name}`" not in page(LIGHT) and f"--template {name}" not in page(LIGHT)
    ] == []


def test_the_settings_name_the_file_the_schema_is_put_in(blocks: Blocks) -> None:
    (settings,) = blocks(EDITOR, "json")
    (schema,) = json.loads(settings)["yaml.schemas"]
    (command,) = [block for block in blocks(EDITOR, "") if " schema " in block]
    assert command.split()[-1] == schema.removeprefix("./")
    (line,) = blocks(EDITOR, "yaml")
    assert line.strip().endswith(f"$schema=../{schema.removeprefix('./')}")
