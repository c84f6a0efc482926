"""Which reports are made of which files, and what becomes of those that cannot be."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from benefits.batch import (
    KernelDied,
    Made,
    NotebookFailed,
    Order,
    Outcome,
    Subject,
    Task,
    make_reports,
    making,
    project_files,
    run,
    subjects_of,
)
from benefits.batch.kernel import Kernels
from benefits.errors import InvalidInput, Problem
from benefits.language import LanguageNotReady, catalogue
from benefits.report.export import ExportFailed

WriteProject = Callable[..., Path]
Make = Callable[..., list[Outcome]]
BROKEN = "phase: someday"


def everything_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def stop_for(monkeypatch: pytest.MonkeyPatch, project: str, mistake: BaseException) -> None:
    """Let the notebook of one project stop after it has written its JSON; the others run."""
    whole = making._run

    def run(task: Task, work: Path, kernels: Kernels) -> object:
        notebook = whole(task, work, kernels)
        if task.subject.id == project:
            raise mistake
        return notebook

    monkeypatch.setattr("benefits.batch.making._run", run)


def test_a_folder_means_every_project_file_at_or_below_it_but_not_below_out(
    tmp_path: Path, write_project: WriteProject
) -> None:
    for folder in ("b", "a/deep", "out/old", ".hidden/x"):
        write_project(folder, id="x")
    (tmp_path / "a" / "other.yaml").write_text("format: 1", encoding="utf-8")
    found = project_files([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a/deep/project.yaml", "b/project.yaml"]


def test_a_file_named_in_several_ways_is_made_once_and_shown_as_it_was_first_named(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_project("a")
    monkeypatch.chdir(tmp_path)
    named = [Path("a/project.yaml"), Path("a"), Path("./a/../a/project.yaml"), file]
    assert project_files(named) == (Path("a/project.yaml"),)


def test_a_file_is_looked_for_from_the_working_directory_upwards(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_project("a")
    below = tmp_path / "notebooks"
    below.mkdir()
    monkeypatch.chdir(below)
    assert [path.resolve() for path in project_files([Path("a/project.yaml")])] == [file.resolve()]


@pytest.mark.parametrize("kind", ["plan", "portfolio"])
def test_all_files_that_do_not_exist_are_named_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    order = Order(kind=kind, out=tmp_path / "out")
    with pytest.raises(InvalidInput) as caught:
        subjects_of([Path("nowhere"), Path("nothing/project.yaml")], order)
    assert [problem.place for problem in caught.value.problems] == ["nowhere", "nothing/project.yaml"]


@pytest.mark.parametrize("kind", ["plan", "portfolio"])
def test_a_broken_portfolio_file_is_told_and_what_is_named_beside_it_is_used(
    tmp_path: Path, write_project: WriteProject, kind: str
) -> None:
    write_project("a")
    broken = tmp_path / "many" / "portfolio.yaml"
    broken.parent.mkdir()
    broken.write_text("format: 1\nno_such_key: 1\n", encoding="utf-8")
    found = subjects_of([broken, tmp_path / "a"], Order(kind=kind, out=tmp_path / "out"))
    good, told = sorted(found, key=lambda one: isinstance(one, Outcome))
    assert isinstance(good, Subject)
    assert good.id == "a"
    assert isinstance(told, Outcome)
    assert told.source == broken
    assert any("no_such_key" in line for line in told.failure)


def test_two_portfolios_with_one_id_are_not_written_over_each_other(
    tmp_path: Path, write_project: WriteProject
) -> None:
    files = []
    for folder in ("x", "y"):
        write_project(f"{folder}/a", id="a")
        files.append(tmp_path / folder / "portfolio.yaml")
        files[-1].write_text("format: 1\nid: vest\ntitle: Vest\nprojects: [a]\n", encoding="utf-8")
    first, second = subjects_of(files, Order(kind="portfolio", out=tmp_path / "out"))
    assert isinstance(first, Subject)
    assert first.source == files[0]
    assert isinstance(second, Outcome)
    assert (second.subject, second.source) == ("", files[1])
    assert "«vest»" in second.failure[0]
    assert files[0].as_posix() in second.failure[0]


def test_a_folder_whose_name_makes_the_id_of_a_portfolio_is_not_written_over_it(
    tmp_path: Path, write_project: WriteProject
) -> None:
    write_project("x/a", id="a")
    write_project("Vést/b", id="b")
    file = tmp_path / "x" / "portfolio.yaml"
    file.write_text("format: 1\nid: vest\ntitle: Vest\nprojects: [a]\n", encoding="utf-8")
    found = subjects_of([file, tmp_path / "Vést"], Order(kind="portfolio", out=tmp_path / "out"))
    assert [isinstance(one, Subject) for one in found] == [True, False]


def test_a_project_that_cannot_be_read_for_a_reason_nobody_foresaw_is_told_and_the_rest_is_made(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project("a"), write_project("b")
    whole = run.read

    def read(file: Path) -> object:
        if file.parent.name == "a":
            raise RecursionError("deep")
        return whole(file)

    monkeypatch.setattr(run, "read", read)
    told, good = subjects_of([tmp_path], Order(kind="plan", out=tmp_path / "out"))
    assert isinstance(told, Outcome)
    assert "RecursionError" in told.failure[0]
    assert isinstance(good, Subject)


def test_a_broken_project_in_a_portfolio_is_told_and_the_portfolio_is_made(
    tmp_path: Path, write_project: WriteProject
) -> None:
    write_project("all/a", id="a")
    write_project("all/b", id="b", add=BROKEN)
    portfolio, told = subjects_of([tmp_path / "all"], Order(kind="portfolio", out=tmp_path / "out"))
    assert isinstance(portfolio, Subject)
    assert portfolio.id == "all"
    assert isinstance(told, Outcome)
    assert told.source.parent.name == "b"
    assert any("someday" in line for line in told.failure)


@pytest.mark.usefixtures("in_process")
def test_a_report_is_a_page_a_notebook_and_a_json_file_and_nothing_else(
    tmp_path: Path, write_project: WriteProject, make: Make
) -> None:
    (outcome,) = make([write_project("a")], tmp_path / "out")
    assert [path.name for path in outcome.files] == ["plan.nb.html", "plan.nb.ipynb", "plan.json"]
    assert everything_in(tmp_path / "out") == ["a/plan.json", "a/plan.nb.html", "a/plan.nb.ipynb"]
    assert json.loads((tmp_path / "out" / "a" / "plan.json").read_bytes())["project"] == "a"


@pytest.mark.usefixtures("in_process")
def test_what_is_told_of_a_report_is_its_title_its_date_and_a_checksum_of_its_results(
    tmp_path: Path, write_project: WriteProject, make: Make
) -> None:
    file, out = write_project("a"), tmp_path / "out"
    first, again = make([file], out), make([file], out)
    file.write_text(file.read_text(encoding="utf-8") + "summary: Ny\n", encoding="utf-8")
    (changed,) = make([file], out)
    assert first == again
    assert first[0].made
    assert changed.made
    assert "Prosjekt a" in first[0].made.title
    assert first[0].made.as_of == "2025-12-31"
    assert first[0].made.checksum != changed.made.checksum


@pytest.mark.usefixtures("in_process")
def test_pages_are_made_in_the_formats_asked_for_and_one_that_cannot_be_is_told(
    tmp_path: Path, write_project: WriteProject, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(page: str) -> bytes:
        raise ExportFailed("not_a_page")

    monkeypatch.setattr("benefits.report.export.to_docx", lambda page: f"Word of {len(page) > 0}".encode())
    monkeypatch.setattr("benefits.report.export.to_pdf", fail)
    (outcome,) = make([write_project("a")], tmp_path / "out", formats=("pdf", "docx"))
    assert everything_in(tmp_path / "out") == ["a/plan.json", "a/plan.nb.docx", "a/plan.nb.ipynb"]
    assert [path.name for path in outcome.files] == ["plan.nb.docx", "plan.nb.ipynb", "plan.json"]
    assert (tmp_path / "out" / "a" / "plan.nb.docx").read_bytes() == b"Word of True"
    assert len(outcome.failure) == 1
    assert "pdf" in outcome.failure[0]
    assert "not_a_page" not in outcome.failure[0]


@pytest.mark.usefixtures("in_process")
def test_a_broken_project_is_told_with_its_line_and_the_others_are_made(
    tmp_path: Path, write_project: WriteProject, make: Make
) -> None:
    files = [write_project("a"), write_project("b", add=BROKEN), write_project("c")]
    first, broken, last = make(files, tmp_path / "out", jobs=2)
    assert first.made
    assert last.made
    assert not broken.made
    assert broken.subject == "b"
    assert len(broken.failure) == 1
    assert "project.yaml:6:" in broken.failure[0]
    assert "someday" in broken.failure[0]


@pytest.mark.usefixtures("in_process")
def test_two_projects_with_one_id_do_not_write_over_each_other(
    tmp_path: Path, write_project: WriteProject, make: Make
) -> None:
    first, second = make([write_project("a", id="same"), write_project("b", id="same")], tmp_path / "out")
    assert first.made
    assert not second.made
    assert len(second.failure) == 1
    assert all(part in second.failure[0] for part in ("a/project.yaml", "b/project.yaml", "same"))
    assert "Prosjekt a" in (tmp_path / "out" / "same" / "plan.nb.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("in_process")
def test_a_broken_file_does_not_take_its_id(tmp_path: Path, write_project: WriteProject, make: Make) -> None:
    broken, whole = make([write_project("a", id="x", add=BROKEN), write_project("b", id="x")], tmp_path / "out")
    assert not broken.made
    assert whole.made


@pytest.mark.usefixtures("in_process")
def test_without_a_choice_of_languages_those_the_file_lists_are_made_and_one_not_ready_is_told(
    tmp_path: Path, write_project: WriteProject, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def known(language: str) -> object:
        if language == "nn":
            raise LanguageNotReady("nn", ("nb",))
        return catalogue(language)  # type: ignore[arg-type]

    monkeypatch.setattr("benefits.batch.making.catalogue", known)
    nn, nb = make([write_project("a", languages="nn, nb")], tmp_path / "out", languages=())
    assert [path.name for path in nb.files] == ["plan.nb.html", "plan.nb.ipynb", "plan.json"]
    assert (nn.language, nb.language) == ("nn", "nb")
    assert not nn.made
    assert len(nn.failure) == 1
    assert "nn" in nn.failure[0]
    assert "nb" in nn.failure[0]


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("mistake", [NotebookFailed("ValueError: no such thing"), KernelDied()])
def test_a_notebook_that_stops_is_told_leaves_nothing_and_the_next_is_made(
    tmp_path: Path, write_project: WriteProject, make: Make, monkeypatch: pytest.MonkeyPatch, mistake: Exception
) -> None:
    stop_for(monkeypatch, "a", mistake)
    stopped, next_one = make([write_project("a"), write_project("b")], tmp_path / "out")
    assert not stopped.made
    assert len(stopped.failure) == 1
    assert "a/project.yaml" in stopped.failure[0]
    assert str(mistake) in stopped.failure[0]
    assert next_one.made
    assert everything_in(tmp_path / "out") == ["b/plan.json", "b/plan.nb.html", "b/plan.nb.ipynb"]


@pytest.mark.usefixtures("in_process")
def test_data_that_cannot_be_used_is_told_in_the_language_of_the_messages_with_every_problem(
    tmp_path: Path, write_project: WriteProject, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notebook tells them in the language of its report; whoever makes a batch may read another."""
    problems = (Problem(place="d.csv:2", code="file_not_found"), Problem(place="d.csv:3", code="file_not_found"))

    def check(*_: object, **__: object) -> None:
        raise InvalidInput(problems)

    stop_for(monkeypatch, "a", NotebookFailed("det som er galt", unusable=True))
    monkeypatch.setattr("benefits.batch.run.check", check)
    (outcome,) = make([write_project("a")], tmp_path / "out", messages="en")
    assert outcome.failure == tuple(catalogue("en").problem(problem) for problem in problems)


@pytest.mark.usefixtures("in_process")
def test_an_interrupted_report_leaves_the_one_before_it_as_it_was(
    tmp_path: Path, write_project: WriteProject, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = write_project("a"), tmp_path / "out"
    make([file], out)
    before = {name: (out / name).read_bytes() for name in everything_in(out)}
    file.write_text(file.read_text(encoding="utf-8").replace("Prosjekt a", "Et nytt navn"), encoding="utf-8")
    stop_for(monkeypatch, "a", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        make([file], out)
    assert {name: (out / name).read_bytes() for name in everything_in(out)} == before
    assert [path.name for path in (out / "a").iterdir() if path.is_dir()] == []


@pytest.mark.usefixtures("in_process")
def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    tmp_path: Path, write_project: WriteProject, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.write_bytes

    def fill(self: Path, content: bytes) -> int:
        if self.name.endswith(".ipynb"):
            raise OSError(28, "No space left on device")
        return whole(self, content)

    files = [write_project("a")]
    monkeypatch.setattr(Path, "write_bytes", fill)
    (outcome,) = make(files, tmp_path / "out")
    assert not outcome.made
    assert len(outcome.failure) == 1
    assert (tmp_path / "out" / "a").as_posix() in outcome.failure[0]
    assert everything_in(tmp_path / "out") == []


@pytest.mark.usefixtures("in_process")
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, write_project: WriteProject, make: Make) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    outcomes = make([write_project("a"), write_project("b")], tmp_path / "file" / "out")
    assert [outcome.made for outcome in outcomes] == [None, None]
    assert all("file/out" in outcome.failure[0] for outcome in outcomes)


@pytest.mark.usefixtures("in_process")
def test_the_notebook_that_lies_beside_the_page_finds_its_project_from_there(
    tmp_path: Path, write_project: WriteProject, make: Make
) -> None:
    make([write_project("a")], tmp_path / "out")
    source = json.loads((tmp_path / "out" / "a" / "plan.nb.ipynb").read_bytes())["cells"][0]["source"]
    given = dict(line.strip().split(" = ") for line in source)
    asked = {"language": "'nb'", "as_of": "''", "out_dir": "''", "audience": "'public'"}
    assert given == {"project": "'../../a/project.yaml'", **asked}
    assert (tmp_path / "out" / "a" / "../../a/project.yaml").is_file()


def test_reports_are_made_at_a_time_and_told_in_the_order_they_were_named(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first report waits until the second is done, which only happens when both are made at once."""
    second_is_done = threading.Event()

    def make(task: Task, kernels: Kernels) -> Made:
        if task.subject.id == "a":
            assert second_is_done.wait(60)
        else:
            second_is_done.set()
        return Made(files=(task.out / task.subject.id,))

    monkeypatch.setattr("benefits.batch.run.make_report", make)
    order = Order(kind="plan", out=tmp_path / "out")
    subjects = subjects_of([write_project("a"), write_project("b"), write_project("c", add=BROKEN)], order)
    begun: list[int] = []
    done: list[None] = []
    outcomes = make_reports(subjects, order, jobs=2, begun=begun.append, done=lambda: done.append(None))
    assert [outcome.subject for outcome in outcomes] == ["a", "b", "c"]
    assert begun == [2]
    assert len(done) == 2


def test_whoever_stops_listening_ends_what_is_waiting(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []

    def make(task: Task, kernels: Kernels) -> Made:
        started.append(task.subject.id)
        if task.subject.id == "b":
            assert kernels.over.wait(60)
        return Made(files=())

    monkeypatch.setattr("benefits.batch.run.make_report", make)
    order = Order(kind="plan", out=tmp_path / "out")
    outcomes = make_reports(subjects_of([write_project(name) for name in "abcd"], order), order, jobs=1)
    assert next(outcomes).subject == "a"
    outcomes.close()  # type: ignore[attr-defined]
    assert set(started) <= {"a", "b"}


def test_files_without_an_id_are_told_apart_by_where_they_lie(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "project.yaml").write_text("format: 1\ntitle: Uten id\n", encoding="utf-8")
    order = Order(kind="plan", out=tmp_path / "out")
    told = list(make_reports(subjects_of([tmp_path], order), order))
    assert [(one.subject, one.source.parent.name) for one in told] == [("", "a"), ("", "b")]
