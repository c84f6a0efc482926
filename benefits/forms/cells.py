"""What somebody has written in a cell of a form: a number, a day, a text or a yes, or why it cannot be told."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from benefits.identity_numbers import has_national_id
from benefits.language import catalogue, ready
from benefits.project.scalars import suggested_date, suggested_number
from benefits.project.textfile import unwanted

LARGEST = 1e15
"""No amount is as large, and a file would not keep it."""
_YEARS = range(1990, 2101)
_TWO_READINGS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


class Unreadable(Exception):
    """A cell does not say what it should; ``code`` tells why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell as it was read.

    Attributes
    ----------
    content
        None, text, number, bool, or a date with or without a time.
    formula, error
        Whether it holds a formula, or shows an error.
    percent
        Whether its number is shown as per cent.
    """

    content: Any = None
    formula: bool = False
    error: bool = False
    percent: bool = False

    @property
    def written(self) -> str:
        """What stands in it, as text; empty when nothing does."""
        if self.content is None:
            return ""
        if isinstance(self.content, datetime):
            return self.content.date().isoformat()
        return str(self.content).strip()


def number(cell: Cell, *, share: bool = False) -> float | None:
    """Return the number in a cell; None when it is blank.

    A text is read where it has one reading only, as ``12,5`` and ``45 %``; a percentage is the number of a share only.

    Raises
    ------
    Unreadable
        When it is no number, or may be two.

    Examples
    --------
    >>> number(Cell(content="12,5")), number(Cell(content="45 %"), share=True), number(Cell())
    (12.5, 0.45, None)
    """
    _check(cell)
    if not cell.written:
        return None
    if isinstance(cell.content, bool) or not isinstance(cell.content, (int, float, str)):
        raise Unreadable("form_not_a_number")
    if isinstance(cell.content, str):
        found, percent = _number_in(cell.written), cell.written.endswith("%")
    else:
        found, percent = float(cell.content), cell.percent
    if not math.isfinite(found) or abs(found) >= LARGEST:
        raise Unreadable("form_number_too_large")
    if percent and not share:
        raise Unreadable("form_percent")
    return found


def whole_number(cell: Cell) -> int | None:
    """Return a number of persons or the like in a cell; None when it is blank.

    Raises
    ------
    Unreadable
        When it is no whole number from zero up.

    Examples
    --------
    >>> whole_number(Cell(content=40.0))
    40
    """
    found = number(cell)
    if found is None:
        return None
    if found < 0 or found != int(found):
        raise Unreadable("form_not_a_count")
    return int(found)


def day(cell: Cell) -> date | None:
    """Return the day in a cell, also one written as text with the day first; None when it is blank.

    Raises
    ------
    Unreadable
        When it is no day from 1990 to 2100.

    Examples
    --------
    >>> day(Cell(content="31.12.2025"))
    datetime.date(2025, 12, 31)
    """
    _check(cell)
    if not cell.written:
        return None
    found: date | None = None
    if isinstance(cell.content, datetime):
        found = cell.content.date()
    elif isinstance(cell.content, date):
        found = cell.content
    elif isinstance(cell.content, str):
        suggested = suggested_date(cell.written)
        found = date.fromisoformat(suggested) if suggested is not None else None
    if found is None or found.year not in _YEARS:
        raise Unreadable("form_not_a_date")
    return found


def text(cell: Cell, *, longest: int) -> str:
    """Return the text in a cell, with single line ends; empty when it is blank.

    Raises
    ------
    Unreadable
        When it is too long, or holds characters nobody sees or what may be a national identity number.

    Examples
    --------
    >>> text(Cell(content=" Regnskapet "), longest=100)
    'Regnskapet'
    """
    _check(cell)
    found = cell.written.replace("\r\n", "\n").replace("\r", "\n")
    if len(found) > longest:
        raise Unreadable("form_text_too_long")
    if unwanted(found) is not None:
        raise Unreadable("form_unseen_character")
    return found


def yes(cell: Cell) -> bool:
    """Return whether a cell says yes, in any language; a blank one does not.

    Raises
    ------
    Unreadable
        When it says neither yes nor no.

    Examples
    --------
    >>> yes(Cell(content="Ja")), yes(Cell()), yes(Cell(content="no"))
    (True, False, False)
    """
    _check(cell)
    if isinstance(cell.content, bool) or not cell.written:
        return cell.content is True
    word = cell.written.casefold()
    if word in {catalogue(tongue).text("form.yes") for tongue in _tongues()}:
        return True
    if word in {catalogue(tongue).text("form.no") for tongue in _tongues()}:
        return False
    raise Unreadable("form_yes_or_no")


def _tongues() -> tuple[Any, ...]:
    return ready()


def _check(cell: Cell) -> None:
    if cell.formula:
        raise Unreadable("form_formula")
    if cell.error:
        raise Unreadable("form_shows_error")
    if has_national_id(cell.written):
        raise Unreadable("form_national_id")


def _number_in(written: str) -> float:
    if _TWO_READINGS.fullmatch(written):
        raise Unreadable("form_two_readings")
    suggested = suggested_number(written)
    if suggested is None:
        raise Unreadable("form_not_a_number")
    return float(suggested)
