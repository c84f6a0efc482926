"""Reads a filled form into a project: the values are written beside the project file, which is never changed."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benefits.errors import InvalidInput, Problem
from benefits.forms.reported_form_checks import check_form
from benefits.forms.reported_form_reading import read_form
from benefits.forms.yaml_text import yaml_number, yaml_text
from benefits.language import catalogue
from benefits.project.fields import Text
from benefits.project.load import Loaded
from benefits.project.reading import read_as
from benefits.project.reported import FOLDER
from benefits.project.reported_file import ReportedValue, ReportFile, broken_rules
from benefits.vocabulary import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of a form.

    Attributes
    ----------
    file
        Where the values stand.
    report
        The values.
    before
        Whether they stood there already, all the same.
    left_out
        Values no gevinst of the plan can take as it is now, each told as a problem.
    """

    file: Path
    report: ReportFile
    before: bool
    left_out: tuple[Problem, ...]


def import_form(form: Path, loaded: Loaded, *, force: bool = False, keep: Container[Path] = frozenset()) -> Imported:
    """Read a filled form, and write its values as ``reported/<date>-<role>.yaml`` beside the project file.

    Parameters
    ----------
    form
        The workbook.
    loaded
        The project it is for.
    force
        Whether a file of another content, from the same role and day, is replaced.
    keep
        Files that are not replaced all the same: those of other forms that are read together with this one.

    Raises
    ------
    InvalidInput
        With every problem; then nothing is written.
    """
    filled = read_form(form)
    checked = check_form(filled, loaded.written)
    content = as_yaml(checked.report, checked.language).encode("utf-8")
    file = loaded.path.parent / FOLDER / f"{checked.report.reported_on.isoformat()}-{checked.owner}.yaml"
    before = False
    try:
        before = file.exists() and file.read_bytes() == content
        if file.exists() and not before and (not force or file in keep):
            raise InvalidInput((Problem(place=filled.file, code="form_exists", value=f"{FOLDER}/{file.name}"),))
        if not before:
            _write(content, file)
    except OSError:
        raise InvalidInput((Problem(place=f"{FOLDER}/{file.name}", code="form_not_writable"),)) from None
    return Imported(file=file, report=checked.report, before=before, left_out=checked.left_out)


def as_yaml(report: ReportFile, language: Language) -> str:
    """Return reported values as the text of a YAML file that people can read too, with a comment in their language."""
    said = catalogue(language)
    lines = [f"# {said.text('form.file.comment')}", *_lines(report)]
    return "\n".join(lines) + "\n"


def _write(content: bytes, file: Path) -> None:
    """Write a file that is whole or not there, and that reads back."""
    unfinished = file.with_suffix(".making")
    file.parent.mkdir(exist_ok=True)
    try:
        unfinished.write_bytes(content)
        read_as(
            unfinished,
            f"{FOLDER}/{file.name}",
            model=ReportFile,
            rules=broken_rules,
            made=lambda report, places, checksum: report,
        )
        unfinished.replace(file)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _lines(report: ReportFile) -> Iterator[str]:
    yield f"format: {report.format}"
    yield f"project: {json.dumps(report.project)}"
    yield f"reported_on: {report.reported_on.isoformat()}"
    yield f"role: {yaml_text(report.role.plain or '')}"
    if report.planned_role is not None:
        yield f"planned_role: {yaml_text(report.planned_role.plain or '')}"
    yield "values:"
    for value in report.values:
        first = True
        for line in _value(value):
            yield f"  - {line}" if first else f"    {line}"
            first = False


def _value(value: ReportedValue) -> Iterator[str]:
    yield f"benefit: {json.dumps(value.benefit)}"
    yield f"value: {yaml_number(value.value)}"
    yield f"unit: {value.unit}"
    if value.per != "none":
        yield f"per: {value.per}"
    if value.n is not None:
        yield f"n: {value.n}"
    yield f"start: {value.start.isoformat()}"
    yield f"date: {value.date.isoformat()}"
    yield f"source: {yaml_text(value.source.plain or '')}"
    if value.comment is not None:
        yield f"comment: {yaml_text(value.comment.plain or '')}"
    if value.confirmed:
        yield "confirmed: true"


def _text(text: Text) -> str:
    return yaml_text(text.plain or "")
