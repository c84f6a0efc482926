"""Which project files, and which portfolios, are meant by the files and folders somebody names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benefits.errors import InvalidInput, Problem
from benefits.project import (
    LoadedPortfolio,
    find_project,
    id_from,
    is_portfolio,
    load,
    portfolio_in,
    projects_in,
    read_portfolio,
)
from benefits.results import check_portfolio
from benefits.results.portfolio.source import SEVERAL
from benefits.vocabulary import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A project or a portfolio a report is to be made of.

    Attributes
    ----------
    id
        Names the folder of its reports.
    languages
        Those its file lists; of several projects together, all their languages.
    project
        What the notebook gets as ``project``: absolute paths, one a line when there are several.
    source
        The file or folder it is told by.
    projects
        Its project files, of a project its own; those of a portfolio that cannot be used are named in the report.
    problems
        Why its portfolio file or table cannot be used; then no report can be made.
    """

    id: str
    languages: tuple[Language, ...]
    project: str
    source: Path
    projects: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def project_files(named: Iterable[Path]) -> tuple[Path, ...]:
    """Return the project files meant by files and folders, each once however it is named, in the order named.

    A folder means every project file at or below it; a portfolio file means its projects.

    Raises
    ------
    InvalidInput
        When files or folders do not exist, or a portfolio file cannot be used; names all of them.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in named:
        try:
            files = _projects_of(path)
        except InvalidInput as mistake:
            problems.extend(mistake.problems)
            continue
        for file in files:
            found.setdefault(file.resolve(), file)
    if problems:
        raise InvalidInput(tuple(problems))
    return tuple(found.values())


def portfolio_files(named: Iterable[Path]) -> tuple[Path, ...]:
    """Return the portfolio files among files and folders: those named, and those a folder named holds directly."""
    found: dict[Path, Path] = {}
    for path in named:
        file = _portfolio_of(path)
        if file is not None:
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def portfolio_subjects(named: Iterable[Path]) -> tuple[Subject, ...]:
    """Return the portfolios meant by files and folders.

    Each portfolio file, named or held directly by a folder named, is one; all else named is one together.

    Raises
    ------
    InvalidInput
        When files or folders do not exist; names all of them.
    """
    subjects: dict[Path, Subject] = {}
    loose: list[Path] = []
    problems: list[Problem] = []
    for path in named:
        try:
            file = _portfolio_of(path)
            if file is None:
                project_files((path,))
                loose.append(path)
            else:
                subjects.setdefault(file.resolve(), _of_file(file))
        except InvalidInput as mistake:
            problems.extend(mistake.problems)
    if problems:
        raise InvalidInput(tuple(problems))
    put_together = _of_names(loose)
    return (*subjects.values(), *((put_together,) if put_together is not None else ()))


def _projects_of(path: Path) -> tuple[Path, ...]:
    if path.is_dir():
        return projects_in(path)
    found = path if path.is_file() else find_project(path)
    return read_portfolio(found, shown_as=path.as_posix()).projects if is_portfolio(found) else (found,)


def _portfolio_of(path: Path) -> Path | None:
    if path.is_dir():
        return portfolio_in(path)
    if not is_portfolio(path):
        return None
    return path if path.is_file() else find_project(path)


def _of_file(file: Path) -> Subject:
    try:
        check_portfolio(file, shown_as=file.as_posix())
        loaded: LoadedPortfolio | None = read_portfolio(file)
        problems: tuple[Problem, ...] = ()
    except InvalidInput as mistake:
        loaded = mistake.partial if isinstance(mistake.partial, LoadedPortfolio) else None
        problems = mistake.problems
    return Subject(
        id=loaded.portfolio.id if loaded is not None else _id_of_folder(file.resolve().parent),
        languages=loaded.portfolio.languages if loaded is not None else ("nb",),
        project=str(file.resolve()),
        source=file,
        projects=loaded.projects if loaded is not None and not problems else (),
        problems=problems,
    )


def _of_names(named: list[Path]) -> Subject | None:
    files = project_files(named)
    if not files:
        return None
    alone = named[0] if len(named) == 1 else None
    if alone is None:
        id, project = SEVERAL, "\n".join(str(file.resolve()) for file in files)
    elif alone.is_dir():
        id, project = _id_of_folder(alone.resolve()), str(alone.resolve())
    else:
        id, project = _id_of(files[0]), str(files[0].resolve())
    return Subject(id=id, languages=_languages(files), project=project, source=named[0], projects=files)


def _id_of(file: Path) -> str:
    try:
        return load(file).id
    except InvalidInput:
        return _id_of_folder(file.resolve().parent)


def _id_of_folder(folder: Path) -> str:
    return id_from(folder.name, otherwise=SEVERAL)


def _languages(files: Iterable[Path]) -> tuple[Language, ...]:
    """All languages of the projects that can be read, in the order they are met; bokmål when none can."""
    found: dict[Language, None] = {}
    for file in files:
        try:
            found |= dict.fromkeys(load(file).languages)
        except InvalidInput:
            continue
    return tuple(found) or ("nb",)
