"""``benefits methods``: every method with what it needs, and the advice on the benefits of project files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benefits.cli import main
from benefits.measurement import methods

PROJECT = """
format: 1
id: liten
title: Lite prosjekt
as_of: 2024-12-31
benefits:
  - id: g1
    title: Kortere ventetid
    indicator: {definition: Ventetid, unit: points, direction: lower_is_better}
    method: {id: survey}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["methods", *arguments])


def test_every_method_is_listed_with_what_it_needs_in_the_language_asked_for() -> None:
    found = run("--lang", "nn")
    assert found.exit_code == 0
    heads = [line.partition(":")[0] for line in found.stdout.splitlines() if not line.startswith(" ")]
    assert heads == list(methods())
    assert "  Treng: minst 12 målingar før oppstart og éin felles oppstartsdato" in found.stdout.splitlines()


def test_each_benefit_of_a_project_gets_its_advice_and_a_broken_file_stops_none(here: Path) -> None:
    for name, text in (("a", PROJECT), ("b", "format: 1\nid: b\n")):
        (here / name).mkdir()
        (here / name / "project.yaml").write_text(text, encoding="utf-8")
    found = run(".", "--lang", "nb")
    assert found.exit_code == 1
    assert found.stdout.splitlines()[:2] == ["a/project.yaml: Lite prosjekt", "  Kortere ventetid (id: g1)"]
    assert "    Hvordan måler vi? Spørreundersøkelse." in found.stdout
    assert "b/project.yaml: ingen råd kunne gis." in found.stderr
    assert "<" not in found.stdout


def test_a_path_that_is_not_there_is_wrong_use() -> None:
    assert run("nowhere").exit_code == 2
