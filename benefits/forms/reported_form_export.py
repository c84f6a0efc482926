"""Writes the forms for reported values of a project: one workbook, or a folder with one for each gevinstansvarlig."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from benefits.errors import InvalidInput, Problem
from benefits.forms.reported_form import Form
from benefits.forms.reported_form_sheet import workbook
from benefits.project.load import shown

WORKBOOK = ".xlsx"


def export_forms(forms: Iterable[Form], target: Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write forms, and return the files.

    Parameters
    ----------
    forms
        A single one where the target is a workbook.
    target
        A path that ends in ``.xlsx``; else a folder, which is made, with a workbook for each.
    force
        Whether a workbook that stands there is replaced; else only one that is the same already is let be.

    Raises
    ------
    InvalidInput
        When something stands where a form would, which may be one somebody has filled in, or it cannot be written;
        then nothing is written.
    ValueError
        When several forms are to become one workbook.
    """
    several = tuple(forms)
    if target.suffix.lower() == WORKBOOK and len(several) > 1:
        raise ValueError("several forms do not fit in one workbook")
    made = {_file(form, target): workbook(form) for form in several}
    in_the_way = [file for file, content in made.items() if not force and _holds_other(file, content)]
    if in_the_way:
        raise InvalidInput(tuple(Problem(place=shown(file), code="form_in_the_way") for file in in_the_way))
    for file, content in made.items():
        unfinished = file.with_suffix(".making")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(content)
            unfinished.replace(file)
        except OSError:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise InvalidInput((Problem(place=shown(file), code="form_not_writable"),)) from None
    return tuple(made)


def _file(form: Form, target: Path) -> Path:
    return target if target.suffix.lower() == WORKBOOK else target / f"{form.owner}{WORKBOOK}"


def _holds_other(file: Path, content: bytes) -> bool:
    try:
        return file.is_dir() or file.read_bytes() != content
    except FileNotFoundError:
        return False
    except OSError:
        return file.exists()
