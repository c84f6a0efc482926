"""Which projects and which table a portfolio is made of, from a file, a folder, or several of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benefits.errors import InvalidInput, Problem
from benefits.project import (
    LoadedPortfolio,
    Portfolio,
    id_from,
    is_portfolio,
    portfolio_in,
    projects_in,
    read,
    read_portfolio,
)
from benefits.project.fields import Text
from benefits.results.portfolio.registry import RegistryTable, read_registry

SEVERAL = "portfolio"
"""The id of a portfolio that is only some files and folders named together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a portfolio is made of.

    Attributes
    ----------
    portfolio
        As its file says it, or made for what was named.
    named
        Whether it has a title of its own.
    place
        How the source is named in messages.
    projects
        Project files, each with how it is named in the report.
    table
        The rows of its table, if it has one.
    files
        File -> sha256: the portfolio file and its table.
    """

    portfolio: Portfolio
    named: bool
    place: str
    projects: tuple[tuple[Path, str], ...]
    table: RegistryTable | None
    files: Mapping[str, str]


def read_source(source: str | Path) -> Source:
    """Find out what a portfolio is made of.

    Parameters
    ----------
    source
        A portfolio file, a project file, a folder, or several of these, one a line. A relative one is looked for from
        the working directory upwards. A folder means the portfolio file it holds, else every project at or below it.

    Raises
    ------
    InvalidInput
        With every problem of the portfolio file and its table, or when something named is not there.
    """
    named = [line.strip() for line in str(source).split("\n") if line.strip()]
    found = _each(named)
    if len(found) != 1:
        return _several(found)
    (where,) = found
    shown = _shown(named[0])
    held = where if is_portfolio(where) else portfolio_in(where) if where.is_dir() else None
    if held is not None:
        loaded, table = read_portfolio_and_table(held, shown_as=_shown_file(shown, where, held))
        return _of_file(loaded, table)
    if where.is_dir():
        return _of_folder(where, shown)
    return _of_project(where, shown)


def read_portfolio_and_table(path: Path, *, shown_as: str) -> tuple[LoadedPortfolio, RegistryTable | None]:
    """Read a portfolio file and the table beside it, with the problems of both at once.

    Raises
    ------
    InvalidInput
        With every problem; carries what could be read of the portfolio.
    """
    try:
        loaded = read_portfolio(path, shown_as=shown_as)
    except InvalidInput as mistake:
        further: tuple[Problem, ...] = ()
        if isinstance(mistake.partial, LoadedPortfolio):
            told = {problem.code for problem in mistake.problems} & {"data_file_missing", "data_file_outside"}
            further = () if told else _table_problems(mistake.partial)
        raise InvalidInput((*mistake.problems, *further), partial=mistake.partial) from None
    try:
        return loaded, _table(loaded)
    except InvalidInput as mistake:
        raise InvalidInput(mistake.problems, partial=loaded) from None


def _table_problems(loaded: LoadedPortfolio) -> tuple[Problem, ...]:
    try:
        _table(loaded)
    except InvalidInput as mistake:
        return mistake.problems
    return ()


def _table(loaded: LoadedPortfolio) -> RegistryTable | None:
    registry = loaded.portfolio.registry
    return read_registry(registry, root=loaded.path.parent) if registry is not None else None


def _each(named: Iterable[str]) -> tuple[Path, ...]:
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for name in named:
        where = _upwards(name)
        if where is None:
            problems.append(Problem(place=_shown(name), code="file_not_found"))
        else:
            found[where.resolve()] = None
    if problems:
        raise InvalidInput(tuple(problems))
    return tuple(found)


def _upwards(name: str) -> Path | None:
    here = Path.cwd()
    folders = [here] if Path(name).is_absolute() else [here, *here.parents]
    return next((folder / name for folder in folders if (folder / name).exists()), None)


def _shown(name: str) -> str:
    return Path(name).name if Path(name).is_absolute() else Path(name).as_posix()


def _shown_file(shown: str, where: Path, held: Path) -> str:
    return shown if where == held else f"{shown}/{held.name}"


def _of_file(loaded: LoadedPortfolio, table: RegistryTable | None) -> Source:
    home = loaded.path.parent
    files = {loaded.path.name: loaded.sha256}
    if table is not None and loaded.portfolio.registry is not None:
        files[loaded.portfolio.registry.file] = table.sha256
    return Source(
        portfolio=loaded.portfolio,
        named=True,
        place=f"{loaded.file}:1",
        projects=tuple((file, _below(file, home)) for file in loaded.projects),
        table=table,
        files=files,
    )


def _of_folder(folder: Path, shown: str) -> Source:
    files = projects_in(folder)
    if not files:
        raise InvalidInput((Problem(place=shown, code="portfolio_folder_empty"),))
    return Source(
        portfolio=Portfolio(
            format=1, id=id_from(folder.name, otherwise=SEVERAL), title=Text.model_validate(folder.name or SEVERAL)
        ),
        named=True,
        place=shown,
        projects=tuple((file, _below(file, folder)) for file in files),
        table=None,
        files={},
    )


def _of_project(file: Path, shown: str) -> Source:
    """A portfolio of one; what is wrong with its file is all there is to tell."""
    project = read(file, shown_as=shown).project
    portfolio = Portfolio(
        format=1,
        id=project.id,
        title=project.title,
        constructed=project.constructed,
        languages=project.languages,
    )
    return Source(
        portfolio=portfolio, named=True, place=f"{shown}:1", projects=((file, file.name),), table=None, files={}
    )


def _several(found: Iterable[Path]) -> Source:
    files: dict[Path, None] = {}
    for where in found:
        for file in _projects_of(where):
            files.setdefault(file.resolve())
    if not files:
        raise InvalidInput((Problem(place=SEVERAL, code="portfolio_folder_empty"),))
    home = Path(os.path.commonpath([file.parent for file in files]))
    return Source(
        portfolio=Portfolio(format=1, id=SEVERAL, title=Text.model_validate(SEVERAL)),
        named=False,
        place=SEVERAL,
        projects=tuple((file, _below(file, home)) for file in files),
        table=None,
        files={},
    )


def _projects_of(where: Path) -> tuple[Path, ...]:
    if is_portfolio(where):
        return read_portfolio(where).projects
    return projects_in(where) if where.is_dir() else (where,)


def _below(file: Path, home: Path) -> str:
    return Path(os.path.relpath(file.resolve(), home.resolve())).as_posix()
