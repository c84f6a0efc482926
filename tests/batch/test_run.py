"""Which reports are made of which files, and what becomes of those that cannot be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from benefits.batch import KernelDied, NotebookFailed, Outcome, Task, make_reports, project_files
from benefits.batch import run as batch_run
from benefits.errors import InvalidInput

WriteProject = Callable[..., Path]
BROKEN = "phase: someday"


def made(files: Iterable[Path], out: Path, *, languages: tuple[str, ...] = ("nb",), as_of: str = "") -> list[Outcome]:
    return list(make_reports("plan", files, languages=languages, messages="nb", out=out, as_of=as_of))


def everything_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def stop_for(monkeypatch: pytest.MonkeyPatch, project: str, mistake: BaseException) -> None:
    """Let the notebook of one project stop after it has written its JSON; the others run."""
    whole = batch_run._run

    def run(task: Task, work: Path) -> object:
        notebook = whole(task, work)
        if task.project_id == project:
            raise mistake
        return notebook

    monkeypatch.setattr("benefits.batch.run._run", run)


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


def test_all_files_that_do_not_exist_are_named_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidInput) as caught:
        project_files([Path("nowhere"), Path("nothing/project.yaml")])
    assert [problem.place for problem in caught.value.problems] == ["nowhere", "nothing/project.yaml"]


@pytest.mark.usefixtures("in_process")
def test_a_report_is_a_page_a_notebook_and_a_json_file_and_nothing_else(
    tmp_path: Path, write_project: WriteProject
) -> None:
    outcomes = made([write_project("a")], tmp_path / "out")
    assert [path.name for path in outcomes[0].made] == ["plan.nb.html", "plan.nb.ipynb", "plan.json"]
    assert everything_in(tmp_path / "out") == ["a/plan.json", "a/plan.nb.html", "a/plan.nb.ipynb"]
    assert json.loads((tmp_path / "out" / "a" / "plan.json").read_bytes())["project"] == "a"


@pytest.mark.usefixtures("in_process")
def test_a_broken_project_is_told_with_its_line_and_the_others_are_made(
    tmp_path: Path, write_project: WriteProject
) -> None:
    files = [write_project("a"), write_project("b", add=BROKEN), write_project("c")]
    first, broken, last = made(files, tmp_path / "out")
    assert first.made
    assert last.made
    assert not broken.made
    assert len(broken.failure) == 1
    assert "project.yaml:6:" in broken.failure[0]
    assert "someday" in broken.failure[0]


@pytest.mark.usefixtures("in_process")
def test_two_projects_with_one_id_do_not_write_over_each_other(tmp_path: Path, write_project: WriteProject) -> None:
    first, second = made([write_project("a", id="same"), write_project("b", id="same")], tmp_path / "out")
    assert first.made
    assert not second.made
    assert len(second.failure) == 1
    assert all(part in second.failure[0] for part in ("a/project.yaml", "b/project.yaml", "same"))
    assert "Prosjekt a" in (tmp_path / "out" / "same" / "plan.nb.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("in_process")
def test_a_broken_file_does_not_take_its_id(tmp_path: Path, write_project: WriteProject) -> None:
    broken, whole = made([write_project("a", id="x", add=BROKEN), write_project("b", id="x")], tmp_path / "out")
    assert not broken.made
    assert whole.made


@pytest.mark.usefixtures("in_process")
def test_without_a_choice_of_languages_those_the_file_lists_are_made_and_one_not_ready_is_told(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    from benefits.language import LanguageNotReady, catalogue

    def known(language: str) -> object:
        if language == "nn":
            raise LanguageNotReady("nn", ("nb",))
        return catalogue(language)

    monkeypatch.setattr("benefits.batch.run.catalogue", known)
    (outcome,) = made([write_project("a", languages="nn, nb")], tmp_path / "out", languages=())
    assert [path.name for path in outcome.made] == ["plan.nb.html", "plan.nb.ipynb", "plan.json"]
    assert len(outcome.failure) == 1
    assert "nn" in outcome.failure[0]
    assert "nb" in outcome.failure[0]


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("mistake", [NotebookFailed("ValueError: no such thing"), KernelDied()])
def test_a_notebook_that_stops_is_told_leaves_nothing_and_the_next_is_made(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch, mistake: Exception
) -> None:
    stop_for(monkeypatch, "a", mistake)
    stopped, next_one = made([write_project("a"), write_project("b")], tmp_path / "out")
    assert not stopped.made
    assert len(stopped.failure) == 1
    assert "a/project.yaml" in stopped.failure[0]
    assert str(mistake) in stopped.failure[0]
    assert next_one.made
    assert everything_in(tmp_path / "out") == ["b/plan.json", "b/plan.nb.html", "b/plan.nb.ipynb"]


@pytest.mark.usefixtures("in_process")
def test_an_interrupted_report_leaves_the_one_before_it_as_it_was(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = write_project("a"), tmp_path / "out"
    made([file], out)
    before = {name: (out / name).read_bytes() for name in everything_in(out)}
    file.write_text(file.read_text(encoding="utf-8").replace("Prosjekt a", "Et nytt navn"), encoding="utf-8")
    stop_for(monkeypatch, "a", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        made([file], out)
    assert {name: (out / name).read_bytes() for name in everything_in(out)} == before
    assert [path.name for path in (out / "a").iterdir() if path.is_dir()] == []


@pytest.mark.usefixtures("in_process")
def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.write_text

    def fill(self: Path, text: str, **rest: object) -> int:
        if self.name.endswith(".ipynb"):
            raise OSError(28, "No space left on device")
        return whole(self, text, **rest)  # type: ignore[arg-type]

    files = [write_project("a")]
    monkeypatch.setattr(Path, "write_text", fill)
    (outcome,) = made(files, tmp_path / "out")
    assert not outcome.made
    assert len(outcome.failure) == 1
    assert (tmp_path / "out" / "a").as_posix() in outcome.failure[0]
    assert everything_in(tmp_path / "out") == []


@pytest.mark.usefixtures("in_process")
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, write_project: WriteProject) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    outcomes = made([write_project("a"), write_project("b")], tmp_path / "file" / "out")
    assert [outcome.made for outcome in outcomes] == [(), ()]
    assert all("file/out" in outcome.failure[0] for outcome in outcomes)


@pytest.mark.usefixtures("in_process")
def test_the_notebook_that_lies_beside_the_page_finds_its_project_from_there(
    tmp_path: Path, write_project: WriteProject
) -> None:
    made([write_project("a")], tmp_path / "out")
    source = json.loads((tmp_path / "out" / "a" / "plan.nb.ipynb").read_bytes())["cells"][0]["source"]
    given = dict(line.strip().split(" = ") for line in source)
    assert given == {"project": "'../../a/project.yaml'", "language": "'nb'", "as_of": "''", "out_dir": "''"}
    assert (tmp_path / "out" / "a" / "../../a/project.yaml").is_file()
