"""The commands ``benefits reference``: the reference values there are, and a workbook of values read into a file."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from benefits.command_input import day, refused, tell
from benefits.command_language import LANGUAGES, TextIds, spoken
from benefits.errors import InvalidInput
from benefits.vocabulary import Exposure, Language, Standing, words

_SAID = TextIds()
_language = click.option("--lang", type=click.Choice(LANGUAGES), help=_SAID.text("cli.lang.messages"))


@click.group(
    "reference",
    invoke_without_command=True,
    help=_SAID.text("reference.help"),
    short_help=_SAID.text("reference.help"),
)
@click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False, help=_SAID.text("cli.lang.messages"))
@click.pass_context
def reference(context: click.Context) -> None:
    """List the reference values when nothing more is asked for; the words of the commands are in the catalogue."""
    if context.invoked_subcommand is None:
        _list((), None)


@reference.command("list", help=_SAID.text("reference.list.help"), short_help=_SAID.text("reference.list.help"))
@click.argument("ids", nargs=-1, metavar=_SAID.text("click.metavar.ids"))
@click.option("--as-of", callback=day, metavar=_SAID.text("click.metavar.day"), help=_SAID.text("reference.list.as_of"))
@_language
def list_(ids: tuple[str, ...], as_of: date | None, lang: Language | None) -> None:
    """Print reference values, all or some."""
    _list(ids, as_of)


def _list(ids: tuple[str, ...], as_of: date | None) -> None:
    from benefits.forms.reference_list import reference_lines
    from benefits.reference import UnknownReference, load_library

    said = spoken()
    library = load_library() if as_of is None else load_library().as_known(as_of)
    try:
        lines = reference_lines(library, said, ids=ids, on=as_of)
    except UnknownReference as unknown:
        nearest = ", ".join(unknown.nearest)
        key = "reference.list.unknown" if nearest else "reference.list.unknown_to_all"
        tell(said.text(key, id=unknown.id, nearest=nearest))
        sys.exit(2)
    for line in lines:
        click.echo(line)


@reference.command("import", help=_SAID.text("reference.import.help"), short_help=_SAID.text("reference.import.help"))
@click.argument("workbook", type=click.Path(path_type=Path), metavar=_SAID.text("click.metavar.workbook"))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar=_SAID.text("click.metavar.file"),
    help=_SAID.text("reference.import.out"),
)
@click.option(
    "--sheet", default=None, metavar=_SAID.text("click.metavar.sheet"), help=_SAID.text("reference.import.sheet")
)
@click.option(
    "--header",
    type=click.IntRange(min=1),
    default=None,
    metavar=_SAID.text("click.metavar.row"),
    help=_SAID.text("reference.import.header"),
)
@click.option(
    "--id",
    "id_column",
    default=None,
    metavar=_SAID.text("click.metavar.heading"),
    help=_SAID.text("reference.import.id"),
)
@click.option(
    "--title",
    "title_column",
    default=None,
    metavar=_SAID.text("click.metavar.heading"),
    help=_SAID.text("reference.import.title"),
)
@click.option(
    "--value",
    "value_column",
    required=True,
    metavar=_SAID.text("click.metavar.heading"),
    help=_SAID.text("reference.import.value"),
)
@click.option(
    "--unit", default="kroner", metavar=_SAID.text("click.metavar.unit"), help=_SAID.text("reference.import.unit")
)
@click.option(
    "--per",
    type=click.Choice(words(Exposure)),
    default="none",
    metavar=_SAID.text("click.metavar.per"),
    help=_SAID.text("reference.import.per"),
)
@click.option(
    "--price-year",
    default=None,
    metavar=_SAID.text("click.metavar.year"),
    help=_SAID.text("reference.import.price_year"),
)
@click.option(
    "--date",
    "valid_from",
    required=True,
    callback=day,
    metavar=_SAID.text("click.metavar.day"),
    help=_SAID.text("reference.import.date"),
)
@click.option(
    "--source", required=True, metavar=_SAID.text("click.metavar.words"), help=_SAID.text("reference.import.source")
)
@click.option(
    "--address", default="", metavar=_SAID.text("click.metavar.words"), help=_SAID.text("reference.import.address")
)
@click.option(
    "--standing", type=click.Choice(words(Standing)), default="official", help=_SAID.text("reference.import.standing")
)
@click.option("--force", is_flag=True, help=_SAID.text("reference.import.force"))
@_language
def import_(
    workbook: Path,
    out: Path,
    sheet: str | None,
    header: int | None,
    id_column: str | None,
    title_column: str | None,
    value_column: str,
    unit: str,
    per: Exposure,
    price_year: str | None,
    valid_from: date,
    source: str,
    address: str,
    standing: Standing,
    force: bool,
    lang: Language | None,
) -> None:
    """Read a sheet of values into a file of own reference values."""
    from benefits.forms.reference_import import Layout, import_references

    said = spoken()
    if id_column is None and title_column is None:
        tell(said.text("reference.import.no_name"))
        sys.exit(2)
    layout = Layout(
        sheet=sheet,
        header=header,
        id=id_column,
        title=title_column,
        value=value_column,
        unit=unit,
        per=per,
        price_year=price_year,
        date=valid_from,
        source=source,
        address=address,
        standing=standing,
        language=said.language,
    )
    try:
        made = import_references(workbook, out, layout, force=force)
    except InvalidInput as mistake:
        refused(mistake, said, exit_code=1)
    click.echo(out.as_posix())
    tell(said.text("reference.import.made", count=made.count))
    if made.skipped:
        tell(said.text("reference.import.skipped", count=made.skipped))
