"""``benefits freeze``: the path on stdout, what went wrong on stderr, and the others frozen all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benefits.cli import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        dated = "" if folder == "b" else "as_of: 2024-12-31\n"
        text = f"format: 1\nid: {folder}\ntitle: Prosjekt\n{dated}"
        (tmp_path / folder / "project.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["freeze", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_each_project_is_frozen_and_one_without_a_date_stops_none_of_the_others(here: Path) -> None:
    result = run(".")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["a/frozen/2024-12-31.json", "c/frozen/2024-12-31.json"]
    assert all((here / line).is_file() for line in result.stdout.splitlines())
    assert "b/project.yaml:1: " in result.stderr


def test_the_date_given_goes_before_that_of_the_file(here: Path) -> None:
    result = run("a", "b/project.yaml", "--as-of", "2024-06-30")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["a/frozen/2024-06-30.json", "b/frozen/2024-06-30.json"]
    assert result.stderr == ""


def test_a_frozen_date_is_never_written_over(here: Path) -> None:
    run("a")
    before = (here / "a/frozen/2024-12-31.json").read_bytes()
    (here / "a/project.yaml").write_text("format: 1\nid: a\ntitle: Nytt\nas_of: 2024-12-31\n", encoding="utf-8")
    result = run("a", "c")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["c/frozen/2024-12-31.json"]
    assert "a/frozen/2024-12-31.json: " in result.stderr
    assert (here / "a/frozen/2024-12-31.json").read_bytes() == before


def test_a_file_that_cannot_be_used_is_not_frozen(here: Path) -> None:
    (here / "a/project.yaml").write_text("format: 1\nid: a\ntitle: A\nphase: someday\n", encoding="utf-8")
    result = run("a", "--as-of", "2024-12-31")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "a/project.yaml:4: " in result.stderr
    assert not (here / "a/frozen").exists()


def test_a_touched_freeze_is_told_when_the_project_is_checked(here: Path) -> None:
    run("a")
    frozen = here / "a/frozen/2024-12-31.json"
    frozen.write_text(frozen.read_text(encoding="utf-8").replace('"a"', '"b"'), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "a"])
    assert result.exit_code == 1
    assert "a/frozen/2024-12-31.json: " in result.stderr


def test_a_day_that_is_none_is_wrong_use() -> None:
    assert run("a", "--as-of", "31.12.2024").exit_code == 2
