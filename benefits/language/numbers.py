"""Numbers, money, shares and dates as bokmål, nynorsk and English write them (by Babel, rounded half up)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

if TYPE_CHECKING:
    from benefits.vocabulary import Language

PRECISION = 400
"""Digits decimal arithmetic keeps: enough for any float, so that no number is too large to be written."""
_LOCALES: dict[Language, str] = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    r"""How one language writes numbers and dates.

    Examples
    --------
    >>> nb = numbers("nb")
    >>> nb.decimal(1234.5, digits=1)
    '1\xa0234,5'
    >>> nb.decimal(-0.125, digits=2)
    '−0,13'
    >>> nb.percent(0.0345, digits=1)
    '3,5\xa0%'
    >>> nb.month(date(2025, 1, 1))
    'januar 2025'
    >>> nb.listed(["a", "b", "c"])
    'a, b og c'
    """

    language: Language
    locale: Locale

    def decimal(self, value: float, *, digits: int = 0) -> str:
        """Return the number with this many decimals and the language's group mark, decimal mark and minus."""
        with localcontext(prec=PRECISION):
            rounded = round_half_up(value, digits)
            return _minus(format_decimal(rounded, format=_pattern(digits), locale=self.locale))

    def percent(self, value: float, *, digits: int = 0) -> str:
        """Return a share as per cent."""
        sign = "%" if self.language == "en" else "\u00a0%"
        with localcontext(prec=PRECISION):
            rounded = round_half_up(value, digits + 2)
            return _minus(format_percent(rounded, format=_pattern(digits) + sign, locale=self.locale))

    def day(self, day: date) -> str:
        """Return a date in words, as 2. november 2026."""
        return format_date(day, format="long", locale=self.locale)

    def month(self, day: date) -> str:
        """Return month and year of a date."""
        return format_date(day, format="MMMM y", locale=self.locale)

    def short_month(self, day: date) -> str:
        """Return month and year of a date, as short as an axis wants it."""
        return format_date(day, format="MMM yy", locale=self.locale)

    def listed(self, words: Sequence[str]) -> str:
        """Return words as one list, the last two joined by the language's word for and."""
        return format_list(words, locale=self.locale)


def _pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def _minus(written: str) -> str:
    # The locale data of Babel's versions differ between hyphen and minus; the sign of a number is a minus.
    return written.replace("-", "\u2212")


def round_half_up(value: float, digits: int) -> Decimal:
    """Round away from zero at the half, and never to a negative zero.

    Examples
    --------
    >>> round_half_up(0.125, 2), round_half_up(-0.4, 0)
    (Decimal('0.13'), Decimal('0'))
    """
    with localcontext(prec=PRECISION):
        rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


@lru_cache(maxsize=3)
def numbers(language: Language) -> Numbers:
    """Return the number and date forms of a language."""
    return Numbers(language=language, locale=Locale.parse(_LOCALES[language]))
