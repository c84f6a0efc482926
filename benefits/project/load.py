"""Reads a project file: the project when all is well, else every problem at once with its line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from benefits.errors import InvalidInput, Problem
from benefits.project.additions import Added, at_argument
from benefits.project.model import Project
from benefits.project.places import Places
from benefits.project.reading import read_as
from benefits.project.reported import Known, Report, known_on, misfits, read_reports
from benefits.project.rules import broken_rules
from benefits.project.rules_common import Broken
from benefits.project.rules_files import data_files_found

PROJECT_FILE = "project.yaml"
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A project with what its file was.

    Attributes
    ----------
    project
        The project, with every value that was reported beside its file.
    places
        The line of every value.
    file
        The file as it is named in messages: never an absolute path.
    path
        Where the file is; data files are named from its folder.
    sha256
        Of the file's bytes, in hexadecimal.
    written
        The project as its own file has it.
    reports
        The files of reported values beside it.
    """

    project: Project
    places: Places
    file: str
    path: Path
    sha256: str
    written: Project
    reports: tuple[Report, ...]

    def known_on(self, day: date) -> Known:
        """Return the project with the values that were known on a day."""
        return known_on(self.written, self.reports, day=day)


def load(path: str | Path, *, data_root: Path | None = None) -> Project:
    """Read a project file.

    Parameters
    ----------
    path
        A YAML file.
    data_root
        The folder data files are named from; the file's own folder when None.

    Returns
    -------
    Project
        The project.

    Raises
    ------
    InvalidInput
        When the file cannot be used; carries all problems, in the order of their lines, and what could be read.

    Examples
    --------
    >>> load("nowhere/project.yaml")
    Traceback (most recent call last):
    benefits.errors.InvalidInput: nowhere/project.yaml: file_not_found
    """
    return read(path, data_root=data_root).project


def read(
    path: str | Path, *, data_root: Path | None = None, shown_as: str | None = None, added: tuple[Added, ...] = ()
) -> Loaded:
    """Read a project file, and keep the places of its values and its checksum.

    Parameters
    ----------
    path
        A YAML file.
    data_root
        The folder data files are named from; the file's own folder when None.
    shown_as
        How the file is named in messages; when None the path as given, or the bare name of an absolute one.
    added
        Parts put in beside the file; a problem with one is placed at the key it was given by.

    Raises
    ------
    InvalidInput
        As ``load``.
    """
    where = Path(path)
    file = shown_as or shown(path)
    folder = data_root or where.parent
    if where.suffix.lower() in _WORKBOOKS:
        raise InvalidInput((Problem(place=file, code="workbook_not_project"),))
    reports, damaged = read_reports(where, shown_as=file)

    def rules(project: Project) -> tuple[Broken, ...]:
        whole = known_on(project, reports).project
        return (*broken_rules(whole), *data_files_found(project, folder))

    def loaded(project: Project, places: Places, checksum: str) -> Loaded:
        whole = known_on(project, reports).project
        return Loaded(
            project=whole, places=places, file=file, path=where, sha256=checksum, written=project, reports=reports
        )

    try:
        whole = read_as(where, file, model=Project, rules=rules, made=loaded, added=added)
    except InvalidInput as mistake:
        told = at_argument(mistake, added)
        raise InvalidInput((*told.problems, *damaged), partial=told.partial) from None
    problems = (*damaged, *misfits(whole.written, reports))
    if problems:
        raise InvalidInput(problems, partial=whole)
    return whole


def find_project(path: str | Path) -> Path:
    """Look for a project file: a relative path from the working directory and upwards.

    Raises
    ------
    InvalidInput
        When it is in none of these folders.
    """
    for found in upwards(path):
        if found.is_file():
            return found
    raise InvalidInput((Problem(place=shown(path), code="file_not_found"),))


def upwards(path: str | Path) -> Iterator[Path]:
    """Yield where a path may be: an absolute one as it is, a relative one from the working directory and upwards."""
    wanted, here = Path(path), Path.cwd()
    for folder in [here] if wanted.is_absolute() else [here, *here.parents]:
        yield folder / wanted


def projects_in(folder: str | Path) -> tuple[Path, ...]:
    """Return every ``project.yaml`` at or below a folder, sorted; not below ``out`` or hidden folders."""
    found: list[Path] = []
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "out" and not name.startswith(".")]
        if PROJECT_FILE in files:
            found.append(Path(root) / PROJECT_FILE)
    return tuple(sorted(found))


def shown(path: str | Path) -> str:
    """Return how a file is named in messages: as given, or the bare name of an absolute path."""
    pure = PurePath(path)
    return pure.name if pure.is_absolute() else pure.as_posix()
