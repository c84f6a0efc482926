"""The commands: paths on stdout, everything else on stderr, and an exit code that tells how it went."""

from __future__ import annotations

import signal
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benefits import __version__
from benefits.batch import Made, NotebookFailed, Task
from benefits.batch.runs import read_runs
from benefits.cli import _bar, main
from benefits.language import catalogue

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

    def make(task: Task, _: object) -> Made:
        asked.append(task)
        if task.subject.id == "stops":
            raise NotebookFailed("ValueError: no such thing")
        folder = task.out / task.subject.id
        folder.mkdir(parents=True, exist_ok=True)
        names = [f"{task.kind}.{task.language}.{form}" for form in task.formats] + [f"{task.kind}.json"]
        for name in names:
            (folder / name).write_text("", encoding="utf-8")
        return Made(files=tuple(folder / name for name in names))

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


def test_what_several_benefits_lack_is_told_once_with_their_titles_and_ids(write_project: WriteProject) -> None:
    benefits = "".join(f"  - {{id: g{n}, title: Gevinst nummer {n}}}\n" for n in (1, 2, 3))
    result = run("check", str(write_project("a", add=f"benefits:\n{benefits}")))
    assert result.exit_code == 0
    lines = [line for line in result.stderr.splitlines() if "nummer 1" in line]
    lacking = [line for line in lines if "mangler indikator" in line]
    assert len(lacking) == 1
    assert all(f"«Gevinst nummer {n}»" in lacking[0] for n in (1, 2, 3))
    assert lacking[0].endswith("(id: g1, g2, g3)")
    assert "«g1»" not in result.stderr
    assert all(line.count("Gevinst nummer 2") == 1 for line in lines if "(id: g1, g2, g3)" in line)


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
    assert result.stdout.splitlines() == [
        "there/a/plan.nb.html",
        "there/a/plan.json",
        "there/b/plan.nb.html",
        "there/b/plan.json",
    ]
    assert result.stderr == ""
    assert {task.as_of for task in tasks} == {"2025-12-31"}


def test_some_failed_is_exit_one_and_the_rest_are_made(write_project: WriteProject, tasks: list[Task]) -> None:
    write_project("broken", add="phase: someday")
    write_project("good")
    write_project("stops")
    result = run("report", "avoided-cost", ".")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["out/good/avoided-cost.nb.html", "out/good/avoided-cost.json"]
    assert "broken/project.yaml" in result.stderr
    assert "someday" in result.stderr
    assert "stops/project.yaml" in result.stderr
    assert "ValueError: no such thing" in result.stderr
    assert sorted(task.subject.id for task in tasks) == ["good", "stops"]
    rows = {run.project: run for run in read_runs(Path("out", "runs.csv"))}
    assert {name: run.state for name, run in rows.items()} == {"broken": "failed", "good": "made", "stops": "failed"}
    assert "someday" in rows["broken"].reason
    assert Path("out", "index.html").is_file()


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
        (["--lang", "de"], "de"),
        (["--lang", "nb,de"], "de"),
        (["--format", "xyz"], "xyz"),
        (["--format", "html,"], "--format"),
        (["--jobs", "0"], "--jobs"),
        (["--period", "2025T4"], "2025T4"),
        (["--period", "i fjor"], "i fjor"),
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


def test_languages_and_formats_may_be_given_several_times_or_with_commas(
    write_project: WriteProject, tasks: list[Task]
) -> None:
    write_project("a")
    result = run("report", "plan", "a", "--lang", "nn,en", "--lang", "nn", "--format", "pdf", "--format", "docx,pdf")
    assert result.exit_code == 0
    assert {task.language for task in tasks} == {"nn", "en"}
    assert {task.formats for task in tasks} == {("pdf", "docx")}
    assert result.stdout.splitlines() == [
        "out/a/plan.nn.pdf",
        "out/a/plan.nn.docx",
        "out/a/plan.json",
        "out/a/plan.en.pdf",
        "out/a/plan.en.docx",
    ]


def test_a_period_reaches_the_report_that_has_one_and_the_others_say_they_have_none(
    write_project: WriteProject, tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benefits.batch.notebooks.parameters_of", lambda _: frozenset({"period"}))
    write_project("a")
    assert run("report", "follow-up", "a", "--period", "2025T2").stderr == ""
    monkeypatch.setattr("benefits.batch.notebooks.parameters_of", lambda _: frozenset())
    assert "--period" in run("report", "plan", "a", "--period", "2025-03").stderr
    assert [task.period for task in tasks] == ["2025T2", "2025-03"]


def test_an_earlier_report_reaches_the_kinds_that_are_held_against_one_and_the_others_say_they_are_not(
    write_project: WriteProject, tasks: list[Task], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benefits.batch.notebooks.parameters_of", lambda _: frozenset({"since"}))
    write_project("a")
    (here / "earlier").mkdir()
    assert run("report", "plan", "a", "--since", "earlier").stderr == ""
    monkeypatch.setattr("benefits.batch.notebooks.parameters_of", lambda _: frozenset())
    assert "--since" in run("report", "data-request", "a", "--since", "not-there").stderr
    assert [task.since for task in tasks] == ["earlier", ""]


@pytest.mark.parametrize("named", ["not-there", "out", "out/a/plan.json"])
def test_an_earlier_report_that_is_not_there_or_would_be_lost_is_wrong_use(
    named: str, write_project: WriteProject, tasks: list[Task], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benefits.batch.notebooks.parameters_of", lambda _: frozenset({"since"}))
    write_project("a")
    (here / "out" / "a").mkdir(parents=True)
    (here / "out" / "a" / "plan.json").write_text("{}", encoding="utf-8")
    result = run("report", "plan", "a", "--since", named)
    assert (result.exit_code, tasks) == (2, [])
    assert result.stderr.startswith(f"{named}: ")


def test_what_is_wrong_with_a_file_is_told_once_however_many_languages_it_lists(
    write_project: WriteProject, tasks: list[Task]
) -> None:
    file = write_project("stops")
    file.write_text(file.read_text(encoding="utf-8").replace("[nb]", "[nb, nn]"), encoding="utf-8")
    lines = run("report", "plan", ".").stderr.splitlines()
    assert len(tasks) == 2
    assert len([line for line in lines if "no such thing" in line]) == 1
    assert [line for line in lines if "plan.nb" in line]
    assert [line for line in lines if "plan.nn" in line]


def test_a_list_that_cannot_be_written_is_told_and_exits_one(
    write_project: WriteProject, tasks: list[Task], here: Path
) -> None:
    (here / "out" / "runs.csv").mkdir(parents=True)
    write_project("a")
    result = run("report", "plan", "a")
    assert result.exit_code == 1
    assert "runs.csv" in result.stderr


def test_reports_that_are_interrupted_are_listed_as_far_as_they_came(
    write_project: WriteProject, tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project("a")
    write_project("b")
    whole = "benefits.cli._tell_outcome"

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(whole, interrupt)
    result = run("report", "plan", ".", "--jobs", "1")
    assert result.exit_code == 128 + signal.SIGINT
    assert [run.project for run in read_runs(Path("out", "runs.csv"))] == ["a"]


def test_that_reports_were_interrupted_is_not_forgotten_when_the_list_cannot_be_written(
    write_project: WriteProject, tasks: list[Task], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "out" / "runs.csv").mkdir(parents=True)
    write_project("a")
    for stop, exit_code in ((KeyboardInterrupt(), 128 + signal.SIGINT), (SystemExit(128 + signal.SIGTERM), 143)):

        def end(*_: object, stop: BaseException = stop) -> None:
            raise stop

        monkeypatch.setattr("benefits.cli._tell_outcome", end)
        result = run("report", "plan", "a")
        assert result.exit_code == exit_code
        assert "runs.csv" in result.stderr


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_bar_tells_a_person_how_far_it_has_come_and_the_time_left_in_words_of_the_catalogue(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    said = catalogue(language)  # type: ignore[arg-type]
    with _bar(said) as bar:
        bar.reset(4)
        bar.update()
        bar.refresh()
    assert said.text("cli.report.progress") in shown.getvalue()
    assert "1/4" in shown.getvalue()
    assert said.text("cli.report.left", time="").strip() in shown.getvalue()


BROKEN = ("phase: someday", "no_such_key: 1")


def many(write_project: WriteProject, count: int, broken: tuple[int, ...]) -> set[str]:
    """Write so many projects, of which some are broken; return the ids of the whole ones."""
    for number in range(count):
        write_project(f"p{number:02d}", add=BROKEN[number % 2] if number in broken else "")
    return {f"p{number:02d}" for number in range(count) if number not in broken}


def test_one_broken_project_among_three_stops_none_of_the_others(
    write_project: WriteProject, tasks: list[Task]
) -> None:
    whole = many(write_project, 3, broken=(1,))
    result = run("report", "plan", ".")
    assert result.exit_code == 1
    assert {Path(line).parent.name for line in result.stdout.splitlines()} == whole
    assert "p01/project.yaml:6" in result.stderr


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_two_broken_projects_among_twenty_are_explained_and_eighteen_reports_are_made(
    write_project: WriteProject, here: Path
) -> None:
    whole = many(write_project, 20, broken=(4, 11))
    result = run("report", "plan", ".", "--lang", "nb")
    assert result.exit_code == 1
    made = {path.parent.name for path in here.glob("out/*/plan.nb.html")}
    assert made == whole
    assert len(result.stdout.splitlines()) == 18 * 3
    told = [line.strip() for line in result.stderr.splitlines()]
    assert [line.split(": ")[0] for line in told] == [
        "p04/project.yaml",
        "p04/project.yaml:6",
        "p11/project.yaml",
        "p11/project.yaml:6",
    ]
    states = {run.project: run.state for run in read_runs(Path("out", "runs.csv"))}
    assert states == dict.fromkeys(whole, "made") | {"p04": "failed", "p11": "failed"}
    assert (here / "out" / "index.html").read_text(encoding="utf-8").count('href="p') == 18 * 3


def test_an_unknown_kind_is_wrong_use_and_the_known_are_named(write_project: WriteProject) -> None:
    write_project("a")
    result = run("report", "poem", "a")
    assert result.exit_code == 2
    assert "plan" in result.stderr
    assert "avoided-cost" in result.stderr


def test_the_version_and_the_help_of_every_command_are_shown() -> None:
    assert run("--version").stdout.strip() == __version__
    for command in main.commands:
        assert run(command, "--help").stdout.startswith("Bruk: ")
    assert set(main.commands) <= {word for line in run("-h").stdout.splitlines() for word in line.split()}
