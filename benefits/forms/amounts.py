"""A number with its unit as plain text, as exactly as it is known to a reader of a form."""

from __future__ import annotations

import math

from benefits.language import Catalogue, numbers
from benefits.results.values import Value
from benefits.vocabulary import Exposure, Unit

SIGNIFICANT = 4
"""Digits shown of a number that is not whole."""


def amount(value: Value, said: Catalogue) -> str:
    r"""Return a value with its unit, or why it is not shown.

    Examples
    --------
    >>> from benefits.language import catalogue
    >>> amount(Value(id="a", value=1.25, unit="hours", per="person_year"), catalogue("nb"))
    '1,25 timer per personår'
    >>> amount(Value(id="a", value=0.455, unit="share"), catalogue("nb"))
    '45,5\xa0%'
    """
    if value.value is None:
        return said.text("suppressed" if value.suppressed else "blank")
    written = numbers(said.language)
    if value.unit == "share":
        return written.percent(value.value, digits=_digits(value.value * 100))
    number = written.decimal(value.value, digits=_digits(value.value))
    if value.unit == "ratio":
        return number
    told = said.text(f"unit.{value.unit}", number=number, count=1 if number == written.decimal(1) else 2)
    return said.text(f"per.{value.per}", amount=told) if value.per != "none" else told


def unit_in_words(unit: Unit, per: Exposure, said: Catalogue) -> str:
    """Return what a value counts, as words.

    Examples
    --------
    >>> from benefits.language import catalogue
    >>> unit_in_words("admissions", "person_year", catalogue("en"))
    'admissions per person-year'
    """
    told = said.text(f"axis.{unit}", count=2)
    return said.text(f"per.{per}", amount=told) if per != "none" and unit != "share" else told


def _digits(number: float) -> int:
    """The fewest decimals that show the number as well as ``SIGNIFICANT`` digits do."""
    most = 0 if number == 0 else max(0, SIGNIFICANT - 1 - math.floor(math.log10(abs(number))))
    return next(few for few in range(most + 1) if math.isclose(round(number, few), round(number, most), abs_tol=1e-12))
