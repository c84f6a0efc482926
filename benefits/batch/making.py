"""Make one report: run the notebook of its kind, print its page, and let a file appear only when it is whole."""

from __future__ import annotations

import asyncio
import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from benefits.batch.notebooks import notebook_of, takes_period, takes_since
from benefits.batch.subjects import Subject
from benefits.batch.tidy import tidy
from benefits.language import catalogue
from benefits.report.opening import SECTION_TYPE
from benefits.report.page import html_page
from benefits.results import stem
from benefits.vocabulary import Audience, PageFormat

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from benefits.batch.kernel import Kernels

# nbconvert keeps what it prints in the exporter, of which there is one.
_PRINTING = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One report to make: of whom, of which kind, in which language, as of when, how and for whom.

    ``period`` is the part of time it looks at, ``since`` the earlier report, or folder of reports, it is held against,
    and ``references`` the day the set of reference values is of; all may be empty.
    """

    kind: str
    subject: Subject
    language: str
    out: Path
    as_of: str = ""
    period: str = ""
    formats: tuple[PageFormat, ...] = ("html",)
    audience: Audience = "public"
    since: str = ""
    references: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A report that was made.

    Attributes
    ----------
    files
        The files made: pages, then the notebook and the results.
    title
        The report's title, in its own language.
    as_of
        The ISO date it was made as of.
    checksum
        SHA-256 of its results, in hexadecimal: pages of the same results say the same.
    lacking
        Format and cause of every page that could not be written.
    """

    files: tuple[Path, ...]
    title: str = ""
    as_of: str = ""
    checksum: str = ""
    lacking: tuple[tuple[str, Exception], ...] = ()


class NotebookFailed(RuntimeError):
    """The notebook of a report stopped; the message is its last line.

    Attributes
    ----------
    unusable
        Whether it stopped because the project file or its data cannot be used.
    """

    def __init__(self, cause: str, *, unusable: bool = False) -> None:
        super().__init__(cause)
        self.unusable = unusable


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


def make_report(task: Task, kernels: Kernels) -> Made:
    """Make one report: its pages, its notebook and its results. Each file appears only when it is whole.

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
    folder = task.out / task.subject.id
    begins = stem(task.kind, task.audience)
    name = f"{begins}.{task.language}"
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = tempfile.TemporaryDirectory(dir=folder, prefix=".making-", ignore_cleanup_errors=True)
    with unfinished:
        work = Path(unfinished.name)
        notebook = _run(task, work, kernels)
        tidy(notebook, parameters=_parameters(task), folder=folder)
        with _PRINTING:
            page = html_page(notebook)
        pages, lacking = _pages(page, task.formats)
        results = work / f"{begins}.json"
        with _writing(folder):
            for form, content in pages.items():
                (work / f"{name}.{form}").write_bytes(content)
            (work / f"{name}.ipynb").write_bytes(_stored(notebook))
            finished = [*(f"{name}.{form}" for form in pages), f"{name}.ipynb", results.name]
            numbers = results.read_bytes()
            for file in finished:
                (work / file).replace(folder / file)
    files = tuple(folder / file for file in finished)
    as_of, checksum = str(json.loads(numbers)["as_of"]), sha256(numbers).hexdigest()
    return Made(files=files, title=_title(notebook), as_of=as_of, checksum=checksum, lacking=lacking)


def _run(task: Task, work: Path, kernels: Kernels) -> NotebookNode:
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from benefits.batch.kernel import connection

    given = _parameters(task) | {"out_dir": str(work.resolve())}
    with tempfile.TemporaryDirectory(prefix="kernel-", ignore_cleanup_errors=True) as sockets, _event_loop():
        try:
            notebook: NotebookNode = papermill.execute_notebook(
                str(notebook_of(task.kind)),
                None,
                parameters=given,
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                kernel_manager_class=kernels.manager,
                # Whatever a notebook has to leave behind it has written; waiting for its Python to end takes seconds.
                shutdown_kernel="immediate",
                config=connection(Path(sockets)),
            )
        except PapermillExecutionError as mistake:
            unusable = mistake.ename == "UnusableProject"
            cause = mistake.evalue if unusable else f"{mistake.ename}: {mistake.evalue}"
            raise NotebookFailed(cause, unusable=unusable) from mistake
        except RuntimeError as mistake:
            raise KernelDied from mistake
    return notebook


def _parameters(task: Task) -> dict[str, str]:
    """What the notebook is given, with no folder to write into."""
    given = {"project": task.subject.project, "language": task.language, "as_of": task.as_of, "out_dir": ""}
    given["audience"] = task.audience
    if task.period and takes_period(task.kind):
        given["period"] = task.period
    if task.since and takes_since(task.kind):
        given["since"] = str(Path(task.since).resolve())
    if task.references:
        given["references"] = task.references
    return given


def _pages(page: str, formats: tuple[PageFormat, ...]) -> tuple[dict[str, bytes], tuple[tuple[str, Exception], ...]]:
    """The page in every format, and what kept it from the others."""
    made: dict[str, bytes] = {}
    lacking: list[tuple[str, Exception]] = []
    for form in formats:
        try:
            made[form] = _written(page, form)
        except Exception as mistake:
            lacking.append((form, mistake))
    return made, tuple(lacking)


def _written(page: str, form: PageFormat) -> bytes:
    if form == "html":
        return page.encode("utf-8")
    from benefits.report.export import to_docx, to_pdf

    return to_pdf(page) if form == "pdf" else to_docx(page)


def _stored(notebook: NotebookNode) -> bytes:
    import nbformat

    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return text.encode("utf-8")


def _title(notebook: NotebookNode) -> str:
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return next((str(one["data"][SECTION_TYPE]["title"]) for one in outputs if SECTION_TYPE in one.get("data", {})), "")


@contextmanager
def _event_loop() -> Iterator[None]:
    """Close the event loop that is made for this thread when a notebook runs in it; leave one that runs already."""
    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    if loop.is_running():
        yield
        return
    try:
        yield
    finally:
        asyncio.set_event_loop(None)
        loop.close()


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as mistake:
        raise NotWritable(folder) from mistake
