"""Reads a workbook of unit costs into a file of own reference values: every row is told of, or stands in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from benefits.errors import InvalidInput, Problem
from benefits.forms.cells import Cell, Unreadable, number, text
from benefits.forms.reference_sheet import Sheet, header_of, invalid, read_sheet
from benefits.forms.yaml_text import yaml_number, yaml_text
from benefits.project.load import shown
from benefits.project.own_references import outside, read_reference_file
from benefits.project.rules_common import nearest
from benefits.vocabulary import Exposure, Language, Standing, Unit, words

PROBLEM_CODES: frozenset[str] = frozenset(
    {
        "import_exists",
        "import_heading_missing",
        "import_heading_twice",
        "import_id_twice",
        "import_not_named",
        "import_onto_itself",
        "import_price_year",
        "import_sheet_not_chosen",
        "import_too_large",
        "import_unit",
        "import_without_rows",
    }
)
LONGEST, LONGEST_ID = 500, 60
_YEARS = range(1990, 2101)
_UNITS = {"kr": "kroner", "kr.": "kroner", "nok": "kroner", "%": "share", "prosent": "share", "timer": "hours"}
"""How units are written in Norwegian workbooks, where it is not our word for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where in a workbook what stands, and what is the same for every row.

    Attributes
    ----------
    sheet, header
        The sheet, and the row of its headings; None: the only one, and the first row that has the headings.
    id, title, value
        Headings, or letters, of the columns with the id, the name and the value. Without ids they are made of names.
    unit, price_year
        A unit and a year for all, or the heading of the column they stand in.
    per, date, source, address, standing
        As in a file of own reference values.
    language
        What the names are in.
    """

    value: str
    date: date
    source: str
    sheet: str | None = None
    header: int | None = None
    id: str | None = None
    title: str | None = None
    unit: str = "kroner"
    per: Exposure = "none"
    price_year: str | None = None
    address: str = ""
    standing: Standing = "official"
    language: Language = "nb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many values were read, and how many rows had a name and no value."""

    count: int
    skipped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    id: str
    title: str
    value: float
    unit: Unit
    price_year: int | None


def import_references(workbook: Path, out: Path, layout: Layout, *, force: bool = False) -> Imported:
    """Read a sheet into a file of own reference values; the file is whole, or not there.

    Parameters
    ----------
    workbook
        An Excel file.
    out
        The file to write.
    layout
        Where what stands.
    force
        Whether a file that is there already is replaced.

    Raises
    ------
    InvalidInput
        With every problem, each with its cell; then nothing is written.
    """
    _look_at(out, workbook, force=force)
    sheet = read_sheet(workbook, sheet=layout.sheet)
    by_column = [one for one in (layout.id, layout.title, layout.value) if one is not None]
    by_column += [layout.unit] if _unit(layout.unit) is None else []
    by_column += [layout.price_year] if layout.price_year is not None and _year(layout.price_year) is None else []
    header, columns = header_of(sheet, tuple(dict.fromkeys(by_column)), given=layout.header)
    reader = _Reader(sheet=sheet, layout=layout, columns=columns)
    rows, skipped, problems = reader.rows(header)
    if problems:
        raise InvalidInput(tuple(problems))
    if not rows:
        raise invalid(sheet.named(header, 1), "import_without_rows")
    _write(as_yaml(rows, layout), out)
    return Imported(count=len(rows), skipped=skipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    sheet: Sheet
    layout: Layout
    columns: dict[str, int]

    def rows(self, header: int) -> tuple[list[_Row], int, list[Problem]]:
        """Read every row below the headings; those without a value are counted."""
        rows: list[_Row] = []
        problems: list[Problem] = []
        places: dict[str, str] = {}
        skipped = 0
        for line in self.sheet.rows_after(header):
            if not self._any(line):
                continue
            if self._blank(line, self.layout.value):
                skipped += 1
                continue
            faults: list[Problem] = []
            one = self._row(line, faults, taken=frozenset(places))
            problems += faults
            if one is None:
                continue
            column = self.columns[self.layout.id or self.layout.title or self.layout.value]
            place = self.sheet.named(line, column)
            if one.id in places:
                parameters = {"first": places[one.id]}
                problems.append(Problem(place=place, code="import_id_twice", value=one.id, parameters=parameters))
            places.setdefault(one.id, place)
            rows.append(one)
        return rows, skipped, problems

    def _row(self, line: int, faults: list[Problem], *, taken: frozenset[str]) -> _Row | None:
        layout = self.layout
        unit = _unit(layout.unit) or self._unit_in(line, faults)
        title = self._text(line, layout.title, faults)
        written = self._text(line, layout.id, faults)
        id = id_from(written or title)
        if not id and not faults:
            faults.append(self._problem(line, layout.id or layout.title or layout.value, "import_not_named"))
        if layout.id is None:
            id = _free(id, taken)
        value = self._number(line, layout.value, faults, share=unit == "share")
        if value is not None and unit is not None and (code := outside(value, unit)):
            faults.append(self._problem(line, layout.value, code))
        year = self._year_in(line, faults) if unit == "kroner" else None
        if faults or value is None or unit is None:
            return None
        return _Row(id=id, title=title or written, value=value, unit=unit, price_year=year)

    def _any(self, line: int) -> bool:
        return any((line, column) in self.sheet.cells for column in self.columns.values()) or any(
            (line, column) in self.sheet.uncalculated for column in self.columns.values()
        )

    def _blank(self, line: int, name: str) -> bool:
        at = (line, self.columns[name])
        return at not in self.sheet.cells and at not in self.sheet.uncalculated and not self.sheet.merged_in(*at)

    def _number(self, line: int, name: str, faults: list[Problem], *, share: bool) -> float | None:
        cell = self._cell(line, name, faults)
        if cell is None:
            return None
        try:
            return number(cell, share=share)
        except Unreadable as mistake:
            code = "cell_shows_error" if mistake.code == "form_shows_error" else mistake.code
            faults.append(self._problem(line, name, code, value=cell.written))
            return None

    def _text(self, line: int, name: str | None, faults: list[Problem]) -> str:
        cell = self._cell(line, name, faults) if name is not None else None
        if name is None or cell is None:
            return ""
        try:
            return " ".join(text(cell, longest=LONGEST).split())
        except Unreadable as mistake:
            code = "cell_shows_error" if mistake.code == "form_shows_error" else mistake.code
            faults.append(self._problem(line, name, code, value=cell.written))
            return ""

    def _cell(self, line: int, name: str, faults: list[Problem]) -> Cell | None:
        """A cell that says what it says for its own row; None, and a problem, when it does not."""
        at = (line, self.columns[name])
        if at in self.sheet.uncalculated:
            faults.append(self._problem(line, name, "formula_without_value"))
            return None
        if self.sheet.merged_in(*at):
            faults.append(self._problem(line, name, "cells_merged"))
            return None
        return self.sheet.cell(*at)

    def _unit_in(self, line: int, faults: list[Problem]) -> Unit | None:
        written = self._text(line, self.layout.unit, faults)
        unit = _unit(written)
        if unit is None and not faults:
            known = {"nearest": nearest(written, words(Unit)), "known": ", ".join(words(Unit))}
            faults.append(self._problem(line, self.layout.unit, "import_unit", value=written, **known))
        return unit

    def _year_in(self, line: int, faults: list[Problem]) -> int | None:
        given = self.layout.price_year
        if given is not None and _year(given) is not None:
            return _year(given)
        written = self._text(line, given, faults)
        year = _year(written)
        if year is None and not faults:
            faults.append(self._problem(line, given or self.layout.value, "import_price_year", value=written))
        return year

    def _problem(self, line: int, name: str, code: str, *, value: str | None = None, **parameters: str) -> Problem:
        column = self.columns[name]
        shown_value = self.sheet.cell(line, column).written if value is None else value
        return Problem(place=self.sheet.named(line, column), code=code, value=shown_value, parameters=parameters)


def id_from(name: str) -> str:
    """Return a name as an id: small letters without marks, digits, and ``_`` for the rest; empty when nothing is left.

    Examples
    --------
    >>> id_from("Konsultasjon hos fastlege (dagtid)"), id_from("Øyelege, 2. time"), id_from("2024-pris"), id_from("—")
    ('konsultasjon_hos_fastlege_dagtid', 'oyelege_2_time', 'v2024_pris', '')
    """
    lower = name.casefold().replace("æ", "ae").replace("ø", "o")
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    parts = [re.sub(r"[^a-z0-9]+", "_", part).strip("_") for part in plain.split(".")]
    joined = ".".join(parts) if _is_dotted(name, parts) else "_".join(part for part in parts if part)
    cut = re.sub(r"_+", "_", joined)[:LONGEST_ID].strip("_.")
    return f"v{cut}" if cut and not cut[0].isalpha() else cut


def _is_dotted(name: str, parts: list[str]) -> bool:
    """Whether the points of a name part an id, as in ``unit_cost.visit``, and end no sentence."""
    return " " not in name.strip() and all(part and part[0].isalpha() for part in parts)


def _free(id: str, taken: frozenset[str]) -> str:
    if not id or id not in taken:
        return id
    return next(f"{id}_{number}" for number in range(2, len(taken) + 3) if f"{id}_{number}" not in taken)


def _unit(written: str) -> Unit | None:
    word = _UNITS.get(written.strip().casefold(), written.strip().casefold())
    return cast(Unit, word) if word in words(Unit) else None


def _year(written: str) -> int | None:
    found = written.strip().removesuffix(".0")
    return int(found) if re.fullmatch(r"[0-9]{4}", found) and int(found) in _YEARS else None


def as_yaml(rows: list[_Row], layout: Layout) -> str:
    """Return rows as the text of a file of own reference values."""
    return "\n".join(_lines(rows, layout)) + "\n"


def _lines(rows: list[_Row], layout: Layout) -> Iterator[str]:
    yield "format: 1"
    yield f"language: {layout.language}"
    yield "references:"
    for one in rows:
        yield f"  - id: {one.id}"
        yield f"    titles: {yaml_text(one.title)}"
        yield f"    unit: {one.unit}"
        if layout.per != "none":
            yield f"    per: {layout.per}"
        yield f"    standing: {layout.standing}"
        yield "    values:"
        yield f"      - date: {layout.date.isoformat()}"
        yield f"        value: {yaml_number(one.value)}"
        if one.price_year is not None:
            yield f"        price_year: {one.price_year}"
        yield f"        source: {{title: {yaml_text(layout.source)}, address: {yaml_text(layout.address)}}}"


def _look_at(out: Path, workbook: Path, *, force: bool) -> None:
    """Refuse, before anything is read, a file that cannot be written, is there already, or is the workbook itself."""
    try:
        there = out.exists()
        itself = there and workbook.exists() and out.samefile(workbook)
    except (OSError, ValueError):
        raise invalid(shown(out), "form_not_writable") from None
    if not out.name or out.is_dir():
        raise invalid(shown(out), "form_not_writable")
    if itself:
        raise invalid(shown(out), "import_onto_itself")
    if there and not force:
        raise invalid(shown(out), "import_exists")


def _write(content: str, out: Path) -> None:
    """Write a file that is whole or not there, and that reads back."""
    unfinished = out.with_name(f".{out.name}.making")
    try:
        unfinished.write_text(content, encoding="utf-8", newline="\n")
        read_reference_file(unfinished, shown_as=shown(out))
        unfinished.replace(out)
    except OSError:
        raise invalid(shown(out), "form_not_writable") from None
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
