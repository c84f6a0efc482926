"""``benefits check`` on a portfolio tells everything about its file, its table and its projects."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from benefits.cli import main

TABLE = "registry:\n  file: t.csv\n  columns: {project: navn, hours: timer}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "project.yaml").write_text("format: 1\nid: a\ntitle: A\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("navn;timer\nA;10\n", encoding="utf-8")
    return tmp_path


def written(folder: Path, rest: str) -> None:
    (folder / "portfolio.yaml").write_text(f"format: 1\nid: vest\ntitle: Vest\n{rest}", encoding="utf-8")


@pytest.mark.parametrize("named", [".", "portfolio.yaml"])
def test_a_portfolio_that_can_be_used_and_its_projects_pass(folder: Path, named: str) -> None:
    written(folder, TABLE + "projects: [a]\n")
    answer = CliRunner().invoke(main, ["check", named, "--lang", "nb"])
    assert answer.exit_code == 0, answer.stderr
    assert answer.stderr.startswith("portfolio.yaml: kan brukes.")
    assert "a/project.yaml: kan brukes." in answer.stderr


def test_a_portfolio_with_a_table_alone_passes(folder: Path) -> None:
    written(folder, TABLE)
    answer = CliRunner().invoke(main, ["check", "portfolio.yaml", "--lang", "nb"])
    assert (answer.exit_code, answer.stderr) == (0, "portfolio.yaml: kan brukes.\n")


def test_a_wrong_cell_of_the_table_fails_with_its_line(folder: Path) -> None:
    written(folder, TABLE)
    (folder / "t.csv").write_text("navn;timer\nA;-10\n", encoding="utf-8")
    answer = CliRunner().invoke(main, ["check", "portfolio.yaml", "--lang", "nn"])
    assert answer.exit_code == 1
    assert "t.csv:2: «-10». Timane" in answer.stderr


def test_a_broken_portfolio_file_in_a_folder_does_not_hide_the_projects(folder: Path) -> None:
    written(folder, "projects: [a, b]\n")
    answer = CliRunner().invoke(main, ["check", ".", "--lang", "nb"])
    assert answer.exit_code == 1
    assert "portfolio.yaml:4: «b»." in answer.stderr
    assert "a/project.yaml: kan brukes." in answer.stderr
