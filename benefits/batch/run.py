"""Make reports of projects: run the notebook of a kind by papermill, write its page, and let no failure stop the rest."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benefits.batch.tidy import tidy
from benefits.errors import InvalidInput
from benefits.language import LanguageNotReady, catalogue
from benefits.project import find_project, projects_in
from benefits.report.page import html_page, shipped
from benefits.results import check

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
    """Return the project files meant by files and folders, each once, in the order named.

    Raises
    ------
    InvalidInput
        When a file or folder does not exist.
    """
    found: dict[Path, None] = {}
    for path in named:
        for file in projects_in(path) if path.is_dir() else (find_project(path),):
            found[file] = None
    return tuple(found)


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
    for file in files:
        yield _make_project(kind, file, languages=languages, messages=messages, out=out, as_of=as_of)


def _make_project(
    kind: str, file: Path, *, languages: tuple[str, ...], messages: str, out: Path, as_of: str
) -> Outcome:
    said = catalogue(messages)  # type: ignore[arg-type]
    try:
        project = check(file)
    except InvalidInput as mistake:
        return Outcome(project=file, failure=tuple(said.problem(problem) for problem in mistake.problems))
    made: list[Path] = []
    failure: list[str] = []
    for language in languages or project.languages:
        task = Task(kind=kind, project=file, project_id=project.id, language=language, out=out, as_of=as_of)
        try:
            made.extend(make_report(task))
        except LanguageNotReady as mistake:
            ready = ", ".join(mistake.ready)
            failure.append(said.text("batch.language_not_ready", file=file.as_posix(), language=language, ready=ready))
        except NotebookFailed as mistake:
            failure.append(said.text("batch.notebook_failed", file=file.as_posix(), kind=kind, cause=str(mistake)))
    return Outcome(project=file, made=tuple(made), failure=tuple(failure))


class NotebookFailed(RuntimeError):
    """The notebook of a report stopped; the message is its last line."""


def make_report(task: Task) -> tuple[Path, ...]:
    """Make one report and return the files made: html, ipynb and json. Each appears only when it is whole.

    Raises
    ------
    LanguageNotReady
        When there is no catalogue for the language.
    NotebookFailed
        When the notebook stops.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    catalogue(task.language)  # type: ignore[arg-type]
    folder = task.out / task.project_id
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{task.kind}.{task.language}"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as unfinished:
        work = Path(unfinished)
        parameters = {
            "project": str(task.project.resolve()),
            "language": task.language,
            "as_of": task.as_of,
            "out_dir": str(work.resolve()),
        }
        try:
            notebook = papermill.execute_notebook(
                str(shipped("notebooks", NOTEBOOKS[task.kind])),
                None,
                parameters=parameters,
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
            )
        except PapermillExecutionError as mistake:
            raise NotebookFailed(f"{mistake.ename}: {mistake.evalue}") from mistake
        tidy(notebook, project=task.project, folder=folder, language=task.language, as_of=task.as_of)
        (work / f"{name}.html").write_text(html_page(notebook), encoding="utf-8", newline="\n")
        papermill.iorw.write_ipynb(notebook, str(work / f"{name}.ipynb"))
        finished = (f"{name}.html", f"{name}.ipynb", f"{task.kind}.json")
        for file in finished:
            os.replace(work / file, folder / file)
    return tuple(folder / file for file in finished)
