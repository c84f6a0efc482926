"""The words of reports and messages: a folder of .po files per language, whole sentences by keyed id.

A file holds one subject (commands, problems, gaps, words, ...); the first part of a key is in one file only, the same
in every language.
A noun enters a sentence only as a whole phrase of its own entry or as a value; nothing is glued together from parts.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from babel.messages.pofile import read_po
from markupsafe import Markup

from benefits.errors import BenefitsError
from benefits.language.numbers import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benefits.errors import Gap, Problem
    from benefits.vocabulary import Language


class MissingText(KeyError):
    """A catalogue has no entry with this id; a mistake in the code, never in a user's file."""


class LanguageNotReady(BenefitsError, LookupError):
    """No catalogue is shipped for this language yet.

    Attributes
    ----------
    language
        The language asked for.
    ready
        The languages there are catalogues for.
    """

    def __init__(self, language: str, ready: tuple[str, ...]) -> None:
        super().__init__(language)
        self.language = language
        self.ready = ready


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All texts of one language.

    Examples
    --------
    >>> catalogue("nb").text("grade.controlled")
    'målt mot sammenligningsgruppe'
    >>> catalogue("nb").text("unit.hours", number="1", count=1)
    '1 time'
    """

    language: Language
    entries: Mapping[str, str | tuple[str, ...]]

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def _pattern(self, key: str, count: float | None) -> str:
        try:
            entry = self.entries[key]
        except KeyError:
            raise MissingText(key) from None
        if isinstance(entry, str):
            return entry
        return entry[0 if count == 1 else -1]

    def text(self, key: str, /, **values: Any) -> str:
        """Return an entry as plain text with its placeholders filled.

        Raises
        ------
        MissingText
            When there is no such entry.
        """
        return self._pattern(key, _count(values)).format(**values)

    def html(self, key: str, /, **values: Any) -> Markup:
        """Return an entry as HTML: the catalogue's words and every value escaped unless it is Markup itself."""
        return Markup(Markup.escape(self._pattern(key, _count(values)))).format(**values)

    def placeholders(self, key: str) -> frozenset[str]:
        """Return the names of the placeholders of an entry."""
        entry = self.entries[key]
        forms = (entry,) if isinstance(entry, str) else entry
        return frozenset(name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name)

    def problem(self, problem: Problem) -> str:
        """Return a problem as a line: place, value, rule and remedy."""
        words = {"value": problem.value, **problem.parameters}
        rule = self.text(f"problem.{problem.code}", **words)
        remedy = self.text(f"problem.{problem.code}.remedy", **words)
        value = self.text("problem.value", value=problem.value) if problem.value else ""
        return " ".join(part for part in (f"{problem.place}:", value, rule, remedy) if part)

    def gap(self, gap: Gap, *, names: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Return what is missing, and what that costs; with ``names``, what has one is called by it, not by its id."""
        called = names or {}
        words = {"subject": called.get(gap.subject, gap.subject), **gap.parameters}
        if "name" in words:
            words["name"] = called.get(str(words["name"]), words["name"])
        return self.text(f"gap.{gap.code}", **words), self.text(f"gap.{gap.code}.cost", **words)

    def gaps(self, group: tuple[Gap, ...], *, names: Mapping[str, str]) -> str:
        """Return what is missing for the first of some gaps alike, what that costs, and what else it holds for."""
        missing, costs = self.gap(group[0], names=names)
        first = self.text("gap.line", missing=missing, costs=costs)
        if len(group) == 1:
            return first
        others = [self.text("gap.other", subject=names.get(gap.subject, gap.subject)) for gap in group[1:]]
        return self.text("gap.also", first=first, others=numbers(self.language).listed(others))


def _count(values: Mapping[str, Any]) -> float | None:
    """The number that decides singular or plural: ``count``, a plain number or something that shows one."""
    count = values.get("count")
    return getattr(count, "number", count)


@lru_cache(maxsize=3)
def catalogue(language: Language) -> Catalogue:
    """Return the catalogue of a language.

    Raises
    ------
    LanguageNotReady
        When none is shipped for it.
    """
    folder = files("benefits.language").joinpath("catalogues", language)
    if not folder.is_dir():
        raise LanguageNotReady(language, ready())
    entries: dict[str, str | tuple[str, ...]] = {}
    for source in sorted(folder.iterdir(), key=lambda file: file.name):
        with source.open("rb") as stream:
            messages = read_po(stream, locale=language)
        for message in messages:
            if message.id:
                key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
                entries[key] = message.string if isinstance(message.string, str) else tuple(message.string or ())
    return Catalogue(language, entries)


@lru_cache(maxsize=1)
def ready() -> tuple[str, ...]:
    """Return the languages a catalogue is shipped for."""
    shipped = {entry.name for entry in files("benefits.language").joinpath("catalogues").iterdir()}
    return tuple(language for language in ("nb", "nn", "en") if language in shipped)
