"""Make reports of many subjects: some at a time, told in the order they were named; no failure stops the rest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benefits.batch.kernel import Kernels
from benefits.batch.making import KernelDied, Made, NotebookFailed, NotWritable, Task, make_report
from benefits.batch.subjects import Subject, portfolio_subjects, project_files
from benefits.errors import InvalidInput, Problem
from benefits.language import Catalogue, LanguageNotReady, catalogue
from benefits.project import read
from benefits.project.pruning import STAND_INS
from benefits.results import check
from benefits.results.portfolio.assessed import unforeseen
from benefits.vocabulary import Audience, Language, PageFormat, ReportKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for, whatever the subject.

    Attributes
    ----------
    kind
        The kind of report.
    out
        Folder for the reports.
    languages
        Languages to make; empty: those each subject asks for.
    formats
        What pages are written as; the notebook and the results are written in any case.
    as_of, period
        ISO date, and year, tertial or month; or empty.
    since
        An earlier report's file of results, or a folder of reports, to hold each report against; or empty.
    messages
        The language failures are told in.
    audience
        Whether small counts are kept for those inside the project.
    references
        ISO date the set of reference values is of; or empty.
    """

    kind: ReportKind
    out: Path
    languages: tuple[Language, ...] = ()
    formats: tuple[PageFormat, ...] = ("html",)
    as_of: str = ""
    period: str = ""
    messages: Language = "nb"
    audience: Audience = "public"
    since: str = ""
    references: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one report: the files made, or why there are none, in words; or of both some.

    Attributes
    ----------
    subject
        Id of what the report is about; empty when its file could not be read so far.
    source
        Its file.
    language
        Empty when the file cannot be used in any.
    """

    subject: str
    source: Path
    kind: str
    language: str = ""
    made: Made | None = None
    failure: tuple[str, ...] = ()
    audience: Audience = "public"

    @property
    def files(self) -> tuple[Path, ...]:
        """The files made."""
        return self.made.files if self.made else ()


def subjects_of(named: Iterable[Path], order: Order) -> tuple[Subject | Outcome, ...]:
    """Return what reports can be made of the files and folders named, and why none can be made of the others.

    Raises
    ------
    InvalidInput
        When files or folders do not exist; names all of them.
    """
    find = portfolio_subjects if order.kind == "portfolio" else project_files
    usable, failed = _usable(find, tuple(named), order)
    if order.kind != "portfolio":
        found = (_read(file, order) for file in project_files(usable))
        return (*_distinct(found, order), *failed)
    portfolios = portfolio_subjects(usable)
    told = [_unusable(one.source, one.problems, order) if one.problems else one for one in portfolios]
    told = list(_distinct(told, order))
    inside = (_read(file, order) for portfolio in portfolios for file in portfolio.projects)
    return (*told, *(one for one in inside if isinstance(one, Outcome)), *failed)


def _usable(
    find: Callable[[tuple[Path, ...]], object], named: tuple[Path, ...], order: Order
) -> tuple[tuple[Path, ...], list[Outcome]]:
    """Which of the files and folders named can be looked into, and what is to be told of the others."""
    try:
        find(named)
    except InvalidInput as mistake:
        if missing := tuple(problem for problem in mistake.problems if problem.code == "file_not_found"):
            raise InvalidInput(missing) from None
    else:
        return named, []
    usable: list[Path] = []
    failed: list[Outcome] = []
    for path in named:
        try:
            find((path,))
            usable.append(path)
        except InvalidInput as mistake:
            failed.append(_unusable(path, mistake.problems, order))
    return tuple(usable), failed


def _distinct(subjects: Iterable[Subject | Outcome], order: Order) -> Iterator[Subject | Outcome]:
    """Refuse every subject with the id of an earlier one: their reports would be written over each other."""
    said = catalogue(order.messages)
    first: dict[str, Subject] = {}
    for one in subjects:
        if isinstance(one, Subject) and (other := first.setdefault(one.id, one)) is not one:
            words = {"file": one.source.as_posix(), "other": other.source.as_posix(), "id": one.id}
            of_portfolios = order.kind == "portfolio"
            told = (
                said.text("batch.same_portfolio_id", **words) if of_portfolios else said.text("batch.same_id", **words)
            )
            yield Outcome(subject="", source=one.source, kind=order.kind, failure=(told,), audience=order.audience)
        else:
            yield one


def _read(file: Path, order: Order) -> Subject | Outcome:
    try:
        project = read(file).project
    except InvalidInput as mistake:
        known = mistake.partial.project.id if mistake.partial else ""
        # Files without an id are told apart by where they lie.
        known = "" if known == STAND_INS["id"] else known
        return _unusable(file, _all_problems(file, order.as_of) or mistake.problems, order, known=known)
    except Exception as mistake:
        # A fault of ours, or of the machine; the others are read all the same.
        return _unusable(file, (unforeseen(mistake, place=file.as_posix()),), order)
    return Subject(
        id=project.id, languages=project.languages, project=str(file.resolve()), source=file, projects=(file,)
    )


def _unusable(file: Path, problems: tuple[Problem, ...], order: Order, *, known: str = "") -> Outcome:
    failure = tuple(map(catalogue(order.messages).problem, problems))
    return Outcome(subject=known, source=file, kind=order.kind, failure=failure, audience=order.audience)


def make_reports(
    subjects: Iterable[Subject | Outcome],
    order: Order,
    *,
    jobs: int = 1,
    begun: Callable[[int], None] | None = None,
    done: Callable[[], None] | None = None,
) -> Iterator[Outcome]:
    """Make a report of every subject in every language; yield one Outcome per report, in the order of the subjects.

    Parameters
    ----------
    subjects
        What to make reports of; an Outcome among them is told in its place.
    order
        What is asked for.
    jobs
        How many reports are made at a time.
    begun
        Told once how many reports there are to make.
    done
        Told whenever one is made or has failed, in any order.
    """
    planned = [part for subject in subjects for part in _tasks(subject, order)]
    if begun:
        begun(sum(isinstance(part, Task) for part in planned))
    if not any(isinstance(part, Task) for part in planned):
        yield from (part for part in planned if isinstance(part, Outcome))
        return
    kernels = Kernels()
    # Threads suffice: each notebook runs in a process of its own.
    pool = ThreadPoolExecutor(max_workers=jobs)
    busy = threading.Semaphore(jobs)
    try:
        pending: list[Outcome | Future[Outcome]] = []
        for part in planned:
            if isinstance(part, Outcome):
                pending.append(part)
                continue
            future = pool.submit(_one_of, busy, part, order.messages, kernels)
            if done:
                future.add_done_callback(lambda _: done())
            pending.append(future)
        for one in pending:
            yield one if isinstance(one, Outcome) else one.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        kernels.end()
        pool.shutdown(wait=True)
        # A pool does not know of a thread it was interrupted in starting; whoever works must have cleaned up.
        for _ in range(jobs):
            busy.acquire()


def _tasks(subject: Subject | Outcome, order: Order) -> Iterator[Task | Outcome]:
    if isinstance(subject, Outcome):
        yield subject
        return
    for language in dict.fromkeys(order.languages or subject.languages):
        yield Task(
            kind=order.kind,
            subject=subject,
            language=language,
            out=order.out,
            as_of=order.as_of,
            period=order.period,
            formats=order.formats,
            audience=order.audience,
            since=order.since,
            references=order.references,
        )


def _one_of(busy: threading.Semaphore, task: Task, messages: Language, kernels: Kernels) -> Outcome:
    with busy:
        return _outcome(task, messages, kernels)


def _outcome(task: Task, messages: Language, kernels: Kernels) -> Outcome:
    said = catalogue(messages)
    made: Made | None = None
    try:
        made = make_report(task, kernels)
        failure = tuple(_lacks(form, mistake, task, said) for form, mistake in made.lacking)
    except Exception as mistake:
        failure = tuple(_told(mistake, task, said))
    return Outcome(
        subject=task.subject.id,
        source=task.subject.source,
        kind=task.kind,
        language=task.language,
        made=made,
        failure=failure,
        audience=task.audience,
    )


def _told(mistake: Exception, task: Task, said: Catalogue) -> Iterator[str]:
    """Why there is no report, in words."""
    file, kind = task.subject.source.as_posix(), task.kind
    match mistake:
        case LanguageNotReady(language=language, ready=ready):
            yield said.text("batch.language_not_ready", file=file, language=language, ready=", ".join(ready))
        case NotebookFailed(unusable=True):
            alone = task.subject.projects == (task.subject.source,)
            problems = _all_problems(task.subject.source, task.as_of) if alone else ()
            yield from map(said.problem, problems) if problems else str(mistake).splitlines()
        case NotebookFailed():
            yield said.text("batch.notebook_failed", file=file, kind=kind, cause=str(mistake))
        case KernelDied():
            yield said.text("batch.kernel_died", file=file, kind=kind)
        case NotWritable(folder=folder):
            yield said.text("batch.not_writable", file=file, folder=folder.as_posix())
        case _:
            cause = f"{type(mistake).__name__}: {mistake}"
            yield said.text("batch.notebook_failed", file=file, kind=kind, cause=cause)


def _lacks(form: str, mistake: Exception, task: Task, said: Catalogue) -> str:
    from benefits.report.export import ExportFailed

    cause = mistake.words(said) if isinstance(mistake, ExportFailed) else f"{type(mistake).__name__}: {mistake}"
    return said.text("batch.format_failed", file=task.subject.source.as_posix(), format=form, cause=cause)


def _all_problems(file: Path, as_of: str) -> tuple[Problem, ...]:
    """Every problem of a project file and its data, those of all rooms at once."""
    try:
        check(file, as_of=date.fromisoformat(as_of) if as_of else None)
    except InvalidInput as mistake:
        return mistake.problems
    except Exception:
        # What made the caller ask is told instead.
        return ()
    return ()
