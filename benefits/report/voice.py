"""A voice: says values, dates and the project's own texts in one language, so that each number can be read back.

In HTML every number is a ``data`` element with the id of its Value and its unrounded number, every date a ``time``
element, and every word taken from the project file or a source a ``span`` of class ``said``. Only here is rounded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from benefits.language import Catalogue, Numbers, catalogue, numbers, round_half_up
from benefits.project.fields import Text
from benefits.results import LEVEL_VALUE, Value
from benefits.vocabulary import Language

SIGNIFICANT = 3
"""Digits shown of an uncertain amount of kroner."""
FEW_KRONER = 100
"""Below this, whole kroner say too little."""
SMALL = 0.05
"""Below this, two decimals say too little."""
OF_SERVICES = ("service.", "shared_resource.")
"""How the ids begin of what a service is counted in; the persons there are its patients."""
_TWO_STOPS = re.compile(r"([.!?…]</span>)\.")
"""The full stop of a sentence after words of the project that have their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One language, and the language the project's own plain texts are in.

    Examples
    --------
    >>> voice = voice_in("nb", first="nb")
    >>> effect = Value(id="g1.effect", value=-0.25, low=-0.5, high=0.04, unit="admissions", per="person_year")
    >>> voice.plain(effect)
    '−0,25 innleggelser per personår'
    >>> print(voice.number(effect))
    <data value="-0.25" data-id="g1.effect">−0,25</data>
    """

    catalogue: Catalogue
    numbers: Numbers
    first: Language

    @property
    def language(self) -> Language:
        """The language spoken."""
        return self.catalogue.language

    def say(self, key: str, /, **values: Any) -> Markup:
        """Say a catalogue entry; Values, dates and Texts among its placeholders are said as such."""
        counted = values.get("count")
        said = {name: self._said(value) for name, value in values.items()}
        said.setdefault("level", self.number(LEVEL_VALUE))
        if isinstance(counted, Value):
            said["count"] = _Counted(self.number(counted), counted.value)
        return Markup(_TWO_STOPS.sub(r"\1", str(self.catalogue.html(key, **said))))

    def listed(self, names: Iterable[Markup]) -> Markup:
        """Say several names as one list, as ``a, b og c``."""
        return Markup(self.numbers.listed([str(escape(name)) for name in names]))

    def word(self, kind: str, word: str) -> Markup:
        """Say a word of a controlled list, as ``word("grade", "expert")``."""
        return self.say(f"{kind}.{word}")

    def text(self, text: Text | str | None) -> Markup:
        """Say a text of the project file, marked as its words and with its language where that is another."""
        if text is None:
            return self.say("blank")
        words, tongue = text.in_language(self.language, first=self.first) if isinstance(text, Text) else (text, None)
        lang = Markup(' lang="{}"').format(tongue) if tongue not in (None, self.language) else Markup("")
        return Markup('<span class="said"{}>{}</span>').format(lang, words)

    def plain_text(self, text: Text) -> str:
        """Return a text of the project file without marks, for figures."""
        return text.in_language(self.language, first=self.first)[0]

    def day(self, day: date | None) -> Markup:
        """Say a date."""
        if day is None:
            return self.say("blank")
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), self.numbers.day(day))

    def month(self, day: date) -> Markup:
        """Say the month of a date."""
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat()[:7], self.numbers.month(day))

    def year(self, year: int | None) -> Markup:
        """Say a year."""
        return self.say("blank") if year is None else Markup('<time datetime="{0}">{0}</time>').format(year)

    def number(self, value: Value | None, *, part: str = "value", beside: Sequence[Value] = ()) -> Markup:
        """Say a number without its unit, or why there is none; in no more decimals than those it stands beside."""
        if value is None:
            return self.say("blank")
        number = getattr(value, part)
        if number is None:
            return self.say("suppressed" if value.suppressed else f"reason.{value.reason or 'missing'}")
        which = Markup(' data-part="{}"').format(part) if part != "value" else Markup("")
        written = self._written(value, number, beside)
        return Markup('<data value="{}" data-id="{}"{}>{}</data>').format(repr(number), value.id, which, written)

    def quantity(self, value: Value | None, *, beside: Sequence[Value] = ()) -> Markup:
        """Say a number with its unit."""
        if value is None or value.value is None:
            return self.number(value)
        return self._with_unit(value, self.number(value, beside=beside), value.value)

    def interval(self, value: Value | None) -> Markup:
        """Say a number with unit and interval, and in words when the interval holds no effect."""
        if value is None or value.value is None:
            return self.number(value)
        if value.low is None or value.high is None or self._too_narrow(value):
            return self.quantity(value)
        ends, holds = self._ends(value), value.holds_no_effect
        if value.unit == "kroner" and value.price_year is not None:
            ends["quantity"] = self._with_unit(replace(value, price_year=None), self.number(value), value.value)
            ends["year"] = self.year(value.price_year)
            return self.say("interval.holds_no_effect.kroner" if holds else "interval.kroner", **ends)
        ends["quantity"] = self.quantity(value)
        if holds and value.unit == "ratio":
            return self.say("interval.holds_no_effect.ratio", **ends)
        return self.say("interval.holds_no_effect" if holds else "interval", **ends)

    def short_interval(self, value: Value | None) -> Markup:
        """Say a number with its interval and no unit, for a table cell."""
        if value is None or value.value is None or value.low is None or value.high is None or self._too_narrow(value):
            return self.number(value)
        return self.say("interval.short", number=self.number(value), **self._ends(value))

    def plain(self, value: Value | None, *, unit: bool = True) -> str:
        """Return a number, with its unit, as plain text for figures and alternative texts."""
        if value is None or value.value is None:
            return self.catalogue.text("suppressed" if value is not None and value.suppressed else "blank")
        written = self._written(value, value.value)
        if not unit:
            return written
        without_year = replace(value, price_year=None)
        return self._with_unit(without_year, Markup(escape(written)), value.value).unescape()

    def plain_interval(self, value: Value) -> str:
        """Return a number with unit and interval as plain text."""
        if value.value is None or value.low is None or value.high is None or self._too_narrow(value):
            return self.plain(value)
        low, high = self._written(value, value.low), self._written(value, value.high)
        key = "interval.plain.holds_no_effect" if value.holds_no_effect else "interval.plain"
        return self.catalogue.text(key, quantity=self.plain(value), low=low, high=high, level=self.plain(LEVEL_VALUE))

    def _too_narrow(self, value: Value) -> bool:
        """Whether both ends of an interval would be written as the number itself, which says nothing more."""
        parts = [part for part in (value.value, value.low, value.high) if part is not None]
        return len({self._written(value, part) for part in parts}) == 1

    def _ends(self, value: Value) -> dict[str, Markup]:
        ends = {"low": self.number(value, part="low"), "high": self.number(value, part="high")}
        return {**ends, "level": self.number(LEVEL_VALUE)}

    def _said(self, value: Any) -> Any:
        if value is None:
            return self.say("blank")
        if isinstance(value, Value):
            return self.quantity(value)
        if isinstance(value, Text):
            return self.text(value)
        if isinstance(value, date):
            return self.day(value)
        return value

    def _with_unit(self, value: Value, written: Markup, number: float) -> Markup:
        # A share and a ratio carry their unit in the number itself.
        amount = written
        if value.unit not in {"share", "ratio"}:
            singular = 1 if self._written(value, number) == self.numbers.decimal(1) else 2
            if value.unit == "persons" and value.id.startswith(OF_SERVICES):
                amount = self.catalogue.html("unit.patients", number=written, count=singular)
            else:
                amount = self.catalogue.html(f"unit.{value.unit}", number=written, count=singular)
        if value.per != "none":
            amount = self.catalogue.html(f"per.{value.per}", amount=amount)
        if value.unit == "kroner" and value.price_year is not None:
            amount = self.catalogue.html("price_year", amount=amount, year=self.year(value.price_year))
        return amount

    def _written(self, value: Value, number: float, beside: Sequence[Value] = ()) -> str:
        if value.unit == "share":
            return self.numbers.percent(number, digits=0 if _whole(round(number * 100, 1)) else 1)
        digits = _digits(value, number)
        most = max((_digits(one, one.value) for one in beside if one.value is not None), default=digits)
        if round(number, fewer := min(digits, max(1, most))) != 0:
            digits = fewer
        return self.numbers.decimal(_rounded(value, number), digits=digits)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A shown number that also tells the catalogue whether it is one or more."""

    words: Markup
    number: float | None

    def __html__(self) -> Markup:
        return self.words


def voice_in(language: Language, *, first: Language) -> Voice:
    """Return the voice of a language for a project whose plain texts are in ``first``."""
    return Voice(catalogue=catalogue(language), numbers=numbers(language), first=first)


def _whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-9


def _digits(value: Value, number: float) -> int:
    if value.unit == "kroner":
        return _digits_of_kroner(value)
    # A rate worked out, which happens to be whole, has the decimals of those beside it.
    worked_out = value.derived and value.per not in {"none", "year"}
    if _whole(number) and value.unit != "ratio" and value.low is None and not worked_out:
        return 0
    parts = [abs(part) for part in (value.value, value.low, value.high) if part]
    size = max(parts, default=0.0)
    if value.unit == "full_time_years" and size < 1:
        # Less than a post: one decimal reads as nothing where it is small, four as if it were known by the hour.
        return 2
    if 0 < size < SMALL:
        # Two significant digits of the smallest part, so that a small rate does not read as nothing.
        return min(8, 1 - math.floor(math.log10(min(parts))))
    if value.unit == "ratio" or value.per not in {"none", "year"}:
        return 2 if size < 10 else 1 if size < 100 else 0
    return 1 if size < 100 else 0


def _size(value: Value) -> float:
    return max((abs(part) for part in (value.value, value.low, value.high) if part), default=0.0)


def _digits_of_kroner(value: Value) -> int:
    """None, but for a few kroner, as the cost of a minute: three digits, and no more than øre."""
    size = _size(value)
    if size == 0 or size >= FEW_KRONER or (value.low is None and _whole(size)):
        return 0
    return min(2, SIGNIFICANT - 1 - math.floor(math.log10(size)))


def _rounded(value: Value, number: float) -> float:
    """Kroner as exactly as they are known: an uncertain amount, and one worked out to parts of a krone, in few digits.

    A stated amount, and a sum of whole stated amounts, stays as it is.
    """
    uncertain = value.low is not None and value.high is not None
    if value.unit != "kroner" or not (uncertain or (value.derived and not _whole(number))):
        return number
    size = _size(value)
    if size < FEW_KRONER:
        return number
    step = 10.0 ** max(0, math.floor(math.log10(size)) - SIGNIFICANT + 1)
    return float(round_half_up(number / step, 0)) * step
