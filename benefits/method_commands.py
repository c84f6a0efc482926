"""The command ``benefits methods``: the measurement methods there are, and advice on how to measure each benefit."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from benefits.command_input import project_files_meant, tell, tell_problems
from benefits.command_language import LANGUAGES, TextIds, spoken
from benefits.errors import InvalidInput

_SAID = TextIds()


@click.command("methods", help=_SAID.text("advice.command.help"), short_help=_SAID.text("advice.command.help"))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar=_SAID.text("click.metavar.files"))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_SAID.text("cli.lang.messages"))
def methods(paths: tuple[Path, ...], lang: str | None) -> None:
    """List the measurement methods, or print the advice on each benefit of project files."""
    from benefits.report.method_lines import method_lines, project_lines

    said, failed = spoken(), False
    if not paths:
        _print(method_lines(said))
        return
    for file in project_files_meant(paths, said):
        try:
            _print(project_lines(file, said))
        except InvalidInput as mistake:
            failed = True
            tell(said.text("advice.command.failed", file=file.as_posix()))
            tell_problems(mistake, said, indent="  ")
    sys.exit(1 if failed else 0)


def _print(lines: tuple[str, ...]) -> None:
    for line in lines:
        click.echo(line)
