"""Checks every cell of a filled form: what was reported when all is well, else every problem at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TypeVar, get_args

from benefits.errors import InvalidInput, Parameter, Problem
from benefits.forms import cells
from benefits.forms import reported_form_layout as at
from benefits.forms.reported_form import NOBODY
from benefits.forms.reported_form_reading import Filled
from benefits.project.fields import ID_PATTERN, Text
from benefits.project.model import Project
from benefits.project.reported import fits
from benefits.project.reported_file import ReportedValue, ReportFile, outside_unit
from benefits.vocabulary import Exposure, Language, Unit, words

PROBLEM_CODES: frozenset[str] = frozenset(
    {
        "form_backwards",
        "form_benefit_gone",
        "form_damaged",
        "form_empty",
        "form_exists",
        "form_formula",
        "form_in_the_way",
        "form_indicator_gone",
        "form_macros",
        "form_national_id",
        "form_not_a_count",
        "form_not_a_date",
        "form_not_a_number",
        "form_not_one",
        "form_not_workbook",
        "form_not_writable",
        "form_number_too_large",
        "form_other_format",
        "form_other_project",
        "form_percent",
        "form_several",
        "form_share_outside",
        "form_shows_error",
        "form_text_too_long",
        "form_too_early",
        "form_too_large",
        "form_twice",
        "form_two_readings",
        "form_unit_changed",
        "form_unreadable",
        "form_unseen_character",
        "form_without_day",
        "form_without_first_day",
        "form_without_last_day",
        "form_without_role",
        "form_without_source",
        "form_without_value",
        "form_yes_or_no",
    }
)
"""Every code a form can be refused by; ``value_negative`` is shared with files of reported values."""
_GONE: Mapping[str, str] = MappingProxyType(
    {
        "report_unknown_benefit": "form_benefit_gone",
        "report_without_indicator": "form_indicator_gone",
        "report_unit_changed": "form_unit_changed",
    }
)
_MISSING: Mapping[str, str] = MappingProxyType(
    {"start": "form_without_first_day", "date": "form_without_last_day", "source": "form_without_source"}
)
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a form says.

    Attributes
    ----------
    report
        The values.
    owner
        Whose form it is, as the plan had it: an id.
    language
        Of the form.
    left_out
        Values no gevinst of the plan can take as it is now, each told as a problem.
    """

    report: ReportFile
    owner: str
    language: Language
    left_out: tuple[Problem, ...]


def check_form(filled: Filled, project: Project) -> Checked:
    """Return what a filled form says.

    Raises
    ------
    InvalidInput
        With every problem of its cells; or when nothing in it can be used.
    """
    desk = _Desk(filled=filled)
    of, owner = filled.named(at.PROJECT_AT).written, filled.named(at.OWNER_AT).written
    language = filled.named(at.LANGUAGE_AT).written
    if not re.fullmatch(ID_PATTERN, owner) or language not in get_args(Language):
        desk.tell(filled.place_of(at.OWNER_AT), "form_damaged")
    if of != project.id:
        desk.tell(filled.place_of(at.PROJECT_AT), "form_other_project", value=of, id=project.id)
    role = desk.read(at.ROLE_AT, lambda cell: cells.text(cell, longest=at.LONGEST)) or ""
    if not role and not desk.told_of(at.ROLE_AT):
        desk.tell(filled.place_of(at.ROLE_AT), "form_without_role")
    day = desk.read(at.DAY_AT, cells.day)
    if day is None and not desk.told_of(at.DAY_AT):
        desk.tell(filled.place_of(at.DAY_AT), "form_without_day")
    rows = [row for row in filled.rows if any(filled.cell(row, at.PLACE[name]).written for name in at.INPUTS)]
    values = [(row, desk.row(row, day)) for row in rows]
    if not rows:
        desk.tell(filled.file, "form_empty")
    left_out: list[Problem] = []
    kept: list[ReportedValue] = []
    for row, value in values if of == project.id else ():
        if value is None:
            continue
        code, parameters = fits(project, value)
        if code:
            place = filled.place(row, at.PLACE["value"])
            shown = filled.cell(row, at.PLACE["value"]).written
            left_out.append(Problem(place=place, code=_GONE[code], value=shown, parameters=parameters))
        else:
            kept.append(value)
    planned = desk.read(at.PLANNED_AT, lambda cell: cells.text(cell, longest=at.LONGEST)) or ""
    if desk.problems or not kept:
        raise InvalidInput((*desk.problems, *left_out))
    assert day is not None
    other = owner != NOBODY and planned and planned.casefold() != role.casefold()
    report = ReportFile(
        format=1,
        project=project.id,
        reported_on=day,
        role=Text.model_validate(role),
        planned_role=Text.model_validate(planned) if other else None,
        values=tuple(kept),
    )
    return Checked(report=report, owner=owner, language=_language(language), left_out=tuple(left_out))


@dataclass(slots=True, kw_only=True)
class _Desk:
    """Reads cells, and keeps every problem met."""

    filled: Filled
    problems: list[Problem] = field(default_factory=list)
    seen: set[tuple[str, date, date]] = field(default_factory=set)

    def tell(self, place: str, code: str, *, value: str = "", **parameters: Parameter) -> None:
        self.problems.append(Problem(place=place, code=code, value=value, parameters=parameters))

    def told_of(self, name: str) -> bool:
        return any(one.place == self.filled.place_of(name) for one in self.problems)

    def read(self, name: str, reading: Callable[[cells.Cell], Read]) -> Read | None:
        return self._read(self.filled.named(name), self.filled.place_of(name), reading)

    def row(self, row: int, reported_on: date | None) -> ReportedValue | None:
        """Return the value of a row; None when there is a problem with it."""
        found = len(self.problems)
        benefit, unit, per = (self.filled.cell(row, column).written for column in range(1, at.FIRST))
        if not re.fullmatch(ID_PATTERN, benefit) or unit not in words(Unit) or per not in words(Exposure):
            self.tell(self._place(row, "title"), "form_damaged")
            return None
        value = self._cell(row, "value", lambda cell: cells.number(cell, share=unit == "share"))
        n = self._cell(row, "n", cells.whole_number)
        start, end = self._cell(row, "start", cells.day), self._cell(row, "date", cells.day)
        source = self._cell(row, "source", lambda cell: cells.text(cell, longest=at.LONGEST))
        comment = self._cell(row, "comment", lambda cell: cells.text(cell, longest=at.LONGEST))
        confirmed = self._cell(row, "confirmed", cells.yes)
        self._missing(row)
        if value is not None:
            code = outside_unit(value, _unit(unit))
            if code:
                code = "form_share_outside" if code == "share_outside" else code
                self.tell(self._place(row, "value"), code, value=self._shown(row, "value"))
        if start is not None and end is not None:
            if start > end:
                self.tell(self._place(row, "start"), "form_backwards", value=self._shown(row, "start"))
            if (benefit, start, end) in self.seen:
                self.tell(self._place(row, "title"), "form_twice")
            self.seen.add((benefit, start, end))
        if end is not None and reported_on is not None and end > reported_on:
            self.tell(self._place(row, "date"), "form_too_early", value=self._shown(row, "date"))
        if len(self.problems) > found or value is None or start is None or end is None:
            return None
        return ReportedValue(
            benefit=benefit,
            value=value,
            unit=_unit(unit),
            per=_exposure(per),
            n=n,
            start=start,
            date=end,
            source=Text.model_validate(source),
            comment=Text.model_validate(comment) if comment else None,
            confirmed=bool(confirmed),
        )

    def _missing(self, row: int) -> None:
        """A value has a period and a source; a row with anything on it has a value."""
        if not self.filled.cell(row, at.PLACE["value"]).written:
            self.tell(self._place(row, "value"), "form_without_value")
            return
        for name in ("start", "date", "source"):
            if not self.filled.cell(row, at.PLACE[name]).written:
                self.tell(self._place(row, name), _MISSING[name])

    def _cell(self, row: int, name: at.Column, reading: Callable[[cells.Cell], Read]) -> Read | None:
        return self._read(self.filled.cell(row, at.PLACE[name]), self._place(row, name), reading)

    def _read(self, cell: cells.Cell, place: str, reading: Callable[[cells.Cell], Read]) -> Read | None:
        try:
            return reading(cell)
        except cells.Unreadable as refusal:
            # A character nobody sees may turn what stands around it about on a screen.
            seen = "" if refusal.code == "form_unseen_character" else " ".join(cell.written.split())
            self.tell(place, refusal.code, value=seen)
            return None

    def _place(self, row: int, name: at.Column) -> str:
        return self.filled.place(row, at.PLACE[name])

    def _shown(self, row: int, name: at.Column) -> str:
        return self.filled.cell(row, at.PLACE[name]).written


def _unit(word: str) -> Unit:
    return next(one for one in get_args(Unit) if one == word)


def _exposure(word: str) -> Exposure:
    return next(one for one in get_args(Exposure) if one == word)


def _language(word: str) -> Language:
    return next(one for one in get_args(Language) if one == word)
