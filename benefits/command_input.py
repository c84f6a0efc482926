"""What the commands share: reading a day and the project files meant, and telling a mistake."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from benefits.command_language import spoken
from benefits.errors import InvalidInput
from benefits.language import Catalogue


def day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    """Read a day as a project file writes it; click's callback of an option.

    Raises
    ------
    click.BadParameter
        When it is written otherwise.
    """
    if not value:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    # Python reads week dates and dates without hyphens too; a project file does not.
    if found is None or found.isoformat() != value:
        said = spoken()
        raise click.BadParameter(said.text("cli.not_a_date", value=value))
    return found


def project_files_meant(paths: tuple[Path, ...], said: Catalogue, *, needed: bool = True) -> tuple[Path, ...]:
    """Return the project files at or below some paths; to name one that is not there, or none, is wrong use.

    Parameters
    ----------
    paths
        Files and folders.
    said
        The language mistakes are told in.
    needed
        Whether to find none is wrong use.
    """
    from benefits.batch import project_files

    try:
        files = project_files(paths)
    except InvalidInput as mistake:
        refused(mistake, said, exit_code=2)
    if not files and needed:
        no_projects(paths, said)
    return files


def refused(mistake: InvalidInput, said: Catalogue, *, exit_code: int) -> NoReturn:
    """Tell every problem, and end: 2 for wrong use, 1 for a file that cannot be used."""
    tell_problems(mistake, said)
    sys.exit(exit_code)


def no_projects(paths: tuple[Path, ...], said: Catalogue) -> NoReturn:
    """Tell that there is no project where one was looked for, and end as wrong use."""
    tell(said.text("cli.no_projects", folders=", ".join(path.as_posix() for path in paths)))
    sys.exit(2)


def tell_problems(mistake: InvalidInput, said: Catalogue, *, indent: str = "") -> None:
    """Tell every problem, one a line."""
    for problem in mistake.problems:
        tell(indent + said.problem(problem))


def tell(line: str) -> None:
    """Write a line on stderr; stdout is for what was made."""
    click.echo(line, err=True)
