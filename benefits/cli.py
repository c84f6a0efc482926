"""The command ``benefits``: check project files and make reports.

Paths made are printed on stdout, one a line; everything else on stderr. Exit 0: all made; 1: some failed, the rest are
made; 2: wrong use.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from benefits import __version__
from benefits.errors import InvalidInput
from benefits.language import catalogue, ready
from benefits.vocabulary import ReportKind, words

_SAID = catalogue("nb")


def _language(_: click.Context, __: click.Parameter, value: str | None) -> str:
    return value or "nb"


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str:
    if not value:
        return ""
    try:
        day = date.fromisoformat(value).isoformat()
    except ValueError:
        day = ""
    # Python reads week dates and dates without hyphens too; a project file does not.
    if day != value:
        raise click.BadParameter(_SAID.text("cli.not_a_date", value=value))
    return day


@click.group(help=_SAID.text("cli.help"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="%(version)s", help=_SAID.text("cli.version"))
def main() -> None:
    """Entry point; its words are in the catalogue."""


@main.command("check", help=_SAID.text("cli.check.help"), short_help=_SAID.text("cli.check.help"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE_OR_FOLDER...")
@click.option("--lang", type=click.Choice(ready()), callback=_language, help=_SAID.text("cli.lang.messages"))
def check(paths: tuple[Path, ...], lang: str) -> None:
    """Print every problem and every gap of project files."""
    from benefits.results import lacks

    said = catalogue(lang)
    failed = False
    for file in _files(paths, said):
        try:
            found = lacks(file)
        except InvalidInput as mistake:
            failed = True
            for problem in mistake.problems:
                _tell(said.problem(problem))
            _tell(said.text("cli.check.failed", file=file.as_posix(), count=len(mistake.problems)))
            continue
        for gap in found:
            _tell("  " + " ".join(said.gap(gap)))
        _tell(said.text("cli.check.passed", file=file.as_posix()))
        _tell(said.text("cli.check.gaps", count=len(found)) if found else said.text("cli.check.no_gaps"))
    sys.exit(1 if failed else 0)


@main.command("report", help=_SAID.text("cli.report.help"), short_help=_SAID.text("cli.report.help"))
@click.argument("kind", type=click.Choice(words(ReportKind)), metavar="KIND")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE_OR_FOLDER...")
@click.option("--lang", multiple=True, type=click.Choice(ready()), help=_SAID.text("cli.lang.report"))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), help=_SAID.text("cli.out")
)
@click.option("--as-of", callback=_day, metavar="YYYY-MM-DD", help=_SAID.text("cli.as_of"))
def report(kind: str, paths: tuple[Path, ...], lang: tuple[str, ...], out: Path, as_of: str) -> None:
    """Make the report KIND of project files."""
    from benefits.batch import make_reports

    messages = lang[0] if lang else "nb"
    said = catalogue(messages)
    failed = False
    with _unwinding_when_told_to_end():
        for outcome in make_reports(kind, _files(paths, said), languages=lang, messages=messages, out=out, as_of=as_of):
            for path in outcome.made:
                click.echo(path.as_posix())
            if outcome.failure:
                failed = True
                _tell(said.text("cli.report.failed", file=outcome.project.as_posix()))
                for line in outcome.failure:
                    _tell("  " + line)
    sys.exit(1 if failed else 0)


@contextmanager
def _unwinding_when_told_to_end() -> Iterator[None]:
    # By default Python dies at once when a scheduler or a logout ends it, and leaves unfinished files and a kernel.
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _files(paths: tuple[Path, ...], said: Any) -> tuple[Path, ...]:
    from benefits.batch import project_files

    try:
        files = project_files(paths)
    except InvalidInput as mistake:
        for problem in mistake.problems:
            _tell(said.problem(problem))
        sys.exit(2)
    if not files:
        _tell(said.text("cli.no_projects", folders=", ".join(path.as_posix() for path in paths)))
        sys.exit(2)
    return files


def _tell(line: str) -> None:
    click.echo(line, err=True)
