"""The commands ``benefits form``: forms for reported values out, filled forms in, and who has not answered."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benefits.command_input import day, project_files_meant, refused, tell, tell_problems
from benefits.command_language import LANGUAGES, TextIds, spoken
from benefits.errors import InvalidInput
from benefits.language import Catalogue, numbers
from benefits.vocabulary import Language

if TYPE_CHECKING:
    from benefits.forms.reported_form import Form
    from benefits.forms.reported_form_import import Imported
    from benefits.results import Due, Results

_SAID = TextIds()
_DRAWS = 100
"""No amount in kroner is shown here, so few random draws do."""
_project = click.argument("project", type=click.Path(path_type=Path), metavar=_SAID.text("click.metavar.project"))
_language = click.option("--lang", type=click.Choice(LANGUAGES), help=_SAID.text("form.lang"))


_as_of = click.option("--as-of", callback=day, metavar=_SAID.text("click.metavar.day"), help=_SAID.text("form.as_of"))


@click.group("form", help=_SAID.text("form.help"), short_help=_SAID.text("form.help"))
def form() -> None:
    """Forms for one number from a line manager; their words are in the catalogue."""


@form.command("export", help=_SAID.text("form.export.help"), short_help=_SAID.text("form.export.help"))
@_project
@click.argument("target", type=click.Path(path_type=Path), metavar=_SAID.text("click.metavar.target"))
@click.option("--responsible", metavar=_SAID.text("click.metavar.role"), help=_SAID.text("form.responsible"))
@_as_of
@click.option("--force", is_flag=True, help=_SAID.text("form.export.force"))
@_language
def export(
    project: Path, target: Path, responsible: str | None, as_of: date | None, force: bool, lang: Language | None
) -> None:
    """Write a form for each gevinstansvarlig of a project, or of every project in a folder."""
    from benefits.forms.reported_form_export import WORKBOOK

    said = spoken()
    try:
        files = _below(project)
    except InvalidInput as mistake:
        refused(mistake, said, exit_code=1)
    if len(files) > 1 and target.suffix.lower() == WORKBOOK:
        tell(said.text("form.export.several_projects", count=len(files)))
        sys.exit(2)
    codes = [_exported(file, target, responsible, as_of, force, lang, said, several=len(files) > 1) for file in files]
    sys.exit(max(codes))


def _exported(
    file: Path,
    target: Path,
    responsible: str | None,
    as_of: date | None,
    force: bool,
    lang: Language | None,
    said: Catalogue,
    *,
    several: bool,
) -> int:
    """Write the forms of one project, in a folder of its own where there are ``several``; return the exit code."""
    from benefits.forms.reported_form import forms_of, of_role
    from benefits.forms.reported_form_export import WORKBOOK, export_forms

    try:
        results = _latest(file, as_of)
        every = forms_of(results, lang or results.project.first_language)
        forms = of_role(every, responsible) if responsible else every
        if not every:
            tell(said.text("form.export.nothing", file=file.as_posix()))
            return 0 if several else 1
        if several and not forms:
            return 0
        if not forms or (target.suffix.lower() == WORKBOOK and len(forms) > 1):
            key = "form.export.several" if forms else "form.export.nobody"
            tell(said.text(key, roles=_listed(every, said)))
            return 2
        for made in export_forms(forms, target / results.project.id if several else target, force=force):
            click.echo(made.as_posix())
    except InvalidInput as mistake:
        tell_problems(mistake, said)
        return 1
    if any(not one.role for one in forms):
        tell(said.text("form.export.without_responsible"))
    return 0


@form.command("import", help=_SAID.text("form.import.help"), short_help=_SAID.text("form.import.help"))
@click.argument(
    "forms", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=_SAID.text("click.metavar.forms")
)
@_project
@click.option("--force", is_flag=True, help=_SAID.text("form.import.force"))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_SAID.text("cli.lang.messages"))
def import_(forms: tuple[Path, ...], project: Path, force: bool, lang: Language | None) -> None:
    """Read filled forms into a project."""
    from benefits.forms.reported_form_import import import_form
    from benefits.project import read

    said, failed, written = spoken(), False, set[Path]()
    try:
        file = _file(project)
        loaded = read(file, shown_as=file.as_posix())
    except InvalidInput as mistake:
        refused(mistake, said, exit_code=1)
    for one in forms:
        try:
            imported = import_form(one, loaded, force=force, keep=written)
        except InvalidInput as mistake:
            failed = True
            tell_problems(mistake, said)
            tell(said.text("form.import.failed", file=one.as_posix()))
            continue
        written.add(imported.file)
        if not imported.before:
            click.echo(imported.file.as_posix())
        for line in _told(imported, one, said):
            tell(line)
        failed = failed or bool(imported.left_out)
    sys.exit(1 if failed else 0)


def _told(imported: Imported, form: Path, said: Catalogue) -> Iterator[str]:
    """Say what was read of each gevinst, so that a slip is seen, and what was left out."""
    from benefits.forms.amounts import amount
    from benefits.results import Value

    if imported.before:
        yield said.text("form.import.before", file=form.as_posix())
    written = numbers(said.language)
    for one in imported.report.values if not imported.before else ():
        value = Value(id=one.benefit, value=one.value, unit=one.unit, per=one.per)
        first, last = written.day(one.start), written.day(one.date)
        words = amount(value, said)
        yield "  " + said.text("form.import.value", benefit=one.benefit, amount=words, first=first, last=last)
    for problem in imported.left_out:
        yield said.text("form.import.left_out", problem=said.problem(problem))


@form.command("answers", help=_SAID.text("form.answers.help"), short_help=_SAID.text("form.answers.help"))
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=_SAID.text("click.metavar.files")
)
@_as_of
@click.option("--lang", type=click.Choice(LANGUAGES), help=_SAID.text("cli.lang.messages"))
def answers(paths: tuple[Path, ...], as_of: date | None, lang: Language | None) -> None:
    """Print who has not answered for which gevinst."""
    from benefits.results import assess

    said, failed, lacking = spoken(), False, 0
    for file in project_files_meant(paths, said):
        try:
            results = assess(file, as_of=as_of, draws=_DRAWS)
        except InvalidInput as mistake:
            failed = True
            tell_problems(mistake, said)
            continue
        for one in results.answers:
            if one.due is not None and not one.answered:
                lacking += 1
                click.echo(_lacking(file, one, results, said))
    if lacking:
        tell(said.text("form.answers.count", count=lacking))
    else:
        tell(said.text("form.answers.none_read" if failed else "form.answers.none"))
    sys.exit(1 if failed else 0)


def _lacking(file: Path, one: Due, results: Results, said: Catalogue) -> str:
    project, written = results.project, numbers(said.language)
    assert one.due is not None

    role = said.text("form.nobody.word")
    if one.role is not None:
        role = one.role.in_language(said.language, first=project.first_language)[0]
    if one.actor:
        name = project.actor(one.actor).name.in_language(said.language, first=project.first_language)[0]
        role = said.text("form.answers.role", role=role, actor=name)
    if one.last_by is not None:
        last = one.last_by.in_language(said.language, first=project.first_language)[0]
        role = said.text("form.answers.last_by", role=role, last=last)
    days = (results.as_of - one.due).days
    words = {"file": file.as_posix(), "benefit": one.benefit, "role": role, "due": written.day(one.due)}
    line = said.text("form.answers.line", **words, count=days) if days else said.text("form.answers.due_now", **words)
    if one.next_due is None:
        return line
    return said.text("form.answers.next", line=line, next=written.day(one.next_due))


def _latest(file: Path, as_of: date | None) -> Results:
    """Assess a project at a day, else at its own or that of the last report, whichever is the later."""
    from benefits.project import read
    from benefits.results import assess

    if as_of is None:
        loaded = read(file, shown_as=file.as_posix())
        days = [one.content.reported_on for one in loaded.reports]
        own = loaded.project.as_of
        as_of = max([own, *days]) if own is not None else None
    return assess(file, as_of=as_of, draws=_DRAWS)


def _below(project: Path) -> tuple[Path, ...]:
    """The project file meant; every one below a folder that holds none itself."""
    from benefits.project.load import PROJECT_FILE, projects_in

    found = projects_in(project) if project.is_dir() and not (project / PROJECT_FILE).is_file() else ()
    return found or (_file(project),)


def _file(project: Path) -> Path:
    """A folder stands for the project file in it."""
    from benefits.project import find_project
    from benefits.project.load import PROJECT_FILE

    if project.is_dir():
        return project / PROJECT_FILE
    return project if project.is_file() else find_project(project)


def _listed(forms: tuple[Form, ...], said: Catalogue) -> str:
    """Each role with whom it works for, else its id."""
    names = [
        said.text("form.answers.role", role=one.role, actor=one.actor) if one.actor else one.role or one.owner
        for one in forms
    ]
    return numbers(said.language).listed(names)
