"""The command ``benefits``: check project files and make reports.

Paths made are printed on stdout, one a line; everything else on stderr. Exit 0: all made; 1: some failed, the rest are
made; 2: wrong use.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benefits import __version__
from benefits.command_input import day, no_projects, project_files_meant, refused, tell, tell_problems
from benefits.command_language import LANGUAGES, SpokenGroup, TextIds, spoken
from benefits.errors import InvalidInput
from benefits.form_commands import form
from benefits.forms import TEMPLATES, Template
from benefits.language import Catalogue, ready
from benefits.method_commands import methods
from benefits.reference_commands import reference
from benefits.vocabulary import Audience, Language, PageFormat, ReportKind, words

if TYPE_CHECKING:
    from tqdm import tqdm

    from benefits.batch import Order, Outcome
    from benefits.errors import Gap

_SAID = TextIds()
_PATHS = click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar=_SAID.text("click.metavar.files"),
)


def _period(_: click.Context, __: click.Parameter, value: str | None) -> str:
    if not value:
        return ""
    from benefits.results.period import InvalidPeriod, Period

    try:
        return str(Period.parse(value))
    except InvalidPeriod:
        said = spoken()
        raise click.BadParameter(said.text("cli.not_a_period", value=value)) from None


def _listed(choices: tuple[str, ...]) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], tuple[str, ...]]:
    """Return the callback of an option that may be given several times, or several words with commas between."""
    choice = click.Choice(choices)

    def listed(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
        parts = [part for value in given for part in value.split(",")]
        return tuple(dict.fromkeys(str(choice.convert(part, option, context)) for part in parts))

    return listed


@click.group(cls=SpokenGroup, help=_SAID.text("cli.help"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="%(version)s", help=_SAID.text("cli.version"))
@click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False, help=_SAID.text("cli.lang.messages"))
def main() -> None:
    """Entry point; its words are in the catalogue."""


@main.command("check", help=_SAID.text("cli.check.help"), short_help=_SAID.text("cli.check.help"))
@_PATHS
@click.option("--lang", type=click.Choice(LANGUAGES), help=_SAID.text("cli.lang.messages"))
def check(paths: tuple[Path, ...], lang: str | None) -> None:
    """Print every problem and every gap of project files."""
    from benefits.errors import grouped
    from benefits.project.titles import titles
    from benefits.results import lacks

    said = spoken()
    portfolios, broken = _check_portfolios(paths, said)
    failed = bool(broken)
    named = tuple(path for path in paths if path not in broken)
    for file in project_files_meant(named, said, needed=not portfolios) if named else ():
        try:
            project, found = lacks(file)
        except InvalidInput as mistake:
            failed = True
            tell_problems(mistake, said)
            tell(said.text("cli.check.failed", file=file.as_posix(), count=len(mistake.problems)))
            continue
        first = project.first_language
        names = {id: title.in_language(said.language, first=first)[0] for id, title in titles(project).items()}
        groups = grouped(found)
        tell(said.text("cli.check.passed", file=file.as_posix()))
        for group in groups:
            tell("  " + _gaps(group, names, said))
        tell(said.text("cli.check.gaps", count=len(groups)) if groups else said.text("cli.check.no_gaps"))
    sys.exit(1 if failed else 0)


def _gaps(group: tuple[Gap, ...], names: Mapping[str, str], said: Catalogue) -> str:
    """Say some gaps alike as reports do, and the ids their subjects are found by in the file."""
    line = said.gaps(group, names=names)
    meant = [str(one) for gap in group for one in (gap.subject, gap.parameters.get("name", "")) if one in names]
    if not meant:
        return line
    return said.text("cli.check.gap", gap=line, ids=", ".join(dict.fromkeys(meant)))


def _check_portfolios(paths: tuple[Path, ...], said: Catalogue) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Print every problem of the portfolio files meant, and return them, and those that cannot be used."""
    from benefits.batch.subjects import portfolio_files
    from benefits.results import check_portfolio

    try:
        files = portfolio_files(paths)
    except InvalidInput as mistake:
        refused(mistake, said, exit_code=2)
    broken = []
    for file in files:
        try:
            check_portfolio(file, shown_as=file.as_posix())
        except InvalidInput as mistake:
            broken.append(file)
            tell_problems(mistake, said)
            tell(said.text("cli.check.failed", file=file.as_posix(), count=len(mistake.problems)))
        else:
            tell(said.text("cli.check.passed", file=file.as_posix()))
    return files, tuple(broken)


@main.command("report", help=_SAID.text("cli.report.help"), short_help=_SAID.text("cli.report.help"))
@click.argument("kind", type=click.Choice(words(ReportKind)), metavar=_SAID.text("click.metavar.kind"))
@_PATHS
@click.option(
    "--lang",
    multiple=True,
    callback=_listed(ready()),
    metavar=f"[{'|'.join(ready())}]",
    help=_SAID.text("cli.lang.report"),
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    default=("html",),
    callback=_listed(words(PageFormat)),
    metavar=f"[{'|'.join(words(PageFormat))}]",
    help=_SAID.text("cli.format"),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    metavar=_SAID.text("click.metavar.folder"),
    help=_SAID.text("cli.out"),
)
@click.option("--as-of", callback=day, metavar=_SAID.text("click.metavar.day"), help=_SAID.text("cli.as_of"))
@click.option("--period", callback=_period, metavar="2025|2025T2|2025-03", help=_SAID.text("cli.period"))
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    metavar=_SAID.text("click.metavar.earlier"),
    help=_SAID.text("cli.since"),
)
@click.option("--audience", type=click.Choice(words(Audience)), default="public", help=_SAID.text("cli.audience"))
@click.option(
    "--references", callback=day, metavar=_SAID.text("click.metavar.day"), help=_SAID.text("cli.report.references")
)
@click.option("--jobs", type=click.IntRange(min=1), default=2, metavar="N", help=_SAID.text("cli.jobs"))
def report(
    kind: ReportKind,
    paths: tuple[Path, ...],
    lang: tuple[Language, ...],
    formats: tuple[PageFormat, ...],
    out: Path,
    as_of: date | None,
    period: str,
    since: Path | None,
    audience: Audience,
    references: date | None,
    jobs: int,
) -> None:
    """Make the report KIND of project files."""
    _load_no_address_parser()
    from benefits.batch import Order, check_since, make_reports, subjects_of, takes_period, takes_since

    said = spoken()
    order = Order(
        kind=kind,
        out=out,
        languages=lang,
        formats=formats,
        as_of=as_of.isoformat() if as_of is not None else "",
        period=period,
        messages=said.language,
        audience=audience,
        since=str(since) if since is not None and takes_since(kind) else "",
        references=references.isoformat() if references is not None else "",
    )
    try:
        subjects = subjects_of(paths, order)
        check_since(subjects, order)
    except InvalidInput as mistake:
        refused(mistake, said, exit_code=2)
    if not subjects:
        no_projects(paths, said)
    if period and not takes_period(kind):
        tell(said.text("cli.report.period_not_used"))
    if since is not None and not order.since:
        tell(said.text("cli.report.since_not_used"))
    outcomes: list[Outcome] = []
    with _unwinding_when_told_to_end(), _recording(outcomes, order, said), _bar(said) as bar:
        at_a_time = min(jobs, os.cpu_count() or 1)
        for outcome in make_reports(subjects, order, jobs=at_a_time, begun=bar.reset, done=bar.update):
            outcomes.append(outcome)
            with bar.external_write_mode():
                _tell_outcome(outcome, outcomes[:-1], said)
    sys.exit(1 if any(outcome.failure for outcome in outcomes) else 0)


def _load_no_address_parser() -> None:
    """Spare each call the seconds jsonschema takes to load what international addresses are checked with.

    Notebooks are checked by jsonschema, and no key of theirs is such an address. It goes on without the library.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def _tell_outcome(outcome: Outcome, before: list[Outcome], said: Catalogue) -> None:
    """Print what came of a report, but nothing another report of the same project has said already."""
    listed = {file for other in before for file in other.files}
    for file in outcome.files:
        if file not in listed:
            click.echo(file.as_posix())
    if not outcome.failure:
        return
    source, name = outcome.source.as_posix(), f"{outcome.kind}.{outcome.language}"
    if outcome.made:
        tell(said.text("cli.report.incomplete", file=source, report=name))
    elif outcome.language:
        tell(said.text("cli.report.failed.one", file=source, report=name))
    else:
        tell(said.text("cli.report.failed", file=source))
    told = {line for other in before if other.source == outcome.source for line in other.failure}
    for line in outcome.failure:
        if line not in told:
            tell("  " + line)


@contextmanager
def _recording(outcomes: list[Outcome], order: Order, said: Catalogue) -> Iterator[None]:
    """Enter in the run list what came of the reports, also when they are interrupted."""
    from benefits.batch import NotWritable, record

    exit_code = 0
    try:
        yield
    except KeyboardInterrupt:
        tell(said.text("cli.report.interrupted"))
        exit_code = 128 + signal.SIGINT
    finally:
        try:
            record(outcomes, out=order.out, messages=order.messages, period=order.period, references=order.references)
        except NotWritable as mistake:
            # Told, but no reason to forget that somebody ended the call, by a key or a signal.
            tell(said.text("batch.list_not_written", folder=mistake.folder.as_posix()))
            exit_code = exit_code or 1
    if exit_code:
        sys.exit(exit_code)


def _bar(said: Catalogue) -> tqdm[Any]:
    """Return a bar that tells how far the reports have come and the time that is left; shown to people only."""
    from tqdm import tqdm

    # The shape of the bar is tqdm's: what it knows stands between braces.
    left = said.text("cli.report.left", time="{remaining}")
    shape = said.text("cli.report.progress") + " {bar} {n_fmt}/{total_fmt}, " + left
    return tqdm(file=sys.stderr, disable=not sys.stderr.isatty(), bar_format=shape, leave=False, total=0)


@main.command("freeze", help=_SAID.text("cli.freeze.help"), short_help=_SAID.text("cli.freeze.help"))
@_PATHS
@click.option("--as-of", callback=day, metavar=_SAID.text("click.metavar.day"), help=_SAID.text("cli.freeze.as_of"))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_SAID.text("cli.lang.messages"))
def freeze(paths: tuple[Path, ...], as_of: date | None, lang: str | None) -> None:
    """Freeze the plan of project files."""
    from benefits.results import freeze as freeze_plan

    said = spoken()
    failed = False
    for file in project_files_meant(paths, said):
        try:
            frozen = freeze_plan(file, as_of=as_of)
        except InvalidInput as mistake:
            failed = True
            tell(said.text("cli.freeze.failed", file=file.as_posix()))
            tell_problems(mistake, said, indent="  ")
            continue
        click.echo((file.parent / frozen).as_posix())
    sys.exit(1 if failed else 0)


@main.command("new", help=_SAID.text("starter.help"), short_help=_SAID.text("starter.help"))
@click.argument("folder", type=click.Path(path_type=Path), metavar=_SAID.text("click.metavar.folder"))
@click.option("--template", type=click.Choice(TEMPLATES), default="dho", help=_SAID.text("starter.template"))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_SAID.text("starter.lang"))
def new(folder: Path, template: Template, lang: Language | None) -> None:
    """Make a project file to fill in."""
    from benefits.forms.starters import FolderInUse, new_project

    said = spoken()
    try:
        file = new_project(folder, template=template, language=lang or said.language)
    except FolderInUse as mistake:
        tell(said.text("starter.in_use", file=mistake.file.as_posix()))
        sys.exit(1)
    except OSError:
        tell(said.text("starter.not_writable", file=folder.as_posix()))
        sys.exit(1)
    click.echo(file.as_posix())
    tell(said.text("starter.made", file=file.as_posix(), folder=folder.as_posix()))


main.add_command(form)
main.add_command(methods)
main.add_command(reference)


@main.command("schema", help=_SAID.text("starter.schema"), short_help=_SAID.text("starter.schema"))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_SAID.text("starter.schema_lang"))
def schema(lang: Language | None) -> None:
    """Print the JSON Schema of a project file."""
    from benefits.forms.schema import project_schema

    click.echo(json.dumps(project_schema(lang or spoken().language), ensure_ascii=False, indent=2))


@contextmanager
def _unwinding_when_told_to_end() -> Iterator[None]:
    # By default Python dies at once when a scheduler or a logout ends it, and leaves unfinished files and a kernel.
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
