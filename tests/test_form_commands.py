"""The commands for forms: paths and answers on stdout, the rest on stderr, and nothing lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from benefits.cli import main
from benefits.forms import reported_form_layout as at

PROJECT = """\
format: 1
id: dho
title: DHO
as_of: 2026-06-30
actors: [{id: vik, kind: kommune, name: Vik}]
benefits:
  - id: time
    title: Time
    owner: {role: Leder for hjemmetjenesten, actor: vik}
    indicator: {definition: Hours, unit: hours, direction: lower_is_better}
    target: {value: 3, date: 2026-01-01}
  - id: calm
    title: Calm
    owner: {role: Leder for legevakten, actor: vik}
    indicator: {definition: Calm, unit: share, direction: higher_is_better}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "project.yaml").write_text(PROJECT, encoding="utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["form", *words])


def fill(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet[at.DAY_AT] = datetime.fromisoformat("2026-06-01")
    days = {"start": "2026-01-01", "date": "2026-05-31"}
    answers = {"value": 2.5, "source": "Rosters", **{name: datetime.fromisoformat(day) for name, day in days.items()}}
    for name, answer in answers.items():
        sheet.cell(row=at.HEADER + 1, column=at.PLACE[name], value=answer)  # type: ignore[index]
    book.save(path)


def test_a_form_goes_out_comes_back_and_is_answered(here: Path) -> None:
    out = run("export", "project.yaml", "forms")
    names = ["forms/leder-for-hjemmetjenesten-vik.xlsx", "forms/leder-for-legevakten-vik.xlsx"]
    assert (out.exit_code, out.stdout.splitlines()) == (0, names)
    lacking = run("answers", ".")
    assert (lacking.exit_code, lacking.stderr) == (0, "1 svar mangler.\n")
    told = "time: Leder for hjemmetjenesten (Vik). Fristen var 1. januar 2026, for 180 dager siden."
    assert lacking.stdout == f"project.yaml: {told}\n"
    on_the_day = run("answers", ".", "--as-of", "2026-01-01")
    assert on_the_day.stdout == "project.yaml: time: Leder for hjemmetjenesten (Vik). Fristen er 1. januar 2026.\n"
    fill(here / names[0])
    came = run("import", *names, "project.yaml")
    assert came.stdout == "reported/2026-06-01-leder-for-hjemmetjenesten-vik.yaml\n"
    assert "time: 2,5 timer, fra 1. januar 2026 til 31. mai 2026" in came.stderr
    # The other form is empty, which is told; the first is read all the same.
    assert came.exit_code == 1
    assert run("answers", "project.yaml").stderr == "Ingen svar mangler.\n"


def test_a_folder_of_projects_gives_each_its_own_forms_and_one_that_is_broken_stops_none(here: Path) -> None:
    for name in ("a", "b", "broken"):
        (here / "all" / name).mkdir(parents=True)
        text = PROJECT.replace("id: dho", f"id: {name}").replace("direction: lower_is_better", "direction: lower")
        whole = PROJECT.replace("id: dho", f"id: {name}", 1)
        (here / "all" / name / "project.yaml").write_text(text if name == "broken" else whole, encoding="utf-8")
    out = run("export", "all", "forms")
    roles = ["leder-for-hjemmetjenesten-vik.xlsx", "leder-for-legevakten-vik.xlsx"]
    assert out.stdout.splitlines() == [f"forms/{name}/{role}" for name in ("a", "b") for role in roles]
    assert (out.exit_code, "broken/project.yaml:10" in out.stderr) == (1, True)
    one = run("export", "all", "forms.xlsx")
    assert (one.exit_code, one.stdout) == (2, "")


def test_none_is_not_said_to_have_answered_in_a_project_that_cannot_be_read(here: Path) -> None:
    (here / "project.yaml").write_text("id: liten\n bad: [\n", encoding="utf-8")
    told = run("answers", ".")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.splitlines()[-1] == "Ingen svar mangler i prosjektene som kunne leses."


def test_what_somebody_may_have_filled_in_is_not_written_over(here: Path) -> None:
    run("export", ".", "forms")
    fill(here / "forms" / "leder-for-hjemmetjenesten-vik.xlsx")
    again = run("export", ".", "forms")
    assert (again.exit_code, again.stdout) == (1, "")
    assert "Her ligger det allerede noe annet" in again.stderr
    assert run("export", ".", "forms", "--force").exit_code == 0


def test_one_workbook_is_for_one_role(here: Path) -> None:
    several = run("export", ".", "form.xlsx")
    assert (several.exit_code, several.stdout) == (2, "")
    assert "Leder for legevakten (Vik)" in several.stderr
    one = run("export", ".", "form.xlsx", "--responsible", "leder for legevakten", "--lang", "nn")
    assert (one.exit_code, one.stdout) == (0, "form.xlsx\n")
    assert openpyxl.load_workbook(here / "form.xlsx").active.title == "Meld verdiar"
    assert run("export", ".", "form.xlsx", "--responsible", "nobody").exit_code == 2


def test_a_mistake_is_told_without_a_traceback(here: Path) -> None:
    for words in (["export", "gone", "x"], ["import", "gone.xlsx", "project.yaml"], ["import", "project.yaml", "gone"]):
        answer = run(*words)
        assert answer.exit_code == 1
        assert isinstance(answer.exception, SystemExit)
    assert run("answers", "gone").exit_code == 2
    assert run("answers", ".", "--as-of", "i dag").exit_code == 2
