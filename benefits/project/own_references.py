"""A file of a project's own reference values: written as those that come with the package, read with their places."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal

from pydantic import Field

from benefits.errors import InvalidInput, Problem
from benefits.project.fields import Amount, Line, Part, Text, Year
from benefits.project.places import Places
from benefits.project.reading import read_as
from benefits.project.rules_common import Broken, Loc
from benefits.project.rules_files import stays_inside
from benefits.reference.values import Entry, entry_of
from benefits.vocabulary import Exposure, GrowingValue, Language, Standing, Unit

PROBLEM_CODES: frozenset[str] = frozenset(
    {
        "growth_below_nothing",
        "index_not_share",
        "not_a_reference_file",
        "price_year_unused",
        "reference_date_twice",
        "reference_in_two_files",
        "reference_negative",
        "reference_without_value",
        "valid_until_too_early",
    }
)
"""Problems of such files, beside those of every file of this kind."""


class OwnSource(Part):
    """Where a figure was read: how the work is to be cited, and its web address where it has one."""

    title: Line
    address: str = ""


class OwnDisagreement(Part):
    """Another figure for the same thing, from another source."""

    value: Amount
    price_year: Year | None = None
    source: OwnSource


class OwnValue(Part):
    """A value from one day on."""

    date: datetime.date
    value: Amount
    price_year: Year | None = None
    source: OwnSource
    derived: Text | None = None
    disagrees: tuple[OwnDisagreement, ...] = ()
    entered: datetime.date | None = None
    valid_until: datetime.date | None = None


class OwnReference(Part):
    """What is known under one name."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
    titles: Text
    unit: Unit
    per: Exposure = "none"
    standing: Standing
    yearly: Literal["carry", "exact"] | None = None
    index: bool = False
    value_of: GrowingValue | None = None
    population: Text | None = None
    warning: Text | None = None
    where_to_find: Text | None = None
    values: tuple[OwnValue, ...] = ()


class ReferenceFile(Part):
    """A project's own reference values. One with the id of a value that comes with the package goes before it."""

    format: Literal[1]
    language: Language = "nb"
    references: Annotated[tuple[OwnReference, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReferences:
    """A file of own reference values.

    Attributes
    ----------
    entries
        The entries by id, as the library holds them.
    content
        What the file says.
    file
        Its path from the project file's folder.
    shown
        How it is named in messages.
    sha256
        Of its bytes, in hexadecimal.
    places
        The line of every value.
    """

    entries: Mapping[str, Entry]
    content: ReferenceFile
    file: str
    shown: str
    sha256: str
    places: Places


def read_own_references(
    folder: Path, files: tuple[str, ...], *, shown_as: str
) -> tuple[tuple[OwnReferences, ...], tuple[Problem, ...]]:
    """Read files of own reference values, and every problem of them; in the order they are named.

    One that is named out of the folder, or is not there, is left out: the rules of the project file tell of it.

    Parameters
    ----------
    folder
        The project file's folder.
    files
        Paths from there.
    shown_as
        How the project file is named in messages.
    """
    home = folder.resolve()
    found: list[OwnReferences] = []
    problems: list[Problem] = []
    for file in dict.fromkeys(name for one in files if stays_inside(one) for name in _named(folder, one)):
        path = folder / file
        if not _is_inside(path, home):
            continue
        try:
            found.append(read_reference_file(path, shown_as=(PurePath(shown_as).parent / file).as_posix(), file=file))
        except InvalidInput as mistake:
            problems += mistake.problems
    return tuple(found), (*problems, *_given_twice(found))


def read_reference_file(path: Path, *, shown_as: str, file: str = "") -> OwnReferences:
    """Read one file of own reference values.

    Parameters
    ----------
    path
        The file.
    shown_as
        How it is named in messages.
    file
        Its path from the project file's folder.

    Raises
    ------
    InvalidInput
        With every problem, each with its line.
    """

    def made(content: ReferenceFile, places: Places, checksum: str) -> OwnReferences:
        entries = {one.id: _entry(one, content.language) for one in content.references}
        return OwnReferences(
            entries=entries, content=content, file=file, shown=shown_as, sha256=checksum, places=places
        )

    try:
        return read_as(path, shown_as, model=ReferenceFile, rules=broken_rules, made=made)
    except InvalidInput as mistake:
        others = {"not_a_project": "not_a_reference_file"}
        told = tuple(replace(one, code=others.get(one.code, one.code)) for one in mistake.problems)
        raise InvalidInput(told, partial=mistake.partial) from None


def broken_rules(file: ReferenceFile) -> Iterator[Broken]:
    """Yield what does not hold together in a file of own reference values."""
    seen: dict[str, Loc] = {}
    for place, one in enumerate(file.references):
        loc: Loc = ("references", place)
        if one.id in seen:
            yield Broken(loc=(*loc, "id"), code="duplicate_id", first=seen[one.id])
        seen.setdefault(one.id, (*loc, "id"))
        if not one.values and one.where_to_find is None:
            yield Broken(loc=(*loc, "id"), code="reference_without_value", needs=((*loc, "values"),))
        if one.index and (one.unit != "share" or one.yearly != "exact"):
            yield Broken(loc=(*loc, "index"), code="index_not_share", needs=((*loc, "unit"), (*loc, "yearly")))
        yield from _broken_values(one, loc)


def _broken_values(one: OwnReference, loc: Loc) -> Iterator[Broken]:
    days: dict[datetime.date | int, Loc] = {}
    for place, value in enumerate(one.values):
        here: Loc = (*loc, "values", place)
        if one.unit == "kroner" and value.price_year is None:
            yield Broken(loc=here, code="price_year_missing", needs=((*here, "price_year"), (*loc, "unit")))
        if one.unit != "kroner" and value.price_year is not None:
            yield Broken(loc=(*here, "price_year"), code="price_year_unused", needs=((*loc, "unit"),))
        growth = one.index or (one.unit == "share" and one.per == "year")
        code = outside(value.value, one.unit, growth=growth)
        if code:
            yield Broken(loc=(*here, "value"), code=code, needs=((*loc, "unit"), (*loc, "index"), (*loc, "per")))
        day = value.date.year if one.yearly is not None else value.date
        if day in days:
            yield Broken(loc=(*here, "date"), code="reference_date_twice", first=days[day])
        days.setdefault(day, (*here, "date"))
        if value.valid_until is not None and value.valid_until < value.date:
            yield Broken(loc=(*here, "valid_until"), code="valid_until_too_early", first=(*here, "date"))


def outside(value: float, unit: Unit, *, growth: bool = False) -> str:
    """Return the code of why a figure cannot be one in its unit; empty when it can. A growth may be negative.

    Examples
    --------
    >>> outside(1.4, "share"), outside(-0.02, "share", growth=True), outside(-5.0, "kroner"), outside(5.0, "kroner")
    ('share_outside', '', 'reference_negative', '')
    """
    if growth:
        return "growth_below_nothing" if value <= -1 else "share_outside" if value > 1 else ""
    if unit == "share":
        return "" if 0 <= value <= 1 else "share_outside"
    return "reference_negative" if value < 0 and unit != "points" else ""


def _given_twice(found: list[OwnReferences]) -> Iterator[Problem]:
    """A name that two files give: neither goes before the other."""
    first: dict[str, str] = {}
    for one in found:
        for place, reference in enumerate(one.content.references):
            line = one.places[("references", place, "id")].line
            if first.get(reference.id, one.shown) != one.shown:
                yield Problem(
                    place=f"{one.shown}:{line}",
                    code="reference_in_two_files",
                    value=reference.id,
                    parameters={"file": first[reference.id]},
                )
            first.setdefault(reference.id, one.shown)


def _entry(one: OwnReference, first: Language) -> Entry:
    raw: dict[str, Any] = {
        "id": one.id,
        "titles": _texts(one.titles, first),
        "unit": one.unit,
        "per": None if one.per == "none" else one.per,
        "standing": one.standing,
        "yearly": one.yearly,
        "index": one.index,
        "value_of": one.value_of,
        "population": _texts(one.population, first),
        "warning": _texts(one.warning, first),
        "where_to_find": _texts(one.where_to_find, first),
        "values": [_value(value, first) for value in one.values],
    }
    if not one.values and one.where_to_find is None:
        raw["where_to_find"] = {"nb": "", "nn": "", "en": ""}
    return entry_of(raw)


def _value(value: OwnValue, first: Language) -> dict[str, Any]:
    return {
        "date": value.date,
        "value": value.value,
        "price_year": value.price_year,
        "source": {"title": value.source.title, "address": value.source.address},
        "derived": _texts(value.derived, first),
        "entered": value.entered,
        "valid_until": value.valid_until,
        "disagrees": [
            {"value": one.value, "price_year": one.price_year, "source": one.source.model_dump()}
            for one in value.disagrees
        ],
    }


def _texts(text: Text | None, first: Language) -> dict[str, str] | None:
    """A text in all three languages: in one it is not written in, in another."""
    if text is None:
        return None
    languages: tuple[Language, ...] = ("nb", "nn", "en")
    return {language: text.in_language(language, first=first)[0] for language in languages}


def _named(folder: Path, file: str) -> list[str]:
    """The files a name means: one, or with a star every one that fits it, as for data files."""
    if "*" not in file:
        return [file]
    try:
        return [path.relative_to(folder).as_posix() for path in sorted(folder.glob(file))]
    except (OSError, RuntimeError, ValueError, NotImplementedError):
        # A name no file can be found by is told with those that are not there.
        return []


def _is_inside(path: Path, home: Path) -> bool:
    try:
        return path.is_file() and path.resolve().is_relative_to(home)
    except (OSError, RuntimeError, ValueError):
        return False
