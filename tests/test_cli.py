"""The commands: paths on stdout, everything else on stderr, and an exit code that tells how it went."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benefits import __version__
from benefits.batch import NotebookFailed, Task
from benefits.cli import main

WriteProject = Callable[..., Path]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write_project(here: Path) -> WriteProject:
    def write(folder: str, *, id: str | None = None, add: str = "") -> Path:
        file = Path(folder, "project.yaml")
        file.parent.mkdir(parents=True)
        named = [f"id: {id or folder}", f"title: Prosjekt {folder}", "languages: [nb]"]
        lines = ["format: 1", *named, "as_of: 2025-12-31", add, ""]
        file.write_text("\n".join(lines), encoding="utf-8")
        return file

    return write


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    """The reports that were asked for; none is really made, and that of a project called stops fails."""
    asked: list[Task] = []

    def make(task: Task) -> tuple[Path, ...]:
        asked.append(task)
        if task.project_id == "stops":
            raise NotebookFailed("ValueError: no such thing")
        return (task.out / task.project_id / f"{task.kind}.{task.language}.html",)

    monkeypatch.setattr("benefits.batch.run.make_report", make)
    return asked


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def test_a_good_file_passes_the_check_and_its_gaps_are_told(write_project: WriteProject) -> None:
    result = run("check", str(write_project("a")))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "a/project.yaml" in result.stderr
    assert len(result.stderr.splitlines()) > 5


def test_every_problem_of_every_file_is_told_with_its_line_and_the_good_ones_pass(write_project: WriteProject) -> None:
    write_project("a", add="phase: someday\nhorizon_years: many")
    write_project("b")
    write_project("c", add="theme: nothing")
    result = run("check", ".")
    assert result.exit_code == 1
    assert result.stdout == ""
    places = [line.split(": ")[0] for line in result.stderr.splitlines()]
    assert "a/project.yaml:6" in places
    assert "a/project.yaml:7" in places
    assert "c/project.yaml:6" in places
    assert "b/project.yaml" in places


@pytest.mark.parametrize("command", [("check",), ("report", "plan")])
def test_a_path_that_does_not_exist_is_wrong_use(command: tuple[str, ...]) -> None:
    result = run(*command, "nowhere", "nothing/project.yaml")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "nowhere" in result.stderr
    assert "nothing/project.yaml" in result.stderr


@pytest.mark.parametrize("command", [("check",), ("report", "plan")])
def test_a_folder_without_projects_is_wrong_use(command: tuple[str, ...], here: Path) -> None:
    (here / "empty").mkdir()
    result = run(*command, "empty")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "empty" in result.stderr


def test_reports_that_were_made_stand_on_stdout_one_a_line(write_project: WriteProject, tasks: list[Task]) -> None:
    write_project("a")
    write_project("b")
    result = run("report", "plan", ".", "--out", "there", "--as-of", "2025-12-31")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["there/a/plan.nb.html", "there/b/plan.nb.html"]
    assert result.stderr == ""
    assert {task.as_of for task in tasks} == {"2025-12-31"}


def test_some_failed_is_exit_one_and_the_rest_are_made(write_project: WriteProject, tasks: list[Task]) -> None:
    write_project("broken", add="phase: someday")
    write_project("good")
    write_project("stops")
    result = run("report", "avoided-cost", ".")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["out/good/avoided-cost.nb.html"]
    assert "broken/project.yaml" in result.stderr
    assert "someday" in result.stderr
    assert "stops/project.yaml" in result.stderr
    assert "ValueError: no such thing" in result.stderr
    assert [task.project_id for task in tasks] == ["good", "stops"]


@pytest.mark.parametrize("day", ["2025-13-01", "31.12.2025", "today", "2025", "2025-W01-1", "20251231"])
def test_a_day_that_is_none_is_wrong_use_and_nothing_is_made(
    write_project: WriteProject, tasks: list[Task], day: str
) -> None:
    result = run("report", "plan", str(write_project("a")), "--as-of", day)
    assert result.exit_code == 2
    assert day in result.stderr
    assert tasks == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--lang", "nn"], "nn"),
        (["--lang", "de"], "de"),
        (["--out", "a/project.yaml"], "a/project.yaml"),
        (["--no-such-option"], "--no-such-option"),
    ],
)
def test_a_choice_there_is_none_of_is_wrong_use(
    write_project: WriteProject, tasks: list[Task], arguments: list[str], named: str
) -> None:
    write_project("a")
    result = run("report", "plan", "a", *arguments)
    assert result.exit_code == 2
    assert named in result.stderr
    assert tasks == []


def test_an_unknown_kind_is_wrong_use_and_the_known_are_named(write_project: WriteProject) -> None:
    write_project("a")
    result = run("report", "poem", "a")
    assert result.exit_code == 2
    assert "plan" in result.stderr
    assert "avoided-cost" in result.stderr


def test_the_version_and_the_help_of_every_command_are_shown() -> None:
    assert run("--version").stdout.strip() == __version__
    for command in main.commands:
        assert run(command, "--help").stdout.startswith("Usage: ")
    assert set(main.commands) <= {word for line in run("-h").stdout.splitlines() for word in line.split()}
