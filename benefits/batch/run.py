"""Make reports of projects: run the notebook of a kind, write its page, and let no failure stop the rest."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from benefits.batch.tidy import tidy
from benefits.errors import InvalidInput, Problem
from benefits.language import LanguageNotReady, catalogue
from benefits.project import find_project, projects_in
from benefits.report.page import html_page, shipped
from benefits.results import check

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from benefits.project import Project

NOTEBOOKS = {"plan": "gevinstplan.ipynb", "avoided-cost": "unngatte_kostnader.ipynb"}
"""Report kind -> its notebook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One report to make: of which project file, of which kind, in which language, as of when, into which folder."""

    kind: str
    project: Path
    project_id: str
    language: str
    out: Path
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one project file: the files made, or why there are none, in words."""

    project: Path
    made: tuple[Path, ...] = ()
    failure: tuple[str, ...] = ()


def project_files(named: Iterable[Path]) -> tuple[Path, ...]:
    """Return the project files meant by files and folders, each once however it is named, in the order named.

    Raises
    ------
    InvalidInput
        When files or folders do not exist; names all of them.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in named:
        try:
            files = projects_in(path) if path.is_dir() else (path if path.is_file() else find_project(path),)
        except InvalidInput as mistake:
            problems.extend(mistake.problems)
            continue
        for file in files:
            found.setdefault(file.resolve(), file)
    if problems:
        raise InvalidInput(tuple(problems))
    return tuple(found.values())


def make_reports(
    kind: str, files: Iterable[Path], *, languages: tuple[str, ...], messages: str, out: Path, as_of: str = ""
) -> Iterator[Outcome]:
    """Make a report of every project file, in its own languages unless others are given; yield one Outcome per file.

    Parameters
    ----------
    kind
        plan or avoided-cost.
    files
        Project files.
    languages
        Languages to make; empty: those each file lists.
    messages
        The language problems are told in.
    out
        Folder for the reports.
    as_of
        ISO date, or empty.
    """
    said = catalogue(messages)
    first: dict[str, Path] = {}
    for file in files:
        try:
            project = check(file, as_of=date.fromisoformat(as_of) if as_of else None)
        except InvalidInput as mistake:
            yield Outcome(project=file, failure=tuple(said.problem(problem) for problem in mistake.problems))
            continue
        other = first.setdefault(project.id, file)
        if other != file:
            words = {"file": file.as_posix(), "other": other.as_posix(), "id": project.id}
            yield Outcome(project=file, failure=(said.text("batch.same_id", **words),))
            continue
        yield _make_project(kind, file, project, languages=languages, messages=messages, out=out, as_of=as_of)


def _make_project(
    kind: str, file: Path, project: Project, *, languages: tuple[str, ...], messages: str, out: Path, as_of: str
) -> Outcome:
    said = catalogue(messages)
    made: list[Path] = []
    failure: list[str] = []
    for language in dict.fromkeys(languages or project.languages):
        task = Task(kind=kind, project=file, project_id=project.id, language=language, out=out, as_of=as_of)
        try:
            made.extend(make_report(task))
        except LanguageNotReady as mistake:
            ready = ", ".join(mistake.ready)
            failure.append(said.text("batch.language_not_ready", file=file.as_posix(), language=language, ready=ready))
        except NotebookFailed as mistake:
            failure.append(said.text("batch.notebook_failed", file=file.as_posix(), kind=kind, cause=str(mistake)))
        except KernelDied:
            failure.append(said.text("batch.kernel_died", file=file.as_posix(), kind=kind))
        except NotWritable as mistake:
            folder = mistake.folder.as_posix()
            failure.append(said.text("batch.not_writable", file=file.as_posix(), folder=folder))
        except Exception as mistake:
            cause = f"{type(mistake).__name__}: {mistake}"
            failure.append(said.text("batch.notebook_failed", file=file.as_posix(), kind=kind, cause=cause))
    return Outcome(project=file, made=tuple(made), failure=tuple(failure))


class NotebookFailed(RuntimeError):
    """The notebook of a report stopped; the message is its last line."""


class KernelDied(RuntimeError):
    """The Python that ran the notebook ended or never answered."""


class NotWritable(OSError):
    """Reports cannot be written into a folder.

    Attributes
    ----------
    folder
        The folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder.as_posix())
        self.folder = folder


def make_report(task: Task) -> tuple[Path, ...]:
    """Make one report and return the files made: html, ipynb and json. Each appears only when it is whole.

    Raises
    ------
    LanguageNotReady
        When there is no catalogue for the language.
    NotebookFailed
        When the notebook stops.
    KernelDied
        When the Python that runs it ends before it is done.
    NotWritable
        When the files cannot be written.
    """
    catalogue(task.language)
    folder = task.out / task.project_id
    name = f"{task.kind}.{task.language}"
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = tempfile.TemporaryDirectory(dir=folder, prefix=".making-")
    with unfinished:
        work = Path(unfinished.name)
        notebook = _run(task, work)
        tidy(notebook, project=task.project, folder=folder, language=task.language, as_of=task.as_of)
        page = html_page(notebook)
        finished = (f"{name}.html", f"{name}.ipynb", f"{task.kind}.json")
        with _writing(folder):
            _write(notebook, page, work / name)
            for file in finished:
                (work / file).replace(folder / file)
    return tuple(folder / file for file in finished)


def _run(task: Task, work: Path) -> NotebookNode:
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from benefits.batch.kernel import OwnPython, connection

    parameters = {
        "project": str(task.project.resolve()),
        "language": task.language,
        "as_of": task.as_of,
        "out_dir": str(work.resolve()),
    }
    with tempfile.TemporaryDirectory(prefix="kernel-") as sockets:
        try:
            notebook: NotebookNode = papermill.execute_notebook(
                str(shipped("notebooks", NOTEBOOKS[task.kind])),
                None,
                parameters=parameters,
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                kernel_manager_class=OwnPython,
                config=connection(Path(sockets)),
            )
        except PapermillExecutionError as mistake:
            raise NotebookFailed(f"{mistake.ename}: {mistake.evalue}") from mistake
        except RuntimeError as mistake:
            raise KernelDied from mistake
    return notebook


def _write(notebook: NotebookNode, page: str, path: Path) -> None:
    import nbformat

    stored: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    path.with_name(f"{path.name}.html").write_text(page, encoding="utf-8", newline="\n")
    path.with_name(f"{path.name}.ipynb").write_text(stored, encoding="utf-8", newline="\n")


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as mistake:
        raise NotWritable(folder) from mistake
