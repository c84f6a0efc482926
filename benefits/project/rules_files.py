"""Rules on data files: they stay in the project's folder, exist, and have the columns their shape needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from benefits.project.model import Project
from benefits.project.rules_common import Broken

REQUIRED = {
    "series": ("period", "count", "exposure"),
    "panel": ("person", "period", "count", "exposure", "group"),
}
"""Columns each shape needs."""


def data_file_outside(project: Project) -> Iterator[Broken]:
    """A data file is named from the project's folder and down."""
    for index, source in enumerate(project.data):
        if not stays_inside(source.file):
            yield Broken(loc=("data", index, "file"), code="data_file_outside")


def stays_inside(file: str) -> bool:
    """Say whether a file is named from a folder and down: no drive, address, ``..`` or leading slash."""
    posix, windows = PurePosixPath(file), PureWindowsPath(file)
    anchored = posix.is_absolute() or bool(windows.drive or windows.root) or file.startswith("~")
    return not anchored and ".." not in windows.parts and "://" not in file


def columns_missing(project: Project) -> Iterator[Broken]:
    """A data source names the columns its shape needs."""
    for index, source in enumerate(project.data):
        lacking = [column for column in REQUIRED[source.shape] if column not in source.columns]
        if lacking:
            parameters = {"columns": ", ".join(lacking), "shape": source.shape}
            loc = ("data", index, "columns")
            yield Broken(loc=loc, code="columns_missing", parameters=parameters, needs=(loc,))


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
    for index, source in enumerate(project.data):
        loc = ("data", index, "file")
        if not stays_inside(source.file):
            continue
        try:
            found = (folder / source.file).resolve()
            inside, exists = found.is_relative_to(home), found.is_file()
        except (OSError, RuntimeError, ValueError):
            inside, exists = True, False
        if not inside:
            yield Broken(loc=loc, code="data_file_outside")
        elif not exists:
            yield Broken(loc=loc, code="data_file_missing")
