"""Rules on data files and files of own reference values: they stay in the project's folder, and exist."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from benefits.project.data import Table
from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc

EMBEDDED = "duckdb:"
"""How the address of a database begins that is a file."""


def data_file_outside(project: Project) -> Iterator[Broken]:
    """A data file is named from the project's folder and down."""
    for loc, file in _files(project):
        if not stays_inside(file):
            yield Broken(loc=loc, code="data_file_outside")


def stays_inside(file: str) -> bool:
    """Say whether a file is named from a folder and down: no drive, address, ``..`` or leading slash."""
    posix, windows = PurePosixPath(file), PureWindowsPath(file)
    anchored = posix.is_absolute() or bool(windows.drive or windows.root) or file.startswith("~")
    return not anchored and ".." not in windows.parts and "://" not in file


def data_files_found(project: Project, folder: Path) -> Iterator[Broken]:
    """A data file exists, and is no link to somewhere outside the folder.

    Parameters
    ----------
    project
        The project whose data files are looked for.
    folder
        The folder they are named from.
    """
    home = folder.resolve()
    for loc, file in _files(project):
        if not stays_inside(file):
            continue
        try:
            named = sorted(folder.glob(file)) if "*" in file else [folder / file]
            found = [one.resolve() for one in named]
            inside = all(one.is_relative_to(home) for one in found)
            exists = bool(found) and all(one.is_file() for one in found)
        except (OSError, RuntimeError, ValueError, NotImplementedError):
            inside, exists = True, False
        if not inside:
            yield Broken(loc=loc, code="data_file_outside")
        elif not exists:
            yield Broken(loc=loc, code="data_file_missing")


def _files(project: Project) -> Iterator[tuple[Loc, str]]:
    """Every file data are in, with the place it is named at: tables that are files, and databases that are."""
    if project.ledger_file is not None:
        yield ("ledger_file",), project.ledger_file
    for index, file in enumerate(project.reference.files if project.reference is not None else ()):
        yield ("reference", "files", index), file
    for index, source in enumerate(project.data):
        for inside, table in source.tables:
            loc: Loc = ("data", index, *inside)
            file, key = _file_of(table)
            if file:
                yield (*loc, key), file


def _file_of(table: Table) -> tuple[str, str]:
    if table.file:
        return table.file, "file"
    address = table.database or ""
    return (address.removeprefix(EMBEDDED), "database") if address.startswith(EMBEDDED) else ("", "")
