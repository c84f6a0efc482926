"""What the page for advisors says of many projects is what happens: kinds, options, files, run list and exit codes."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from benefits.cli import main
from benefits.project import read_portfolio
from benefits.vocabulary import ReportKind, words

Blocks = Callable[..., list[str]]
PAGE = "docs/radgiver.md"
WHOLE = "format: 1\nid: {id}\ntitle: Prosjekt {id}\nas_of: 2026-01-31\n"
BROKEN = "format: 1\nid: {id}\nas_of: 2026-01-31\ngo_live: 01.02.2027\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one project that is broken and one that is not."""
    monkeypatch.chdir(tmp_path)
    for id, text in (("a", BROKEN), ("b", WHOLE)):
        (tmp_path / id).mkdir()
        (tmp_path / id / "project.yaml").write_text(text.format(id=id), encoding="utf-8")
    return tmp_path


def test_the_table_of_kinds_names_every_kind(page: Callable[[str], str]) -> None:
    table = page(PAGE).partition("| Type | Hva |")[2].partition("\n\n")[0]
    assert tuple(re.findall(r"^\| `([\w-]+)` \|", table, flags=re.MULTILINE)) == words(ReportKind)


def test_every_option_of_the_table_is_one_there_is(page: Callable[[str], str]) -> None:
    table = page(PAGE).partition("| Valg | Hva |")[2].partition("\n\n")[0]
    options = re.findall(r"^\| `(--[\w-]+) ", table, flags=re.MULTILINE)
    shown = CliRunner().invoke(main, ["report", "--help"]).output
    assert len(options) == 7
    assert [option for option in [*options, "--period"] if option not in shown] == []


def test_a_broken_file_is_explained_as_quoted_and_the_other_is_not_stopped(folder: Path, blocks: Blocks) -> None:
    (excerpt,) = blocks(PAGE, "text", "fra check")
    answer = CliRunner().invoke(main, ["check", "."])
    assert answer.exit_code == 1
    assert [line for line in excerpt.splitlines() if line not in answer.output.splitlines()] == []


def test_the_portfolio_file_of_the_page_can_be_used(folder: Path, blocks: Blocks) -> None:
    (text,) = blocks(PAGE, "yaml", "portefølje")
    (folder / "portfolio.yaml").write_text(text, encoding="utf-8")
    loaded = read_portfolio(folder / "portfolio.yaml")
    assert [file.parent.name for file in loaded.projects] == ["a", "b"]


@pytest.mark.slow
def test_files_run_list_and_exit_code_are_those_of_the_page(folder: Path, page: Callable[[str], str]) -> None:
    answer = CliRunner().invoke(main, ["report", "plan", ".", "--out", "out"])
    assert answer.exit_code == 1
    named = [path.replace("<prosjektets id>", "b") for path in re.findall(r"^\| `(out/[^`]+)` \|", page(PAGE), re.M)]
    assert len(named) == 4
    assert [path for path in named if not (folder / path).is_file()] == []
    with (folder / "out" / "runs.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["source"].split("/")[-2]: row for row in csv.DictReader(stream, delimiter=";")}
    assert {name: row["state"] for name, row in rows.items()} == {"a": "failed", "b": "made"}
    assert "title" in rows["a"]["reason"]
    assert CliRunner().invoke(main, ["report", "plan", "b", "--out", "out"]).exit_code == 0
    assert CliRunner().invoke(main, ["report", "plan", "c", "--out", "out"]).exit_code == 2


def test_every_state_of_a_report_is_explained(page: Callable[[str], str], root: Path) -> None:
    source = (root / "benefits" / "batch" / "runs.py").read_text(encoding="utf-8")
    line = next(line for line in source.splitlines() if line.strip().startswith("state="))
    used = re.findall(r'"(\w+)"', line)
    assert len(used) == 3
    assert [state for state in used if f"`{state}` (" not in page(PAGE)] == []
